"""The parts of an application that follow from its facts: budget, plans, risks, partners, courses, places, letters."""

from collections.abc import Callable, Sequence
from datetime import date

from esf_desktop.municipalities import by_code
from esf_desktop.practice.content import Activity, Content, Module, Party, Place, applicants
from esf_desktop.practice.elements import (
    Bars,
    Element,
    Grid,
    Heading,
    NewPage,
    Points,
    Prose,
    Together,
)

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
MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def made(content: Content) -> dict[str, Callable[[], list[Element]]]:
    """What makes each part that the simple markup can ask for."""
    makers = {
        "budget": budget,
        "finansiering": financing,
        "delbudget": shares,
        "aktiviteter": activities,
        "aktivitetslista": activity_list,
        "tidplan": time_plan,
        "kalender": calendar,
        "risker": risks,
        "personal": staff,
        "indikatorer": indicators,
        "logik": logic,
        "parter": partners,
        "specifikation": specification,
        "aktivitetsbudget": activity_budget,
        "deltagare": participants,
        "orter": places,
        "kurser": modules,
        "behov": needs,
        "enkät": surveys,
        "brev": letters,
        "källor": sources,
    }
    return {name: (lambda make=make: make(content)) for name, make in makers.items()}


def money(amount: int) -> str:
    """Whole kronor in groups of three with no-break spaces."""
    return f"{amount:,}".replace(",", "\u00a0") + "\u00a0kr"


