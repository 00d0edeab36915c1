"""How far assessors agree: plain agreement, and Krippendorff's alpha for ordered ratings. Low values are normal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, AssessorId, CriterionId, Rating, Value

Unit = tuple[ApplicationId, CriterionId]

LEAST_APPLICATIONS = 5
LEAST_ASSESSORS = 2
ORDER = {Rating.NOT_MET: 0, Rating.PARTLY: 1, Rating.MET: 2}
"""The ratings that can be compared; `cannot_assess` is missing data."""


class Agreement(Value, frozen=True):
    """The agreement of a round, or of one criterion in it.

    `alpha` is None when it is not defined: fewer than two units were rated twice, or all ratings are the same.
    """

    plain: float | None
    alpha: float | None
    units: int
    """Units with two ratings or more."""


def agreement(ratings: Mapping[AssessorId, Mapping[Unit, Rating]]) -> Agreement:
    """Plain agreement and Krippendorff's alpha over one round.

    Args:
        ratings: by assessor, then by unit (application, criterion); `cannot_assess` and absent units are missing data.

    Returns:
        The share of pairs of ratings of one unit that are the same, and alpha in [-1, 1].

    Source: Krippendorff, Content Analysis, 4th ed., ordinal metric.
    """
    units: dict[Unit, list[int]] = defaultdict(list)
    for _assessor, rated in sorted(ratings.items()):
        for unit, rating in rated.items():
            if rating in ORDER:
                units[unit].append(ORDER[rating])
    paired = [values for _unit, values in sorted(units.items()) if len(values) > 1]
    return Agreement(plain_agreement(paired), ordinal_alpha(paired), len(paired))


def plain_agreement(units: Iterable[Sequence[int]]) -> float | None:
    """The share of all pairs within units that are the same; None without pairs."""
    pairs = same = 0
    for values in units:
        pairs += len(values) * (len(values) - 1)
        same += sum(n * (n - 1) for n in Counter(values).values())
    return same / pairs if pairs else None


def ordinal_alpha(units: Iterable[Sequence[int]]) -> float | None:
    """Krippendorff's alpha with the ordinal metric over units of two values or more; None where it is not defined."""
    paired = [values for values in units if len(values) > 1]
    coincidences: dict[tuple[int, int], float] = defaultdict(float)
    for values in paired:
        counts = Counter(values)
        for c in sorted(counts):
            for k in sorted(counts):
                coincidences[c, k] += counts[c] * (counts[k] - (c == k)) / (len(values) - 1)
    totals = Counter(value for values in paired for value in values)
    if len(paired) < 2 or len(totals) < 2:
        return None
    distance = _ordinal_distances(totals)
    n = sum(totals.values())
    observed = sum(count * distance[pair] for pair, count in coincidences.items())
    expected = sum(totals[c] * totals[k] * distance[c, k] for c in totals for k in totals) / (n - 1)
    return 1 - observed / expected


def in_words(value: Agreement) -> str:
    """What the figures say and do not say, for the secretary."""
    if value.plain is None:
        return _("No application has been rated by two assessors yet.")
    return _(
        "Low values are normal when people judge applications. They show where to talk, not who is right; "
        "discussion helps where it is aimed."
    )


def _ordinal_distances(totals: Mapping[int, int]) -> dict[tuple[int, int], float]:
    """The squared number of values between the middles of two ranks."""
    ranks = sorted(totals)
    upto = dict(zip(ranks, accumulate(totals[rank] for rank in ranks), strict=True))
    middle = {rank: upto[rank] - totals[rank] / 2 for rank in ranks}
    return {(c, k): (middle[c] - middle[k]) ** 2 for c in ranks for k in ranks}
