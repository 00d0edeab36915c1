"""The proposal as deeds on a real register: moves, outcomes, reasons, undo."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from esf_desktop import i18n
from esf_desktop.i18n import Language
from esf_desktop.model import ApplicationId, BudgetPart, replace
from esf_desktop.secretariat import order, proposal, trust
from esf_desktop.secretariat.errors import (
    NoCallError,
    NoSuchApplicationError,
    NoSuchMoveError,
    NothingToUndoError,
    TooLongTextError,
)
from esf_desktop.secretariat.events import Kind
from esf_desktop.secretariat.moves import Act
from esf_desktop.secretariat.order import Outcome
from esf_desktop.secretariat.proposal import Proposal
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from tests.secretariat import files
from tests.secretariat.samples import AT
from tests.secretariat.stores import Store

A, B, C = (ApplicationId(f"2026/0010{n}") for n in range(1, 4))
SUPPORT = {A: 6_000_000, B: 5_000_000, C: 4_000_000}
CALL = replace(
    files.CALL,
    applications=tuple(replace(one, requested_support=SUPPORT[one.id]) for one in files.CALL.applications),
    budget=(BudgetPart("Allt", 11_000_000),),
)


@pytest.fixture
def register(store: Store) -> Register:
    """A register in a file, and then on a server."""
    opened = store.open()
    trust.add_call(opened, files.package(CALL), file="a.esfcall", at=AT)
    return opened


def test_before_the_first_move_all_stand_equal_and_nothing_is_proposed(register: Register) -> None:
    now = proposal.proposal(register)
    assert now.order == ((A, B, C),)
    assert not now.ranked
    assert now.outcomes == {}
    assert [str(place) for place in now.places.values()] == ["1=", "1=", "1="]


def test_a_move_has_its_reason_author_and_time(register: Register) -> None:
    now = proposal.move(register, C, order.up, at=AT, by="anna", reason="  Störst behov ")
    assert now.order == ((C,), (A, B))
    (move,) = now.history.moves
    assert (move.reason, move.reason_by, move.proposed.by, move.at) == ("Störst behov", "anna", "anna", AT.isoformat())
    assert move.proposed.application == C


def test_a_reason_can_be_given_after_and_given_better_and_nothing_is_lost(register: Register) -> None:
    number = proposal.move(register, C, order.up, at=AT, by="anna").history.moves[0].number
    for words in ("Först", "Bättre", "Bättre"):
        now = proposal.give_reason(register, number, words, at=AT + timedelta(hours=1), by="bo")
    assert (now.history.moves[0].reason, now.history.moves[0].reason_by) == ("Bättre", "bo")
    assert len([event for event in register.events() if event.kind is Kind.REASON_GIVEN]) == 2
    with pytest.raises(NoSuchMoveError):
        proposal.give_reason(register, 4711, "x", at=AT)


def test_a_move_that_changes_nothing_is_not_remembered(register: Register) -> None:
    proposal.move(register, A, order.up, at=AT)
    now = proposal.move(register, A, order.up, at=AT)
    assert len(now.history.moves) == 1
    assert not proposal.propose(register, {B: None}, at=AT).history.moves[1:]


def test_everything_fits_is_one_move_and_undo_is_one_that_says_so(register: Register) -> None:
    proposal.propose(register, {B: Outcome.NOT_PRIORITISED}, at=AT, by="anna")
    now = proposal.everything_fits(register, at=AT, by="anna")
    assert set(now.outcomes.values()) == {Outcome.PRIORITISED}
    assert len(now.outcomes) == 3
    now = proposal.undo(register, at=AT, by="bo")
    assert now.outcomes == {B: Outcome.NOT_PRIORITISED}
    assert [move.proposed.act for move in now.history.moves] == [Act.OUTCOMES, Act.OUTCOMES, Act.UNDONE]
    assert [move.undone for move in now.history.moves] == [False, True, False]
    assert now.history.moves[-1].sentence().startswith("Ångrat: ")


def test_the_line_speaks_for_what_is_above_and_below_it_and_not_for_a_tie_it_goes_through(register: Register) -> None:
    now = proposal.follow_the_line(register, at=AT)
    assert now.outcomes == {}
    proposal.move(register, A, order.up, at=AT)
    proposal.move(register, B, order.up, at=AT)
    now = proposal.follow_the_line(register, at=AT)
    assert now.order == ((A,), (B,), (C,))
    assert now.outcomes == {A: Outcome.PRIORITISED, B: Outcome.PRIORITISED, C: Outcome.IF_FUNDS_ALLOW}
    (line,) = now.lines
    assert (line.rank, line.left) == (2, 0)


def test_an_application_that_comes_later_stands_last_and_a_withdrawn_one_is_out(register: Register) -> None:
    proposal.move(register, C, order.up, at=AT)
    proposal.propose(register, {B: Outcome.PRIORITISED}, at=AT)
    new = replace(CALL.applications[0], id=ApplicationId("2026/00001"))
    later = replace(CALL, call_version=2, applications=(*CALL.applications, new), withdrawn=(B,))
    trust.add_call(register, files.package(later), file="b.esfcall", at=AT)
    now = proposal.proposal(register)
    assert now.order == ((C,), (A,), (new.id,))
    assert now.outcomes == {}
    with pytest.raises(NoSuchApplicationError):
        proposal.move(register, B, order.up, at=AT)


def test_what_comes_later_to_a_proposal_without_an_order_is_equal_too(register: Register) -> None:
    proposal.everything_fits(register, at=AT)
    new = replace(CALL.applications[0], id=ApplicationId("2026/00001"))
    later = replace(CALL, call_version=2, applications=(*CALL.applications, new))
    trust.add_call(register, files.package(later), file="b.esfcall", at=AT)
    now = proposal.proposal(register)
    assert not now.ranked
    assert new.id not in now.outcomes


def test_a_whole_order_is_taken_at_once(register: Register) -> None:
    now = proposal.read(register, ((B,), (A, C)), at=AT, by="anna")
    assert now.order == ((B,), (A, C))
    with i18n.speaking(Language.ENGLISH):
        assert now.history.moves[0].sentence() == "Order read from a file: 3 applications have another place"


@pytest.mark.parametrize(
    "deed",
    [
        partial(proposal.move, application=ApplicationId("2026/99999"), change=order.up),
        partial(proposal.move, application=A, change=lambda ranks, one: order.before(ranks, one, ApplicationId("x"))),
        partial(proposal.move, application=A, change=lambda ranks, one: order.equal_to(ranks, one, ApplicationId("x"))),
        partial(proposal.read, ranks=((ApplicationId("2026/99999"),),)),
        partial(proposal.propose, outcomes={ApplicationId("2026/99999"): Outcome.PRIORITISED}),
    ],
)
def test_what_is_not_in_the_call_is_refused_and_nothing_changes(
    register: Register, deed: Callable[..., Proposal]
) -> None:
    before = register.logical_hash()
    with pytest.raises(NoSuchApplicationError):
        deed(register, at=AT)
    assert register.logical_hash() == before


def test_undo_without_a_move_and_a_register_without_a_call_are_refused(register: Register, tmp_path: Path) -> None:
    for deed in (proposal.undo, proposal.redo):
        with pytest.raises(NothingToUndoError):
            deed(register, at=AT)
    with Register.open(tmp_path / "empty.esfdb") as empty, pytest.raises(NoCallError):
        proposal.everything_fits(empty, at=AT)


def test_two_officers_move_at_once_and_no_move_is_lost(store: Store, register: Register) -> None:
    """Each has the register open; in a file two cannot, so there both use the one."""
    officers = (("anna", A, register), ("bo", B, store.open() if store.on_server else register))
    start = threading.Barrier(len(officers))

    def work(name: str, one: ApplicationId, opened: Register) -> None:
        start.wait()
        for n in range(6):
            given = Outcome.PRIORITISED if n % 2 == 0 else None
            proposal.propose(opened, {one: given}, at=AT, by=name)

    with ThreadPoolExecutor(len(officers)) as pool:
        for done in [pool.submit(work, *officer) for officer in officers]:
            done.result()
    now = proposal.proposal(register)
    assert sorted(move.proposed.by for move in now.history.moves) == ["anna"] * 6 + ["bo"] * 6
    assert now.outcomes == {}
    assert list(faults(register)) == []


def test_a_reason_as_long_as_a_book_is_refused(register: Register) -> None:
    with pytest.raises(TooLongTextError):
        proposal.move(register, A, order.up, at=AT, reason="x" * 20_001)
    assert proposal.proposal(register).history.moves == ()


def test_moves_are_told_in_words(register: Register) -> None:
    with i18n.speaking(Language.ENGLISH):
        proposal.move(register, A, order.up, at=AT)
        proposal.move(register, B, order.up, at=AT)
        proposal.move(register, C, partial(order.equal_to, other=B), at=AT)
        proposal.propose(register, {A: Outcome.PRIORITISED, B: Outcome.NOT_PRIORITISED, C: Outcome.PRIORITISED}, at=AT)
        proposal.undo(register, at=AT)
        now = proposal.redo(register, at=AT)
        assert [move.sentence() for move in now.history.moves] == [
            "2026/00101: from place 1= to 1",
            "2026/00102: from place 2= to 2",
            "2026/00103: from place 3 to 2=, equal with 2026/00102",
            "2 applications: prioritised; 2026/00102: not prioritised",
            "Undone: 2 applications: prioritised; 2026/00102: not prioritised",
            "Done again: 2 applications: prioritised; 2026/00102: not prioritised",
        ]


def test_the_events_are_chained_and_the_register_is_sound(register: Register) -> None:
    proposal.move(register, A, order.up, at=AT, by="anna")
    proposal.undo(register, at=AT, by="anna")
    assert [event.kind for event in register.events()][-2:] == [Kind.PROPOSED, Kind.PROPOSED]
    assert list(faults(register)) == []


def test_any_history_of_moves_keeps_every_application_and_undo_walks_all_the_way_back(register: Register) -> None:
    """A random walk of deeds; beside it the states are kept in a plain list, as undo and redo should walk it."""
    dice = random.Random(20261124)
    states = [proposal.proposal(register)]
    at = 0
    for _step in range(80):
        act = dice.choice(["move", "move", "outcome", "fits", "undo", "redo"])
        one, other = dice.choice([A, B, C]), dice.choice([A, B, C])
        if act == "undo":
            if at == 0:
                continue
            now, at = proposal.undo(register, at=AT), at - 1
        elif act == "redo":
            if at == len(states) - 1:
                continue
            now, at = proposal.redo(register, at=AT), at + 1
        else:
            if act == "move":
                rules: list[proposal.Change] = [
                    order.up,
                    order.down,
                    partial(order.before, other=other),
                    partial(order.after, other=other),
                    partial(order.equal_to, other=other),
                    partial(order.at_place, number=dice.randint(1, 3)),
                ]
                now = proposal.move(register, one, dice.choice(rules), at=AT)
            elif act == "outcome":
                now = proposal.propose(register, {one: dice.choice([None, *Outcome])}, at=AT)
            else:
                now = proposal.everything_fits(register, at=AT)
            if (now.order, now.outcomes) == (states[at].order, states[at].outcomes):
                continue
            states[at + 1 :] = [now]
            at += 1
        assert sorted(now.applications) == [A, B, C]
        assert (now.order, now.outcomes) == (states[at].order, states[at].outcomes)
    while at:
        now, at = proposal.undo(register, at=AT), at - 1
    assert (now.order, now.outcomes) == (((A, B, C),), {})
