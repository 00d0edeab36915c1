"""Which column of a list holds which fact, guessed from its heading; a person may say otherwise."""

import re
from collections.abc import Mapping, Sequence

from esf_desktop.documents.values import SheetRow
from esf_desktop.secretariat.drafting.cells import tidy

Columns = Mapping[str, int]
"""By the field's name, the column from 0."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("diarienummer", "dnr", "diarienr", "ärendenummer", "ärendenr", "ärende", "ärende id", "diary number"),
    "project_name": ("projektnamn", "projekt", "projektets namn", "projekttitel", "titel", "project name", "project"),
    "applicant_name": (
        "stödsökande",
        "sökande",
        "sökande organisation",
        "organisation",
        "projektägare",
        "applicant",
        "applicant name",
    ),
    "organisation_number": ("organisationsnummer", "organisationsnr", "orgnr", "org nr", "orgnummer"),
    "project_type": ("projekttyp", "typ", "typ av projekt", "stödform", "project type"),
    "programme_area": ("programområde", "po", "programme area"),
    "specific_objective": ("specifikt mål", "särskilt mål", "so", "specific objective"),
    "start_date": ("startdatum", "start", "projektstart", "startar", "från", "from", "start date"),
    "end_date": ("slutdatum", "slut", "projektslut", "slutar", "till", "to", "end date"),
    "requested_support": (
        "sökt stöd",
        "sökt belopp",
        "sökt esf stöd",
        "esf stöd",
        "stöd",
        "belopp",
        "requested support",
    ),
    "co_financing": ("medfinansiering", "offentlig medfinansiering", "total medfinansiering", "co financing"),
    "total_budget": ("total budget", "totalbudget", "total kostnad", "totalkostnad", "budget", "totalt", "summa"),
    "municipalities": ("kommun", "kommuner", "deltagande kommuner", "berörda kommuner", "municipalities"),
    "partners": ("samverkansparter", "samverkanspart", "samverkan", "parter", "partners"),
    "target_group": ("målgrupp", "målgrupper", "target group"),
    "sector": ("sektor", "bransch", "sector"),
    "budget_part": ("budgetdel", "del av budgeten", "pott", "insatsområde", "budget part"),
    "documents": ("filer", "fil", "filnamn", "handlingar", "documents", "files"),
}
"""What the columns of such lists are called, most telling first."""
NEEDED = ("id", "project_name", "applicant_name")
_UNITS = {"tkr": 1_000, "ksek": 1_000, "tusental": 1_000, "mkr": 10**6, "mnkr": 10**6, "msek": 10**6}
_SEARCHED = 25
"""Rows in which the headings are looked for."""


def guess(rows: Sequence[SheetRow]) -> tuple[int | None, Columns]:
    """The number of the row of headings and what its columns hold; None and nothing when no row looks like headings."""
    best: tuple[int | None, dict[str, int]] = (None, {})
    for row in rows[:_SEARCHED]:
        found = of_headings(row.cells)
        if len(found) > len(best[1]) and len(found) >= 2:
            best = (row.number, found)
    return best


def of_headings(cells: Sequence[str]) -> dict[str, int]:
    """The fields whose headings stand in these cells; each cell is one field at most, whole headings first."""
    said = [_plain(cell) for cell in cells]
    found: dict[str, int] = {}
    for whole in (True, False):
        for field, headings in HEADINGS.items():
            if field not in found and (place := _place(said, headings, set(found.values()), whole=whole)) is not None:
                found[field] = place
    return found


def factor(heading: str) -> int:
    """What the amounts of a column are counted in: 1000 for “Sökt stöd (tkr)”."""
    words = re.findall(r"\w+", heading.lower())
    return next((_UNITS[word] for word in words if word in _UNITS), 1)


def letter(column: int) -> str:
    """What a spreadsheet calls the column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def number(name: str) -> int:
    """The column that a spreadsheet calls so: A is 0, AA is 26."""
    column = 0
    for sign in name:
        column = column * 26 + ord(sign) - ord("A") + 1
    return column - 1


def _place(said: Sequence[str], headings: Sequence[str], taken: set[int], *, whole: bool) -> int | None:
    for heading in headings:
        for place, words in enumerate(said):
            same = words == heading if whole else len(heading) > 4 and words.startswith(heading)
            if same and place not in taken:
                return place
    return None


def _plain(cell: str) -> str:
    """A heading without case, units and signs."""
    words = re.sub(r"\([^)]*\)", " ", tidy(cell).casefold())
    words = re.sub(r"[^\w]+", " ", words)
    return " ".join(word for word in words.split() if word not in ("i", "kr", "sek", *_UNITS))
