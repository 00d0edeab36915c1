"""Private notes: kept on this computer, with no place in any file that leaves it."""

from datetime import datetime

from esf_desktop.assessor.assess import clean
from esf_desktop.model import ApplicationId, CriterionId
from esf_desktop.workspace import Change, Workspace, fields


def write(
    workspace: Workspace, application: ApplicationId, criterion: CriterionId | None, text: str, *, at: datetime
) -> Change:
    """Set the note on one criterion, or on the application as a whole."""
    with workspace.write(at=at) as work:
        work.put(application, fields.of("note", criterion), clean(text))
    return work.change
