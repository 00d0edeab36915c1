"""Backups from the command line: make one, list them, look what one would change, put one back."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from esf_desktop.assessor import backup_lines
from esf_desktop.cli.output import AsJson, InWorkspace, now, refusals, show, with_passphrase, workspace_at
from esf_desktop.i18n import _
from esf_desktop.workspace import backup as backups
from esf_desktop.workspace.places import BACKUPS


def backup(
    workspace: InWorkspace,
    to: Annotated[Path | None, typer.Option(help="Another folder or stick; else the workspace's own.")] = None,
    documents: Annotated[
        bool, typer.Option("--documents", help="With all documents, as another computer needs them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make a backup that was opened and checked."""
    why = backups.Why.MOVE if documents else backups.Why.PERSON
    with refusals(as_json=as_json), workspace_at(workspace) as desk:
        made = backups.back_up(desk, to, at=now(), why=why, documents=documents)
    show({"backup": str(made)}, [str(made)], as_json=as_json)


def restore(
    workspace: InWorkspace,
    source: Annotated[
        Path | None, typer.Argument(metavar="BACKUP", help="The folder of the backup; without it they are listed.")
    ] = None,
    look: Annotated[bool, typer.Option("--look", help="Only say what would be otherwise; put nothing back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the workspace's place; the present data is moved aside. A recovery code opens it too."""
    if source is None:
        _list(workspace, as_json=as_json)
        return
    with refusals(as_json=as_json):
        if look:
            with workspace_at(workspace) as desk:
                found = backups.compared(source, desk)
                titles = {application.id: application.project_name for application in desk.applications()}
            show(found, list(backup_lines.differences(found, titles)), as_json=as_json)
            return
        aside = with_passphrase(lambda given: backups.restore(source, workspace, given, at=now()))
    there = str(aside) if aside.is_dir() else None
    lines = [_("The earlier data lies in {folder}.").format(folder=there)] if there else []
    show({"aside": there}, lines, as_json=as_json)


def error_report(
    workspace: Annotated[Path | None, typer.Option("--workspace", "-w", help="The folder of the workspace.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write it to this text file instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what went wrong, without anything that a person wrote or is called."""
    from esf_desktop import paths
    from esf_desktop.assessor.error_report import report
    from esf_desktop.files import write_whole

    with refusals(as_json=as_json):
        if workspace is None:
            text = report(None, paths.log_folder(), at=now())
        else:
            with workspace_at(workspace) as desk:
                text = report(desk, paths.log_folder(), at=now())
        if out is not None:
            write_whole(out, text.encode())
    result = {"file": str(out)} if out else {"report": text}
    show(result, [str(out) if out else text], as_json=as_json)


def _list(workspace: Path, *, as_json: bool) -> None:
    made = backups.made_in(workspace / BACKUPS)
    rows = [{"place": str(one.place), **msgspec.to_builtins(one.manifest)} for one in made]
    lines = [
        f"{backup_lines.headline(one.manifest)}\n  {backup_lines.counts(one.manifest.content)}\n  {one.place}"
        for one in made
    ]
    show({"backups": rows}, lines, as_json=as_json)
