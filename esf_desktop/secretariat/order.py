"""An order with ties, and how it is changed: ranks of applications, the first one best; none is lost or doubled."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Value

Rank = tuple[ApplicationId, ...]
"""Applications that stand equal, by diary number."""
Ranks = tuple[Rank, ...]


class Outcome(StrEnum):
    """What is proposed for an application; absent means not proposed yet."""

    PRIORITISED = "prioritised"
    IF_FUNDS_ALLOW = "if_funds_allow"
    NOT_PRIORITISED = "not_prioritised"

    def word(self) -> str:
        """The outcome in the language spoken now."""
        match self:
            case Outcome.PRIORITISED:
                return _("prioritised")
            case Outcome.IF_FUNDS_ALLOW:
                return _("if funds allow")
            case Outcome.NOT_PRIORITISED:
                return _("not prioritised")


class Place(Value, frozen=True):
    """Where something stands: `number` counts those that stand before it and one; `tied` if others stand there too."""

    number: int
    tied: bool = False

    def __str__(self) -> str:
        """`4`, or `4=` for a place that is shared."""
        return f"{self.number}=" if self.tied else str(self.number)


def settled(ranks: Iterable[Iterable[ApplicationId]], live: Iterable[ApplicationId]) -> Ranks:
    """The ranks with exactly the live applications: others are gone, and those that have no rank stand equal, last."""
    known = sorted(set(live))
    left = set(known)
    made: list[Rank] = []
    for rank in ranks:
        kept = tuple(sorted(left.intersection(rank)))
        left.difference_update(kept)
        if kept:
            made.append(kept)
    rest = tuple(one for one in known if one in left)
    return (*made, rest) if rest else tuple(made)


def places(ranks: Ranks) -> dict[ApplicationId, Place]:
    """The place of each application."""
    found: dict[ApplicationId, Place] = {}
    for rank in ranks:
        place = Place(len(found) + 1, len(rank) > 1)
        found |= dict.fromkeys(rank, place)
    return found


def rank_of(ranks: Ranks, application: ApplicationId) -> int:
    """The number of the application's rank from 0; KeyError when it has none."""
    for number, rank in enumerate(ranks):
        if application in rank:
            return number
    raise KeyError(application)


def up(ranks: Ranks, application: ApplicationId) -> Ranks:
    """One step up: out of its tie, or past the whole rank above."""
    number = rank_of(ranks, application)
    return _alone(ranks, application, number if len(ranks[number]) > 1 else max(number - 1, 0))


def down(ranks: Ranks, application: ApplicationId) -> Ranks:
    """One step down: out of its tie, or past the whole rank below."""
    number = rank_of(ranks, application)
    return _alone(ranks, application, number + 1 if len(ranks[number]) > 1 else number + 2)


def equal_to(ranks: Ranks, application: ApplicationId, other: ApplicationId) -> Ranks:
    """The application stands where the other one does; KeyError when that one has no rank."""
    there = rank_of(ranks, other)
    if application == other:
        return ranks
    others = [tuple(one for one in rank if one != application) for rank in ranks]
    others[there] += (application,)
    return settled(others, _all(ranks))


def before(ranks: Ranks, application: ApplicationId, other: ApplicationId) -> Ranks:
    """The application stands alone just above the rank of the other one."""
    return ranks if application == other else _alone(ranks, application, rank_of(ranks, other))


def after(ranks: Ranks, application: ApplicationId, other: ApplicationId) -> Ranks:
    """The application stands alone just below the rank of the other one."""
    return ranks if application == other else _alone(ranks, application, rank_of(ranks, other) + 1)


def at_place(ranks: Ranks, application: ApplicationId, number: int) -> Ranks:
    """The application takes that place, from 1; inside of a tie it becomes one of them, after the end it is last."""
    others = settled(ranks, [one for one in _all(ranks) if one != application])
    gap, count = 0, 0
    while gap < len(others) and count + len(others[gap]) < number:
        count += len(others[gap])
        gap += 1
    if gap < len(others) and count + 1 < number:
        return equal_to(ranks, application, others[gap][0])
    return (*others[:gap], (application,), *others[gap:])


def _alone(ranks: Ranks, application: ApplicationId, gap: int) -> Ranks:
    """The application alone between the ranks `gap` - 1 and `gap`."""
    others = [tuple(one for one in rank if one != application) for rank in ranks]
    return settled((*others[:gap], (application,), *others[gap:]), _all(ranks))


def _all(ranks: Ranks) -> Collection[ApplicationId]:
    return [one for rank in ranks for one in rank]
