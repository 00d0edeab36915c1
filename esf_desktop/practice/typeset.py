"""A fictional application set in type: elements in, the bytes of a PDF out, the same each time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from esf_desktop import paths
from esf_desktop.practice.elements import (
    Bars,
    Element,
    Grid,
    Heading,
    Instruction,
    NewPage,
    Points,
    Prose,
    Together,
)

INK = HexColor(0x1F2421)
GREY = HexColor(0x5E6661)
LINE = HexColor(0xC9CCC6)
PALE = HexColor(0xF1F2EE)
ACCENT = HexColor(0x2F4858)
WIDTH = A4[0] - 50 * mm
CONTENTS_LINES = 36


@dataclass(frozen=True, slots=True)
class Look:
    """The faces that an application is set in."""

    body: str
    bold: str
    note: str
    leading: float = 15.2


SERIF = Look("SourceSerifPro-Regular", "SourceSerifPro-Semibold", "SourceSerifPro-It")
SANS = Look("Inter-Regular", "Inter-SemiBold", "Inter-Regular", 14.6)


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
    story += _Setter(look, roomy).flowables(elements)
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

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        """Put a heading in the outline and remember its page for the contents."""
        level = getattr(flowable, "heading_level", 0)
        if not level:
            return
        text, key = flowable.getPlainText(), f"h{len(self._headings)}"
        self.canv.bookmarkHorizontal(key, 0, flowable.height + 6)
        self.canv.addOutlineEntry(text, key, level - 1, level == 1)
        self._headings.append((level, text, self._label(self.page)))

    def _endBuild(self) -> None:  # noqa: N802
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


class _Setter:
    """Turns elements into flowables, and counts chapters, sections and annexes as it goes."""

    def __init__(self, look: Look, roomy: bool) -> None:
        self.chapter = self.section = self.annex = 0
        self.roomy = roomy
        size, leading = (11, look.leading + 2) if roomy else (10.5, look.leading)
        body = ParagraphStyle(
            "body", fontName=look.body, fontSize=size, leading=leading, textColor=INK, bulletFontName=look.body
        )
        self.body = ParagraphStyle("prose", parent=body, spaceAfter=7.5, allowWidows=0, allowOrphans=0)
        self.points = ParagraphStyle("points", parent=body, leftIndent=14, bulletIndent=3, spaceAfter=3)
        self.note = ParagraphStyle(
            "note", parent=body, fontName=look.note, fontSize=9, leading=12.5, textColor=GREY, spaceAfter=6
        )
        self.cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=14 if roomy else 12)
        self.right = ParagraphStyle("right", parent=self.cell, alignment=TA_RIGHT)
        self.strong = ParagraphStyle("strong", parent=self.cell, fontName=look.bold)
        self.strong_right = ParagraphStyle("strong right", parent=self.strong, alignment=TA_RIGHT)
        self.headings = {
            1: ParagraphStyle("h1", parent=body, fontName=look.bold, fontSize=17, leading=22, spaceAfter=9),
            2: ParagraphStyle(
                "h2", parent=body, fontName=look.bold, fontSize=13, leading=17, spaceBefore=9, spaceAfter=5
            ),
            3: ParagraphStyle(
                "h3", parent=body, fontName=look.bold, fontSize=10.5, leading=14, spaceBefore=7, spaceAfter=3
            ),
        }

    def flowables(self, elements: Sequence[Element]) -> list[Flowable]:
        """The elements as platypus knows them."""
        found: list[Flowable] = []
        heading: list[Flowable] = []
        for element in elements:
            flowables = self._one(element)
            if isinstance(element, Heading):
                heading += flowables
            elif heading and flowables and isinstance(flowables[0], KeepTogether):
                *before, words = heading
                found += [*before, KeepTogether([words, *_loose(flowables[0])]), *flowables[1:]]
                heading = []
            else:
                found += [*heading, *flowables]
                heading = []
        return found + heading

    def _one(self, element: Element) -> list[Flowable]:
        match element:
            case Heading():
                return self._heading(element)
            case Prose(text):
                return [Paragraph(escape(text), self.body)]
            case Instruction(text):
                return [Paragraph(escape(text), self.note)]
            case Points(items):
                points = [Paragraph(escape(item), self.points, bulletText="•") for item in items]
                return [*points, Spacer(1, 5)]
            case Grid():
                return self._grid(element)
            case Bars(bars):
                return [_Bar(text, per_cent, self.cell) for text, per_cent in bars] + [Spacer(1, 8)]
            case NewPage():
                return [PageBreak()]
            case Together(pieces):
                inner = self.flowables(pieces)
                return [KeepTogether([f for flowable in inner for f in _loose(flowable)])]

    def _heading(self, heading: Heading) -> list[Flowable]:
        text, before = heading.text, CondPageBreak((0, 62 * mm, 34 * mm, 24 * mm)[heading.level])
        space = Spacer(1, 9 * mm)
        if heading.annex:
            self.annex += 1
            text, before, space = f"Bilaga {self.annex}. {text}", PageBreak(), Spacer(1, 0)
        elif heading.level == 1:
            self.chapter, self.section = self.chapter + 1, 0
            text = f"{self.chapter}. {text}"
            if self.roomy and self.chapter > 1:
                before, space = PageBreak(), Spacer(1, 2 * mm)
        elif heading.level == 2 and not self.annex:
            self.section += 1
            text = f"{self.chapter}.{self.section} {text}"
        flowable = Paragraph(escape(text), self.headings[heading.level])
        flowable.heading_level = heading.level if heading.level < 3 else 0
        return [before, *([space] if heading.level == 1 else []), flowable]

    def _grid(self, grid: Grid) -> list[Flowable]:
        last = len(grid.rows) - 1
        rows = [
            [
                Paragraph(
                    escape(text), self._cell((number == 0 and grid.header) or (number == last and grid.total), i, grid)
                )
                for i, text in enumerate(row)
            ]
            for number, row in enumerate(grid.rows)
        ]
        style: list[tuple[object, ...]] = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.3, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 5 if self.roomy else 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6 if self.roomy else 4),
        ]
        if grid.header:
            style.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, INK))
        else:
            style.append(("BACKGROUND", (0, 0), (0, -1), PALE))
        if grid.total:
            style.append(("LINEABOVE", (0, last), (-1, last), 0.9, INK))
        style += [("BACKGROUND", cell, cell, ACCENT) for cell in grid.shaded]
        table = Table(rows, colWidths=[WIDTH * w for w in grid.widths], repeatRows=1 if grid.header else 0)
        table.setStyle(TableStyle(style))
        pieces = [table, Spacer(1, 5 * mm)]
        return [KeepTogether(pieces)] if len(rows) <= 20 else pieces

    def _cell(self, strong: bool, column: int, grid: Grid) -> ParagraphStyle:
        if column in grid.numbers:
            return self.strong_right if strong else self.right
        return self.strong if strong or (not grid.header and column == 0) else self.cell


def _loose(flowable: Flowable) -> list[Flowable]:
    """What is kept together within something that is; nested, each would begin a page."""
    return flowable._content if isinstance(flowable, KeepTogether) else [flowable]


class _Bar(Flowable):  # type: ignore[misc]
    """A bar with its words to the left and its figure to the right."""

    def __init__(self, text: str, per_cent: int, style: ParagraphStyle) -> None:
        super().__init__()
        self.words, self.per_cent = Paragraph(escape(text), style), per_cent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.across = width
        _, self.tall = self.words.wrap(width * 0.52, height)
        return width, self.tall + 6

    def draw(self) -> None:
        self.words.drawOn(self.canv, 0, 3)
        left, across = self.across * 0.55, self.across * 0.36
        self.canv.setFillColor(PALE)
        self.canv.rect(left, self.tall - 7, across, 8, stroke=0, fill=1)
        self.canv.setFillColor(ACCENT)
        self.canv.rect(left, self.tall - 7, across * self.per_cent / 100, 8, stroke=0, fill=1)
        self.canv.setFillColor(INK)
        self.canv.setFont(self.words.style.fontName, 9)
        self.canv.drawRightString(self.across, self.tall - 6.5, f"{self.per_cent}\u00a0%")
