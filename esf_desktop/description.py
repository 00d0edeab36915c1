"""What looks odd in the facts about an application; official figures have gaps, so this warns and never stops."""

import re
from enum import StrEnum

from esf_desktop import municipalities
from esf_desktop.i18n import _
from esf_desktop.model import Application, Value

DIARY_NUMBER = re.compile(r"\d{4}/\d{5}")
ORGANISATION_NUMBER = re.compile(r"(\d{6})-?(\d{4})")
NOT_A_PERSON = 2
"""The lowest third digit of an organisation's number; below it, the number is a person's."""


class Oddity(StrEnum):
    """One way in which facts can look wrong."""

    DIARY_NUMBER = "diary_number"
    PROJECT_NAME = "project_name"
    APPLICANT_NAME = "applicant_name"
    ORGANISATION_NUMBER = "organisation_number"
    PERSON = "person"
    PERIOD = "period"
    SUM = "sum"
    MUNICIPALITY = "municipality"


class Warning(Value, frozen=True):
    """One oddity, and the value that is odd."""

    oddity: Oddity
    value: str = ""

    def sentence(self) -> str:
        """What looks wrong, for the person who can correct it."""
        match self.oddity:
            case Oddity.DIARY_NUMBER:
                return _("The diary number is not written as YYYY/NNNNN.")
            case Oddity.PROJECT_NAME:
                return _("The project's name is missing.")
            case Oddity.APPLICANT_NAME:
                return _("The applicant's name is missing.")
            case Oddity.ORGANISATION_NUMBER:
                return _("The organisation number does not add up; compare it with the application.")
            case Oddity.PERSON:
                return _("The organisation number is a person's and is shown masked.")
            case Oddity.PERIOD:
                return _("The project ends before it starts.")
            case Oddity.SUM:
                return _("Support and co-financing do not add up to the total budget.")
            case Oddity.MUNICIPALITY:
                return _("{name} is not a municipality in Västerbotten or Norrbotten.").format(name=self.value)


def warnings(application: Application) -> tuple[Warning, ...]:
    """Everything that looks odd, in the order of the form."""
    found: list[Warning] = []
    if not DIARY_NUMBER.fullmatch(application.id):
        found.append(Warning(Oddity.DIARY_NUMBER))
    if not application.project_name.strip():
        found.append(Warning(Oddity.PROJECT_NAME))
    if not application.applicant_name.strip():
        found.append(Warning(Oddity.APPLICANT_NAME))
    number = application.organisation_number
    if number and is_person(number):
        found.append(Warning(Oddity.PERSON))
    elif number and not adds_up(number):
        found.append(Warning(Oddity.ORGANISATION_NUMBER))
    start, end = application.start_date, application.end_date
    if start and end and end < start:
        found.append(Warning(Oddity.PERIOD))
    support, other, total = application.requested_support, application.co_financing, application.total_budget
    if support is not None and other is not None and total is not None and support + other != total:
        found.append(Warning(Oddity.SUM))
    found += [
        Warning(Oddity.MUNICIPALITY, place)
        for place in application.municipalities
        if municipalities.by_code(place) is None and municipalities.by_name(place) is None
    ]
    return tuple(found)


def adds_up(number: str) -> bool:
    """Whether an organisation number has ten digits of which the last is the check digit (Luhn) of the others."""
    if not (parts := ORGANISATION_NUMBER.fullmatch(number)):
        return False
    digits = [int(digit) for digit in parts[1] + parts[2]]
    doubled = [sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    return sum(doubled) % 10 == 0


def is_person(number: str) -> bool:
    """Whether the number belongs to a person: its third digit is below 2."""
    digits = re.sub(r"\D", "", number)
    return len(digits) in (10, 12) and int(digits[-10:][2]) < NOT_A_PERSON


def masked(number: str) -> str:
    """The number as it may be shown: nothing of a person's."""
    return "••••••-••••" if is_person(number) else number
