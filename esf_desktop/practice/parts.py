"""The parts of an application that follow from its facts, by the name that its text asks for them with."""

from collections.abc import Callable
from functools import partial

from esf_desktop.municipalities import by_code
from esf_desktop.practice import costs, plan
from esf_desktop.practice.content import Content, Module, Party, Place, applicants
from esf_desktop.practice.costs import split
from esf_desktop.practice.elements import Bars, Element, Grid, Heading, NewPage, Points, Prose, Together


def made(content: Content) -> dict[str, Callable[[], list[Element]]]:
    """What makes each part that the simple markup can ask for."""
    makers = {
        "budget": costs.budget,
        "finansiering": costs.financing,
        "delbudget": costs.shares,
        "aktiviteter": plan.activities,
        "aktivitetslista": plan.activity_list,
        "tidplan": plan.time_plan,
        "kalender": plan.calendar,
        "risker": risks,
        "personal": staff,
        "indikatorer": indicators,
        "logik": logic,
        "parter": partners,
        "specifikation": costs.specification,
        "aktivitetsbudget": costs.activity_budget,
        "orter": places,
        "kurser": modules,
        "behov": needs,
        "enkät": surveys,
        "brev": letters,
        "källor": sources,
    }
    return {name: partial(make, content) for name, make in makers.items()}


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
