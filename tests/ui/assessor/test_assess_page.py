"""An application is judged beside its document, by keys and by mouse, and everything is on disk at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from esf_desktop.errors import DiskFullError
from esf_desktop.model import Answer, Declaration, Rating, Recommendation
from esf_desktop.workspace import Workspace
from tests.rounds import FIRST, LAR, RUS, SAM, SECOND
from tests.ui.desks import Room, room
from ui.assessor.checklist import OVERALL
from ui.widgets.choice import Choice
from ui.widgets.rating_control import Segment
from ui.widgets.row_header import RowHeader


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    close()
    assert made.errors == []


def test_the_question_on_conflict_of_interest_comes_before_everything_else(desk: Room) -> None:
    desk.window.show_page("assess")
    desk.page.open(FIRST)
    headers = desk.form.findChildren(RowHeader)
    assert headers
    assert not any(header.isEnabled() for header in headers)
    desk.press("1")
    assert desk.draft().judgement(RUS).rating is None
    none = next(c for c in desk.form.findChildren(Choice) if c.text() == "Nej, inget jäv")
    desk.click(none)
    declared = desk.draft().conflict_of_interest
    assert declared is not None
    assert declared.answer is Declaration.NONE
    assert all(header.isEnabled() for header in headers)
    assert desk.form.open_criterion == RUS


def test_who_abstains_finds_the_form_closed_and_can_change_the_answer(desk: Room) -> None:
    desk.declare(Declaration.RECUSED)
    desk.window.show_page("assess")
    desk.page.open(FIRST)
    assert not any(header.isVisible() for header in desk.form.findChildren(RowHeader))
    desk.press("1", "2", "J", "C")
    assert desk.draft().judgement(RUS).rating is None
    desk.declare(Declaration.NONE)
    assert any(header.isVisible() for header in desk.form.findChildren(RowHeader))


def test_a_possible_conflict_asks_for_a_reason_before_it_counts(desk: Room) -> None:
    desk.window.show_page("assess")
    desk.page.open(FIRST)
    perhaps = next(c for c in desk.form.findChildren(Choice) if c.text().startswith("Kanske"))
    desk.click(perhaps)
    assert desk.draft().conflict_of_interest is None
    desk.type("Min granne arbetar där.")
    confirm = next(b for b in _buttons(desk) if b.text() == "Anteckna det och gå vidare")
    desk.click(confirm)
    declared = desk.draft().conflict_of_interest
    assert declared is not None
    assert declared.answer is Declaration.POSSIBLE
    assert declared.reason == "Min granne arbetar där."


def test_a_reason_that_was_typed_counts_when_a_person_goes_on_without_the_button(desk: Room) -> None:
    desk.window.show_page("assess")
    desk.page.open(FIRST)
    desk.click(next(c for c in desk.form.findChildren(Choice) if c.text().startswith("Kanske")))
    desk.type("Granne med sökanden.")
    desk.page.open(SECOND)
    declared = desk.draft().conflict_of_interest
    assert declared is not None
    assert (declared.answer, declared.reason) == (Declaration.POSSIBLE, "Granne med sökanden.")


def test_a_fact_that_cannot_be_saved_stays_in_its_field(desk: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.declare()
    desk.window.show_page("assess")
    desk.page.open(FIRST)
    edit = next(e for e in desk.form.facts.edits if e.fact.field == "project_name")

    def full(*_words: object, **_named: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as broken:
        broken.setattr(Workspace, "write", full)
        edit.setText("Ett annat namn")
        assert not edit.flush()
    assert edit.text() == "Ett annat namn"
    assert edit.flush()
    assert desk.desk.workspace.application(FIRST).project_name == "Ett annat namn"
    desk.errors.clear()


def test_number_keys_rate_and_the_same_key_again_clears(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    for key, rating in zip("1234", Rating, strict=True):
        desk.press(key)
        assert desk.draft().judgement(SAM).rating is rating
    desk.press("4")
    assert desk.draft().judgement(SAM).rating is None


def test_a_click_on_a_segment_rates(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    body = desk.form.body
    assert body is not None
    segment = next(s for s in body.control.findChildren(Segment) if s.text() == "Delvis")
    desk.click(segment)
    assert desk.draft().judgement(SAM).rating is Rating.PARTLY


def test_digits_and_letters_in_a_comment_are_text_and_no_commands(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("C")
    desk.press("1", "J", "E", "K", "N", "4")
    assert desk.form.open_criterion == SAM
    assert desk.draft().judgement(SAM).rating is None
    assert desk.form.flush()
    assert desk.draft().judgement(SAM).comment.lower() == "1jekn4"


def test_a_comment_saves_itself_after_the_last_key(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("C")
    desk.type("Åtta kommuner deltar.")
    desk.qtbot.waitUntil(lambda: desk.draft().judgement(SAM).comment == "Åtta kommuner deltar.", timeout=5_000)


def test_escape_leaves_the_comment_and_saves_it(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("C")
    desk.type("Förankrat.")
    desk.press("Esc")
    assert desk.draft().judgement(SAM).comment == "Förankrat."
    desk.press("2")
    assert desk.draft().judgement(SAM).rating is Rating.PARTLY


def test_closing_the_window_saves_what_was_just_typed(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("C")
    desk.type("Sista ordet")
    desk.window.close()
    assert desk.draft().judgement(SAM).comment == "Sista ordet"


def test_undo_names_its_step_and_takes_it_back(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("1")
    assert desk.window.actions_["undo"].text() == "Ångra: Uppfylld för SAM"
    desk.press("Ctrl+Z")
    assert desk.draft().judgement(SAM).rating is None
    assert not desk.window.actions_["undo"].isEnabled()
    assert desk.window.actions_["redo"].text() == "Gör om: Uppfylld för SAM"
    desk.press("Ctrl+Shift+Z")
    assert desk.draft().judgement(SAM).rating is Rating.MET


def test_undo_within_a_comment_is_the_fields_own(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("1", "C")
    desk.type("Bra")
    desk.press("Ctrl+Z")
    assert desk.draft().judgement(SAM).rating is Rating.MET


def test_j_and_k_walk_through_principles_areas_and_the_overall_text(desk: Room) -> None:
    desk.declare()
    desk.open(RUS)
    order = [*(criterion.id for criterion in desk.desk.call.criteria), OVERALL]
    for wanted in order[1:]:
        desk.press("J")
        assert desk.form.open_part == wanted
    desk.press("J")
    assert desk.form.open_part == OVERALL
    for wanted in reversed(order[:-1]):
        desk.press("K")
        assert desk.form.open_part == wanted


def test_selected_text_becomes_evidence_by_e_and_a_click_leads_back_to_it(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.qtbot.waitUntil(lambda: desk.page.document.pages.text(0) is not None, timeout=20_000)
    text = desk.page.document.pages.text(0)
    assert text is not None
    start = text.text.index("åtta kommuner")
    desk.page.document.pages.select(0, start, start + len("åtta kommuner"))
    desk.press("E")
    (found,) = desk.draft().judgement(SAM).evidence
    assert (found.quote, found.page) == ("åtta kommuner", 0)
    assert found.rects
    desk.page.document.go_to_page(2)
    body = desk.form.body
    assert body is not None
    body.evidence_opened.emit(found)
    desk.rest()
    place = desk.page.document.place()
    assert place is not None
    assert place.page == 0


def test_e_without_a_selection_says_what_to_do(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    with desk.qtbot.waitSignal(desk.desk.announced) as said:
        desk.press("E")
    assert said.args == ["Markera ett stycke i dokumentet först; sedan kan det bli belägg."]
    assert desk.draft().judgement(SAM).evidence == ()


def test_guiding_questions_are_answered_and_left_open_again(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("F1")
    body = desk.form.body
    assert body is not None
    yes = next(b for b in body.findChildren(QToolButton) if b.text() == "Ja")
    desk.click(yes)
    assert desk.draft().judgement(SAM).questions[0] is Answer.YES
    desk.click(yes)
    assert desk.draft().judgement(SAM).questions[0] is None
    assert desk.draft().judgement(SAM).rating is None


def test_a_private_note_is_kept_apart_from_the_draft(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("N")
    desk.type("Ring projektledaren")
    assert desk.form.flush()
    assert desk.desk.workspace.note(FIRST, SAM) == "Ring projektledaren"
    assert "Ring" not in repr(desk.draft())


def test_overall_text_and_recommendation_are_saved_and_a_second_press_clears(desk: Room) -> None:
    desk.declare()
    desk.open(RUS)
    desk.form.open(OVERALL)
    desk.press("C")
    desk.type("Väl underbyggt.")
    choice = next(c for c in desk.form.findChildren(Choice) if c.text() == "Prioritera")
    desk.click(choice)
    assert desk.draft().overall == "Väl underbyggt."
    assert desk.draft().recommendation is Recommendation.PRIORITISE
    desk.click(choice)
    assert desk.draft().recommendation is None


def test_one_area_can_be_the_main_one(desk: Room) -> None:
    desk.declare()
    desk.open(LAR)
    title = desk.desk.call.criterion(LAR).title.spoken()
    radio = next(b for b in desk.form.findChildren(Choice) if b.text() == title)
    desk.qtbot.mouseClick(radio, Qt.MouseButton.LeftButton, pos=radio.rect().center() - radio.rect().center() / 1.1)
    assert desk.draft().main_area == LAR


def test_done_stays_at_the_first_thing_that_is_missing(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    with desk.qtbot.waitSignal(desk.desk.announced) as said:
        desk.press("Ctrl+Return")
    assert said.args == ["RUS är inte bedömd."]
    assert desk.form.open_criterion == RUS


def test_alt_and_arrows_turn_to_the_neighbouring_application(desk: Room) -> None:
    desk.open(RUS)
    desk.press("Alt+Right")
    assert desk.page.application == SECOND
    desk.press("Alt+Left")
    assert desk.page.application == FIRST


def test_a_corrected_fact_is_kept_and_an_unreadable_one_is_explained(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    facts = desk.form.facts
    support = next(e for e in facts.edits if e.fact.field == "requested_support")
    support.setText("3 912 000 kr")
    support.flush()
    assert desk.desk.workspace.application(FIRST).requested_support == 3_912_000
    support.setText("mycket")
    support.flush()
    assert desk.desk.workspace.application(FIRST).requested_support == 3_912_000
    assert "hela kronor" in facts.problem


def test_switching_language_keeps_the_place_and_the_text(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("C")
    desk.type("Kvar")
    i18n.use(i18n.Language.ENGLISH)
    assert desk.window.flush()
    desk.window.build()
    QApplication.processEvents()
    assert desk.page.application == FIRST
    assert desk.form.open_criterion == SAM
    body = desk.form.body
    assert body is not None
    assert body.comment.toPlainText() == "Kvar"
    assert desk.window.frame.sign.text() == "Sign and send…"
    desk.rest()


def _buttons(desk: Room) -> list[QPushButton]:
    return desk.form.findChildren(QPushButton)
