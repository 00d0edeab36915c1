"""The pieces of a fictional application before they are set in type, and the simple markup that they are written in.

`# ` and `## ` are headings (`# Bilaga: ` of an annex), `- ` items of a list, `| ` rows of a table with
its heads first, `? ` the form's own instruction, `{word}` on a line of its own a part that is made from the
application's facts; everything else is running text, one paragraph between empty lines.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

ANNEX = "# Bilaga: "


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter (level 1), a section (2) or a small heading that is not numbered (3)."""

    level: int
    text: str
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """The form's own words above an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of items."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; widths are parts of the text's, columns in `numbers` are set to the right, `total` marks a sum last."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    header: bool = True
    numbers: tuple[int, ...] = ()
    total: bool = False
    shaded: tuple[tuple[int, int], ...] = ()
    """Cells (column, row) that are filled, for time plans."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from 0 to 100 per cent, each with its words."""

    bars: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


@dataclass(frozen=True, slots=True)
class Together:
    """Pieces that are kept on one page where they fit."""

    pieces: tuple["Element", ...]


Element = Heading | Prose | Instruction | Points | Grid | Bars | NewPage | Together


def parse(text: str, made: Mapping[str, Callable[[], list[Element]]]) -> list[Element]:
    """The elements of a text in the simple markup; KeyError when it asks for a part that nobody makes."""
    found: list[Element] = []
    for block in _blocks(text):
        first = block[0]
        if first.startswith(ANNEX):
            found.append(Heading(1, first.removeprefix(ANNEX), annex=True))
        elif first.startswith("# "):
            found.append(Heading(1, first[2:]))
        elif first.startswith("## "):
            found.append(Heading(2, first[3:]))
        elif first.startswith("? "):
            found.append(Instruction(" ".join(line.removeprefix("? ") for line in block)))
        elif first.startswith("- "):
            found.append(Points(tuple(_items(block))))
        elif first.startswith("| "):
            found.append(_grid(block))
        elif first.startswith("{"):
            found += made[first.strip("{}")]()
        else:
            found.append(Prose(" ".join(block)))
    return found


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        alone = stripped.startswith(("# ", "## ", "{"))
        if block and (not stripped or alone):
            yield block
            block = []
        if alone:
            yield [stripped]
        elif stripped:
            block.append(stripped)


def _grid(block: list[str]) -> Grid:
    """The rows as a table whose columns are as wide as their longest words ask for, within reason."""
    rows = tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in block)
    columns = tuple(zip(*rows, strict=True))
    longest = [min(max(len(cell) for cell in column), 40) + 4 for column in columns]
    numbers = tuple(i for i, column in enumerate(columns) if all(cell.isdecimal() for cell in column[1:]))
    return Grid(rows, tuple(width / sum(longest) for width in longest), numbers=numbers)


def _items(block: list[str]) -> Iterator[str]:
    item = ""
    for line in block:
        if line.startswith("- "):
            if item:
                yield item
            item = line[2:]
        else:
            item += " " + line
    yield item
