"""The facts about an application as far as its text tells them: a guess for a person to correct, never trusted."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from esf_desktop import municipalities
from esf_desktop.documents.media import media_type as media_type
from esf_desktop.model import Value

LONGEST_TEXT = 1_000_000
"""Characters that are looked at."""
LONGEST_NAME = 200

T = TypeVar("T")


class Guess(Value, frozen=True):
    """What was found in a text; None where nothing was. Money in whole SEK, municipalities as in `Application`."""

    diary_number: str | None = None
    project_name: str | None = None
    applicant_name: str | None = None
    organisation_number: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    requested_support: int | None = None
    co_financing: int | None = None
    total_budget: int | None = None
    municipalities: tuple[str, ...] | None = None


_LABELS = {
    "diary_number": r"diarienummer|dnr|ärendenummer|ärende-id",
    "project_name": r"projekt(?:ets )?(?:namn|titel)|projektnamn \(svenska\)",
    "applicant_name": r"stödsökande(?:s namn| organisation)?|sökande(?: organisation)?|projektägare",
    "organisation_number": r"organisations?(?:nummer|nr)|org\.? ?-?(?:nummer|nr)\.?",
    "period": r"projekt(?:period|tid)(?:en)?|projektets (?:period|tidsperiod)|tidsperiod|genomförandetid",
    "start_date": r"start(?:datum)?|projektstart|startar|från och med",
    "end_date": r"slut(?:datum)?|projektslut|slutar|till och med",
    "requested_support": r"(?:totalt )?sökt (?:esf-)?(?:stöd|belopp)(?: från esf\+?)?|ansökt (?:stöd|belopp)"
    r"|esf\+?-stöd",
    "co_financing": r"(?:total |offentlig |egen )?medfinansiering(?: totalt)?",
    "total_budget": r"total ?(?:budget|kostnad|finansiering)|(?:projektets )?totala? (?:budget|kostnad(?:er)?)"
    r"|budget,? totalt|summa kostnader",
    "municipalities": r"(?:berörda |deltagande )?kommun(?:er)?|geografi(?:skt område)?|genomförs i",
}
_UNIT = r"(?: ?\((?:kr|sek|tkr|mkr|kronor)\)|,? (?:kr|sek)(?= ?:))?"
_LABEL = re.compile(
    r"(?:[\d.]+\s+|[•*\-–]\s*)?(?:" + "|".join(f"(?P<{field}>{words})" for field, words in _LABELS.items()) + ")"
    rf"{_UNIT}(?P<colon>[ \t]*[:|])?(?=\s|$)[ \t]*",
    re.IGNORECASE,
)
_INNER_LABEL = re.compile(
    r"\s(?:Diarienummer|Projektnamn|Stödsökande|Organisationsnummer|Org\.? ?nr|Projektperiod|Projekttyp|Sökt stöd|"
    r"Medfinansiering|Total ?budget|Kommuner|Programområde|Specifikt mål)\b"
)
_DIARY_NUMBER = re.compile(r"(?<![\d/\-])((?:19|20)\d\d)\s?[/\-]\s?(\d{3,6})(?![\d/\-])")
_WHOLE_DIARY_NUMBER = re.compile(r"(?<![\d/\-])20\d\d/\d{5}(?![\d/\-])")
_ORGANISATION_NUMBER = re.compile(r"(?<!\d)(?:16)?(\d{6})\s?[-–]?\s?(\d{4})(?!\d)")
_NUMBER_AFTER = re.compile(r"\s*[,(]*\s*(?:org\.? ?-?nr\.?:? *)?\d{6}-\d{4}\)?$", re.IGNORECASE)
_SPACE = "[ .\xa0\u2007\u2009\u202f]"
_MONEY = re.compile(
    rf"(?:ca |cirka |sek |kr )?(?P<whole>\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:,(?P<part>\d{{1,2}}))?(?![\d,%])"
    r"\s*(?P<unit>kronor|kr|sek|tkr|ksek|mkr|mnkr|msek|miljoner(?: kronor)?|:-|,-)?(?!\s*(?:%|procent))\b",
    re.IGNORECASE,
)
_FACTORS = {"tkr": 1_000, "ksek": 1_000, "mkr": 1_000_000, "mnkr": 1_000_000, "msek": 1_000_000}
_MONTHS = tuple(
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
)
_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?!\d)"
    r"|(?:(?P<day>\d{1,2})(?:\s|:e\s))?(?P<month>" + "|".join(_MONTHS) + r"|jan|feb|apr|jun|jul|aug|sep|okt|nov|dec)"
    r"\.?\s(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_REGION = re.compile(r"\b(?:hela|samtliga kommuner i|alla kommuner i)\s+(.*)", re.IGNORECASE)


def guess(text: str) -> Guess:
    """What the text of an application says under the labels that such texts have."""
    lines = _lines(text)
    found: dict[str, list[list[str]]] = {}
    for field, value in _labelled(lines):
        found.setdefault(field, []).append(value)

    def values(field: str) -> Iterator[list[str]]:
        yield from found.get(field, [])

    start, end = _period(values("period"))
    return Guess(
        diary_number=_first(map(_diary_number, values("diary_number"))) or _match(_WHOLE_DIARY_NUMBER, text),
        project_name=_first(map(_name, values("project_name"))),
        applicant_name=_first(map(_name, values("applicant_name"))),
        organisation_number=_first(
            map(_organisation_number, (*values("organisation_number"), *values("applicant_name")))
        ),
        start_date=start or _first(_dates(value[0], last=False) for value in values("start_date")),
        end_date=end or _first(_dates(value[0], last=True) for value in values("end_date")),
        requested_support=_first(map(_money, values("requested_support"))),
        co_financing=_first(map(_money, values("co_financing"))),
        total_budget=_first(map(_money, values("total_budget"))),
        municipalities=_first(map(_municipalities, values("municipalities"))),
    )


def _lines(text: str) -> list[str]:
    whole = unicodedata.normalize("NFC", text[:LONGEST_TEXT]).replace("\xad\n", "").replace("\xad", "")
    return [line.strip() for line in whole.splitlines() if line.strip()]


def _labelled(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each label's field with its value and the lines after it.

    The value stands beside its label, or on the next line, or, where labels are set in a column of their own, as many
    lines below the last of them as the label stands below the first.
    """
    labels = [_LABEL.match(line) for line in lines]
    for at, label in enumerate(labels):
        if label is None or label.lastgroup is None:
            continue
        field = next(name for name in _LABELS if label[name])
        beside = lines[at][label.end() :].strip()
        if beside:
            if label["colon"] or not beside[0].islower():
                yield field, [beside, *_until_label(lines, labels, at + 1)]
            continue
        first = at
        while first > 0 and _stands_alone(lines, labels, first - 1):
            first -= 1
        after = at + 1
        while after < len(lines) and _stands_alone(lines, labels, after):
            after += 1
        column = after + at - first
        if column < len(lines):
            yield (
                field,
                [lines[column], *(_until_label(lines, labels, column + 1) if after == at + 1 == first + 1 else [])],
            )


