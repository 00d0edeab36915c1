"""One more reader where the assessors are far apart: which applications need one, and who has been appointed.

Who is appointed follows from the register's events alone: the latest about an application and a person counts.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa

from esf_desktop.exchange import canonical
from esf_desktop.i18n import _
from esf_desktop.model import (
    ApplicationId,
    AssessorId,
    Call,
    CriterionId,
    Reader,
    Recommendation,
    UnsetType,
    Value,
    replace,
)
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Person, compare
from esf_desktop.secretariat.coverage import ENOUGH_READERS
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftReader
from esf_desktop.secretariat.errors import (
    AbstainsError,
    NoCallError,
    NoSuchApplicationError,
    NoSuchAssessorError,
    NotAppointedError,
    ReadsAlreadyError,
)
from esf_desktop.secretariat.events import Event, Kind, Log, iso, latest, told
from esf_desktop.secretariat.register import Register
from esf_desktop.wording import recommendation_word

KINDS = (Kind.READER_APPOINTED, Kind.READER_RELEASED)
SHAPING = (
    *KINDS,
    *(Kind.ENROLLED, Kind.REVOKED, Kind.CALL_ADDED, Kind.BUNDLE_REGISTERED, Kind.BUNDLE_CHECKED),
)
RECOMMENDED = (Recommendation.PRIORITISE, Recommendation.IF_FUNDS_ALLOW, Recommendation.DO_NOT_PRIORITISE)
"""The recommendations that can be far apart; to discuss first is none of them."""
OUTSTANDING = (Mark.MISSING, Mark.WAITING, Mark.FORK, Mark.OTHER_FRAMEWORK)


class Appointment(Value, frozen=True):
    """Somebody is to read an application besides those who did, or no longer; what the event says."""

    application: ApplicationId
    assessor: AssessorId
    name: str
    reason: str = ""
    by: str = ""


class Appointed(Value, frozen=True):
    """An appointment in force, since when, and the number of its event."""

    appointment: Appointment
    at: str
    number: int

    @property
    def person(self) -> Person:
        """Who was appointed."""
        return Person(self.appointment.assessor, self.appointment.name)


class Wanted(Value, frozen=True):
    """Why an application needs one more reader, and who has been appointed to it without abstaining."""

    application: ApplicationId
    apart: tuple[CriterionId, ...] = ()
    """Where two ratings are as far apart as the call's rule says."""
    conflicting: tuple[Recommendation, ...] = ()
    """The recommendations, when two are as far apart as the rule says."""
    thin: bool = False
    """Conflicts of interest leave fewer than two who can read it."""
    appointed: tuple[Appointed, ...] = ()

    @property
    def needs_one(self) -> bool:
        """Whether somebody is still to be appointed."""
        return not self.appointed and bool(self.apart or self.conflicting or self.thin)

    def reasons(self) -> tuple[str, ...]:
        """Why one more is needed, a sentence each."""
        found = []
        if self.apart:
            found.append(_("Ratings far apart: {criteria}.").format(criteria=", ".join(self.apart)))
        if self.conflicting:
            words = " / ".join(recommendation_word(one) for one in self.conflicting)
            found.append(_("Recommendations that conflict: {words}.").format(words=words))
        if self.thin:
            found.append(_("Conflicts of interest leave fewer than two readers."))
        return tuple(found)


def appointments(events: Iterable[Event]) -> tuple[Appointed, ...]:
    """The appointments in force, in the order in which they were made."""
    standing: dict[tuple[ApplicationId, AssessorId], Appointed] = {}
    for event in events:
        if event.kind in KINDS:
            found = msgspec.json.decode(event.facts, type=Appointment)
            key = (found.application, found.assessor)
            standing.pop(key, None)
            if event.kind is Kind.READER_APPOINTED:
                standing[key] = Appointed(found, event.at, event.number)
    return tuple(standing.values())


def appointed(register: Register) -> tuple[Appointed, ...]:
    """The appointments in force in a register."""
    with register.transaction() as connection:
        return appointments(told(connection, KINDS))


def comparison(register: Register) -> Comparison | None:
    """The register's round laid out, with everybody who was appointed; None before it knows its call."""
    known = register.call()
    if known is None:
        return None
    also = [(one.appointment.application, one.person) for one in appointed(register)]
    return compare(known.call, register.people(), register.delivered(), also)


def age(register: Register) -> int:
    """A number that grows when something happens that the comparison shows; what a meeting decides is not of it."""
    with register.transaction() as connection:
        return latest(connection, SHAPING)


def wanted(comparison: Comparison, appointed: Iterable[Appointed]) -> tuple[Wanted, ...]:
    """Every application that needs one more reader by the call's rule, or has been given one; the call's order."""
    by_application: dict[ApplicationId, list[Appointed]] = {}
    for one in appointed:
        by_application.setdefault(one.appointment.application, []).append(one)
    found = (
        _wanted(comparison.call, line, by_application.get(line.application.id, []))
        for line in comparison.lines
        if not line.withdrawn
    )
    return tuple(one for one in found if one.needs_one or one.appointed)


