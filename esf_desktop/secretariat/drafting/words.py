"""What the facts about an application are called, and how their values are written."""

from collections.abc import Callable
from datetime import date

from esf_desktop import formatting, municipalities
from esf_desktop.description import masked
from esf_desktop.i18n import _
from esf_desktop.model import Partner, ProjectType

_WORDS: dict[str, Callable[[], str]] = {
    "id": lambda: _("Diary number"),
    "project_name": lambda: _("Project name"),
    "applicant_name": lambda: _("Applicant"),
    "organisation_number": lambda: _("Organisation number"),
    "project_type": lambda: _("Project type"),
    "programme_area": lambda: _("Programme area"),
    "specific_objective": lambda: _("Specific objective"),
    "start_date": lambda: _("Starts"),
    "end_date": lambda: _("Ends"),
    "requested_support": lambda: _("Sought support"),
    "co_financing": lambda: _("Co-financing"),
    "total_budget": lambda: _("Total budget"),
    "municipalities": lambda: _("Municipalities"),
    "partners": lambda: _("Partners"),
    "target_group": lambda: _("Target group"),
    "sector": lambda: _("Sector"),
    "budget_part": lambda: _("Part of the budget"),
    "documents": lambda: _("Documents"),
}
FIELDS = tuple(_WORDS)
"""Every fact that a list may hold."""


def field_word(field: str) -> str:
    """What the fact is called, in the language spoken now."""
    return _WORDS[field]()


def type_word(kind: ProjectType) -> str:
    """What a kind of project is called."""
    return _("Feasibility study") if kind is ProjectType.FEASIBILITY_STUDY else _("Implementation project")


def shown(field: str, value: object) -> str:
    """The value of a fact in words; nothing of a person's number."""
    match value:
        case None | "" | ():
            return ""
        case ProjectType():
            return type_word(value)
        case date():
            return formatting.day(value)
        case int():
            return formatting.money(value)
        case tuple() if field == "municipalities":
            return ", ".join(_place(str(code)) for code in value)
        case tuple():
            return ", ".join(part.name if isinstance(part, Partner) else str(part) for part in value)
        case _:
            return masked(str(value)) if field == "organisation_number" else str(value)


def _place(code: str) -> str:
    known = municipalities.by_code(code)
    return known.name if known else code