def _stands_alone(lines: list[str], labels: list[re.Match[str] | None], at: int) -> bool:
    label = labels[at]
    return label is not None and label.end() >= len(lines[at])


def _until_label(lines: list[str], labels: list[re.Match[str] | None], start: int) -> list[str]:
    following: list[str] = []
    for at in range(start, min(start + 8, len(lines))):
        if labels[at] is not None:
            break
        following.append(lines[at])
    return following


def _first(candidates: Iterator[T | None]) -> T | None:
    return next((candidate for candidate in candidates if candidate), None)


def _match(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[0] if found else None


def _diary_number(value: list[str]) -> str | None:
    found = _DIARY_NUMBER.search(value[0])
    if found:
        return f"{found[1]}/{found[2]}"
    plain = value[0].split("  ")[0].strip()
    return plain if len(plain) <= 40 and any(c.isdigit() for c in plain) else None


def _name(value: list[str]) -> str | None:
    """A name on one line; not a sentence of running text that happens to begin with the label's word."""
    name = " ".join(_INNER_LABEL.split(f" {value[0]}")[0].split())
    if not name or len(name) > LONGEST_NAME or _LABEL.fullmatch(name):
        return None
    sentence = name.endswith((".", "?")) and len(name.split()) > 6
    name = _NUMBER_AFTER.sub("", name)
    return None if sentence or not any(c.isalpha() for c in name) else name


def _organisation_number(value: list[str]) -> str | None:
    found = _ORGANISATION_NUMBER.search(value[0])
    return f"{found[1]}-{found[2]}" if found else None


def _money(value: list[str]) -> int | None:
    found = _MONEY.match(value[0])
    if not found:
        return None
    whole = int(re.sub(r"\D", "", found["whole"]))
    unit = (found["unit"] or "").lower()
    factor = 1_000_000 if unit.startswith("miljoner") else _FACTORS.get(unit, 1)
    part = found["part"] or ""
    amount = whole * factor + (int(part) * factor // 10 ** len(part) if part and factor > 1 else 0)
    return amount if 0 < amount < 10**13 else None


def _period(values: Iterator[list[str]]) -> tuple[date | None, date | None]:
    for value in values:
        said = " ".join(value[:3])
        start, end = _date(said, 0, last=False), _date(said, 1, last=True)
        if start:
            return start, end
    return None, None


def _dates(text: str, *, last: bool) -> date | None:
    return _date(text, 0, last=last)


def _date(text: str, number: int, *, last: bool) -> date | None:
    """The date of that number in the text; a month without a day is its first or its last day."""
    found = list(_DATE.finditer(text[:200]))[number : number + 1]
    if not found:
        return None
    match = found[0]
    if match["y"]:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"] or 0)
    else:
        short = match["month"].lower()[:3]
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(short))
        year, day = int(match["year"]), int(match["day"] or 0)
    try:
        if day:
            return date(year, month, day)
        first = date(year, month, 1)
    except ValueError:
        return None
    return first if not last else date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def _municipalities(value: list[str]) -> tuple[str, ...] | None:
    """Codes of the municipalities in a list; a name in it that is not known stays a name."""
    said = _INNER_LABEL.split(f" {value[0]}")[0].strip()
    for line in value[1:]:
        if not said.endswith((",", " och", " samt")):
            break
        said = f"{said} {line}"
    if whole := _REGION.search(said):
        return _of_region(whole[1]) or None
    found: list[str] = []
    known = 0
    for piece in re.split(r"[,;·/•]|\boch\b|\bsamt\b", said):
        name = re.sub(r"\s*\([^)]*\)|\b(?:i|inom) .*", "", piece).strip(" .:–-")
        place = municipalities.by_name(name)
        if place:
            known += 1
            found.append(place.code)
        elif re.fullmatch(r"[A-ZÅÄÖ][\w\-]+(?: [A-ZÅÄÖ][\w\-]+)?(?: kommun)?", name):
            found.append(name.removesuffix(" kommun"))
    return tuple(dict.fromkeys(found)) if known else None


def _of_region(said: str) -> tuple[str, ...]:
    places = municipalities.all_municipalities()
    if "övre norrland" in said.lower() or "båda länen" in said.lower():
        return tuple(place.code for place in places)
    return tuple(place.code for place in places if place.county.split()[0].rstrip("s").lower() in said.lower())
