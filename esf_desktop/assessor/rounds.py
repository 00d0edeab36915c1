"""Turning to another of the rounds that lie on the desk."""

from datetime import datetime

from esf_desktop.assessor.purge import UnknownRoundError
from esf_desktop.history import Kind
from esf_desktop.model import CallId
from esf_desktop.workspace import Change, Workspace


def turn_to(workspace: Workspace, round_: CallId, *, at: datetime) -> Change:
    """Make this the current round; the others stay as they are.

    Raises:
        UnknownRoundError: nothing was changed.
    """
    known = tuple(call.id for call in workspace.rounds())
    if round_ not in known:
        raise UnknownRoundError(round_, known)
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "current", round_, round_="")
    return work.change
