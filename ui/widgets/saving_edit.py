"""A text field that grows with its text and saves itself: a pause after the last key, on leaving and when told."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QSizePolicy, QTextEdit

from ui import theme
from ui.widgets.spell_check import SpellCheck

PAUSE = 700
"""Milliseconds after the last key; text is on disk within a second."""
LONGEST = 20_000
"""Characters that a comment may have in a file that travels; a longer text stays in the field, and is told of once."""


class SavingEdit(QTextEdit):
    """Edits one text; `save` puts it on disk and answers whether that went well, else it is tried again."""

    resized = Signal()

    def __init__(self, save: Callable[[str], bool], *, name: str, hint: str = "", lines: int = 3) -> None:
        super().__init__()
        self._save, self._lines, self._stored, self._saving, self._told_long = save, lines, "", False, False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("role", "comment")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._typed)
        self.spelling = SpellCheck(self)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def show_text(self, text: str) -> None:
        """Show what is on disk; what a person has typed since and is not saved yet stands."""
        if self._saving or self.unsaved:
            return
        self._stored = text
        if text != self.toPlainText():
            place = self.textCursor().position()
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
        self._pause.stop()

    @property
    def unsaved(self) -> bool:
        """Whether a person has typed something that is not on disk."""
        return self.toPlainText() != self._stored

    def flush(self) -> bool:
        """Save now; False when it could not be saved."""
        self._pause.stop()
        text = self.toPlainText()
        if self._saving or text == self._stored:
            return True
        too_long, self._told_long = len(text) > LONGEST, self._told_long and len(text) > LONGEST
        if self._told_long:
            return False
        self._told_long = too_long
        self._saving = True
        saved = self._save(text)
        self._saving = False
        if saved:
            self._stored = text
        return saved

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.flush()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.spelling.later()

    def context_menu(self, where: QTextCursor) -> QMenu:
        """The usual menu with the spelling of the word there, and with the history of what was written here."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.spelling.add_to(menu, where)
        shown = self.window().findChild(QAction, "history")
        if shown is not None:
            menu.addSeparator()
            menu.addAction(shown)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        where = self.textCursor() if by_key else self.cursorForPosition(event.pos())
        place = self.viewport().mapToGlobal(self.cursorRect().bottomLeft()) if by_key else event.globalPos()
        self.context_menu(where).popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(20), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(8), self._height())

    def _typed(self) -> None:
        if self.unsaved:
            self._pause.start()

    def _grow(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    def _height(self) -> int:
        frame = self.height() - self.viewport().height() if self.isVisible() else theme.pixels(1.1)
        text = round(self.document().documentLayout().documentSize().height())
        least = self.fontMetrics().lineSpacing() * self._lines + round(2 * self.document().documentMargin())
        return max(text, least) + max(frame, 2)
