"""A second start of the program brings the first window forward with its files; one that was not closed is noticed."""

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop import lock
from tests.rounds import workspace
from ui import app, only_one
from ui.session import Session


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_second_start_is_done_and_the_first_window_has_its_files(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one is a thread here, which sees the lock as another program would."""
    folder, file = tmp_path / "desk", tmp_path / "utlysning.esfcall"
    workspace(folder).close()
    taken: list[list[Path]] = []
    seconds: list[only_one.Start] = []

    def second_start() -> None:
        with monkeypatch.context() as other:
            other.setattr(lock, "_held", {})
            seconds.append(only_one.begin(folder, [file]))

    def watch(session: Session) -> None:
        def take(files: list[Path]) -> None:
            taken.append(list(files))
            session.window.close()

        monkeypatch.setattr(session, "take", take)
        session.filled.connect(lambda: threading.Thread(target=second_start).start())
        qtbot.addWidget(session.window)

    assert app.main(["--workspace", str(folder)], watch=watch) == 0
    assert taken == [[file]]
    assert [second.handed_over for second in seconds] == [True]
    assert QApplication.instance() is not None
    again = only_one.begin(folder, [])
    assert again.unclosed is None, "it was closed"
    again.end()


def test_the_command_line_has_no_window_to_bring_forward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(only_one, "SHORTLY", 0.01)
    desk = workspace(tmp_path / "desk")
    with monkeypatch.context() as other:
        other.setattr(lock, "_held", {})
        assert not only_one.begin(tmp_path / "desk", []).handed_over
    desk.close()


def test_a_window_that_was_not_closed_is_noticed_once(tmp_path: Path) -> None:
    first = only_one.begin(tmp_path / "desk", [])
    assert first.unclosed is None
    assert first._held is not None
    first._held.release()  # as a kill does: without a word
    second = only_one.begin(tmp_path / "desk", [])
    assert second.unclosed is not None
    second.end()
    third = only_one.begin(tmp_path / "desk", [])
    assert third.unclosed is None
    third.end()
