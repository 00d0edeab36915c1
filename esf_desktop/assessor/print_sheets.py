"""Assessment sheets on paper or as files: one application, several, or blank."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange.canonical import identity
from esf_desktop.files import safe_name, write_whole
from esf_desktop.i18n import _, language
from esf_desktop.model import Application, ApplicationId, Draft
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.fields import Signed

if TYPE_CHECKING:
    from esf_desktop.sheets.seal import Seal


def sheet_of(
    workspace: Workspace, applications: Sequence[ApplicationId], *, blank: bool = False, as_signed: bool = False
) -> bytes:
    """One PDF with a sheet for each application, signed where what it says was signed.

    Args:
        blank: the sheets hold no answers.
        as_signed: they say what was signed last, whatever was changed since; each application was signed.
    """
    from esf_desktop.sheets.sheet import SheetItem, sheets

    call = workspace.call()
    if call is None:
        raise KeyError("no round")
    items = []
    for application in applications:
        draft: Draft | None = None
        seal: Seal | None = None
        if as_signed:
            last = workspace.signed(application)[-1]
            draft, seal = _said(last), _seal(last)
        elif not blank:
            draft, seal = workspace.draft(application), seal_of(workspace, application)
        items.append(SheetItem(workspace.application(application), draft, seal))
    return sheets(call, workspace.assessor(), items, language=language())


def seal_of(workspace: Workspace, application: ApplicationId) -> "Seal | None":
    """The seal of what was signed last; None when nothing was, or it says something else now."""
    from esf_desktop import completeness

    signed = workspace.signed(application)
    if not signed or not completeness.unchanged(workspace.draft(application), signed[-1].assessment):
        return None
    return _seal(signed[-1])


def write_together(
    workspace: Workspace,
    target: Path,
    applications: Sequence[ApplicationId],
    *,
    blank: bool = False,
    as_signed: bool = False,
) -> None:
    """Write these sheets as one file; ExportFailedError when the place does not take it."""
    content = sheet_of(workspace, applications, blank=blank, as_signed=as_signed)
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


def _seal(signed: Signed) -> "Seal":
    from esf_desktop.sheets.seal import Seal

    said = signed.assessment
    return Seal(identity(said), signed.fingerprint, said.signed_off_at, said.revision)


def _said(signed: Signed) -> Draft:
    said = signed.assessment
    return Draft(
        said.application,
        said.conflict_of_interest,
        said.judgements,
        said.main_area,
        said.overall,
        said.recommendation,
    )


def _file_name(application: Application, *, blank: bool) -> str:
    name = safe_name(f"{application.id} {application.project_name}")
    kind = _("blank")
    return f"{name} ({kind}).pdf" if blank else f"{name}.pdf"
