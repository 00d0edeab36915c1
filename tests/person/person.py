"""Somebody at the program: finds things by what they say, presses keys and clicks, and knows nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.exceptions import TimeoutError as PatienceLostError
from pytestqt.qtbot import QtBot

from esf_desktop.settings import Settings, Theme
from ui.main_window import MainWindow
from ui.session import Options, Session

PATIENCE = 30_000
"""Milliseconds that anything may take on a busy machine."""
Kinds = tuple[type[QWidget], ...]
BUTTONS: Kinds = (QAbstractButton,)
FIELDS: Kinds = (QLineEdit, QTextEdit)
FAR = 150
"""How many times somebody presses Tab before giving up."""


class Person:
    """Has a window, a keyboard and a mouse."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self._qtbot, self._session = qtbot, session

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keySequence(self._focus(), QKeySequence(key))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(self._focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
        QApplication.processEvents()

    def click(self, words: str, kinds: Kinds = BUTTONS) -> None:
        """Click what says these words."""
        self.rest()
        target = self.see(words, kinds)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _place(target))
        QApplication.processEvents()

    def tab_to(self, words: str, kinds: Kinds = BUTTONS) -> None:
        """Press Tab until the focus stands on what says these words."""
        self.rest()
        seen = []
        for _step in range(FAR):
            focused = self._focus()
            if isinstance(focused, kinds) and words in said(focused) and focused.isEnabled():
                return
            seen.append(said(focused) or type(focused).__name__)
            self.press("Tab")
        raise AssertionError(f"Tab never comes to “{words}”, only to {seen[:60]}")

    def see(self, words: str, kinds: Kinds) -> QWidget:
        """What can be pressed or typed in and says these words; waits until it is there."""

        def found() -> list[QWidget]:
            return [
                one
                for kind in kinds
                for one in self._top().findChildren(kind)
                if one.isVisible() and one.isEnabled() and words in said(one)
            ]

        try:
            self._qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE)
        except PatienceLostError as error:
            raise AssertionError(f"nothing to press says “{words}” in: {self.read()}") from error
        return found()[0]

    def read_field(self, name: str) -> str:
        """What stands in the field of that name."""
        field = self.see(name, (QLineEdit,))
        assert isinstance(field, QLineEdit)
        return field.text()

    def read(self) -> str:
        """Everything that can be read in the window or dialog in front."""
        QApplication.processEvents()
        top = self._top()
        parts: list[str] = []
        for one in top.findChildren(QWidget):
            if one.isVisible() and isinstance(one, (QLabel, QAbstractButton)):
                parts.append(one.text())
        return "\n".join(parts)

    def read_until(self, words: str) -> str:
        """What can be read once these words are there."""
        try:
            self._qtbot.waitUntil(lambda: words in self.read(), timeout=PATIENCE)
        except PatienceLostError as error:
            raise AssertionError(f"“{words}” is not to be read in: {self.read()}") from error
        return self.read()

    def select_in_document(self, words: str) -> None:
        """Find these words in the document by its own search, so that they are marked."""
        self.press("Ctrl+F")
        self.press("Ctrl+A")
        self.type(words)
        self.press("Return")
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way."""
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: not self._session.tasks.busy, timeout=PATIENCE)
        QApplication.processEvents()
        if QApplication.activeWindow() is None:  # a window manager would have seen to it
            self._session.window.activateWindow()
            self._qtbot.waitActive(self._session.window)

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._top()

    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._session.window


def said(widget: QWidget) -> str:
    """What a control says to eyes and to a screen reader."""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{text}\n{widget.accessibleName()}"


def _place(target: QWidget) -> QPoint:
    """Where to click: the middle, unless it is wide, then near its left end, where its words are."""
    return QPoint(min(target.width() // 2, 40), target.height() // 2)


@contextmanager
def person(qtbot: QtBot, folder: Path, file: Path) -> Iterator[Person]:
    """A person who opens a file by a double click, so that the program starts for the first time."""
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.resize(1360, 850)
    session = Session(window, Options((file,), folder))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.start()
    yield Person(qtbot, session)
    window.close()
