"""In the window a card is found, tried, introduced and signs; what it refuses is said where its PIN is typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from esf_desktop import i18n
from esf_desktop.assessor import identity
from esf_desktop.assessor.export import OtherPersonsKeyError
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.signing.card_errors import NoCardError, WrongPinError
from esf_desktop.workspace import Workspace
from tests.packages import assess_fully
from tests.rounds import FIRST, PERSON
from tests.signing import cards
from tests.ui.assessor.test_accessible import nameless
from tests.ui.assessor.test_signing_page import Show, documents, press, put_in, show, words, workspace
from tests.ui.desks import Room
from ui.assessor.card_dialog import CardDialog
from ui.assessor.details import Details

__all__ = ["documents", "show", "workspace"]

pytestmark = pytest.mark.skipif(not cards.PRESENT, reason="SoftHSM is not installed")


@pytest.fixture
def module(tmp_path: Path) -> Iterator[Path]:
    """A reader with the card of the person who works here; the name on it is another spelling."""
    with cards.reader(tmp_path / "softhsm") as found:
        cards.put_in("Tjänstekort", cards.issued("p256", "BEDÖMARE ETT"))
        yield found


def dialog(room: Room) -> CardDialog:
    found = [one for one in room.window.findChildren(CardDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def opened(room: Room, module: Path) -> CardDialog:
    """The dialog that stands open, looking through SoftHSM alone."""
    room.rest()
    asked = dialog(room)
    asked.use_module(module)
    room.rest()
    return asked


def button(asked: QDialog, text: str) -> QPushButton:
    (found,) = [b for b in asked.findChildren(QPushButton) if b.isVisible() and b.text() == text]
    return found


def pin(asked: QDialog) -> QLineEdit:
    (found,) = [field for field in asked.findChildren(QLineEdit) if field.accessibleName() == "Pinkod"]
    return found


def told(asked: QDialog) -> str:
    QApplication.processEvents()
    return "\n".join(part.text() for part in asked.findChildren(QLabel) if part.isVisible())


def introduce(room: Room, module: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What *Enrol a card* in the person's details does, when the system's dialog answers with that file."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    details = Details(room.window, room.desk)
    details.open()
    room.click(button(details, "Anmäl ett kort…"))
    asked = opened(room, module)
    pin(asked).setText(cards.PIN)
    room.click(button(asked, "Spara anmälan…"))
    room.rest()
    details.close()


def test_an_introduced_card_signs_the_bundle(
    show: Show, workspace: Workspace, module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    introduce(room, module, tmp_path / "kort.esfenrol", monkeypatch)
    signed = read_enrolment((tmp_path / "kort.esfenrol").read_bytes(), file="k")
    assert (signed.value.assessor.id, signed.value.device) == (PERSON.id, "Tjänstekort")
    assert identity.introduced(workspace) == (signed.fingerprint,)
    put_in(room, tmp_path / "ut")
    press(room, "Signera med kort…")
    asked = opened(room, module)
    assert nameless(asked) == []
    pin(asked).setText(cards.PIN)
    room.click(button(asked, "Signera paketet"))
    room.rest()
    (file,) = (tmp_path / "ut").iterdir()
    bundle = read_bundle(file.read_bytes(), file="b")
    assert bundle.fingerprint == cards.issued("p256", "BEDÖMARE ETT").fingerprint
    assert "Signerat och kontrollerat" in words(room)
    assert not room.errors


def test_a_refusal_stands_where_the_pin_is_typed_and_the_pin_is_gone(
    show: Show, workspace: Workspace, module: Path, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    put_in(room, tmp_path / "ut")
    press(room, "Signera med kort…")
    asked = opened(room, module)
    before = workspace.logical_hash()
    act = button(asked, "Signera paketet")
    assert not act.isEnabled()
    for typed, error in (
        (cards.OTHER_PIN, WrongPinError("few")),
        (cards.PIN, OtherPersonsKeyError(PERSON.name, "BEDÖMARE ETT")),
    ):
        pin(asked).setText(typed)
        room.click(act)
        room.rest()
        assert error.sentence() in told(asked)
        assert pin(asked).text() == ""
    assert workspace.logical_hash() == before
    assert not (tmp_path / "ut").exists()
    asked.reject()


def test_a_card_is_tried_and_the_diagnosis_copied(show: Show, workspace: Workspace, module: Path) -> None:
    room = show(workspace)
    CardDialog(room.window, room.desk.tasks).open()
    asked = opened(room, module)
    pin(asked).setText(cards.PIN)
    room.click(button(asked, "Prova kortet"))
    room.rest()
    text = asked.findChild(QPlainTextEdit)
    assert text is not None
    assert "gjord och kontrollerad" in text.toPlainText()
    assert cards.PIN not in text.toPlainText()
    room.click(button(asked, "Kopiera"))
    assert QGuiApplication.clipboard().text() == text.toPlainText()
    asked.reject()


@pytest.mark.parametrize("language", i18n.Language)
def test_an_empty_reader_is_told_in_both_languages(
    language: i18n.Language, show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    i18n.use(language)
    room = show(workspace)
    with cards.reader(tmp_path / "tom") as module:
        CardDialog(room.window, room.desk.tasks, "x", module=module).open()
        room.rest()
        asked = dialog(room)
        assert NoCardError().sentence() in told(asked)
        which = asked.findChild(QComboBox)
        assert which is not None
        assert not which.isEnabled()
        asked.reject()
