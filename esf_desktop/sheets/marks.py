"""Small drawn things: rating tiles and their icons, badges, QR codes, bars, boxes to tick and lines to write on."""

import segno

from esf_desktop.model import Rating
from esf_desktop.sheets import fonts
from esf_desktop.sheets.blocks import CAP_HEIGHT, Block, Words
from esf_desktop.sheets.tagged import Element, Run, TaggedCanvas, colour

INK = "#1E2A27"
MUTED = "#55625D"
LINE = "#DDDCD5"
STRONG = "#7D8882"
ACCENT = "#1B6B50"
SURFACE = "#FFFFFF"
SELECTED = "#E6F0EB"

RATINGS = {
    Rating.MET: ("#17633E", "#E0F1E7"),
    Rating.PARTLY: ("#7A4F00", "#FBEFD3"),
    Rating.NOT_MET: ("#97302A", "#F9E3E0"),
    Rating.CANNOT_ASSESS: ("#434E5E", "#E7EAEE"),
}
"""Text and ground of each rating."""


class Tile(Block):
    """A rating as icon, word and colour; none is an empty frame. `word` comes from the framework's scale.

    With `only_icon` the word is told to screen readers alone; for matrices, beside a legend.
    """

    size = 7.6
    leading = 9.4

    def __init__(self, rating: Rating | None, word: str, *, only_icon: bool = False, align: float = 0) -> None:
        self.rating = rating
        self.ink, self.ground = RATINGS[rating] if rating else (MUTED, SURFACE)
        self.only_icon = only_icon
        self.align = align
        text = fonts.printable(word, fonts.BOLD)
        self.words = Words([] if only_icon else [Run(text, fonts.BOLD, self.size, self.ink)], self.leading)
        self.element = Element("Figure", alt=text)

    def height(self, width: float) -> float:
        return 3.6 + self.leading * max(1, len(self.words.lines(width - self._icon() - 10)))

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        room = width - self._icon() - 10
        wide = 16.0 if self.only_icon else self.words.widest(room) + self._icon() + 10
        x += self.align * (width - wide)
        if self.only_icon:
            with page.inside(self.element), page.content():
                self._draw_ground(page, x, top, wide, self.height(width), x + wide / 2)
            return
        with page.decoration():
            self._draw_ground(page, x, top, wide, self.height(width), x + 8.5)
        self.words.draw(page, x + 5 + self._icon(), top - 1.8, room)

    def _icon(self) -> float:
        return 0 if self.rating is None else 9.5

    def _draw_ground(self, page: TaggedCanvas, x: float, top: float, wide: float, high: float, middle: float) -> None:
        page.setFillColor(colour(self.ground))
        page.setStrokeColor(colour(STRONG))
        page.setLineWidth(0.5)
        page.roundRect(x, top - high, wide, high, 2.2, stroke=self.rating is None, fill=1)
        draw_icon(page, self.rating, middle, top - 6.5, self.ink)


class Badge(Block):
    """A word in a frame: a requirement, a practice round."""

    def __init__(
        self, word: str, code: str = ACCENT, *, size: float = 6.6, align: float = 0, before: float = 0
    ) -> None:
        self.run = Run(fonts.printable(word), fonts.BOLD, size, code)
        self.align = align
        self.before = before
        self.element = Element("P")

    def height(self, width: float) -> float:
        return self.run.size + 4.4

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        high = self.height(width)
        wide = fonts.width(self.run.text, self.run.font, self.run.size) + 8
        x += self.align * (width - wide)
        with page.decoration():
            page.setStrokeColor(colour(self.run.colour))
            page.setLineWidth(0.6)
            page.roundRect(x, top - high, wide, high, 2, stroke=1, fill=0)
        with page.inside(self.element), page.content():
            page.text(x + 4, top - (high + CAP_HEIGHT * self.run.size) / 2, [self.run])


class QrCode(Block):
    """A text as a QR code with its quiet zone, in vectors; `alt` says what it holds."""

    quiet = 2

    def __init__(self, content: str, alt: str, size: float) -> None:
        self.rows = segno.make(content, error="m", micro=False).matrix
        self.size = size
        self.element = Element("Figure", alt=alt)

    def height(self, width: float) -> float:
        return self.size

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        module = self.size / (len(self.rows) + 2 * self.quiet)
        path = page.beginPath()
        for line, row in enumerate(self.rows):
            for first, length in _dark(row):
                path.rect(
                    x + (self.quiet + first) * module, top - (self.quiet + line + 1) * module, length * module, module
                )
        with page.inside(self.element), page.content():
            page.setFillColor(colour(INK))
            page.drawPath(path, stroke=0, fill=1)


