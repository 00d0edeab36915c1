"""Where each assessment of the register stands, computed from the set alone, never from order of arrival or clocks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from esf_desktop.i18n import _, context
from esf_desktop.model import ApplicationId, AssessorId, Value


class State(StrEnum):
    """What an assessment is among the other revisions by the same assessor. None of them is a refusal."""

    HEAD = "head"
    SUPERSEDED = "superseded"
    WAITING = "waiting"
    FORK = "fork"
    JUMP = "jump"

    def word(self) -> str:
        """The state in the language spoken now."""
        match self:
            case State.HEAD:
                return context("assessment", "In force")
            case State.SUPERSEDED:
                return context("assessment", "Superseded")
            case State.WAITING:
                return context("assessment", "Waiting")
            case State.FORK:
                return context("assessment", "Two versions")
            case State.JUMP:
                return context("assessment", "Out of sequence")


class Revision(Value, frozen=True):
    """What is needed of an assessment to know where it stands.

    `admitted` is false while the version of the call that it belongs to is unknown.
    """

    assessor: AssessorId
    application: ApplicationId
    identity: str
    revision: int
    parents: tuple[str, ...] = ()
    admitted: bool = True


class Standing(Value, frozen=True):
    """An assessment and its state; `waits_for` is the revision that has to arrive first, when that is what it lacks."""

    revision: Revision
    state: State
    waits_for: int | None = None

    def sentence(self, assessor: str) -> str:
        """The state for the secretary, who knows the assessor by this name."""
        match self.state:
            case State.HEAD:
                return _("Registered.")
            case State.SUPERSEDED:
                return _("Registered; a later revision has replaced it.")
            case State.WAITING if self.waits_for is None:
                return _("Registered; waiting for the call that it belongs to.")
            case State.WAITING:
                return _("Registered; waiting for revision {n}. Ask {assessor} to send it.").format(
                    n=self.waits_for, assessor=assessor
                )
            case State.FORK:
                return _("Registered; there are two versions of it. Ask {assessor} to choose.").format(
                    assessor=assessor
                )
            case State.JUMP:
                return _("Registered; its number does not follow the revision before it.")


def standings(revisions: Iterable[Revision]) -> tuple[Standing, ...]:
    """Every revision with its state, ordered by application, assessor, revision and identity."""
    desks: dict[tuple[str, str], dict[str, Revision]] = defaultdict(dict)
    for revision in revisions:
        desk = desks[revision.application, revision.assessor]
        known = desk.get(revision.identity)
        if known is None or revision.admitted:
            desk[revision.identity] = revision
    return tuple(standing for _key, desk in sorted(desks.items()) for standing in _of_one_desk(desk))


def _of_one_desk(desk: Mapping[str, Revision]) -> list[Standing]:
    if len(desk) == 1:
        (only,) = desk.values()
        if only.admitted and not only.parents and only.revision == 1:
            return [Standing(only, State.HEAD)]
    whole = _with_all_ancestors(desk)
    named = {parent for identity in whole for parent in desk[identity].parents}
    forked = len(whole - named) > 1
    ordered = sorted(desk.values(), key=lambda revision: (revision.revision, revision.identity))
    return [_standing(revision, desk, whole, named, forked) for revision in ordered]


def _standing(
    revision: Revision, desk: Mapping[str, Revision], whole: set[str], named: set[str], forked: bool
) -> Standing:
    if revision.identity not in whole:
        return Standing(revision, State.WAITING, _latest_gap(revision, desk) if revision.admitted else None)
    if revision.identity in named:
        return Standing(revision, State.SUPERSEDED)
    if forked:
        return Standing(revision, State.FORK)
    follows = 1 + max((desk[parent].revision for parent in revision.parents), default=0)
    return Standing(revision, State.HEAD if revision.revision == follows else State.JUMP)


def _latest_gap(revision: Revision, desk: Mapping[str, Revision]) -> int | None:
    """The number of the latest ancestor that has not arrived; None when what is missing is the call."""
    seen: set[str] = set()
    open_ends = [revision]
    gaps: list[int] = []
    while open_ends:
        child = open_ends.pop()
        for parent in child.parents:
            if parent not in desk:
                gaps.append(max(child.revision - 1, 1))
            elif parent not in seen:
                seen.add(parent)
                open_ends.append(desk[parent])
    return max(gaps, default=None)


def _with_all_ancestors(desk: Mapping[str, Revision]) -> set[str]:
    """The admitted revisions whose every ancestor has arrived and is admitted."""
    children: dict[str, list[Revision]] = defaultdict(list)
    lacking: dict[str, int] = {}
    for revision in desk.values():
        lacking[revision.identity] = len(set(revision.parents))
        for parent in set(revision.parents):
            children[parent].append(revision)
    whole: set[str] = set()
    ready = [revision for revision in desk.values() if not revision.parents]
    while ready:
        revision = ready.pop()
        if not revision.admitted:
            continue
        whole.add(revision.identity)
        for child in children[revision.identity]:
            lacking[child.identity] -= 1
            if not lacking[child.identity]:
                ready.append(child)
    return whole
