"""The compare page by keyboard and by ear: every cell is reached, told, and stays current when lines move."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from esf_desktop.model import Rating, replace
from tests.secretariat import files
from tests.secretariat.samples import SELECTED, application_id, person
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui.secretariat.compare_model import SHOWN
from ui.secretariat.readings import Readings

__all__ = ["empty", "full"]


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
