"""The moves that made a proposal, as arithmetic on events: what each changed, who made it and why, and what undo takes.

Each move says everything that is proposed after it, so the latest says what holds; undo is a move that says again what
was proposed before the one that it takes back.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, Value, replace
from esf_desktop.secretariat.events import Event, Kind
from esf_desktop.secretariat.order import Outcome, Ranks, places, rank_of, settled

KINDS = (Kind.PROPOSED, Kind.REASON_GIVEN)
Outcomes = Mapping[ApplicationId, Outcome]
MOST_NAMED = 4
"""Of those that stand equal, in one sentence."""


class Act(StrEnum):
    """What a move does."""

    MOVED = "moved"
    READ = "read"
    """The whole order was read from a file."""
    OUTCOMES = "outcomes"
    UNDONE = "undone"
    REDONE = "redone"


class Proposed(Value, frozen=True):
    """What an event says: everything that is proposed after the move, and which earlier one it takes back, if any."""

    act: Act
    order: Ranks
    outcomes: dict[ApplicationId, Outcome]
    by: str = ""
    reason: str = ""
    application: ApplicationId | None = None
    """What was moved, when it was one application."""
    of: int | None = None
    """The number of the move that is undone or redone."""


class Reason(Value, frozen=True):
    """A reason that was given after the move."""

    of: int
    reason: str
    by: str = ""


class Move(Value, frozen=True):
    """A move, and what was proposed before it."""

    number: int
    at: str
    proposed: Proposed
    before: Proposed
    reason: str
    """The latest that was given, with the move or after it."""
    reason_by: str
    undone: bool = False
    """Whether it has been taken back."""
    of: "Move | None" = None
    """The move that this one undoes or redoes."""

    def sentence(self) -> str:
        """What the move did, in the language spoken now."""
        match self.proposed.act:
            case Act.UNDONE if self.of is not None:
                return _("Undone: {move}").format(move=self.of.sentence())
            case Act.REDONE if self.of is not None:
                return _("Done again: {move}").format(move=self.of.sentence())
            case Act.OUTCOMES:
                return outcomes_told(self.before.outcomes, self.proposed.outcomes)
            case _:
                return _order_told(self.before.order, self.proposed.order, self.proposed.application)


NOTHING = Proposed(Act.MOVED, (), {})
"""What is proposed before the first move."""


class History(Value, frozen=True):
    """Every move, oldest first, and what undo and redo would take."""

    moves: tuple[Move, ...] = ()
    undo: Move | None = None
    redo: Move | None = None

    @property
    def proposed(self) -> Proposed:
        """What is proposed now."""
        return self.moves[-1].proposed if self.moves else NOTHING


def history(events: Iterable[Event]) -> History:
    """The moves that the events tell of."""
    moves: dict[int, Move] = {}
    done: list[int] = []
    undone: list[int] = []
    before = NOTHING
    for event in events:
        if event.kind is Kind.REASON_GIVEN:
            given = msgspec.json.decode(event.facts, type=Reason)
            moves[given.of] = replace(moves[given.of], reason=given.reason, reason_by=given.by)
        elif event.kind is Kind.PROPOSED:
            said = msgspec.json.decode(event.facts, type=Proposed)
            match said.act:
                case Act.UNDONE:
                    undone.append(done.pop())
                case Act.REDONE:
                    done.append(undone.pop())
                case _:
                    done.append(event.number)
                    undone.clear()
            of = moves.get(said.of) if said.of is not None else None
            by = said.by if said.reason else ""
            moves[event.number] = Move(event.number, event.at, said, before, said.reason, by, of=of)
            before = said
    lost = set(moves) - set(done)
    marked = (replace(move, undone=move.of is None and move.number in lost) for move in moves.values())
    return History(
        tuple(marked),
        moves[done[-1]] if done else None,
        moves[undone[-1]] if undone else None,
    )


def _order_told(old: Ranks, new: Ranks, application: ApplicationId | None) -> str:
    """Where the application stood and stands; of a whole order, how many stand elsewhere."""
    was, now = places(settled(old, [one for rank in new for one in rank])), places(new)
    if application is None:
        count = sum(was[one] != now[one] for one in now)
        return plural(
            "Order read from a file: {n} application has another place",
            "Order read from a file: {n} applications have another place",
            count,
        ).format(n=count)
    rank = new[rank_of(new, application)]
    others = ", ".join(one for one in rank if one != application)
    named = {"application": application, "old": was[application], "new": now[application], "others": others}
    if 1 < len(rank) <= MOST_NAMED:
        return _("{application}: from place {old} to {new}, equal with {others}").format(**named)
    return _("{application}: from place {old} to {new}").format(**named)


def outcomes_told(old: Outcomes, new: Outcomes) -> str:
    """What is proposed anew of which applications, counted when they are many; empty when nothing is."""
    changed = {one: new.get(one) for one in sorted({*old, *new}) if old.get(one) is not new.get(one)}
    told = []
    for outcome in (*Outcome, None):
        mine = [one for one, given in changed.items() if given is outcome]
        word = outcome.word() if outcome else _("no outcome yet")
        if len(mine) == 1:
            told.append(_("{application}: {outcome}").format(application=mine[0], outcome=word))
        elif mine:
            several = plural("{n} application: {outcome}", "{n} applications: {outcome}", len(mine))
            told.append(several.format(n=len(mine), outcome=word))
    return "; ".join(told)
