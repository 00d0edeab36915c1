"""The program with its window: `esf-desktop [FILE …] [--practice] [--workspace FOLDER] [--smoke]`.

The window comes first and the rest of the program is imported once it is on screen.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCommandLineOption, QCommandLineParser, QTimer
from PySide6.QtWidgets import QApplication

from esf_desktop.documents import worker
from esf_desktop.secretariat import verifier
from ui import only_one
from ui.main_window import MainWindow
from ui.opened_by_system import OpenedBySystem

if TYPE_CHECKING:
    from ui.session import Session

SMOKE_SECONDS = 240
"""Making the practice round takes most of it, on a slow machine."""


def main(arguments: Sequence[str] | None = None, *, watch: "Callable[[Session], object] | None" = None) -> int:
    """Run the program until its window is closed; the answer is its exit code.

    Args:
        watch: is told of the session before it starts.
    """
    worker.run_if_asked(sys.argv)
    verifier.run_if_asked(sys.argv)
    application = _application()
    asked = _asked(sys.argv if arguments is None else ["esf-desktop", *arguments])
    start = only_one.begin(_folder(asked), _files(asked))
    if start.handed_over:
        return 1 if asked.isSet("smoke") else 0
    window = MainWindow()
    opened = OpenedBySystem(application) if sys.platform == "darwin" else None
    if asked.isSet("smoke"):
        window.painted.connect(lambda: _tell("painted"))
    window.painted.connect(lambda: _begin(application, window, asked, start, watch, opened))
    window.show()
    code = application.exec()
    start.end()
    return code


def _begin(
    application: QApplication,
    window: MainWindow,
    asked: QCommandLineParser,
    start: only_one.Start,
    watch: "Callable[[Session], object] | None",
    opened: OpenedBySystem | None,
) -> None:
    """Load the program behind the window that is on screen, and start it."""
    from esf_desktop import log, paths, settings
    from ui import theme
    from ui.errors import Catcher
    from ui.handover import Receiver
    from ui.program_icon import program_icon
    from ui.session import Options, Session, speak

    application.setWindowIcon(program_icon())
    window.settings = settings.read(paths.settings_file())
    speak(application, window.settings.language)
    theme.apply(application, window.settings.theme, window.settings.text_size)
    log.watch_crashes(paths.log_folder())
    catcher = Catcher(lambda: window)
    catcher.install()
    workspace = Path(asked.value("workspace")) if asked.isSet("workspace") else None
    session = Session(window, Options(_files(asked), workspace, asked.isSet("practice")))
    session.unclosed = start.unclosed
    receiver = Receiver(session.folder, window)
    receiver.given.connect(session.come_forward)
    window.left.connect(receiver.close)
    if opened is not None:
        opened.given.connect(session.take)
        opened.listen()
    if watch is not None:
        watch(session)
    if asked.isSet("smoke"):
        _watch(application, session)
    session.start()


def _folder(asked: QCommandLineParser) -> Path:
    """The folder of the work that this start is about."""
    from esf_desktop import paths

    return Path(asked.value("workspace")) if asked.isSet("workspace") else paths.workspace(asked.isSet("practice"))


def _files(asked: QCommandLineParser) -> tuple[Path, ...]:
    return tuple(Path(name) for name in asked.positionalArguments())


def _asked(arguments: Sequence[str]) -> QCommandLineParser:
    """What stands on the command line; wrong use ends the program with 2."""
    parser = QCommandLineParser()
    parser.setApplicationDescription("Assess ESF+ applications, offline.")
    help_ = parser.addHelpOption()
    parser.addPositionalArgument("files", "call packages, application files or folders to open", "[FILE …]")
    for name, words, value in (
        ("practice", "open the practice round", ""),
        ("workspace", "the folder of the work, instead of the person's own", "FOLDER"),
        ("smoke", "leave when the window stands, saying when: 0 if it does, 1 if not", ""),
    ):
        parser.addOption(QCommandLineOption([name], words, value))
    if not parser.parse(list(arguments)):
        print(parser.errorText(), file=sys.stderr)
        raise SystemExit(2)
    if parser.isSet(help_):
        print(parser.helpText())
        raise SystemExit(0)
    return parser


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ESF Desktop")
    application.setDesktopFileName("esf-desktop")
    return application


def _tell(word: str) -> None:
    """Say it to whoever measures; a program without a console has nobody to say it to."""
    if sys.stdout is not None:
        print(word, flush=True)


def _watch(application: QApplication, session: "Session") -> None:
    """Leave once the desk stands in a painted window, or with 1 when that takes too long."""

    def look() -> None:
        code = 0 if session.stands else 1
        session.window.close()
        application.exit(code)

    session.filled.connect(lambda: _tell("filled"))
    session.filled.connect(lambda: QTimer.singleShot(200, look))
    QTimer.singleShot(SMOKE_SECONDS * 1000, look)
