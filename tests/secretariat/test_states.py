"""The states are a function of the set: any order, repetition and split gives the same ones (R8, on pure values)."""

import hashlib
import itertools
import random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from esf_desktop.model import ApplicationId, AssessorId
from esf_desktop.secretariat.states import Revision, Standing, State, standings

ANNA, BO = AssessorId("anna"), AssessorId("bo")
ONE, TWO = ApplicationId("2026/00001"), ApplicationId("2026/00002")


def revision(
    number: int,
    *parents: Revision,
    by: AssessorId = ANNA,
    of: ApplicationId = ONE,
    text: str = "",
    admitted: bool = True,
) -> Revision:
    """A revision whose identity is the hash of what it says, as in a signed file."""
    named = tuple(sorted(parent.identity for parent in parents))
    identity = hashlib.sha256(repr((of, number, named, text)).encode()).hexdigest()
    return Revision(by, of, identity, number, named, admitted)


def states(*revisions: Revision) -> list[tuple[int, State]]:
    """Number and state of each, in the order of the view."""
    return [(standing.revision.revision, standing.state) for standing in standings(revisions)]


FIRST = revision(1)
SECOND = revision(2, FIRST)
THIRD = revision(3, SECOND)
OTHER_SECOND = revision(2, FIRST, text="den andra datorn")
JOINED = revision(3, SECOND, OTHER_SECOND)


def test_the_latest_of_a_chain_is_in_force() -> None:
    assert states(FIRST, SECOND, THIRD) == [(1, State.SUPERSEDED), (2, State.SUPERSEDED), (3, State.HEAD)]


def test_a_revision_waits_until_every_ancestor_has_arrived() -> None:
    assert states(FIRST, THIRD) == [(1, State.HEAD), (3, State.WAITING)]
    assert states(SECOND, THIRD) == [(2, State.WAITING), (3, State.WAITING)]
    assert [standing.waits_for for standing in standings([SECOND, THIRD])] == [1, 1]


def test_two_revisions_of_the_same_one_are_a_fork_until_one_joins_them() -> None:
    assert states(FIRST, SECOND, OTHER_SECOND) == [(1, State.SUPERSEDED), (2, State.FORK), (2, State.FORK)]
    assert states(FIRST, SECOND, OTHER_SECOND, JOINED)[-1] == (3, State.HEAD)
    assert states(FIRST, SECOND, JOINED) == [(1, State.SUPERSEDED), (2, State.HEAD), (3, State.WAITING)]


def test_two_beginnings_are_a_fork() -> None:
    assert states(FIRST, revision(1, text="om igen")) == [(1, State.FORK), (1, State.FORK)]


def test_a_number_that_does_not_follow_its_parents_is_a_jump() -> None:
    assert states(FIRST, revision(4, FIRST)) == [(1, State.SUPERSEDED), (4, State.JUMP)]
    assert states(revision(2)) == [(2, State.JUMP)]


def test_a_revision_of_an_unknown_call_waits_without_a_number_and_replaces_nothing() -> None:
    unknown = revision(2, FIRST, admitted=False)
    assert states(FIRST, unknown) == [(1, State.HEAD), (2, State.WAITING)]
    assert standings([FIRST, unknown])[1].waits_for is None


def test_the_same_words_by_another_assessor_are_another_assessment() -> None:
    copied = revision(2, FIRST, by=BO)
    assert [(s.revision.revision, s.state) for s in standings([FIRST, copied]) if s.revision.assessor == BO] == [
        (2, State.WAITING)
    ]


def test_a_parent_among_anothers_application_never_arrives() -> None:
    assert states(FIRST, revision(2, FIRST, of=TWO)) == [(1, State.HEAD), (2, State.WAITING)]


def test_a_chain_of_ten_thousand_revisions_has_one_head() -> None:
    chain = [revision(1)]
    for number in range(2, 10_001):
        chain.append(revision(number, chain[-1]))
    assert [standing.state for standing in standings(reversed(chain))].count(State.SUPERSEDED) == 9_999


