"""The round laid out: ratings beside each other, ranges instead of means, differences first."""

from esf_desktop.model import Call, Declaration, Rating, ThirdAssessor, replace
from esf_desktop.secretariat.compare import (
    Comparison,
    Delivered,
    Mark,
    MetCount,
    Order,
    compare,
    ordered,
    round_agreement,
)
from esf_desktop.secretariat.coverage import deliveries, reminder, thinly_read
from esf_desktop.secretariat.states import Revision, standings
from tests.secretariat.samples import application_id, assessment, assessor_id, call, delivered, person

MET, PARTLY, NOT_MET, CANNOT = Rating.MET, Rating.PARTLY, Rating.NOT_MET, Rating.CANNOT_ASSESS
PEOPLE = [person(n) for n in range(3)]


def compared(of: Call, ratings: dict[tuple[int, int], dict[str, Rating]]) -> Comparison:
    """The comparison of these ratings by (assessor, application)."""
    return compare(
        of,
        PEOPLE,
        delivered({(n, application_id(a)): assessment(of, application_id(a), r) for (n, a), r in ratings.items()}),
    )


def test_met_counts_are_a_range_over_the_selected_principles() -> None:
    of = call()
    line = compared(of, {(0, 0): {}, (1, 0): {"SAM": PARTLY, "RUS": NOT_MET, "ARB": NOT_MET}}).lines[0]
    assert line.met == MetCount(4, 6, 6)


def test_the_spread_is_the_steps_between_the_ratings_furthest_apart() -> None:
    line = compared(call(), {(0, 0): {"SAM": NOT_MET}, (1, 0): {"SAM": PARTLY}, (2, 0): {}}).lines[0]
    cells = {str(cell.criterion): cell for cell in line.cells}
    assert (cells["SAM"].spread, cells["SAM"].apart) == (2, True)
    assert (cells["RUS"].spread, cells["RUS"].apart) == (0, False)


def test_what_cannot_be_assessed_is_not_counted_in_the_spread() -> None:
    line = compared(call(), {(0, 0): {"SAM": CANNOT}, (1, 0): {"SAM": NOT_MET}}).lines[0]
    assert line.widest == 0
    assert next(c for c in line.cells if c.criterion == "SAM").tiles[0].rating is CANNOT


def test_a_recused_assessor_has_a_tile_and_no_rating() -> None:
    of = call()
    recused = assessment(of, application_id(0), answer=Declaration.RECUSED)
    found = compare(of, PEOPLE, delivered({(0, application_id(0)): recused}))
    assert [tile.mark for tile in found.lines[0].cells[0].tiles] == [Mark.RECUSED, Mark.MISSING, Mark.MISSING]
    assert found.lines[0].met is None


def test_another_framework_is_shown_and_never_counted() -> None:
    of = call()
    (one,) = delivered({(0, application_id(0)): assessment(of, application_id(0), {"SAM": NOT_MET})})
    (two,) = delivered({(1, application_id(0)): assessment(of, application_id(0))})
    line = compare(of, PEOPLE, [replace(one, same_framework=False), two]).lines[0]
    tile = next(c for c in line.cells if c.criterion == "SAM").tiles[0]
    assert (tile.mark, tile.rating) == (Mark.OTHER_FRAMEWORK, NOT_MET)
    assert (line.widest, line.met) == (0, MetCount(6, 6, 6))


def test_two_versions_by_one_assessor_are_shown_as_such_and_not_counted() -> None:
    of = call()
    both = [Revision(assessor_id(0), application_id(0), identity, 1) for identity in "ab"]
    rows = [Delivered(standing, assessment(of, application_id(0))) for standing in standings(both)]
    assert compare(of, PEOPLE, rows).lines[0].readings[0].mark is Mark.FORK


def test_the_order_for_discussion_puts_the_widest_difference_first() -> None:
    of = call(applications=4)
    found = compared(
        of,
        {
            (0, 0): {},
            (1, 0): {"SAM": PARTLY, "RUS": PARTLY, "MET": PARTLY},
            (0, 1): {},
            (1, 1): {"SAM": NOT_MET},
            (0, 2): {"SAM": NOT_MET},
            (1, 2): {"RUS": PARTLY},
        },
    )
    assert [line.application.id for line in ordered(found.lines, Order.SPREAD)] == [
        application_id(n) for n in (2, 1, 0, 3)
    ]
    assert [line.application.id for line in ordered(found.lines, Order.MET)] == [
        application_id(n) for n in (1, 2, 0, 3)
    ]
    assert [line.application.id for line in ordered(reversed(found.lines), Order.DIARY_NUMBER)] == [
        application_id(n) for n in range(4)
    ]


