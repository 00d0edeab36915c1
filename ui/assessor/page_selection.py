"""What is selected on the pages: a stretch of text with its caret, or a rectangle with words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from esf_desktop.model import Rect
from ui.assessor.page_text import ReadPage


@dataclass(frozen=True, order=True)
class Spot:
    """A place between two characters of a page."""

    page: int
    index: int


@dataclass(frozen=True)
class Span:
    """From where a selection was begun to where its caret is."""

    anchor: Spot
    caret: Spot

    @property
    def empty(self) -> bool:
        """Whether nothing is between the two."""
        return self.anchor == self.caret

    @property
    def start(self) -> Spot:
        """The earlier end."""
        return min(self.anchor, self.caret)

    @property
    def end(self) -> Spot:
        """The later end."""
        return max(self.anchor, self.caret)

    @property
    def pages(self) -> range:
        """The pages that it touches."""
        return range(self.start.page, self.end.page + 1)

    def on(self, page: int, length: int) -> tuple[int, int]:
        """Its part of a page with so many characters; two equal numbers when it has none there."""
        if self.empty or page not in self.pages:
            return 0, 0
        start = self.start.index if page == self.start.page else 0
        end = self.end.index if page == self.end.page else length
        return min(start, length), min(end, length)


class Move(Enum):
    """A step of the caret."""

    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    UP = auto()
    DOWN = auto()
    LINE_START = auto()
    LINE_END = auto()
    PAGE_START = auto()
    PAGE_END = auto()


class Unit(Enum):
    """What a selection by mouse grows by."""

    CHARACTER = auto()
    WORD = auto()
    LINE = auto()

    def around(self, text: ReadPage, index: int) -> tuple[int, int]:
        """The unit that a place is in."""
        match self:
            case Unit.WORD:
                return text.word(index)
            case Unit.LINE:
                return text.line(index)
        return index, index


@dataclass(frozen=True)
class Region:
    """A rectangle on a page without text, and the quote that was typed for it."""

    page: int
    rect: Rect
    quote: str


class Selection(QObject):
    """What is selected now; a span's caret may stand alone."""

    changed = Signal()

    def __init__(self, text_of: Callable[[int], ReadPage | None], parent: QObject) -> None:
        super().__init__(parent)
        self._text_of = text_of
        self._unit = Unit.CHARACTER
        self._held = Spot(0, 0), Spot(0, 0)
        self._x: int | None = None
        """Where up and down keep to on lines of other lengths."""
        self.span: Span | None = None
        self.region: Region | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing that could be copied."""
        return self.region is None and (self.span is None or self.span.empty)

    def clear(self) -> None:
        """Select nothing."""
        self._set(None, None)

    def set(self, span: Span) -> None:
        """Select this stretch."""
        self._unit, self._held = Unit.CHARACTER, (span.anchor, span.anchor)
        self._set(span, None)

    def set_region(self, region: Region) -> None:
        """Select this rectangle with its typed words."""
        self._set(None, region)

    def begin(self, spot: Spot, unit: Unit) -> None:
        """Begin with the unit around the spot; the stretch will grow by whole units."""
        self._unit = unit
        self._held = self._around(spot)
        self._set(Span(*self._held), None)

    def extend(self, spot: Spot) -> None:
        """Let the stretch reach to the spot, and always hold the unit that it was begun with."""
        start, end = self._held
        first, last = self._around(spot)
        self._set(Span(end, first) if spot < start else Span(start, max(end, last)), None)

    def move(self, move: "Move", pages: int, *, extend: bool, first: Spot) -> None:
        """Move the caret, with the stretch or without; without a caret it starts at `first`."""
        caret = self.span.caret if self.span else first
        if self.span is None:
            self._set(Span(first, first), None)
        x = self._x if move in (Move.UP, Move.DOWN) else None
        if x is None and (text := self._text_of(caret.page)) and (place := text.caret(caret.index)):
            x = place.left
        self.put(moved(caret, move, self._text_of, pages, x or 0), extend=extend)
        self._x = x if move in (Move.UP, Move.DOWN) else None

    def put(self, spot: Spot, *, extend: bool) -> None:
        """Put the caret there, with the stretch or without."""
        anchor = self.span.anchor if extend and self.span else spot
        self._unit, self._held = Unit.CHARACTER, (anchor, anchor)
        self._set(Span(anchor, spot), None)

    def _around(self, spot: Spot) -> tuple[Spot, Spot]:
        text = self._text_of(spot.page)
        if text is None:
            return spot, spot
        start, end = self._unit.around(text, spot.index)
        return Spot(spot.page, start), Spot(spot.page, end)

    def _set(self, span: Span | None, region: Region | None) -> None:
        self._x = None
        if (span, region) != (self.span, self.region):
            self.span, self.region = span, region
            self.changed.emit()


def moved(spot: Spot, move: Move, text_of: Callable[[int], ReadPage | None], pages: int, x: int) -> Spot:
    """Where the caret is after the step, at `x` for one up or down; it stays when the next page has no text yet."""
    text = text_of(spot.page)
    if text is None:
        return spot
    index = _moved_within(text, spot.index, move, x)
    if index is not None:
        return Spot(spot.page, index)
    forward = move in (Move.RIGHT, Move.WORD_RIGHT, Move.DOWN)
    page = spot.page + (1 if forward else -1)
    if not 0 <= page < pages:
        return spot
    neighbour = text_of(page)
    if neighbour is None:
        return spot
    if move in (Move.UP, Move.DOWN) and neighbour.lines:
        return Spot(page, neighbour.position_on(neighbour.lines[0 if forward else -1], x))
    return Spot(page, 0 if forward else len(neighbour))


def _moved_within(text: ReadPage, index: int, move: Move, x: int) -> int | None:
    match move:
        case Move.LEFT:
            return index - 1 if index > 0 else None
        case Move.RIGHT:
            return index + 1 if index < len(text) else None
        case Move.WORD_LEFT:
            return text.previous_word(index) if index > 0 else None
        case Move.WORD_RIGHT:
            return text.next_word(index) if index < len(text) else None
        case Move.LINE_START:
            return text.line(index)[0]
        case Move.LINE_END:
            return text.line(index)[1]
        case Move.PAGE_START:
            return 0
        case Move.PAGE_END:
            return len(text)
    number = text.line_number(index)
    if number is None:
        return None
    number += 1 if move is Move.DOWN else -1
    if not 0 <= number < len(text.lines):
        return None
    return text.position_on(text.lines[number], x)
