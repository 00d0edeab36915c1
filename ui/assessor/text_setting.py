"""How the blocks of a text document are set as a readable page, and where each character of them comes to stand."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from esf_desktop.documents.values import Block
from ui import theme

INK = QColor("#1E2A27")
_LINE, _STRONG_LINE = QColor("#C9C8C0"), QColor("#7D8882")
COLUMN, WIDE_COLUMN = 42, 62
"""Text heights across the text, and across a text with broad tables."""
MANY_COLUMNS = 5
MOST_CELLS = 3_000
"""Of all tables of a document; rows beyond that are set with tab stops, which takes a hundredth of the time."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block's text without a break: a paragraph, or one cell of a row."""

    position: int
    """Of its first character in the document, in units of UTF-16 as Qt counts them."""
    block: int
    """The place of its block among the blocks, from 0."""
    start: int
    """Its first character within the block's text."""
    text: str

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.position + units(self.text)


class Setting:
    """The places of all pieces of a document that has been set."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._positions = [piece.position for piece in self.pieces]
        self._blocks = [piece.block for piece in self.pieces]

    def position(self, block: int, index: int) -> int:
        """The position of a block's character; that of the nearest one where the character itself is not shown."""
        first = bisect_right(self._blocks, block - 1)
        last = bisect_right(self._blocks, block)
        if first == last:
            return 0
        within = [piece for piece in self.pieces[first:last] if piece.start <= index] or [self.pieces[first]]
        piece = within[-1]
        return piece.position + units(piece.text[: max(0, index - piece.start)])

    def at(self, position: int) -> tuple[int, int]:
        """The block at a position and the character within it."""
        if not self.pieces:
            return 0, 0
        piece = self.pieces[max(0, bisect_right(self._positions, position) - 1)]
        return piece.block, piece.start + characters(piece.text, position - piece.position)

    def between(self, start: int, end: int) -> Iterator[tuple[Piece, str]]:
        """The pieces that a stretch touches, each with its part of it."""
        first = max(0, bisect_right(self._positions, start) - 1)
        for piece in self.pieces[first:]:
            if piece.position >= end:
                return
            part = piece.text[
                characters(piece.text, start - piece.position) : characters(piece.text, end - piece.position)
            ]
            if part:
                yield piece, part


