"""A program that was not closed says once what is there again, and no word of a person comes into log or report."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from esf_desktop import log, paths
from esf_desktop.assessor import assess, notes, recuse
from esf_desktop.errors import EmptyFileError
from esf_desktop.model import Declaration, Rating
from esf_desktop.settings import Settings, Theme
from tests import rounds
from ui import errors
from ui.assessor.recovered import ErrorReport, Recovered
from ui.desk import now
from ui.main_window import MainWindow
from ui.session import Options, Session

CANARY = "Kanariefågeln sjöng i Övertorneå"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(made)
    yield made
    made.close()


def begin(qtbot: QtBot, window: MainWindow, folder: Path, unclosed: datetime | None) -> Session:
    session = Session(window, Options(workspace=folder))
    session.unclosed = unclosed
    window.show()
    session.start()
    qtbot.waitUntil(lambda: session.stands and not session.tasks.busy, timeout=20_000)
    return session


def test_what_was_written_since_is_told_once_with_the_way_there_and_a_report(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    desk = rounds.workspace(tmp_path / "w")
    since = now() - timedelta(minutes=20)
    recuse.declare(desk, rounds.SECOND, Declaration.NONE, "", at=since - timedelta(minutes=9))
    assess.rate(desk, rounds.SECOND, rounds.SAM, Rating.MET, at=now())
    assess.comment(desk, rounds.SECOND, rounds.SAM, CANARY, at=now())
    desk.close()
    session = begin(qtbot, window, tmp_path / "w", since)
    qtbot.waitUntil(lambda: window.findChild(Recovered) is not None, timeout=20_000)
    dialog = window.findChild(Recovered)
    assert isinstance(dialog, Recovered)
    said = " ".join(part.text() for part in dialog.findChildren(QLabel))
    assert "2 ändringar" in said
    assert "2026/00115 Åtta kommuner" in said
    dialog.report.click()
    report = dialog.findChild(ErrorReport)
    assert isinstance(report, ErrorReport)
    report.save(tmp_path / "rapport.txt")
    assert (tmp_path / "rapport.txt").read_text("utf-8") == report.text
    assert CANARY not in report.text
    report.reject()
    dialog.go.click()
    assert window.current_page == "assess"
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    assert session.unclosed is None


def test_the_log_of_a_session_holds_no_word_of_a_person(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through what the window does: deeds, refusals, a bug in a slot, a backup, closing."""
    rounds.workspace(tmp_path / "w").close()
    session = begin(qtbot, window, tmp_path / "w", None)
    assert session.desk is not None
    session.desk.do(recuse.declare, rounds.FIRST, Declaration.NONE, CANARY)
    session.desk.do(assess.comment, rounds.FIRST, rounds.SAM, CANARY)
    session.desk.do(notes.write, rounds.FIRST, None, CANARY)
    field = QLineEdit(CANARY, window)
    told: list[BaseException] = []

    def tell(_parent: object, error: BaseException) -> None:
        """Without a window for each of them."""
        log.bug(error)
        told.append(error)

    with monkeypatch.context() as quiet:
        quiet.setattr(errors, "tell", tell)
        catcher = errors.Catcher(lambda: window)
        for number in range(400):
            try:
                raise ValueError(field.text(), {"comment": CANARY, "number": number})
            except ValueError as error:
                catcher._caught(type(error), error, error.__traceback__)
            log.refusal(EmptyFileError(f"{CANARY}.pdf"))
    window.close()
    assert len(told) == 400
    written = b"".join(path.read_bytes() for path in paths.log_folder().iterdir())
    for form in ("utf-8", "utf-16-le", "utf-16-be"):
        for word in (CANARY, "Kanarie", "Bedömare 1", "Kompetenskliv"):
            assert word.encode(form) not in written
    assert b"started" in written
    assert b"ended" in written
