"""The drawn parts of a comparison on paper: a cell of the matrix, and the range of what is met."""

from esf_desktop.model import Rating
from esf_desktop.secretariat.compare import Mark, MetCount
from esf_desktop.secretariat.reports.story import SIGNS, Bar, Mosaic, Split, Tiles
from esf_desktop.sheets import fonts, marks
from esf_desktop.sheets.blocks import Block
from esf_desktop.sheets.tagged import Element, Run, TaggedCanvas, colour

STEP = 17.0
"""From one tile to the next, in points."""
WIDE, HIGH = 16.0, 13.0
APART = marks.RATINGS[Rating.PARTLY][0]


SHADES = {
    Rating.MET: "#2E8B5F",
    Rating.PARTLY: "#E0B24A",
    Rating.NOT_MET: "#C4625A",
    Rating.CANNOT_ASSESS: "#A9B2BE",
}
"""Of the pieces of a bar, which stand beside their numbers."""


PALE = "#A9CFBE"
LEVELS = (
    (marks.SURFACE, marks.MUTED),
    ("#E3EFE9", marks.INK),
    ("#B9DACB", marks.INK),
    ("#5E9D83", "#0B1512"),
    (marks.ACCENT, marks.SURFACE),
)
"""Ground and ink of a tile by how much is sought there."""


class MatrixCell(Block):
    """A tile for each assessor, in rows as wide as there is room; framed when two ratings are far apart."""

    def __init__(self, cell: Mosaic) -> None:
        self.cell = cell
        self.elements = [Element("Figure", alt=fonts.printable(tile.told)) for tile in cell.tiles]

    def height(self, width: float) -> float:
        return -(-len(self.cell.tiles) // self._across(width)) * (HIGH + 2) - 2

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        across = self._across(width)
        if self.cell.apart:
            self._frame(page, x, top, min(across, len(self.cell.tiles)) * STEP - 1, self.height(width))
        for number, (tile, element) in enumerate(zip(self.cell.tiles, self.elements, strict=True)):
            left, above = x + number % across * STEP, top - number // across * (HIGH + 2)
            with page.inside(element), page.content():
                if tile.rating is not None:
                    _ground(page, left, above, *marks.RATINGS[tile.rating])
                    marks.draw_icon(page, tile.rating, left + WIDE / 2, above - HIGH / 2, marks.RATINGS[tile.rating][0])
                else:
                    _without(page, left, above, SIGNS[tile.mark])

    def _frame(self, page: TaggedCanvas, x: float, top: float, wide: float, high: float) -> None:
        with page.decoration():
            page.setStrokeColor(colour(APART))
            page.setLineWidth(1.1)
            page.roundRect(x - 2, top - high - 2, wide + 4, high + 4, 3, stroke=1, fill=0)

    def _across(self, width: float) -> int:
        return max(1, int((width + 1.01) // STEP))


class MetRange(Block):
    """The range of what is met as a piece of a bar; the words stand beside it."""

    def __init__(self, met: MetCount, *, before: float = 2) -> None:
        self.met = met
        self.before = before

    def height(self, width: float) -> float:
        return 5.0

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        unit = width / max(self.met.of, 1)
        left, right = self.met.least * unit, self.met.most * unit
        if right - left < 3:
            left, right = max(0.0, min(left - 1.5, width - 3)), max(3.0, min(right + 1.5, width))
        with page.decoration():
            page.setFillColor(colour(marks.LINE))
            page.roundRect(x, top - 5, width, 4, 2, stroke=0, fill=1)
            page.setFillColor(colour(marks.ACCENT))
            page.rect(x + left, top - 5, right - left, 4, stroke=0, fill=1)


class ShareBar(Block):
    """A bar of a share of the width, with the piece of it that is proposed in full colour."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar

    def height(self, width: float) -> float:
        return 11.6

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        shares = ((1.0, marks.SELECTED), (self.bar.share, PALE if self.bar.proposed else marks.ACCENT))
        with page.decoration():
            for share, code in (*shares, (self.bar.proposed, marks.ACCENT)):
                page.setFillColor(colour(code))
                page.rect(x, top - 10, width * max(0.0, min(1.0, share)), 8.4, stroke=0, fill=1)


class TileMap(Block):
    """The municipalities as equal tiles; the words and the numbers stand in the table below it as well."""

    wide, high, apart = 62.0, 28.0, 3.0

    def __init__(self, tiles: Tiles, *, before: float = 6) -> None:
        self.tiles = tiles.tiles
        self.before = before
        self.element = Element("Figure", alt=fonts.printable(tiles.told))

    def height(self, width: float) -> float:
        return (1 + max(tile.row for tile in self.tiles)) * (self.high + self.apart) - self.apart

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        with page.inside(self.element), page.content():
            for tile in self.tiles:
                left, above = x + tile.column * (self.wide + self.apart), top - tile.row * (self.high + self.apart)
                ground, ink = LEVELS[tile.level]
                page.setFillColor(colour(ground))
                page.setStrokeColor(colour(marks.LINE))
                page.setLineWidth(0.5)
                page.roundRect(left, above - self.high, self.wide, self.high, 2.5, stroke=1, fill=1)
                page.text(left + 5, above - 10.5, [Run(fonts.printable(tile.name), fonts.REGULAR, 7, ink)])
                page.text(left + 5, above - 22.5, [Run(tile.text, fonts.BOLD, 9, ink)])


class SplitBar(Block):
    """How often each rating was given, as one bar in pieces; a hair of paper between two of them."""

    def __init__(self, split: Split) -> None:
        self.counts = split.counts
        self.element = Element("Figure", alt=fonts.printable(split.told))

    def height(self, width: float) -> float:
        return 11.6

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        total = sum(count for _rating, count in self.counts)
        with page.inside(self.element), page.content():
            for rating, count in self.counts:
                wide = width * count / total
                page.setFillColor(colour(SHADES[rating]))
                page.rect(x, top - 10, max(wide - 0.7, 0), 8.4, stroke=0, fill=1)
                x += wide


class Sign(Block):
    """The tile of somebody who has not rated, for the legend."""

    def __init__(self, mark: Mark, word: str) -> None:
        self.sign = SIGNS[mark]
        self.run = Run(fonts.printable(word), fonts.REGULAR, 7.4, marks.MUTED)
        self.element = Element("P")

    def height(self, width: float) -> float:
        return HIGH

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        with page.decoration():
            _without(page, x, top, self.sign)
        with page.inside(self.element), page.content():
            page.text(x + WIDE + 5, top - HIGH / 2 - 2.7, [self.run])


def _ground(page: TaggedCanvas, x: float, top: float, ink: str, ground: str, *, framed: bool = False) -> None:
    page.setFillColor(colour(ground))
    page.setStrokeColor(colour(ink))
    page.setLineWidth(0.5)
    page.roundRect(x, top - HIGH, WIDE, HIGH, 2.2, stroke=int(framed), fill=1)


def _without(page: TaggedCanvas, x: float, top: float, sign: str) -> None:
    ink, ground = marks.RATINGS[Rating.CANNOT_ASSESS]
    if not sign:
        _ground(page, x, top, marks.STRONG, marks.SURFACE, framed=True)
        return
    _ground(page, x, top, ink, ground)
    run = Run(sign, fonts.BOLD, 8, ink)
    page.text(x + (WIDE - fonts.width(sign, run.font, run.size)) / 2, top - HIGH / 2 - 2.9, [run])
