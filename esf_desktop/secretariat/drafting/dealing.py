"""Who reads what, dealt out evenly."""

from collections.abc import Sequence
from itertools import combinations


def deal(applications: Sequence[str], assessors: Sequence[str], readers: int) -> dict[str, tuple[str, ...]]:
    """So many readers for each application: nobody reads two more than another, and the pairs are mixed.

    Returns:
        By assessor, the applications in their order; with as many readers as assessors, or more, everybody reads all.
    """
    many = min(max(readers, 0), len(assessors))
    load = dict.fromkeys(assessors, 0)
    met = {frozenset(pair): 0 for pair in combinations(assessors, 2)}
    dealt: dict[str, list[str]] = {assessor: [] for assessor in assessors}
    for application in applications:
        chosen: list[str] = []
        while len(chosen) < many:
            rest = [assessor for assessor in assessors if assessor not in chosen]

            def cost(assessor: str, chosen: list[str] = chosen) -> tuple[int, int, int]:
                together = sum(met[frozenset((assessor, other))] for other in chosen)
                return load[assessor], together, assessors.index(assessor)

            chosen.append(min(rest, key=cost))
        for assessor in chosen:
            load[assessor] += 1
            dealt[assessor].append(application)
        for pair in combinations(chosen, 2):
            met[frozenset(pair)] += 1
    return {assessor: tuple(numbers) for assessor, numbers in dealt.items()}
