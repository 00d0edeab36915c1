"""The call editor over a real folder: what is typed is in CALL.toml, and what comes out is a signed package."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.framework import builtin
from esf_desktop.model import Call, ThirdAssessor, replace
from esf_desktop.secretariat.drafting import draft_file
from esf_desktop.settings import Settings, Theme
from esf_desktop.signing.keys import save_key
from esf_desktop.signing.source import FileBytes
from tests.documents import making
from tests.secretariat import files
from tests.secretariat.drafting import lists
from tests.secretariat.samples import person
from ui import theme
from ui.main_window import MainWindow
from ui.secretariat.drafting.applications_room import ApplicationsRoom
from ui.secretariat.drafting.assessors_room import CHECKED, FIRST, UNCHECKED, AssessorsRoom
from ui.secretariat.drafting.call_window import CallWindow
from ui.secretariat.drafting.import_dialog import ImportDialog
from ui.secretariat.drafting.package_room import PackageRoom
from ui.secretariat.drafting.wording_dialog import WordingDialog
from ui.session import Options, Session
from ui.widgets.picker import Picker


@dataclass
class Bureau:
    """A window over a draft, and what a person does there."""

    qtbot: QtBot
    window: CallWindow
    folder: Path

    @property
    def file(self) -> dict[str, Any]:
        """What CALL.toml says."""
        return tomllib.loads((self.folder / "CALL.toml").read_text("utf-8"))

    def room(self, name: str) -> None:
        self.window.page.show_room(name)
        self.rest()

    def part(self, kind: type[QWidget]) -> Any:
        (found,) = self.window.page.findChildren(kind)
        return found

    def field(self, name: str) -> QLineEdit:
        return next(f for f in self.window.page.findChildren(QLineEdit) if f.accessibleName() == name and f.isVisible())

    def write(self, name: str, text: str) -> None:
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        type_in(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def press(self, words: str, inside: QWidget | None = None) -> None:
        buttons = (inside or self.window).findChildren(QPushButton)
        found = next(b for b in buttons if b.isVisible() and b.isEnabled() and (words in b.text()))
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
        self.rest()

    def tick(self, words: str) -> None:
        boxes = self.window.findChildren(QCheckBox)
        box = next(b for b in boxes if b.isVisible() and words in b.text())
        QTest.keyClick(box, Qt.Key.Key_Space)

    def words(self, inside: QWidget | None = None) -> str:
        return "\n".join(part.text() for part in (inside or self.window).findChildren(QLabel) if part.isVisible())

    def dialog(self) -> ImportDialog:
        self.window.page.bring()
        self.rest()
        dialog = self.window.page.findChildren(ImportDialog)[-1]
        assert isinstance(dialog, ImportDialog)
        return dialog

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.tasks.busy, timeout=20_000)
        QApplication.processEvents()

    def bring(self) -> None:
        """Take what the folder holds."""
        dialog = self.dialog()
        self.press("Ta in", dialog)


def doubts(dialog: ImportDialog) -> list[str]:
    """What the dialog says is odd."""
    return [dialog.doubts.item(n).text() for n in range(dialog.doubts.count())]


def type_in(field: QWidget, text: str) -> None:
    """Type any letters, those too that no ASCII keyboard has."""
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))


@pytest.fixture
def bureau(qtbot: QtBot, tmp_path: Path) -> Iterator[Bureau]:
    """An untouched draft in a folder with two applications' files."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    folder = tmp_path / "utlysning"
    for number, support in (("2026-00112", "6 000 000"), ("2026-00115", "5 417 352")):
        (folder / number).mkdir(parents=True)
        lines = [
            (72.0, 700.0, f"Diarienummer: {number.replace('-', '/')}"),
            (72.0, 680.0, f"Projektnamn: Projekt {number}"),
            (72.0, 660.0, f"Sökt stöd: {support} kr"),
        ]
        (folder / number / "ansokan.pdf").write_bytes(making.pdf([lines]))
    window = CallWindow()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.page.open(folder)
    made = Bureau(qtbot, window, folder)
    made.rest()
    yield made
    window.close()


