"""A locked desk shows nothing, holds no key, and comes back to the same place; a plain one says why not."""

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import recuse
from esf_desktop.model import Declaration, replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace, key_file
from tests import rounds
from ui.assessor.main_page import AssessPage
from ui.desk import now
from ui.main_window import MainWindow
from ui.session import Options, Session
from ui.widgets.saving_edit import SavingEdit

WORDS = "sex-goda-ord"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "SCRYPT_COST", 2**10)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(made)
    yield made
    made.close()


def begin(qtbot: QtBot, window: MainWindow, folder: Path, passphrase: str | None) -> Session:
    desk = rounds.workspace(folder, passphrase)
    recuse.declare(desk, rounds.SECOND, Declaration.NONE, "", at=rounds.AT)
    desk.close()
    session = Session(window, Options(workspace=folder))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.start()
    if passphrase:
        unlock(qtbot, window, passphrase)
    qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
    return session


def unlock(qtbot: QtBot, window: MainWindow, passphrase: str) -> None:
    def fields() -> list[QLineEdit]:
        return [f for f in window.findChildren(QLineEdit) if f.isVisible() and f.accessibleName() == "Lösenfras"]

    qtbot.waitUntil(lambda: bool(fields()), timeout=20_000)
    qtbot.keyClicks(fields()[0], passphrase)
    qtbot.keyClick(fields()[0], Qt.Key.Key_Return)


def words(window: MainWindow) -> str:
    return "\n".join(part.text() for part in window.findChildren(QLabel) if part.isVisible())


def test_locking_hides_all_and_forgets_the_key_and_unlocking_returns_to_the_same_place(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = begin(qtbot, window, tmp_path / "w", WORDS)
    assert session.desk is not None
    window.show_page("assess")
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    page.open(rounds.SECOND, rounds.SAM)
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    page.list.setFocus()
    assert page.checklist is not None
    page.checklist.open(rounds.SAM)
    page.checklist.write_comment()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), SavingEdit), timeout=20_000)
    edit = QApplication.focusWidget()
    assert isinstance(edit, SavingEdit)
    qtbot.keyClicks(edit, "Hemligt utkast")
    dialog = QDialog(window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    workspace = session.desk.workspace
    assert workspace.key
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    del page, edit
    window.actions_["lock"].trigger()
    qtbot.waitUntil(lambda: session.desk is None, timeout=20_000)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    qtbot.waitUntil(lambda: "Låst" in words(window), timeout=20_000)
    assert "Hemligt" not in words(window)
    assert not [d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible()]
    assert workspace.key is None
    elsewhere = Workspace.open(tmp_path / "w", WORDS)
    assert elsewhere.draft(rounds.SECOND).judgement(rounds.SAM).comment == "Hemligt utkast"
    elsewhere.close()
    unlock(qtbot, window, "fel")
    qtbot.waitUntil(lambda: "Lösenfrasen stämmer inte" in words(window), timeout=20_000)
    unlock(qtbot, window, WORDS)
    qtbot.waitUntil(lambda: session.desk is not None, timeout=20_000)
    assert window.current_page == "assess"
    again = window.page("assess")
    assert isinstance(again, AssessPage)
    assert again.application == rounds.SECOND
    assert again.checklist is not None
    assert again.checklist.open_criterion == rounds.SAM


def test_plain_work_says_why_it_is_not_locked(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, tmp_path / "w", None)
    window.actions_["lock"].trigger()
    assert session.desk is not None
    qtbot.waitUntil(lambda: "går inte att låsa" in words(window), timeout=20_000)


def test_time_without_a_touch_locks_asleep_or_awake(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin(qtbot, window, tmp_path / "w", WORDS)
    idle = session._idle
    start = time.time()
    monkeypatch.setattr(time, "time", lambda: start + 14 * 60)
    assert not idle.look()
    handle = window.windowHandle()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    assert not idle.eventFilter(handle, key)
    monkeypatch.setattr(time, "time", lambda: start + 28 * 60)
    assert not idle.look()
    monkeypatch.setattr(time, "time", lambda: start + 60 * 60)
    assert idle.eventFilter(handle, key)
    qtbot.waitUntil(lambda: session.desk is None, timeout=20_000)
    qtbot.waitUntil(lambda: "Låst" in words(window), timeout=20_000)


def test_the_time_can_be_chosen_and_switched_off(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, tmp_path / "w", WORDS)
    assert session._idle._seconds == 15 * 60
    window.choose(replace(window.settings, lock_minutes=0))
    assert session._idle._seconds == 0
    window.choose(replace(window.settings, lock_minutes=5))
    assert session._idle._seconds == 5 * 60


def test_encryption_is_put_on_and_taken_off_and_the_same_place_returns(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = begin(qtbot, window, tmp_path / "w", None)
    window.open_application(rounds.SECOND)
    for encrypt in (True, False):
        qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
        session.turn(WORDS, encrypt=encrypt)
        qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
        assert session.desk is not None
        assert session.desk.workspace.encrypted is encrypt
        page = window.page("assess")
        assert isinstance(page, AssessPage)
        assert (window.current_page, page.application) == ("assess", rounds.SECOND)
    assert now() > rounds.AT
