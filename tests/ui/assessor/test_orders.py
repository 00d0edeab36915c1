"""The work turned and looked over: one principle at a time, the overview, and the search of everything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import turned
from esf_desktop.model import CriterionId, Declaration, Rating
from tests.rounds import FIRST, RUS, SAM, SECOND
from tests.ui.desks import Room, room
from ui.assessor.hit_list import SHOWN
from ui.assessor.overview_page import OverviewPage
from ui.assessor.principle_page import PrinciplePage
from ui.assessor.search_page import SearchPage

UserRole = Qt.ItemDataRole.UserRole


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    assert made.errors == []
    close()


def principle(desk: Room, criterion: CriterionId = SAM) -> PrinciplePage:
    """The page of one principle, on that one."""
    desk.window.show_page("turned")
    page = desk.window.page("turned")
    assert isinstance(page, PrinciplePage)
    page.show_criterion(criterion)
    desk.rest()
    return page


def test_the_keys_rate_walk_and_take_back_on_one_principle(desk: Room) -> None:
    desk.declare()
    desk.declare(application=SECOND)
    page = principle(desk)
    assert page.application == FIRST
    desk.press("2")
    assert desk.draft().judgement(SAM).rating is Rating.PARTLY
    desk.press("Alt+Right")
    assert page.application == SECOND
    desk.press("1")
    assert desk.draft(SECOND).judgement(SAM).rating is Rating.MET
    desk.press("Ctrl+Z")
    assert desk.draft(SECOND).judgement(SAM).rating is None
    assert desk.draft().judgement(SAM).rating is Rating.PARTLY
    desk.press("K")
    assert page.criterion == CriterionId("MET")
    assert page.application == SECOND


def test_a_recused_application_is_closed_and_one_without_an_answer_is_asked_here(desk: Room) -> None:
    desk.declare(Declaration.RECUSED)
    page = principle(desk)
    assert page.application == SECOND
    assert page.rows[SECOND].body is None
    desk.press("1")
    assert desk.draft(SECOND).judgement(SAM).rating is None
    desk.declare(application=SECOND)
    assert page.rows[SECOND].body is not None
    page.open(FIRST)
    assert page.rows[FIRST].body is None


def test_other_search_words_give_other_places_and_the_framework_s_come_back(desk: Room) -> None:
    desk.declare()
    page = principle(desk)
    page.words.fold.click()
    page.words.field.setFocus()
    page.words.field.selectAll()
    desk.type("sidan")
    page.words.flush()
    desk.rest()
    assert turned.search_words(desk.desk.workspace, SAM) == ("sidan",)
    assert page.hits.count() == 3
    assert "Sidan" in page.hits.item(0).data(SHOWN).pieces
    desk.press("Esc", "H")
    desk.qtbot.waitUntil(lambda: bool(page.document.selections()), timeout=20_000)
    page.words._set_back()
    assert turned.own_words(desk.desk.workspace, SAM) == ()


def test_a_cell_of_the_overview_opens_its_place_and_a_head_sorts(desk: Room) -> None:
    desk.declare()
    desk.declare(application=SECOND)
    page = principle(desk)
    page.open(SECOND)
    desk.press("1")
    desk.press("Ctrl+4")
    page_ = desk.window.page("overview")
    assert isinstance(page_, OverviewPage)
    table = page_._table

    def order() -> list[str]:
        return [table.model().index(row, 0).data(UserRole).application for row in range(2)]

    assert order() == [FIRST, SECOND]
    heads = [table.model().headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    column = heads.index(SAM)
    table.sorted_by.emit(column)
    assert order() == [SECOND, FIRST]
    assert table.model().index(0, column).data().startswith("Uppfylld\nSAM 2026/00115")
    table.setCurrentCell(0, column)
    table.setFocus()
    desk.press("Left", "Right", "Return")
    assert desk.window.current_page == "assess"
    assert desk.page.application == SECOND
    assert desk.form.open_criterion == SAM


def test_a_search_finds_a_comment_and_opens_its_field(desk: Room) -> None:
    from esf_desktop.assessor import assess

    desk.declare()
    desk.desk.do(assess.comment, FIRST, RUS, "Behovet är styrkt av kommunerna.")
    desk.press("Ctrl+5")
    desk.type("styrkt")
    page = desk.window.page("search")
    assert isinstance(page, SearchPage)
    desk.qtbot.waitUntil(lambda: page.hits.count() == 2, timeout=10_000)
    desk.press("Down", "Return")
    assert desk.form.body is not None
    assert QApplication.focusWidget() is desk.form.body.comment
    desk.press("Esc")
    desk.press("Ctrl+Shift+F", "Ctrl+A")
    desk.type('"')
    desk.rest()
    assert desk.errors == []
