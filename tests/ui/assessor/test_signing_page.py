"""Signing and sending in a window: what is missing, what leaves, one file, and what becomes of it."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from esf_desktop.assessor import assess, identity, intake, notes, recuse
from esf_desktop.assessor.export import NoCallPackageError, verification_code
from esf_desktop.completeness import State
from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.canonical import identity as identity_of
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt, write_receipt
from esf_desktop.exchange.verify import examine
from esf_desktop.formatting import groups
from esf_desktop.model import Answer, Declaration, Rating, replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.signing.age_header import is_encrypted
from esf_desktop.signing.encryption import make_key, parse_key
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.packages import QUOTE, assess_fully, desk_with_call, package, packed_call, secretariat_key
from tests.rounds import AT, FIRST, PERSON, RUS, SAM, SECOND
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import Room
from ui import theme
from ui.assessor.pages import make_pages
from ui.assessor.signing_page import SigningPage
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tasks import Tasks

PHRASE = "sex-goda-ord"
Show = Callable[[Workspace], Room]


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    with Documents() as opened:
        yield opened


@pytest.fixture
def show(qtbot: QtBot, documents: Documents) -> Iterator[Show]:
    """The window over a workspace, on its signing page."""
    opened: list[tuple[MainWindow, Tasks, Workspace]] = []

    def make(workspace: Workspace) -> Room:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, Theme.LIGHT, 100)
        tasks, errors = Tasks(), list[BaseException]()
        tasks.failed.connect(errors.append)
        desk = Desk(workspace, documents, tasks)
        desk.refused.connect(errors.append)
        window = MainWindow(Settings(theme=Theme.LIGHT))
        window.resize(1360, 850)
        window.fill(desk, lambda: make_pages(window, desk))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitActive(window)
        window.show_page("sign")
        opened.append((window, tasks, workspace))
        return Room(qtbot, window, desk, errors)

    yield make
    for window, tasks, workspace in opened:
        window.close()
        tasks.close()
        workspace.close()


@pytest.fixture
def workspace(tmp_path: Path, documents: Documents) -> Workspace:
    """A desk whose person has taken the call package; `show` closes it."""
    return desk_with_call(tmp_path, documents)


def page(room: Room) -> SigningPage:
    found = room.window.page("sign")
    assert isinstance(found, SigningPage)
    return found


def words(room: Room) -> str:
    """Everything that can be read on the page."""
    QApplication.processEvents()
    seen = [part.text() for part in page(room).findChildren(QLabel) if part.isVisible()]
    return "\n".join(seen + [b.text() for b in page(room).findChildren(QPushButton) if b.isVisible()])


def press(room: Room, text: str) -> None:
    found = [b for b in page(room).findChildren(QPushButton) if b.isVisible() and text in b.text()]
    assert found, (text, words(room))
    room.click(found[0])
    room.rest()


def put_in(room: Room, folder: Path) -> None:
    """What choosing a folder in the system's dialog does."""
    page(room).put_in(folder)


def leaving(room: Room) -> str:
    (field,) = page(room).findChildren(QPlainTextEdit)
    return field.toPlainText()


def only_bundle(folder: Path) -> Path:
    (path,) = folder.glob("*.esfbundle")
    return path


def sign(room: Room, folder: Path) -> Path:
    put_in(room, folder)
    before = set(folder.glob("*.esfbundle"))
    press(room, "Signera paketet")
    (path,) = set(folder.glob("*.esfbundle")) - before
    return path


def test_what_is_missing_is_listed_and_leads_to_its_criterion(show: Show, workspace: Workspace) -> None:
    assess_fully(workspace, FIRST)
    assess.rate(workspace, FIRST, SAM, None, at=AT)
    room = show(workspace)
    assert "Kvar att göra" in words(room)
    assert "Inget nytt att signera" in words(room)
    missing = [b for b in page(room).findChildren(QPushButton) if b.isVisible() and "SAM" in b.text()]
    room.click(missing[0])
    room.rest()
    assert room.window.current_page == "assess"
    assert room.page.place() == (FIRST, SAM, None)


