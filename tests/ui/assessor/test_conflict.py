"""The question on conflict of interest by keyboard: keys on its answers, a note that is asked for, and the way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess
from esf_desktop.model import Declaration, Rating
from tests.rounds import FIRST, SAM
from tests.ui.desks import Room, room


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    made.window.show_page("assess")
    made.page.open(FIRST)
    made.page.list.setFocus()
    made.rest()
    yield made
    close()


def answer(desk: Room) -> tuple[Declaration, str] | None:
    declared = desk.draft().conflict_of_interest
    return (declared.answer, declared.reason) if declared else None


def test_one_key_says_that_there_is_none_and_the_next_rates(desk: Room) -> None:
    desk.press("1")
    assert answer(desk) == (Declaration.NONE, "")
    assert desk.draft().judgement(desk.desk.call.criteria[0].id).rating is None
    desk.page.list.setFocus()
    desk.press("1")
    assert desk.draft().judgement(desk.desk.call.criteria[0].id).rating is Rating.MET


def test_a_possible_conflict_asks_for_a_note_before_it_counts(desk: Room) -> None:
    desk.press("2")
    question = desk.form._conflict
    assert not question._confirm.isEnabled()
    assert answer(desk) is None
    desk.type("Min granne är partner.")
    desk.press("Tab", "Space")
    assert answer(desk) == (Declaration.POSSIBLE, "Min granne är partner.")
    assert desk.form.workable


def test_who_abstains_need_not_say_why_and_the_ratings_come_back_with_another_answer(desk: Room) -> None:
    desk.press("1")
    desk.desk.do(assess.rate, FIRST, SAM, Rating.MET)
    desk.page.list.setFocus()
    desk.press("Ctrl+J")
    assert desk.form._conflict.isVisible()
    desk.press("3")
    desk.press("Tab", "Space")
    assert answer(desk) == (Declaration.RECUSED, "")
    assert not desk.form.workable
    desk.page.list.setFocus()
    desk.press("4", "J", "C")
    assert desk.draft().judgement(SAM).rating is Rating.MET, "no key reaches a closed form"
    desk.press("Ctrl+J")
    desk.press("1")
    assert answer(desk) == (Declaration.NONE, "")
    assert desk.form.workable
    assert desk.draft().judgement(SAM).rating is Rating.MET


def test_each_answer_is_heard_with_its_question_its_key_and_whether_it_is_chosen(desk: Room) -> None:
    desk.press("1")
    desk.press("Ctrl+J")
    QApplication.processEvents()
    for place, (choice_answer, choice) in enumerate(desk.form._conflict._choices.items()):
        heard = QAccessible.queryAccessibleInterface(choice)
        assert "jävig" in heard.text(QAccessible.Text.Name)
        assert heard.text(QAccessible.Text.Description) == str(place + 1)
        assert bool(heard.state().checked) == (choice_answer is Declaration.NONE)
        assert bool(heard.state().checkable)


def test_the_law_unfolds_in_plain_words(desk: Room) -> None:
    question = desk.form._conflict
    question._more.setFocus()
    desk.press("Space")
    assert question._law.isVisible()
    assert all(section in question._law.text() for section in ("16\u00a0§", "17\u00a0§", "18\u00a0§"))
