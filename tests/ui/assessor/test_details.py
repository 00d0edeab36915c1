"""Who works at the desk: saved when asked, and introduced to the secretariat by a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from esf_desktop.assessor import identity
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.formatting import groups
from tests.rounds import AT, PERSON
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import Room, room
from ui.assessor.details import Details
from ui.widgets.fingerprint import Fingerprint


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path / "desk")
    yield made
    close()


@pytest.fixture
def details(desk: Room) -> Iterator[Details]:
    made = Details(desk.window, desk.desk)
    made.open()
    yield made
    made.close()


def field(details: Details, name: str) -> QLineEdit:
    return next(f for f in details.findChildren(QLineEdit) if f.accessibleName() == name)


def button(details: Details, text: str) -> QPushButton:
    return next(b for b in details.findChildren(QPushButton) if b.text() == text)


def shown(details: Details) -> str:
    return "\n".join(part.text() for part in details.findChildren(QLabel) if part.isVisible())


def test_a_changed_name_is_saved_for_the_same_person(desk: Room, details: Details) -> None:
    field(details, "Namn").setText("  Åsa Öberg ")
    field(details, "E-post").setText("asa@example.se")
    desk.click(button(details, "Spara"))
    person = desk.desk.workspace.assessor()
    assert person is not None
    assert (person.id, person.name, person.organisation) == (PERSON.id, "Åsa Öberg", PERSON.organisation)
    assert person.email == "asa@example.se"


def test_closing_changes_nothing(desk: Room, details: Details) -> None:
    before = desk.desk.workspace.logical_hash()
    field(details, "Namn").setText("Någon annan")
    desk.click(button(details, "Stäng"))
    assert desk.desk.workspace.logical_hash() == before


def test_nobody_is_saved_or_introduced_without_a_name(details: Details) -> None:
    field(details, "Namn").setText("   ")
    assert not button(details, "Spara").isEnabled()
    assert not button(details, "Spara anmälan…").isEnabled()


def test_the_enrolment_file_is_written_and_its_fingerprint_shown(desk: Room, details: Details, tmp_path: Path) -> None:
    target = tmp_path / "jag.esfenrol"
    details.enrol(target)
    desk.rest()
    signed = read_enrolment(target.read_bytes(), file=target.name)
    assert signed.value.assessor == PERSON
    key = identity.signing_key(desk.desk.workspace, None, at=AT)
    assert signed.fingerprint == key.fingerprint
    (told,) = [one for one in details.findChildren(Fingerprint) if one.isVisible()]
    assert groups(key.fingerprint) in told.accessibleName()
    assert groups(key.fingerprint).split()[0] in shown(details)
    assert desk.errors == []


def test_a_place_that_takes_no_file_is_told_of_in_the_dialog(desk: Room, details: Details, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ingen mapp")
    details.enrol(tmp_path / "fil" / "jag.esfenrol")
    desk.rest()
    (told,) = [part for part in details.findChildren(QLabel) if part.property("role") == "refusal"]
    assert told.isVisible()
    assert str(tmp_path / "fil") in told.text()
    assert desk.errors == []


@pytest.mark.parametrize("language", list(i18n.Language))
def test_everything_to_act_on_has_a_name(desk: Room, language: i18n.Language) -> None:
    i18n.use(language)
    made = Details(desk.window, desk.desk)
    made.open()
    assert nameless(made) == []
    made.close()
