"""What a call spares a förstudie is skipped there and not counted; every other application is judged by all of it."""

from pathlib import Path

import pytest

from esf_desktop import completeness, framework, paths
from esf_desktop.assessor import assess, recuse
from esf_desktop.completeness import Lack
from esf_desktop.errors import EsfError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.verify import check_bundle_against_call
from esf_desktop.model import Answer, Call, CriterionId, Declaration, Draft, Judgement, ProjectType, Rating, replace
from esf_desktop.secretariat.compare import Mark, compare
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.exchange import samples
from tests.rounds import AT, FIRST, SAM, SECOND
from tests.secretariat import samples as register

GEO = CriterionId("GEO")


def call() -> Call:
    """SAM and the second question of GEO are spared; the first application is a förstudie, the second is not."""
    plain = rounds.call()
    principles = tuple(
        replace(p, for_feasibility_study=p.id != SAM)
        if p.id != GEO
        else replace(p, questions=tuple(replace(q, for_feasibility_study=n != 1) for n, q in enumerate(p.questions)))
        for p in plain.framework.principles
    )
    kinds = (ProjectType.FEASIBILITY_STUDY, ProjectType.IMPLEMENTATION)
    applications = tuple(replace(a, project_type=kind) for a, kind in zip(plain.applications, kinds, strict=True))
    return replace(plain, framework=replace(plain.framework, principles=principles), applications=applications)


def test_only_a_feasibility_study_is_spared() -> None:
    assert SAM not in [c.id for c in call().criteria_for(FIRST)]
    assert call().criteria_for(SECOND) == call().criteria
    assert len(call().principles_for(FIRST)) == len(call().principles) - 1
    geo = call().criterion(GEO)
    assert [call().asks(FIRST, question) for question in geo.questions].count(False) == 1
    assert all(call().asks(SECOND, question) for question in geo.questions)


def test_an_application_whose_kind_nobody_has_told_is_judged_by_everything() -> None:
    assert replace(call(), applications=rounds.call().applications).criteria_for(FIRST) == call().criteria


def test_what_is_spared_is_neither_missing_nor_counted() -> None:
    for application, of in ((FIRST, 5), (SECOND, 6)):
        lacking = [m.criterion for m in completeness.missing(call(), Draft(application)) if m.lack is Lack.RATING]
        assert (SAM in lacking) is (application == SECOND)
        assert completeness.met_count(call(), Draft(application)) == (0, of)
    met = Draft(FIRST, judgements=tuple(Judgement(c.id, Rating.MET) for c in call().criteria))
    assert completeness.met_count(call(), met) == (5, 5)


def test_the_desk_holds_no_judgement_of_what_is_spared_and_leaves_its_questions_open(tmp_path: Path) -> None:
    desk = Workspace.open(tmp_path)
    try:
        rounds.take(desk, call())
        for application in (FIRST, SECOND):
            recuse.declare(desk, application, Declaration.NONE, "", at=AT)
            assess.rate(desk, application, SAM, Rating.MET, at=AT)
            for question in (0, 1):
                assess.answer(desk, application, GEO, question, Answer.YES, at=AT)
        study, other = desk.draft(FIRST), desk.draft(SECOND)
        assert SAM not in [judgement.criterion for judgement in study.judgements]
        assert study.judgement(GEO).questions[:2] == (Answer.YES, None)
        assert other.judgement(SAM).rating is Rating.MET
        assert other.judgement(GEO).questions[:2] == (Answer.YES, Answer.YES)
    finally:
        desk.close()


def sparing(plain: Call) -> Call:
    """That call with what `call` spares, and its first application a förstudie."""
    first, *rest = plain.applications
    study = replace(first, project_type=ProjectType.FEASIBILITY_STUDY)
    return replace(plain, framework=call().framework, applications=(study, *rest))


def answer(*, spared: bool = False, answered: bool = False) -> str:
    """What holding a bundle on a förstudie against its call says, when the bundle says something of what is spared."""
    asked, plain = sparing(samples.call()), samples.bundle().assessments[0]
    judgements = tuple(
        replace(j, questions=(Answer.YES, Answer.YES if answered else None, *j.questions[2:]))
        if j.criterion == GEO
        else j
        for j in plain.judgements
        if spared or j.criterion != SAM
    )
    said = replace(plain, judgements=judgements, framework_sha256=canonical.identity(asked.framework))
    try:
        check_bundle_against_call(
            replace(samples.bundle(), assessments=(said,)),
            asked,
            call_sha256=samples.call_sha256(),
            secretariat_fingerprint=samples.keys().secretariat.fingerprint,
            file="f",
        )
    except EsfError as error:
        return error.code
    return "accepted"


def test_a_bundle_may_not_say_anything_of_what_is_spared() -> None:
    assert answer() == "accepted"
    assert answer(spared=True) == "unknown_criterion"
    assert answer(answered=True) == "unknown_criterion"


def test_the_comparison_leaves_out_what_is_spared_and_counts_the_rest() -> None:
    asked = sparing(register.call(applications=2, assessors=2))
    study, other = (application.id for application in asked.applications)
    sent = {
        (n, application): register.assessment(asked, application, {SAM: Rating.NOT_MET} if n else {})
        for n in range(2)
        for application in (study, other)
    }
    spared, judged = compare(asked, [register.person(n) for n in range(2)], register.delivered(sent)).lines
    cells = [{cell.criterion: cell for cell in line.cells}[SAM] for line in (spared, judged)]
    assert [[tile.mark for tile in cell.tiles] for cell in cells] == [[Mark.SPARED] * 2, [Mark.RATED] * 2]
    assert [cell.apart for cell in cells] == [False, True]
    assert (spared.met_words(), judged.met_words()) == ("5 av 5", "5–6 av 6")


def test_a_framework_in_toml_says_what_it_spares_and_must_leave_a_principle() -> None:
    source = (paths.resources() / "frameworks" / f"{framework.BUILTIN}.toml").read_text(encoding="utf-8")
    sparing = "[[principles]]\nfor_feasibility_study = false"
    first, *rest = framework.parse(source.replace("[[principles]]", sparing, 1), file="f").principles
    assert not first.for_feasibility_study
    assert all(principle.for_feasibility_study for principle in rest)
    with pytest.raises(framework.BadFrameworkError, match="feasibility study"):
        framework.parse(source.replace("[[principles]]", sparing), file="f")
