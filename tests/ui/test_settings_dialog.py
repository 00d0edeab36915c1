"""The settings act at once: keys, look, passphrase, recovery code; what is refused says so and changes nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop import i18n, paths, settings
from esf_desktop.assessor import identity, protection
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import key_file
from tests import rounds
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import LEFT
from ui.main_window import MainWindow
from ui.session import Options, Session
from ui.settings.dialog import SettingsDialog
from ui.settings.keys import KeyButton
from ui.widgets.key_sheet import KeySheet

WORDS, NEW = "sex-goda-ord", "en helt annan fras"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file, "SCRYPT_COST", 2**10)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Settings(theme=Theme.LIGHT))
    made.resize(1280, 800)
    qtbot.addWidget(made)
    yield made
    made.close()


def begin(qtbot: QtBot, window: MainWindow, folder: Path, passphrase: str | None) -> Session:
    desk = rounds.workspace(folder, passphrase)
    identity.signing_key(desk, passphrase, at=rounds.AT)
    desk.close()
    session = Session(window, Options(workspace=folder))
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    session.open(passphrase)
    qtbot.waitUntil(lambda: session.desk is not None and not session.tasks.busy, timeout=20_000)
    return session


def settings_of(window: MainWindow, room: int) -> SettingsDialog:
    window.actions_["settings"].trigger()
    dialog = window.findChild(SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.show_room(room)
    QApplication.processEvents()
    return dialog


def press(qtbot: QtBot, inside: QWidget, text: str) -> None:
    found = next(b for b in inside.findChildren(QPushButton) if b.text() == text and b.isVisible())
    qtbot.mouseClick(found, LEFT)
    QApplication.processEvents()


def words(inside: QWidget) -> str:
    return "\n".join(part.text() for part in inside.findChildren(QLabel) if part.isVisible())


def change(button: KeyButton, key: Qt.Key, text: str = "", held: Qt.KeyboardModifier | None = None) -> None:
    """Press the button and then the key, as a keyboard does: the shortcuts are asked first."""
    button.click()
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(button, QKeyEvent(kind, key, held or Qt.KeyboardModifier.NoModifier, text))


def test_a_key_is_changed_by_pressing_another_and_seen_at_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    begin(qtbot, window, tmp_path / "w", None)
    dialog = settings_of(window, 1)
    buttons = {b.spec.name: b for b in dialog.findChildren(KeyButton)}
    change(buttons["comment"], Qt.Key.Key_Q, "q")
    assert buttons["comment"].text() == "Q"
    assert window.actions_["comment"].shortcut().toString() == "Q"
    assert settings.read(paths.settings_file()).keys == {"comment": "Q"}
    sheet = KeySheet(window, window.actions_)
    sheet.open()
    assert "Q" in words(sheet).splitlines()
    sheet.close()
    change(buttons["note"], Qt.Key.Key_Q, "q")
    assert "Q hör redan till ”Skriv motivering" in words(dialog)
    assert window.actions_["note"].shortcut().toString() == "N"
    press(qtbot, dialog, "Flytta tangenten hit")
    assert window.actions_["note"].shortcut().toString() == "Q"
    assert window.actions_["comment"].shortcut().toString() == ""
    change(buttons["open"], Qt.Key.Key_X, "x")
    assert "Bara det man gör under bedömningen" in words(dialog)
    change(buttons["open"], Qt.Key.Key_Escape)
    press(qtbot, dialog, "Återställ alla tangenter")
    assert window.actions_["comment"].shortcut().toString() == "C"
    assert settings.read(paths.settings_file()).keys == {}
    dialog.close()


def test_one_key_is_reset_and_takes_back_its_own(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    begin(qtbot, window, tmp_path / "w", None)
    window.choose(Settings(theme=Theme.LIGHT, keys={"comment": "", "note": "C"}))
    dialog = settings_of(window, 1)
    reset = next(b for b in dialog.findChildren(QPushButton) if "Skriv motivering" in b.accessibleName() and b.text())
    assert reset.isVisible()
    resets = [b for b in dialog.findChildren(QPushButton) if b.text() == "Återställ" and b.isVisible()]
    assert len(resets) == 2
    qtbot.mouseClick(resets[0], LEFT)
    assert window.actions_["comment"].shortcut().toString() == "C"
    assert window.actions_["note"].shortcut().toString() == ""
    dialog.close()


def test_another_language_speaks_in_the_dialog_too(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    begin(qtbot, window, tmp_path / "w", None)
    dialog = settings_of(window, 0)
    english = next(b for b in dialog.findChildren(QRadioButton) if b.text() == "English" and b.isVisible())
    qtbot.mouseClick(english, LEFT)
    qtbot.waitUntil(lambda: dialog.windowTitle() == "Settings", timeout=5_000)
    assert i18n.language() is i18n.Language.ENGLISH
    assert window.frame.sign.text() == "Sign and send…"
    dialog.close()


def test_the_passphrase_is_changed_and_a_wrong_one_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, tmp_path / "w", WORDS)
    dialog = settings_of(window, 2)
    press(qtbot, dialog, "Ändra lösenfrasen…")
    present = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Nuvarande lösenfras")
    new = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Ny lösenfras")
    new.setText(NEW)
    for said in ("fel", WORDS):
        present.setText(said)
        press(qtbot, dialog, "Ändra lösenfrasen")
        qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
        QApplication.processEvents()
        assert ("stämmer inte" in words(dialog)) is (said == "fel")
    key_file.unlock(tmp_path / "w" / "workspace.esfkey", NEW)
    dialog.close()


def test_a_new_recovery_code_is_shown_once_and_opens_the_work(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, tmp_path / "w", WORDS)
    dialog = settings_of(window, 2)
    press(qtbot, dialog, "Gör en ny återställningskod…")
    next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Nuvarande lösenfras").setText(WORDS)
    press(qtbot, dialog, "Gör en ny återställningskod")
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    QApplication.processEvents()
    shown = next(p for p in dialog.findChildren(QLabel) if p.accessibleName() == "Återställningskod")
    protection.check_code(tmp_path / "w", shown.text())
    dialog.close()


def test_plain_work_is_encrypted_from_the_settings(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    session = begin(qtbot, window, tmp_path / "w", None)
    dialog = settings_of(window, 2)
    assert "inte krypterat" in words(dialog)
    press(qtbot, dialog, "Kryptera ditt arbete…")
    phrase = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Lösenfras").text()
    press(qtbot, dialog, "Kryptera ditt arbete")
    qtbot.waitUntil(lambda: session.desk is not None and session.desk.workspace.encrypted, timeout=20_000)
    assert session.desk is not None
    key = identity.signing_key(session.desk.workspace, phrase, at=rounds.AT)
    assert key.fingerprint == identity.fingerprint(session.desk.workspace)


@pytest.mark.parametrize("language", list(i18n.Language))
@pytest.mark.parametrize("passphrase", [None, WORDS], ids=["plain", "encrypted"])
def test_everything_to_act_on_has_a_name(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, language: i18n.Language, passphrase: str | None
) -> None:
    i18n.use(language)
    begin(qtbot, window, tmp_path / "w", passphrase)
    for room in range(5):
        dialog = settings_of(window, room)
        assert nameless(dialog) == []
        dialog.close()
        dialog.setParent(None)
        dialog.deleteLater()
