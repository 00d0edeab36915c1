"""A filled-in sheet is typed in by keyboard alone, and what is typed is on disk at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from esf_desktop import completeness, i18n
from esf_desktop.model import Answer, CriterionId, Declaration, Rating, Recommendation
from tests.rounds import FIRST, RUS, SECOND
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import Room, room
from ui.assessor.paper_entry import PaperEntry

QUOTE = "Parterna kommer från åtta kommuner i båda länen"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path / "desk")
    yield made
    close()


@pytest.fixture
def paper(desk: Room, qtbot: QtBot) -> Iterator[PaperEntry]:
    made = PaperEntry(desk.window, desk.desk, FIRST)
    made.open()
    qtbot.waitActive(made)
    yield made
    if isValid(made):
        for edit in made.findChildren(QLineEdit):
            edit.clear()
        made.close()


def said(paper: PaperEntry) -> str:
    return "\n".join(part.text() for part in paper.findChildren(QLabel) if part.isVisible())


def keys(desk: Room, typed: str) -> None:
    """Press each sign as a key of its own, and ⏎ and ⇥ as Enter and Tab."""
    for sign in typed:
        if sign in "⏎⇥":
            desk.press("Return" if sign == "⏎" else "Tab")
            desk.rest()
        else:
            desk.type(sign)


def test_a_whole_sheet_is_typed_in_without_the_mouse(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    assert desk.draft().conflict_of_interest is not None
    for criterion in desk.desk.call.criteria:
        assert paper.part.name == criterion.id
        keys(desk, "J" * len(criterion.questions))
        keys(desk, f"1Åtta kommuner i {criterion.id}.⇥2⏎{QUOTE}⏎⏎⏎")
    keys(desk, "2Stark helhet.⇥1")
    draft = desk.draft()
    assert desk.errors == []
    assert completeness.missing(desk.desk.call, draft) == ()
    judgement = draft.judgement(RUS)
    assert (judgement.rating, judgement.comment) == (Rating.MET, "Åtta kommuner i RUS.")
    assert set(judgement.questions) == {Answer.YES}
    assert [(one.page, one.label, bool(one.rects)) for one in judgement.evidence] == [(1, "2", True)]
    assert (draft.main_area, draft.recommendation) == (CriterionId("LAR"), Recommendation.PRIORITISE)
    assert "Inget återstår före signering." in said(paper)


def test_the_next_sheet_begins_with_its_own_question(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    paper.turn_to(len(desk.desk.call.criteria) + 1)
    keys(desk, "⏎⇥3⏎")
    assert desk.draft().recommendation is Recommendation.DO_NOT_PRIORITISE
    desk.press("Space")
    assert paper.part.name == ""
    keys(desk, "1")
    assert desk.draft(SECOND).conflict_of_interest is not None


def test_two_answers_on_jav_ask_for_a_reason_and_the_third_does_not(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "2")
    assert desk.draft().conflict_of_interest is None
    keys(desk, "Min kusin arbetar där.⏎")
    declared = desk.draft().conflict_of_interest
    assert declared is not None
    assert (declared.answer, declared.reason) == (Declaration.POSSIBLE, "Min kusin arbetar där.")
    assert paper.part.name == RUS


def test_the_form_is_closed_for_somebody_who_abstains(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "3Sitter i styrelsen.⏎")
    assert desk.draft().recused
    paper.turn_to(1)
    keys(desk, "J1")
    assert desk.draft().judgement(RUS).rating is None
    assert desk.errors == []


def test_words_that_are_not_there_are_saved_only_when_that_is_meant(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    paper.turn_to(1)
    keys(desk, "⏎" * (len(desk.desk.call.criterion(RUS).questions) + 1) + "⇥")
    keys(desk, "2⏎ungefär åtta kommuner⏎")
    assert desk.draft().judgement(RUS).evidence == ()
    assert "inte på sidan 2" in said(paper)
    keys(desk, "⏎")
    kept = desk.draft().judgement(RUS).evidence
    assert [(one.page, one.quote, one.rects) for one in kept] == [(1, "ungefär åtta kommuner", ())]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(i18n.Language.SWEDISH, "Inget dokument har sidan 99"), (i18n.Language.ENGLISH, "No document has a page 99")],
)
def test_a_page_that_does_not_exist_is_told(
    desk: Room, paper: PaperEntry, language: i18n.Language, sentence: str
) -> None:
    i18n.use(language)
    keys(desk, "1")
    paper.turn_to(1)
    keys(desk, "⏎" * (len(desk.desk.call.criterion(RUS).questions) + 1) + "⇥99⏎åtta kommuner⏎⏎")
    assert sentence in said(paper)
    assert desk.draft().judgement(RUS).evidence == ()


def test_evidence_that_is_not_saved_keeps_the_window_open(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    paper.turn_to(1)
    keys(desk, "⏎" * (len(desk.desk.call.criterion(RUS).questions) + 1) + "⇥99⏎åtta kommuner")
    paper.close()
    assert paper.isVisible()
    assert "inte sparat än" in said(paper)
    paper.turn_to(2)
    assert paper.part.name == RUS


def test_a_comment_is_on_disk_when_the_window_is_closed(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    paper.turn_to(1)
    keys(desk, "⏎" * (len(desk.desk.call.criterion(RUS).questions) + 1) + "Halvskriven")
    paper.close()
    assert desk.draft().judgement(RUS).comment == "Halvskriven"


def test_an_answer_is_cleared_and_the_arrows_lead_to_its_neighbour(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1J")
    first = desk.draft().judgement(RUS).questions[0]
    desk.press("Up")
    desk.press("Delete")
    assert (first, desk.draft().judgement(RUS).questions[0]) == (Answer.YES, None)
    desk.press("Right", "Space")
    assert desk.draft().judgement(RUS).questions[0] is Answer.NO


def test_parts_are_turned_by_keys_and_by_the_list(desk: Room, paper: PaperEntry) -> None:
    keys(desk, "1")
    desk.press("Alt+Down", "Alt+Down", "Alt+Up")
    assert paper.part.name == desk.desk.call.principles[1].id
    focused = QApplication.focusWidget()
    assert focused is not None
    assert paper.part.isAncestorOf(focused)


def test_everything_has_a_name_for_a_screen_reader(desk: Room, paper: PaperEntry) -> None:
    assert nameless(paper) == []
    keys(desk, "1")
    assert nameless(paper) == []


def test_the_menu_opens_it_for_the_open_application(desk: Room, qtbot: QtBot) -> None:
    action = desk.window.actions_["paper"]
    assert action.shortcut().toString() == "Ctrl+Shift+P"
    with qtbot.waitSignal(desk.window.wished) as wished:
        action.trigger()
    assert wished.args == ["paper"]
