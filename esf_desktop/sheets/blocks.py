"""What a page is laid out of: blocks that know their height, can be cut at a height, and draw themselves, tags and all.

Blocks hold an `Element` each from the start, so the two halves of a block that is cut stay one element for the reader.
A block is drawn once.
"""

from collections.abc import Sequence

from esf_desktop.sheets.lines import bare, broken, wide
from esf_desktop.sheets.tagged import Element, Run, TaggedCanvas, colour

CAP_HEIGHT = 0.727
"""Of Inter, in parts of the size: what looks centred is."""


class Block:
    """Something with a height at a width; `before` is the space above it, `keep` holds it to what follows."""

    before: float = 0
    keep: bool = False

    def height(self, width: float) -> float:
        """The height at this width, in points."""
        raise NotImplementedError

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at (x, top)."""
        raise NotImplementedError

    def take(self, width: float, room: float) -> tuple["Block | None", "Block | None"]:
        """What fits into the room, and what is left."""
        return (self, None) if self.height(width) <= room + 0.01 else (None, self)


class Space(Block):
    """Nothing, of a height."""

    def __init__(self, height: float) -> None:
        self._height = height

    def height(self, width: float) -> float:
        return self._height

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        pass


class Rule(Block):
    """A line across."""

    def __init__(self, code: str, thickness: float = 0.6, *, before: float = 0) -> None:
        self.code = code
        self.thickness = thickness
        self.before = before

    def height(self, width: float) -> float:
        return self.thickness

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        with page.decoration():
            page.setStrokeColor(colour(self.code))
            page.setLineWidth(self.thickness)
            page.line(x, top - self.thickness / 2, x + width, top - self.thickness / 2)


class Words(Block):
    """A paragraph of runs, broken at spaces, and inside a word only where it is wider than the line.

    `align` is 0 left, 0.5 centred, 1 right.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        leading: float,
        *,
        tag: str = "P",
        before: float = 0,
        keep: bool = False,
        align: float = 0,
    ) -> None:
        self.runs = [run for run in runs if run.text]
        self.leading = leading
        self.element = Element(tag)
        self.before = before
        self.keep = keep
        self.align = align
        self._lines: list[list[Run]] | None = None

    def lines(self, width: float) -> list[list[Run]]:
        """The lines at this width; a paragraph meets one width only."""
        if self._lines is None:
            self._lines = broken(self.runs, width)
        return self._lines

    def widest(self, width: float) -> float:
        """The width of the longest line at this width."""
        return max((sum(map(wide, bare(line))) for line in self.lines(width)), default=0)

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.leading

    def take(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        lines = self.lines(width)
        fitting = int((room + 0.01) // self.leading)
        if fitting >= len(lines):
            return self, None
        if len(lines) - fitting == 1:
            fitting -= 1  # no line alone on the next page
        if fitting < 2:
            return None, self
        return self._part(lines[:fitting], self.before), self._part(lines[fitting:], 0)

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        if not self.runs:
            return
        drop = (self.leading + CAP_HEIGHT * max(run.size for run in self.runs)) / 2
        with page.inside(self.element), page.content():
            for number, line in enumerate(self.lines(width)):
                indent = self.align * (width - sum(map(wide, bare(line)))) if self.align else 0
                page.text(x + indent, top - number * self.leading - drop, line)

    def _part(self, lines: list[list[Run]], before: float) -> "Words":
        part = Words(self.runs, self.leading, before=before, align=self.align)
        part.element = self.element
        part._lines = lines
        return part


class Stack(Block):
    """Blocks below each other, perhaps as one element; a block that keeps to what follows is not left alone.

    Cut only when higher than `whole`.
    """

    def __init__(
        self, blocks: Sequence[Block], element: Element | None = None, *, before: float = 0, whole: float = 0
    ) -> None:
        self.blocks = blocks
        self.element = element
        self.before = before
        self.whole = whole

    def height(self, width: float) -> float:
        inner = sum(block.before + block.height(width) for block in self.blocks)
        return inner - (self.blocks[0].before if self.blocks else 0)

    def take(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        taken: list[Block] = []
        if self.whole and room < self.height(width) <= self.whole:
            return None, self
        for number, block in enumerate(self.blocks):
            space = block.before if taken else 0
            head, rest = block.take(width, room - space)
            if head is not None:
                taken.append(head)
                room -= space + head.height(width)
            if rest is None:
                continue
            left = [rest, *self.blocks[number + 1 :]]
            while head is None and taken and taken[-1].keep:
                left.insert(0, taken.pop())
            return self._part(taken, self.before) if taken else None, self._part(left, 0)
        return self, None

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        if self.element is None:
            self._draw(page, x, top, width)
        else:
            with page.inside(self.element):
                self._draw(page, x, top, width)

    def _draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        for number, block in enumerate(self.blocks):
            top -= block.before if number else 0
            block.draw(page, x, top, width)
            top -= block.height(width)

    def _part(self, blocks: Sequence[Block], before: float) -> "Stack":
        return Stack(blocks, self.element, before=before)


class Columns(Block):
    """Stacks beside each other, in widths that are points or, below 1, shares of what points leave over.

    Cut only when higher than `whole`, so that a row is read in one look.
    """

    whole = 150.0

    def __init__(
        self,
        cells: Sequence[Stack],
        widths: Sequence[float],
        element: Element | None = None,
        *,
        gap: float = 8,
        padding: float = 0,
        rule: str = "",
        ground: str = "",
        before: float = 0,
    ) -> None:
        self.cells = cells
        self.widths = widths
        self.element = element
        self.gap = gap
        self.padding = padding
        self.rule = rule
        self.ground = ground
        self.before = before
        self._heights: dict[float, float] = {}

    def height(self, width: float) -> float:
        if width not in self._heights:
            cells = zip(self.cells, self._places(width), strict=True)
            self._heights[width] = max((cell.height(w) for cell, (_, w) in cells), default=0) + 2 * self.padding
        return self._heights[width]

    def take(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        height = self.height(width)
        if height <= room + 0.01:
            return self, None
        if height <= self.whole:
            return None, self
        heads: list[Stack] = []
        rests: list[Stack] = []
        for cell, (_, w) in zip(self.cells, self._places(width), strict=True):
            head, rest = cell.take(w, room - 2 * self.padding)
            if head is None:
                return None, self
            heads.append(head if isinstance(head, Stack) else Stack([head]))
            rests.append(rest if isinstance(rest, Stack) else Stack([], cell.element))
        return self._part(heads, self.before), self._part(rests, 0)

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        height = self.height(width)
        if self.ground:
            with page.decoration():
                page.setFillColor(colour(self.ground))
                page.rect(x, top - height, width, height, stroke=0, fill=1)
        if self.element is None:
            self._draw(page, x, top, width)
        else:
            with page.inside(self.element):
                self._draw(page, x, top, width)
        if self.rule:
            Rule(self.rule, 0.5).draw(page, x, top - height, width)

    def _draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        for cell, (left, w) in zip(self.cells, self._places(width), strict=True):
            cell.draw(page, x + left, top - self.padding, w)

    def _places(self, width: float) -> list[tuple[float, float]]:
        free = width - sum(w for w in self.widths if w > 1) - self.gap * (len(self.widths) - 1)
        places: list[tuple[float, float]] = []
        left = 0.0
        for share in self.widths:
            points = share if share > 1 else share * free
            places.append((left, points))
            left += points + self.gap
        return places

    def _part(self, cells: Sequence[Stack], before: float) -> "Columns":
        part = Columns(cells, self.widths, self.element, gap=self.gap, padding=self.padding, before=before)
        part.rule, part.ground = self.rule, self.ground
        return part


class Table(Block):
    """Rows below a header that stands again on each page, there as decoration."""

    def __init__(
        self, header: Columns | None, rows: Stack, element: Element, *, before: float = 0, continued: bool = False
    ) -> None:
        self.header = header
        self.rows = rows
        self.element = element
        self.before = before
        self.continued = continued

    def height(self, width: float) -> float:
        return self._header_height(width) + self.rows.height(width)

    def take(self, width: float, room: float) -> tuple[Block | None, Block | None]:
        head, rest = self.rows.take(width, room - self._header_height(width))
        if not isinstance(head, Stack) or not isinstance(rest, Stack):
            return (None, self) if head is None else (self, None)
        first = Table(self.header, head, self.element, before=self.before, continued=self.continued)
        return first, Table(self.header, rest, self.element, continued=True)

    def draw(self, page: TaggedCanvas, x: float, top: float, width: float) -> None:
        with page.inside(self.element):
            if self.header is not None:
                if self.continued:
                    with page.decoration("Pagination"):
                        self.header.draw(page, x, top, width)
                else:
                    self.header.draw(page, x, top, width)
            self.rows.draw(page, x, top - self._header_height(width), width)

    def _header_height(self, width: float) -> float:
        return self.header.height(width) if self.header else 0
