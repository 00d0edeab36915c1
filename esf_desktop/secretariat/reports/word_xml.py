"""The chapters of a basis as the XML of a word processor (ECMA-376, part 1); much faster than a call for each cell."""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from esf_desktop.i18n import _
from esf_desktop.model import Rating
from esf_desktop.secretariat.compare import Mark
from esf_desktop.secretariat.reports import story
from esf_desktop.secretariat.reports.story import SIGNS, Chapter, Story

NAMESPACES = nsdecls("w")
ACROSS = WD_ORIENT.LANDSCAPE
WIDE, HIGH, MARGIN = Mm(210), Mm(297), Mm(19)
TEXT, SMALL, TINY = 10.0, 8.5, 6.5
"""Sizes in points."""
INK, MUTED, LINE, ACCENT, FRAME = "1E2A27", "55625D", "DDDCD5", "1B6B50", "B0741A"
RATINGS = {
    Rating.MET: ("17633E", "E0F1E7"),
    Rating.PARTLY: ("7A4F00", "FBEFD3"),
    Rating.NOT_MET: ("97302A", "F9E3E0"),
    Rating.CANNOT_ASSESS: ("434E5E", "E7EAEE"),
}
ON_PAPER = 502.0
"""The width of the text in points of our own paper, which widths of columns are given for."""


def body(told: Story) -> str:
    """Everything between the first page's title and the end of the document."""
    parts = [
        _paragraph(_run(told.body, muted=True)),
        _paragraph(_run(told.title), style="Title"),
        *_contents(told.chapters),
    ]
    across = False
    for number, chapter in enumerate(told.chapters, start=1):
        if chapter.wide != across:
            parts.append(_section_ends(across=across))
        across = chapter.wide
        parts += _chapter(chapter, number)
    return "".join(parts)


def foot(text: str) -> str:
    """What stands in the foot: a text, and to the right the number of the page."""
    width = (WIDE - 2 * MARGIN) // 635
    cleared = "".join(f'<w:tab w:val="clear" w:pos="{place}"/>' for place in (4320, 8640))
    tabs = f'<w:pPr><w:tabs>{cleared}<w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    asked = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return f"{tabs}{_run(text)}<w:r><w:tab/></w:r>{begin}{asked}{separate}<w:r><w:t>1</w:t></w:r>{end}"


def _contents(chapters: Sequence[Chapter]) -> Iterator[str]:
    """A list of contents that needs no updating: each line leads to its chapter."""
    yield _paragraph(_run(_("Contents"), strong=True), style="Cell")
    for number, chapter in enumerate(chapters, start=1):
        line = f'<w:hyperlink w:anchor="chapter{number}">{_run(chapter.title, colour=ACCENT)}</w:hyperlink>'
        yield _paragraph(line, style="Contents")


def _section_ends(*, across: bool) -> str:
    """The mark that the pages before it are of one shape; `titlePg` tells those that lie across from the others."""
    return (
        f'<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/>{"<w:titlePg/>" if across else ""}</w:sectPr></w:pPr></w:p>'
    )


def _chapter(chapter: Chapter, number: int) -> Iterator[str]:
    above = ""
    width = (HIGH if chapter.wide else WIDE) - 2 * MARGIN
    for block in chapter.blocks:
        match block:
            case story.Kicker(text):
                above = _paragraph(_run(text, muted=True))
            case story.Heading(text, 1):
                start = f'<w:bookmarkStart w:id="{number}" w:name="chapter{number}"/>'
                yield _paragraph(f'{start}{_run(text)}<w:bookmarkEnd w:id="{number}"/>', style="Heading1")
                yield above
            case story.Heading(text, level):
                yield _paragraph(_run(text), style=f"Heading{level}")
            case story.Paragraph(parts):
                yield _paragraph("".join(map(_words, parts)))
            case story.Facts(pairs):
                yield _facts(pairs, width)
            case story.Table():
                yield _table(block, width)
            case story.Tiles(told=told):
                yield _paragraph(_run(told))
            case story.Legend(steps, marks):
                yield _legend(steps, marks)


def _facts(pairs: Sequence[tuple[str, str]], width: int) -> str:
    columns = (story.Column(_("What"), 130.0), story.Column(_("Value"), 0.999))
    rows = tuple((story.cell(name, muted=True), story.cell(value or "–", strong=True)) for name, value in pairs)
    return _table(story.Table(_("In brief"), columns, rows), width)


