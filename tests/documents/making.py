"""Documents made for the tests, good ones and bad twins, small enough to be read as code."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

Lines = Sequence[tuple[float, float, str]]
"""Left and baseline in points from the lower left of the page, and what stands there."""


def pdf(pages: Sequence[Lines], *, password: str | None = None, rotation: int = 0, crop: bool = False) -> bytes:
    """A PDF of A4 pages with roman labels for the first two, and a line of outline for each page."""
    output = io.BytesIO()
    encrypt = StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(output, pagesize=A4, invariant=1, encrypt=encrypt, cropBox=(50, 40, 545, 742) if crop else None)
    canvas.addPageLabel(0, "ROMAN_LOWER")
    if len(pages) > 2:
        canvas.addPageLabel(2, "ARABIC")
    for number, lines in enumerate(pages):
        canvas.setPageRotation(rotation)
        canvas.setFont("Helvetica", 12)
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Kapitel {number + 1}", f"p{number}", level=min(number, 1))
        for left, base, text in lines:
            canvas.drawString(left, base, text)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def scanned() -> bytes:
    """A PDF whose only page is a picture."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (40, 60), 200)), 0, 0, *A4)
    canvas.save()
    return output.getvalue()


def form(value: str) -> bytes:
    """A PDF with a text field that somebody filled in."""
    output = io.BytesIO()
    canvas = Canvas(output, pagesize=A4, invariant=1)
    canvas.drawString(72, 730, "Svar:")
    canvas.acroForm.textfield(name="svar", value=value, x=72, y=700, width=300, height=20)
    canvas.showPage()
    canvas.save()
    return output.getvalue()


def raw_pdf(
    *,
    media: str = "[0 0 595 842]",
    stream: bytes = b"0 0 m",
    catalog: str = "",
    filters: str = "",
    kids: str = "[3 0 R]",
    count: int = 1,
) -> bytes:
    """A PDF written by hand, so that each part of it can lie."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        f"<</Type/Pages/Kids {kids}/Count {count}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/MediaBox {media}/Contents 4 0 R>>".encode(),
        f"<</Length {len(stream)} {filters}>>stream\n".encode() + stream + b"\nendstream",
    ]
    output = io.BytesIO()
    output.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(output.tell())
        output.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    table = output.tell()
    output.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places))
    output.write(b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % table)
    return output.getvalue()


def heavy_pdf() -> bytes:
    """A small PDF that takes minutes to draw and to read."""
    return raw_pdf(stream=zlib.compress(b"0 0 500 500 re f\n" * 12_000_000, 9), filters="/Filter/FlateDecode")


def bomb_pdf() -> bytes:
    """A small PDF that unpacks to more memory than there is."""
    once = zlib.compress(b"\0" * (1 << 30), 9)
    return raw_pdf(stream=zlib.compress(once, 9), filters="/Filter[/FlateDecode/FlateDecode]")


def packed(members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A zip of these members, in this order."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), content, kind)
    return output.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = (
    f'<w:styles {W}><w:style w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Egen"><w:name w:val="Egen rubrik"/><w:basedOn w:val="Rubrik1"/></w:style></w:styles>'
)


def docx(body: str, *, more: Mapping[str, str | bytes] | None = None, prolog: str = "") -> bytes:
    """A DOCX with this body."""
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"{prolog}<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": STYLES,
            **(more or {}),
        }
    )


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of a DOCX."""
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{chosen}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of a DOCX."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(body: str, *, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """An ODT with this body."""
    names = (
        f'xmlns:office="{ODF}office:1.0" xmlns:text="{ODF}text:1.0" xmlns:table="{ODF}table:1.0" '
        f'xmlns:draw="{ODF}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            **(more or {}),
        }
    )


S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def xlsx(rows: str, *, more: Mapping[str, str | bytes] | None = None, state: str = "visible") -> bytes:
    """An XLSX with one sheet "Budget" of these rows and, before it, an empty hidden one or so; styles 1 to 3 are
    groups of thousands, per cent and dates."""
    sheet = f"<worksheet {S}><sheetData>{{}}</sheetData></worksheet>"
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {S} xmlns:r="{R}"><sheets>'
            f'<sheet name="Gömd" sheetId="2" state="{state if state != "visible" else "hidden"}" r:id="r2"/>'
            '<sheet name="Budget" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships "
            'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{R}/worksheet" Target="worksheets/sheet2.xml"/>'
            f'<Relationship Id="r3" Type="{R}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet {S}><numFmts count="1">'
            '<numFmt numFmtId="164" formatCode="#,##0&quot; kr&quot;"/>'
            "</numFmts><fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
            '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="14"/>'
            "</cellXfs></styleSheet>",
            "xl/worksheets/sheet1.xml": sheet.format(rows),
            "xl/worksheets/sheet2.xml": sheet.format(
                '<row r="1"><c r="A1" t="inlineStr"><is><t>dold</t></is></c></row>'
            ),
            **(more or {}),
        }
    )
