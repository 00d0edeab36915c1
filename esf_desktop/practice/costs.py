"""What a fictional application costs and who pays: every table adds up, down and across."""

from collections.abc import Sequence

from esf_desktop.practice.content import Content, applicants
from esf_desktop.practice.elements import Element, Grid, Heading

COSTS = (
    "Personal",
    "Externa tjänster",
    "Resor och logi",
    "Utrustning och material",
    "Deltagarnas arbetstid",
    "Indirekta kostnader",
)
_LINES = (
    ("Externa tjänster", ("utvärdering", "föreläsare och fackkunniga", "textning, tolk och översättning")),
    ("Resor och logi", ("personalens resor", "deltagarnas resor", "logi vid träffar på annan ort")),
    ("Utrustning och material", ("datorer och programvara", "kursmaterial", "lokaler vid träffar")),
    ("Deltagarnas arbetstid", ("lön under studietid", "ersättare på arbetsplatsen")),
    ("Indirekta kostnader", ("schablon för administration", "lokaler, telefoni och försäkring")),
)


def budget(content: Content) -> list[Element]:
    """Costs by kind and year, with sums both ways."""
    by_year = budget_by_year(content)
    rows = [("Kostnadsslag", *(str(year) for year in by_year), "Summa")]
    for kind, name in enumerate(COSTS):
        costs = [by_year[year][kind] for year in by_year]
        if any(costs):
            rows.append((name, *(money(cost) for cost in costs), money(sum(costs))))
    rows.append(("Total budget", *(money(sum(costs)) for costs in by_year.values()), money(content.total)))
    widths = (0.28, *([0.72 / (len(by_year) + 1)] * (len(by_year) + 1)))
    numbers = tuple(range(1, len(by_year) + 2))
    return [Grid(tuple(rows), widths, numbers=numbers, total=True)]


def financing(content: Content) -> list[Element]:
    """Where the money comes from."""
    cash, kind = split(content.co_financing, (2, 3))

    def share(amount: int) -> str:
        return f"{100 * amount / content.total:.1f}".replace(".", ",").removesuffix(",0") + "\u00a0%"

    rows = (
        ("Finansiering", "Belopp", "Andel"),
        ("Sökt stöd", money(content.support), share(content.support)),
        ("Medfinansiering, pengar", money(cash), share(cash)),
        ("Medfinansiering, deltagarnas arbetstid", money(kind), share(kind)),
        ("Total budget", money(content.total), "100\u00a0%"),
    )
    return [Grid(rows, (0.56, 0.26, 0.18), numbers=(1, 2), total=True)]


def shares(content: Content) -> list[Element]:
    """What each partner has of the support."""
    rows = [("Part", "Roll", "Delbudget")]
    parties = [party for party in content.partners if party.share]
    lead = 1000 - sum(party.share for party in parties)
    amounts = split(content.support, (*(party.share for party in parties), lead))
    rows.append((applicants()[content.applicant].name, "Projektägare", money(amounts[-1])))
    rows += [(p.name, "Samverkanspart", money(a)) for p, a in zip(parties, amounts, strict=False)]
    rows.append(("Summa sökt stöd", "", money(content.support)))
    return [Grid(tuple(rows), (0.48, 0.27, 0.25), numbers=(2,), total=True)]


def activity_budget(content: Content) -> list[Element]:
    """The costs of the activities, year by year."""
    years = content.years
    rows = [("Aktivitet", *(str(year) for year in years), "Summa")]
    sums = [0] * len(years)
    for i, (activity, cost) in enumerate(zip(content.activities, activity_costs(content), strict=True), 1):
        span = range(activity.start, activity.start + activity.months)
        by_year = split(cost, [sum(content.month(n).year == year for n in span) for year in years])
        sums = [a + b for a, b in zip(sums, by_year, strict=True)]
        rows.append((f"{i}. {activity.name}", *(money(part) if part else "–" for part in by_year), money(cost)))
    rows.append(("Summa direkta kostnader", *(money(part) for part in sums), money(sum(sums))))
    across = 0.62 / (len(years) + 1)
    return [
        Grid(tuple(rows), (0.38, *([across] * (len(years) + 1))), numbers=tuple(range(1, len(years) + 2)), total=True)
    ]


def specification(content: Content) -> list[Element]:
    """Each year's budget line by line: who, what and how much."""
    found: list[Element] = []
    for year, costs in budget_by_year(content).items():
        months = content.months_in(year)
        rows = [("Post", "Beräkning", "Belopp")]
        pay = split(costs[0], [post.share * (4 + i % 2) for i, post in enumerate(content.staff)])
        for post, amount in zip(content.staff, pay, strict=True):
            rows.append((post.role, f"{post.share} % i {months} månader", money(amount)))
        for (name, lines), amount in zip(_LINES, costs[1:], strict=True):
            if amount:
                for line, part in zip(lines, split(amount, range(len(lines) + 2, 2, -1)), strict=True):
                    rows.append((f"{name}: {line}", f"{money(part // months)} per månad", money(part)))
        rows.append((f"Summa {year}", "", money(sum(costs))))
        found += [Heading(3, f"Kostnader {year}"), Grid(tuple(rows), (0.5, 0.27, 0.23), numbers=(2,), total=True)]
    return found


def activity_costs(content: Content) -> tuple[int, ...]:
    """What each activity costs of the budget but for indirect costs: by its length and its place in the plan."""
    direct = content.total - split(content.total, content.costs)[-1]
    return split(direct, [3 * a.months + 7 + i * 5 % 11 for i, a in enumerate(content.activities)])


def budget_by_year(content: Content) -> dict[int, tuple[int, ...]]:
    """Each year's cost of each kind; all together they are the total budget."""
    years = content.years
    months = [content.months_in(year) for year in years]
    kinds = [split(cost, months) for cost in split(content.total, content.costs)]
    return {year: tuple(kind[i] for kind in kinds) for i, year in enumerate(years)}


def money(amount: int) -> str:
    """Whole kronor in groups of three with no-break spaces."""
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"


def split(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole kronor in proportion to the weights; they sum to the amount exactly, and the last takes the rest."""
    whole = sum(weights)
    parts = [amount * weight // whole // 100 * 100 for weight in weights[:-1]]
    return (*parts, amount - sum(parts))
