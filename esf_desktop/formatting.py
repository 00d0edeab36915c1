"""How numbers, money and times are written for people, in the language spoken now.

Babel would say the same and costs 50 ms to import, which every start would pay; a test compares the two.
"""

from datetime import date, datetime

from esf_desktop.i18n import Language, language

NO_BREAK = "\u00a0"


def count(number: int) -> str:
    """`1 234`, `1,234`."""
    return f"{number:,}".replace("-", _minus()).replace(",", NO_BREAK if _swedish() else ",")


def decimal(number: float, places: int = 2) -> str:
    """`0,46`, `0.46`: always with that many decimals."""
    whole, _, part = f"{number:.{places}f}".partition(".")
    sign = "-" if whole.startswith("-") and (int(whole) or int(part or 0)) else ""
    grouped = count(abs(int(whole)))
    return sign.replace("-", _minus()) + grouped + (("," if _swedish() else ".") + part if part else "")


def money(amount: int) -> str:
    """Whole SEK: `7 867 603 kr`, `SEK 7,867,603`."""
    return f"{count(amount)}{NO_BREAK}kr" if _swedish() else f"SEK{NO_BREAK}{count(amount)}"


def millions(amount: int) -> str:
    """Millions of SEK for a small place: `7,9 mkr`, `SEK 7.9 m`."""
    number = decimal(amount / 1_000_000, 1)
    return f"{number}{NO_BREAK}mkr" if _swedish() else f"SEK{NO_BREAK}{number}{NO_BREAK}m"


def percent(share: float) -> str:
    """A share of one in whole percent: `46 %`, `46%`."""
    return f"{count(round(share * 100))}{NO_BREAK}%" if _swedish() else f"{count(round(share * 100))}%"


def day(when: date) -> str:
    """`2026-03-14`."""
    return f"{when:%Y-%m-%d}"


def period(first: date | None, last: date | None) -> str:
    """`2027-01-01 – 2029-12-31`; an open end is left open, and nothing known is the empty text."""
    if first is None and last is None:
        return ""
    return " – ".join(day(when) if when else "…" for when in (first, last)).replace(" –", f"{NO_BREAK}–")


def moment(when: datetime) -> str:
    """`2026-11-23 14:40` by the clock that the moment itself carries."""
    return f"{when:%Y-%m-%d}{NO_BREAK}{when:%H:%M}"


def groups(digits: str) -> str:
    """Hex digits to read aloud: `5218 CC0E 9A71`."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4)).upper()


def _swedish() -> bool:
    return language() is Language.SWEDISH


def _minus() -> str:
    return "\u2212" if _swedish() else "-"
