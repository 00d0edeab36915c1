"""The pictures of docs/screenshots: `python -m tests.screenshots FOLDER`; the practice round in real windows."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from esf_desktop.assessor import export, identity
from esf_desktop.cli.demo import demo
from esf_desktop.documents.client import Documents
from esf_desktop.i18n import Language
from esf_desktop.model import ApplicationId, CriterionId, Evidence, Rating
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

SIZE = (1360, 850)
ASSESSED = 8
SHOWN, CRITERION = ApplicationId("2026/00115"), CriterionId("SAM")
PATIENCE = 60.0
"""Seconds."""


def main(target: Path) -> None:
    """Take every picture, in both languages, light and dark."""
    target.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _live_in(folder / "home")
        _assess(folder / "desk")
        demo(folder / "demo")
        for language in Language:
            for look in (Theme.LIGHT, Theme.DARK):
                speak(application, language)
                theme.apply(application, look, 100)
                settings = Settings(language=language, theme=look)
                suffix = f"{language.value}-{look.value}.png"
                with _desk_window(folder / "desk", settings) as window:
                    _save(window, target / f"start-{suffix}")
                    _show_evidence(window)
                    _save(window, target / f"main-{suffix}")
                    window.show_page("sign")
                    _rest()
                    _save(window, target / f"sign-{suffix}")
                with _register_window(folder / "demo" / "register.esfdb") as register:
                    register.show_page("compare")
                    _rest()
                    _save(register, target / f"compare-{suffix}")


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
    from esf_desktop.assessor import assess

    assess.rate(desk, SHOWN, CRITERION, Rating.MET, at=now())
    assess.rate(desk, SHOWN, CriterionId("ATT"), None, at=now())
    assess.write_overall(desk, SHOWN, "", at=now())
    desk.close()


@contextmanager
def _desk_window(folder: Path, settings: Settings) -> Iterator[MainWindow]:
    window = MainWindow(settings)
    session = Session(window, Options(workspace=folder))
    window.resize(*SIZE)
    window.painted.connect(session.start)
    window.show()
    _until(lambda: window.current_page == "round")
    _rest()
    yield window
    window.close()
    window.deleteLater()
    _rest()


@contextmanager
def _register_window(path: Path) -> Iterator[RegisterWindow]:
    window = RegisterWindow(Register.open(path))
    window.resize(*SIZE)
    window.show()
    yield window
    window.close()
    window.deleteLater()
    _rest()


def _show_evidence(window: MainWindow) -> None:
    window.open_application(SHOWN)
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    page.open(SHOWN, CRITERION)
    _until(lambda: page.document.ready)
    _rest()
    page.document.jump_to(_evidence(window))
    _rest(1500)


def _evidence(window: MainWindow) -> Evidence:
    assert window.desk is not None
    return window.desk.workspace.draft(SHOWN).judgement(CRITERION).evidence[0]


def _save(widget: QWidget, path: Path) -> None:
    assert widget.grab().save(str(path))
    print(path)


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "the window does not get ready"
        _rest(50)


def _rest(milliseconds: int = 400) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