def test_what_leaves_is_shown_word_for_word_and_no_private_note_is(show: Show, workspace: Workspace) -> None:
    assess_fully(workspace, FIRST)
    assess.answer(workspace, FIRST, SAM, 0, Answer.YES, at=AT)
    notes.write(workspace, FIRST, SAM, "KANARIEFÅGEL", at=AT)
    notes.write(workspace, FIRST, None, "KANARIEFÅGEL", at=AT)
    recuse.declare(workspace, SECOND, Declaration.RECUSED, "Släkt med sökanden.", at=AT)
    room = show(workspace)
    assert "2 bedömningar lämnar datorn" in words(room)
    shown = leaving(room)
    call = workspace.call()
    assert call is not None
    question = call.criterion(SAM).questions[0].text.spoken()
    for told in (PERSON.name, "Tydligt visat.", QUOTE, "Ett starkt projekt.", "Släkt med sökanden.", f"{question} Ja"):
        assert told in shown, told
    assert "KANARIEFÅGEL" not in shown + words(room)


def test_an_unfinished_assessment_stays_and_that_is_told(show: Show, workspace: Workspace) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    assert "1 bedömning lämnar datorn" in words(room)
    assert "1 bedömning som inte är klar stannar här." in words(room)


def test_signing_writes_one_verified_file_into_the_chosen_folder(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    path = sign(room, tmp_path / "ut")
    assert room.errors == []
    assert examine(path.read_bytes(), file=path.name).signer == PERSON.name
    assert workspace.state(FIRST) is State.SIGNED
    assert "Signerat och kontrollerat" in words(room)
    assert str(path) in words(room)
    assert "Inget nytt att signera" in words(room)


def test_what_was_signed_stays_in_view_in_another_language(show: Show, workspace: Workspace, tmp_path: Path) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    path = sign(room, tmp_path / "ut")
    i18n.use(i18n.Language.ENGLISH)
    room.window.build()
    room.rest()
    assert "Signed and checked" in words(room)
    assert str(path) in words(room)
    assert "Signera" not in words(room)


def test_the_folder_that_was_chosen_stays_chosen_in_another_language(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    put_in(room, tmp_path / "ut")
    i18n.use(i18n.Language.ENGLISH)
    room.window.build()
    room.rest()
    assert str(tmp_path / "ut") in words(room)


def test_a_wrong_passphrase_is_told_under_its_field_and_nothing_changes(
    show: Show, documents: Documents, tmp_path: Path
) -> None:
    workspace = Workspace.open(tmp_path / "desk", PHRASE)
    identity.introduce(workspace, PERSON, at=AT)
    confirmed = groups(secretariat_key().fingerprint)
    intake.take_files(workspace, documents, [package(tmp_path)], at=AT, confirm=confirmed)
    assess_fully(workspace, FIRST)
    room = show(workspace)
    put_in(room, tmp_path / "ut")
    before = workspace.logical_hash()
    (field,) = [f for f in page(room).findChildren(QLineEdit) if f.isVisible()]
    for phrase in ("fel ord", ""):
        field.setText(phrase)
        press(room, "Signera paketet")
        (told,) = [r for r in page(room).findChildren(QLabel) if r.property("role") == "refusal" and r.isVisible()]
        assert "lösenfras" in told.text().lower()
        assert told.mapTo(page(room), told.rect().topLeft()).y() > field.mapTo(page(room), field.rect().topLeft()).y()
        assert (field.text(), field.hasFocus()) == ("", True)
        assert workspace.logical_hash() == before
        assert not (tmp_path / "ut").exists()
    field.setText(PHRASE)
    press(room, "Signera paketet")
    assert not told.isVisible()
    assert only_bundle(tmp_path / "ut").exists()
    assert room.errors == []


def test_a_folder_that_takes_nothing_is_told_of_and_nothing_changes(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    (tmp_path / "fil").write_text("ingen mapp")
    put_in(room, tmp_path / "fil")
    before = workspace.logical_hash()
    press(room, "Signera paketet")
    (told,) = [r for r in page(room).findChildren(QLabel) if r.property("role") == "refusal" and r.isVisible()]
    assert str(tmp_path / "fil") in told.text()
    assert workspace.logical_hash() == before
    assert workspace.state(FIRST) is State.READY


def test_saying_that_it_is_sent_changes_the_states(show: Show, workspace: Workspace, tmp_path: Path) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    sign(room, tmp_path / "ut")
    press(room, "Jag har skickat det")
    assert workspace.state(FIRST) is State.SENT


def test_check_says_that_the_file_is_unaltered_and_sees_one_flipped_bit(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    path = sign(room, tmp_path / "ut")
    said: list[str] = []
    room.desk.announced.connect(said.append)
    press(room, "Kontrollera")
    accepted = f"”{path.name}” är oförändrad sedan {PERSON.name} signerade den."
    assert said == [accepted]
    fingerprint = examine(path.read_bytes(), file=path.name).fingerprint
    for told in (accepted, f"Nyckelns fingeravtryck: {groups(fingerprint)}", "Filen innehåller 1 bedömning."):
        assert told in words(room), told
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    press(room, "Kontrollera")
    assert "oförändrad" not in words(room)
    (shown,) = [r for r in page(room).findChildren(QLabel) if r.property("role") == "refusal" and r.isVisible()]
    refused = shown.text()
    path.unlink()
    press(room, "Kontrollera")
    assert len(said) == 1
    altered, gone = room.errors
    assert isinstance(altered, EsfError)
    assert isinstance(gone, EsfError)
    assert (path.name in altered.sentence(), gone.code) == (True, "unreadable")
    assert refused == altered.sentence()
    assert gone.sentence() in words(room)
    assert refused not in words(room)


def test_what_a_check_told_stays_in_another_language_and_goes_with_the_next_file(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    sign(room, tmp_path / "ut")
    press(room, "Kontrollera")
    i18n.use(i18n.Language.ENGLISH)
    room.window.build()
    room.rest()
    assert "The file holds 1 assessment." in words(room)
    i18n.use(i18n.Language.SWEDISH)
    room.window.build()
    room.desk.do(assess.rate, FIRST, RUS, Rating.PARTLY)
    sign(room, tmp_path / "ut")
    assert "Filen innehåller" not in words(room)


def test_the_sheets_of_what_was_signed_are_made_as_they_were_signed(
    show: Show, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess_fully(workspace, FIRST)
    recuse.declare(workspace, SECOND, Declaration.RECUSED, "Släkt med sökanden.", at=AT)
    room = show(workspace)
    bundle = sign(room, tmp_path / "ut")
    room.desk.do(assess.comment, FIRST, SAM, "Ändrat efteråt.")
    target, proposed, opened = tmp_path / "ut" / "blad.pdf", list[str](), list[str]()

    def choose(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        proposed.append(place)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    press(room, "Skriv ut blad")
    assert room.errors == []
    assert opened == [str(target)]
    assert Path(proposed[0]).parent == bundle.parent
    document = pypdfium2.PdfDocument(target.read_bytes())
    printed = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    assert "Ändrat efteråt." not in printed
    codes = [verification_code(one) for one in read_bundle(bundle.read_bytes(), file="b").bundle.assessments]
    for told in ("Tydligt visat.", "Släkt med sökanden.", *codes):
        assert told in printed, told


def test_a_change_after_signing_makes_revision_two_of_it(show: Show, workspace: Workspace, tmp_path: Path) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    first = read_bundle(sign(room, tmp_path / "a").read_bytes(), file="a").bundle.assessments[0]
    room.desk.do(assess.rate, FIRST, RUS, Rating.PARTLY)
    replaces = "revision 2, ersätter revision 1"
    assert replaces in words(room)
    assert replaces in leaving(room)
    second = read_bundle(sign(room, tmp_path / "b").read_bytes(), file="b").bundle.assessments[0]
    assert (second.revision, second.parents) == (2, (identity_of(first),))


def test_applications_without_a_call_package_have_nobody_to_be_sent_to(show: Show, tmp_path: Path) -> None:
    room = show(rounds.workspace(tmp_path / "desk"))
    assert NoCallPackageError().sentence() in words(room)
    assert not [b for b in page(room).findChildren(QPushButton) if b.isVisible()]


def test_somebody_who_has_not_been_introduced_is_led_to_their_details(
    show: Show, workspace: Workspace, tmp_path: Path, documents: Documents
) -> None:
    nameless_desk = Workspace.open(tmp_path / "annan")
    confirmed = groups(secretariat_key().fingerprint)
    intake.take_files(nameless_desk, documents, [package(tmp_path)], at=AT, confirm=confirmed)
    workspace.close()
    room = show(nameless_desk)
    wished: list[str] = []
    room.window.wished.connect(wished.append)
    press(room, "Dina uppgifter")
    assert wished == ["details"]
    room.desk.do(identity.introduce, PERSON)
    assert "Dina uppgifter" not in words(room)
    assert room.window.findChild(QMessageBox) is None


@pytest.mark.parametrize("language", list(i18n.Language))
def test_everything_to_act_on_has_a_name(
    show: Show, workspace: Workspace, tmp_path: Path, language: i18n.Language
) -> None:
    assess_fully(workspace, FIRST)
    recuse.declare(workspace, SECOND, Declaration.NONE, at=AT)
    i18n.use(language)
    room = show(workspace)
    assert nameless(room.window) == []
    put_in(room, tmp_path / "ut")
    (button,) = [b for b in page(room).findChildren(QPushButton) if b.property("role") == "primary" and b.isVisible()]
    room.click(button)
    room.rest()
    assert nameless(room.window) == []


def receipt(bundle: Path, number: int, code: str | None) -> bytes:
    """The secretariat's answer to a bundle of one application; a refusal when there is a code."""
    signed = read_bundle(bundle.read_bytes(), file=bundle.name)
    told = tuple(
        Acknowledged(identity_of(one), one.application, AssessmentState.HEAD) for one in signed.bundle.assessments
    )
    answer = Receipt(
        number=number,
        previous=None if number == 1 else "a" * 64,
        bundle=hashlib.sha256(bundle.read_bytes()).hexdigest(),
        outcome=Outcome.REFUSED if code else Outcome.REGISTERED,
        code=code,
        received_at=AT,
        call=signed.bundle.call.id,
        assessor=PERSON.id,
        assessments=() if code else told,
    )
    return write_receipt(answer, secretariat_key(), at=AT)


def test_receipts_are_shown_by_application_with_what_is_amiss(
    show: Show, workspace: Workspace, tmp_path: Path, documents: Documents
) -> None:
    assess_fully(workspace, FIRST)
    room = show(workspace)
    bundle = sign(room, tmp_path / "ut")
    assert "Kvittenser från sekretariatet" not in words(room)
    for number, code in ((1, None), (3, "wrong_call")):
        path = tmp_path / f"{number}.esfreceipt"
        path.write_bytes(receipt(bundle, number, code))
        taken = intake.take_files(workspace, documents, [path], at=AT)
        assert [one.error for one in taken.taken] == [None]
        room.desk.tell(taken.change)
        if number == 1:
            assert "Kvittens nr 1: paketet är registrerat." in words(room)
            listed = row_words(room)
            assert "Kvitterad nr 1" in listed
    assert "Kvittens nr 2 saknas här" in words(room)
    assert "öppna det senaste utlysningspaketet" in words(room)
    assert "Inte godtagen, nr 3" in row_words(room)
    assert "bedömning lämnar datorn" in words(room)
    assert room.errors == []


def row_words(room: Room) -> str:
    """What the list of applications says of the first one."""
    room.window.show_page("assess")
    from ui.assessor.application_list import ApplicationList

    shown = room.window.findChild(ApplicationList)
    assert isinstance(shown, ApplicationList)
    shown.show_all()
    said = str(shown._model.data(shown._model.index(0), Qt.ItemDataRole.AccessibleTextRole))
    room.window.show_page("sign")
    return said


def the_choice(room: Room) -> QCheckBox:
    """The choice of encrypting."""
    (found,) = page(room).findChildren(QCheckBox)
    return found


def test_a_call_that_names_a_key_is_answered_encrypted_unless_the_person_says_otherwise(
    show: Show, tmp_path: Path, documents: Documents
) -> None:
    age = parse_key(make_key().encode(), file="nyckel")
    desk = desk_with_call(tmp_path, documents, replace(packed_call()[0], recipients=age.recipients))
    assess_fully(desk, FIRST)
    assess_fully(desk, SECOND)
    room = show(desk)
    choice, warned = the_choice(room), "kan läsas av var och en"
    assert (choice.isVisible(), choice.isChecked(), warned in words(room)) == (True, True, False)
    path = sign(room, tmp_path / "ut")
    assert is_encrypted(path.read_bytes())
    room.desk.do(assess.rate, FIRST, RUS, Rating.PARTLY)
    choice.click()
    assert warned in words(room)
    assert not is_encrypted(sign(room, tmp_path / "klart").read_bytes())


def test_a_call_without_a_key_offers_no_encryption(show: Show, workspace: Workspace) -> None:
    assess_fully(workspace, FIRST)
    assert not the_choice(show(workspace)).isVisible()
