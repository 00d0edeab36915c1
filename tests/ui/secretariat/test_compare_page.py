"""The compare page by keyboard and by ear: every cell is reached, told, and stays current when lines move."""

import tomllib
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop.model import Declaration, Rating, replace
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.appointments import appoint, appointed
from esf_desktop.secretariat.compare import compare
from tests.secretariat import files, samples
from tests.secretariat.samples import AT, SELECTED, application_id, person
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui.secretariat.agreement_view import AgreementView
from ui.secretariat.compare_model import SHOWN
from ui.secretariat.readings import Readings

__all__ = ["empty", "full"]

WHY = f"Varför {application_id(0)} behöver en till"


def test_every_cell_is_reached_by_the_arrow_keys_and_told_beside_the_table(full: Office) -> None:
    full.window.show_page("compare")
    table = full.table
    table.setCurrentIndex(full.cell(0, 0))
    seen = set()
    for row in range(table.lines.rowCount()):
        for column in range(table.lines.columnCount()):
            index = table.currentIndex()
            seen.add((index.row(), index.column()))
            assert (index.row(), index.column()) == (row, column)
            full.qtbot.keyClick(table, Qt.Key.Key_Right)
        full.qtbot.keyClick(table, Qt.Key.Key_Home)
        full.qtbot.keyClick(table, Qt.Key.Key_Down)
    assert len(seen) == 3 * (len(files.CALL.criteria) + 2)


def test_a_screen_reader_is_told_the_application_the_criterion_and_each_assessors_rating(full: Office) -> None:
    full.window.show_page("compare")
    heard = QAccessible.queryAccessibleInterface(full.table)
    assert heard is not None
    told = [heard.child(n).text(QAccessible.Text.Name) for n in range(heard.childCount())]
    (words,) = [one for one in told if one.startswith(f"{application_id(1)} {SELECTED[0]}")]
    assert f"{person(0).name}: Uppfylld" in words
    assert f"{person(1).name}: Inte visad" in words
    assert f"{SELECTED[0]} {files.CALL.criterion(SELECTED[0]).title.sv}" in told, "the heading of the column"


def test_the_cell_that_is_looked_at_is_looked_at_still_when_the_lines_are_sorted(full: Office) -> None:
    full.window.show_page("compare")
    row = next(r for r in range(3) if full.cell(r, 0).data(SHOWN).application.id == application_id(2))
    full.table.setCurrentIndex(full.cell(row, 4))
    for name in ("met", "area", "diary_number", "spread"):
        full.window.compare.order(name)
        assert full.table.application == application_id(2)
        assert full.table.currentIndex().column() == 4


def test_what_a_later_revision_changed_is_marked_and_told(full: Office) -> None:
    first = files.assessment(2)
    second = files.revised(first)
    changed = tuple(
        replace(j, rating=Rating.PARTLY, comment="Om den nya planen.") if j.criterion == SELECTED[0] else j
        for j in second.judgements
    )
    full.arrive(z_esfbundle=files.bundle(0, [replace(second, judgements=changed)]))
    full.window.show_page("compare")
    full.table.go_to(application_id(2), 1)
    full.rest()
    assert full.table.cell is not None
    assert [tile.changed for tile in full.table.cell.tiles] == [True, False, False]
    assert "förut Uppfylld" in full.words
    readings = full.window.compare.matrix.findChild(Readings)
    assert isinstance(readings, Readings)
    assert "ändrat i en senare version" in str(full.table.currentIndex().data(Qt.ItemDataRole.ToolTipRole))
    full.table.go_to(application_id(2), 0)
    assert f"Ändrat: {SELECTED[0]}." in full.words


def test_the_joint_assessment_is_begun_from_the_cell_that_is_looked_at(full: Office) -> None:
    full.window.show_page("compare")
    full.table.go_to(application_id(1), 3)
    full.press("Börja…")
    assert full.window.consensus.isVisible()
    assert "Projekt 2" in full.words
    assert full.window.consensus.criterion == SELECTED[2]