def test_what_is_typed_is_in_the_file_and_ctrl_z_takes_it_back(bureau: Bureau) -> None:
    assert not (bureau.folder / "CALL.toml").exists()
    bureau.write("Beslutande organ", "Partnerskapet")
    bureau.write("Sista dag för bedömningar", "8 december 2099")
    assert (bureau.file["body"], str(bureau.file["deadline"])) == ("Partnerskapet", "2099-12-08")
    assert "2026-ON-1" in bureau.words() or bureau.window.statusBar().findChildren(QLabel)[0].text().startswith(
        "Sparat"
    )
    bureau.window.page.setFocus()
    bureau.window.page.undo()
    assert "deadline" not in bureau.file
    assert bureau.field("Sista dag för bedömningar").text() == ""


def test_typing_is_saved_after_a_pause_without_leaving_the_field(bureau: Bureau) -> None:
    field = bureau.field("Rubrik")
    field.setFocus()
    type_in(field, "Kompetens i glesbygd")
    bureau.qtbot.waitUntil(lambda: (bureau.folder / "CALL.toml").exists(), timeout=5_000)
    bureau.qtbot.waitUntil(lambda: bureau.file["title"] == "Kompetens i glesbygd", timeout=5_000)
    assert field.text() == "Kompetens i glesbygd"


def test_a_day_that_cannot_be_read_stays_and_is_told_of(bureau: Bureau) -> None:
    bureau.write("Sista dag för bedömningar", "efter jul")
    assert bureau.field("Sista dag för bedömningar").text() == "efter jul"
    assert "Skriv datumet" in bureau.words()
    bureau.write("Sista dag för bedömningar", "2099-12-08")
    assert "Skriv datumet" not in bureau.words()


def test_a_window_with_something_unsaved_asks_before_it_closes(bureau: Bureau) -> None:
    asked: list[str] = []

    def stay() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            asked.append(box.text())
            next(button for button in box.buttons() if button.text() == "Stanna").click()

    bureau.write("Sista dag för bedömningar", "efter jul")
    looking = QTimer(interval=20)
    looking.timeout.connect(stay)
    looking.start()
    assert not bureau.window.close()
    looking.stop()
    assert bureau.window.isVisible()
    assert len(asked) == 1
    bureau.write("Sista dag för bedömningar", "2099-12-08")


def test_the_budget_has_parts_that_add_up(bureau: Bureau) -> None:
    for name, amount in (("Anställda", "27 mkr"), ("Glest", "55000000")):
        bureau.press("Lägg till en del")
        n = len(bureau.file["budget"])
        bureau.write(f"Namn på del {n}", name)
        bureau.write(f"Belopp för del {n}", amount)
    assert bureau.file["budget"] == [
        {"name": "Anställda", "amount": 27_000_000},
        {"name": "Glest", "amount": 55_000_000},
    ]
    assert "82\xa0000\xa0000\xa0kr" in bureau.words()
    bureau.press("Ta bort")
    assert [part["name"] for part in bureau.file["budget"]] == ["Glest"]
    bureau.tick("En bedömare till när två bedömningar")
    assert draft_file.begin(bureau.folder).draft.third_assessor == ThirdAssessor(2)
    bureau.tick("En bedömare till även när rekommendationer")
    assert draft_file.begin(bureau.folder).draft.third_assessor == ThirdAssessor(2, 2)
    bureau.tick("En bedömare till så snart")
    assert draft_file.begin(bureau.folder).draft.third_assessor == ThirdAssessor(1, 2)
    bureau.tick("En bedömare till även när rekommendationer")
    assert bureau.file["third_assessor"] == {"steps_apart": 1}
    bureau.tick("Belägg för varje")
    assert bureau.file["require"] == {"evidence": True}


