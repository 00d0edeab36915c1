"""The figures of the round by place, area, kind and sector."""

from hypothesis import given
from hypothesis import strategies as st

from esf_desktop import i18n
from esf_desktop.i18n import Language
from esf_desktop.model import (
    Application,
    ApplicationId,
    BudgetPart,
    Call,
    CriterionId,
    ProjectType,
    replace,
)
from esf_desktop.municipalities import all_municipalities
from esf_desktop.secretariat.balance import LEVELS, OUTSIDE, SPLIT, UNSTATED, Balance, Dimension, Sum, balance, shares
from esf_desktop.secretariat.compare import compare
from esf_desktop.secretariat.order import Outcome
from tests.secretariat import samples

A, B, C = map(ApplicationId, ("2026/00101", "2026/00102", "2026/00103"))
IN_BOTH = ("2480", "2584", "2580")


def one(id_: ApplicationId, support: int | None = 100, **facts: object) -> Application:
    return Application(id_, f"Projekt {id_}", "Sökande", requested_support=support, **facts)  # type: ignore[arg-type]


def of(*applications: Application, outcomes: dict[ApplicationId, Outcome] | None = None, **call: object) -> Balance:
    made: Call = replace(samples.call(), applications=applications, **call)
    return balance(compare(made, (), ()), outcomes or {})


def sums(found: Balance, dimension: Dimension) -> dict[str, Sum]:
    return {group.key: group.applied for group in found.by(dimension).groups if group.applied.count}


def test_support_is_shared_between_municipalities_and_each_counts_the_application() -> None:
    found = of(one(A, 100, municipalities=IN_BOTH), one(B, 50, municipalities=("2480",)))
    assert sums(found, Dimension.MUNICIPALITY) == {"2480": Sum(2, 84), "2580": Sum(1, 33), "2584": Sum(1, 33)}
    assert sums(found, Dimension.COUNTY) == {"Västerbottens län": Sum(2, 84), "Norrbottens län": Sum(1, 66)}


def test_places_that_are_unknown_or_unsaid_have_groups_of_their_own_when_somebody_is_there() -> None:
    found = of(one(A, municipalities=("0180", "Tromsø", "2480")), one(B))
    assert sums(found, Dimension.MUNICIPALITY) == {"2480": Sum(1, 33), OUTSIDE: Sum(1, 67), UNSTATED: Sum(1, 100)}
    assert {OUTSIDE, UNSTATED}.isdisjoint(group.key for group in of().by(Dimension.MUNICIPALITY).groups)
    assert len(of().by(Dimension.MUNICIPALITY).groups) == 29


def test_the_sectors_of_the_call_stand_in_its_order_and_others_after_them() -> None:
    found = of(one(A, sector="Övrigt"), one(B, sector="Industri"), one(C), sectors=("Vård", "Industri"))
    groups = found.by(Dimension.SECTOR).groups
    assert [(g.key, g.applied.count) for g in groups] == [("Vård", 0), ("Industri", 1), ("Övrigt", 1), (UNSTATED, 1)]


def test_kinds_of_project_and_programme_areas_are_counted() -> None:
    found = of(one(A, project_type=ProjectType.FEASIBILITY_STUDY, programme_area="D"), one(B, programme_area="A1"))
    assert sums(found, Dimension.PROJECT_TYPE) == {"feasibility_study": Sum(1, 100), UNSTATED: Sum(1, 100)}
    assert [group.key for group in found.by(Dimension.PROGRAMME_AREA).groups] == ["A1", "D"]


def test_the_area_is_what_was_agreed_or_else_what_most_assessors_have_marked() -> None:
    call = samples.call()
    marked = {
        (0, A): "ARB",
        (1, A): "LAR",
        (2, A): "LAR",
        (0, B): "ARB",
        (1, B): "PLA",
        (0, C): None,
    }
    delivered = samples.delivered(
        {
            key: replace(samples.assessment(call, key[1]), main_area=CriterionId(area) if area else None)
            for key, area in marked.items()
        }
    )
    found = balance(compare(call, (), delivered), {})
    assert {group.key: group.applied.count for group in found.by(Dimension.AREA).groups} == {
        "ARB": 0,
        "LAR": 1,
        "PLA": 0,
        SPLIT: 1,
        UNSTATED: 1,
    }
    agreed = {B: CriterionId("PLA"), C: CriterionId("ARB")}
    counts = {
        g.key: g.applied.count for g in balance(compare(call, (), delivered), {}, agreed).by(Dimension.AREA).groups
    }
    assert counts == {"ARB": 1, "LAR": 1, "PLA": 1}


