"""The fixed words of the window alone: the time, how long is left and short answers, in the language spoken now."""

from datetime import date, datetime, timedelta

from esf_desktop.formatting import count, decimal, groups
from esf_desktop.i18n import _, context, plural
from esf_desktop.model import Answer, Declaration


def clock(value: datetime) -> str:
    """`14:32:08` where the reader is."""
    return f"{value.astimezone():%H:%M:%S}"


def days_left(deadline: date, today: date) -> str:
    """How long there is to go; the deadline's own day counts."""
    left = (deadline - today).days
    match left:
        case 0:
            return _("last day today")
        case 1:
            return _("last day tomorrow")
        case -1:
            return _("the deadline passed yesterday")
        case _ if left < 0:
            return plural("the deadline passed {n} day ago", "the deadline passed {n} days ago", -left).format(n=-left)
        case _:
            return plural("{n} day left", "{n} days left", left).format(n=left)


def time_left(rest: timedelta) -> str:
    """How long the rest of a round takes, no finer than one can know: to five minutes, half an hour, or an hour."""
    minutes = rest.total_seconds() / 60
    if minutes < 55:
        n = max(5, 5 * round(minutes / 5))
        return plural("about {n} minute left at your pace", "about {n} minutes left at your pace", n).format(n=n)
    halves = round(minutes / 30)
    hours = decimal(halves / 2, 1) if halves % 2 and halves < 20 else count(round(minutes / 60))
    return plural(
        "about {n} hour left at your pace", "about {n} hours left at your pace", 1 if hours == "1" else 2
    ).format(n=hours)


def declaration_word(answer: Declaration) -> str:
    """The answer about conflict of interest, shortly."""
    match answer:
        case Declaration.NONE:
            return context("conflict", "none")
        case Declaration.POSSIBLE:
            return _("possible, the secretariat is asked")
        case Declaration.RECUSED:
            return _("you abstain")


def answer_word(value: Answer) -> str:
    """An answer to a guiding question."""
    return _("Yes") if value is Answer.YES else _("No")


def fingerprint(digits: str) -> str:
    """A key's fingerprint in two lines of eight groups, to read out over the telephone."""
    return "\n".join(groups(digits[at : at + 32]) for at in range(0, len(digits), 32))
