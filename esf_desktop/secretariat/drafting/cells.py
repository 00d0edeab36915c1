"""What the text of a cell means: amounts, days, numbers of organisations; None when nobody could tell."""

import re
import unicodedata
from datetime import date, timedelta
from enum import StrEnum

from esf_desktop import municipalities
from esf_desktop.model import ProjectType

_BLANKS = dict.fromkeys(map(ord, "\xa0\u2007\u2009\u202f\u200b\ufeff"), " ")
_AMOUNT = re.compile(
    r"(?:ca\.?|cirka|sek|kr)?\s*(?P<figures>\d[\d .,']*?)\s*"
    r"(?P<unit>kronor|kr\.?|sek|tkr|ksek|mkr|mnkr|msek|miljoner|miljon|:-|,-)?(?:\s*kronor|\s*kr)?",
    re.IGNORECASE,
)
_FACTORS = {"tkr": 1_000, "ksek": 1_000, "mkr": 10**6, "mnkr": 10**6, "msek": 10**6, "miljoner": 10**6, "miljon": 10**6}
_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH_MONTHS = {"may": 5, "oct": 10}
_DIARY_NUMBER = re.compile(r"((?:19|20)\d\d)\s?[-–_/]\s?(\d{3,6})")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""The days 2000 to 2099 as a spreadsheet counts them."""
LARGEST_AMOUNT = 10**13


class Unreadable(StrEnum):
    """Why a cell says nothing that can be taken."""

    NO_AMOUNT = "no_amount"
    LOST_DIGITS = "lost_digits"
    NO_DAY = "no_day"
    TWO_DAYS = "two_days"
    NO_TYPE = "no_type"


def tidy(text: str) -> str:
    """The text in NFC, on one line, without blanks around it."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_BLANKS).split())


def diary_number(text: str) -> str:
    """The number with a slash where it is written as in a file's name; anything else as it is."""
    found = _DIARY_NUMBER.fullmatch(tidy(text))
    return f"{found[1]}/{found[2]}" if found else tidy(text)


def amount(text: str, factor: int = 1) -> int | Unreadable:
    """Whole SEK, whatever way it is written; `factor` is what the column's heading says that it counts in."""
    said = tidy(text)
    if _ROUNDED.fullmatch(said):
        return Unreadable.LOST_DIGITS
    found = _AMOUNT.fullmatch(said)
    if not found:
        return Unreadable.NO_AMOUNT
    whole, part = _whole_and_part(found["figures"].replace(" ", "").replace("'", ""))
    if whole is None:
        return Unreadable.NO_AMOUNT
    unit = _FACTORS.get((found["unit"] or "").lower(), 1 if found["unit"] else factor)
    parts = 10 ** len(part)
    value = int(whole) * unit + (2 * int(part or 0) * unit + parts) // (2 * parts)
    return value if value < LARGEST_AMOUNT else Unreadable.NO_AMOUNT


def _whole_and_part(figures: str) -> tuple[str | None, str]:
    """`7.867.603,50` in two: digits before and after the decimal sign."""
    if re.fullmatch(r"\d+", figures):
        return figures, ""
    for thousands, decimal in ((".", ","), (",", ".")):
        grouped = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d{{1,4}})?"
        plain = rf"\d+{re.escape(decimal)}\d{{1,4}}"
        if re.fullmatch(grouped, figures) or (re.fullmatch(plain, figures) and not _is_group(figures)):
            whole, _, part = figures.replace(thousands, "").partition(decimal)
            return whole, part
    return None, ""


def _is_group(figures: str) -> bool:
    """Whether three digits after the only sign are thousands: nobody writes kronor with three decimals."""
    return re.fullmatch(r"\d{1,3}[.,]\d{3}", figures) is not None and not figures.startswith("0")


def day(text: str, *, last: bool = False) -> date | Unreadable:
    """A day; of a month without a day it is the first, or the last when the column says when something ends."""
    said = tidy(text).lower().split(" 00:00")[0]
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t].*)?", said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{4})[-./](\d{1,2})", said):
        return _of_month(int(found[1]), int(found[2]), last=last)
    if found := re.fullmatch(r"(\d{1,2})([-./ ])(\d{1,2})[-./ ](\d{4})", said):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "/" and first <= 12 and second <= 12 and first != second:
            return Unreadable.TWO_DAYS
        return _day(year, first, second) if second > 12 else _day(year, second, first)
    if found := re.fullmatch(r"(?:(\d{1,2})[ .:e]*\s)?([a-zåäö]{3})[a-zåäö]*\.?\s(\d{4})", said):
        month = _ENGLISH_MONTHS.get(found[2]) or (_MONTHS.index(found[2]) + 1 if found[2] in _MONTHS else 0)
        year = int(found[3])
        return _day(year, month, int(found[1])) if found[1] else _of_month(year, month, last=last)
    if re.fullmatch(r"\d{5}", said) and _FIRST_SERIAL <= int(said) <= _LAST_SERIAL:
        return date(1899, 12, 30) + timedelta(days=int(said))
    return Unreadable.NO_DAY


def _day(year: int, month: int, number: int) -> date | Unreadable:
    try:
        return date(year, month, number)
    except ValueError:
        return Unreadable.NO_DAY


def _of_month(year: int, month: int, *, last: bool) -> date | Unreadable:
    following = _day(year + month // 12, month % 12 + 1, 1)
    if not last or isinstance(following, Unreadable):
        return _day(year, month, 1)
    return following - timedelta(days=1)


def project_type(text: str) -> ProjectType | Unreadable:
    """Förstudie or genomförandeprojekt."""
    said = tidy(text).lower()
    if re.search(r"förstud|forstud|feasibility", said):
        return ProjectType.FEASIBILITY_STUDY
    if re.search(r"genomför|genomfor|implement|utvecklingsprojekt|^projekt$", said):
        return ProjectType.IMPLEMENTATION
    return Unreadable.NO_TYPE


def organisation_number(text: str) -> str:
    """`NNNNNN-NNNN`, as far as there are ten digits; else the text, for a person to look at."""
    digits = re.sub(r"[\s–-]", "", tidy(text))
    found = re.fullmatch(r"(?:16)?(\d{6})(\d{4})", digits)
    return f"{found[1]}-{found[2]}" if found else tidy(text)


def places(text: str) -> tuple[str, ...]:
    """The municipalities of a list, as SCB codes where they are known."""
    names = (tidy(name) for name in re.split(r"[,;/|\n]|\s+(?:och|samt|and)\s+", text))
    found = [(municipalities.by_code(name) or municipalities.by_name(name), name) for name in names if name]
    return tuple(dict.fromkeys(known.code if known else name for known, name in found))


def names(text: str) -> tuple[str, ...]:
    """The names of a list in one cell, parted by semicolons, lines or commas."""
    parts = re.split(r"[;\n|]", text) if re.search(r"[;\n|]", text) else text.split(",")
    return tuple(dict.fromkeys(tidy(part) for part in parts if tidy(part)))
