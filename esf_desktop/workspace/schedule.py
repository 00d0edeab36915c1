"""When a backup is due and which ones are kept: arithmetic on times, without a clock and without a disk."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

EVERY = timedelta(minutes=30)
ALL_FOR = timedelta(days=2)
DAYS, WEEKS, MONTHS = 7, 4, 6
"""Of how many of the latest days, weeks and months that have a backup the newest one is kept."""


def wait(last: datetime | None, now: datetime) -> timedelta:
    """How long from now until changed work is backed up; a last backup in the future counts for nothing."""
    if last is None or last > now:
        return timedelta()
    return max(timedelta(), last + EVERY - now)


def kept(made: Collection[datetime], now: datetime) -> frozenset[datetime]:
    """Those of the backups that stay: all of two days around now, then by days, weeks and months.

    Each time is taken as it was on the wall where it was made, so that no change of summer time or zone moves a
    backup to another day. A day without a backup costs none of the days.
    """
    newest_first = sorted(made, reverse=True)
    stay = {at for at in newest_first if abs(now - at) <= ALL_FOR}
    periods: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, datetime.date),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for number, period in periods:
        newest: dict[object, datetime] = {}
        for at in newest_first:
            newest.setdefault(period(at), at)
        stay.update(list(newest.values())[:number])
    return frozenset(stay)
