"""Assessment sheets on paper or as files: one application, several, or blank."""

from collections.abc import Sequence
from pathlib import Path

from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange.canonical import identity
from esf_desktop.files import safe_name, write_whole
from esf_desktop.i18n import _, language
from esf_desktop.model import Application, ApplicationId
from esf_desktop.workspace import Workspace


def sheet_of(workspace: Workspace, applications: Sequence[ApplicationId], *, blank: bool = False) -> bytes:
    """One PDF with a sheet for each application, signed where what it says was signed; blank ones hold no answers."""
    from esf_desktop import completeness
    from esf_desktop.sheets.sheet import Seal, SheetItem, sheets

    call = workspace.call()
    if call is None:
        raise KeyError("no round")
    items = []
    for application in applications:
        draft, signed = workspace.draft(application), workspace.signed(application)
        seal = None
        if signed and completeness.unchanged(draft, signed[-1].assessment):
            last = signed[-1].assessment
            seal = Seal(identity(last), signed[-1].fingerprint, last.signed_off_at, last.revision)
        items.append(SheetItem(workspace.application(application), None if blank else draft, None if blank else seal))
    return sheets(call, workspace.assessor(), items, language=language())


def write_together(
    workspace: Workspace, target: Path, applications: Sequence[ApplicationId], *, blank: bool = False
) -> None:
    """Write these sheets as one file; ExportFailedError when the place does not take it."""
    content = sheet_of(workspace, applications, blank=blank)
    try:
        write_whole(target, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(target.parent)) from error


def write_sheets(
    workspace: Workspace, folder: Path, *, only: ApplicationId | None = None, blank: bool = False
) -> tuple[Path, ...]:
    """A file for each application's sheet, named by its diary number; ExportFailedError when the folder refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    written = []
    for application in workspace.applications():
        if only in (None, application.id):
            target = folder / _file_name(application, blank=blank)
            write_together(workspace, target, [application.id], blank=blank)
            written.append(target)
    return tuple(written)


def _file_name(application: Application, *, blank: bool) -> str:
    name = safe_name(f"{application.id} {application.project_name}")
    kind = _("blank")
    return f"{name} ({kind}).pdf" if blank else f"{name}.pdf"
