"""Judging by keys alone: questions, goals, areas, recommendation; one's place and the focus are kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import recuse
from esf_desktop.model import Answer, CriterionId, Declaration, ProjectType, Rating, Recommendation, Reference, replace
from tests import rounds
from tests.rounds import FIRST, LAR, RUS, SAM, SECOND
from tests.ui.desks import Room, room
from ui.assessor.checklist import OVERALL
from ui.widgets.choice import Choice

GOALS = ("Fler stannar i arbetslivet", "Lärande i hela regionen")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    for application in (FIRST, SECOND):
        made.declare(application=application)
    made.open(SAM)
    yield made
    close()
    assert made.errors == []


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def heading(desk: Room, criterion: CriterionId) -> QWidget:
    return next(part for part in desk.form.rows[criterion].children() if isinstance(part, QAbstractButton))


def test_the_focus_stays_where_it_was_after_a_rating_by_key(desk: Room) -> None:
    heading(desk, SAM).setFocus()
    for key in ("1", "2", "2"):
        desk.press(key)
        assert focus() is heading(desk, SAM)
    desk.press("J")
    assert desk.form.open_criterion != SAM
    assert desk.form.isAncestorOf(focus())
    desk.press("K")
    assert focus() is heading(desk, SAM)


def test_ones_place_is_kept_when_one_comes_back_to_an_application(desk: Room) -> None:
    heading(desk, SAM).setFocus()
    desk.press("Alt+Right")
    assert desk.page.application == SECOND
    assert desk.form.open_criterion == RUS
    assert desk.form.isAncestorOf(focus())
    desk.press("J", "J", "J", "Alt+Left")
    assert desk.form.open_criterion == SAM
    assert focus() is heading(desk, SAM)
    desk.press("Alt+Right")
    assert desk.form.open_criterion == desk.desk.call.criteria[3].id


@pytest.mark.parametrize("height", [600, 850])
def test_the_open_criterion_is_in_sight_from_its_heading(desk: Room, height: int) -> None:
    desk.window.resize(1280, height)
    for criterion in (*desk.desk.call.criteria, *desk.desk.call.criteria[::-1]):
        desk.form.open(criterion.id)
        QTest.qWait(30)
        row = desk.form.rows[criterion.id]
        view = desk.form._scroll.viewport()
        top = view.mapFromGlobal(row.mapToGlobal(QPoint(0, 0))).y()
        assert top >= 0
        assert top + min(row.height(), view.height()) <= view.height() + 1, criterion.id


def test_the_questions_are_answered_and_left_open_by_keys(desk: Room) -> None:
    desk.press("Shift+F1")
    desk.press("Space", "Right", "Right", "Right", "Space")
    assert desk.draft().judgement(SAM).questions[:2] == (Answer.YES, Answer.NO)
    desk.press("Space", "Left", "Space")
    assert desk.draft().judgement(SAM).questions[:2] == (Answer.YES, Answer.YES)
    desk.press("Space")
    assert desk.draft().judgement(SAM).questions[:2] == (Answer.YES, None)


def test_the_recommendation_is_chosen_and_cleared_by_the_keys_on_it(desk: Room) -> None:
    desk.form.open(OVERALL)
    for key, value in zip("1234", Recommendation, strict=True):
        desk.press(key)
        assert desk.draft().recommendation is value
    desk.press("4")
    assert desk.draft().recommendation is None
    choices = [c for c in desk.form.findChildren(Choice) if c.isVisible()]
    assert [choice.accessibleDescription() for choice in choices] == ["1", "2", "3", "4"]


def test_m_makes_the_open_area_the_main_one_and_again_none(desk: Room) -> None:
    said: list[str] = []
    desk.desk.announced.connect(said.append)
    desk.press("M")
    assert said == ["Öppna först det område som är huvudområde."]
    desk.form.open(LAR)
    desk.press("M")
    assert desk.draft().main_area == LAR
    desk.press("M")
    assert desk.draft().main_area is None


def with_goals(desk: Room) -> None:
    """The call with a strategy that has goals, opened anew at RUS."""
    reference = Reference("Strategi", None, GOALS)
    rounds.take(desk.desk.workspace, replace(desk.desk.call, call_version=2, references=(reference,)))
    desk.page.open(SECOND)
    desk.page.open(FIRST, RUS)
    desk.rest()


def test_a_goal_is_picked_into_the_comment_by_keys_and_undone_there(desk: Room) -> None:
    with_goals(desk)
    desk.press("C")
    desk.type("Leder mot:")
    desk.press("Escape", "G")
    assert isinstance(focus(), Choice)
    desk.press("Down", "Space")
    body = desk.form.body
    assert body is not None
    assert focus() is body.comment
    assert body.comment.toPlainText() == f"Leder mot: ”{GOALS[1]}” "
    desk.press("Ctrl+Z")
    assert body.comment.toPlainText() == "Leder mot:"
    desk.press("Ctrl+Shift+Z", "Escape")
    assert desk.draft().judgement(RUS).comment.strip() == f"Leder mot: ”{GOALS[1]}”"
    desk.press("Ctrl+Z")
    assert GOALS[1] not in desk.draft().judgement(RUS).comment


def test_only_the_requirement_has_goals_and_says_so(desk: Room) -> None:
    with_goals(desk)
    desk.form.open(SAM)
    said: list[str] = []
    desk.desk.announced.connect(said.append)
    desk.press("G")
    assert said == ["Målen hör till principen som är formulerad som ett krav."]


def test_every_key_of_the_form_is_printed_on_it(desk: Room) -> None:
    with_goals(desk)
    printed = {part.text() for part in desk.page.findChildren(QLabel) if part.property("role") == "key"}
    for name in ("guide", "note", "goals", "previous_criterion", "next_criterion", "finish", "only_this", "main_area"):
        assert desk.window.actions_.key(name) in printed, name


def test_a_comment_grows_with_its_text_and_its_last_line_stays_in_sight(qtbot: QtBot, desk: Room) -> None:
    desk.window.resize(1280, 600)
    desk.press("C")
    body = desk.form.body
    assert body is not None
    before = body.comment.height()
    for n in range(30):
        desk.type(f"Rad {n}")
        QTest.keyClick(body.comment, Qt.Key.Key_Return)
    view, comment = desk.form._scroll.viewport(), body.comment

    def last_line_in_sight() -> bool:
        caret = comment.cursorRect()
        bottom = view.mapFromGlobal(comment.viewport().mapToGlobal(caret.bottomLeft())).y()
        return comment.height() > before and 0 < bottom <= view.height()

    qtbot.waitUntil(last_line_in_sight)


def test_principles_that_are_not_selected_are_folded_together_and_can_be_read(desk: Room) -> None:
    call = desk.desk.call
    left = [p for p in call.framework.principles if p.id not in call.selected_principles]
    fold = desk.form.left_out
    assert f"{len(left)} principer" in fold.header.text()
    desk.click(fold.header)
    said = [part.text() for part in fold.findChildren(QLabel) if part.isVisible()]
    assert all(principle.description.spoken() in said for principle in left)


def test_a_feasibility_study_shows_what_it_is_spared_in_the_fold_and_counts_the_rest(desk: Room) -> None:
    plain = desk.desk.call
    principles = tuple(replace(p, for_feasibility_study=p.id != SAM) for p in plain.framework.principles)
    first, *rest = plain.applications
    study = replace(first, project_type=ProjectType.FEASIBILITY_STUDY)
    rounds.take(
        desk.desk.workspace,
        replace(
            plain,
            call_version=2,
            framework=replace(plain.framework, principles=principles),
            applications=(study, *rest),
        ),
    )
    desk.page.refresh()
    desk.page.open(SECOND)
    assert SAM in desk.form.rows
    desk.page.open(FIRST)
    assert SAM not in desk.form.rows
    assert "1 gäller inte förstudier" in desk.form.left_out.header.text()
    desk.click(desk.form.left_out.header)
    said = [part.text() for part in desk.form.left_out.findChildren(QLabel)]
    assert "gäller inte förstudier" in said
    desk.form.open(RUS)
    desk.press("1")
    assert desk.draft().judgement(RUS).rating is Rating.MET
    assert any("1 av 5" in part.text() for part in desk.form.findChildren(QLabel))


def test_who_abstains_and_comes_back_has_no_part_open(desk: Room) -> None:
    desk.desk.do(recuse.declare, FIRST, Declaration.RECUSED, "")
    desk.page.open(SECOND)
    desk.page.open(FIRST)
    assert desk.form.open_criterion is None