def _table(table: story.Table, width: int) -> str:
    """The table; what is only drawn is left out, since its numbers stand beside it."""
    told = [n for n, _column in enumerate(table.columns) if not all(map(_only_drawn, (row[n] for row in table.rows)))]
    columns = [table.columns[n] for n in told]
    widths = _widths([column.width for column in columns], width)
    head = "".join(
        _cell(_paragraph(_run(one.name, strong=True, small=True, muted=True), style="Cell", side=one.side), w, INK)
        for one, w in zip(columns, widths, strict=True)
    )
    rows = (
        "".join(
            _cell(_inside(row[n], column.side), w, frame=_apart(row[n]))
            for n, column, w in zip(told, columns, widths, strict=True)
        )
        for row in table.rows
    )
    name = quoteattr(_clean(table.name))
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        'w:noVBand="1"/>'
        f"<w:tblCaption w:val={name}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        + "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
        + _paragraph("", style="Cell")
    )


def _widths(given: Sequence[float], width: int) -> list[int]:
    """The widths of columns in twentieths of a point: points keep their proportion, shares divide what is left."""
    across = width / 12_700
    scale = max(1.0, min(1.15, across / ON_PAPER))
    points = sum(w for w in given if w > 1) * scale
    shares = sum(w for w in given if w <= 1)
    free = max(across - points, 0.25 * across) if shares else 0.0
    wanted = [w * scale if w > 1 else w / shares * free for w in given]
    return [int(20 * w * across / sum(wanted)) for w in wanted]


def _only_drawn(cell: story.Cell) -> bool:
    return bool(cell) and all(isinstance(part, story.Bar | story.Split) for part in cell)


def _apart(cell: story.Cell) -> bool:
    return any(isinstance(part, story.Mosaic) and part.apart for part in cell)


def _cell(inside: str, width: int, below: str = "", *, frame: bool = False) -> str:
    sides = ("top", "left", "bottom", "right") if frame else ("bottom",) if below else ()
    edge = f'w:val="single" w:sz="{8 if frame else 6}" w:space="0" w:color="{FRAME if frame else below}"'
    borders = "".join(f"<w:{side} {edge}/>" for side in sides)
    look = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}</w:tcPr>{inside}</w:tc>'


def _inside(cell: story.Cell, side: int) -> str:
    lines: list[str] = []
    for part in cell:
        match part:
            case story.Words(text):
                lines += [_words(part, line) for line in text.split("\n") if line.strip()]
            case story.Tile(rating, word):
                lines.append(_tile(rating, word))
            case story.Quote(place, text):
                where = _run(place + " ", strong=True, small=True, colour=ACCENT)
                lines.append(where + _run(text, small=True, muted=True))
            case story.Digits(text, muted):
                lines.append(_run(text, muted=muted, size=TINY))
            case story.Mosaic(tiles):
                signs = (_shaded(SIGNS[one.rating or one.mark] or "□", one.rating) for one in tiles)
                lines.append(_run(" ").join(signs))
            case story.Span() | story.Bar() | story.Split():
                pass  # the number stands beside what is drawn
    return "".join(_paragraph(line, style="Cell", side=side) for line in lines) or _paragraph("", style="Cell")


def _tile(rating: Rating | None, word: str) -> str:
    return _shaded(f"{SIGNS[rating]} {word}" if rating else word, rating)


def _shaded(text: str, rating: Rating | None) -> str:
    ink, ground = RATINGS[rating] if rating else (MUTED, "")
    return _run(text, strong=True, colour=ink, ground=ground)


def _legend(steps: Sequence[story.Tile], marks: Sequence[Mark]) -> str:
    shown = [_tile(step.rating, step.word) for step in steps]
    shown += [_run(f"{SIGNS[mark] or '□'} {mark.word()}", muted=True) for mark in marks]
    return _paragraph(_run("     ").join(shown))


def _words(words: story.Words, line: str | None = None) -> str:
    text = words.text if line is None else line
    return _run(text, strong=words.strong, muted=words.muted, small=words.small)


def _paragraph(inside: str, *, style: str = "", side: int = 0) -> str:
    name = f'<w:pStyle w:val="{style}"/>' if style else ""
    look = f'{name}<w:jc w:val="right"/>' if side else name
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def _run(
    text: str,
    *,
    strong: bool = False,
    muted: bool = False,
    small: bool = False,
    colour: str = "",
    ground: str = "",
    size: float = 0,
) -> str:
    looks = ["<w:b/>"] if strong else []
    if ink := colour or (MUTED if muted else ""):
        looks.append(f'<w:color w:val="{ink}"/>')
    if points := size or (SMALL if small else 0):
        looks.append(f'<w:sz w:val="{int(2 * points)}"/>')
    if ground:
        looks.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>')
    look = f"<w:rPr>{''.join(looks)}</w:rPr>" if looks else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(_clean(text))}</w:t></w:r>'


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
