"""What the secretariat does from the command line: call, merge, report, check."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from esf_desktop.cli.drafting import call_import
from esf_desktop.cli.files import age_key, call_pack
from esf_desktop.cli.output import REFUSED, AsJson, InRegister, now, refusals, say, show, with_passphrase, workspace_at
from esf_desktop.errors import EsfError, UnreadableFileError
from esf_desktop.i18n import _, language, plural
from esf_desktop.secretariat import merge as merging
from esf_desktop.secretariat import trust as trusting
from esf_desktop.secretariat.inbox import decrypted_sources
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import is_address
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.view import view_sha256
from esf_desktop.signing.keys import load_key
from esf_desktop.signing.source import FileBytes
from esf_desktop.workspace import mirror
from esf_desktop.workspace.places import WORK_FILE

call = typer.Typer(no_args_is_help=True, help="Make a call package; tell a register its call.")
call.command("pack")(call_pack)
call.command("import")(call_import)


@contextmanager
def register_at(place: Path | str) -> Iterator[Register]:
    """The register in the file or on the server, closed afterwards."""
    opened = with_passphrase(lambda given: Register.open(place, given))
    with opened:
        yield opened


@call.command("add")
def call_add(
    file: Annotated[Path, typer.Argument(help="The call package.")],
    register: InRegister,
    confirm: Annotated[
        str, typer.Option(help="The fingerprint of the secretariat's renewed key, compared by you.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Tell a register its call."""
    with refusals(as_json=as_json), register_at(register) as opened, FileBytes(file) as source:
        added = trusting.add_call(opened, source, file=file.name, at=now(), confirmed=confirm)
    known = added.registered
    word = (
        _("Version {version} of {call} was added.")
        if added.new
        else _("Version {version} of {call} was there already.")
    )
    line = word.format(version=known.call.call_version, call=known.call.id)
    show({"call": known.call.id, "version": known.call.call_version, "new": added.new}, [line], as_json=as_json)


def merge(
    sources: Annotated[list[Path], typer.Argument(metavar="FILE-OR-DIR...", help="Bundles, or folders of them.")],
    register: InRegister,
    receipts: Annotated[Path | None, typer.Option(help="The folder for receipts; needs --key.")] = None,
    key: Annotated[Path | None, typer.Option(help="The secretariat's signing key, for receipts.")] = None,
    decrypt_with: Annotated[
        Path | None, typer.Option(metavar="AGEKEY", help="The file of the secret age key, for encrypted bundles.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Verify and register bundles; bad ones never stop good ones."""
    if (receipts is None) != (key is None):
        raise typer.BadParameter(_("--receipts and --key belong together."))
    with refusals(as_json=as_json), register_at(register) as opened:
        signer = with_passphrase(lambda given: load_key(key, given)) if key else None
        age = age_key(decrypt_with)
        arriving = decrypted_sources(_sources(sources), (lambda: age) if age else None)
        count, refused, told = 0, [], []
        for row in merging.merged_rows(opened, arriving, at=now()):
            count += 1
            if row.outcome is merging.Outcome.REFUSED:
                refused.append(row)
            if as_json:
                told.append(_row(row))
            else:
                typer.echo(f"{row.file}: {row.outcome.word()}. {row.sentence()}")
        if signer and receipts:
            from esf_desktop.secretariat.receipts import write_receipts

            written = write_receipts(opened, signer, receipts, at=now(), refused=refused)
            said = plural(
                "{n} receipt was written to {folder}.", "{n} receipts were written to {folder}.", len(written)
            )
            say(said.format(n=len(written), folder=receipts))
        if as_json:
            show({"rows": told, "view_sha256": view_sha256(opened)}, [], as_json=True)
    said = plural("{n} file, refused: {m}.", "{n} files, refused: {m}.", count)
    say(said.format(n=count, m=len(refused)))
    if refused:
        raise typer.Exit(REFUSED)


def report(
    register: InRegister, out: Annotated[Path, typer.Option(help="The folder for the basis.")], as_json: AsJson = False
) -> None:
    """Write the basis for the decision as PDF, HTML, DOCX, XLSX, CSV and JSON."""
    from esf_desktop.secretariat.reports import write_basis

    with refusals(as_json=as_json), register_at(register) as opened:
        written = [str(path) for path in write_basis(opened, out, language=language()).values()]
    show({"files": written}, written, as_json=as_json)


def archive(
    register: InRegister,
    out: Annotated[Path, typer.Option(help="The folder that becomes the package; it must not be there yet.")],
    as_json: AsJson = False,
) -> None:
    """Write the archive package: everything that the round was decided on, to be checked with stock tools."""
    from esf_desktop.secretariat.archive import archive as write_archive

    with refusals(as_json=as_json), register_at(register) as opened:
        made = write_archive(opened, out, language=language())
    noted = _("SHA-256 of manifest.sha256, to be noted: {digits}").format(digits=made.sha256)
    show(made, [made.folder, noted], as_json=as_json)


def check(
    place: Annotated[
        str, typer.Argument(metavar="DATABASE", help="A workspace's folder or database, or a register or its address.")
    ],
    go_on: Annotated[
        bool, typer.Option("--go-on", help="Take the work as it is for the latest, though something saved is missing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check a database, and that everything in it follows from its journal."""
    with refusals(as_json=as_json):
        database = Path(place)
        if is_address(place):
            sentences = _faults_of_register(place)
        elif not database.exists():
            raise UnreadableFileError(database.name)
        elif database.is_dir() and not (database / WORK_FILE).exists():
            raise UnreadableFileError(str(database / WORK_FILE))
        elif database.is_dir() or database.name == WORK_FILE:
            folder = database if database.is_dir() else database.parent
            if go_on:
                mirror.go_on(folder)
            with workspace_at(folder, as_it_is=True) as desk:
                sentences = [(fault.code, fault.sentence()) for fault in desk.faults()]
        else:
            sentences = _faults_of_register(place)
    result = {"faults": [{"code": code, "sentence": sentence} for code, sentence in sentences]}
    show(result, [sentence for _code, sentence in sentences] or [_("No fault found.")], as_json=as_json)
    if sentences:
        raise typer.Exit(REFUSED)


def _faults_of_register(place: str) -> list[tuple[str, str]]:
    with register_at(place) as opened:
        return [(fault.code, fault.sentence()) for fault in faults(opened)]


def _row(row: merging.Row) -> dict[str, object]:
    return {
        "file": row.file,
        "outcome": row.outcome.value,
        "code": row.code,
        "fault": row.problem.fault if row.problem else None,
        "sentence": row.sentence(),
        "assessments": [
            {
                "application": standing.revision.application,
                "revision": standing.revision.revision,
                "state": standing.state.value,
            }
            for standing in row.assessments
        ],
    }


def _sources(paths: list[Path]) -> Iterator[merging.Source]:
    for path in paths:
        files = sorted(p for p in path.rglob("*.esfbundle") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            try:
                yield file.name, file.read_bytes()
            except OSError:
                problem: EsfError = UnreadableFileError(file.name)
                yield file.name, problem


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
