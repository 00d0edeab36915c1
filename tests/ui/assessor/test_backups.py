"""Backups in the window: made by themselves, listed, compared, carried to a second place and put back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess, protection, recuse
from esf_desktop.model import Declaration, Rating
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace, backup, key_file
from esf_desktop.workspace.places import BACKUPS, WORK_FILE
from tests import rounds
from ui.assessor.backups_dialog import BackupsDialog
from ui.assessor.backups_list import BackupsList
from ui.desk import now
from ui.main_window import MainWindow
from ui.session import Options, Session

LEFT = Qt.MouseButton.LeftButton
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


def begin(qtbot: QtBot, window: MainWindow, folder: Path) -> Session:
    session = Session(window, Options(workspace=folder))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.start()
    rest(qtbot, session)
    return session


def rest(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.stands and not session.tasks.busy, timeout=20_000)


def fill(folder: Path, passphrase: str | None = None) -> Workspace:
    desk = rounds.workspace(folder, passphrase)
    recuse.declare(desk, rounds.FIRST, Declaration.NONE, "", at=rounds.AT)
    assess.rate(desk, rounds.FIRST, rounds.SAM, Rating.MET, at=rounds.AT)
    return desk


def shown(window: QWidget, words: str) -> bool:
    return any(words in part.text() for part in window.findChildren(QLabel) if part.isVisible())


def press(qtbot: QtBot, window: QWidget, words: str) -> None:
    found = [b for b in window.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    qtbot.mouseClick(found[0], LEFT)


def the_list(window: QWidget) -> BackupsList:
    found = [one for one in window.findChildren(BackupsList) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def dialog(qtbot: QtBot, session: Session) -> BackupsDialog:
    session.window.actions_["backups"].trigger()
    found = session.window.findChild(BackupsDialog)
    assert isinstance(found, BackupsDialog)
    rest(qtbot, session)
    return found


def test_a_backup_is_made_when_the_window_closes_and_by_the_clock_only_when_something_changed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    fill(tmp_path / "w").close()
    session = begin(qtbot, window, tmp_path / "w")
    assert session.keeper is not None
    assert session.desk is not None
    session.keeper.back_up()
    rest(qtbot, session)
    session.keeper.back_up()
    rest(qtbot, session)
    assert [one.manifest.why for one in backup.made_in(tmp_path / "w" / BACKUPS)] == [backup.Why.SCHEDULE]
    session.desk.do(assess.comment, rounds.FIRST, rounds.SAM, "Nytt")
    window.close()
    made = backup.made_in(tmp_path / "w" / BACKUPS)
    assert [one.manifest.why for one in made] == [backup.Why.SCHEDULE, backup.Why.CLOSE]
    assert made[-1].manifest.content.comments == 1


def test_what_a_backup_would_change_is_told_and_putting_it_back_moves_the_rest_aside(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    desk = fill(tmp_path / "w")
    backup.back_up(desk, at=now())
    assess.comment(desk, rounds.FIRST, rounds.SAM, "Skrivet sedan", at=now())
    desk.close()
    session = begin(qtbot, window, tmp_path / "w")
    over = dialog(qtbot, session)
    assert shown(over, "2026/00112 Kompetenskliv Inland – saknas i kopian: 1 motivering")
    assert shown(over, "stulen")
    press(qtbot, over, "Lägg tillbaka den här kopian")
    rest(qtbot, session)
    assert session.desk is not None
    assert session.desk.workspace.draft(rounds.FIRST).judgement(rounds.SAM).comment == ""
    (aside,) = [path for path in (tmp_path / "w" / BACKUPS).iterdir() if path.name.endswith("before-restore")]
    window.close()
    earlier = Workspace.open(aside)
    assert earlier.draft(rounds.FIRST).judgement(rounds.SAM).comment == "Skrivet sedan"
    earlier.close()


@pytest.mark.parametrize("harm", ["damaged", "missing"])
def test_work_that_is_damaged_or_gone_leads_to_its_backups(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, harm: str
) -> None:
    desk = fill(tmp_path / "w", WORDS)
    backup.back_up(desk, at=now())
    before = desk.logical_hash()
    desk.close()
    work = tmp_path / "w" / WORK_FILE
    if harm == "damaged":
        work.write_bytes(work.read_bytes()[:16] + b"trasig" * 3000)
    else:
        work.unlink()
    session = begin(qtbot, window, tmp_path / "w")
    if harm == "damaged":
        type_passphrase(qtbot, window, "Lösenfras", WORDS)
    qtbot.waitUntil(lambda: shown(window, "Ditt arbete gick inte att öppna"), timeout=20_000)
    press(qtbot, window, "Välj en säkerhetskopia…")
    assert the_list(window).chosen is not None
    assert not the_list(window).put_back.isEnabled()
    type_passphrase(qtbot, window, "Lösenfras eller återställningskod", "fel ord")
    qtbot.waitUntil(lambda: shown(window, "Lösenfrasen stämmer inte"), timeout=20_000)
    type_passphrase(qtbot, window, "Lösenfras eller återställningskod", WORDS)
    qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
    assert session.desk is not None
    assert session.desk.workspace.logical_hash() == before


def type_passphrase(qtbot: QtBot, window: MainWindow, name: str, words: str) -> None:
    def fields() -> list[QLineEdit]:
        return [f for f in window.findChildren(QLineEdit) if f.isVisible() and f.accessibleName() == name]

    qtbot.waitUntil(lambda: bool(fields()), timeout=20_000)
    fields()[0].setText(words)
    qtbot.keyClick(fields()[0], Qt.Key.Key_Return)


def test_the_second_place_is_said_to_be_away_once_and_is_taken_up_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    fill(tmp_path / "w").close()
    (tmp_path / "stick").mkdir()
    session = begin(qtbot, window, tmp_path / "w")
    assert session.keeper is not None
    assert session.desk is not None
    said: list[str] = []
    session.desk.announced.connect(said.append)
    over = dialog(qtbot, session)
    over.place_at(tmp_path / "stick")
    rest(qtbot, session)
    place = Path(window.settings.backup_folder)
    assert len(backup.made_in(place)) == 1
    over.reject()
    said.clear()

    away = tmp_path / "away"
    place.rename(away)
    for number in range(2):
        session.desk.do(assess.comment, rounds.FIRST, rounds.SAM, f"Nytt {number}")
        session.keeper.back_up()
        rest(qtbot, session)
    assert [f"{place} är inte på plats just nu" in words for words in said] == [True]
    assert not place.exists()
    away.rename(place)
    session.keeper.follow()
    rest(qtbot, session)
    assert "på plats igen" in said[-1]
    assert backup.made_in(place)[-1].manifest == backup.made_in(tmp_path / "w" / BACKUPS)[-1].manifest
    assert place in [one.parent for one in backup.backups(session.desk.workspace)], "a purge finds it"


def test_work_moves_to_another_computer_in_the_window_by_the_recovery_code(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    desk = fill(tmp_path / "old", WORDS)
    document = desk.store.put(b"%PDF-1.7 dokument")
    desk.close()
    code = protection.new_code(tmp_path / "old", WORDS)
    desk = Workspace.open(tmp_path / "old", WORDS)
    carried = backup.back_up(desk, tmp_path / "stick", at=now(), why=backup.Why.MOVE, documents=True)
    before = desk.logical_hash()
    desk.close()
    shutil.rmtree(tmp_path / "old")

    session = begin(qtbot, window, tmp_path / "new")
    assert any(b.text() == "Arbete från en annan dator…" for b in window.findChildren(QPushButton))
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    session.move_here(tmp_path / "empty" / "inner")
    box = window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert "finns ingen säkerhetskopia" in box.text()
    box.close()
    session.move_here(carried)
    assert the_list(window).chosen is not None
    type_passphrase(qtbot, window, "Lösenfras eller återställningskod", code)
    type_passphrase(qtbot, window, "Lösenfras", WORDS)
    qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
    assert session.desk is not None
    assert session.desk.workspace.logical_hash() == before
    assert session.desk.workspace.document(document) == b"%PDF-1.7 dokument"
