"""A text document (DOCX) of the fewest parts that word processors open: headings, paragraphs, lists and tables."""

import io
import zipfile
from xml.sax.saxutils import escape

from esf_desktop.practice.elements import Element, Grid, Heading, Points, Prose

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLES_OF_DOCUMENT = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
)


def docx(title: str, elements: list[Element]) -> bytes:
    """The document; the same bytes each time."""
    body = _paragraph(title, "Title") + "".join(_element(element) for element in elements)
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _STYLES_OF_DOCUMENT,
        "word/styles.xml": _styles(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _element(element: Element) -> str:
    match element:
        case Heading(level=level, text=text):
            return _paragraph(text, f"Heading{level}")
        case Prose(text=text):
            return _paragraph(text)
        case Points(items=items):
            return "".join(_paragraph(item, "ListBullet") for item in items)
        case Grid(rows=rows):
            return "<w:tbl>" + "".join(_row(row) for row in rows) + "</w:tbl>" + _paragraph("")
        case _:
            return ""


def _row(cells: tuple[str, ...]) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{_paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def _paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _styles() -> str:
    def style(name: str, words: str, size: int, *, bold: bool) -> str:
        weight = "<w:b/>" if bold else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{words}"/>'
            f'<w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    made = (
        style("Title", "Title", 40, bold=True)
        + style("Heading1", "heading 1", 30, bold=True)
        + style("Heading2", "heading 2", 26, bold=True)
        + style("Heading3", "heading 3", 24, bold=True)
        + style("ListBullet", "List Bullet", 22, bold=False)
    )
    return f'<w:styles xmlns:w="{_W}">{made}</w:styles>'
