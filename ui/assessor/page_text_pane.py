"""The text of the page that is read, line by line, for a screen reader and for who would rather read it so.

Its caret and its selection are those of the page: what is selected here can be copied and made evidence as there.
"""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from esf_desktop.i18n import _
from ui import theme
from ui.assessor.page_selection import Span, Spot
from ui.assessor.page_text import ReadPage


class PageTextPane(QPlainTextEdit):
    """Shows one page's text; nothing in it can be changed."""

    selected = Signal(object)
    """The `Span` that a person has selected here, or where they have put the caret."""
    left = Signal(int)
    """The caret went on beyond the last line (+1) or before the first (-1)."""

    def __init__(self) -> None:
        super().__init__()
        self._page: int | None = None
        self._text: ReadPage | None = None
        self._quiet = False
        self._told: Span | None = None
        """What was selected here last."""
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font())
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(_("Text of the page"))
        self.cursorPositionChanged.connect(self._tell)
        self.selectionChanged.connect(self._tell)

    @property
    def page(self) -> int | None:
        """The page whose text is here."""
        return self._page

    def show_page(self, page: int, label: str, text: ReadPage | None, *, at_end: bool = False) -> None:
        """Show a page's text, with the caret at its beginning or its end; a text that has not come is waited for."""
        if (page, text) == (self._page, self._text):
            return
        self._page, self._text = page, text
        self._quiet = True
        lines = text.lines if text else ()
        self.setPlainText("\n".join(text.text[line.start : line.end] for line in lines) if text else "")
        if at_end:
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._quiet = False
        self.setAccessibleName(_("Text of page {n}").format(n=label))
        missing = text is not None and text.empty
        self.setPlaceholderText(_("This page is a picture and has no text that can be read out.") if missing else "")
        self.setAccessibleDescription(self.placeholderText())

    def show_span(self, span: Span | None) -> None:
        """Select here what is selected on the page, unless it was selected here."""
        if span == self._told:
            return
        if self._text is None or self._page is None or span is None or self._page not in span.pages:
            return
        start, end = span.on(self._page, len(self._text))
        if span.empty:
            start = end = span.caret.index
        cursor = self.textCursor()
        cursor.setPosition(self._position(start))
        cursor.setPosition(self._position(end), QTextCursor.MoveMode.KeepAnchor)
        self._quiet = True
        self.setTextCursor(cursor)
        self._quiet = False

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        if self._text is not None:
            cursor = self.textCursor()
            made.setText(self._text.quote(self._index(cursor.selectionStart()), self._index(cursor.selectionEnd())))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        moves, cursor = QTextCursor.MoveOperation, self.textCursor()
        if plain and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown) and not cursor.movePosition(moves.Down):
            self.left.emit(+1)
        elif plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) and not cursor.movePosition(moves.Up):
            self.left.emit(-1)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._quiet and self._page is not None and self._text is not None and self.hasFocus():
            cursor = self.textCursor()
            anchor, caret = self._index(cursor.anchor()), self._index(cursor.position())
            self._told = Span(Spot(self._page, anchor), Spot(self._page, caret))
            self.selected.emit(self._told)

    def _index(self, position: int) -> int:
        """The page's character at a position here; Qt counts in units of UTF-16."""
        block = self.document().findBlock(position)
        if self._text is None or block.blockNumber() >= len(self._text.lines):
            return 0
        line = self._text.lines[block.blockNumber()]
        units = self._text.text[line.start : line.end].encode("utf-16-le", "surrogatepass")
        return line.start + len(units[: 2 * (position - block.position())].decode("utf-16-le", "replace"))

    def _position(self, index: int) -> int:
        """The position here of a character of the page."""
        assert self._text is not None
        number = self._text.line_number(index)
        if number is None:
            return 0
        line = self._text.lines[number]
        before = self._text.text[line.start : max(line.start, min(index, line.end))]
        block = self.document().findBlockByNumber(number)
        return int(block.position()) + len(before.encode("utf-16-le", "surrogatepass")) // 2