def test_principles_and_areas_are_ticked_and_reworded(bureau: Bureau) -> None:
    bureau.room("grounds")
    bureau.tick("GLO")
    bureau.tick("PLA")
    assert "GLO" not in bureau.file["selected_principles"]
    assert bureau.file["selected_areas"] == ["ARB", "LAR"]
    bureau.tick("GLO")
    assert "selected_principles" not in bureau.file
    bureau.press("Lydelse")
    dialog = bureau.window.page.findChildren(WordingDialog)[-1]
    title, _english = dialog.findChildren(QTextEdit)[:2]
    title.setFocus()
    title.selectAll()
    type_in(title, "Officiell lydelse")
    dialog.accept()
    assert bureau.file["framework"] == "ramverk.toml"
    own = draft_file.begin(bureau.folder).framework
    assert own.principles[0].title.sv == "Officiell lydelse"
    assert own.principles[0].title.en == builtin().principles[0].title.en
    bureau.press("Använd programmets egen lydelse")
    assert "framework" not in bureau.file


def test_a_strategy_has_goals_one_on_each_line(bureau: Bureau) -> None:
    bureau.room("grounds")
    bureau.press("Lägg till en strategi")
    goals = next(f for f in bureau.window.findChildren(QTextEdit) if "Mål" in f.accessibleName())
    goals.setPlainText("Fler ska stanna\n\nLärande\nLärande")
    goals.clearFocus()
    assert bureau.window.page.flush()
    assert bureau.file["references"][0]["goals"] == ["Fler ska stanna", "Lärande"]


def test_nothing_is_taken_from_a_list_before_it_is_confirmed(bureau: Bureau) -> None:
    rows = [list(row) for row in (lists.HEADINGS, *lists.ROWS)]
    rows[0][2] = "Vem"
    rows[1][4] = "se bilaga"
    rows.append(rows[2])
    (bureau.folder / "lista.csv").write_bytes(lists.csv(rows).encode("cp1252", errors="replace"))
    dialog = bureau.dialog()
    dialog.read_list(bureau.folder / "lista.csv")
    bureau.rest()
    told = doubts(dialog)
    assert any("Stödsökande" in one for one in told)
    assert any("E2" in one for one in told)
    assert any("A5" in one for one in told)
    assert not (bureau.folder / "CALL.toml").exists()
    picker = dialog.list.cellWidget(0, 2)
    assert isinstance(picker, Picker)
    picker.picked.emit("applicant_name")
    assert not any("Stödsökande" in one for one in doubts(dialog))
    assert "3 nya" in bureau.words(dialog)
    bureau.press("Ta in 3 ansökningar", dialog)
    first, second, third = bureau.file["applications"]
    assert first["applicant_name"] == lists.ROWS[0][2]
    assert first["requested_support"] == 6_000_000, "the documents fill what the list could not say"
    assert first["documents"] == ["2026-00112/ansokan.pdf"]
    assert second["requested_support"] == 5_417_352
    assert "documents" not in third


def test_what_is_no_list_is_told_in_the_dialog_and_changes_nothing(bureau: Bureau) -> None:
    (bureau.folder / "lista.csv").write_bytes(b"\x00\x01\x02\x03\x04\x05" * 50)
    dialog = bureau.dialog()
    dialog.read_list(bureau.folder / "lista.csv")
    bureau.rest()
    assert "lista.csv" in bureau.words(dialog)
    assert not (bureau.folder / "CALL.toml").exists()
    dialog.reject()


def test_nothing_is_taken_while_the_documents_are_being_read(bureau: Bureau) -> None:
    desk = bureau.window.page.desk
    assert desk is not None
    bureau.window.page.bring()
    (dialog,) = bureau.window.page.findChildren(ImportDialog)
    bureau.qtbot.waitUntil(lambda: desk.reading, timeout=20_000)
    desk.read_facts({"fler": ("2026-00112/ansokan.pdf", "borta.pdf")})
    take = next(b for b in dialog.findChildren(QPushButton) if "Ta in" in b.text())
    assert not take.isEnabled()
    bureau.qtbot.waitUntil(take.isEnabled, timeout=20_000)
    assert not desk.reading
    assert desk.facts(("2026-00112/ansokan.pdf", "borta.pdf")) is not None, "what is wished for meanwhile is read too"
    dialog.reject()


