"""The joint assessment: written beside what everybody wrote alone, again and again, and never over it."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.exchange import canonical
from esf_desktop.model import CriterionId, Declaration, Rating, Recommendation, replace
from esf_desktop.secretariat.appointments import comparison
from esf_desktop.secretariat.compare import Line
from esf_desktop.secretariat.consensus import (
    Consensus,
    JointJudgement,
    Present,
    Written,
    begun,
    consensus,
    in_force,
    remarks,
    sittings,
    write,
    writings,
    written,
)
from esf_desktop.secretariat.errors import (
    ChangedMeanwhileError,
    NoCallError,
    NoSuchApplicationError,
    NotInCallError,
    TooLongTextError,
)
from esf_desktop.secretariat.events import Kind
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.view import view_sha256
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id, person

FIRST = application_id(0)
SAM, RUS, PLA = (CriterionId(letters) for letters in ("SAM", "RUS", "PLA"))
AGREED = Consensus(
    FIRST,
    (JointJudgement(SAM, Rating.PARTLY, "Förankringen är påbörjad."),),
    "Bra idé, svag förankring.",
    Recommendation.IF_FUNDS_ALLOW,
    PLA,
    (Present(person(0).name, person(0).id), Present("Ordföranden")),
)


@pytest.fixture
def own(tmp_path: Path) -> Register:
    """A register where two have delivered, one of them with a conflict of interest in the first application."""
    made = files.register(tmp_path)
    files.merged(made, files.bundle(0, [files.assessment(0)]))
    files.merged(made, files.bundle(1, [files.assessment(0, answer=Declaration.RECUSED)]))
    return made


def line(register: Register) -> Line:
    """The first application as everybody has assessed it."""
    found = comparison(register)
    assert found is not None
    return found.lines[0]


def test_what_was_agreed_stands_beside_what_each_one_wrote(own: Register) -> None:
    view, alone = view_sha256(own), line(own)
    made = write(own, AGREED, at=AT, by="handläggaren")
    assert made is not None
    assert consensus(own) == {FIRST: made}
    assert made.consensus == replace(AGREED, by="handläggaren")
    assert (view_sha256(own), line(own), faults(own)) == (view, alone, ())


def test_the_same_again_is_not_written_again(own: Register) -> None:
    first = write(own, AGREED, at=AT, by="handläggaren")
    assert write(own, AGREED, at=AT + timedelta(hours=1), by="handläggaren") == first
    assert [e.kind for e in own.events()].count(Kind.CONSENSUS_WRITTEN) == 1


def test_nothing_agreed_on_is_no_joint_assessment_and_its_history_stays(own: Register) -> None:
    assert write(own, Consensus(FIRST), at=AT) is None
    write(own, AGREED, at=AT)
    write(own, Consensus(FIRST), at=AT)
    assert consensus(own) == {}
    assert [one.consensus.text for one in written(own)[FIRST]] == [AGREED.text, ""]


def test_an_earlier_writing_can_be_written_again(own: Register) -> None:
    first = write(own, AGREED, at=AT)
    write(own, replace(AGREED, text="Annat."), at=AT)
    assert first is not None
    write(own, first.consensus, at=AT)
    assert consensus(own)[FIRST].consensus == first.consensus
    assert len(written(own)[FIRST]) == 3


def test_it_is_kept_in_the_order_of_the_checklist_without_what_says_nothing(own: Register) -> None:
    said = Consensus(
        FIRST,
        (JointJudgement(SAM, Rating.MET), JointJudgement(RUS, None, " \n"), JointJudgement(PLA, None, "Ja\r\n")),
        present=(Present("  Ordföranden\t "), Present(""), Present("Ordföranden"), Present("Å", reason="inget")),
    )
    made = write(own, replace(said, judgements=said.judgements[::-1]), at=AT)
    assert made is not None
    assert made.consensus.judgements == (JointJudgement(SAM, Rating.MET), JointJudgement(PLA, None, "Ja"))
    assert made.consensus.present == (Present("Ordföranden"), Present("Å"))


def test_somebody_elses_writing_in_between_is_not_written_over(own: Register) -> None:
    first = write(own, AGREED, at=AT, by="a", after=0)
    assert first is not None
    write(own, replace(AGREED, text="Det andra kontorets."), at=AT, by="b", after=first.number)
    with pytest.raises(ChangedMeanwhileError) as caught:
        write(own, replace(AGREED, text="Det första kontorets."), at=AT, by="a", after=first.number)
    assert "b" in caught.value.sentence()
    assert consensus(own)[FIRST].consensus.text == "Det andra kontorets."


def test_what_makes_no_sense_is_refused_in_a_sentence_and_changes_nothing(own: Register) -> None:
    before = own.logical_hash()
    for said, kind in (
        (replace(AGREED, application=application_id(9)), NoSuchApplicationError),
        (replace(AGREED, judgements=(JointJudgement(CriterionId("GLO"), Rating.MET),)), NotInCallError),
        (replace(AGREED, main_area=SAM), NotInCallError),
        (replace(AGREED, text="a" * (canonical.LONGEST_TEXT + 1)), TooLongTextError),
    ):
        with pytest.raises(kind) as caught:
            write(own, said, at=AT)
        assert len(caught.value.sentence()) <= 140
    assert own.logical_hash() == before


def test_nothing_is_agreed_on_before_the_call_is_known(tmp_path: Path) -> None:
    with files.register(tmp_path, call=False) as bare, pytest.raises(NoCallError):
        write(bare, AGREED, at=AT)


def test_it_begins_with_those_who_delivered_and_who_abstained_is_marked_so(own: Register) -> None:
    assert begun(line(own)).present == (
        Present(person(0).name, person(0).id),
        Present(person(1).name, person(1).id, conflict=True),
    )


def test_what_a_careful_secretary_would_ask_is_told_and_stops_nobody(own: Register) -> None:
    told = remarks(Consensus(FIRST, present=(Present(person(1).name, person(1).id),)), files.CALL, line(own))
    assert len(told) == 4
    assert person(1).name in told[-1]
    complete = replace(
        AGREED,
        judgements=tuple(JointJudgement(c.id, Rating.MET) for c in files.CALL.criteria),
    )
    assert remarks(complete, files.CALL, line(own)) == ()
    assert complete.met(files.CALL) == (6, 6)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 30)), max_size=12))
def test_a_history_of_sittings_ends_as_the_writings_do_and_leaves_no_change_of_hands_out(
    steps: list[tuple[str, int]],
) -> None:
    all_, at = [], AT
    for number, (by, minutes) in enumerate(steps, start=1):
        at += timedelta(minutes=minutes)
        all_.append(Written(replace(AGREED, text=str(number), by=by), at.isoformat(), number))
    found = sittings(all_)
    assert found[-1:] == tuple(all_[-1:])
    assert set(found) <= set(all_)
    ends = {a.number for a, b in pairwise(all_) if a.consensus.by != b.consensus.by}
    assert ends <= {one.number for one in found}


def test_what_was_agreed_is_read_again_from_the_events_alone(own: Register) -> None:
    write(own, AGREED, at=AT)
    assert in_force(writings(own.events())) == consensus(own)
