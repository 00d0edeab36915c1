"""The secretariat's window over a real register: what arrives, whom it trusts, and what comes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from esf_desktop.exchange.receipt import read_receipt
from esf_desktop.formatting import groups
from esf_desktop.model import Declaration, Rating
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Settings, Theme
from esf_desktop.signing import encryption
from esf_desktop.signing.keys import save_key
from tests.secretariat import files
from tests.secretariat.samples import AT, SELECTED, application_id, person
from tests.ui.assessor.test_accessible import nameless
from ui import theme
from ui.main_window import MainWindow
from ui.secretariat.compare_model import SHOWN
from ui.secretariat.compare_table import CompareTable
from ui.secretariat.register_window import RegisterWindow
from ui.session import Options, Session

LEFT = Qt.MouseButton.LeftButton
TIP = Qt.ItemDataRole.ToolTipRole


@dataclass
class Office:
    """A window over a register, and what a person does there."""

    qtbot: QtBot
    window: RegisterWindow
    folder: Path

    @property
    def register(self) -> Register:
        return self.window.desk.register

    @property
    def table(self) -> CompareTable:
        (found,) = self.window.compare.findChildren(CompareTable)
        return found

    def cell(self, row: int, column: int) -> QModelIndex:
        return self.table.lines.index(row, column)

    def arrive(self, **contents: bytes) -> None:
        """Files of these names arrive; `a_esfbundle` is called `a.esfbundle`."""
        paths = []
        for name, content in contents.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(content)
            paths.append(path)
        self.window.take(paths)
        self.rest()

    def drop(self, path: Path) -> None:
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(str(path))])
        copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        self.window.dropEvent(QDropEvent(QPointF(200, 200), copy, content, LEFT, none))
        self.rest()

    def press(self, text: str) -> None:
        found = [b for b in self.window.findChildren(QPushButton) if b.isVisible() and text in b.text()]
        assert found, (text, self.words)
        self.qtbot.mouseClick(found[0], LEFT)
        self.rest()

    @property
    def words(self) -> str:
        """Everything that can be read in the window."""
        QApplication.processEvents()
        seen = [part.text() for part in self.window.findChildren(QLabel) if part.isVisible()]
        return "\n".join(seen + [b.text() for b in self.window.findChildren(QPushButton) if b.isVisible()])

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy, timeout=20_000)
        QApplication.processEvents()

    def refusal(self) -> QMessageBox:
        box = self.window.findChild(QMessageBox, "refusal")
        assert isinstance(box, QMessageBox)
        return box


def office(qtbot: QtBot, register: Register, folder: Path) -> Office:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # Windows of tests before go first; styling them anew would take longer than the test.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(application, Theme.LIGHT, 100)
    window = RegisterWindow(register)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    return Office(qtbot, window, folder)


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    """A register that has not been told anything."""
    made = office(qtbot, files.register(tmp_path, call=False, people=0), tmp_path)
    yield made
    made.window.close()


@pytest.fixture
def full(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    """Two of three assessors have delivered, one of them with a conflict of interest."""
    register = files.register(tmp_path)
    apart = dict.fromkeys(SELECTED[:1], Rating.NOT_MET)
    first = [files.assessment(0), files.assessment(1), files.assessment(2)]
    second = [files.assessment(0, answer=Declaration.RECUSED, salt=1), files.assessment(1, ratings=apart, salt=2)]
    files.merged(register, files.bundle(0, first), files.bundle(1, second))
    made = office(qtbot, register, tmp_path)
    yield made
    made.window.close()


def test_the_call_is_registered_as_soon_as_it_arrives(empty: Office) -> None:
    empty.arrive(a_esfcall=files.call_package())
    known = empty.register.call()
    assert known is not None
    assert known.call.title in empty.words
    assert "Utlysningen, version 1." in empty.words


def test_a_key_is_trusted_only_after_its_fingerprint_is_compared(empty: Office) -> None:
    empty.arrive(a_esfcall=files.call_package(), b_esfenrol=files.enrolment(0))
    assert groups(files.key(0).fingerprint) in empty.words
    assert empty.register.enrolled() == ()
    empty.arrive(c_esfbundle=files.bundle(0, [files.assessment(0)]))
    assert empty.register.bundles() == ()
    empty.press("Jämför…")
    empty.press("De stämmer: godkänn")
    assert set(trust.trusted(empty.register)) == {files.key(0).fingerprint}
    assert groups(files.key(0).fingerprint) not in empty.words
    empty.arrive(c_esfbundle=files.bundle(0, [files.assessment(0)]))
    assert len(empty.register.bundles()) == 1


def test_each_file_gets_a_row_with_its_sentence_and_a_bad_one_stops_no_other(empty: Office) -> None:
    empty.arrive(a_esfcall=files.call_package())
    trust.enrol(empty.register, files.enrolment(0), file="e", at=AT)
    good = files.bundle(0, [files.assessment(0)])
    empty.arrive(a_esfbundle=good, b_esfbundle=b"junk", c_esfbundle=good, d_txt=b"junk")
    assert len(empty.register.bundles()) == 1
    for told in (
        "a.esfbundle · Registrerad",
        "b.esfbundle · Inte mottagen",
        "c.esfbundle · Redan registrerad",
        "”d.txt”",
    ):
        assert told in empty.words, (told, empty.words)
    assert "1 av 3 bedömare har lämnat in" in empty.words


def test_a_folder_is_searched_for_our_files_and_the_rest_left_alone(empty: Office) -> None:
    inner = empty.folder / "mejl" / "bilagor"
    inner.mkdir(parents=True)
    (inner / "utlysning.ESFCALL").write_bytes(files.call_package())
    (inner / "bild.png").write_bytes(b"bild")
    empty.drop(empty.folder / "mejl")
    assert empty.register.call() is not None
    assert "bild.png" not in empty.words


def test_a_register_of_practice_refuses_what_is_real(empty: Office) -> None:
    trust.enrol(empty.register, files.enrolment(0), file="e", at=AT)
    empty.arrive(a_esfcall=files.call_package(practice=True))
    assert "Övning:" in empty.words
    empty.arrive(a_esfbundle=files.bundle(0, [files.assessment(0)]))
    assert "är skarp" in empty.words or "övning" in empty.words
    assert empty.register.bundles() == ()


def test_who_is_missing_can_be_reminded(full: Office) -> None:
    assert person(2).name in full.words
    assert "3 av 3 inlämnade" in full.words
    full.press("Kopiera en påminnelse")
    assert application_id(2) in QGuiApplication.clipboard().text()
    assert "har färre än två bedömningar" in full.words


def test_every_bundle_gets_one_receipt_signed_by_the_secretariat(full: Office) -> None:
    save_key(files.secretariat_key(), full.folder / "nyckel.pem", None)
    full.window.write_receipts(full.folder / "nyckel.pem", full.folder / "kvitton", None)
    full.rest()
    written = sorted((full.folder / "kvitton").iterdir())
    read = [read_receipt(path.read_bytes(), file=path.name) for path in written]
    assert [one.value.number for one in read] == [1, 1]
    assert {one.fingerprint for one in read} == {files.secretariat_key().fingerprint}
    assert f"2 kvittenser är sparade i {full.folder / 'kvitton'}." in full.words
    full.window.write_receipts(full.folder / "nyckel.pem", full.folder / "kvitton", None)
    full.rest()
    assert f"alla finns i {full.folder / 'kvitton'}." in full.words


def test_another_key_signs_no_receipt_and_that_is_told(full: Office) -> None:
    save_key(files.key(0), full.folder / "nyckel.pem", None)
    before = full.register.logical_hash()
    full.window.write_receipts(full.folder / "nyckel.pem", full.folder / "kvitton", None)
    full.rest()
    assert "2026-ON-1" in full.refusal().text()
    full.refusal().close()
    assert full.register.logical_hash() == before
    assert not (full.folder / "kvitton").exists()


def test_the_widest_difference_stands_first_and_by_number_on_demand(full: Office) -> None:
    full.window.show_page("compare")
    names = [full.cell(row, 0).data(SHOWN).application.id for row in range(3)]
    assert names[0] == application_id(1)
    (order,) = [box for box in full.window.compare.findChildren(QComboBox) if box.findData("diary_number") >= 0]
    order.setCurrentIndex(order.findData("diary_number"))
    order.activated.emit(order.currentIndex())
    names = [full.cell(row, 0).data(SHOWN).application.id for row in range(3)]
    assert names == [application_id(n) for n in range(3)]


def test_a_cell_says_who_is_apart_recused_and_missing_and_is_told_of_beside_it(full: Office) -> None:
    full.window.show_page("compare")
    table = full.table
    rows = {full.cell(row, 0).data(SHOWN).application.id: row for row in range(3)}
    column = next(c for c in range(1, table.lines.last) if full.cell(0, c).data(SHOWN).criterion == SELECTED[0])
    apart, recused = full.cell(rows[application_id(1)], column), full.cell(rows[application_id(0)], column)
    assert apart.data(SHOWN).apart
    assert not recused.data(SHOWN).apart
    assert "Bedömarna står långt ifrån varandra." in apart.data(TIP)
    assert f"{person(1).name}: avstår på grund av jäv" in recused.data(TIP)
    assert f"{person(2).name}: har inte lämnat in än" in recused.data(TIP)
    table.setCurrentIndex(apart)
    assert "Projekt 2" in full.words
    assert f"Om {SELECTED[0]}." in full.words
    table.setCurrentIndex(recused)
    assert "avstår på grund av jäv" in full.words


def test_nothing_is_compared_before_there_is_a_call(empty: Office) -> None:
    empty.window.show_page("compare")
    assert "Det finns inget att jämföra än." in empty.words
    empty.window.show_page("basis")
    assert not [one for one in empty.window.basis.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


@pytest.mark.parametrize("language", list(i18n.Language))
def test_every_page_speaks_the_language_of_now_and_names_what_can_be_used(
    full: Office, language: i18n.Language
) -> None:
    full.arrive(e_esfenrol=files.enrolment_of(3, files.key(3)))
    i18n.use(language)
    full.window.show_page("compare")
    full.window.build()
    full.rest()
    assert full.table.isVisible()
    for page in ("inbox", "compare", "basis"):
        full.window.show_page(page)
        assert nameless(full.window) == [], page
    full.window.show_page("inbox")
    said = {i18n.Language.SWEDISH: "Vilka som har lämnat in", i18n.Language.ENGLISH: "Who has delivered"}
    assert said[language] in full.words


def test_a_register_that_is_open_is_not_opened_twice(full: Office, qtbot: QtBot, tmp_path: Path) -> None:
    main = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(main)
    session = Session(main, Options(workspace=tmp_path / "w"))
    main.show()
    session.open_register(full.register.place)
    qtbot.waitUntil(lambda: main.findChild(QMessageBox, "refusal") is not None, timeout=20_000)
    box = main.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert full.register.name in box.text()
    assert session.registers == []
    box.close()
    main.close()


def test_what_is_encrypted_is_registered_with_the_key_that_is_chosen(
    empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.arrive(a_esfcall=files.call_package())
    trust.enrol(empty.register, files.enrolment(0), file="a.esfenrol", at=AT)
    right, wrong = empty.folder / "rätt.agekey", empty.folder / "fel.agekey"
    for path in (right, wrong):
        path.write_text(encryption.make_key())
    bundle = files.bundle(0, [files.assessment(0)])
    before = empty.register.logical_hash()
    empty.arrive(b_esfbundle=encryption.encrypt(bundle, encryption.read_key(right).recipients))
    assert "är krypterad till sekretariatet" in empty.words
    for chosen in ("", str(wrong)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words, chosen=chosen: (chosen, ""))
        empty.press("Välj age-nyckel")
        assert empty.register.logical_hash() == before
    assert "är inte krypterad till den här age-nyckeln" in empty.words
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(right), ""))
    empty.press("Välj age-nyckel")
    assert len(empty.register.bundles()) == 1
    assert not [b for b in empty.window.findChildren(QPushButton) if b.isVisible() and "age-nyckel" in b.text()]
