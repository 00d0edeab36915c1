"""The joint assessment (gemensam bedömning): what the meeting agreed on, who was there, and who stepped aside.

The assessors' own assessments are untouched by it. Each writing is an event that says the whole record, so the latest
counts and every earlier one can be written again.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import msgspec

from esf_desktop.exchange import canonical
from esf_desktop.i18n import _, plural
from esf_desktop.model import (
    Application,
    ApplicationId,
    AssessorId,
    Call,
    CriterionId,
    Rating,
    Recommendation,
    Value,
    replace,
)
from esf_desktop.secretariat.compare import Line, Mark
from esf_desktop.secretariat.errors import (
    ChangedMeanwhileError,
    NoCallError,
    NoSuchApplicationError,
    NotInCallError,
    TooLongTextError,
)
from esf_desktop.secretariat.events import Event, Kind, Log, iso, told
from esf_desktop.secretariat.register import Register, calls

ONE_SITTING = timedelta(minutes=10)
"""Writings by one officer with no longer pause between them are one step of the history."""


class JointJudgement(Value, frozen=True):
    """What was agreed on one criterion, and why."""

    criterion: CriterionId
    rating: Rating | None = None
    comment: str = ""


class Present(Value, frozen=True):
    """Somebody at the meeting; an assessor of the round, or anybody by name."""

    name: str
    assessor: AssessorId | None = None
    conflict: bool = False
    """Took no part in this application because of a conflict of interest."""
    reason: str = ""
    """What the conflict is, when it was said."""


class Consensus(Value, frozen=True):
    """The joint assessment of one application; what the event says. Without anything in it, there is none."""

    application: ApplicationId
    judgements: tuple[JointJudgement, ...] = ()
    """Only those that say something, in the checklist's order."""
    text: str = ""
    recommendation: Recommendation | None = None
    main_area: CriterionId | None = None
    present: tuple[Present, ...] = ()
    by: str = ""

    def judgement(self, criterion: CriterionId) -> JointJudgement:
        """What was agreed on that criterion; untouched when nothing was."""
        return next((j for j in self.judgements if j.criterion == criterion), JointJudgement(criterion))

    @property
    def empty(self) -> bool:
        """Whether nothing has been agreed on or said."""
        return self == Consensus(self.application, by=self.by)

    def met(self, call: Call) -> tuple[int, int]:
        """How many of the principles that the application is judged by were agreed to be met, and of how many."""
        asked = call.principles_for(self.application)
        return sum(self.judgement(one.id).rating is Rating.MET for one in asked), len(asked)


class Written(Value, frozen=True):
    """A joint assessment as it was written: when, and the number of its event."""

    consensus: Consensus
    at: str
    number: int


def writings(events: Iterable[Event]) -> dict[ApplicationId, tuple[Written, ...]]:
    """Every writing of every joint assessment, oldest first."""
    found: dict[ApplicationId, tuple[Written, ...]] = {}
    for event in events:
        if event.kind is Kind.CONSENSUS_WRITTEN:
            said = msgspec.json.decode(event.facts, type=Consensus)
            found[said.application] = (*found.get(said.application, ()), Written(said, event.at, event.number))
    return found


def in_force(written: Mapping[ApplicationId, tuple[Written, ...]]) -> dict[ApplicationId, Written]:
    """The joint assessment of each application that has one: the latest, unless that is empty."""
    return {application: all_[-1] for application, all_ in written.items() if not all_[-1].consensus.empty}


def main_areas(register: Register) -> dict[ApplicationId, CriterionId]:
    """The main area of each application whose joint assessment names one."""
    found = {one: said.consensus.main_area for one, said in consensus(register).items()}
    return {one: area for one, area in found.items() if area is not None}


def sittings(all_: Iterable[Written]) -> tuple[Written, ...]:
    """The history for people, oldest first: the last writing of each sitting."""
    found: list[Written] = []
    for one in all_:
        before = found[-1] if found else None
        if before is not None and before.consensus.by == one.consensus.by and _pause(before, one) <= ONE_SITTING:
            found[-1] = one
        else:
            found.append(one)
    return tuple(found)


def written(register: Register) -> dict[ApplicationId, tuple[Written, ...]]:
    """Every writing of every joint assessment in a register, oldest first."""
    with register.transaction() as connection:
        return writings(told(connection, [Kind.CONSENSUS_WRITTEN]))


def consensus(register: Register) -> dict[ApplicationId, Written]:
    """The joint assessment of each application of a register that has one."""
    return in_force(written(register))


