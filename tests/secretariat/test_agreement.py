"""The figures of agreement against published examples and against the definition written out."""

import random

import krippendorff
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from esf_desktop.model import ApplicationId, AssessorId, CriterionId, Rating
from esf_desktop.secretariat.agreement import agreement, ordinal_alpha, plain_agreement

KRIPPENDORFF_2011 = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C to E: four observers, twelve units."""


def units(rows: tuple[str, ...]) -> list[list[int]]:
    """The values of each unit, without the missing ones."""
    return [[int(value) for value in unit if value != "."] for unit in zip(*(row.split() for row in rows), strict=True)]


BINARY_2011 = (
    "0 1 0 0 0 0 0 0 1 0",
    "1 1 1 0 0 1 0 0 0 0",
)
"""The same paper, section A: two observers, ten units, two values, where every metric gives the same alpha."""


def by_definition(paired: list[list[int]]) -> float:
    """Alpha as one minus observed over expected disagreement, pair by pair, with ranks counted one by one."""
    values = [value for unit in paired for value in unit]

    def distance(c: int, k: int) -> float:
        low, high = min(c, k), max(c, k)
        return (sum(low <= v <= high for v in values) - (values.count(c) + values.count(k)) / 2) ** 2

    observed = sum(
        distance(c, k) / (len(unit) - 1)
        for unit in paired
        for i, c in enumerate(unit)
        for j, k in enumerate(unit)
        if i != j
    ) / len(values)
    expected = sum(distance(c, k) for i, c in enumerate(values) for j, k in enumerate(values) if i != j)
    return 1 - observed / (expected / (len(values) * (len(values) - 1)))


def test_alpha_equals_the_published_example() -> None:
    assert ordinal_alpha(units(KRIPPENDORFF_2011)) == pytest.approx(0.815, abs=0.0005)


def test_alpha_of_the_published_example_to_four_decimals() -> None:
    found = ordinal_alpha(units(KRIPPENDORFF_2011))
    assert found is not None
    assert round(found, 4) == 0.8154


def test_alpha_of_two_values_equals_the_published_calculation_to_four_decimals() -> None:
    found = ordinal_alpha(units(BINARY_2011))
    assert found is not None
    assert round(found, 4) == round(1 - (20 - 1) * 4 / (14 * 6), 4) == 0.0952


@given(st.lists(st.lists(st.integers(0, 2), max_size=5), min_size=2, max_size=12))
def test_alpha_is_what_another_program_says_with_values_missing(rated: list[list[int]]) -> None:
    paired = [unit for unit in rated if len(unit) > 1]
    assume(len(paired) > 1 and len({value for unit in paired for value in unit}) > 1)
    counts = [[unit.count(value) for value in range(3)] for unit in rated]
    theirs = krippendorff.alpha(value_counts=counts, value_domain=[0, 1, 2], level_of_measurement="ordinal")
    assert ordinal_alpha(rated) == pytest.approx(theirs, abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=5), min_size=2, max_size=12))
def test_alpha_is_what_the_definition_says(paired: list[list[int]]) -> None:
    found = ordinal_alpha(paired)
    if len({value for unit in paired for value in unit}) < 2:
        assert found is None
    else:
        assert found == pytest.approx(by_definition(paired))


def test_complete_agreement_is_one_and_units_rated_once_count_nothing() -> None:
    assert ordinal_alpha([[0, 0], [2, 2, 2], [1, 1], [0]]) == 1
    assert plain_agreement([[0, 0], [2, 2, 2], [1]]) == 1


def test_alpha_is_not_defined_for_one_unit_or_one_value() -> None:
    assert ordinal_alpha([[0, 2]]) is None
    assert ordinal_alpha([[1, 1], [1, 1]]) is None
    assert plain_agreement([[1], []]) is None


def test_ratings_by_chance_are_near_zero() -> None:
    dice = random.Random(1)
    found = ordinal_alpha([[dice.randrange(3), dice.randrange(3)] for _ in range(5_000)])
    assert found == pytest.approx(0, abs=0.03)


def test_plain_agreement_counts_pairs() -> None:
    assert plain_agreement([[0, 0, 1], [2, 2]]) == pytest.approx((1 + 1) / (3 + 1))


def test_what_cannot_be_assessed_is_missing() -> None:
    one, two = (ApplicationId("1"), CriterionId("SAM")), (ApplicationId("2"), CriterionId("SAM"))
    found = agreement(
        {
            AssessorId("a"): {one: Rating.MET, two: Rating.CANNOT_ASSESS},
            AssessorId("b"): {one: Rating.MET, two: Rating.MET},
        }
    )
    assert (found.plain, found.alpha, found.units) == (1, None, 1)
