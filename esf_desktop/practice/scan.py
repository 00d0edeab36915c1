"""A PDF as it comes out of a scanner: pictures of the pages, grey, a little askew and noisy, without any text."""

import io

import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DOTS = 1.6
"""Pixels a point: 115 to the inch."""
QUALITY = 42


def scanned(pdf: bytes, *, spoilt: int = 0) -> bytes:
    """The pages as pictures, those of one chapter (from 1) beyond reading; the same bytes each time."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    document = pypdfium2.PdfDocument(pdf)
    lost = _pages_of(document, spoilt) if spoilt else range(0)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        picture = page.render(scale=DOTS, grayscale=True).to_pil().convert("L")
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(_jpeg(picture, number, spoilt=number in lost))), 0, 0, width, height)
        canvas.showPage()
    document.close()
    canvas.save()
    return out.getvalue()


def _pages_of(document: pypdfium2.PdfDocument, chapter: int) -> range:
    starts = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 0]
    chapters = [*starts, len(document)]
    return range(chapters[chapter - 1], max(chapters[chapter], chapters[chapter - 1] + 1))


def _jpeg(picture: Image.Image, number: int, *, spoilt: bool) -> bytes:
    if spoilt:
        picture = picture.filter(ImageFilter.GaussianBlur(5))
    askew = (-0.4, 0.2, 0.5, -0.1)[number % 4]
    turned = picture.rotate(askew, resample=Image.Resampling.BILINEAR, fillcolor=250)
    grain = Image.frombytes("L", (64, 64), bytes((x * x + 31 * x + 7 * number) % 23 for x in range(64 * 64)))
    tiled = Image.new("L", turned.size)
    for left in range(0, turned.width, 64):
        for top in range(0, turned.height, 64):
            tiled.paste(grain, (left, top))
    noisy = Image.blend(turned, tiled, 0.05)
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