def units(text: str) -> int:
    """How many places of a cursor a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(text: str, places: int) -> int:
    """How many characters the first places of a cursor hold."""
    if places <= 0:
        return 0
    if text.isascii() or places >= 2 * len(text):
        return min(places, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * places].decode("utf-16-le", "ignore"))


def typeset(document: QTextDocument, blocks: Sequence[Block], size: float) -> Setting:
    """Set the blocks into the empty document with a text height of `size` pixels."""
    setter = _Setter(document, size)
    for number, group in groupby(enumerate(_table_numbers(blocks)), key=lambda pair: pair[1]):
        places = [place for place, _table in group]
        if number is None:
            for place in places:
                setter.paragraph(place, blocks[place])
        else:
            setter.rows(places, [blocks[place].text.split("\t") for place in places])
    setter.finish()
    return Setting(setter.pieces)


def has_broad_tables(blocks: Sequence[Block]) -> bool:
    """Whether the text needs a broader column for the sake of its tables."""
    return any(block.kind == "row" and block.text.count("\t") >= MANY_COLUMNS - 1 for block in blocks)


def set_margins(document: QTextDocument, blocks: Sequence[Block], size: float, width: int) -> None:
    """Let the text stand in the middle of a window of that width."""
    column = WIDE_COLUMN if has_broad_tables(blocks) else COLUMN
    across = max(size * 2.4, (width - column * size) / 2)
    shape = QTextFrameFormat()
    shape.setLeftMargin(across)
    shape.setRightMargin(across)
    shape.setTopMargin(size * 2)
    shape.setBottomMargin(size * 3)
    document.setDocumentMargin(0)
    document.rootFrame().setFrameFormat(shape)


def _table_numbers(blocks: Sequence[Block]) -> Iterator[int | None]:
    """For each block the number of its table, or None outside tables."""
    number, inside = 0, False
    for block in blocks:
        if block.kind != "row":
            inside = False
            yield None
            continue
        if block.level == 1 or not inside:
            number += 1
        inside = True
        yield number


class _Setter:
    def __init__(self, document: QTextDocument, size: float) -> None:
        self._document, self._size = document, size
        self._cursor = QTextCursor(document)
        self._cursor.beginEditBlock()
        self._fresh = True
        """Whether the cursor stands in an empty block that waits for its text."""
        self.pieces: list[Piece] = []
        self._cells = 0

    def paragraph(self, place: int, block: Block) -> None:
        shape, letters = self._look(block)
        self._begin(shape, letters)
        if block.marker:
            gap = "\N{EN SPACE}" if block.kind == "heading" else "\t"
            self._cursor.insertText(block.marker + gap, letters)
        self._put(self._cursor, place, 0, block.text, letters)

    def rows(self, places: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        columns = max(len(row) for row in rows)
        if columns < 2 or self._cells + columns * len(rows) > MOST_CELLS:
            self._tabbed(places, rows)
            return
        self._cells += columns * len(rows)
        self._begin(QTextBlockFormat(), self._letters())
        numeric = [
            [_is_number(row[column]) for row in rows if column < len(row) and row[column]] for column in range(columns)
        ]
        right = [bool(found) and sum(found) * 2 > len(found) for found in numeric]
        head = len(rows) > 1 and len(rows[0]) == columns and not any(_is_number(cell) for cell in rows[0])
        table = self._cursor.insertTable(len(rows), columns, self._table_shape(rows, columns, head=head))
        for line, (place, row) in enumerate(zip(places, rows, strict=True)):
            start = 0
            for column in range(columns):
                text = row[column] if column < len(row) else ""
                cell = table.cellAt(line, column)
                cursor = cell.firstCursorPosition()
                shape = QTextBlockFormat()
                shape.setAlignment(Qt.AlignmentFlag.AlignRight if right[column] else Qt.AlignmentFlag.AlignLeft)
                shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                letters = self._letters(0.93, bold=head and line == 0)
                cursor.setBlockFormat(shape)
                if column < len(row):
                    self._put(cursor, place, start, text, letters, whole=right[column])
                    start += len(text) + 1
                look = self._cell_shape(head=head and line == 0, last=line == len(rows) - 1)
                look.merge(letters)
                cell.setFormat(look)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def finish(self) -> None:
        self._cursor.endEditBlock()

    def _tabbed(self, places: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        shape, letters = QTextBlockFormat(), self._letters()
        shape.setTabPositions([QTextOption.Tab(n * self._size * 11, QTextOption.TabType.LeftTab) for n in range(1, 12)])
        shape.setBottomMargin(self._size * 0.15)
        for place, row in zip(places, rows, strict=True):
            self._begin(shape, letters)
            self._put(self._cursor, place, 0, "\t".join(row), letters)

    def _begin(self, shape: QTextBlockFormat, letters: QTextCharFormat) -> None:
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(letters)
        else:
            self._cursor.insertBlock(shape, letters)
        self._fresh = False

    def _put(
        self,
        cursor: QTextCursor,
        place: int,
        start: int,
        text: str,
        letters: QTextCharFormat,
        *,
        whole: bool = False,
    ) -> None:
        """Set a piece; a whole one, such as an amount, is not broken at its spaces."""
        self.pieces.append(Piece(cursor.position(), place, start, text))
        shown = text.replace("\n", "\u2028")
        cursor.insertText(shown.replace(" ", "\xa0") if whole and len(text) < 24 else shown, letters)

    def _look(self, block: Block) -> tuple[QTextBlockFormat, QTextCharFormat]:
        size, shape, letters = self._size, QTextBlockFormat(), self._letters()
        shape.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setBottomMargin(size * 0.55)
        if block.kind == "heading":
            letters = self._letters((1.6, 1.3, 1.12)[min(max(block.level, 1), 3) - 1], bold=True)
            shape.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            shape.setTopMargin(size * 0.9)
            shape.setHeadingLevel(min(6, max(1, block.level)))
        elif block.level:
            shape.setLeftMargin((block.level + 0.4) * size * 1.5)
            shape.setBottomMargin(size * 0.3)
            if block.marker:
                hang = max(1.5, 0.62 * len(block.marker) + 0.6) * size
                shape.setLeftMargin(max(shape.leftMargin(), hang))
                shape.setTextIndent(-hang)
                shape.setTabPositions([QTextOption.Tab(hang, QTextOption.TabType.LeftTab)])
        return shape, letters

    def _letters(self, share: float = 1.0, *, bold: bool = False) -> QTextCharFormat:
        letters = QTextCharFormat()
        font: QFont = theme.font()
        font.setPixelSize(max(4, round(self._size * share)))
        font.setBold(bold)
        letters.setFont(font)
        letters.setForeground(INK)
        return letters

    def _table_shape(self, rows: Sequence[Sequence[str]], columns: int, *, head: bool) -> QTextTableFormat:
        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setBorderCollapse(True)
        shape.setCellSpacing(0)
        shape.setCellPadding(self._size * 0.35)
        shape.setTopMargin(self._size * 0.4)
        shape.setBottomMargin(self._size * 0.9)
        shape.setHeaderRowCount(1 if head else 0)
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        longest = [
            min(36, max([5, *(len(row[column]) + 2 for row in rows[:200] if column < len(row))]))
            for column in range(columns)
        ]
        shape.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, 100 * one / sum(longest)) for one in longest]
        )
        return shape

    def _cell_shape(self, *, head: bool, last: bool) -> QTextTableCellFormat:
        shape = QTextTableCellFormat()
        shape.setBottomBorder(1.5 if head or last else 1)
        shape.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBottomBorderBrush(QBrush(_STRONG_LINE if head or last else _LINE))
        if head:
            shape.setTopBorder(1.5)
            shape.setTopBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setTopBorderBrush(QBrush(_STRONG_LINE))
        return shape


def _is_number(text: str) -> bool:
    bare = "".join(text.split()).removesuffix("kr").removesuffix("%").removesuffix("SEK").replace("\u2212", "-")
    return bool(bare) and bare.lstrip("+-").replace(",", "").replace(".", "").isdecimal()
