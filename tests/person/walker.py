"""Somebody who presses anything: random keys and clicks on the assess page, by real events alone."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.model import ApplicationId, Rating, replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.ui.desks import paper_document
from ui.assessor.checklist import Checklist
from ui.assessor.main_page import AssessPage
from ui.main_window import MainWindow
from ui.session import Options, Session
from ui.widgets.rating_control import Segment

WORDS = ("åtta", "kommuner", "länen", "saknas", "tydligt", "Sápmi", "kostnad", "☂", "\u2013", "på", "i", "och")
PATIENCE = 30_000
"""Milliseconds that a window may take to get ready on a busy machine."""


class Walker:
    """Walks at random over one window, and remembers what was done, so that a failure can be told."""

    def __init__(self, qtbot: QtBot, session: Session, seed: int) -> None:
        self._qtbot, self.session, self._chance = qtbot, session, random.Random(seed)
        self.done: list[str] = []

    @property
    def window(self) -> MainWindow:
        """The program's window."""
        return self.session.window

    @property
    def workspace(self) -> Workspace:
        """What is on disk."""
        assert self.session.desk is not None
        return self.session.desk.workspace

    @property
    def page(self) -> AssessPage:
        """The page where applications are judged."""
        page = self.window.page("assess")
        assert isinstance(page, AssessPage)
        return page

    def walk(self, steps: int) -> None:
        """Do so many things, one after the other."""
        moves: tuple[tuple[int, Callable[[], None]], ...] = (
            (24, lambda: self.press(self._one("1234"))),
            (14, lambda: self.press(self._one("JK"))),
            (14, self._write),
            (14, self._click),
            (12, lambda: self.press("Ctrl+Z")),
            (8, lambda: self.press(self._one(("Ctrl+Shift+Z", "Ctrl+Y")))),
            (6, lambda: self.press(self._one(("Alt+Right", "Alt+Left")))),
            (4, self._mark),
            (2, lambda: self.press("Ctrl+Return")),
            (2, self._turn_away_and_back),
            (1, self._open_and_close),
        )
        weights = [weight for weight, _move in moves]
        for _step in range(steps):
            self._chance.choices(moves, weights)[0][1]()
            self.settle()

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            self.done.append(key)
            QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(key))
            QApplication.processEvents()

    def settle(self) -> None:
        """Let what was begun come to its end, and close what opened over the window."""
        QApplication.processEvents()
        for _attempt in range(10):
            over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if over is None:
                break
            assert over.objectName() != "refusal", f"refused: {over.property('text')} after {self.done[-12:]}"
            QTest.keyClick(over, Qt.Key.Key_Escape)
            QApplication.processEvents()
        else:
            raise AssertionError(f"{over} does not close by Esc after {self.done[-12:]}")
        if QApplication.activeWindow() is None:  # a window manager would have seen to it
            self.window.activateWindow()
            self._qtbot.waitActive(self.window)
        if self.window.current_page != "assess":
            self.window.show_page("assess")
        self._qtbot.waitUntil(lambda: not self.session.tasks.busy, timeout=PATIENCE)

    def leave_field(self) -> None:
        """Put the focus outside every text field."""
        if isinstance(QApplication.focusWidget(), QTextEdit):
            self.press("Esc")

    def shown(self) -> tuple[Rating | None, str] | None:
        """Rating and comment of the open criterion as the window shows them; None when none is open."""
        form = self.page.checklist
        if form is None or form.body is None:
            return None
        chosen = [one.rating for one in form.body.findChildren(Segment) if one.isChecked()]
        return (chosen[0] if chosen else None), form.body.comment.toPlainText()

    def _one(self, things: str | tuple[str, ...]) -> str:
        return self._chance.choice(things)

    def _write(self) -> None:
        self.leave_field()
        self.press(self._one("CCCN"))
        words = " ".join(self._chance.choices(WORDS, k=self._chance.randint(1, 6)))
        self.done.append(f"“{words}”")
        for sign in words:
            focused = QApplication.focusWidget() or self.window
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focused, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))
        if self._chance.random() < 0.9:
            self.press("Esc")

    def _click(self) -> None:
        form = self.page.checklist
        if form is None:
            return
        buttons = [b for b in form.findChildren(QAbstractButton) if _in_sight(form, b)]
        if buttons:
            button = self._chance.choice(buttons)
            self.done.append(f"click {type(button).__name__} “{button.accessibleName() or button.text()}”")
            self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def _mark(self) -> None:
        """Find a phrase in the document and make it evidence."""
        self.leave_field()
        self.press("Ctrl+F")
        for sign in self._one(("kommuner", "båda länen", "Sidan 2")):
            self.press(sign if sign != " " else "Space")
        self.press("Return")
        self._qtbot.waitUntil(lambda: not self.session.tasks.busy, timeout=PATIENCE)
        self.press("Esc", self._one(("E", "E", "Shift+E")))

    def _turn_away_and_back(self) -> None:
        self.leave_field()
        self.press(self._one(("Ctrl+1", "Ctrl+3", "Ctrl+4")), "Ctrl+2")

    def _open_and_close(self) -> None:
        self.leave_field()
        self.press(self._one(("Ctrl+/", "F1", "Ctrl+Shift+P")))


def _in_sight(form: Checklist, button: QAbstractButton) -> bool:
    centre = button.mapTo(form, button.rect().center())
    return button.isVisible() and button.isEnabled() and form.rect().contains(centre) and _on_top(form, button, centre)


def _on_top(form: Checklist, button: QAbstractButton, centre: QPoint) -> bool:
    there = form.childAt(centre)
    return there is button or (there is not None and button.isAncestorOf(there))


@contextmanager
def walker(qtbot: QtBot, folder: Path, seed: int) -> Iterator[Walker]:
    """A walker in a real program over a round of two applications with a document each."""
    made = Workspace.open(folder)
    document = paper_document(made)
    call = rounds.call()
    rounds.take(made, replace(call, applications=tuple(replace(a, documents=(document,)) for a in call.applications)))
    made.close()
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.resize(1360, 850)
    session = Session(window, Options(workspace=folder))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    session.start()
    qtbot.waitUntil(lambda: session.desk is not None and window.current_page == "round", timeout=PATIENCE)
    qtbot.waitActive(window)
    walking = Walker(qtbot, session, seed)
    walking.press("Ctrl+2")
    walking.settle()
    yield walking
    window.close()


def drafts(workspace: Workspace) -> dict[ApplicationId, object]:
    """Everything that the assessor has said, by application."""
    return dict(workspace.drafts())


def windows() -> list[QWidget]:
    """The windows and dialogs that stand open."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, (QDialog, MainWindow))]