def write(
    register: Register, said: Consensus, *, at: datetime, by: str = "", after: int | None = None
) -> Written | None:
    """Write the joint assessment of an application; what is there already is not written again.

    Args:
        after: the number of the writing that this one changes, 0 for none; another's in between is not written over.

    Returns:
        The writing in force; None when there is nothing to write and never was.

    Raises:
        NoCallError, NoSuchApplicationError, NotInCallError, TooLongTextError: nothing was changed.
        ChangedMeanwhileError: somebody else has written in the meantime; that stands.
    """
    with register.transaction() as connection:
        latest = next(reversed(calls(connection)), None)
        if latest is None:
            raise NoCallError
        tidied = _tidied(latest.call, replace(said, by=by))
        all_ = writings(told(connection, [Kind.CONSENSUS_WRITTEN])).get(said.application, ())
        before = all_[-1] if all_ else None
        if after is not None and (before.number if before else 0) != after:
            assert before is not None
            raise ChangedMeanwhileError(said.application, before.consensus.by, before.at)
        if replace(before.consensus if before else Consensus(said.application), by=by) == tidied:
            return before
        log = Log(connection)
        number = log.add(Kind.CONSENSUS_WRITTEN, said.application, tidied, at=iso(at))
        log.write()
        return Written(tidied, iso(at), number)


def begun(line: Line) -> Consensus:
    """What a joint assessment starts from: everybody who read the application, and who abstained is marked so."""
    there = (
        Present(one.person.name, one.person.id, conflict=one.mark is Mark.RECUSED)
        for one in line.readings
        if one.mark not in (Mark.NOT_ASKED, Mark.MISSING)
    )
    return Consensus(line.application.id, present=tuple(there))


def remarks(said: Consensus, call: Call, line: Line) -> tuple[str, ...]:
    """What a careful secretary would ask before the minutes are signed; nothing of it stops anybody."""
    found: list[str] = []
    asked = call.criteria_for(said.application)
    without = [criterion.id for criterion in asked if said.judgement(criterion.id).rating is None]
    if without:
        found.append(_("Not rated yet: {criteria}.").format(criteria=", ".join(without)))
    if not said.text.strip():
        found.append(_("The reasons are missing; they are all that the applicant gets."))
    deciding = [one for one in said.present if not one.conflict]
    if len(deciding) < 2:
        found.append(
            plural("Only {n} person took part.", "Only {n} people took part.", len(deciding)).format(n=len(deciding))
        )
    abstain = {reading.person.id for reading in line.readings if reading.mark is Mark.RECUSED}
    for one in deciding:
        if one.assessor in abstain:
            found.append(
                _("{name} has abstained because of a conflict of interest, and is said to have taken part.").format(
                    name=one.name
                )
            )
    return tuple(found)


def _tidied(call: Call, said: Consensus) -> Consensus:
    """The record as it is kept: in the call's order, without what says nothing, with texts that can travel."""
    application = _application(call, said.application)
    asked = call.criteria_for(application.id)
    known = {criterion.id for criterion in asked}
    for judgement in said.judgements:
        if judgement.criterion not in known:
            raise NotInCallError(judgement.criterion, application.id)
        if judgement.rating is not None and judgement.rating not in call.scale.ratings:
            raise NotInCallError(judgement.rating.value, application.id)
    if said.main_area is not None and said.main_area not in {area.id for area in call.areas_for(application.id)}:
        raise NotInCallError(said.main_area, application.id)
    kept = {
        one.criterion: replace(one, comment=_text(one.comment))
        for one in said.judgements
        if one.rating is not None or one.comment.strip()
    }
    present: dict[str, Present] = {}
    for one in said.present:
        name = " ".join(_text(one.name).split())
        if name:
            reason = _text(one.reason) if one.conflict else ""
            present[one.assessor or name] = replace(one, name=name, reason=reason)
    return replace(
        said,
        judgements=tuple(kept[criterion.id] for criterion in asked if criterion.id in kept),
        text=_text(said.text),
        present=tuple(present.values()),
    )


def _application(call: Call, application: ApplicationId) -> Application:
    try:
        return call.application(application)
    except KeyError as error:
        raise NoSuchApplicationError(application, call.id) from error


def _text(text: str) -> str:
    tidied = canonical.tidy(text).strip()
    if len(tidied) > canonical.LONGEST_TEXT:
        raise TooLongTextError(len(tidied), canonical.LONGEST_TEXT)
    return tidied


def _pause(before: Written, after: Written) -> timedelta:
    return datetime.fromisoformat(after.at) - datetime.fromisoformat(before.at)
