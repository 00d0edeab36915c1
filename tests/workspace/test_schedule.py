"""When backups are due and which are kept, over dates with both changes of summer time and clocks that jump."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf_desktop.workspace import schedule

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=STOCKHOLM)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.integers(0, 5 * 365 * 24 * 3600).map(lambda s: (FIRST + timedelta(seconds=s)).astimezone(STOCKHOLM))
histories = st.lists(moments, max_size=120, unique=True)
PERIODS: list[tuple[int, Callable[[datetime], str]]] = [
    (7, lambda at: f"{at:%Y-%m-%d}"),
    (4, lambda at: f"{at:%G-%V}"),
    (6, lambda at: f"{at:%Y-%m}"),
]


@pytest.mark.parametrize(
    ("ago", "minutes"),
    [(None, 0), (timedelta(minutes=10), 20), (timedelta(minutes=31), 0), (timedelta(days=-400), 0)],
)
def test_a_backup_is_due_half_an_hour_after_the_last_and_at_once_when_that_is_in_the_future(
    ago: timedelta | None, minutes: int
) -> None:
    assert schedule.wait(None if ago is None else NOW - ago, NOW) == timedelta(minutes=minutes)


def test_half_a_year_of_half_hours_leaves_what_the_promise_says() -> None:
    made = [NOW - timedelta(minutes=30 * n) for n in range(48 * 200)]
    kept = schedule.kept(made, NOW)
    days = [at for at in kept if at < NOW - timedelta(days=2)]
    assert len(kept - set(days)) == 2 * 48 + 1
    assert len({at.date() for at in kept if at >= NOW - timedelta(days=6, hours=12)}) == 7
    assert len({at.isocalendar()[:2] for at in kept}) >= 4
    assert len({(at.year, at.month) for at in kept}) == 6
    assert len(days) <= 7 + 4 + 6


def test_the_hour_that_comes_twice_holds_two_backups() -> None:
    twice = [datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM, fold=fold) for fold in (0, 1)]
    apart = [at.astimezone(UTC) for at in twice]
    assert schedule.kept(apart, apart[1]) == set(apart)


@given(made=histories, now=moments)
def test_all_of_two_days_stay_and_the_newest_of_each_period(made: list[datetime], now: datetime) -> None:
    kept = schedule.kept(made, now)
    near = {at for at in made if abs(now - at) <= timedelta(days=2)}
    assert near <= kept <= set(made)
    assert len(kept - near) <= 7 + 4 + 6
    for number, period in PERIODS:
        newest = sorted({period(at) for at in made}, reverse=True)[:number]
        for one in newest:
            assert max(at for at in made if period(at) == one) in kept


@given(made=histories, now=moments)
def test_thinning_again_removes_nothing_more(made: list[datetime], now: datetime) -> None:
    kept = schedule.kept(made, now)
    assert schedule.kept(kept, now) == kept


@given(made=histories)
def test_thinning_after_each_backup_leaves_what_thinning_once_would(made: list[datetime]) -> None:
    stay: set[datetime] = set()
    for at in sorted(made):
        stay = set(schedule.kept({*stay, at}, at))
    assert stay == (schedule.kept(made, max(made)) if made else set())


@given(made=histories, now=moments, jump=st.timedeltas(timedelta(days=-50 * 365), timedelta(days=50 * 365)))
def test_a_clock_that_jumps_and_comes_back_costs_none_of_the_last_two_days_newest(
    made: list[datetime], now: datetime, jump: timedelta
) -> None:
    """One backup is made and thinned under the wrong clock; of each recent day the newest is still there after."""
    wrong = now + jump
    earlier = [at for at in made if at <= now]
    under_wrong_clock = schedule.kept({*earlier, wrong}, wrong)
    after = schedule.kept(under_wrong_clock, now)
    newest_days = sorted({at.date() for at in earlier}, reverse=True)[:6]
    for day in newest_days:
        assert max(at for at in earlier if at.date() == day) in after or wrong.date() == day
