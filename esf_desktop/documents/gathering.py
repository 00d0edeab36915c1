"""How running XML becomes blocks: paragraphs inside paragraphs come after them, paragraphs in cells make rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from esf_desktop.documents.values import Block

MOST_BLOCKS = 50_000
LONGEST_BLOCK = 20_000
MOST_CHARACTERS = 10_000_000
DEEPEST = 32
"""Levels of headings and lists that are told apart."""


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    kind: Literal["heading", "paragraph"] = "paragraph"
    level: int = 0
    marker: str = ""


@dataclass(slots=True)
class _Table:
    cells: list[list[str]] = field(default_factory=list)
    outside: int = 0
    """Paragraphs that were open where the table begins."""
    begun: bool = False
    """Whether it has a row already."""


class Gatherer:
    """Takes paragraphs, tables, rows and cells as they begin and end, and gives the blocks."""

    def __init__(self) -> None:
        self._blocks: list[tuple[Literal["heading", "paragraph", "row"], int, str, str]] = []
        self._open: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._characters = 0

    @property
    def is_open(self) -> bool:
        """Whether a paragraph is open."""
        return bool(self._open)

    @property
    def is_full(self) -> bool:
        """Whether there was more than anybody reads, which was left out."""
        return len(self._blocks) >= MOST_BLOCKS or self._characters >= MOST_CHARACTERS

    def begin(self) -> None:
        """A paragraph begins."""
        self._open.append(_Paragraph())

    def call_heading(self, level: int) -> None:
        """The open paragraph is a heading."""
        if self._open:
            self._open[-1].kind, self._open[-1].level = "heading", min(level, DEEPEST)

    def indent(self, level: int) -> None:
        """The open paragraph belongs to a list."""
        if self._open and self._open[-1].kind == "paragraph":
            self._open[-1].level = min(level, DEEPEST)

    def mark(self, marker: str) -> None:
        """The open paragraph has a bullet or a number before it."""
        if self._open:
            self._open[-1].marker = marker

    def add(self, text: str) -> None:
        """Text of the open paragraph."""
        if self._open and not self.is_full:
            self._open[-1].pieces.append(text)
            self._characters += len(text)

    def finish(self) -> None:
        """The open paragraph ends."""
        if not self._open:
            return
        paragraph = self._open.pop()
        text = "".join(paragraph.pieces).strip()[:LONGEST_BLOCK]
        if not text:
            return
        if self._tables and self._tables[-1].cells and len(self._open) <= self._tables[-1].outside:
            self._tables[-1].cells[-1].append(f"{paragraph.marker} {text}".strip())
        else:
            self._put(paragraph.kind, paragraph.level, text, paragraph.marker)

    def begin_table(self) -> None:
        """A table begins."""
        self._tables.append(_Table(outside=len(self._open)))

    def begin_row(self) -> None:
        """A row begins."""
        if self._tables:
            self._tables[-1].cells = []

    def begin_cell(self) -> None:
        """A cell begins."""
        if self._tables:
            self._tables[-1].cells.append([])

    def finish_row(self) -> None:
        """A row ends; the row of a table inside a cell becomes text of that cell."""
        if not self._tables:
            return
        cells = [" ".join(" ".join(texts).split("\t")) for texts in self._tables[-1].cells]
        self._tables[-1].cells = []
        if not any(cells):
            return
        if len(self._tables) > 1 and self._tables[-2].cells:
            self._tables[-2].cells[-1].append(" ".join(cell for cell in cells if cell))
        else:
            self.put_row(cells, first=not self._tables[-1].begun)
            self._tables[-1].begun = True

    def finish_table(self) -> None:
        """A table ends."""
        if self._tables:
            self._tables.pop()

    def put_row(self, cells: list[str], *, first: bool) -> None:
        """A whole row; the first one begins a table."""
        self._put("row", 1 if first else 0, "\t".join(cells).rstrip("\t")[:LONGEST_BLOCK])

    def put_heading(self, text: str) -> None:
        """A whole heading."""
        self._put("heading", 1, text[:LONGEST_BLOCK])

    def blocks(self) -> Iterator[Block]:
        """The blocks in their order."""
        return (Block(index, *parts) for index, parts in enumerate(self._blocks))

    def _put(self, kind: Literal["heading", "paragraph", "row"], level: int, text: str, marker: str = "") -> None:
        if len(self._blocks) < MOST_BLOCKS:
            self._blocks.append((kind, level, text, marker))
