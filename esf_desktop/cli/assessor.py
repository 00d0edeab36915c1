"""What an assessor does from the command line: open, assess, search, print, export, check, back up."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from esf_desktop import handwritten
from esf_desktop.assessor import enter, identity, indexing, intake, purge_lines
from esf_desktop.assessor import export as exporting
from esf_desktop.assessor import purge as purging
from esf_desktop.assessor import search as searching
from esf_desktop.cli.cards import OrCard, OrKey, WithModule, signing_with
from esf_desktop.cli.output import (
    REFUSED,
    AsJson,
    InWorkspace,
    now,
    passphrase,
    refusals,
    say,
    show,
    with_passphrase,
    workspace_at,
)
from esf_desktop.documents.client import Documents
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, CallId
from esf_desktop.signing.cms import Signer
from esf_desktop.workspace import Workspace


def open_files(
    files: Annotated[list[Path], typer.Argument(help="Call packages, receipts, documents, or folders of them.")],
    workspace: InWorkspace,
    confirm: Annotated[str | None, typer.Option(help="The fingerprint of a new secretariat, compared by you.")] = None,
    look: Annotated[
        bool, typer.Option("--look", help="Only say what a newer version of a call changes; do not take it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in call packages, application documents, folders and receipts."""
    agreed = () if look else None
    with refusals(as_json=as_json), workspace_at(workspace) as desk, Documents() as documents:
        taken = intake.take_files(desk, documents, files, at=now(), confirm=confirm, agreed=agreed).taken
        indexing.build(desk, documents)
    rows = [
        {
            "file": one.file,
            "outcome": one.outcome,
            "application": one.application,
            "code": one.error.code if one.error else None,
            "sentence": one.error.sentence() if one.error else one.note,
            "fingerprint": getattr(one.error, "fingerprint", None),
            "changes": _changes(one),
        }
        for one in taken
    ]
    show({"rows": rows}, (_taken_line(one) for one in taken), as_json=as_json)
    for one in taken:
        if isinstance(one.error, intake.NewerCallError):
            for line in one.error.news.lines():
                say(line)
        if isinstance(one.error, intake.UnconfirmedSecretariatError):
            say(_("Fingerprint of {file}: {fingerprint}").format(file=one.file, fingerprint=one.error.fingerprint))
    if any(one.error for one in taken):
        raise typer.Exit(REFUSED)


def assess(
    file: Annotated[Path, typer.Argument(help="The assessment, as TOML; docs/exempel-bedomning.toml is an example.")],
    workspace: InWorkspace,
    as_json: AsJson = False,
) -> None:
    """Enter an assessment from a file."""
    with refusals(as_json=as_json), workspace_at(workspace) as desk, Documents() as documents:
        change = enter.enter(desk, documents, handwritten.read(file), at=now())
        states = {application: desk.state(application) for application in sorted(change.applications)}
    lines = [f"{application}: {state.word()}" for application, state in states.items()]
    show({"applications": states}, lines, as_json=as_json)


def search(
    words: Annotated[
        list[str],
        typer.Argument(help='Words that must all be there; "a phrase", a beginning*; the last may be unfinished.'),
    ],
    workspace: InWorkspace,
    application: Annotated[str | None, typer.Option(help="Only this diary number.")] = None,
    kind: Annotated[list[searching.Where] | None, typer.Option(help="Only texts of this kind.")] = None,
    as_json: AsJson = False,
) -> None:
    """Search documents, comments, evidence, overall texts and notes."""
    asked = " ".join(f'"{word}"' if " " in word else word for word in words)
    only, kinds = ApplicationId(application) if application else None, frozenset(kind or searching.Where)
    with refusals(as_json=as_json), workspace_at(workspace) as desk:
        if indexing.waiting(desk):
            with Documents() as documents:
                indexing.build(desk, documents)
        results = searching.find(desk, asked, kinds=kinds, only=only, all_of_it=True)
        gaps = indexing.gaps(desk)
    hits = [msgspec.structs.asdict(hit) | {"around": hit.around} for hit in results.hits]
    show({"hits": hits, "not_searched": gaps}, (_hit_line(hit) for hit in results.hits), as_json=as_json)
    say(plural("{n} place found.", "{n} places found.", len(hits)).format(n=len(hits)))
    if gaps:
        say(_("Without text to search: {applications}").format(applications=", ".join(gaps)))


def sheets(
    workspace: InWorkspace,
    out: Annotated[Path, typer.Option(help="The folder for the files.")],
    blank: Annotated[bool, typer.Option("--blank", help="Empty sheets to fill in by hand.")] = False,
    application: Annotated[str | None, typer.Option(help="Only this diary number.")] = None,
    signed: Annotated[
        bool, typer.Option("--signed", help="Sign the sheet of one application, to be given out alone.")
    ] = False,
    key: OrKey = None,
    card: OrCard = None,
    module: WithModule = None,
    as_json: AsJson = False,
) -> None:
    """Make assessment sheets as PDF."""
    from esf_desktop.assessor.print_sheets import write_sheets

    only = ApplicationId(application) if application else None
    if signed and (blank or only is None):
        raise typer.BadParameter(_("--signed needs --application, and does not go with --blank."))
    with refusals(as_json=as_json), workspace_at(workspace) as desk:
        if signed and only is not None:
            written = _signed_sheet(desk, out, only, key, card, module)
        else:
            written = write_sheets(desk, out, only=only, blank=blank)
    show({"files": [str(path) for path in written]}, (str(path) for path in written), as_json=as_json)
    if not written:
        say(_("There is no such application in this workspace; nothing was written."))
        raise typer.Exit(REFUSED)


