"""Whom a register trusts, from the command line: add, list, print, revoke, and the log of every decision."""

import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from esf_desktop.cli.output import AsJson, InRegister, now, refusals, say, show
from esf_desktop.cli.secretariat import content_of, register_at
from esf_desktop.errors import UnreadableFileError
from esf_desktop.formatting import groups
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat import decisions as deciding
from esf_desktop.secretariat import fingerprint_list
from esf_desktop.secretariat import trust as trusting

trust = typer.Typer(no_args_is_help=True, help="The certificates that a register trusts.")


@trust.command("add")
def trust_add(
    files: Annotated[list[Path], typer.Argument(help="Enrolment files whose fingerprints were compared.")],
    register: InRegister,
    renew: Annotated[
        bool, typer.Option("--renew", help="Block the person's earlier keys, which this one replaces.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Trust the keys of enrolment files, once their fingerprints have been compared."""
    rows = []
    with refusals(as_json=as_json), register_at(register) as opened:
        for file in files:
            earlier = list(trusting.trusted(opened)) if renew else []
            done = trusting.enrol(
                opened, content_of(file), file=file.name, at=now(), by=getpass.getuser(), replacing=earlier
            )
            rows.append(
                {
                    "file": str(file),
                    "name": done.enrolled.name,
                    "device": done.enrolled.device,
                    "fingerprint": done.enrolled.fingerprint,
                    "new": done.new,
                    "other_keys": done.other_keys,
                    "replaced": done.replaced,
                }
            )
    show({"rows": rows}, (f"{row['name']}  {groups(str(row['fingerprint']))}" for row in rows), as_json=as_json)
    for row in rows:
        if row["other_keys"]:
            say(_("{name} has other trusted keys as well: another computer, or one to block.").format(name=row["name"]))


@trust.command("list")
def trust_list(
    register: InRegister,
    print_: Annotated[
        Path | None, typer.Option("--print", help="Write the list as PDF, to tick off when comparing.")
    ] = None,
    waiting: Annotated[
        list[Path] | None, typer.Option(help="Enrolment files, or folders of them, that are not trusted yet.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every key that was ever trusted, and those that wait."""
    with refusals(as_json=as_json), register_at(register) as opened:
        arrived = list(_enrolments(waiting or []))
        keys = fingerprint_list.listed(opened, arrived)
        known = opened.enrolled()
        if print_ is not None:
            fingerprint_list.write(opened, print_, arrived)
    lines = ["  ".join(filter(None, (one.name, groups(one.fingerprint), one.device, one.standing))) for one in keys]
    trusted = {one.fingerprint for one in known}
    result = {"certificates": known, "waiting": [one for one in keys if one.fingerprint not in trusted]}
    show(result, lines, as_json=as_json)
    if print_ is not None:
        say(
            plural("{n} key is on the list {file}.", "{n} keys are on the list {file}.", len(keys)).format(
                n=len(keys), file=print_
            )
        )


@trust.command("revoke")
def trust_revoke(
    fingerprint: Annotated[str, typer.Argument(help="The key's fingerprint, with or without spaces.")],
    register: InRegister,
    reason: Annotated[str, typer.Option(help="Why, for the log: lost, stolen, replaced …")] = "",
    as_json: AsJson = False,
) -> None:
    """Trust a key no longer; what was registered before stays."""
    with refusals(as_json=as_json), register_at(register) as opened:
        one = trusting.revoke(opened, fingerprint, reason=reason, at=now(), by=getpass.getuser())
    result = {"fingerprint": one.fingerprint, "revoked_at": one.revoked_at, "reason": one.reason}
    show(result, [f"{one.name}  {deciding.state(one)}"], as_json=as_json)


@trust.command("log")
def trust_log(register: InRegister, as_json: AsJson = False) -> None:
    """Show every decision of trust: number, when, what, by whom and why."""
    with refusals(as_json=as_json), register_at(register) as opened:
        found = deciding.decisions(opened)
    show({"decisions": found}, (_line(one) for one in found), as_json=as_json)


def _line(one: deciding.Decision) -> str:
    told = filter(None, (one.device, one.reason, one.by, groups(one.fingerprint[:16]) + " …"))
    return f"{one.number:>4}  {one.at[:16].replace('T', ' ')}  {one.sentence()}  ({' · '.join(told)})"


def _enrolments(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        files = sorted(p for p in path.rglob("*.esfenrol") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            try:
                yield file.name, file.read_bytes()
            except OSError as error:
                raise UnreadableFileError(file.name) from error
