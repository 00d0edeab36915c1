"""Who has delivered, who is missing, and which applications too few have read without a conflict of interest."""

from collections.abc import Iterable

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Value
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Person
from esf_desktop.secretariat.register import Enrolled

ENOUGH_READERS = 2


class Delivery(Value, frozen=True):
    """What one assessor was asked for, and has delivered."""

    person: Person
    delivered: tuple[ApplicationId, ...]
    recused: tuple[ApplicationId, ...]
    unsettled: tuple[ApplicationId, ...]
    """Waiting for an earlier revision, in two versions, or made with another framework."""
    missing: tuple[ApplicationId, ...]

    @property
    def asked(self) -> int:
        """How many applications the assessor is to answer for."""
        return len(self.delivered) + len(self.recused) + len(self.unsettled) + len(self.missing)

    @property
    def lacking(self) -> bool:
        """Whether something is left to deliver or to settle."""
        return bool(self.missing or self.unsettled)


def deliveries(comparison: Comparison) -> tuple[Delivery, ...]:
    """One for each assessor, in the order of the comparison; withdrawn applications are asked of nobody."""
    return tuple(_delivery(comparison, place, person) for place, person in enumerate(comparison.people))


def thinly_read(comparison: Comparison) -> tuple[Line, ...]:
    """The applications that fewer than two assessors have assessed without a conflict of interest."""
    return tuple(
        line
        for line in comparison.lines
        if not line.withdrawn and sum(reading.counted for reading in line.readings) < ENOUGH_READERS
    )


def reminder(delivery: Delivery, comparison: Comparison) -> str:
    """A text to copy into a mail to somebody who has not delivered everything."""
    deadline = comparison.call.deadline
    return _(
        "Hello {name},\n\nWe have {done} of your {all} assessments for {call}. Still missing: {missing}.\n"
        "The deadline is {deadline}, at the end of the day."
    ).format(
        name=delivery.person.name,
        done=len(delivery.delivered) + len(delivery.recused),
        all=delivery.asked,
        call=comparison.call.title,
        missing=", ".join((*delivery.unsettled, *delivery.missing)),
        deadline=deadline.isoformat() if deadline else "–",
    )


def reminder_to_all(comparison: Comparison) -> str:
    """The same for all who have something left, without a word of who they are."""
    deadline = comparison.call.deadline
    return _(
        "Hello,\n\nSome of your assessments for {call} have not arrived yet. Please sign and send what is finished; "
        "a receipt tells you what we have.\nThe deadline is {deadline}, at the end of the day."
    ).format(call=comparison.call.title, deadline=deadline.isoformat() if deadline else "–")


def addresses(lacking: Iterable[Delivery], enrolled: Iterable[Enrolled]) -> tuple[str, ...]:
    """The e-mail addresses that these assessors gave with their latest enrolment, each once."""
    given = {one.assessor: one.email for one in enrolled if one.email}
    return tuple(dict.fromkeys(given[one.person.id] for one in lacking if one.person.id in given))


def _delivery(comparison: Comparison, place: int, person: Person) -> Delivery:
    by_mark: dict[Mark, list[ApplicationId]] = {mark: [] for mark in Mark}
    for line in comparison.lines:
        if not line.withdrawn:
            by_mark[line.readings[place].mark].append(line.application.id)
    unsettled = sorted((*by_mark[Mark.WAITING], *by_mark[Mark.FORK], *by_mark[Mark.OTHER_FRAMEWORK]))
    return Delivery(
        person, tuple(by_mark[Mark.RATED]), tuple(by_mark[Mark.RECUSED]), tuple(unsettled), tuple(by_mark[Mark.MISSING])
    )
