"""Elements as flowables: how each piece of an application looks in type."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

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


@dataclass(frozen=True, slots=True)
class Look:
    """The faces that an application is set in."""

    body: str
    bold: str
    note: str
    leading: float = 15.2


SERIF = Look("SourceSerifPro-Regular", "SourceSerifPro-Semibold", "SourceSerifPro-It")
SANS = Look("Inter-Regular", "Inter-SemiBold", "Inter-Regular", 14.6)


class Setter:
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
