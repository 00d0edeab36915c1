"""Merging real bundles into real registers: a union of sets, a row for each file, and bad ones never stop good ones."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from esf_desktop.errors import UnreadableFileError
from esf_desktop.i18n import Language, use
from esf_desktop.model import Declaration, Rating
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import Outcome, merge
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.states import State
from esf_desktop.secretariat.view import view, view_sha256
from esf_desktop.signing.keys import make_key
from tests.secretariat.files import (
    CALL,
    assessment,
    bundle,
    call_package,
    call_sha256,
    enrolment_of,
    key,
    merged,
    package,
    revised,
    secretariat_key,
)
from tests.secretariat.samples import AT, person
from tests.secretariat.stores import Store

FIRST = assessment()
SECOND = revised(FIRST)
OTHER = revised(FIRST, salt=1)


@cache
def sent() -> tuple[bytes, ...]:
    """Bundles with a chain, a fork, a repetition, two assessors and one bundle of two assessments."""
    return (
        bundle(0, [FIRST]),
        bundle(0, [SECOND]),
        bundle(0, [OTHER, assessment(1)]),
        bundle(1, [assessment(0, answer=Declaration.RECUSED)]),
        bundle(1, [assessment(1, ratings={"SAM": Rating.NOT_MET})]),
        bundle(0, [FIRST, assessment(1)]),
    )


def states(of: Register) -> list[tuple[int, State]]:
    """Number and state of every assessment."""
    return [(standing.revision.revision, standing.state) for standing in of.standings()]


def test_a_bundle_is_registered_with_its_number_and_the_state_of_its_assessments(own: Register) -> None:
    content = bundle(0, [FIRST])
    (row,) = merged(own, content)
    assert (row.outcome, row.code, row.number, row.assessor) == (Outcome.REGISTERED, None, 5, person(0).name)
    assert [(s.revision.application, s.revision.revision, s.state) for s in row.assessments] == [
        (FIRST.application, 1, State.HEAD)
    ]
    assert row.sentence() == "Registrerad."
    assert [d.assessment for d in own.delivered()] == [FIRST]
    assert own.bundle(row.sha256) == content


def test_the_same_file_again_is_a_duplicate_and_changes_nothing(own: Register) -> None:
    content = bundle(0, [FIRST])
    first, twin = merged(own, content, content)
    before = own.logical_hash()
    (again,) = merged(own, content)
    assert [first.outcome, twin.outcome, again.outcome] == [Outcome.REGISTERED, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert (again.code, again.number, again.assessments[0].state) == ("duplicate", first.number, State.HEAD)
    assert again.sentence() == f"”0.esfbundle” är redan registrerad som nr {first.number}; inget har ändrats."
    assert own.logical_hash() == before


def test_every_order_of_the_bundles_gives_the_same_view_in_one_step_or_many(store: Store) -> None:
    expected = None
    for n, order in enumerate(itertools.islice(itertools.permutations(sent()), 0, None, 29)):
        own = store.register(str(n), people=2)
        for part in (order[:2], order[2:], order[1:3]) if n % 2 else (order,):
            merged(own, *part)
        found = view_sha256(own)
        expected = expected or found
        assert found == expected
        own.close()


def test_two_registers_that_met_the_call_before_and_after_show_the_same(store: Store) -> None:
    before, after = store.register("a"), store.register("b", call=False)
    stray = bundle(1, [assessment(2)], call_id="2025-ON-9")
    merged(before, *sent(), stray)
    rows = merged(after, *sent(), stray)
    assert {row.outcome for row in rows} == {Outcome.WAITING}
    assert {row.code for row in rows} == {"call_unknown"}
    assert {state for _n, state in states(after)} == {State.WAITING}
    added = trust.add_call(after, call_package(), file="a.esfcall", at=AT)
    assert sorted(str(checked.code) for checked in added.checked) == ["None"] * 6 + ["wrong_call"]
    assert view(after) == view(before)
    assert view_sha256(after) == view_sha256(before)


def test_a_bundle_for_a_later_version_of_the_call_waits_for_it(own: Register) -> None:
    (row,) = merged(own, bundle(0, [FIRST], version=2))
    assert (row.outcome, row.code) == (Outcome.WAITING, "call_unknown")
    merged(own, bundle(0, [FIRST]))
    assert states(own) == [(1, State.HEAD)]
    trust.add_call(own, call_package(2), file="a.esfcall", at=AT)
    assert states(own) == [(1, State.HEAD)]


def test_a_revision_waits_for_the_one_before_it_and_then_replaces_it(own: Register) -> None:
    (row,) = merged(own, bundle(0, [SECOND]))
    assert (row.outcome, row.code) == (Outcome.WAITING, "waiting")
    assert "väntar på revision 1" in row.sentence()
    merged(own, bundle(0, [FIRST]))
    assert states(own) == [(1, State.SUPERSEDED), (2, State.HEAD)]


def test_two_versions_and_jumps_are_states_and_not_refusals(own: Register) -> None:
    rows = merged(own, bundle(0, [FIRST]), bundle(0, [SECOND]), bundle(0, [OTHER]))
    assert {row.outcome for row in rows} == {Outcome.REGISTERED}
    assert "två versioner" in rows[2].sentence()
    assert states(own)[1:] == [(2, State.FORK), (2, State.FORK)]
    (row,) = merged(own, bundle(1, [assessment(1)]), bundle(1, [revised(assessment(1), revision=4)]))[1:]
    assert row.assessments[0].state is State.JUMP


def test_the_same_words_by_two_assessors_are_two_assessments(own: Register) -> None:
    merged(own, bundle(0, [FIRST]), bundle(1, [FIRST]))
    assert states(own) == [(1, State.HEAD), (1, State.HEAD)]


def refused_by_call() -> bytes:
    return bundle(0, [replaced(FIRST, judgements=(replaced(FIRST.judgements[0], criterion="XXX"),))])


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "cut short": (lambda: bundle(0, [FIRST])[:-30], "truncated"),
    "some other file": (lambda: b"%PDF-1.7 a picture", "not_ours"),
    "a call package": (call_package, "wrong_kind"),
    "the secretariat's own hand": (lambda: bundle(0, [FIRST], signer=secretariat_key()), "unknown_signer"),
    "an unknown signer": (lambda: bundle(0, [FIRST], signer=key(9)), "unknown_signer"),
    "another person": (lambda: bundle(1, [FIRST], signer=key(0)), "wrong_person"),
    "another addressee": (lambda: bundle(0, [FIRST], to="a" * 64), "wrong_addressee"),
    "another addressee and version": (lambda: bundle(0, [FIRST], to="a" * 64, version=2), "wrong_addressee"),
    "another call": (lambda: bundle(0, [FIRST], call_id="2025-ON-9"), "wrong_call"),
    "another call and version": (lambda: bundle(0, [FIRST], call_id="2025-ON-9", version=2), "wrong_call"),
    "another wording of the call": (lambda: bundle(0, [FIRST], call_hash="b" * 64), "wrong_call"),
    "the practice round": (lambda: bundle(0, [FIRST], practice=True), "practice_data"),
    "an unknown criterion": (refused_by_call, "unknown_criterion"),
    "an unknown application": (
        lambda: bundle(0, [replaced(FIRST, application="2026/99999")]),
        "wrong_call",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_row_and_changes_nothing(case: str, own: Register) -> None:
    make, code = BAD[case]
    before = own.logical_hash()
    (row,) = merged(own, make())
    assert (row.outcome, row.code, row.assessments) == (Outcome.REFUSED, code, ())
    assert own.logical_hash() == before
    for language in Language:
        use(language)
        assert "0.esfbundle" in row.sentence()
        assert len(row.sentence()) <= 200


def test_bad_files_never_stop_good_ones(own: Register) -> None:
    rows = merged(own, *(make() for make, _code in BAD.values()), bundle(0, [FIRST]), b"", bundle(1, [FIRST]))
    assert [row.outcome for row in rows[-3:]] == [Outcome.REGISTERED, Outcome.REFUSED, Outcome.REGISTERED]
    assert {row.outcome for row in rows[:-3]} == {Outcome.REFUSED}


def test_a_file_that_could_not_be_read_is_a_row_too(own: Register) -> None:
    (row,) = merge(own, [("a.esfbundle", UnreadableFileError("a.esfbundle"))], at=AT)
    assert (row.outcome, row.code) == (Outcome.REFUSED, "unreadable")


def test_one_flipped_bit_anywhere_near_the_ends_is_refused(own: Register) -> None:
    content = bundle(0, [FIRST])
    before = own.logical_hash()
    places = [*range(0, len(content), 97), *range(len(content) - 40, len(content))]
    flipped = [content[:n] + bytes([content[n] ^ 1]) + content[n + 1 :] for n in places]
    assert {row.outcome for row in merged(own, *flipped)} == {Outcome.REFUSED}
    assert own.logical_hash() == before


def test_after_a_revocation_what_was_registered_stays_and_the_rest_is_refused(own: Register) -> None:
    early = bundle(0, [FIRST])
    merged(own, early)
    trust.revoke(own, key(0).fingerprint, at=AT)
    again, late = merged(own, early, bundle(0, [SECOND]))
    assert (again.outcome, late.outcome, late.code) == (Outcome.DUPLICATE, Outcome.REFUSED, "revoked_signer")
    assert states(own) == [(1, State.HEAD)]
    other = make_key(person(0).name, "", at=AT)
    found = trust.enrol(own, enrolment_of(0, other), file="a.esfenrol", at=AT)
    assert (found.new, found.other_keys) == (True, ())
    (row,) = merged(own, bundle(0, [SECOND], signer=other))
    assert row.outcome is Outcome.REGISTERED


def test_clocks_decide_nothing(store: Store) -> None:
    views = set()
    for n, years in enumerate((-50, 0, 50)):
        own = store.register(str(n))
        at = datetime(2026, 3, 29, 2, 30, tzinfo=UTC) + timedelta(days=365 * years)
        for content in sent():
            merge(own, [("a", content)], at=at)
        views.add(view_sha256(own))
    assert len(views) == 1


def test_a_time_without_an_offset_is_a_mistake(own: Register) -> None:
    with pytest.raises(ValueError, match="2026"):
        merge(own, [("a", b"")], at=datetime(2026, 1, 1))  # noqa: DTZ001


def test_many_bundles_in_one_go_are_one_row_each(own: Register) -> None:
    contents = [bundle(0, [assessment(0, salt=n)]) for n in range(1_100)]
    rows = merged(own, *contents)
    assert len(rows) == 1_100
    assert {row.outcome for row in rows} == {Outcome.REGISTERED}
    assert [event.number for event in own.events()] == list(range(1, 1_105))


def test_the_practice_round_has_a_register_of_its_own(store: Store) -> None:
    practice = store.register(call=False)
    trust.add_call(practice, call_package(practice=True), file="a.esfcall", at=AT)
    taken, refused = merged(practice, bundle(0, [FIRST], practice=True), bundle(0, [SECOND]))
    assert (taken.outcome, refused.code) == (Outcome.REGISTERED, "real_data")


def test_a_changed_framework_is_told_apart(own: Register) -> None:
    merged(own, bundle(0, [FIRST]))
    framework = replaced(CALL.framework, title=replaced(CALL.framework.title, sv="Ny ordalydelse"))
    changed = replaced(CALL, call_version=2, framework=framework)
    trust.add_call(own, package(changed), file="b.esfcall", at=AT)
    assert [d.same_framework for d in own.delivered()] == [False]


def test_the_secretariats_key_and_the_call_are_what_the_bundle_says() -> None:
    assert len(call_sha256()) == len(secretariat_key().fingerprint) == 64
