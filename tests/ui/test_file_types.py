"""`esf-desktop FILE` for each of the four files does what a person means by opening it."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import identity
from esf_desktop.exchange.kinds import Kind
from esf_desktop.formatting import groups
from esf_desktop.model import CallId
from esf_desktop.secretariat.inbox import receive
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from tests.packages import packed_call, secretariat_key, whole_round
from tests.rounds import AT, PERSON
from ui.assessor.intake_report import IntakeReport
from ui.handover import Receiver, give
from ui.main_window import MainWindow
from ui.opened_by_system import OpenedBySystem
from ui.secretariat.register_window import RegisterWindow
from ui.session import Options, Session

KINDS = (Kind.CALL, Kind.BUNDLE, Kind.RECEIPT, Kind.ENROLMENT)


@dataclass(frozen=True)
class Files:
    """The four files of one round, and the desk of the one who signed."""

    call: Path
    bundle: Path
    receipt: Path
    enrolment: Path
    desk: Path


@pytest.fixture(scope="module")
def gone_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A round that went all the way, in a folder."""
    folder = tmp_path_factory.mktemp("round")
    whole_round(folder)
    return folder


@pytest.fixture
def files(gone_through: Path, tmp_path: Path) -> Files:
    """The files of that round, and the desk, to be opened and altered."""
    folder = tmp_path / "round"
    shutil.copytree(gone_through, folder)
    call, bundle, receipt, enrolment = (next((folder / "files").glob(f"*{kind.suffix}")) for kind in KINDS)
    return Files(call, bundle, receipt, enrolment, folder / "desk")


@pytest.fixture
def started(qtbot: QtBot) -> Iterator[list[Session]]:
    """Runs of the program, closed when the test ends."""
    sessions: list[Session] = []
    yield sessions
    for session in sessions:
        for register in list(session.registers):
            register.close()
        session.window.close()


def start(qtbot: QtBot, started: list[Session], desk: Path, *files: Path) -> Session:
    """The program started with the files."""
    window = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(window)
    made = Session(window, Options(files, workspace=desk))
    started.append(made)
    window.show()
    made.start()
    return made


def report(qtbot: QtBot, session: Session) -> IntakeReport:
    """What the window says of the files, once they were read."""

    def shown() -> list[IntakeReport]:
        return [one for one in session.window.findChildren(IntakeReport) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()) and not session.tasks.busy, timeout=20_000)
    (found,) = shown()
    return found


def words(dialog: QDialog) -> str:
    """Everything that the dialog says."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def press(dialog: QDialog, text: str) -> None:
    """Press the button that says this."""
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    button.click()


def test_a_call_package_is_taken_once_its_secretariat_was_compared(
    qtbot: QtBot, started: list[Session], files: Files, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh"
    work = Workspace.open(fresh)
    identity.introduce(work, PERSON, at=AT)
    work.close()
    session = start(qtbot, started, fresh, files.call)
    asking = report(qtbot, session)
    assert groups(secretariat_key().fingerprint)[:4] in words(asking)
    press(asking, "De stämmer: ta emot")
    qtbot.waitUntil(lambda: session.desk is not None and len(session.desk.workspace.applications()) == 2)
    qtbot.waitUntil(lambda: not session.tasks.busy and not session.window.findChildren(IntakeReport), timeout=20_000)
    assert session.window.current_page == "round"


def test_a_receipt_is_taken_in_and_said(qtbot: QtBot, started: list[Session], files: Files) -> None:
    session = start(qtbot, started, files.desk, files.receipt)
    said = report(qtbot, session)
    assert files.receipt.name in words(said)
    assert session.desk is not None
    assert len(session.desk.workspace.receipts(CallId(packed_call()[0].id))) == 1
    said.reject()


@pytest.mark.parametrize("kind", ["bundle", "enrolment"])
def test_a_file_for_the_secretariat_is_checked_shown_and_given_to_a_register(
    qtbot: QtBot, started: list[Session], files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    session = start(qtbot, started, files.desk, getattr(files, kind))
    shown = report(qtbot, session)
    assert PERSON.name in words(shown)
    assert session.desk is not None
    before = session.desk.workspace.logical_hash()
    other = tmp_path / "new.esfdb"
    with Register.open(other) as register:
        receive(register, [(files.call.name, files.call)], at=AT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(other), ""))
    press(shown, "Lämna till ett register…")
    qtbot.waitUntil(lambda: len(session.registers) == 1, timeout=20_000)
    (window,) = session.registers
    qtbot.waitUntil(lambda: arrived(window, kind), timeout=20_000)
    assert session.desk.workspace.logical_hash() == before


def arrived(window: RegisterWindow, kind: str) -> bool:
    """Whether the file is where it belongs in the register's window."""
    if window.tasks.busy:
        return False
    return bool(window.inbox.waiting) if kind == "enrolment" else bool(window.inbox.rows)


def test_an_altered_bundle_is_refused_with_its_sentence(qtbot: QtBot, started: list[Session], files: Files) -> None:
    content = bytearray(files.bundle.read_bytes())
    content[len(content) // 2] ^= 1
    files.bundle.write_bytes(content)
    shown = report(qtbot, start(qtbot, started, files.desk, files.bundle))
    assert files.bundle.name in words(shown)
    assert not [
        one for one in shown.findChildren(QPushButton) if one.text() == "Lämna till ett register…" and one.isVisible()
    ]
    shown.reject()


def test_files_given_to_a_second_start_reach_the_window_that_stands(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    window = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(window)
    given: list[list[Path]] = []
    Receiver(tmp_path / "desk", window).given.connect(given.append)
    answers: list[bool] = []
    file = tmp_path / "å ä ö.esfcall"
    second = threading.Thread(target=lambda: answers.append(give(tmp_path / "desk", [file])))
    second.start()
    qtbot.waitUntil(lambda: bool(given), timeout=20_000)
    second.join()
    assert (given, answers) == ([[file]], [True])
    assert not give(tmp_path / "other desk", [file])


def test_nothing_is_left_for_a_window_that_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    window = MainWindow(Settings(theme=Theme.LIGHT))
    receiver = Receiver(tmp_path / "desk", window)
    receiver.close()
    assert not give(tmp_path / "desk", [tmp_path / "a.esfcall"])
    window.deleteLater()


def test_what_the_system_opens_before_the_desk_stands_is_kept_until_it_does(qtbot: QtBot, tmp_path: Path) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    opened = OpenedBySystem(application)
    given: list[list[Path]] = []
    opened.given.connect(given.append)
    first, second = tmp_path / "å.esfcall", tmp_path / "b.esfbundle"
    QCoreApplication.sendEvent(application, QFileOpenEvent(str(first)))
    assert given == []
    opened.listen()
    QCoreApplication.sendEvent(application, QFileOpenEvent(str(second)))
    assert given == [[first], [second]]
    application.removeEventFilter(opened)