def split(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole kronor in proportion to the weights; they sum to the amount exactly, and the last takes the rest."""
    whole = sum(weights)
    parts = [amount * weight // whole // 100 * 100 for weight in weights[:-1]]
    return (*parts, amount - sum(parts))


def budget_by_year(content: Content) -> dict[int, tuple[int, ...]]:
    """Each year's cost of each kind; all together they are the total budget."""
    years = list(range(content.start.year, content.end.year + 1))
    months = [_months_in(content, year) for year in years]
    kinds = [split(cost, months) for cost in split(content.total, content.costs)]
    return {year: tuple(kind[i] for kind in kinds) for i, year in enumerate(years)}


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


def activities(content: Content) -> list[Element]:
    """A sheet for each activity."""
    return [Together(_activity(content, i, activity)) for i, activity in enumerate(content.activities, 1)]


def _activity(content: Content, number: int, activity: Activity) -> tuple[Element, ...]:
    first, last = _month(content, activity.start), _month(content, activity.start + activity.months - 1)
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


def activity_costs(content: Content) -> tuple[int, ...]:
    """What each activity costs of the total budget, indirect costs left out: by its length and its place in the plan."""
    direct = content.total - split(content.total, content.costs)[-1]
    return split(direct, [3 * a.months + 7 + i * 5 % 11 for i, a in enumerate(content.activities)])


def activity_budget(content: Content) -> list[Element]:
    """The costs of the activities, year by year."""
    years = list(range(content.start.year, content.end.year + 1))
    rows = [("Aktivitet", *(str(year) for year in years), "Summa")]
    sums = [0] * len(years)
    for i, (activity, cost) in enumerate(zip(content.activities, activity_costs(content), strict=True), 1):
        span = range(activity.start, activity.start + activity.months)
        by_year = split(cost, [sum(_month(content, n).year == year for n in span) for year in years])
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
        months = _months_in(content, year)
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


def participants(content: Content) -> list[Element]:
    """How many take part in each municipality and year, women and men."""
    years = list(range(content.start.year, content.end.year + 1))
    people = int("".join(c for c in content.indicators[0].target.split(",")[0].split(" varav")[0] if c.isdigit()))
    per_place = split(people * 100, [5 + i * 7 % 6 for i in range(len(content.municipalities))])
    rows = [("Kommun", *(str(year) for year in years), "Summa")]
    sums = [0] * len(years)
    for code, number in zip(content.municipalities, per_place, strict=True):
        found = by_code(code)
        parts = [part // 100 for part in split(number, [_months_in(content, year) for year in years])]
        sums = [a + b for a, b in zip(sums, parts, strict=True)]
        rows.append((found.name if found else code, *(str(part) for part in parts), str(sum(parts))))
    rows.append(("Alla", *(str(part) for part in sums), str(sum(sums))))
    across = 0.6 / (len(years) + 1)
    return [
        Grid(tuple(rows), (0.4, *([across] * (len(years) + 1))), numbers=tuple(range(1, len(years) + 2)), total=True)
    ]


def activity_list(content: Content) -> list[Element]:
    """The activities in one table, for a short application."""
    rows = [("Nr", "Aktivitet", "Tid", "Resultat")]
    for i, activity in enumerate(content.activities, 1):
        first, last = _month(content, activity.start), _month(content, activity.start + activity.months - 1)
        span = f"{_month_name(first)} – {_month_name(last)}"
        rows.append((str(i), f"{activity.name}. {activity.text}", span, activity.result))
    return [Grid(tuple(rows), (0.06, 0.47, 0.18, 0.29))]


def time_plan(content: Content) -> list[Element]:
    """Activities against quarters."""
    quarters: list[tuple[int, int]] = []
    for n in range(1, content.months + 1):
        month = _month(content, n)
        if (key := (month.year, (month.month + 2) // 3)) not in quarters:
            quarters.append(key)
    rows, shaded = [("Aktivitet", *(f"K{q} {str(year)[2:]}" for year, q in quarters))], []
    for row, activity in enumerate(content.activities, 1):
        rows.append((f"{row}. {activity.name}", *("" for _ in quarters)))
        for n in range(activity.start, activity.start + activity.months):
            month = _month(content, n)
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
            (_month_name(_month(content, n)), "Aktivitet " + ", ".join(going) if going else "–", _sentence(events))
        )
    return [Grid(tuple(rows), (0.14, 0.24, 0.62))]


def _meetings(content: Content) -> tuple[tuple[str, Callable[[int], bool]], ...]:
    last = content.months
    return (
        ("styrgrupp", lambda n: n % 3 == 1 + content.months % 2),
        ("lägesrapport och ansökan om utbetalning", lambda n: n % 4 == 0 or n == last),
        ("slutredovisning", lambda n: n == last),
    )


def risks(content: Content) -> list[Element]:
    """Risks with their weight and what is done about them."""
    rows = [("Risk", "S", "K", "Vikt", "Åtgärd")]
    ordered = sorted(content.risks, key=lambda risk: -risk.probability * risk.consequence)
    rows += [
        (r.risk, str(r.probability), str(r.consequence), str(r.probability * r.consequence), r.measure) for r in ordered
    ]
    return [
        Grid(tuple(rows), (0.35, 0.05, 0.05, 0.08, 0.47), numbers=(1, 2, 3)),
    ]


def staff(content: Content) -> list[Element]:
    """Who works in the project, how much and with what."""
    rows = [("Befattning", "Omfattning", "Uppgift"), *((p.role, f"{p.share}\u00a0%", p.task) for p in content.staff)]
    return [Grid(tuple(rows), (0.26, 0.16, 0.58))]


def indicators(content: Content) -> list[Element]:
    """What is counted and how."""
    rows = [("Indikator", "Mål", "Så följs den upp"), *((i.name, i.target, i.source) for i in content.indicators)]
    return [Grid(tuple(rows), (0.4, 0.2, 0.4))]


def logic(content: Content) -> list[Element]:
    """The change logic, step by step."""
    steps = content.logic
    named = (
        ("Utgångsläge", steps.start),
        ("Resurser", steps.inputs),
        ("Aktiviteter", steps.activities),
        ("Resultat", steps.results),
        ("Effekter på sikt", steps.effects),
    )
    rows = tuple((name, ". ".join(text.rstrip(".") for text in texts) + ".") for name, texts in named)
    return [Grid(rows, (0.22, 0.78), header=False)]


def partners(content: Content) -> list[Element]:
    """Each partner with its part in the project."""
    found: list[Element] = []
    for party in content.partners:
        found.append(Together((Heading(3, party.name), Grid(_party(party), (0.2, 0.8), header=False))))
    return found


def _party(party: Party) -> tuple[tuple[str, str], ...]:
    rows = [("Ort", party.place), ("Sektor", party.sector), ("Del i projektet", party.role)]
    if party.number:
        rows.insert(1, ("Organisationsnr", party.number))
    return tuple(rows)


def places(content: Content) -> list[Element]:
    """Each municipality with what is special there."""
    return [Together(_place(place)) for place in content.places]


def _place(place: Place) -> tuple[Element, ...]:
    municipality = by_code(place.code)
    name = municipality.name if municipality else place.code
    pieces: list[Element] = [Heading(3, name), *(Prose(part) for part in place.text.split("\n") if part)]
    if place.figures:
        pieces.append(Grid(place.figures, (0.66, 0.34), header=False))
    return tuple(pieces)


def modules(content: Content) -> list[Element]:
    """The course plan, module by module."""
    return [Together(_module(i, module)) for i, module in enumerate(content.modules, 1)]


def _module(number: int, module: Module) -> tuple[Element, ...]:
    hours = split(module.hours * 100, [3 + (number + i) % 3 for i in range(len(module.topics))])
    rows = [("Innehåll", "Timmar")]
    rows += [(topic, str(part // 100)) for topic, part in zip(module.topics, hours, strict=True)]
    rows.append(("Summa", str(module.hours)))
    table = Grid(tuple(rows), (0.82, 0.18), numbers=(1,), total=True)
    return Heading(3, f"Kurs {number}. {module.name}"), Prose(module.text), table


def needs(content: Content) -> list[Element]:
    """The inventory of needs, row by row, with its sum."""
    rows = [("Yrke eller kunskap", "Var", "Antal", "Anmärkning")]
    rows += [(need.what, need.where, str(need.number), need.note) for need in content.needs]
    rows.append(("Summa", "", str(sum(need.number for need in content.needs)), ""))
    return [Grid(tuple(rows), (0.34, 0.22, 0.1, 0.34), numbers=(2,), total=True)]


def surveys(content: Content) -> list[Element]:
    """The enquiries with their answers as bars."""
    found: list[Element] = []
    for survey in content.surveys:
        found.append(Together((Heading(3, survey.title), Prose(survey.intro), Bars(survey.answers))))
    return found


def letters(content: Content) -> list[Element]:
    """The letters of intent, each on a page of its own."""
    found: list[Element] = []
    for i, letter in enumerate(content.letters):
        found += [NewPage()] if i else []
        found += [Heading(3, letter.sender), Prose(f"Till {applicants()[content.applicant].name}, om {content.name}")]
        found += [Prose(part) for part in letter.text.split("\n") if part]
        found += [Prose("Med vänlig hälsning"), Prose(f"{letter.signed_by}, {letter.sender}")]
    return found


def sources(content: Content) -> list[Element]:
    """What the application builds on."""
    return [Points(content.sources)]


def _sentence(parts: Sequence[str]) -> str:
    joined = "; ".join(parts)
    return joined[:1].upper() + joined[1:]


def _months_in(content: Content, year: int) -> int:
    return sum(_month(content, n).year == year for n in range(1, content.months + 1))


def _month(content: Content, number: int) -> date:
    index = content.start.year * 12 + content.start.month - 2 + number
    return date(index // 12, index % 12 + 1, 1)


def _month_name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
