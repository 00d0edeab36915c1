"""The program with its window: `esf-desktop [FILE …] [--practice] [--workspace FOLDER] [--smoke]`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from esf_desktop import paths, settings
from esf_desktop.documents.worker import run_if_asked
from ui import theme
from ui.errors import Catcher
from ui.main_window import MainWindow
from ui.session import Options, Session, speak

SMOKE_SECONDS = 240
"""Making the practice round takes most of it, on a slow machine."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program until its window is closed; the answer is its exit code."""
    run_if_asked(sys.argv)
    asked = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    application = _application()
    kept = settings.read(paths.settings_file())
    speak(application, kept.language)
    theme.apply(application, kept.theme, kept.text_size)
    window = MainWindow(kept)
    catcher = Catcher(lambda: window)
    catcher.install()
    session = Session(window, Options(tuple(asked.files), asked.workspace, asked.practice))
    window.painted.connect(session.start)
    if asked.smoke:
        _watch(application, session)
    window.show()
    return application.exec()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="esf-desktop", description="Assess ESF+ applications, offline.")
    parser.add_argument("files", nargs="*", type=Path, help="call packages, application files or folders to open")
    parser.add_argument("--practice", action="store_true", help="open the practice round")
    parser.add_argument("--workspace", type=Path, help="the folder of the work, instead of the person's own")
    parser.add_argument("--smoke", action="store_true", help="leave when the window stands: 0 if it does, 1 if not")
    return parser


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ESF Desktop")
    application.setDesktopFileName("esf-desktop")
    return application


def _watch(application: QApplication, session: Session) -> None:
    """Leave once the desk stands in a painted window, or with 1 when that takes too long."""

    def look() -> None:
        code = 0 if session.stands else 1
        session.window.close()
        application.exit(code)

    session.filled.connect(lambda: QTimer.singleShot(200, look))
    QTimer.singleShot(SMOKE_SECONDS * 1000, look)
