"""Filtering and sorting the round: rules on values."""

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.completeness import State
from esf_desktop.model import Application, ApplicationId, Draft, Judgement, Rating
from tests.rounds import LAR, SAM, call
from ui.assessor.round_order import COLUMNS, Line, Order, Wish, matching, ordered, swedish, touches

ratings = st.sampled_from([None, *Rating])
lines = st.lists(
    st.builds(
        lambda number, name, money, place, state, rating, area: Line(
            Application(
                ApplicationId(f"2026/{number:05}"),
                name,
                "",
                requested_support=money,
                municipalities=(place,) * bool(place),
            ),
            Draft("", judgements=(Judgement(SAM, rating),), main_area=area),  # type: ignore[arg-type]
            state,
        ),
        st.integers(0, 99),
        st.sampled_from(["Åtta", "Ärlig", "Öppen", "zebra", "Alm", ""]),
        st.sampled_from([None, 0, 5, 7_000_000]),
        st.sampled_from(["", "2480", "2584", "Utomlands"]),
        st.sampled_from(list(State)),
        ratings,
        st.sampled_from([None, LAR]),
    ),
    max_size=8,
)


@given(lines, st.sampled_from(COLUMNS), st.booleans())
def test_sorting_loses_no_line_and_is_the_same_twice(found: list[Line], column: str, downwards: bool) -> None:
    order = Order(column, downwards)
    once = ordered(call(), found, order)
    assert sorted(map(id, once)) == sorted(map(id, found))
    assert ordered(call(), once, order) == once


@given(lines)
def test_what_is_not_known_stands_last_both_ways(found: list[Line]) -> None:
    for downwards in (False, True):
        money = [line.application.requested_support for line in ordered(call(), found, Order("support", downwards))]
        known = [amount for amount in money if amount is not None]
        assert money == sorted(known, reverse=downwards) + [None] * (len(money) - len(known))


@given(lines, st.builds(Wish, st.sampled_from(["", "åtta", "2026 alm", "umeå"]), st.sampled_from([None, *State])))
def test_a_wish_keeps_those_that_meet_it_and_no_wish_keeps_all(found: list[Line], wish: Wish) -> None:
    kept = matching(found, wish)
    assert all(line in found for line in kept)
    assert all(wish.state in (None, line.state) for line in kept)
    assert matching(kept, wish) == kept
    assert matching(found, Wish()) == tuple(found)


def test_swedish_letters_come_last_in_their_own_order() -> None:
    assert sorted(["Öppen", "zebra", "Ärlig", "Alm", "Åtta"], key=swedish) == ["Alm", "zebra", "Åtta", "Ärlig", "Öppen"]


def test_an_area_is_that_of_those_it_is_the_main_one_of_or_that_meet_it() -> None:
    assert touches(Draft(ApplicationId("a"), main_area=LAR), LAR)
    assert touches(Draft(ApplicationId("a"), judgements=(Judgement(LAR, Rating.PARTLY),)), LAR)
    assert not touches(Draft(ApplicationId("a"), judgements=(Judgement(LAR, Rating.NOT_MET),)), LAR)


@given(st.sampled_from(COLUMNS), st.booleans())
def test_an_order_is_read_back_as_it_was_written(column: str, downwards: bool) -> None:
    assert Order.read(str(Order(column, downwards))) == Order(column, downwards)
    assert Order.read("-nonsense") == Order()


def test_a_column_that_is_pressed_again_turns() -> None:
    assert Order().pressed("support") == Order("support")
    assert Order("support").pressed("support") == Order("support", True)
    assert Order("support", True).pressed("support") == Order("support")
