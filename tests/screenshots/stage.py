"""What the pictures are taken of: a half-finished practice round, a register, and windows over them."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from esf_desktop.assessor import assess, export, identity
from esf_desktop.cli.demo import demo
from esf_desktop.documents.client import Documents
from esf_desktop.i18n import Language
from esf_desktop.model import ApplicationId, CriterionId, Rating
from esf_desktop.practice import round as practice
from esf_desktop.practice import worked
from esf_desktop.practice.assessors import Finder, assess_application
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from ui import theme
from ui.assessor.main_page import AssessPage
from ui.desk import now
from ui.main_window import MainWindow
from ui.secretariat.register_window import RegisterWindow
from ui.session import Options, Session, speak

ASSESSED = 8
SHOWN, CRITERION = ApplicationId("2026/00115"), CriterionId("SAM")
PATIENCE = 60.0
"""Seconds."""
PACE = 1.0
"""How long is rested, as a share of what a picture needs."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is taken: language, theme, size of text in per cent, and the window's size."""

    language: Language
    theme: Theme
    text_size: int = 100
    size: tuple[int, int] = (1360, 850)

    @property
    def name(self) -> str:
        """`sv-light`, or `sv-light-200`."""
        size = "" if self.text_size == 100 else f"-{self.text_size}"
        return f"{self.language.value}-{self.theme.value}{size}"


class Stage:
    """The folders that the pictures are taken of, and the look of now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _live_in(folder / "home")
        _assess(folder / "desk")
        demo(folder / "demo")

    def dress(self, look: Look) -> None:
        """Let every window be made in this look from now on."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.look = look
        speak(application, look.language)
        theme.apply(application, look.theme, look.text_size)

    @contextmanager
    def program(self, name: str = "desk") -> Iterator[MainWindow]:
        """The program's window over one of the folders, once it has something to show."""
        look = self.look
        window = MainWindow(Settings(language=look.language, theme=look.theme, text_size=look.text_size))
        session = Session(window, Options(workspace=self.folder / name))
        window.resize(*look.size)
        window.painted.connect(session.start)
        window.show()
        until(lambda: session.stands)
        rest()
        try:
            yield window
        finally:
            for dialog in window.findChildren(QDialog):
                dialog.close()
            window.close()
            window.deleteLater()
            rest(50)

    @contextmanager
    def register(self) -> Iterator[RegisterWindow]:
        """The secretariat's window over the demo's register."""
        window = RegisterWindow(Register.open(self.folder / "demo" / "register.esfdb"))
        window.resize(*self.look.size)
        window.show()
        rest()
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            rest(50)


def assess_page(window: MainWindow, criterion: CriterionId = CRITERION) -> AssessPage:
    """The assess page with the shown application, one criterion open and its document on screen."""
    window.open_application(SHOWN)
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    page.open(SHOWN, criterion)
    until(lambda: page.document.ready)
    rest()
    return page


def dialog_of(window: QWidget) -> QDialog:
    """The dialog that stands over a window, once it does."""

    def found() -> list[QDialog]:
        return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]

    until(lambda: bool(found()))
    return found()[-1]


def until(true: Callable[[], bool]) -> None:
    """Wait until it is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "the window does not get ready"
        rest(50)


def rest(milliseconds: int = 400) -> None:
    """Let the window do what it has to; a picture takes its time, a check hurries."""
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds * PACE), loop.quit)
    loop.exec()


def _live_in(home: Path) -> None:
    """Settings and logs lie apart, and the folder of documents has a name that says nothing of this computer."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        (home / name).mkdir(parents=True)
        os.environ[name] = str(home / name)
    (home / "XDG_CONFIG_HOME" / "user-dirs.dirs").write_text('XDG_DOCUMENTS_DIR="/home/bedomare/Dokument"\n')


def _assess(folder: Path) -> None:
    """A practice round in which some applications are signed, most are judged, and one is half done."""
    desk = Workspace.open(folder)
    with Documents() as documents:
        worked.put_on_desk(desk, documents, at=now())
        finder = Finder(documents)
        contents = practice.contents(12)
        export.export(desk, identity.signing_key(desk, None, at=now()), folder / "out", at=now())
        for content in contents[:ASSESSED]:
            if desk.state(ApplicationId(content.id)).finished:
                continue
            assess_application(desk, finder, content, 1, at=now() + timedelta(minutes=1))
    assess.rate(desk, SHOWN, CRITERION, Rating.MET, at=now())
    assess.rate(desk, SHOWN, CriterionId("ATT"), None, at=now())
    assess.write_overall(desk, SHOWN, "", at=now())
    desk.close()
