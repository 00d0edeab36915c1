"""How long one works on an application, read from when one wrote; and how long the rest takes at that pace."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median

from esf_desktop.model import ApplicationId

LONGEST = timedelta(minutes=10)
"""A pause counts for no more: what goes beyond it was something else than reading and thinking."""
LEAST = timedelta(minutes=1)
"""An application that took less was not assessed by hand, such as a worked example or one from a file."""
ENOUGH = 3
"""Finished applications before anything is said."""


def spent(moments: Iterable[tuple[ApplicationId, datetime]]) -> dict[ApplicationId, timedelta]:
    """The active time in each application, from when something was written in which, oldest first.

    The time before each writing goes to the application that was written in, because it was read for that; a pause
    counts for at most `LONGEST`, and a clock that was set back counts for nothing.
    """
    found: dict[ApplicationId, timedelta] = {}
    last: datetime | None = None
    for application, at in moments:
        pause = timedelta(0) if last is None else min(max(at - last, timedelta(0)), LONGEST)
        found[application] = found.get(application, timedelta(0)) + pause
        last = at
    return found


def time_left(
    used: Mapping[ApplicationId, timedelta],
    finished: Collection[ApplicationId],
    unfinished: Collection[ApplicationId],
) -> timedelta | None:
    """How long the unfinished ones take at one's own median; None before enough were finished by hand.

    What has been spent on an unfinished one is taken off, but never more than the median.
    """
    taken = [used[a].total_seconds() for a in finished if used.get(a, timedelta(0)) >= LEAST]
    if len(taken) < ENOUGH:
        return None
    usual = timedelta(seconds=median(taken))
    rest = (max(usual - used.get(application, timedelta(0)), timedelta(0)) for application in unfinished)
    return sum(rest, timedelta(0))