def test_a_doubt_leads_to_its_cell(bureau: Bureau) -> None:
    rows = [list(row) for row in (lists.HEADINGS, *lists.ROWS)]
    rows[1][4] = "se bilaga"
    (bureau.folder / "lista.xlsx").write_bytes(lists.xlsx(rows))
    dialog = bureau.dialog()
    dialog.read_list(bureau.folder / "lista.xlsx")
    bureau.rest()
    dialog.turn("doubts")
    dialog.doubts.setCurrentRow(0)
    QTest.keyClick(dialog.doubts, Qt.Key.Key_Return)
    item = dialog.list.currentItem()
    assert item is not None
    assert item.text() == "se bilaga"
    dialog.reject()


def test_differences_from_the_documents_are_marked_and_can_be_taken_over(bureau: Bureau) -> None:
    bureau.bring()
    bureau.room("applications")
    bureau.write("Sökt stöd", "7 mkr")
    assert "6\xa0000\xa0000\xa0kr" in bureau.words()
    bureau.press("Ta över")
    assert bureau.file["applications"][0]["requested_support"] == 6_000_000
    room = bureau.part(ApplicationsRoom)
    bureau.write("Diarienummer", "2026/00115")
    assert "finns redan" in bureau.words()
    assert bureau.file["applications"][0]["id"] == "2026/00112"
    bureau.write("Diarienummer", "2026/00113")
    assert bureau.file["applications"][0]["id"] == "2026/00113"
    assert room.chosen == "2026/00113"
    bureau.press("Återkalla")
    assert bureau.file["withdrawn"] == ["2026/00113"]
    bureau.press("Ta bort")
    assert [one["id"] for one in bureau.file["applications"]] == ["2026/00115"]
    assert "withdrawn" not in bureau.file


def test_assessors_come_from_enrolments_and_their_reading_is_dealt_out(bureau: Bureau) -> None:
    bureau.bring()
    bureau.room("assessors")
    room = bureau.part(AssessorsRoom)
    for n in range(3):
        (bureau.folder / f"{n}.esfenrol").write_bytes(files.enrolment(n))
    (bureau.folder / "fel.esfenrol").write_bytes(b"fel")
    room.fetch([*(bureau.folder / f"{n}.esfenrol" for n in range(3)), bureau.folder / "fel.esfenrol"])
    assert "fel.esfenrol" in bureau.words()
    assert [one["name"] for one in bureau.file["assessors"]] == [person(n).name for n in range(3)]
    room.fetch([bureau.folder / "0.esfenrol"])
    assert len(bureau.file["assessors"]) == 3
    bureau.press("Dela ut jämnt")
    assert all("reads" not in one for one in bureau.file["assessors"])
    box = room.matrix.item(0, FIRST)
    assert box.checkState() is CHECKED
    box.setCheckState(UNCHECKED)
    assert bureau.file["assessors"][0]["reads"] == ["2026/00115"]
    room.matrix.item(0, FIRST + 1).setCheckState(UNCHECKED)
    assert bureau.file["assessors"][0]["reads"] == ["2026/00115"], "nobody can read nothing"
    bureau.press("Alla läser allt")
    assert "reads" not in bureau.file["assessors"][0]
    room.matrix.item(1, 0).setText("Bedömare B")
    assert bureau.file["assessors"][1]["name"] == "Bedömare B"


