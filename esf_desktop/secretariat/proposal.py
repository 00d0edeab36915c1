"""The secretariat's proposal (förslag): the applications in an order made by hand, with ties, and an outcome for each.

No formula orders anything. Before the first move all stand equal; an application that comes later stands last.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import sqlalchemy as sa

from esf_desktop.exchange import canonical
from esf_desktop.model import ApplicationId, Call, Value, replace
from esf_desktop.secretariat import funds, order
from esf_desktop.secretariat.errors import (
    NoCallError,
    NoSuchApplicationError,
    NoSuchMoveError,
    NothingToUndoError,
    TooLongTextError,
)
from esf_desktop.secretariat.events import Kind, Log, iso, told
from esf_desktop.secretariat.funds import BudgetLine, Claim
from esf_desktop.secretariat.moves import KINDS, Act, History, Move, Proposed, Reason, history
from esf_desktop.secretariat.order import Outcome, Place, Ranks
from esf_desktop.secretariat.register import Register, calls

Change = Callable[[Ranks, ApplicationId], Ranks]
"""One of the rules of `order`: where an application goes."""


class Proposal(Value, frozen=True):
    """What is proposed for the applications of the call that are not withdrawn, and every move that made it so."""

    call: Call
    order: Ranks
    outcomes: dict[ApplicationId, Outcome]
    history: History

    @property
    def applications(self) -> tuple[ApplicationId, ...]:
        """From the first to the last; those that stand equal by diary number."""
        return tuple(one for rank in self.order for one in rank)

    @property
    def places(self) -> dict[ApplicationId, Place]:
        """The place of each application."""
        return order.places(self.order)

    @property
    def claims(self) -> dict[ApplicationId, Claim]:
        """What each application asks of the budget, and whether the money reaches to it."""
        return funds.claims(self.call, self.order, self.outcomes)

    @property
    def lines(self) -> tuple[BudgetLine, ...]:
        """Where the money of each part of the budget ends."""
        return funds.budget_lines(self.call, self.order, self.outcomes)

    @property
    def ranked(self) -> bool:
        """Whether any application stands before another."""
        return len(self.order) > 1


def proposal_of(call: Call, moves: History) -> Proposal:
    """What the moves propose for the call as it is now."""
    live = [one.id for one in call.applications if one.id not in call.withdrawn]
    said = moves.proposed.order
    ranks = order.settled(said if len(said) > 1 else (), live)
    outcomes = {one: given for one, given in moves.proposed.outcomes.items() if one in live}
    return Proposal(call, ranks, dict(sorted(outcomes.items())), moves)


def proposal(register: Register) -> Proposal:
    """The proposal of a register.

    Raises:
        NoCallError: it does not know its call.
    """
    with register.reading() as connection:
        return _proposal(connection)


def move(
    register: Register, application: ApplicationId, change: Change, *, at: datetime, by: str = "", reason: str = ""
) -> Proposal:
    """Give the application another place; a move that changes nothing is none.

    Raises:
        NoCallError, NoSuchApplicationError, TooLongTextError: nothing was changed.
    """

    def changed(now: Proposal) -> Proposed:
        try:
            ranks = change(now.order, application)
        except KeyError as error:
            raise NoSuchApplicationError(str(error.args[0]), now.call.id) from error
        return Proposed(Act.MOVED, ranks, now.outcomes, application=application)

    return _propose(register, changed, at=at, by=by, reason=reason)


def read(register: Register, ranks: Ranks, *, at: datetime, by: str = "", reason: str = "") -> Proposal:
    """Take a whole order, as `order_file` reads it.

    Raises:
        NoCallError, NoSuchApplicationError, TooLongTextError: nothing was changed.
    """

    def changed(now: Proposal) -> Proposed:
        for one in (one for rank in ranks for one in rank):
            _known(now, one)
        return Proposed(Act.READ, order.settled(ranks, now.applications), now.outcomes)

    return _propose(register, changed, at=at, by=by, reason=reason)


def propose(
    register: Register,
    outcomes: Mapping[ApplicationId, Outcome | None],
    *,
    at: datetime,
    by: str = "",
    reason: str = "",
) -> Proposal:
    """Set or clear the outcome of these applications.

    Raises:
        NoCallError, NoSuchApplicationError, TooLongTextError: nothing was changed.
    """

    def changed(now: Proposal) -> Proposed:
        for one in outcomes:
            _known(now, one)
        merged = {**now.outcomes, **outcomes}
        kept = {one: given for one, given in sorted(merged.items()) if given is not None}
        return Proposed(Act.OUTCOMES, now.order, kept)

    return _propose(register, changed, at=at, by=by, reason=reason)


def everything_fits(register: Register, *, at: datetime, by: str = "", reason: str = "") -> Proposal:
    """Propose that every application is prioritised, whatever the order.

    Raises:
        NoCallError, TooLongTextError: nothing was changed.
    """
    return _propose(
        register,
        lambda now: Proposed(Act.OUTCOMES, now.order, dict.fromkeys(sorted(now.applications), Outcome.PRIORITISED)),
        at=at,
        by=by,
        reason=reason,
    )


def follow_the_line(register: Register, *, at: datetime, by: str = "", reason: str = "") -> Proposal:
    """Propose what the budget lines say: prioritised above, if funds allow below; the rest is for people to say.

    Raises:
        NoCallError, TooLongTextError: nothing was changed.
    """
    return _propose(
        register,
        lambda now: Proposed(Act.OUTCOMES, now.order, funds.by_the_line(now.claims, now.outcomes)),
        at=at,
        by=by,
        reason=reason,
    )


def undo(register: Register, *, at: datetime, by: str = "", reason: str = "") -> Proposal:
    """Take the latest move back that is not taken back yet, as a move that says so.

    Raises:
        NoCallError, NothingToUndoError, TooLongTextError: nothing was changed.
    """
    return _propose(register, lambda now: _again(now.history.undo, Act.UNDONE), at=at, by=by, reason=reason)


def redo(register: Register, *, at: datetime, by: str = "", reason: str = "") -> Proposal:
    """Make the move again that was taken back last.

    Raises:
        NoCallError, NothingToUndoError, TooLongTextError: nothing was changed.
    """
    return _propose(register, lambda now: _again(now.history.redo, Act.REDONE), at=at, by=by, reason=reason)


def give_reason(register: Register, number: int, reason: str, *, at: datetime, by: str = "") -> Proposal:
    """Say why a move was made, or say it better; what was said before stays among the events.

    Raises:
        NoCallError, NoSuchMoveError, TooLongTextError: nothing was changed.
    """
    with register.transaction() as connection:
        now = _proposal(connection)
        found = next((one for one in now.history.moves if one.number == number), None)
        if found is None:
            raise NoSuchMoveError(number)
        given = Reason(number, _text(reason), by)
        if given.reason != found.reason:
            log = Log(connection)
            log.add(Kind.REASON_GIVEN, str(number), given, at=iso(at))
            log.write()
        return _proposal(connection)


def _propose(
    register: Register, change: Callable[[Proposal], Proposed], *, at: datetime, by: str, reason: str
) -> Proposal:
    """Make a move of what is proposed at this moment."""
    with register.transaction() as connection:
        now = _proposal(connection)
        proposed = replace(change(now), by=by, reason=_text(reason))
        taken_back = proposed.act in (Act.UNDONE, Act.REDONE)
        if not taken_back and (proposed.order, proposed.outcomes) == (now.order, now.outcomes):
            return now
        log = Log(connection)
        log.add(Kind.PROPOSED, proposed.application or now.call.id, proposed, at=iso(at))
        log.write()
        return _proposal(connection)


def _proposal(connection: sa.Connection) -> Proposal:
    latest = next(reversed(calls(connection)), None)
    if latest is None:
        raise NoCallError
    return proposal_of(latest.call, history(told(connection, KINDS)))


def _again(found: Move | None, act: Act) -> Proposed:
    if found is None:
        raise NothingToUndoError
    said = found.before if act is Act.UNDONE else found.proposed
    return Proposed(act, said.order, said.outcomes, of=found.number)


def _known(now: Proposal, application: ApplicationId) -> None:
    if application not in now.applications:
        raise NoSuchApplicationError(application, now.call.id)


def _text(text: str) -> str:
    tidied = canonical.tidy(text).strip()
    if len(tidied) > canonical.LONGEST_TEXT:
        raise TooLongTextError(len(tidied), canonical.LONGEST_TEXT)
    return tidied
