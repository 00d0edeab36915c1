"""Declaring conflict of interest (jäv): at first, and at any time later."""

from datetime import datetime

from esf_desktop.assessor.assess import clean
from esf_desktop.history import Kind
from esf_desktop.model import ApplicationId, ConflictOfInterest, Declaration
from esf_desktop.workspace import Change, Work, Workspace


def declare(
    workspace: Workspace, application: ApplicationId, answer: Declaration, reason: str = "", *, at: datetime
) -> Change:
    """Remember the answer; undo does not reach behind it, and a recused application's ratings never leave the desk.

    The same answer again, with the same reason, is the one that was given: it makes no new revision.
    """
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        put_answer(work, application, answer, clean(reason), at)
    return work.change


def put_answer(work: Work, application: ApplicationId, answer: Declaration, reason: str, at: datetime) -> None:
    """Declare within a transaction; nothing happens when it was declared so before."""
    before = work.get(application, "conflict")
    if isinstance(before, ConflictOfInterest) and (before.answer, before.reason) == (answer, reason):
        return
    work.put(application, "conflict", ConflictOfInterest(answer, at.replace(microsecond=0), reason))
