"""Whole assessments from files: all of it is taken, or nothing, and a mistake is pointed at."""

from pathlib import Path

import pytest

from esf_desktop import handwritten
from esf_desktop.assessor import assess, enter, recuse
from esf_desktop.assessor.guard import FormClosedError, NotDeclaredError
from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from esf_desktop.handwritten import Handwritten
from esf_desktop.model import Answer, Declaration, Rating, Recommendation
from esf_desktop.workspace import Workspace
from tests.packages import QUOTE
from tests.rounds import AT, FIRST, LAR, SAM, later

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "exempel-bedomning.toml"
HEAD = 'application = "2026/00112"\n'
NONE = '[conflict_of_interest]\nanswer = "none"\n'


def test_a_whole_assessment_is_one_step_that_can_be_taken_back(desk: Workspace, documents: Documents) -> None:
    text = (
        HEAD
        + 'main_area = "LAR"\noverall = "Starkt."\nrecommendation = "discuss"\n'
        + NONE
        + '[judgements.SAM]\nrating = "met"\ncomment = "Åtta kommuner."\nquestions = ["yes", "no", "", "", ""]\n'
        + f'[[judgements.SAM.evidence]]\nquote = "{QUOTE}"\npage = 2\n'
    )
    enter.enter(desk, documents, Handwritten(text, file="b.toml"), at=AT)
    draft = desk.draft(FIRST)
    judgement = draft.judgement(SAM)
    assert (judgement.rating, judgement.comment) == (Rating.MET, "Åtta kommuner.")
    assert judgement.questions[:2] == (Answer.YES, Answer.NO)
    assert [(found.page, found.label, bool(found.rects)) for found in judgement.evidence] == [(1, "2", True)]
    assert (draft.main_area, draft.overall, draft.recommendation) == (LAR, "Starkt.", Recommendation.DISCUSS)
    assess.undo(desk, FIRST, at=later(1))
    assert desk.draft(FIRST).judgement(SAM).rating is None
    assert desk.faults() == ()


def test_what_is_left_out_stays_as_it_is(desk: Workspace, documents: Documents) -> None:
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.comment(desk, FIRST, SAM, "Skriven förut.", at=AT)
    declared = desk.draft(FIRST).conflict_of_interest
    text = HEAD + NONE + '[judgements.SAM]\nrating = "partly"\n'
    enter.enter(desk, documents, Handwritten(text, file="b.toml"), at=later(60))
    judgement = desk.draft(FIRST).judgement(SAM)
    assert (judgement.rating, judgement.comment) == (Rating.PARTLY, "Skriven förut.")
    assert desk.draft(FIRST).conflict_of_interest == declared


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('application = "2026/00113"\n' + NONE, 1, "2026/0011"),
        (HEAD + NONE + '[judgements.SAN]\nrating = "met"\n', 4, "SAM"),
        (HEAD + NONE + '[judgements.SAM]\nrating = "mett"\n', 5, "met"),
        (HEAD + NONE + '[judgements.SAM]\nquestions = ["yes"]\n', 5, "questions"),
        (HEAD + NONE + '[[judgements.SAM.evidence]]\nquote = "står ingenstans"\n', 5, "står ingenstans"),
        (HEAD + 'main_area = "LARR"\n' + NONE, 2, "LAR"),
        (HEAD + '[conflict_of_interest]\nanswer = "non"\n', 3, "none"),
        ("application = 2026/00112\n", 1, "TOML"),
    ],
)
def test_a_mistake_is_pointed_at_and_nothing_is_taken(
    desk: Workspace, documents: Documents, text: str, line: int, said: str
) -> None:
    before = desk.logical_hash()
    with pytest.raises(EsfError) as refused:
        enter.enter(desk, documents, Handwritten(text, file="b.toml"), at=AT)
    assert f"rad {line}:" in refused.value.sentence()
    assert said in refused.value.sentence()
    assert desk.logical_hash() == before


@pytest.mark.parametrize(
    ("declared", "error"), [("", NotDeclaredError), ('[conflict_of_interest]\nanswer = "recused"\n', FormClosedError)]
)
def test_no_file_gets_past_the_question_on_conflict_of_interest(
    desk: Workspace, documents: Documents, declared: str, error: type[EsfError]
) -> None:
    before = desk.logical_hash()
    text = HEAD + declared + '[judgements.SAM]\nrating = "met"\n'
    with pytest.raises(error):
        enter.enter(desk, documents, Handwritten(text, file="b.toml"), at=AT)
    assert desk.logical_hash() == before


def test_the_sample_in_the_documentation_is_understood() -> None:
    written = handwritten.read(SAMPLE)
    said = written.convert(written.values, enter.WrittenAssessment)
    assert said.judgements["SAM"].rating is Rating.MET
