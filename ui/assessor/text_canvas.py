"""A text document as one readable page: headings, paragraphs and rows with selection, hits and marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from esf_desktop.assessor.evidence import LONGEST_QUOTE
from esf_desktop.documents.searching import pattern, places
from esf_desktop.documents.selection import quote
from esf_desktop.documents.values import Block, Hit
from esf_desktop.i18n import _
from ui import theme
from ui.assessor import page_painting as paint
from ui.assessor.marks import Mark
from ui.assessor.page_layout import LARGEST, SMALLEST, next_step
from ui.assessor.page_text import quotable
from ui.assessor.text_setting import INK, Setting, set_margins, typeset

_FLASHES = 1600


@dataclass(frozen=True)
class BlockPart:
    """What is selected of one block."""

    block: int
    quote: str


class TextCanvas(QTextEdit):
    """Shows blocks of text; nothing in it can be changed."""

    selection_changed = Signal()
    mark_clicked = Signal(object)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: tuple[Block, ...] = ()
        self._numbers: dict[int, int] = {}
        """The place of each block among the blocks, by its index."""
        self._setting = Setting(())
        self._marks: list[tuple[Mark, QTextCursor]] = []
        self._hits: list[QTextCursor] = []
        self._flash: QTextCursor | None = None
        self._zoom = 1.0
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(_("Text of the document"))
        self._calm = QTimer(self, singleShot=True, interval=_FLASHES)
        self._calm.timeout.connect(self._end_flash)
        self.selectionChanged.connect(self.selection_changed)
        self._dress()

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks from the first."""
        self.setTextCursor(QTextCursor(self.document()))
        self._blocks, self._setting = tuple(blocks), Setting(())
        self._numbers = {block.index: place for place, block in enumerate(self._blocks)}
        self._marks, self._hits, self._flash = [], [], None
        self._fill()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks where their quotes stand."""
        found = ((mark, self._find(mark.evidence.block, mark.evidence.quote)) for mark in marks)
        self._marks = [(mark, cursor) for mark, cursor in found if cursor is not None]
        self._colour()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show where a search found something."""
        self._hits = [self._stretch(hit.block, hit.start, hit.end) for hit in hits if hit.block is not None]
        self._colour()

    def select(self, block: int, start: int, end: int) -> None:
        """Select characters of a block and bring them into sight."""
        self.setTextCursor(self._stretch(block, start, end))
        self._reveal(self.textCursor())

    def select_words(self, block: int, words: str) -> None:
        """Select a quote of a block and bring it into sight."""
        self.setTextCursor(self._find(block, words) or self._stretch(block, 0, 0))
        self._reveal(self.textCursor())

    def reveal(self, block: int, words: str) -> None:
        """Bring a quote into sight and point it out for a moment."""
        cursor = self._find(block, words) or self._stretch(block, 0, 0)
        self._flash = cursor
        self._calm.start()
        self._reveal(cursor)
        self._colour()

    def parts(self) -> tuple[BlockPart, ...]:
        """What is selected, block by block; of a table, the cells that are shown as selected."""
        words: dict[int, list[str]] = {}
        for start, end in _stretches(self.textCursor()):
            for piece, part in self._setting.between(start, end):
                words.setdefault(piece.block, []).append(part)
        quotes = ((place, " ".join(parts)) for place, parts in sorted(words.items()))
        found = ((place, quotable(quote(text, 0, len(text)))) for place, text in quotes)
        return tuple(BlockPart(self._blocks[place].index, text) for place, text in found if text)

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        made.setText("\n".join(part.quote for part in self.parts()))
        return made

    def place(self) -> tuple[int, float]:
        """The block at the upper edge, and how much of its height is above it."""
        cursor = self.cursorForPosition(QPoint(self.viewport().width() // 2, 1))
        block, _index = self._setting.at(cursor.position())
        top, height = self._extent(block)
        return block, max(0.0, min(1.0, (self.verticalScrollBar().value() - top) / height))

    def scroll_to(self, block: int, share: float = 0.0) -> None:
        """Bring a place of a block to the upper edge."""
        if self._blocks:
            top, height = self._extent(max(0, min(block, len(self._blocks) - 1)))
            beginning = block <= 0 and share == 0
            self.verticalScrollBar().setValue(0 if beginning else round(top + share * height))

    @property
    def zoom(self) -> float:
        """The size of the text, 1.0 for 100 %."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Set the text in another size."""
        place, self._zoom = self.place(), max(SMALLEST * 3, min(LARGEST / 2, zoom))
        self._fill()
        self.scroll_to(*place)
        self.zoom_changed.emit(self._zoom)

    def zoom_in(self) -> None:
        """Zoom to the next step."""
        self.set_zoom(next_step(self._zoom, +1))

    def zoom_out(self) -> None:
        """Zoom to the step before."""
        self.set_zoom(next_step(self._zoom, -1))

    # making the text

    def _fill(self) -> None:
        marks = [mark for mark, _cursor in self._marks]
        hits = [(self._setting.at(c.selectionStart()), self._setting.at(c.selectionEnd())) for c in self._hits]
        cursor = self.textCursor()
        anchor, caret = self._setting.at(cursor.anchor()), self._setting.at(cursor.position())
        document = self.document()
        document.clear()
        document.setUndoRedoEnabled(False)
        self._set_margins()
        self._setting = typeset(document, self._blocks, theme.pixels() * self._zoom)
        self._hits = [self._between(self._setting.position(*a), self._setting.position(*b)) for a, b in hits]
        kept = self._blocks and cursor.hasSelection()
        self.setTextCursor(
            self._between(self._setting.position(*anchor), self._setting.position(*caret))
            if kept
            else QTextCursor(document)
        )
        self.set_marks(marks)

    def _set_margins(self) -> None:
        set_margins(self.document(), self._blocks, theme.pixels() * self._zoom, self.viewport().width())

    def _dress(self) -> None:
        paper = paint.colours().paper.name()
        self.setStyleSheet(
            f"QTextEdit, QTextEdit:focus {{ background: {paper}; color: #1E2A27; border: none; border-radius: 0;"
            f" padding: 0; selection-background-color: {paint.SELECTION.name()}; selection-color: #1E2A27; }}"
        )

    # places

    def _between(self, anchor: int, position: int) -> QTextCursor:
        last = max(0, self.document().characterCount() - 1)
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _stretch(self, block: int | None, start: int, end: int) -> QTextCursor:
        place = self._numbers.get(block) if block is not None else None
        if place is None:
            return QTextCursor(self.document())
        return self._between(self._setting.position(place, start), self._setting.position(place, end))

    def _extent(self, block: int) -> tuple[float, float]:
        """The top and the height of a block on the sheet that is scrolled."""
        shown = self.document().findBlock(self._setting.position(block, 0))
        rect = self.document().documentLayout().blockBoundingRect(shown)
        return rect.top(), max(1.0, rect.height())

    def _find(self, block: int | None, words: str) -> QTextCursor | None:
        text = next((shown.text for shown in self._blocks if shown.index == block), None)
        wanted = pattern(words, longest=LONGEST_QUOTE)
        span = next(places(wanted, text), None) if wanted is not None and text is not None else None
        return self._stretch(block, *span) if span else None

    def _reveal(self, cursor: QTextCursor) -> None:
        start = QTextCursor(cursor)
        start.setPosition(cursor.selectionStart())
        place = self.cursorRect(start)
        if not self.viewport().rect().adjusted(0, 20, 0, -20).contains(place):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - self.viewport().height() // 3)

    def _marks_at(self, point: QPointF) -> list[Mark]:
        position = self.cursorForPosition(point.toPoint()).position()
        return [mark for mark, cursor in self._marks if cursor.selectionStart() <= position < cursor.selectionEnd()]

    # colours

    def _colour(self) -> None:
        made = [_extra(cursor, paint.HIT) for cursor in self._hits]
        made += [_extra(cursor, mark.fill, mark.line) for mark, cursor in self._marks]
        if self._flash is not None:
            made.append(_extra(self._flash, paint.SELECTION))
        self.setExtraSelections(made)
        self.viewport().update()

    def _end_flash(self) -> None:
        self._flash = None
        self._colour()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        before: dict[int, float] = {}
        for mark, cursor in self._marks:
            start = QTextCursor(cursor)
            start.setPosition(cursor.selectionStart())
            top = self.cursorRect(start).top()
            if -40 < top < self.viewport().height():
                rect = QRectF(self.viewport().rect())
                before[top] = paint.paint_letters(painter, rect, top, mark, before.get(top, 0.0), theme.code_font(0.72))
        painter.end()

    # events

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = "\n\n".join(mark.words for mark in self._marks_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            marks = self._marks_at(event.position())
            if marks:
                self.mark_clicked.emit(marks[-1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * 1.1 ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.viewport().update()


def _extra(cursor: QTextCursor, fill: QColor, line: QColor | None = None) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    made.cursor = cursor
    look = QTextCharFormat()
    look.setBackground(fill)
    look.setForeground(INK)
    if line is not None:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(line)
        look.setProperty(QTextFormat.Property.UserProperty, 1)
    made.format = look
    return made


def _stretches(cursor: QTextCursor) -> list[tuple[int, int]]:
    """Start and end of what is selected: one stretch, or one for each cell of a table that is."""
    if not cursor.hasComplexSelection():
        return [(cursor.selectionStart(), cursor.selectionEnd())]
    table = cursor.currentTable()
    row, rows, column, columns = cast("tuple[int, int, int, int]", cursor.selectedTableCells())
    cells = [table.cellAt(r, c) for r in range(row, row + rows) for c in range(column, column + columns)]
    return [(cell.firstPosition(), cell.lastPosition()) for cell in cells]
