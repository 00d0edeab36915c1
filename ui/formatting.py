"""The fixed words of the window alone: the time, days to go and short answers, in the language spoken now."""

from datetime import date, datetime

from esf_desktop.i18n import _, context, plural
from esf_desktop.model import Answer, Declaration, ProjectType


def clock(value: datetime) -> str:
    """`14:32:08` where the reader is."""
    return f"{value.astimezone():%H:%M:%S}"


def days_left(deadline: date, today: date) -> str:
    """How long there is to go; the deadline's own day counts."""
    left = (deadline - today).days
    if left < 0:
        return _("the deadline has passed")
    return _("last day today") if left == 0 else plural("{n} day left", "{n} days left", left).format(n=left)


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


def project_type_word(value: ProjectType | None) -> str:
    """The kind of project; empty when it is not known."""
    match value:
        case ProjectType.FEASIBILITY_STUDY:
            return _("Feasibility study")
        case ProjectType.IMPLEMENTATION:
            return _("Implementation project")
        case None:
            return ""