def candidates(comparison: Comparison, people: Iterable[Person], application: ApplicationId) -> tuple[Person, ...]:
    """Who can be appointed, by name: whoever is known, does not read the application and does not abstain from it."""
    line = next(line for line in comparison.lines if line.application.id == application)
    free = {reading.person.id: reading.person for reading in line.readings if reading.mark is Mark.NOT_ASKED}
    taken = {reading.person.id for reading in line.readings} - set(free)
    free |= {person.id: person for person in people if person.id not in taken}
    return tuple(sorted(free.values(), key=lambda person: (person.name, person.id)))


def with_appointed(call: Call, appointed: Iterable[Appointed]) -> Call:
    """The call with everybody who was appointed among its readers: what its next version says of who reads what."""
    readers = {reader.id: reader for reader in call.assessors}
    if not readers:
        return call
    for one in appointed:
        extra = one.appointment
        known = readers.get(extra.assessor)
        if known is None:
            readers[extra.assessor] = Reader(extra.assessor, extra.name, (extra.application,))
        elif known.reads and extra.application not in known.reads:
            readers[extra.assessor] = replace(known, reads=(*known.reads, extra.application))
    return replace(call, assessors=tuple(readers.values()))


def draft_with_appointed(draft: CallDraft, appointed: Iterable[Appointed]) -> CallDraft:
    """The draft of the next version with everybody who was appointed among those who read; others are left alone.

    A reader of whom the draft has only the enrolment file is nobody's by name, so nobody is added beside them.
    """
    readers = list(draft.assessors)
    for one in appointed if readers else ():
        extra = one.appointment
        same = (extra.assessor, ""), (extra.assessor, extra.name), ("", extra.name)
        place = next((n for n, known in enumerate(readers) if (known.id, known.name) in same), None)
        if place is None and all(known.id or known.name for known in readers):
            readers.append(DraftReader(extra.assessor, extra.name, (extra.application,)))
        elif place is not None and (reads := readers[place].reads) and extra.application not in reads:
            readers[place] = replace(readers[place], reads=(*reads, extra.application))
    return replace(draft, assessors=tuple(readers))


def appoint(
    register: Register,
    application: ApplicationId,
    assessor: AssessorId,
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
) -> Appointed:
    """Let one more person read the application.

    Raises:
        NoCallError, NoSuchApplicationError, NoSuchAssessorError: nothing was changed.
        ReadsAlreadyError, AbstainsError: they read it already, or have a conflict of interest.
    """
    laid = comparison(register)
    if laid is None:
        raise NoCallError
    line = next((line for line in laid.lines if line.application.id == application and not line.withdrawn), None)
    if line is None:
        raise NoSuchApplicationError(application, laid.call.id)
    known = {person.id: person for person in (*laid.people, *register.people())}
    if assessor not in known:
        raise NoSuchAssessorError(assessor)
    person = known[assessor]
    mark = next((r.mark for r in line.readings if r.person.id == assessor), Mark.NOT_ASKED)
    if mark is Mark.RECUSED:
        raise AbstainsError(person.name, application)
    if mark is not Mark.NOT_ASKED:
        raise ReadsAlreadyError(person.name, application)
    told_of = Appointment(application, assessor, person.name, canonical.tidy(reason).strip(), by)
    with register.transaction() as connection:
        if _standing(connection, application, assessor):
            raise ReadsAlreadyError(person.name, application)
        return _add(connection, Kind.READER_APPOINTED, told_of, at=iso(at))


def release(
    register: Register,
    application: ApplicationId,
    assessor: AssessorId,
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
) -> Appointed:
    """Take an appointment back; what the person has delivered stays. The appointment that was taken back is given.

    Raises:
        NotAppointedError: there is no such appointment; nothing was changed.
    """
    with register.transaction() as connection:
        one = _standing(connection, application, assessor)
        if one is None:
            raise NotAppointedError(application)
        gone = replace(one.appointment, reason=canonical.tidy(reason).strip(), by=by)
        _add(connection, Kind.READER_RELEASED, gone, at=iso(at))
        return one


def _standing(connection: sa.Connection, application: ApplicationId, assessor: AssessorId) -> Appointed | None:
    for one in appointments(told(connection, KINDS)):
        if (one.appointment.application, one.appointment.assessor) == (application, assessor):
            return one
    return None


def _add(connection: sa.Connection, kind: Kind, told_of: Appointment, *, at: str) -> Appointed:
    log = Log(connection)
    number = log.add(kind, told_of.application, told_of, at=at)
    log.write()
    return Appointed(told_of, at, number)


def _wanted(call: Call, line: Line, appointed: list[Appointed]) -> Wanted:
    rule = call.third_assessor
    apart = tuple(cell.criterion for cell in line.cells if cell.apart) if rule else ()
    conflicting: tuple[Recommendation, ...] = ()
    if rule and not isinstance(rule.recommendations_apart, UnsetType):
        places = sorted({RECOMMENDED.index(one) for one in line.recommendations if one in RECOMMENDED})
        if places and places[-1] - places[0] >= max(rule.recommendations_apart, 1):
            conflicting = tuple(RECOMMENDED[place] for place in places)
    marks = [reading.mark for reading in line.readings]
    able = sum(mark in (Mark.RATED, *OUTSTANDING) for mark in marks)
    abstain = {reading.person.id for reading in line.readings if reading.mark is Mark.RECUSED}
    reading = tuple(one for one in appointed if one.appointment.assessor not in abstain)
    thin = Mark.RECUSED in marks and able - len(reading) < ENOUGH_READERS
    return Wanted(line.application.id, apart, conflicting, thin, reading)
