"""When things happen in a fictional project, and to how many people."""

from collections.abc import Callable, Sequence
from datetime import date

from esf_desktop.practice.content import Activity, Content
from esf_desktop.practice.costs import activity_costs, money
from esf_desktop.practice.elements import Element, Grid, Heading, Together

MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def activities(content: Content) -> list[Element]:
    """A sheet for each activity."""
    return [Together(_activity(content, i, activity)) for i, activity in enumerate(content.activities, 1)]


def _activity(content: Content, number: int, activity: Activity) -> tuple[Element, ...]:
    first, last = content.month(activity.start), content.month(activity.start + activity.months - 1)
    span = _month_name(first) if activity.months == 1 else f"{_month_name(first)} – {_month_name(last)}"
    rows = [
        ("Vad vi gör", activity.text),
        ("Tid", f"{span} (månad {activity.start}–{activity.start + activity.months - 1})"),
    ]
    if activity.lead:
        rows.append(("Ansvarig", activity.lead))
    rows += [("Färdigt när", activity.result), ("Kostnad", money(activity_costs(content)[number - 1]))]
    heading = Heading(3, f"Aktivitet {number}. {activity.name}")
    return heading, Grid(tuple(rows), (0.2, 0.8), header=False)


def activity_list(content: Content) -> list[Element]:
    """The activities in one table, for a short application."""
    rows = [("Nr", "Aktivitet", "Tid", "Resultat")]
    for i, activity in enumerate(content.activities, 1):
        first, last = content.month(activity.start), content.month(activity.start + activity.months - 1)
        span = f"{_month_name(first)} – {_month_name(last)}"
        rows.append((str(i), f"{activity.name}. {activity.text}", span, activity.result))
    return [Grid(tuple(rows), (0.06, 0.47, 0.18, 0.29))]


def time_plan(content: Content) -> list[Element]:
    """Activities against quarters."""
    quarters: list[tuple[int, int]] = []
    for n in range(1, content.months + 1):
        month = content.month(n)
        if (key := (month.year, (month.month + 2) // 3)) not in quarters:
            quarters.append(key)
    rows, shaded = [("Aktivitet", *(f"K{q} {str(year)[2:]}" for year, q in quarters))], []
    for row, activity in enumerate(content.activities, 1):
        rows.append((f"{row}. {activity.name}", *("" for _ in quarters)))
        for n in range(activity.start, activity.start + activity.months):
            month = content.month(n)
            shaded.append((1 + quarters.index((month.year, (month.month + 2) // 3)), row))
    across = 0.62 / len(quarters)
    return [Grid(tuple(rows), (0.38, *([across] * len(quarters))), shaded=tuple(dict.fromkeys(shaded)))]


def calendar(content: Content) -> list[Element]:
    """What happens in each month of the project."""
    rows = [("Månad", "Pågår", "Börjar eller blir klart")]
    for n in range(1, content.months + 1):
        going = [str(i) for i, a in enumerate(content.activities, 1) if a.start <= n < a.start + a.months]
        events = [f"{a.name} börjar" for a in content.activities if a.start == n]
        events += [
            f"{a.name}: {a.result[0].lower()}{a.result[1:]}" for a in content.activities if a.start + a.months - 1 == n
        ]
        events += [event for event, when in _meetings(content) if when(n)]
        rows.append(
            (_month_name(content.month(n)), "Aktivitet " + ", ".join(going) if going else "–", _sentence(events))
        )
    return [Grid(tuple(rows), (0.14, 0.24, 0.62))]


def _meetings(content: Content) -> tuple[tuple[str, Callable[[int], bool]], ...]:
    last = content.months
    return (
        ("styrgrupp", lambda n: n % 3 == 1 + content.months % 2),
        ("lägesrapport och ansökan om utbetalning", lambda n: n % 4 == 0 or n == last),
        ("slutredovisning", lambda n: n == last),
    )


def _sentence(parts: Sequence[str]) -> str:
    joined = "; ".join(parts)
    return joined[:1].upper() + joined[1:]


def _month_name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