def test_the_proposed_stand_beside_the_applied_and_against_each_part_of_the_budget() -> None:
    found = of(
        one(A, 60, budget_part="Lärande"),
        one(B, 30, budget_part="Lärande"),
        one(C, 20, budget_part="Gles"),
        budget=(BudgetPart("Lärande", 50), BudgetPart("Gles", 500)),
        outcomes={A: Outcome.PRIORITISED, B: Outcome.IF_FUNDS_ALLOW, C: Outcome.NOT_PRIORITISED},
    )
    learning, sparse = found.parts
    assert (learning.budget, learning.group.applied) == (50, Sum(2, 90))
    assert (learning.group.prioritised, learning.group.if_funds_allow) == (Sum(1, 60), Sum(1, 30))
    assert (sparse.budget, sparse.group.applied, sparse.group.prioritised) == (500, Sum(1, 20), Sum())
    assert found.total.applied == Sum(3, 110)
    assert found.decided


def test_the_withdrawn_are_left_out_and_unknown_amounts_are_named() -> None:
    found = of(one(A, 60), one(B, None), one(C, 20), withdrawn=(C,))
    assert found.total.applied == Sum(2, 60)
    assert found.without_amount == (B,)
    assert not found.decided


def test_names_are_in_the_language_spoken() -> None:
    with i18n.speaking(Language.SWEDISH):
        assert [g.name for g in of(one(A)).by(Dimension.PROJECT_TYPE).groups] == [
            "Förstudie",
            "Genomförandeprojekt",
            "Ej angivet",
        ]
    with i18n.speaking(Language.ENGLISH):
        assert of(one(A)).total.name == "All applications"


amounts = st.one_of(st.none(), st.integers(0, 10**8))
places = st.lists(st.sampled_from(["2480", "2584", "2580", "2401", "0180", "Ort"]), max_size=4).map(tuple)


@given(st.lists(st.tuples(amounts, places, st.sampled_from([None, *Outcome])), max_size=6))
def test_the_sums_of_every_chart_are_the_sum_of_the_round(
    facts: list[tuple[int | None, tuple[str, ...], Outcome | None]],
) -> None:
    names = [ApplicationId(f"2026/{n:05}") for n in range(len(facts))]
    applications = [one(name, fact[0], municipalities=fact[1]) for name, fact in zip(names, facts, strict=True)]
    outcomes = {name: fact[2] for name, fact in zip(names, facts, strict=True) if fact[2]}
    found = of(*applications, outcomes=outcomes)
    for breakdown in found.breakdowns:
        for sort in ("applied", "prioritised", "if_funds_allow"):
            total = getattr(found.total, sort)
            assert sum(getattr(group, sort).support for group in breakdown.groups) == total.support
            assert sum(getattr(group, sort).count for group in breakdown.groups) >= total.count


@given(st.integers(0, 10**9), st.integers(1, 29))
def test_shares_are_whole_and_equal_and_together_the_amount(amount: int, count: int) -> None:
    found = shares(amount, count)
    assert sum(found) == amount
    assert max(found) - min(found) <= 1


def test_the_map_has_every_municipality_once_and_shades_by_what_is_sought() -> None:
    found = of(one(A, 100, municipalities=("2480",)), one(B, 30, municipalities=("2584",)), one(C, None))
    assert len(found.tiles) == 29
    assert len({(tile.column, tile.row) for tile in found.tiles}) == 29
    levels = {tile.group.key: tile.level for tile in found.tiles}
    assert (levels["2480"], levels["2584"], levels["2580"]) == (LEVELS, 2, 0)


def test_a_municipality_with_an_application_of_unknown_amount_is_not_white() -> None:
    found = of(one(A, None, municipalities=("2480",)))
    assert {tile.group.key: tile.level for tile in found.tiles}["2480"] == 1


def test_the_map_is_as_near_the_middle_points_as_its_places_allow() -> None:
    """No two tiles, and no tile and an empty place, can change places and come nearer."""
    points = all_municipalities()
    west, south = min(p.longitude for p in points), min(p.latitude for p in points)
    wide, high = max(p.longitude for p in points) - west, max(p.latitude for p in points) - south
    at = {p.code: ((p.longitude - west) / wide * 5, 6 - (p.latitude - south) / high * 6) for p in points}
    place = {p.code: (p.column, p.row) for p in points}
    empty = {(column, row) for column in range(6) for row in range(7)} - set(place.values())

    def apart(code: str, there: tuple[int, int]) -> float:
        return float((at[code][0] - there[0]) ** 2 + (at[code][1] - there[1]) ** 2)

    for code, here in place.items():
        assert all(apart(code, here) <= apart(code, there) + 1e-9 for there in empty)
        for other, there in place.items():
            now = apart(code, here) + apart(other, there)
            assert now <= apart(code, there) + apart(other, here) + 1e-9, (code, other)
