"""The canonical view: what a register holds and where it stands, the same bytes however it came to hold it."""

from typing import Literal

from esf_desktop.exchange import canonical
from esf_desktop.model import ApplicationId, AssessorId, CallId, Value
from esf_desktop.secretariat.register import Register, RegisteredCall
from esf_desktop.secretariat.states import Standing, State


class CallVersion(Value, frozen=True):
    """A version of the call; `sha256` is that of `call.json`."""

    id: CallId
    version: int
    sha256: str


class Placed(Value, frozen=True):
    """An assessment of the set and its state."""

    application: ApplicationId
    assessor: AssessorId
    identity: str
    revision: int
    state: State


class View(Value, frozen=True, tag_field="type", tag="esf-desktop/view"):
    """Versions of the call by number; assessments by application, assessor, revision and identity, by code point."""

    calls: tuple[CallVersion, ...]
    assessments: tuple[Placed, ...]
    version: Literal[1] = 1


def view(register: Register) -> View:
    """The view of a register."""
    return view_of(register.calls(), register.standings())


def view_of(calls: tuple[RegisteredCall, ...], standings: tuple[Standing, ...]) -> View:
    """The view of these versions of a call and these assessments, which are in the order of `standings`."""
    versions = tuple(CallVersion(one.call.id, one.call.call_version, one.sha256) for one in calls)
    placed = tuple(
        Placed(r.application, r.assessor, r.identity, r.revision, standing.state)
        for standing in standings
        for r in (standing.revision,)
    )
    return View(versions, placed)


def view_sha256(register: Register) -> str:
    """The SHA-256 of the canonical view, so that two registers can be compared."""
    return canonical.identity(view(register))