def test_somebody_is_appointed_and_taken_back_from_the_view_and_shows_in_who_is_to_deliver(full: Office) -> None:
    trust.enrol(full.register, files.enrolment(3), file="e.esfenrol", at=AT)
    full.arrive(z_esfbundle=files.bundle(2, [files.assessment(0, answer=Declaration.RECUSED, salt=7)]))
    full.window.show_page("compare")
    full.window.compare.show_view("readers")
    assert "Jäv lämnar färre än två bedömare." in full.words
    (reason,) = [f for f in full.window.findChildren(QLineEdit) if f.isVisible() and f.accessibleName() == WHY]
    reason.setText("Bara en kan läsa.")
    full.press("Utse")
    (made,) = appointed(full.register)
    assert (made.appointment.assessor, made.appointment.reason) == (person(3).id, "Bara en kan läsa.")
    assert f"Utsedd {made.at[:10]}: {person(3).name} · Bara en kan läsa. · har inte lämnat in än" in full.words
    assert "3 av 4 bedömare har lämnat in" in full.words
    full.press("Ta tillbaka")
    assert appointed(full.register) == ()


def test_an_application_that_needs_nobody_can_be_given_one_more_all_the_same(full: Office) -> None:
    trust.enrol(full.register, files.enrolment(3), file="e.esfenrol", at=AT)
    full.window.show_page("compare")
    full.window.compare.show_view("readers")
    full.rest()
    (which,) = [
        c for c in full.window.findChildren(QComboBox) if c.isVisible() and c.accessibleName() == "En annan ansökan"
    ]
    which.setCurrentIndex(which.findData(application_id(2)))
    which.activated.emit(which.currentIndex())
    full.rest()
    (appoint,) = [
        b
        for b in full.window.findChildren(QPushButton)
        if b.isVisible() and b.accessibleName() == f"Utse en bedömare av {application_id(2)}"
    ]
    full.qtbot.mouseClick(appoint, Qt.MouseButton.LeftButton)
    assert [one.appointment.application for one in appointed(full.register)] == [application_id(2)]


def test_agreement_is_not_shown_for_a_round_that_is_too_small(full: Office) -> None:
    full.window.show_page("compare")
    full.window.compare.show_view("agreement")
    assert "Visas från 5 ansökningar och 2 bedömare." in full.words
    assert "Hittills: 3 ansökningar är bedömda, av sammanlagt 2." in full.words
    assert not full.window.compare.agreement.table.isVisible()
    full.press(f"{application_id(1)} Projekt 2")
    assert full.table.isVisible()
    assert full.table.application == application_id(1)


def test_agreement_of_a_round_is_shown_with_what_it_says_and_for_each_principle(qtbot: QtBot) -> None:
    of = samples.call(applications=5, assessors=2)
    apart = {"RUS": Rating.NOT_MET}
    given = {
        (n, application_id(a)): samples.assessment(of, application_id(a), apart if (n, a) == (1, 0) else {})
        for n in range(2)
        for a in range(5)
    }
    view = AgreementView()
    qtbot.addWidget(view)
    view.show_comparison(compare(of, [person(0), person(1)], samples.delivered(given)))
    words = "\n".join(part.text() for part in view.findChildren(QLabel))
    assert "97\u00a0% av paren är lika · alfa 0,00" in words
    assert "Låga värden är normala" in words
    rows = [[view.table.model().index(row, column).data() for column in range(4)] for row in range(2)]
    assert rows[0] == ["RUS  " + of.principles[0].title.sv, "5", "80\u00a0%", "0,00"]
    assert rows[1][3] == "–", "alpha is not defined where all ratings are the same"


def test_who_is_appointed_reads_in_the_draft_of_the_calls_next_version(full: Office, tmp_path: Path) -> None:
    drafted = tmp_path / "utkast" / "CALL.toml"
    drafted.parent.mkdir()
    reads = f'[[assessors]]\nid = "{person(0).id}"\nname = "{person(0).name}"\n'
    drafted.write_text(f'id = "{files.CALL.id}"\n{reads}', "utf-8")
    trust.enrol(full.register, files.enrolment(3), file="e.esfenrol", at=AT)
    assert full.window.call.open(drafted.parent)
    appoint(full.register, application_id(0), person(3).id, at=AT)
    full.window.show_page("call")
    full.rest()
    _first, added = tomllib.loads(drafted.read_text("utf-8"))["assessors"]
    assert added == {"id": person(3).id, "name": person(3).name, "reads": [application_id(0)]}
    assert "De som har utsetts står nu i utkastet" in full.words