@pytest.mark.parametrize("missing", [0, 1])
def test_every_order_of_eight_revisions_gives_the_same_states(missing: int) -> None:
    of_bo = revision(1, by=BO)
    every = [
        FIRST,
        SECOND,
        THIRD,
        OTHER_SECOND,
        revision(4, THIRD),
        of_bo,
        revision(2, of_bo, by=BO),
        revision(1, of=TWO),
    ]
    sent = every[missing:]
    expected = standings(sent)
    assert all(standings(order) == expected for order in itertools.permutations(sent))


class Courier(RuleBasedStateMachine):
    """Two desks write revisions; a courier drops, delays, repeats and swaps them between three registers."""

    written = Bundle("written")

    def __init__(self) -> None:
        super().__init__()
        self.everything: set[Revision] = set()
        self.registers: list[set[Revision]] = [set(), set(), set()]
        self.bag: list[Revision] = []
        self.seen: list[set[str]] = [set(), set(), set()]

    @rule(target=written, by=st.sampled_from([ANNA, BO]), of=st.sampled_from([ONE, TWO]), text=st.sampled_from("ab"))
    def begin(self, by: AssessorId, of: ApplicationId, text: str) -> Revision:
        return self._write(revision(1, by=by, of=of, text=text))

    @rule(target=written, parent=written, text=st.sampled_from("ab"), skip=st.sampled_from([1, 1, 1, 2]))
    def revise(self, parent: Revision, text: str, skip: int) -> Revision:
        return self._write(
            revision(parent.revision + skip, parent, by=parent.assessor, of=parent.application, text=text)
        )

    @rule(target=written, one=written, other=written)
    def join(self, one: Revision, other: Revision) -> object:
        if (one.assessor, one.application) != (other.assessor, other.application) or one == other:
            return multiple()
        number = 1 + max(one.revision, other.revision)
        return self._write(revision(number, one, other, by=one.assessor, of=one.application))

    @rule(sent=written, times=st.integers(0, 3))
    def post(self, sent: Revision, times: int) -> None:
        self.bag.extend([sent] * times)

    @rule(register=st.integers(0, 2), random_=st.randoms(use_true_random=False), part=st.integers(1, 5))
    def deliver(self, register: int, random_: random.Random, part: int) -> None:
        random_.shuffle(self.bag)
        self.registers[register].update(self.bag[:part])
        del self.bag[:part]

    @rule(one=st.integers(0, 2), other=st.integers(0, 2))
    def exchange(self, one: int, other: int) -> None:
        self.registers[one] |= self.registers[other]

    def _write(self, new: Revision) -> Revision:
        self.everything.add(new)
        return new

    @invariant()
    def nothing_accepted_disappears(self) -> None:
        for register, seen in zip(self.registers, self.seen, strict=True):
            present = {standing.revision.identity for standing in standings(register)}
            assert seen <= present
            seen |= present

    @invariant()
    def the_order_says_nothing(self) -> None:
        for register in self.registers:
            there = sorted(register, key=lambda r: r.identity)
            assert standings(there) == standings(reversed(there)) == standings([*there, *there])

    @invariant()
    def registers_that_hold_the_same_show_the_same(self) -> None:
        one, two, three = self.registers
        assert standings(one | (two | three)) == standings((three | one) | two)

    @invariant()
    def each_desk_has_something_in_force_or_waiting(self) -> None:
        for register in self.registers:
            desks: dict[tuple[str, str], list[Standing]] = {}
            for standing in standings(register):
                desks.setdefault((standing.revision.assessor, standing.revision.application), []).append(standing)
            for desk in desks.values():
                heads = [s for s in desk if s.state in (State.HEAD, State.JUMP)]
                forks = [s for s in desk if s.state is State.FORK]
                waiting = [s for s in desk if s.state is State.WAITING]
                assert len(heads) <= 1
                assert len(forks) != 1
                assert not (heads and forks)
                assert heads or forks or waiting


Courier.TestCase.settings = settings(
    max_examples=300, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
test_a_courier_that_drops_delays_repeats_and_swaps_changes_nothing = Courier.TestCase
