"""An order with ties under every move."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import ApplicationId
from esf_desktop.secretariat import order
from esf_desktop.secretariat.order import Place, Ranks

Move = Callable[[Ranks], Ranks]

A, B, C, D, E = map(ApplicationId, ("A", "B", "C", "D", "E"))
ALL = (A, B, C, D, E)

one = st.sampled_from(ALL)
moves = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([order.up, order.down]), one),
        st.tuples(st.sampled_from([order.before, order.after, order.equal_to]), one, one),
        st.tuples(st.just(order.at_place), one, st.integers(-2, 9)),
    ),
    max_size=20,
)


def apply(ranks: Ranks, move: tuple) -> Ranks:  # type: ignore[type-arg]
    return move[0](ranks, *move[1:])  # type: ignore[no-any-return]


@st.composite
def any_ranks(draw: st.DrawFn) -> Ranks:
    shuffled = draw(st.permutations(ALL))
    ties = draw(st.lists(st.booleans(), min_size=4, max_size=4))
    made: list[tuple[ApplicationId, ...]] = [(shuffled[0],)]
    for application, tied in zip(shuffled[1:], ties, strict=True):
        if tied:
            made[-1] = (*made[-1], application)
        else:
            made.append((application,))
    return order.settled(made, ALL)


def sound(ranks: Ranks) -> bool:
    flat = [application for rank in ranks for application in rank]
    return sorted(flat) == sorted(ALL) and all(ranks) and all(list(rank) == sorted(rank) for rank in ranks)


@given(moves)
def test_any_moves_keep_every_application_once_and_no_rank_empty(moves: list[tuple]) -> None:  # type: ignore[type-arg]
    ranks = order.settled((), ALL)
    for move in moves:
        ranks = apply(ranks, move)
        assert sound(ranks)


@given(any_ranks(), st.tuples(st.sampled_from([order.up, order.down]), one))
def test_a_step_leaves_the_others_in_their_order(ranks: Ranks, move: tuple) -> None:  # type: ignore[type-arg]
    others = [application for application in ALL if application != move[1]]
    assert order.settled(apply(ranks, move), others) == order.settled(ranks, others)


@given(any_ranks(), one, st.integers(1, 5))
def test_who_is_moved_to_a_place_stands_there_or_in_the_tie_that_covers_it(
    ranks: Ranks, application: ApplicationId, number: int
) -> None:
    after = order.at_place(ranks, application, number)
    place, rank = order.places(after)[application], after[order.rank_of(after, application)]
    assert place.number <= number < place.number + len(rank)


@given(any_ranks(), one)
def test_down_and_up_again_is_where_it_stood_alone(ranks: Ranks, application: ApplicationId) -> None:
    alone = order.down(ranks, application)
    number = order.rank_of(alone, application)
    if 0 < number < len(alone) - 1:
        assert order.up(order.down(alone, application), application) == alone
        assert order.down(order.up(alone, application), application) == alone


@given(any_ranks(), one, one)
def test_equal_is_equal(ranks: Ranks, application: ApplicationId, other: ApplicationId) -> None:
    after = order.equal_to(ranks, application, other)
    assert order.rank_of(after, application) == order.rank_of(after, other)
    assert sound(after)


@given(any_ranks(), one, one)
def test_above_and_below_are_next_to_the_other(ranks: Ranks, application: ApplicationId, other: ApplicationId) -> None:
    for move, step in ((order.before, -1), (order.after, 1)):
        after = move(ranks, application, other)
        if application != other:
            assert order.rank_of(after, application) == order.rank_of(after, other) + step
            assert len(after[order.rank_of(after, application)]) == 1


def test_a_step_out_of_a_tie_passes_nobody_and_a_step_alone_passes_a_whole_rank() -> None:
    ranks = ((A,), (B, C, D), (E,))
    assert order.up(ranks, C) == ((A,), (C,), (B, D), (E,))
    assert order.down(ranks, C) == ((A,), (B, D), (C,), (E,))
    assert order.up(ranks, E) == ((A,), (E,), (B, C, D))
    assert order.down(ranks, A) == ((B, C, D), (A,), (E,))
    assert order.up(ranks, A) == ranks
    assert order.down(ranks, E) == ranks


def test_places_are_counted_as_in_sports_and_say_when_they_are_shared() -> None:
    found = order.places(((A,), (B, C, D), (E,)))
    assert [str(found[x]) for x in ALL] == ["1", "2=", "2=", "2=", "5"]
    assert found[E] == Place(5)


def test_what_is_new_stands_last_and_equal_and_what_is_gone_is_gone() -> None:
    assert order.settled(((C,), (E, A)), (D, C, A, B)) == ((C,), (A,), (B, D))
    assert order.settled((), ()) == ()


def test_a_name_that_stands_twice_counts_where_it_stands_first() -> None:
    assert order.settled(((B,), (A, B)), (A, B)) == ((B,), (A,))
