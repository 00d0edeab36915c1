"""The order is arranged by hand on screen: by keys, by dragging, by number and by file; moves are told and undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from esf_desktop.model import ApplicationId, BudgetPart, replace
from esf_desktop.secretariat import consensus, proposal, trust
from esf_desktop.secretariat.consensus import Consensus
from esf_desktop.secretariat.order import Outcome, Ranks
from esf_desktop.secretariat.register import Register
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id
from tests.ui.assessor.test_accessible import nameless
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui.secretariat.move_to import MoveTo
from ui.secretariat.moves_list import MovesList
from ui.secretariat.order_painting import COLUMNS
from ui.secretariat.order_rows import OrderRow
from ui.secretariat.order_table import OrderTable

__all__ = ["empty", "full"]

A, B, C = (application_id(n) for n in range(3))
LEFT, ALT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Desk:
    """The page, and what a person does on it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        money = tuple(replace(one, requested_support=4_000_000) for one in files.CALL.applications)
        call = replace(files.CALL, call_version=2, applications=money, budget=(BudgetPart("Allt", 9_000_000),))
        trust.add_call(office.register, files.package(call), file="b.esfcall", at=AT)
        office.window.show_page("proposal")
        QApplication.processEvents()

    @property
    def table(self) -> OrderTable:
        return self.office.window.proposal.table

    @property
    def moves(self) -> MovesList:
        return self.office.window.proposal.moves

    def order(self) -> Ranks:
        return proposal.proposal(self.office.register).order

    def outcomes(self) -> dict[ApplicationId, Outcome]:
        return proposal.proposal(self.office.register).outcomes

    @property
    def list(self) -> list[str]:
        """The rows from above, as a screen reader reads their places and names."""
        found = []
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            assert item is not None
            name = self.table.item(row, 1)
            found.append(item.text() if name is None else f"{item.text()} {name.text()[-10:]}")
        return found

    def row(self, application: ApplicationId) -> int:
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            assert item is not None
            shown = item.data(Qt.ItemDataRole.UserRole)
            if isinstance(shown, OrderRow) and shown.application.id == application:
                return row
        raise KeyError(application)

    def choose(self, application: ApplicationId) -> None:
        self.table.setFocus()
        self.table.choose(application)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        self.office.qtbot.keyClick(self.table, key, held)
        QApplication.processEvents()

    def drag(self, application: ApplicationId, to: ApplicationId, share: float, *, give_up: bool = False) -> None:
        """Drag a row to a place within another one, as a share of its height."""
        view = self.table.viewport()

        def at(row: int, part: float) -> QPoint:
            return QPoint(60, self.table.rowViewportPosition(row) + round(self.table.rowHeight(row) * part))

        QTest.mousePress(view, LEFT, NONE, at(self.row(application), 0.5))
        QTest.mouseMove(view, at(self.row(to), share))
        QTest.mouseMove(view, at(self.row(to), share))
        self.table.grab()
        if give_up:
            self.key(Qt.Key.Key_Escape)
        QTest.mouseRelease(view, LEFT, NONE, at(self.row(to), share))
        QApplication.processEvents()


@pytest.fixture
def desk(full: Office) -> Desk:
    return Desk(full)


def test_a_register_without_a_call_says_that_there_is_nothing(empty: Office) -> None:
    empty.window.show_page("proposal")
    assert "inget att föreslå än" in empty.words


def test_keys_move_the_chosen_application_and_the_focus_goes_with_it(desk: Desk) -> None:
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    assert desk.order() == ((C,), (A, B))
    assert desk.table.current == C
    desk.key(Qt.Key.Key_Down, ALT)
    assert desk.order() == ((A, B), (C,))
    desk.key(Qt.Key.Key_Equal)
    assert desk.order() == ((A, B, C),)
    assert f"{C}: från plats 3 till 1=" in desk.office.words


def test_a_row_is_dragged_between_others_and_onto_one(desk: Desk) -> None:
    desk.drag(C, A, 0.1)
    assert desk.order() == ((C,), (A, B))
    desk.drag(A, B, 0.9)
    assert desk.order() == ((C,), (B,), (A,))
    desk.drag(A, C, 0.5)
    assert desk.order() == ((A, C), (B,))
    desk.drag(B, A, 0.95)
    assert desk.order() == ((A, B, C),), "between two equals it is their equal"


