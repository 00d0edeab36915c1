"""The vocabulary of our paper: headings, paragraphs, tables, facts, bars and rating tiles, and pages made of them.

    part = Part("Överblick", [heading("Överblick", 1), *paragraphs("…"), table(["Kod", "Princip"], rows, [40, 1])])
    content = compose([part], About(title="…", author="…", subject="…", language="sv"))

Every function takes plain text; nothing in a text is markup. Text is printable here, whatever it was before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from esf_desktop.i18n import _
from esf_desktop.sheets import fonts
from esf_desktop.sheets.archive import About
from esf_desktop.sheets.blocks import Block, Columns, Rule, Space, Stack, Table, Words
from esf_desktop.sheets.marks import ACCENT, INK, LINE, MUTED, Bar
from esf_desktop.sheets.signed import Room
from esf_desktop.sheets.tagged import Element, Run, TaggedCanvas

A4 = (595.28, 841.89)
MARGIN = 46.5
TOP = 44.0
BOTTOM = 44.0
RUNNING_HEAD = 26.0
"""What the head of a continued page takes."""
SEAL_DROP = 14.0
"""How far a seal reaches below the text's lower edge."""

BODY = 8.4
SMALL = 7.4
LEADING = 11.6


@dataclass
class Part:
    """Pages that belong together: one sheet, one chapter. Each begins on a new page and counts its own."""

    title: str
    """For the outline, and the head of continued pages."""
    blocks: Sequence[Block]
    bottom: Block | None = None
    """What stands at the foot of the last page, such as a seal."""
    foot: str = ""
    landscape: bool = False


def compose(
    parts: Sequence[Part],
    about: About,
    *,
    through: bool = False,
    progress: Callable[[int, int], None] | None = None,
    room: Room | None = None,
) -> bytes:
    """The PDF of these parts: PDF/A-2a (3a with an attachment) and PDF/UA-1, the same bytes for the same parts.

    Pages are numbered through the whole document when `through`, otherwise within each part. With `room` the document
    can be signed afterwards.
    """
    said = (_line(about.title), _line(about.author), _line(about.subject), about.language)
    page = TaggedCanvas(About(*said, about.attachment))
    feet: list[list[_Foot]] = []
    for number, part in enumerate(parts):
        with page.inside(Element("Sect")):
            feet.append(_lay_out(page, part, f"part{number}"))
        if progress:
            progress(number + 1, len(parts))
    for counted in [[foot for own in feet for foot in own]] if through else feet:
        for number, foot in enumerate(counted, start=1):
            page.fill_gap(foot.hole, partial(_draw_foot, page, foot, number, len(counted)))
    if len(parts) > 1:
        page.showOutline()
    return page.finish(room)


def run(text: str, *, bold: bool = False, small: bool = False, muted: bool = False, colour: str = "") -> Run:
    """A piece of text of one look, for `words`."""
    font = fonts.BOLD if bold else fonts.REGULAR
    return Run(
        _line(text, font),
        font,
        SMALL if small else BODY,
        colour or (MUTED if muted else INK),
    )


def code(text: str) -> Words:
    """The letters of a criterion."""
    known = fonts.printable(text, fonts.MONO) == text
    return Words([Run(fonts.printable(text), fonts.MONO if known else fonts.BOLD, 7.8, ACCENT)], LEADING)


def words(*runs: Run, tag: str = "P", before: float = 0, keep: bool = False, align: float = 0) -> Words:
    """A paragraph of runs; `align` is 0 left, 0.5 centred, 1 right."""
    leading = max((r.size for r in runs), default=BODY) * LEADING / BODY
    return Words(runs, leading, tag=tag, before=before, keep=keep, align=align)


def paragraphs(
    text: str, *, bold: bool = False, small: bool = False, muted: bool = False, before: float = 0
) -> list[Block]:
    """A person's text as a paragraph for each of its lines; `before` is the space above the first."""
    lines = [line.strip(" ") for line in fonts.printable(text).split("\n") if line.strip()]
    return [
        words(run(line, bold=bold, small=small, muted=muted), before=2.5 if number else before)
        for number, line in enumerate(lines)
    ]


def heading(text: str, level: int = 2) -> Words:
    """A heading of level 1 to 3, which keeps to what follows."""
    size, before = {1: (17.0, 0.0), 2: (9.6, 15.0), 3: (8.4, 9.0)}[level]
    look = Run(_line(text, fonts.BOLD), fonts.BOLD, size, INK)
    return Words([look], size * 1.28, tag=f"H{level}", before=before, keep=True)


def gap(height: float) -> Space:
    """Empty space."""
    return Space(height)


def rule(colour: str = LINE, thickness: float = 0.6, *, before: float = 8) -> Rule:
    """A line across."""
    return Rule(colour, thickness, before=before)


def bullets(items: Sequence[str], *, before: float = 4) -> Stack:
    """A list with a dash before each item."""
    lines = []
    for item in items:
        label = Stack([words(run("–", muted=True), tag="Lbl")])
        body = Stack([words(run(item), tag="LBody")])
        lines.append(Columns([label, body], [8, 0.999], Element("LI"), gap=4, before=1.5))
    return Stack(lines, Element("L"), before=before)