def export(
    workspace: InWorkspace,
    out: Annotated[Path, typer.Option(help="The folder for the bundle.")],
    key: OrKey = None,
    card: OrCard = None,
    module: WithModule = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Do not encrypt, even when the call names recipients.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Sign what is finished and write it as one bundle."""
    with refusals(as_json=as_json), workspace_at(workspace) as desk:
        if not exporting.leaving(desk, at=now()):
            raise exporting.NothingToSignError
        with _signer(desk, key, card, module) as signer:
            done = exporting.export(desk, signer, out, at=now(), plain=plain)
        left = len(exporting.preview(desk, at=now()).unfinished)
    result = {
        "file": str(done.path),
        "sha256": done.sha256,
        "encrypted": done.encrypted,
        "assessments": [
            {"application": a.application, "revision": a.revision, "code": exporting.verification_code(a)}
            for a in done.assessments
        ],
        "unfinished": left,
    }
    show(result, [str(done.path)], as_json=as_json)
    say(
        plural("{n} assessment was signed.", "{n} assessments were signed.", len(done.assessments)).format(
            n=len(done.assessments)
        )
    )
    if left:
        say(plural("{n} unfinished stays behind.", "{n} unfinished stay behind.", left).format(n=left))


def purge(
    workspace: InWorkspace,
    round_: Annotated[str, typer.Option("--round", help="The id of the round, such as 2026-ON-1.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    receipt: Annotated[Path | None, typer.Option(help="Also write the receipt to this text file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a finished round away for ever, from the work and from every backup."""
    wanted = CallId(round_)
    with refusals(as_json=as_json), workspace_at(workspace) as desk:
        if not any(begun.round == wanted for begun in purging.unfinished(desk)):
            for line in purge_lines.lines(purging.outline(desk, wanted, passphrase())):
                say(line)
            if not yes and not _typed_again(round_):
                raise purging.NotConfirmedError
        done = purging.purge(desk, wanted, passphrase(), at=now())
        if receipt:
            purge_lines.save_receipt(done.receipt, receipt)
    show(done.receipt, purge_lines.receipt_text(done.receipt).splitlines(), as_json=as_json)


def _typed_again(round_: str) -> bool:
    """Whether the person at the terminal types the round's id; nobody is asked where nobody can answer."""
    return sys.stdin.isatty() and typer.prompt(_("Type {id} to purge the round").format(id=round_), err=True) == round_


def _signed_sheet(
    desk: Workspace, folder: Path, only: ApplicationId, key: Path | None, card: str | None, module: Path | None
) -> tuple[Path, ...]:
    from esf_desktop.assessor import signed_sheet

    if only not in {application.id for application in desk.applications()}:
        return ()
    if not signed_sheet.can_be_given_out(desk, only):
        raise signed_sheet.NotSignedError
    target = folder / signed_sheet.name_of(desk, only)
    with _signer(desk, key, card, module) as signer:
        signed_sheet.write(desk, target, only, signer, at=now())
    return (target,)


@contextmanager
def _signer(desk: Workspace, key: Path | None, card: str | None, module: Path | None) -> Iterator[Signer]:
    """The key of a file, a card, or else the workspace's own key."""
    if key is None and card is None:
        yield with_passphrase(lambda given: identity.signing_key(desk, given, at=now()))
        return
    with signing_with(key, card, module) as signer:
        _settle_who(desk, key, signer)
        yield signer


def _settle_who(desk: Workspace, key: Path | None, signer: Signer) -> None:
    """Introduce the key's owner to a desk where nobody is known yet; another person's key or card is refused."""
    if desk.assessor() is None:
        identity.introduce(desk, identity.assessor_of(signer), at=now())
    elif key is None or key.resolve() != desk.identity_file.resolve():
        exporting.check_owner(desk, signer)


def _changes(one: intake.Taken) -> dict[str, object] | None:
    """What a newer version of a call changes, taken or not, as values and as sentences."""
    found = one.error.news if isinstance(one.error, intake.NewerCallError) else one.news
    return None if found is None else {**msgspec.to_builtins(found), "sentences": found.lines()}


def _taken_line(one: intake.Taken) -> str:
    words = {
        intake.Outcome.CALL: _("call package taken in"),
        intake.Outcome.APPLICATION: _("new application"),
        intake.Outcome.DOCUMENT: _("added to an application"),
        intake.Outcome.RECEIPT: _("receipt taken in"),
        intake.Outcome.KNOWN: _("already here"),
        intake.Outcome.REFUSED: _("refused"),
    }
    said = one.error.sentence() if one.error else " ".join(p for p in (one.application, one.note) if p)
    return f"{one.file}: {words[one.outcome]}. {said}".rstrip()


def _hit_line(hit: searching.SearchHit) -> str:
    where = f"{hit.name} {hit.place + 1}" if hit.document else " ".join(p for p in (hit.where, hit.criterion) if p)
    return f"{hit.application}  {where}: {hit.around}"
