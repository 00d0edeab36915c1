"""One more reader: who is needed by the call's rule, who is appointed, and what follows from it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from esf_desktop.exchange import canonical
from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.model import Call, Declaration, Rating, Reader, Recommendation, ThirdAssessor, replace
from esf_desktop.secretariat import appointments
from esf_desktop.secretariat.appointments import (
    Appointed,
    Appointment,
    appoint,
    appointed,
    candidates,
    comparison,
    release,
    wanted,
    with_appointed,
)
from esf_desktop.secretariat.compare import Comparison, Mark, compare
from esf_desktop.secretariat.coverage import deliveries
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftReader
from esf_desktop.secretariat.errors import (
    AbstainsError,
    NoCallError,
    NoSuchApplicationError,
    NoSuchAssessorError,
    NotAppointedError,
    ReadsAlreadyError,
)
from esf_desktop.secretariat.events import Kind
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.trust import add_call
from esf_desktop.secretariat.view import view_sha256
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id, assessment, call, delivered, person

FIRST, SECOND = application_id(0), application_id(1)
PEOPLE = [person(n) for n in range(4)]
RULE = ThirdAssessor(2, 2)


def asked(*, rule: ThirdAssessor | None = RULE, readers: int = 4) -> Call:
    """A call in which the first two read everything, and the others only the second application."""
    reads = [() if n < 2 else (SECOND,) for n in range(readers)]
    people = tuple(Reader(person(n).id, person(n).name, reads[n]) for n in range(readers))
    return replace(call(assessors=readers), assessors=people, third_assessor=rule)


class Said(NamedTuple):
    """What one assessor says of the first application; the rest is met and prioritised."""

    ratings: Mapping[str, Rating] = {}
    recommends: Recommendation = Recommendation.PRIORITISE
    answer: Declaration = Declaration.NONE


APART, ALIKE = Said({"SAM": Rating.NOT_MET}), Said()
AGAINST, IF_FUNDS = Said(recommends=Recommendation.DO_NOT_PRIORITISE), Said(recommends=Recommendation.IF_FUNDS_ALLOW)
ABSTAINS = Said(answer=Declaration.RECUSED)


def laid_out(of: Call, *said: Said) -> Comparison:
    """The round where these have assessed the first application, in the order of the assessors."""
    given = {}
    for n, one in enumerate(said):
        made = assessment(of, FIRST, one.ratings, answer=one.answer)
        given[n, FIRST] = made if made.recommendation is None else replace(made, recommendation=one.recommends)
    return compare(of, PEOPLE, delivered(given))


def test_two_ratings_as_far_apart_as_the_call_says_ask_for_one_more() -> None:
    (only,) = wanted(laid_out(asked(), APART, ALIKE), [])
    assert (only.application, only.apart, only.conflicting, only.needs_one) == (FIRST, ("SAM",), (), True)
    assert wanted(laid_out(asked(), Said({"SAM": Rating.PARTLY}), ALIKE), []) == ()


def test_recommendations_that_conflict_ask_for_one_more_only_when_the_call_says_so() -> None:
    (only,) = wanted(laid_out(asked(), AGAINST, ALIKE), [])
    assert only.conflicting == (Recommendation.PRIORITISE, Recommendation.DO_NOT_PRIORITISE)
    assert wanted(laid_out(asked(rule=ThirdAssessor(2)), AGAINST, ALIKE), []) == ()
    assert wanted(laid_out(asked(), IF_FUNDS, ALIKE), []) == ()
    assert wanted(laid_out(asked(rule=ThirdAssessor(2, 1)), IF_FUNDS, ALIKE), [])


def test_to_discuss_first_conflicts_with_nothing() -> None:
    assert wanted(laid_out(asked(), Said(recommends=Recommendation.DISCUSS), AGAINST), []) == ()


def test_a_call_without_the_rule_asks_for_nobody_but_where_conflicts_leave_too_few() -> None:
    of = asked(rule=None)
    assert wanted(laid_out(of, APART, ALIKE), []) == ()
    (only,) = wanted(laid_out(of, ABSTAINS, ALIKE), [])
    assert (only.thin, only.needs_one) == (True, True)


def test_an_appointment_answers_the_need_until_the_appointed_abstains() -> None:
    of = asked()
    one = Appointed(Appointment(FIRST, person(2).id, person(2).name), "2026-11-23T09:00:00+00:00", 9)
    (answered,) = wanted(laid_out(of, APART, ALIKE), [one])
    assert (answered.needs_one, answered.appointed) == (False, (one,))
    (again,) = wanted(laid_out(of, APART, ALIKE, ABSTAINS), [one])
    assert (again.needs_one, again.appointed) == (True, ())


def test_who_neither_reads_nor_abstains_can_be_appointed() -> None:
    of = asked(readers=3)
    found = candidates(laid_out(of, ALIKE, ALIKE), PEOPLE, FIRST)
    assert found == (person(2), person(3)), "one who reads another application, and one who is only enrolled"
    abstaining = laid_out(of, ALIKE, ALIKE, ABSTAINS)
    assert candidates(abstaining, PEOPLE, FIRST) == (person(3),)


def test_the_next_version_of_the_call_says_who_reads_what_was_appointed() -> None:
    of = asked(readers=3)
    given = [
        Appointed(Appointment(FIRST, person(n).id, person(n).name), "2026-11-23T09:00:00+00:00", n) for n in (0, 2, 3)
    ]
    reads = {reader.name: reader.reads for reader in with_appointed(of, given).assessors}
    assert reads == {
        "Bedömare 1": (),
        "Bedömare 2": (),
        "Bedömare 3": (SECOND, FIRST),
        "Bedömare 4": (FIRST,),
    }
    everyone = replace(of, assessors=())
    assert with_appointed(everyone, given) == everyone


def test_the_draft_of_the_next_version_says_it_too_and_leaves_alone_whom_it_knows_by_a_file_only() -> None:
    given = [
        Appointed(Appointment(FIRST, person(n).id, person(n).name), "2026-11-23T09:00:00+00:00", n) for n in (0, 2, 3)
    ]
    everything, some = DraftReader(person(0).id, person(0).name), DraftReader("", person(2).name, (SECOND,))
    made = appointments.draft_with_appointed(CallDraft(assessors=(everything, some)), given)
    assert made.assessors == (
        everything,
        DraftReader("", person(2).name, (SECOND, FIRST)),
        DraftReader(person(3).id, person(3).name, (FIRST,)),
    )
    assert appointments.draft_with_appointed(made, given) == made
    by_file = CallDraft(assessors=(DraftReader(enrolment="a.esfenrol", reads=(SECOND,)),))
    assert appointments.draft_with_appointed(by_file, given) == by_file
    assert appointments.draft_with_appointed(CallDraft(), given) == CallDraft()


@pytest.fixture
def own(tmp_path: Path) -> Register:
    """A register with four enrolled, of whom the fourth is not named by the call."""
    return files.register(tmp_path, people=4)


def test_an_appointment_is_an_event_and_shows_in_who_is_to_deliver(own: Register) -> None:
    view = view_sha256(own)
    appoint(own, FIRST, person(3).id, at=AT, by="handläggaren", reason="  Stor skillnad\tpå SAM. ")
    laid = comparison(own)
    assert laid is not None
    assert [r.mark for r in laid.lines[0].readings] == [Mark.MISSING] * 4
    assert laid.lines[1].readings[3].mark is Mark.NOT_ASKED
    assert deliveries(laid)[3].missing == (FIRST,)
    (one,) = appointed(own)
    assert one.appointment == Appointment(FIRST, person(3).id, person(3).name, "Stor skillnad på SAM.", "handläggaren")
    assert [e.kind for e in own.events()][-1] is Kind.READER_APPOINTED
    assert (view_sha256(own), faults(own)) == (view, ())


def test_an_appointment_can_be_taken_back_and_made_again(own: Register) -> None:
    appoint(own, FIRST, person(3).id, at=AT)
    assert release(own, FIRST, person(3).id, at=AT, by="handläggaren").appointment.application == FIRST
    assert appointed(own) == ()
    assert appoint(own, FIRST, person(3).id, at=AT).number == appointed(own)[0].number


def test_what_makes_no_sense_is_refused_in_a_sentence_and_changes_nothing(own: Register) -> None:
    files.merged(own, files.bundle(3, [files.assessment(1, answer=Declaration.RECUSED)]))
    appoint(own, FIRST, person(3).id, at=AT)
    before = own.logical_hash()
    for application, assessor, kind in (
        (application_id(9), person(3).id, NoSuchApplicationError),
        (FIRST, person(9).id, NoSuchAssessorError),
        (FIRST, person(0).id, ReadsAlreadyError),
        (FIRST, person(3).id, ReadsAlreadyError),
        (SECOND, person(3).id, AbstainsError),
    ):
        with pytest.raises(kind) as caught:
            appoint(own, application, assessor, at=AT)
        assert len(caught.value.sentence()) <= 140
    with pytest.raises(NotAppointedError):
        release(own, SECOND, person(3).id, at=AT)
    assert own.logical_hash() == before


def test_nobody_is_appointed_before_the_call_is_known(tmp_path: Path) -> None:
    with files.register(tmp_path, call=False) as bare, pytest.raises(NoCallError):
        appoint(bare, FIRST, person(0).id, at=AT)


def test_a_rule_on_recommendations_travels_and_a_call_without_it_is_spelled_as_before(tmp_path: Path) -> None:
    assert canonical.encode(ThirdAssessor()) == b'{"steps_apart":2}'
    ruled = replace(files.CALL, third_assessor=RULE)
    assert read_call_package(files.package(ruled), file="a.esfcall").call.third_assessor == RULE
    with Register.open(tmp_path / "ruled.esfdb") as register:
        add_call(register, files.package(ruled), file="a.esfcall", at=AT)
        found = register.call()
    assert found is not None
    assert found.call.third_assessor == RULE


def test_what_was_decided_is_read_again_from_the_events_alone(own: Register) -> None:
    appoint(own, FIRST, person(3).id, at=AT)
    assert appointments.appointments(own.events()) == appointed(own)