def test_a_drag_that_is_given_up_or_ends_where_it_began_moves_nothing(desk: Desk) -> None:
    desk.drag(C, A, 0.1, give_up=True)
    desk.drag(B, B, 0.5)
    assert proposal.proposal(desk.office.register).history.moves == ()


def test_a_place_is_given_by_its_number_with_the_reason_at_once(desk: Desk) -> None:
    desk.choose(B)
    desk.key(Qt.Key.Key_P)
    (dialog,) = desk.office.window.findChildren(MoveTo)
    assert nameless(dialog) == []
    dialog.place.setText("1")
    dialog.reason.setText("Störst behov")
    desk.office.press("Flytta")
    assert desk.order() == ((B,), (A, C))
    desk.choose(C)
    desk.key(Qt.Key.Key_P)
    dialog = next(one for one in desk.office.window.findChildren(MoveTo) if one.isVisible())
    dialog.place.setText("2")
    desk.office.press("Flytta")
    assert desk.order() == ((B,), (C,), (A,))
    assert proposal.proposal(desk.office.register).history.moves[0].reason == "Störst behov"


def test_a_place_that_there_is_not_cannot_be_chosen(desk: Desk) -> None:
    desk.choose(B)
    desk.key(Qt.Key.Key_P)
    (dialog,) = desk.office.window.findChildren(MoveTo)
    move = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Flytta")
    for words, able in (("0", False), ("4", False), ("", False), ("3", True)):
        dialog.place.clear()
        desk.office.qtbot.keyClicks(dialog.place, words)
        assert move.isEnabled() == able, words
    dialog.reject()


def test_outcomes_are_set_by_key_for_all_that_are_chosen(desk: Desk) -> None:
    desk.choose(A)
    desk.key(Qt.Key.Key_1)
    desk.table.selectAll()
    desk.key(Qt.Key.Key_2)
    assert set(desk.outcomes().values()) == {Outcome.IF_FUNDS_ALLOW}
    desk.choose(B)
    desk.key(Qt.Key.Key_3)
    assert desk.outcomes()[B] is Outcome.NOT_PRIORITISED
    desk.key(Qt.Key.Key_0)
    assert B not in desk.outcomes()


def test_everything_fits_is_one_press_and_so_is_the_budget_line(desk: Desk) -> None:
    assert "12\u00a0000\u00a0000\u00a0kr. Budgeten räcker inte till allt." in desk.office.words
    fits = next(b for b in desk.office.window.proposal.findChildren(QPushButton) if b.text() == "Allt ryms")
    assert fits.accessibleDescription() == "3 ansökningar: prioriterad", "what it would do is told before"
    desk.office.press("Allt ryms")
    assert fits.accessibleDescription() == "Så står det redan."
    assert set(desk.outcomes().values()) == {Outcome.PRIORITISED}
    assert len(desk.outcomes()) == 3
    for one in (A, B):
        desk.choose(one)
        desk.key(Qt.Key.Key_Up, ALT)
    desk.office.press("Efter budgetlinjen")
    assert desk.outcomes()[C] is Outcome.IF_FUNDS_ALLOW
    line = desk.list[2]
    assert line.startswith("Budgetlinje för hela budgeten, 9\u00a0000\u00a0000\u00a0kr: 1\u00a0000\u00a0000")


