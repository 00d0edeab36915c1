"""A register on a real server, opened in the window as an officer does it, beside another officer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop import paths, settings
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from esf_desktop.settings import Settings, Theme
from tests.postgres import PASSWORD, Server
from tests.secretariat import files
from tests.ui.assessor.test_accessible import nameless
from ui.main_window import MainWindow
from ui.secretariat.server_dialog import ServerDialog
from ui.session import Options, Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """The program with an empty workspace."""
    main = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(main)
    begun = Session(main, Options(workspace=tmp_path / "w"))
    main.build()
    main.show()
    yield begun
    for window in list(begun.registers):
        window.close()
    main.close()


@pytest.fixture
def address(postgres: Server) -> Iterator[Address]:
    """A register that knows the call, on the server."""
    made = postgres.new()
    files.furnished(Register.open(made)).close()
    yield made
    postgres.drop(made)


def asked(session: Session) -> ServerDialog:
    """The dialog as the menu opens it."""
    session.window.actions_["open_on_server"].trigger()
    dialog = session.window.findChild(ServerDialog)
    assert isinstance(dialog, ServerDialog)
    return dialog


def field(dialog: ServerDialog, name: str) -> QLineEdit:
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == name)


def fill(dialog: ServerDialog, qtbot: QtBot, **said: str) -> None:
    """Type into the fields and press Enter."""
    for name, text in said.items():
        edit = field(dialog, name.replace("_", " "))
        edit.clear()
        qtbot.keyClicks(edit, text)
    press = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Öppna registret")
    qtbot.mouseClick(press, LEFT)


def test_a_register_on_a_server_is_opened_and_its_address_is_remembered_without_the_password(
    session: Session, address: Address, qtbot: QtBot
) -> None:
    dialog = asked(session)
    assert nameless(dialog) == []
    fill(dialog, qtbot, Server=address.where, Databas=str(address.url.database), Ditt_namn_där="esf", Lösenord=PASSWORD)
    qtbot.waitUntil(lambda: len(session.registers) == 1, timeout=20_000)
    (window,) = session.registers
    assert window.windowTitle().startswith(f"{address.url.database} (localhost)")
    kept = settings.read(paths.settings_file())
    assert kept.server == str(address)
    assert PASSWORD not in paths.settings_file().read_text("utf-8")
    again = asked(session)
    assert (field(again, "Databas").text(), field(again, "Lösenord").text()) == (address.url.database, "")
    again.close()


def test_a_whole_address_that_is_pasted_falls_into_its_parts(session: Session) -> None:
    dialog = asked(session)
    server = field(dialog, "Server")
    server.setText("postgresql://anna:hemligt@db.region.se:5433/omgang?sslmode=verify-full")
    server.editingFinished.emit()
    parts = [field(dialog, name).text() for name in ("Server", "Databas", "Ditt namn där", "Lösenord")]
    assert parts == ["db.region.se:5433?sslmode=verify-full", "omgang", "anna", "hemligt"]
    dialog.close()


def test_what_is_no_server_is_said_in_the_dialog(session: Session, qtbot: QtBot) -> None:
    dialog = asked(session)
    fill(dialog, qtbot, Server="db:port", Databas="omgang")
    assert dialog.isVisible()
    assert "ingen adress" in " ".join(label.text() for label in dialog.findChildren(type(dialog._problem)))
    dialog.close()


def test_the_password_is_asked_for_when_the_server_wants_one_and_a_wrong_one_is_told(
    session: Session, address: Address, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: list[str] = []

    def answer(_parent: object, _title: str, question: str, _echo: object) -> tuple[str, bool]:
        words.append(question)
        return "fel", True

    monkeypatch.setattr(QInputDialog, "getText", answer)
    session.open_register(str(address))
    qtbot.waitUntil(lambda: session.window.findChild(QMessageBox, "refusal") is not None, timeout=20_000)
    box = session.window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert words == ["Servern localhost frågar efter ditt lösenord."]
    assert "släpper inte in esf" in box.text()
    assert session.registers == []
    box.close()


def test_what_another_officer_does_is_seen(session: Session, address: Address, qtbot: QtBot) -> None:
    session.open_register(address)
    qtbot.waitUntil(lambda: len(session.registers) == 1, timeout=20_000)
    (window,) = session.registers
    window.desk.look()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    told: list[None] = []
    window.desk.changed.connect(lambda: told.append(None))
    window.desk.look()
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert told == []
    with Register.open(address) as other:
        files.merged(other, files.bundle(0, [files.assessment()]))
    window.desk.look()
    qtbot.waitUntil(lambda: told == [None])
    assert "1 paket" in window._call.text()
