"""What an assessment lacks, against the rules of the domain."""

from datetime import UTC, datetime

import pytest

from esf_desktop import i18n
from esf_desktop.completeness import Lack, complete, met_count, missing, unchanged, untouched
from esf_desktop.model import (
    ConflictOfInterest,
    CriterionId,
    Declaration,
    Draft,
    Judgement,
    Rating,
    Recommendation,
    Requirements,
    Scale,
    replace,
)
from tests.rounds import FIRST, LAR, SAM, call, quote

DECLARED = ConflictOfInterest(Declaration.NONE, datetime(2026, 11, 23, tzinfo=UTC))
CALL = call()


def full() -> Draft:
    judgements = tuple(
        Judgement(criterion.id, Rating.MET, "Tydligt visat.", (None,) * len(criterion.questions), (quote(),))
        for criterion in CALL.criteria
    )
    return Draft(FIRST, DECLARED, judgements, LAR, "Ett starkt projekt.", Recommendation.PRIORITISE)


def with_judgement(criterion: CriterionId, **values: object) -> Draft:
    draft = full()
    changed = tuple(replace(j, **values) if j.criterion == criterion else j for j in draft.judgements)
    return replace(draft, judgements=changed)


def test_a_full_assessment_lacks_nothing() -> None:
    assert missing(CALL, full()) == ()


def test_an_untouched_assessment_lacks_everything_in_the_order_of_the_checklist() -> None:
    lacks = [(one.lack, one.criterion) for one in missing(CALL, Draft(FIRST))]
    criteria = [(Lack.RATING, criterion.id) for criterion in CALL.criteria]
    assert lacks == [(Lack.DECLARATION, None), *criteria, (Lack.OVERALL, None), (Lack.RECOMMENDATION, None)]
    assert untouched(Draft(FIRST, DECLARED))


def test_a_recused_assessment_needs_nothing_more() -> None:
    recused = Draft(FIRST, replace(DECLARED, answer=Declaration.RECUSED))
    assert complete(CALL, recused)
    assert not untouched(recused)


@pytest.mark.parametrize(
    ("criterion", "rating", "lacking"),
    [
        (SAM, Rating.MET, True),
        (SAM, Rating.NOT_MET, True),
        (SAM, Rating.CANNOT_ASSESS, True),
        (LAR, Rating.MET, True),
        (LAR, Rating.NOT_MET, False),
        (LAR, Rating.CANNOT_ASSESS, True),
    ],
)
def test_a_comment_is_needed_where_the_rules_say_so(criterion: CriterionId, rating: Rating, lacking: bool) -> None:
    draft = with_judgement(criterion, rating=rating, comment=" ")
    assert any(one.lack is Lack.COMMENT for one in missing(CALL, draft)) is lacking


def test_what_cannot_be_assessed_needs_a_comment_even_in_a_call_without_comments() -> None:
    relaxed = replace(CALL, require=Requirements(comments=False))
    assert complete(relaxed, with_judgement(SAM, comment=""))
    assert not complete(relaxed, with_judgement(SAM, rating=Rating.CANNOT_ASSESS, comment=""))


def test_met_without_evidence_is_warned_of_and_stops_only_where_the_call_says_so() -> None:
    draft = with_judgement(SAM, evidence=())
    (warning,) = missing(CALL, draft)
    assert (warning.lack, warning.required) == (Lack.EVIDENCE, False)
    assert complete(CALL, draft)
    assert not complete(replace(CALL, require=Requirements(evidence=True)), draft)


def test_met_is_counted_among_the_selected_principles_only() -> None:
    assert met_count(CALL, full()) == (6, 6)
    assert met_count(CALL, with_judgement(SAM, rating=Rating.PARTLY)) == (5, 6)


@pytest.mark.parametrize("language", list(i18n.Language))
def test_every_lack_says_what_is_missing(language: i18n.Language) -> None:
    i18n.use(language)
    draft = with_judgement(SAM, evidence=(), comment="")
    sentences = {one.sentence() for one in (*missing(CALL, Draft(FIRST)), *missing(CALL, draft))}
    assert len(sentences) == 2 + len(CALL.criteria) + 3


def test_a_draft_is_unchanged_only_as_long_as_it_says_what_was_signed() -> None:
    from esf_desktop.model import Assessment

    draft = full()
    signed = Assessment(
        "id",
        FIRST,
        (),
        1,
        (),
        "0" * 64,
        DECLARED,
        draft.judgements,
        LAR,
        draft.overall,
        draft.recommendation,
        DECLARED.declared_at,
    )
    assert unchanged(draft, signed)
    assert not unchanged(replace(draft, overall="Ett annat projekt."), signed)
    assert not unchanged(replace(draft, conflict_of_interest=replace(DECLARED, answer=Declaration.RECUSED)), signed)


def test_a_rating_outside_the_calls_scale_counts_as_none() -> None:
    ticked, draft = replace(CALL, scale=Scale.TICK), with_judgement(SAM, rating=Rating.PARTLY)
    assert complete(CALL, draft)
    assert [(one.lack, one.criterion) for one in missing(ticked, draft)] == [(Lack.RATING, SAM)]