def test_a_sound_draft_becomes_a_signed_package_and_a_later_version_says_what_it_changes(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[Call] = []
    assert bureau.window.page.desk is not None
    bureau.window.page.desk.known = lambda: known[-1] if known else None
    bureau.room("package")
    room = bureau.part(PackageRoom)
    assert "4 saker behövs" in bureau.words()
    assert "nyckel" in bureau.words()
    for field, text in {"Beslutande organ": "Partnerskapet", "Rubrik": "K", "Utlysningens nummer": "2026-ON-1"}.items():
        bureau.room("call")
        bureau.write(field, text)
    bureau.write("Sista dag för bedömningar", "2099-12-08")
    bureau.bring()
    bureau.room("package")
    save_key(files.secretariat_key(), bureau.folder / "nyckel.esfkey", None)
    key = str(bureau.folder / "nyckel.esfkey")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (key, ""))
    bureau.press("Välj nyckeln…")
    target = bureau.folder / "ut.esfcall"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    bureau.press("Signera utlysningspaketet…")
    assert target.exists(), bureau.words()
    with FileBytes(target) as source:
        known.append(read_call_package(source, file=target.name).call)
    assert known[0] == draft_file.call_of(draft_file.begin(bureau.folder))[0]
    assert "Version 1 är signerad" in bureau.words()
    bureau.room("call")
    bureau.write("Sista dag för bedömningar", "2099-12-15")
    bureau.room("package")
    assert "2099-12-15" in bureau.words(), "what the assessors are told"
    target = bureau.folder / "ut2.esfcall"
    bureau.press("Signera version 2…")
    with FileBytes(target) as source:
        assert read_call_package(source, file=target.name).call.call_version == 2
    assert room.version == 2


def test_a_problem_leads_to_the_room_where_it_is_put_right(bureau: Bureau) -> None:
    bureau.room("package")
    room = bureau.part(PackageRoom)
    assert "Behövs" in room.problems.item(0).text()
    room.problems.setCurrentRow(0)
    QTest.keyClick(room.problems, Qt.Key.Key_Return)
    assert bureau.field("Beslutande organ").isVisible()


def test_keys_are_made_where_the_call_is_made(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    bureau.room("package")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (given[2], ""))
    bureau.press("Gör en ny nyckel…")
    assert "organets namn" in bureau.words()
    bureau.room("call")
    bureau.write("Beslutande organ", "Partnerskapet")
    bureau.room("package")
    bureau.press("Gör en ny nyckel…")
    assert (bureau.folder / "sekretariat.esfkey").exists()
    bureau.press("Gör en ny nyckel…")
    assert "finns redan" in bureau.words()
    bureau.press("Gör en age-nyckel…")
    assert bureau.file["recipients"][0].startswith("age1")
    bureau.press("Gör en age-nyckel…")
    assert len(bureau.file["recipients"]) == 1


def test_a_disk_that_refuses_is_told_and_the_text_stays(bureau: Bureau) -> None:
    (bureau.folder / "CALL.toml").mkdir()
    bureau.write("Beslutande organ", "Partnerskapet")
    box = bureau.window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert "utlysning" in box.text()
    box.close()
    assert bureau.field("Beslutande organ").text() == "Partnerskapet"
    (bureau.folder / "CALL.toml").rmdir()
    assert bureau.window.page.flush()
    assert bureau.file["body"] == "Partnerskapet"


def test_a_file_written_by_hand_says_that_its_comments_go_and_a_wrong_one_is_not_opened(bureau: Bureau) -> None:
    bureau.write("Rubrik", "Första")
    other = bureau.folder.parent / "annan"
    other.mkdir()
    (other / "CALL.toml").write_text('# egen\ntitle = "Kompetens"\n')
    assert bureau.window.page.open(other)
    bureau.rest()
    assert "skriven för hand" in bureau.words()
    assert bureau.field("Rubrik").text() == "Kompetens"
    (other / "FEL.toml").write_text("titel = 1\n")
    assert not bureau.window.page.open(other / "FEL.toml")
    box = bureau.window.findChild(QMessageBox, "refusal")
    assert isinstance(box, QMessageBox)
    assert "title" in box.text()
    box.close()


def test_the_menu_of_the_assessors_window_leads_to_a_new_call(qtbot: QtBot, tmp_path: Path) -> None:
    main = MainWindow(replace(Settings(theme=Theme.LIGHT)))
    qtbot.addWidget(main)
    session = Session(main, Options(workspace=tmp_path / "desk"))
    main.show()
    main.actions_["new_call"].trigger()
    (office,) = session.calls
    assert isinstance(office, CallWindow)
    qtbot.addWidget(office)
    office.close()
    assert session.calls == []
    main.close()
