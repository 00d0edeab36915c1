"""A fictional application set in type: elements in, the bytes of a PDF out, the same each time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from esf_desktop import paths
from esf_desktop.practice.elements import Element, Heading
from esf_desktop.practice.setting import ACCENT, GREY, INK, LINE, PALE, SANS, SERIF, WIDTH, Look, Setter

CONTENTS_LINES = 36


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what the document is, its title, labelled facts and a note."""

    kind: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    note: str


def typeset(
    cover: Cover, elements: Sequence[Element], *, sans: bool = False, roman: bool = False, roomy: bool = False
) -> bytes:
    """The PDF of a document with cover, contents, outline, page labels and embedded fonts.

    Args:
        cover: what stands on the first page.
        elements: everything after the contents.
        sans: set in a face without serifs.
        roomy: larger type, and every chapter on a page of its own.
        roman: number cover and contents i, ii, iii and begin with 1 at the text; else number all pages from 1.
    """
    look = SANS if sans else SERIF
    for face in (look.body, look.bold, look.note, "Inter-Regular", "Inter-SemiBold"):
        _font(face)
    headings = [element for element in elements if isinstance(element, Heading) and element.level < 3]
    front = 1 + -(-len(headings) // CONTENTS_LINES)
    output = io.BytesIO()
    document = _Document(output, cover, look, front if roman else 0, front)
    story: list[Flowable] = [*_cover(cover, look), PageBreak()]
    for page in range(front - 1):
        story += [_Contents(page), PageBreak()]
    story += Setter(look, roomy).flowables(elements)
    document.build(story)
    return output.getvalue()


@cache
def _font(face: str) -> None:
    pdfmetrics.registerFont(TTFont(face, str(paths.resources() / "fonts" / f"{face}.ttf")))


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """A document that remembers its headings and draws the contents when all page numbers are known."""

    def __init__(self, output: io.BytesIO, cover: Cover, look: Look, unnumbered: int, front: int) -> None:
        super().__init__(
            output,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=look.body,
            title=f"{cover.title} ({cover.number})",
            author="",
            subject=cover.kind,
            creator="ESF Desktop",
            lang="sv",
        )
        frame = Frame(25 * mm, 24 * mm, WIDTH, A4[1] - 52 * mm, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate(frames=[frame], onPage=self._furniture)])
        self._cover, self._look, self._roman, self._front = cover, look, unnumbered, front
        self._headings: list[tuple[int, str, str]] = []

    def _label(self, page: int) -> str:
        if not self._roman:
            return str(page)
        return ("i", "ii", "iii", "iv", "v")[page - 1] if page <= self._roman else str(page - self._roman)

    def _furniture(self, canvas: Canvas, _document: object) -> None:
        page = canvas.getPageNumber()
        if page == 1:
            canvas.showOutline()
            if self._roman:
                canvas.addPageLabel(0, "ROMAN_LOWER")
                canvas.addPageLabel(self._roman, "ARABIC")
            else:
                canvas.addPageLabel(0, "ARABIC")
            return
        canvas.setFillColor(GREY)
        canvas.setFont("Inter-Regular", 7.5)
        canvas.drawString(25 * mm, A4[1] - 17 * mm, self._cover.title)
        canvas.drawRightString(A4[0] - 25 * mm, A4[1] - 17 * mm, f"{self._cover.kind} · {self._cover.number}")
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.line(25 * mm, A4[1] - 19.5 * mm, A4[0] - 25 * mm, A4[1] - 19.5 * mm)
        canvas.drawCentredString(A4[0] / 2, 13 * mm, self._label(page))

    def afterFlowable(self, flowable: Flowable) -> None:
        """Put a heading in the outline and remember its page for the contents."""
        level = getattr(flowable, "heading_level", 0)
        if not level:
            return
        text, key = flowable.getPlainText(), f"h{len(self._headings)}"
        self.canv.bookmarkHorizontal(key, 0, flowable.height + 6)
        self.canv.addOutlineEntry(text, key, level - 1, level == 1)
        self._headings.append((level, text, self._label(self.page)))

    def _endBuild(self) -> None:
        for page in range(self._front - 1):
            self.canv.beginForm(f"contents{page}", 0, 0, *A4)
            self._draw_contents(self._headings[page * CONTENTS_LINES : (page + 1) * CONTENTS_LINES], page == 0)
            self.canv.endForm()
        super()._endBuild()

    def _draw_contents(self, lines: Sequence[tuple[int, str, str]], first: bool) -> None:
        canvas, y = self.canv, A4[1] - 36 * mm
        canvas.setFillColor(INK)
        if first:
            canvas.setFont(self._look.bold, 17)
            canvas.drawString(25 * mm, y, "Innehåll")
        y -= 11 * mm
        for level, text, label in lines:
            face, left = (self._look.bold, 25 * mm) if level == 1 else (self._look.body, 32 * mm)
            canvas.setFont(face, 10)
            canvas.drawString(left, y, text)
            canvas.drawRightString(A4[0] - 25 * mm, y, label)
            canvas.setStrokeColor(LINE)
            canvas.setDash(0.6, 2)
            end = A4[0] - 28 * mm - pdfmetrics.stringWidth(label, face, 10)
            canvas.line(left + pdfmetrics.stringWidth(text, face, 10) + 2 * mm, y, end, y)
            canvas.setDash()
            y -= 6.1 * mm


class _Contents(Flowable):  # type: ignore[misc]
    """The place of a page of contents, drawn when the document ends."""

    def __init__(self, page: int) -> None:
        super().__init__()
        self.page = page

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        self.canv.saveState()
        self.canv.translate(-x, -y)
        self.canv.doForm(f"contents{self.page}")
        self.canv.restoreState()


def _cover(cover: Cover, look: Look) -> list[Flowable]:
    small = ParagraphStyle("kind", fontName="Inter-Regular", fontSize=9, leading=13, textColor=GREY)
    title = ParagraphStyle("title", fontName=look.bold, fontSize=27, leading=33, textColor=INK, spaceAfter=6)
    label = ParagraphStyle("label", fontName="Inter-Regular", fontSize=8.5, leading=13, textColor=GREY)
    fact = ParagraphStyle("fact", fontName=look.body, fontSize=10.5, leading=14, textColor=INK)
    rows = [[Paragraph(escape(name), label), Paragraph(escape(value), fact)] for name, value in cover.facts]
    lines = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, ACCENT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    note = Table([[Paragraph(escape(cover.note), label)]], colWidths=[WIDTH])
    note.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, -1), PALE), ("BOX", (0, 0), (-1, -1), 0.4, LINE)]))
    return [
        Spacer(1, 14 * mm),
        Paragraph(escape(cover.kind), small),
        Spacer(1, 3 * mm),
        Paragraph(escape(cover.title), title),
        Spacer(1, 8 * mm),
        Table(rows, colWidths=[WIDTH * 0.3, WIDTH * 0.7], style=TableStyle(lines)),
        Spacer(1, 9 * mm),
        note,
    ]
