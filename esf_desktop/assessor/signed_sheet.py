"""One sheet given out alone, as a PDF with a signature of its own that anybody's PDF reader can check."""

from datetime import datetime
from pathlib import Path

from esf_desktop.assessor.identity import known_assessor
from esf_desktop.assessor.print_sheets import seal_of
from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.files import safe_name, write_whole
from esf_desktop.i18n import _, language
from esf_desktop.model import ApplicationId
from esf_desktop.signing.cms import Signer
from esf_desktop.workspace import Workspace


class NotSignedError(EsfError):
    """An application whose assessment is not signed, or was changed since."""

    code = "not_signed"

    def sentence(self) -> str:
        return _("What the sheet says is not signed yet, or was changed since; sign it first. Nothing was written.")


def can_be_given_out(workspace: Workspace, application: ApplicationId) -> bool:
    """Whether the sheet says what was signed."""
    return seal_of(workspace, application) is not None


def name_of(workspace: Workspace, application: ApplicationId) -> str:
    """What the file may be called."""
    known, word = workspace.application(application), _("signed sheet")
    return safe_name(f"{known.id} {known.project_name} ({word})") + ".pdf"


def write(workspace: Workspace, target: Path, application: ApplicationId, signer: Signer, *, at: datetime) -> None:
    """Write the sheet of a signed assessment, signed by itself.

    Raises:
        NotSignedError, ExportFailedError: nothing was written.
    """
    from esf_desktop.sheets.sheet import SheetItem, signed_sheet

    call, seal = workspace.call(), seal_of(workspace, application)
    if call is None or seal is None:
        raise NotSignedError
    item = SheetItem(workspace.application(application), workspace.draft(application), seal)
    content = signed_sheet(call, known_assessor(workspace), item, signer, language=language(), at=at)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error