Cell = str | Block | Sequence[Block]


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    align: Sequence[float] = (),
    row_header: int | None = 0,
    padding: float = 4.6,
    space: float = 8,
    before: float = 5,
) -> Table:
    """A table whose header returns on each page and whose long rows go on over pages.

    Args:
        header: the words above the columns; empty for a table without them.
        rows: for each cell a text, a block or several.
        widths: points, or shares (below 1) of what the points leave over.
        align: for each column 0, 0.5 or 1, for cells given as text; left when empty.
        row_header: the column that names its row.
    """
    sides = list(align) or [0.0] * len(widths)
    head = [
        Stack([words(run(name, bold=True, small=True, muted=True), align=side)], Element("TH", scope="Column"))
        for name, side in zip(header, sides, strict=False)
    ]
    lines = [
        Columns(
            [
                _in_cell(_blocks(cell, side), Element("TH", scope="Row") if column == row_header else Element("TD"))
                for column, (cell, side) in enumerate(zip(row, sides, strict=True))
            ],
            widths,
            Element("TR"),
            gap=space,
            padding=padding,
            rule=LINE,
        )
        for row in rows
    ]
    top = Columns(head, widths, Element("TR"), gap=space, padding=3, rule=INK) if head else None
    return Table(top, Stack(lines), Element("Table"), before=before)


def facts(pairs: Sequence[tuple[str, str]], *, columns: int = 4, before: float = 0) -> Stack:
    """Labels with their values below, some beside each other."""
    cells = [
        Stack(
            [
                words(run(label, small=True, muted=True), tag="Lbl"),
                words(run(value or "–", bold=True), tag="LBody", before=0.5),
            ],
            Element("LI"),
        )
        for label, value in pairs
    ]
    lines: list[Block] = []
    for start in range(0, len(cells), columns):
        line = cells[start : start + columns]
        line += [Stack([])] * (columns - len(line))
        lines.append(Columns(line, [1 / columns - 1e-9] * columns, gap=12, before=7))
    return Stack(lines, Element("L"), before=before)


def bars(
    rows: Sequence[tuple[str, float, str]], *, label: float = 150, number: float = 70, header: Sequence[str] = ()
) -> Table:
    """A bar chart that is a table: for each row its label, its value and the value as text; the longest bar is full."""
    most = max((value for _label, value, _text in rows), default=0) or 1
    lines: list[list[Cell]] = [
        [name, words(run(text, bold=True), align=1), Bar(value / most)] for name, value, text in rows
    ]
    return table(header, lines, [label, number, 0.999], align=[0, 1, 0], padding=2)


def _line(text: str, font: str = fonts.REGULAR) -> str:
    return fonts.printable(text, font).replace("\n", " ")


def _in_cell(blocks: Sequence[Block], element: Element) -> Stack:
    """A cell; one paragraph alone is the cell's own content, which makes a large document a third smaller."""
    if len(blocks) == 1 and isinstance(blocks[0], Words) and blocks[0].runs and blocks[0].element.tag == "P":
        blocks[0].element = element
        return Stack(blocks)
    return Stack(blocks, element)


def _blocks(cell: Cell, align: float) -> Sequence[Block]:
    if isinstance(cell, str):
        return [words(run(line), align=align) for line in fonts.printable(cell).split("\n") if line.strip()]
    return [cell] if isinstance(cell, Block) else cell


class _Foot(NamedTuple):
    """The foot of a page that is laid out, to be drawn when the number of pages is known."""

    hole: int
    part: Part
    line: float
    width: float
    above_seal: bool


def _lay_out(page: TaggedCanvas, part: Part, key: str) -> list[_Foot]:
    wide, high = A4[::-1] if part.landscape else A4
    width = wide - 2 * MARGIN
    seal = part.bottom.height(width) if part.bottom else 0.0
    left: Block | None = Stack(part.blocks)
    feet: list[_Foot] = []
    page.setPageSize((wide, high))
    page.bookmarkPage(key)
    page.addOutlineEntry(_line(part.title), key)
    sealed = False
    while not sealed:
        top = high - TOP - (RUNNING_HEAD if feet else 0)
        if feet:
            _running_head(page, part, high - TOP, width)
        if left is not None:
            head, left = left.take(width, top - BOTTOM)
            if head is None:  # higher than a page: better cut off than for ever pushed on
                head, left = _first(left)
            head.draw(page, MARGIN, top, width)
            top -= head.height(width)
        sealed = left is None and top - BOTTOM >= seal
        if sealed and part.bottom:
            part.bottom.draw(page, MARGIN, BOTTOM - SEAL_DROP + seal, width)
        above_seal = sealed and part.bottom is not None
        line = BOTTOM - SEAL_DROP + seal if above_seal else BOTTOM - 12
        feet.append(_Foot(page.leave_gap(), part, line, width, above_seal))
        page.showPage()
    return feet


def _first(left: Block | None) -> tuple[Block, Block | None]:
    assert isinstance(left, Stack)
    first, *others = left.blocks
    return first, Stack(others) if others else None


def _running_head(page: TaggedCanvas, part: Part, top: float, width: float) -> None:
    title = Words([run(part.title, small=True, muted=True)], LEADING)
    with page.decoration("Pagination"):
        Stack([title]).draw(page, MARGIN, top, width)
    Rule(LINE).draw(page, MARGIN, top - 15, width)


def _draw_foot(page: TaggedCanvas, foot: _Foot, number: int, total: int) -> None:
    folio = words(run(_("page {n} of {m}").format(n=number, m=total), small=True, muted=True), align=1)
    folio.draw(page, MARGIN, foot.line - (7 if foot.above_seal else 4), foot.width)
    if not foot.above_seal:
        Rule(LINE).draw(page, MARGIN, foot.line, foot.width)
        words(run(foot.part.foot, small=True, muted=True)).draw(page, MARGIN, foot.line - 4, foot.width)
