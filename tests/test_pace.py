"""Active time from the journal, and what is left at one's own median."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.model import ApplicationId
from esf_desktop.pace import LONGEST, spent, time_left
from tests.rounds import AT, FIRST, SECOND, later

MINUTE = timedelta(minutes=1)
OTHERS = tuple(ApplicationId(f"2026/{n:05}") for n in range(1, 6))
applications = st.sampled_from((FIRST, SECOND))


def test_the_time_before_a_writing_goes_to_the_application_that_is_written_in() -> None:
    moments = [(FIRST, AT), (FIRST, later(120)), (SECOND, later(300)), (FIRST, later(360))]
    assert spent(moments) == {FIRST: 3 * MINUTE, SECOND: 3 * MINUTE}


def test_a_night_between_counts_as_the_longest_pause() -> None:
    assert spent([(FIRST, AT), (FIRST, later(12 * 3600)), (FIRST, later(12 * 3600 + 60))]) == {FIRST: LONGEST + MINUTE}


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    assert spent([(FIRST, later(600)), (FIRST, AT), (FIRST, later(60))]) == {FIRST: MINUTE}


def test_nothing_is_said_before_three_are_finished_by_hand() -> None:
    used = {OTHERS[0]: 40 * MINUTE, OTHERS[1]: 50 * MINUTE, OTHERS[2]: timedelta(seconds=5)}
    assert time_left(used, OTHERS[:3], [FIRST]) is None
    assert time_left({}, (), [FIRST]) is None


def test_the_rest_takes_the_median_less_what_was_spent_on_it() -> None:
    used = {OTHERS[0]: 30 * MINUTE, OTHERS[1]: 40 * MINUTE, OTHERS[2]: 200 * MINUTE, FIRST: 15 * MINUTE}
    assert time_left(used, OTHERS[:3], [FIRST, SECOND]) == 65 * MINUTE


def test_one_that_took_longer_than_usual_gives_no_time_back() -> None:
    used = dict.fromkeys(OTHERS[:3], 30 * MINUTE) | {FIRST: 90 * MINUTE}
    assert time_left(used, OTHERS[:3], [FIRST, SECOND]) == 30 * MINUTE
    assert time_left(used, OTHERS[:3], []) == timedelta(0)


@given(st.lists(st.tuples(applications, st.integers(-(10**6), 10**6))))
def test_no_time_is_negative_and_none_is_more_than_its_pauses_allow(steps: list[tuple[ApplicationId, int]]) -> None:
    moments = [(application, later(seconds)) for application, seconds in steps]
    used = spent(moments)
    assert all(timedelta(0) <= time <= LONGEST * len(moments) for time in used.values())
    assert used.keys() == {application for application, _at in moments}