def test_undo_and_redo_by_key_are_moves_that_say_so(desk: Desk) -> None:
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.office.qtbot.keyClick(desk.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.order() == ((A, B, C),)
    assert desk.moves.list.item(0).text().split("\n")[1] == f"Ångrat: {C}: från plats 1= till 1"
    assert desk.moves.list.item(1).text().endswith("(ångrad)")
    desk.office.press("Gör om")
    assert desk.order() == ((C,), (A, B))


def test_a_reason_is_typed_after_the_move_and_stands_in_the_list(desk: Desk) -> None:
    assert not desk.moves.reason.isEnabled()
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.key(Qt.Key.Key_R)
    assert desk.moves.reason.hasFocus()
    desk.office.qtbot.keyClicks(desk.moves.reason, "Behovet")
    desk.office.qtbot.keyClick(desk.moves.reason, Qt.Key.Key_Return)
    assert desk.table.hasFocus()
    assert proposal.proposal(desk.office.register).history.moves[0].reason == "Behovet"
    assert desk.moves.list.item(0).text().endswith("– Behovet")


def test_a_reason_that_is_being_typed_goes_to_its_own_move_when_another_is_made(desk: Desk) -> None:
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.key(Qt.Key.Key_R)
    desk.office.qtbot.keyClicks(desk.moves.reason, "Behovet")
    desk.choose(A)
    desk.key(Qt.Key.Key_Up, ALT)
    first, second = proposal.proposal(desk.office.register).history.moves
    assert (first.reason, second.reason) == ("Behovet", "")
    assert desk.moves.reason.toPlainText() == ""


def test_what_is_typed_is_saved_when_the_page_is_left(desk: Desk) -> None:
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.key(Qt.Key.Key_R)
    desk.office.qtbot.keyClicks(desk.moves.reason, "Behovet")
    desk.office.window.show_page("inbox")
    assert proposal.proposal(desk.office.register).history.moves[0].reason == "Behovet"


def test_the_order_goes_to_a_file_and_back_and_a_wrong_line_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.office.folder / "ordning.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    desk.office.press("Ordning till textfil")
    text = file.read_text("utf-8")
    file.write_text(text.replace(f"  {A}", f"  {B}").replace(f"= {B}", f"  {A}"), "utf-8")
    desk.office.press("Ordning från textfil")
    assert desk.order() == ((B,), (A, C))
    assert proposal.proposal(desk.office.register).history.moves[-1].reason == "ordning.txt"
    file.write_text(f"{A}\n{B}\n2026/00104\n", "utf-8")
    desk.office.press("Ordning från textfil")
    assert "rad 3" in desk.office.refusal().text()
    assert desk.order() == ((B,), (A, C))
    desk.office.refusal().reject()


def test_an_order_that_is_read_again_is_no_move(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "ordning.txt"
    file.write_text(f"{A}\n= {B}\n= {C}\n", "utf-8")
    desk.office.window.proposal.read_order(file)
    desk.office.rest()
    assert "Så står det redan" in desk.office.words


def test_the_joint_assessment_and_far_apart_assessors_are_seen_beside_the_order(desk: Desk) -> None:
    titles = [column.title() for column in COLUMNS]
    column = titles.index("Gemensamt")
    assert desk.table.isColumnHidden(column)
    consensus.write(desk.office.register, Consensus(A, text="Bra."), at=AT, by="anna")
    desk.office.window.desk.changed.emit()
    assert not desk.table.isColumnHidden(column)
    item = desk.table.item(desk.row(A), column)
    assert item is not None
    assert item.text() == "0 av 6"
    assert not desk.table.isColumnHidden(column)
    cell = desk.table.item(desk.row(B), titles.index("Isär"))
    assert cell is not None
    assert cell.text() == "RUS"


def test_what_another_officer_does_is_shown_and_not_written_over(desk: Desk) -> None:
    desk.choose(C)
    proposal.everything_fits(desk.office.register, at=AT, by="bo")
    desk.key(Qt.Key.Key_Up, ALT)
    assert len(desk.outcomes()) == 3
    assert desk.order() == ((C,), (A, B))


def test_everything_on_the_page_has_a_name_and_a_row_is_told_in_words(desk: Desk) -> None:
    assert nameless(desk.office.window.proposal) == []
    item = desk.table.item(desk.row(A), 0)
    assert item is not None
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Plats: 1="
    table = QAccessible.queryAccessibleInterface(desk.table)
    assert table is not None
    assert table.text(QAccessible.Text.Name) == "Förslagets ordning"
    assert [part.text() for part in desk.moves.findChildren(QLabel) if part.buddy() is desk.moves.reason] == [
        "Ingen ändring har gjorts än."
    ]


def test_what_is_typed_is_saved_when_the_window_is_closed(desk: Desk) -> None:
    desk.choose(C)
    desk.key(Qt.Key.Key_Up, ALT)
    desk.key(Qt.Key.Key_R)
    desk.office.qtbot.keyClicks(desk.moves.reason, "Behovet")
    desk.office.window.close()
    with Register.open(desk.office.folder / "register.esfdb") as again:
        assert proposal.proposal(again).history.moves[0].reason == "Behovet"
