"""A text document as one readable page: headings, paragraphs and rows with selection, hits and marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from esf_desktop.documents.selection import quote
from esf_desktop.documents.values import Block, Hit
from esf_desktop.i18n import _
from ui import theme
from ui.assessor import page_painting as paint
from ui.assessor.marks import Mark
from ui.assessor.page_layout import LARGEST, SMALLEST, next_step
from ui.assessor.page_text import quotable

_COLUMN = 46
"""Text heights across a column of text."""
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
        self._blocks = tuple(blocks)
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

    def reveal(self, block: int, words: str) -> None:
        """Bring a quote into sight and point it out for a moment."""
        cursor = self._find(block, words) or self._stretch(block, 0, 0)
        self._flash = cursor
        self._calm.start()
        self._reveal(cursor)
        self._colour()

    def parts(self) -> tuple[BlockPart, ...]:
        """What is selected, block by block."""
        cursor = self.textCursor()
        document, found = self.document(), []
        block = document.findBlock(cursor.selectionStart())
        while block.isValid() and block.position() < cursor.selectionEnd():
            start = max(0, cursor.selectionStart() - block.position())
            end = min(block.length() - 1, cursor.selectionEnd() - block.position())
            text = _units(block.text())[2 * start : 2 * end].decode("utf-16-le", "ignore").replace("\u2028", "\n")
            words = quotable(quote(text, 0, len(text)))
            if words:
                found.append(BlockPart(self._blocks[block.blockNumber()].index, words))
            block = block.next()
        return tuple(found)

    @property
    def place(self) -> float:
        """How much of the text is above the window, as a share."""
        bar = self.verticalScrollBar()
        return bar.value() / bar.maximum() if bar.maximum() else 0.0

    def scroll_to(self, share: float) -> None:
        """Bring a place of the text to the upper edge."""
        bar = self.verticalScrollBar()
        bar.setValue(round(share * bar.maximum()))

    @property
    def zoom(self) -> float:
        """The size of the text, 1.0 for 100 %."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Set the text in another size."""
        share, self._zoom = self.place, max(SMALLEST * 3, min(LARGEST / 2, zoom))
        self._fill()
        self.scroll_to(share)
        self.zoom_changed.emit(self._zoom)

    def zoom_in(self) -> None:
        """Zoom to the next step."""
        self.set_zoom(next_step(self._zoom, +1))

    def zoom_out(self) -> None:
        """Zoom to the step before."""
        self.set_zoom(next_step(self._zoom, -1))

    # making the text

    def _fill(self) -> None:
        marks, hits = [mark for mark, _cursor in self._marks], [(c.position(), c.anchor()) for c in self._hits]
        chosen = self.textCursor().anchor(), self.textCursor().position()
        document = self.document()
        document.clear()
        document.setUndoRedoEnabled(False)
        self._set_margins()
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for n, block in enumerate(self._blocks):
            shape, letters = self._look(block)
            if n:
                cursor.insertBlock(shape, letters)
            else:
                cursor.setBlockFormat(shape)
                cursor.setBlockCharFormat(letters)
            cursor.insertText(block.text.replace("\n", "\u2028"), letters)
        cursor.endEditBlock()
        self._hits = [self._between(anchor, position) for position, anchor in hits]
        self.setTextCursor(
            self._between(*chosen) if self._marks or self._hits or any(chosen) else QTextCursor(document)
        )
        self.set_marks(marks)

    def _look(self, block: Block) -> tuple[QTextBlockFormat, QTextCharFormat]:
        size = theme.pixels() * self._zoom
        shape, letters = QTextBlockFormat(), QTextCharFormat()
        shape.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setBottomMargin(size * 0.55)
        letters.setForeground(QColor("#1E2A27"))
        font = theme.font()
        font.setPixelSize(max(4, round(size)))
        match block.kind:
            case "heading":
                font.setPixelSize(max(4, round(size * (1.6, 1.3, 1.12)[min(block.level, 3) - 1])))
                font.setBold(True)
                shape.setTopMargin(size * 0.9)
                shape.setHeadingLevel(min(6, max(1, block.level)))
            case "row":
                shape.setTabPositions(
                    [QTextOption.Tab(n * size * 11, QTextOption.TabType.LeftTab) for n in range(1, 12)]
                )
                shape.setBottomMargin(size * 0.15)
            case "paragraph":
                shape.setLeftMargin(block.level * size * 1.4)
        letters.setFont(font)
        return shape, letters

    def _set_margins(self) -> None:
        size = theme.pixels() * self._zoom
        across = max(size * 2.4, (self.viewport().width() - _COLUMN * size) / 2)
        shape = QTextFrameFormat()
        shape.setLeftMargin(across)
        shape.setRightMargin(across)
        shape.setTopMargin(size * 2)
        shape.setBottomMargin(size * 3)
        self.document().setDocumentMargin(0)
        self.document().rootFrame().setFrameFormat(shape)

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
        numbers = {shown.index: n for n, shown in enumerate(self._blocks)}
        if block not in numbers:
            return QTextCursor(self.document())
        text = self._blocks[numbers[block]].text
        first = self.document().findBlockByNumber(numbers[block]).position()
        return self._between(first + len(_units(text[:start])) // 2, first + len(_units(text[:end])) // 2)

    def _find(self, block: int | None, words: str) -> QTextCursor | None:
        text = next((shown.text for shown in self._blocks if shown.index == block), None)
        pattern = r"[\s\u00ad]+".join(re.escape(word) for word in words.split())
        found = re.search(pattern, text) if text is not None and pattern else None
        return self._stretch(block, *found.span()) if found else None

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
    look.setForeground(QColor("#1E2A27"))
    if line is not None:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(line)
        look.setProperty(QTextFormat.Property.UserProperty, 1)
    made.format = look
    return made


def _units(text: str) -> bytes:
    """The text as Qt counts it: two bytes for each place of a cursor."""
    return text.encode("utf-16-le", "surrogatepass")
