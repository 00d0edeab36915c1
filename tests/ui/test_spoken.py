"""What is said to a screen reader without the focus moving: saved, evidence added, undone, redone, refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from esf_desktop.errors import DiskFullError
from tests.rounds import SAM
from tests.ui.desks import Room, room
from ui import errors
from ui.widgets import spoken


class Listener:
    """Stands where Qt hands its events on to the system, and keeps what a screen reader would be told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.heard.append(event.message())


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    made = Listener()
    monkeypatch.setattr(spoken, "QAccessible", made)
    return made


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    close()


def test_a_screen_reader_is_told_that_it_was_saved_but_not_at_every_pause(desk: Room, listener: Listener) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("1", "2", "1")
    assert len([words for words in listener.heard if words.startswith("Sparat")]) == 1


def test_a_screen_reader_is_told_what_was_undone_and_redone(desk: Room, listener: Listener) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("1", "Ctrl+Z", "Ctrl+Shift+Z")
    assert listener.heard[-2:] == ["Ångrat: Uppfylld för SAM", "Gjort igen: Uppfylld för SAM"]


def test_a_screen_reader_is_told_of_evidence_added_and_why_there_was_none_to_add(
    desk: Room, listener: Listener
) -> None:
    desk.declare()
    desk.open(SAM)
    desk.qtbot.waitUntil(lambda: desk.page.document.ready, timeout=20_000)
    desk.press("E")
    refused = listener.heard[-1]
    desk.page.document.bar.search.searched.emit("åtta kommuner")
    desk.qtbot.waitUntil(lambda: bool(desk.page.document.selections()), timeout=20_000)
    desk.page.list.setFocus()
    desk.press("E")
    assert desk.draft().judgement(SAM).evidence
    assert listener.heard[-1] != refused
    assert "SAM" in listener.heard[-1]


def test_a_refusal_is_an_alert_that_says_its_sentence(desk: Room) -> None:
    errors.tell(desk.window, DiskFullError())
    box = desk.window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    heard = QAccessible.queryAccessibleInterface(box)
    assert heard is not None
    assert heard.role() is QAccessible.Role.AlertMessage
    said = [heard.text(QAccessible.Text.Value), *(child_name(box, n) for n in range(heard.childCount()))]
    assert any(DiskFullError().sentence() in words for words in said)
    box.close()


def child_name(box: QMessageBox, n: int) -> str:
    return QAccessible.queryAccessibleInterface(box).child(n).text(QAccessible.Text.Name)
