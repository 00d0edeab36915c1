"""Somebody at the secretariat: the same hands, in whichever of the program's windows they have turned to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QListWidget, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.settings import Settings, Theme
from tests.person.person import FIELDS, PATIENCE, Person
from ui.main_window import MainWindow
from ui.secretariat.drafting.call_window import CallWindow
from ui.secretariat.register_window import RegisterWindow
from ui.session import Options, Session

Office = CallWindow | RegisterWindow
CHOOSERS = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")
"""The system's own dialogs for files, which no key of ours reaches."""


class Secretary(Person):
    """Turns from window to window, and answers what the system's file dialogs ask."""

    def __init__(self, qtbot: QtBot, session: Session, patch: pytest.MonkeyPatch) -> None:
        super().__init__(qtbot, session)
        self.office: Office | None = None
        self._chosen: list[tuple[Path, ...]] = []
        for name in CHOOSERS:
            patch.setattr(QFileDialog, name, self._chooser(name))

    def will_choose(self, *paths: Path) -> None:
        """Choose these in the next file dialog."""
        self._chosen.append(paths)

    def turn_to(self, office: Office) -> None:
        """Go on in this window."""
        self.office = office
        office.activateWindow()
        self._qtbot.waitActive(office)

    def write(self, name: str, text: str) -> None:
        """Write into the field of that name, and leave it by Tab."""
        self.click(name, FIELDS)
        self.press("Ctrl+A")
        self.type(text)
        self.press("Tab")

    def tick(self, words: str) -> None:
        """Tick, or clear, the box that says these words."""
        self.tab_to(words, (QCheckBox,))
        self.press("Space")

    def go_down(self, times: int = 1) -> None:
        """Go on to the next room of the call by its list."""
        self.tab_to("Utlysningens delar", (QListWidget,))
        self.press(*(["Down"] * times))
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way in the window at hand."""
        if self.office is None:
            super().rest()
            return
        office = self.office
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: not office.tasks.busy, timeout=PATIENCE)
        QApplication.processEvents()
        if QApplication.activeWindow() is None:  # a window manager would have seen to it
            office.activateWindow()
            self._qtbot.waitActive(office)

    def _chooser(self, name: str) -> object:
        def choose(*_given: object, **_named: object) -> object:
            assert self._chosen, f"{name} asks for something that nobody expected"
            paths = [str(path) for path in self._chosen.pop(0)]
            if name == "getExistingDirectory":
                return paths[0]
            return (paths, "") if name == "getOpenFileNames" else (paths[0], "")

        return choose

    def _top(self) -> QWidget:
        front: QMainWindow = self.office or self._session.window
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or front


@contextmanager
def secretary(qtbot: QtBot, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[tuple[Secretary, Session]]:
    """A secretary who has started the program, and has not said who they are."""
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.resize(1360, 850)
    session = Session(window, Options((), folder))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.start()
    try:
        yield Secretary(qtbot, session, patch), session
    finally:
        for office in (*session.calls, *session.registers):
            office.close()
        window.close()