class Bar(Block):
    """A horizontal bar of a share of the width; the number stands beside it as text."""

    def __init__(self, share: float, code: str = ACCENT, *, thick: float = 8) -> None:
        self.share = max(0.0, min(1.0, share))
        self.code = code
        self.thick = thick

    def height(self, width: float) -> float:
        return 12.0

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        with page.decoration():
            page.setFillColor(colour(SELECTED))
            page.rect(x, top - 6 - self.thick / 2, width, self.thick, stroke=0, fill=1)
            page.setFillColor(colour(self.code))
            page.rect(x, top - 6 - self.thick / 2, width * self.share, self.thick, stroke=0, fill=1)


class Ticks(Block):
    """Words with a box each to tick by hand, on one line where there is room: `☐ Ja  ☐ Nej`."""

    size = 8.2
    leading = 13.0

    def __init__(self, words: list[str], *, ratings: list[Rating] | None = None, before: float = 0) -> None:
        self.words = [fonts.printable(word) for word in words]
        self.ratings = ratings
        self.before = before
        self.element = Element("P")

    def height(self, width: float) -> float:
        return self.leading * (1 + max(line for line, _ in self._places(width)))

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        for number, (word, (line, left)) in enumerate(zip(self.words, self._places(width), strict=True)):
            middle = top - self.leading * (line + 0.5)
            with page.decoration():
                page.setStrokeColor(colour(STRONG))
                page.setLineWidth(0.8)
                page.roundRect(x + left, middle - 4.5, 9, 9, 1.5)
                if self.ratings:
                    draw_icon(page, self.ratings[number], x + left + 17.5, middle, MUTED)
            with page.inside(self.element), page.content():
                start = x + left + 13 + (11 if self.ratings else 0)
                run = Run(word + "  ", fonts.REGULAR, self.size, INK)
                page.text(start, middle - CAP_HEIGHT * self.size / 2, [run])

    def _places(self, width: float) -> list[tuple[int, float]]:
        places: list[tuple[int, float]] = []
        line, left = 0, 0.0
        for word in self.words:
            wide = 13 + (11 if self.ratings else 0) + fonts.width(word, fonts.REGULAR, self.size)
            if left and left + wide > width:
                line, left = line + 1, 0.0
            places.append((line, left))
            left += wide + 16
        return places


class Blanks(Block):
    """Lines to write on by hand; the label stands small above the beginning of the first."""

    spacing = 19.0

    def __init__(self, lines: int, label: str = "", *, before: float = 0) -> None:
        self.lines = lines
        self.label = Words([Run(fonts.printable(label), fonts.REGULAR, 7, MUTED)], 9)
        self.before = before

    def height(self, width: float) -> float:
        return self.lines * self.spacing + self._label()

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        self.label.draw(page, x, top, width)
        with page.decoration():
            page.setStrokeColor(colour(STRONG))
            page.setLineWidth(0.4)
            for line in range(1, self.lines + 1):
                y = top - self._label() - line * self.spacing
                page.line(x, y, x + width, y)

    def _label(self) -> float:
        return 5 if self.label.runs else 0


def draw_icon(page: TaggedCanvas, rating: Rating | None, x: float, y: float, code: str) -> None:
    """The icon of a rating, centred on (x, y); no rating has none."""
    if rating is not None:
        page.stamp(f"{rating} {code}", x, y, lambda: _draw_icon(page, rating, code))


def _draw_icon(page: TaggedCanvas, rating: Rating, code: str, x: float = 0, y: float = 0) -> None:
    page.setStrokeColor(colour(code))
    page.setFillColor(colour(code))
    page.setLineWidth(1.15)
    page.setLineCap(1)
    page.setLineJoin(1)
    match rating:
        case Rating.MET:
            _strokes(page, [(x - 2.6, y - 0.1), (x - 0.8, y - 2.1), (x + 2.7, y + 2.3)])
        case Rating.PARTLY:
            page.setLineWidth(0.8)
            page.circle(x, y, 2.7)
            half = page.beginPath()
            half.moveTo(x, y - 2.7)
            half.arcTo(x - 2.7, y - 2.7, x + 2.7, y + 2.7, 270, -180)
            half.close()
            page.drawPath(half, stroke=0, fill=1)
        case Rating.NOT_MET:
            _strokes(page, [(x - 2.1, y - 2.1), (x + 2.1, y + 2.1)])
            _strokes(page, [(x - 2.1, y + 2.1), (x + 2.1, y - 2.1)])
        case Rating.CANNOT_ASSESS:
            page.text(x - 2.3, y - 2.9, [Run("?", fonts.BOLD, 8, code)])


def _strokes(page: TaggedCanvas, points: list[tuple[float, float]]) -> None:
    path = page.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    page.drawPath(path, stroke=1, fill=0)


def _dark(row: bytearray) -> list[tuple[int, int]]:
    """The runs of dark modules in a row: where each begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for place, module in enumerate(row):
        if module and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif module:
            runs.append((place, 1))
    return runs
