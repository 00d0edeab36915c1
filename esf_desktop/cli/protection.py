"""The passphrase of a workspace from the command line: set, change, recover, remove, and a new recovery code."""

import getpass
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from esf_desktop.assessor import protection
from esf_desktop.assessor.recovery_sheet import write_recovery_sheet
from esf_desktop.cli.output import AsJson, InWorkspace, now, refusals, say, show, with_passphrase
from esf_desktop.i18n import _
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.database import PassphraseNeededError

passphrase = typer.Typer(no_args_is_help=True, help="The passphrase and the recovery code of a workspace.")


@passphrase.command("set")
def set_passphrase(workspace: InWorkspace, as_json: AsJson = False) -> None:
    """Encrypt a plain workspace, under ESF_NEW_PASSPHRASE or what is typed."""
    with refusals(as_json=as_json):
        protection.encrypt(workspace, _new(), at=now())
    _say_done(_("The work is encrypted."), as_json=as_json)


@passphrase.command()
def change(workspace: InWorkspace, as_json: AsJson = False) -> None:
    """Change the passphrase, to ESF_NEW_PASSPHRASE or what is typed; the recovery code stays."""
    with refusals(as_json=as_json):
        with_passphrase(lambda given: protection.change_passphrase(workspace, _needed(given), _new()))
    _say_done(_("The passphrase is changed."), as_json=as_json)


@passphrase.command()
def recover(workspace: InWorkspace, as_json: AsJson = False) -> None:
    """Set a passphrase by the recovery code, from ESF_RECOVERY_CODE or typed."""
    with refusals(as_json=as_json):
        code = os.environ.get("ESF_RECOVERY_CODE") or _typed(_("Recovery code: "))
        protection.check_code(workspace, code)
        protection.recover(workspace, code, _new())
    _say_done(_("The passphrase is changed."), as_json=as_json)


@passphrase.command()
def code(
    workspace: InWorkspace,
    sheet: Annotated[Path | None, typer.Option(help="Write the recovery sheet there, as PDF.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a new recovery code; an earlier one opens nothing after."""

    def make(given: str | None) -> str:
        made = protection.new_code(workspace, _needed(given))
        if sheet:
            desk = Workspace.open(workspace, given)
            try:
                write_recovery_sheet(desk, _needed(given), made, sheet, at=now())
            finally:
                desk.close()
        return made

    with refusals(as_json=as_json):
        made = with_passphrase(make)
    show({"code": made, "sheet": str(sheet) if sheet else None}, [made], as_json=as_json)


@passphrase.command()
def remove(workspace: InWorkspace, as_json: AsJson = False) -> None:
    """Take the encryption off; only the rights to its files protect the work after."""
    with refusals(as_json=as_json):
        with_passphrase(lambda given: protection.decrypt(workspace, _needed(given)))
    _say_done(_("The work is not encrypted any more."), as_json=as_json)


def _say_done(sentence: str, *, as_json: bool) -> None:
    show({"done": True}, [], as_json=as_json)
    say(sentence)


def _needed(given: str | None) -> str:
    if given is None:
        raise PassphraseNeededError
    return given


def _new() -> str:
    return os.environ.get("ESF_NEW_PASSPHRASE") or _typed(_("New passphrase: "))


def _typed(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise PassphraseNeededError
    return getpass.getpass(prompt)
