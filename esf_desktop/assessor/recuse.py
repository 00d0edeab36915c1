"""Declaring conflict of interest (jäv): at first, and at any time later."""

from datetime import datetime

from esf_desktop.assessor.assess import clean
from esf_desktop.history import Kind
from esf_desktop.model import ApplicationId, ConflictOfInterest, Declaration
from esf_desktop.workspace import Change, Workspace


def declare(
    workspace: Workspace, application: ApplicationId, answer: Declaration, reason: str = "", *, at: datetime
) -> Change:
    """Remember the answer; undo does not reach behind it, and a recused application's ratings never leave the desk."""
    declared = ConflictOfInterest(answer, at.replace(microsecond=0), clean(reason))
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put(application, "conflict", declared)
    return work.change