def test_a_call_says_how_far_apart_is_wide() -> None:
    of = replace(call(), third_assessor=ThirdAssessor(1))
    line = compared(of, {(0, 0): {"SAM": PARTLY}, (1, 0): {}}).lines[0]
    assert [cell.criterion for cell in line.cells if cell.apart] == ["SAM"]


def test_agreement_is_shown_from_five_applications_and_two_assessors() -> None:
    few = compared(call(applications=4), {(n, a): {} for n in range(2) for a in range(4)})
    alone = compared(call(applications=5), {(0, a): {} for a in range(5)})
    enough = compared(call(applications=5), {(n, a): {"SAM": PARTLY} for n in range(2) for a in range(5)})
    assert round_agreement(few) is None
    assert round_agreement(alone) is None
    found = round_agreement(enough)
    assert found is not None
    assert (found.plain, found.alpha, found.units) == (1, 1, 30)


def test_coverage_names_who_is_missing_and_what_too_few_have_read() -> None:
    of = call()
    rows = delivered(
        {
            (0, application_id(0)): assessment(of, application_id(0)),
            (1, application_id(0)): assessment(of, application_id(0)),
            (0, application_id(1)): assessment(of, application_id(1), answer=Declaration.RECUSED),
        }
    )
    found = compare(of, PEOPLE, rows)
    first, _second, third = deliveries(found)
    assert (len(first.delivered), len(first.recused), first.missing) == (1, 1, (application_id(2),))
    assert (third.delivered, third.asked) == ((), 3)
    assert [line.application.id for line in thinly_read(found)] == [application_id(1), application_id(2)]
    assert "2026/00103" in reminder(first, found)


def test_an_assessor_is_asked_only_for_what_the_call_lets_them_read() -> None:
    of = call(assessors=1)
    of = replace(of, assessors=(replace(of.assessors[0], reads=(application_id(2),)),))
    (only,) = deliveries(compare(of, PEOPLE, []))
    assert only.missing == (application_id(2),)


def test_withdrawn_applications_are_asked_of_nobody() -> None:
    found = compare(replace(call(), withdrawn=(application_id(0),)), PEOPLE, [])
    assert found.lines[0].withdrawn
    assert all(application_id(0) not in delivery.missing for delivery in deliveries(found))


def test_lines_by_main_area_stand_together_and_those_without_one_last() -> None:
    of = call()
    chosen = {0: ["PLA", "ARB", "PLA"], 2: ["ARB", "PLA"]}
    given = {
        (n, application_id(a)): replace(assessment(of, application_id(a)), main_area=area)
        for a, areas in chosen.items()
        for n, area in enumerate(areas)
    }
    lines = compare(of, PEOPLE, delivered(given)).lines
    assert [line.area for line in lines] == ["PLA", None, "ARB"], "most of them; the first of equals"
    assert [line.application.id for line in ordered(lines, Order.AREA)] == [application_id(n) for n in (2, 0, 1)]


def test_a_later_revision_is_told_with_what_it_changed() -> None:
    of = call()
    first = assessment(of, application_id(0))
    second = assessment(of, application_id(0), {"SAM": NOT_MET}, revision=2, parents=["a" * 64])
    other_words = tuple(replace(j, comment="Annat.") if j.criterion == "RUS" else j for j in second.judgements)
    second = replace(second, judgements=other_words)
    found = standings(
        [
            Revision(assessor_id(0), application_id(0), "a" * 64, 1),
            Revision(assessor_id(0), application_id(0), "b" * 64, 2, ("a" * 64,)),
        ]
    )
    values = {"a" * 64: first, "b" * 64: second}
    rows = [Delivered(standing, values[standing.revision.identity]) for standing in found]
    line = compare(of, PEOPLE, rows).lines[0]
    reading = line.readings[0]
    assert (reading.assessment, reading.replaced) == (second, first)
    assert reading.changes == ("RUS", "SAM")
    assert reading.before(of.principles[0].id).comment != "Annat."
    changed = [str(cell.criterion) for cell in line.cells if cell.tiles[0].changed]
    assert changed == ["SAM"], "a tile shows the rating alone"


def test_a_first_assessment_has_changed_nothing() -> None:
    reading = compared(call(), {(0, 0): {"SAM": NOT_MET}}).lines[0].readings[0]
    assert (reading.replaced, reading.changes) == (None, ())
