"""Deeds on a real workspace: each does its one thing, and what may not be done changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, describe, evidence, notes, recuse
from esf_desktop.assessor.assess import NothingToUndoError, TextTooLongError
from esf_desktop.assessor.evidence import QuoteTooLongError
from esf_desktop.assessor.guard import FormClosedError, NotDeclaredError
from esf_desktop.completeness import State
from esf_desktop.errors import EsfError
from esf_desktop.model import Answer, ConflictOfInterest, Declaration, Rating, Recommendation, replace
from esf_desktop.workspace import Workspace
from tests.rounds import AT, FIRST, LAR, RUS, SAM, SECOND, later, quote, workspace


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    opened = workspace(tmp_path)
    recuse.declare(opened, FIRST, Declaration.NONE, at=AT)
    yield opened
    opened.close()


DEEDS: list[Callable[[Workspace], object]] = [
    lambda desk: assess.rate(desk, SECOND, SAM, Rating.MET, at=AT),
    lambda desk: assess.comment(desk, SECOND, SAM, "text", at=AT),
    lambda desk: assess.answer(desk, SECOND, SAM, 0, Answer.YES, at=AT),
    lambda desk: assess.choose_main_area(desk, SECOND, LAR, at=AT),
    lambda desk: assess.write_overall(desk, SECOND, "text", at=AT),
    lambda desk: assess.recommend(desk, SECOND, Recommendation.DISCUSS, at=AT),
    lambda desk: evidence.add(desk, SECOND, SAM, quote(), at=AT),
    lambda desk: evidence.remove(desk, SECOND, SAM, 0, at=AT),
    lambda desk: assess.take_back(desk, SECOND, "comment:SAM", "text", at=AT),
]


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_assessed_before_the_question_on_conflict_of_interest(
    desk: Workspace, deed: Callable[[Workspace], object]
) -> None:
    before = desk.logical_hash()
    with pytest.raises(NotDeclaredError):
        deed(desk)
    assert desk.logical_hash() == before


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_is_assessed_by_one_who_abstains(desk: Workspace, deed: Callable[[Workspace], object]) -> None:
    recuse.declare(desk, SECOND, Declaration.RECUSED, at=AT)
    before = desk.logical_hash()
    with pytest.raises(FormClosedError):
        deed(desk)
    assert desk.logical_hash() == before


def test_each_deed_sets_its_field(desk: Workspace) -> None:
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    assess.comment(desk, FIRST, SAM, "Åtta kommuner.\r\nBåda länen.", at=AT)
    assess.answer(desk, FIRST, SAM, 1, Answer.NO, at=AT)
    evidence.add(desk, FIRST, SAM, quote("åtta  kommuner\ni båda länen"), at=AT)
    assess.choose_main_area(desk, FIRST, LAR, at=AT)
    assess.write_overall(desk, FIRST, "Starkt.", at=AT)
    assess.recommend(desk, FIRST, Recommendation.PRIORITISE, at=AT)
    draft = desk.draft(FIRST)
    judgement = draft.judgement(SAM)
    assert judgement.rating is Rating.MET
    assert judgement.comment == "Åtta kommuner.\nBåda länen."
    assert judgement.questions == (None, Answer.NO, None, None, None)
    assert judgement.evidence == (quote(),)
    assert (draft.main_area, draft.overall, draft.recommendation) == (LAR, "Starkt.", Recommendation.PRIORITISE)
    assert desk.state(FIRST) is State.STARTED


def test_the_same_evidence_twice_is_kept_once_and_can_be_let_go(desk: Workspace) -> None:
    evidence.add(desk, FIRST, SAM, quote(), at=AT)
    evidence.add(desk, FIRST, SAM, quote(), at=AT)
    evidence.add(desk, FIRST, SAM, quote("annat"), at=AT)
    assert len(desk.draft(FIRST).judgement(SAM).evidence) == 2
    evidence.remove(desk, FIRST, SAM, 0, at=AT)
    assert [e.quote for e in desk.draft(FIRST).judgement(SAM).evidence] == ["annat"]
    assess.undo(desk, FIRST, at=AT)
    assert len(desk.draft(FIRST).judgement(SAM).evidence) == 2


@pytest.mark.parametrize("text", ["", " \n ", "x" * 2001])
def test_evidence_without_a_quote_or_with_a_chapter_is_refused(desk: Workspace, text: str) -> None:
    before = desk.logical_hash()
    with pytest.raises(QuoteTooLongError):
        evidence.add(desk, FIRST, SAM, quote(text), at=AT)
    assert desk.logical_hash() == before


def test_undo_and_redo_walk_over_ratings_comments_and_notes(desk: Workspace) -> None:
    assess.rate(desk, FIRST, SAM, Rating.PARTLY, at=AT)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=later(1))
    notes.write(desk, FIRST, SAM, "Kolla bilagan.", at=later(2))
    assess.undo(desk, FIRST, at=later(3))
    assert desk.note(FIRST, SAM) == ""
    assess.undo(desk, FIRST, at=later(4))
    assert desk.draft(FIRST).judgement(SAM).rating is Rating.PARTLY
    assess.redo(desk, FIRST, at=later(5))
    assess.redo(desk, FIRST, at=later(6))
    assert desk.note(FIRST, SAM) == "Kolla bilagan."
    assert desk.draft(FIRST).judgement(SAM).rating is Rating.MET
    with pytest.raises(NothingToUndoError):
        assess.redo(desk, FIRST, at=later(7))
    assert desk.faults() == ()


def test_undo_in_one_application_leaves_the_others(desk: Workspace) -> None:
    recuse.declare(desk, SECOND, Declaration.NONE, at=AT)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    assess.rate(desk, SECOND, SAM, Rating.MET, at=AT)
    assess.undo(desk, FIRST, at=AT)
    assert desk.draft(FIRST).judgement(SAM).rating is None
    assert desk.draft(SECOND).judgement(SAM).rating is Rating.MET


def test_undo_does_not_reach_behind_a_declaration(desk: Workspace) -> None:
    assess.rate(desk, FIRST, RUS, Rating.MET, at=AT)
    recuse.declare(desk, FIRST, Declaration.POSSIBLE, "Granne.", at=AT)
    with pytest.raises(NothingToUndoError):
        assess.undo(desk, FIRST, at=AT)


def test_a_recusal_keeps_its_trace_and_can_be_taken_back(desk: Workspace) -> None:
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    recuse.declare(desk, FIRST, Declaration.RECUSED, "Släkt.", at=later(1))
    recuse.declare(desk, FIRST, Declaration.NONE, "", at=later(2))
    assert desk.draft(FIRST).judgement(SAM).rating is Rating.MET
    assert [step.field for step in desk.steps(FIRST)].count("conflict") == 3


def test_the_same_declaration_again_is_the_one_that_was_made(desk: Workspace) -> None:
    recuse.declare(desk, FIRST, Declaration.POSSIBLE, "Granne.", at=later(1))
    before = desk.logical_hash()
    recuse.declare(desk, FIRST, Declaration.POSSIBLE, "Granne.", at=later(100))
    assert desk.logical_hash() == before
    recuse.declare(desk, FIRST, Declaration.POSSIBLE, "Granne till sökanden.", at=later(200))
    assert desk.draft(FIRST).conflict_of_interest == ConflictOfInterest(
        Declaration.POSSIBLE, later(200), "Granne till sökanden."
    )


def test_a_text_over_the_limit_is_refused_and_the_earlier_one_stays(desk: Workspace) -> None:
    assess.comment(desk, FIRST, SAM, "x" * 20_000, at=AT)
    with pytest.raises(TextTooLongError):
        assess.comment(desk, FIRST, SAM, "x" * 20_001, at=AT)
    assert len(desk.draft(FIRST).judgement(SAM).comment) == 20_000


def test_text_is_kept_in_nfc_without_characters_that_cannot_be_seen(desk: Workspace) -> None:
    assess.comment(desk, FIRST, SAM, "A\u030asele\u202e \x00čáŋ\ttext", at=AT)
    assert desk.draft(FIRST).judgement(SAM).comment == "Åsele čáŋ text"


def test_a_correction_shows_and_goes_when_it_says_what_was_known(desk: Workspace) -> None:
    known = desk.application(FIRST)
    describe.correct(desk, replace(known, applicant_name="Den andra kommunen"), at=AT)
    assert desk.application(FIRST).applicant_name == "Den andra kommunen"
    assert desk.applications()[0].applicant_name == "Den andra kommunen"
    describe.correct(desk, known, at=AT)
    assert desk.value(FIRST, "described") is None


def test_every_refusal_has_a_sentence_in_both_languages(desk: Workspace) -> None:
    from esf_desktop import i18n

    errors: list[EsfError] = [NotDeclaredError("a"), FormClosedError("a"), NothingToUndoError(), TextTooLongError()]
    for error in [*errors, QuoteTooLongError()]:
        said = set()
        for language in i18n.Language:
            i18n.use(language)
            said.add(error.sentence())
            assert len(error.sentence()) <= 140
        assert len(said) == 2
