"""How far the money reaches down an order."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import Application, ApplicationId, BudgetPart, Call, replace
from esf_desktop.secretariat.funds import Pot, Reach, budget_lines, claims, pots
from esf_desktop.secretariat.order import Outcome, settled
from tests.secretariat import samples

A, B, C, D = map(ApplicationId, "ABCD")
LEARNING, SPARSE = BudgetPart("Lärande", 10), BudgetPart("Gles", 100)


def call(asks: Sequence[tuple[str, int | None, str]], *budget: BudgetPart) -> Call:
    applications = tuple(
        Application(ApplicationId(name), f"Projekt {name}", "Sökande", requested_support=support, budget_part=part)
        for name, support, part in asks
    )
    return replace(samples.call(), applications=applications, budget=budget)


def test_each_part_has_its_own_running_sum_and_line() -> None:
    asked = call([("A", 6, "Lärande"), ("B", 90, "Gles"), ("C", 5, "Lärande"), ("D", 20, "Gles")], LEARNING, SPARSE)
    found = claims(asked, ((A,), (B,), (C,), (D,)))
    assert [(found[x].running, found[x].reach) for x in (A, B, C, D)] == [
        (6, Reach.WITHIN),
        (90, Reach.WITHIN),
        (11, Reach.BEYOND),
        (110, Reach.BEYOND),
    ]
    learning, sparse = budget_lines(asked, ((A,), (B,), (C,), (D,)))
    assert (learning.pot, learning.rank, learning.used, learning.left, learning.enough) == (
        Pot("Lärande", 10),
        2,
        6,
        4,
        False,
    )
    assert (sparse.rank, sparse.used, sparse.asked) == (3, 90, 110)


def test_the_line_goes_through_a_tie_when_the_money_reaches_to_some_of_it() -> None:
    asked = call([("A", 6, ""), ("B", 4, ""), ("C", 14, "")], LEARNING)
    found = claims(asked, ((A, B, C),))
    assert [found[x].reach for x in (A, B, C)] == [Reach.ACROSS, Reach.ACROSS, Reach.BEYOND]
    assert {found[x].running for x in (A, B, C)} == {24}
    (line,) = budget_lines(asked, ((A, B, C),))
    assert (line.rank, line.used, line.left, line.through) == (0, 0, 10, True)


def test_everything_fits_to_the_last_crown() -> None:
    asked = call([("A", 6, ""), ("B", 4, "")], LEARNING)
    (line,) = budget_lines(asked, ((A,), (B,)))
    assert (line.rank, line.left, line.enough) == (2, 0, True)


def test_what_is_not_to_be_prioritised_claims_nothing() -> None:
    asked = call([("A", 9, ""), ("B", 4, "")], LEARNING)
    found = claims(asked, ((A,), (B,)), {A: Outcome.NOT_PRIORITISED})
    assert (found[A].reach, found[A].running) == (Reach.SET_ASIDE, 0)
    assert (found[B].reach, found[B].running) == (Reach.WITHIN, 4)


def test_applications_that_name_no_part_share_the_whole_budget() -> None:
    asked = call([("A", 6, ""), ("B", 4, "")], LEARNING, SPARSE)
    assert pots(asked, asked.applications) == (Pot("", 110),)


def test_one_that_names_no_part_among_others_claims_from_no_part() -> None:
    asked = call([("A", 6, "Lärande"), ("B", 400, ""), ("C", 1, "En annan")], LEARNING, SPARSE)
    assert pots(asked, asked.applications)[-1] == Pot("", None)
    found = claims(asked, ((A,), (B,), (C,)))
    assert [found[x].reach for x in (A, B, C)] == [Reach.WITHIN, Reach.OPEN, Reach.OPEN]
    assert len(budget_lines(asked, ((A,), (B,), (C,)))) == 2


def test_a_call_without_a_budget_has_sums_and_no_line() -> None:
    asked = call([("A", 6, ""), ("B", None, "")])
    found = claims(asked, ((A,), (B,)))
    assert [(found[x].running, found[x].reach) for x in (A, B)] == [(6, Reach.OPEN), (6, Reach.OPEN)]
    assert budget_lines(asked, ((A,), (B,))) == ()


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.booleans()), max_size=8), st.integers(0, 100))
def test_above_the_line_it_fits_and_the_rank_below_it_does_not(asks: list[tuple[int, bool, bool]], amount: int) -> None:
    names = [f"2026/{n:05}" for n in range(len(asks))]
    asked = call([(name, ask[0], "") for name, ask in zip(names, asks, strict=True)], BudgetPart("Allt", amount))
    ranks: list[list[ApplicationId]] = []
    for name, (_ask, tied, _out) in zip(names, asks, strict=True):
        if not (tied and ranks):
            ranks.append([])
        ranks[-1].append(ApplicationId(name))
    made = settled(ranks, [one.id for one in asked.applications])
    out = {ApplicationId(n): Outcome.NOT_PRIORITISED for n, (_a, _t, aside) in zip(names, asks, strict=True) if aside}
    found, (line,) = claims(asked, made, out), budget_lines(asked, made, out)
    assert line.used <= amount
    assert line.enough == (line.rank == len(made))
    if not line.enough:
        assert line.used + sum(found[x].asked for x in made[line.rank]) > amount
    for number, rank in enumerate(made):
        for x in rank:
            within = number < line.rank or x in out
            assert (found[x].reach in (Reach.WITHIN, Reach.SET_ASIDE)) == within or number > line.rank
