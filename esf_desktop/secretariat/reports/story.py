"""A basis as people read it, before it has a format: chapters of headings, paragraphs, facts, tables and charts.

Paper, web page and word processor are given the same chapters, so they cannot say different things.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from esf_desktop.model import Rating, Value
from esf_desktop.secretariat.compare import Mark, MetCount

SIGNS: Mapping[Rating | Mark, str] = {
    Rating.MET: "✓",
    Rating.PARTLY: "◐",
    Rating.NOT_MET: "✗",
    Rating.CANNOT_ASSESS: "?",
    Mark.RATED: "",
    Mark.RECUSED: "–",
    Mark.MISSING: "",
    Mark.NOT_ASKED: "",
    Mark.WAITING: "…",
    Mark.FORK: "2",
    Mark.OTHER_FRAMEWORK: "≠",
    Mark.SPARED: "·",
}
"""What stands on a small tile, which is explained beside it or told to those who hear it."""


class Words(Value, frozen=True):
    """A text of one look; a person's own text may have several lines."""

    text: str
    strong: bool = False
    muted: bool = False
    small: bool = False


class Tile(Value, frozen=True):
    """A rating with its word."""

    rating: Rating | None
    word: str


class Quote(Value, frozen=True):
    """What an assessor points to, and where it stands."""

    place: str
    text: str


class Digits(Value, frozen=True):
    """A whole hash in groups, small enough for a line."""

    text: str
    muted: bool = False


class Mosaic(Value, frozen=True):
    """One criterion of one application: a tile for each assessor, framed when two ratings are far apart."""

    tiles: tuple["Piece", ...]
    apart: bool


class Piece(Value, frozen=True):
    """One assessor's tile, and what it says in words: `Bedömare 1, SAM: Uppfylld`."""

    mark: Mark
    rating: Rating | None
    told: str


class Span(Value, frozen=True):
    """From fewest to most met, as a piece of a bar; the words stand beside it."""

    met: MetCount


class Bar(Value, frozen=True):
    """A share of the longest bar, and the piece of it that is proposed; the numbers stand beside it."""

    share: float
    proposed: float = 0.0


class Split(Value, frozen=True):
    """How often each rating was given, as one bar in pieces; `told` is what it shows, in words."""

    counts: tuple[tuple[Rating, int], ...]
    told: str


Part: TypeAlias = Words | Digits | Tile | Quote | Mosaic | Span | Bar | Split
Cell: TypeAlias = tuple[Part, ...]


class Kicker(Value, frozen=True):
    """A small line above a chapter's heading."""

    text: str


class Heading(Value, frozen=True):
    """A heading; level 1 begins a chapter."""

    text: str
    level: int = 2


class Paragraph(Value, frozen=True):
    """Pieces of text after each other."""

    parts: tuple[Words, ...]


class Facts(Value, frozen=True):
    """Labels with their values."""

    pairs: tuple[tuple[str, str], ...]


class Column(Value, frozen=True):
    """A column of a table.

    `width` is in points of the paper or, below 1, a share of what those leave over; `side` is 1 for numbers.
    """

    name: str
    width: float
    side: int = 0


class Table(Value, frozen=True):
    """A table; the first column names the row. `quiet` leaves the words above its columns to those who hear it."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    quiet: bool = False


class Tiles(Value, frozen=True):
    """Municipalities as equal tiles laid out by geography; `told` is what the map shows, in words."""

    name: str
    tiles: tuple["Square", ...]
    told: str


class Square(Value, frozen=True):
    """A tile of the map: where it lies from the north-west, its shade from 0 to 4, and its texts."""

    column: int
    row: int
    level: int
    name: str
    text: str


class Legend(Value, frozen=True):
    """What the tiles of a matrix mean."""

    steps: tuple[Tile, ...]
    marks: tuple[Mark, ...]


Block: TypeAlias = Kicker | Heading | Paragraph | Facts | Table | Tiles | Legend


class Chapter(Value, frozen=True):
    """What begins on a new page and has a name in the list of contents."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = False
    """On paper laid across."""


class Story(Value, frozen=True):
    """The whole of it: whose, about what, and its chapters."""

    title: str
    body: str
    call: str
    foot: str
    chapters: tuple[Chapter, ...]


def said(text: str, *, strong: bool = False, muted: bool = False, small: bool = False) -> Paragraph:
    """A paragraph of one look."""
    return Paragraph((Words(text, strong, muted, small),))


def cell(text: str, *, strong: bool = False, muted: bool = False, small: bool = False) -> Cell:
    """A cell of one text; nothing when the text is empty."""
    return (Words(text, strong, muted, small),) if text else ()


def cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    """A row of plain texts."""
    return tuple(cell(text) for text in texts)
