"""Says how far pages on the screen are from what pdfium draws: `python -m tests.ui.assessor.sharp`, one line a zoom.

A process of its own, because the screen's scale is read when Qt starts.
"""

import sys
import time

import pypdfium2
from PIL import Image, ImageChops
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMainWindow

from esf_desktop.documents.client import Documents
from esf_desktop.model import Rect
from esf_desktop.settings import Theme
from tests.ui.assessor.papers import pdf
from ui import theme
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.page_layout import FULL_SIZE
from ui.tasks import Tasks

ZOOMS = (0.1, 1.0, 1.37, 8.0)
VISIBLY = 32
"""Of 255 steps from black to white."""


def main() -> None:
    application = QApplication(sys.argv[:1])
    theme.apply(application, Theme.LIGHT, 100)
    content, tasks = pdf(3), Tasks()
    with Documents() as documents:
        window, canvas = QMainWindow(), PageCanvas(tasks)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.setContentsMargins(7, 13, 5, 3)
        window.setCentralWidget(canvas)
        window.resize(703, 507)
        window.show()
        canvas.show_document(documents.open(content, "a.pdf"))
        for zoom in ZOOMS:
            canvas.set_zoom(zoom)
            canvas.verticalScrollBar().setValue(round(90 * zoom))
            end = time.monotonic() + 0.06
            while tasks.busy or time.monotonic() < end:
                application.processEvents()
            print(zoom, _difference(window, canvas, content, zoom), flush=True)
        window.close()
        tasks.close()


def _difference(window: QMainWindow, canvas: PageCanvas, content: bytes, zoom: float) -> float:
    """The share of the pixels of the first page that differ visibly from the same page as pdfium alone draws it."""
    ratio = canvas.devicePixelRatioF()
    shown = _image(window.grab().toImage())
    corner = canvas.viewport().mapTo(window, canvas.viewport().rect().topLeft())
    width, height = canvas.page_size(0)
    page = canvas.on_viewport(0, Rect(0, 0, round(width * 100), round(height * 100)))
    drawn = pypdfium2.PdfDocument(content)[0].render(scale=zoom * FULL_SIZE * ratio).to_pil().convert("L")
    left, top = round(page.left() * ratio), round(page.top() * ratio)
    port = canvas.viewport().size()
    seen = (max(0, left), max(0, top), min(left + drawn.width, int(port.width() * ratio)))
    bottom = min(top + drawn.height, int(port.height() * ratio))
    assert seen[2] - seen[0] > 40
    inside = drawn.crop((seen[0] - left, seen[1] - top, seen[2] - left, bottom - top))
    x, y = round(corner.x() * ratio), round(corner.y() * ratio)
    on_screen = shown.crop((x + seen[0], y + seen[1], x + seen[2], y + bottom))
    inner = (2, 2, inside.width - 2, inside.height - 2)
    inside, on_screen = inside.crop(inner), on_screen.crop(inner)
    assert inside.getextrema()[0] < 200, "nothing is drawn where it is looked"
    counts = ImageChops.difference(inside, on_screen).histogram()
    return sum(counts[VISIBLY:]) / sum(counts)


def _image(image: QImage) -> Image.Image:
    grey = image.convertToFormat(QImage.Format.Format_RGB32)
    return Image.frombytes(
        "RGB", (grey.width(), grey.height()), bytes(grey.constBits()), "raw", "BGRX", grey.bytesPerLine()
    ).convert("L")


if __name__ == "__main__":
    main()
