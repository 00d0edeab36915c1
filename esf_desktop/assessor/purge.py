"""Purging a finished round (gallring): what would go, letting it go from the work and every backup, and the receipt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from esf_desktop import completeness
from esf_desktop.completeness import State
from esf_desktop.errors import EsfError, UnusablePlaceError
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Call, CallId, DocumentId, replace
from esf_desktop.workspace import Change, Workspace, backup, erasing
from esf_desktop.workspace.database import transaction
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.fields import Purged, PurgedBackup, Signed
from esf_desktop.workspace.places import DOCUMENTS_FILE

Progress = Callable[[int, int], None]
"""Called with how many parts are done and how many there are; a purge goes on to its end once it has begun."""


@dataclass(eq=False)
class UnknownRoundError(EsfError):
    """A round that is not in the workspace."""

    code = "unknown_round"
    round: str
    known: tuple[str, ...]

    def sentence(self) -> str:
        return _("There is no round {round} here; nothing was changed. Rounds here: {known}.").format(
            round=self.round, known=", ".join(self.known) or "–"
        )


class UnsoundWorkError(EsfError):
    """A work database that does not follow from its journal; nothing is taken away from it, nor from its backups."""

    code = "unsound_work"

    def sentence(self) -> str:
        return _("The work has faults, so nothing was purged; run “esf check”, or restore a backup first.")


class NotConfirmedError(EsfError):
    """A purge that nobody has confirmed by typing the round's id."""

    code = "not_confirmed"

    def sentence(self) -> str:
        return _("The round's id was not typed, so nothing was purged; type it, or give --yes.")


@dataclass(frozen=True, slots=True)
class HeldBackup:
    """A backup that would be changed: rewritten without the round, or taken away because it cannot be opened."""

    place: Path
    at: datetime
    opens: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything that a purge of the round would take away, and what speaks against it now."""

    call: Call
    applications: int
    documents: int
    size: int
    """Of the documents, in bytes."""
    assessments: int
    evidence: int
    notes: int
    bundles: tuple[str, ...]
    backups: tuple[HeldBackup, ...]
    out_of_reach: tuple[str, ...]
    unsent: tuple[ApplicationId, ...]
    unsigned: tuple[ApplicationId, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A purge that was completed: its receipt, and what it changed."""

    receipt: Purged
    change: Change


def unfinished(workspace: Workspace) -> tuple[Purged, ...]:
    """The purges that were begun and not completed."""
    return tuple(receipt for receipt in workspace.purged() if receipt.finished_at is None)


def outline(workspace: Workspace, round_: CallId, passphrase: str | None = None) -> Outline:
    """What would go; nothing is changed.

    Raises:
        UnknownRoundError: there is no such round.
    """
    call = _call(workspace, round_)
    drafts, states = workspace.drafts(round_), workspace.states(round_)
    documents = _documents(workspace, call)
    return Outline(
        call,
        applications=len(call.applications),
        documents=len(documents),
        size=sum(workspace.store.size(document) for document in documents),
        assessments=sum(not completeness.untouched(draft) for draft in drafts.values()),
        evidence=sum(len(j.evidence) for draft in drafts.values() for j in draft.judgements),
        notes=workspace.counted(round_, "note"),
        bundles=_bundles(workspace, call),
        backups=tuple(_held(workspace, round_, passphrase)),
        out_of_reach=backup.out_of_reach(workspace),
        unsent=tuple(application for application, state in states.items() if state is State.SIGNED),
        unsigned=tuple(application for application, state in states.items() if state in (State.STARTED, State.READY)),
    )


def purge(
    workspace: Workspace,
    round_: CallId,
    passphrase: str | None = None,
    *,
    at: datetime,
    step: Progress = lambda _done, _all: None,
) -> Done:
    """Take the round away for ever, or complete a purge of it that was interrupted.

    The round goes from the work in one transaction, which leaves an unfinished receipt; then go its documents, then
    its traces in each backup, then the free pages; last the receipt is finished.

    Raises:
        UnknownRoundError, UnsoundWorkError: nothing was changed.
        UnusablePlaceError: a backup could not be rewritten; the same purge again completes it.
    """
    receipt = next((one for one in unfinished(workspace) if one.round == round_), None)
    if receipt is None or any(call.id == round_ for call in workspace.rounds()):
        if workspace.faults():
            raise UnsoundWorkError
        receipt = _begin(workspace, outline(workspace, round_, passphrase), at)
    parts = len(receipt.backups) + 3
    step(1, parts)
    with workspace.store.filling:
        workspace.store.sweep(workspace.documents_elsewhere(round_))
    step(2, parts)
    for number, held in enumerate(receipt.backups):
        _clean(workspace, held, receipt, passphrase, at)
        step(3 + number, parts)
    backup.tidy(workspace.folder)
    workspace.compact()
    finished = replace(receipt, finished_at=at)
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        kept = cast("tuple[Purged, ...]", work.get("", "purged", round_=round_))
        done = (*(replace(one, finished_at=one.finished_at or at) for one in kept[:-1]), finished)
        work.put("", "purged", done, round_=round_)
    step(parts, parts)
    return Done(finished, Change(frozenset(), round=True, at=at))


def _begin(workspace: Workspace, found: Outline, at: datetime) -> Purged:
    """Take the round out of the work, in one transaction that leaves the receipt of a purge under way."""
    record = Purged(
        round=found.call.id,
        title=found.call.title,
        at=at,
        applications=found.applications,
        documents=found.documents,
        assessments=found.assessments,
        evidence=found.evidence,
        notes=found.notes,
        bundles=found.bundles,
        backups=tuple(PurgedBackup(str(held.place), held.at, not held.opens) for held in found.backups),
        out_of_reach=found.out_of_reach,
    )
    others = [call.id for call in workspace.rounds() if call.id != found.call.id]
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        if workspace.round == found.call.id:
            work.put("", "current", others[0] if others else None, round_="")
        work.purge(found.call.id, record)
    return next(one for one in unfinished(workspace) if one.round == found.call.id)


def _clean(workspace: Workspace, held: PurgedBackup, receipt: Purged, passphrase: str | None, at: datetime) -> None:
    """Take the round out of one backup; one that could not be opened, as the person was told, loses its databases."""
    place = Path(held.place)
    if not place.is_dir():
        return
    try:
        backup.tidy(place)
        if held.removed:
            backup.remove_databases(place)
            return
        with backup.opened(place, workspace, passphrase) as copy:
            with transaction(copy.engine) as connection:
                if erasing.holds(connection, receipt.round):
                    erasing.erase(connection, receipt.round, replace(receipt, finished_at=at), at=at)
                keep = erasing.documents_named(connection)
            erasing.compact(copy.engine)
            backup.describe_again(copy)
            if (place / DOCUMENTS_FILE).exists():
                _clean_documents(place / DOCUMENTS_FILE, copy.key, keep)
    except (backup.BadBackupError, OSError) as error:
        raise UnusablePlaceError(str(place)) from error


def _clean_documents(path: Path, key: bytes | None, keep: frozenset[str]) -> None:
    store = DocumentStore(path, key)
    try:
        store.sweep(keep)
        store.compact()
    finally:
        store.close()


def _call(workspace: Workspace, round_: CallId) -> Call:
    rounds = {call.id: call for call in workspace.rounds()}
    if round_ not in rounds:
        raise UnknownRoundError(round_, tuple(rounds))
    return rounds[round_]


def _documents(workspace: Workspace, call: Call) -> frozenset[DocumentId]:
    """What is kept here of the round's documents and no other round names."""
    named = {document.sha256 for application in call.applications for document in application.documents}
    named |= {reference.document for reference in call.references if reference.document}
    return frozenset(DocumentId(d) for d in (named & workspace.store.known()) - workspace.documents_elsewhere(call.id))


def _bundles(workspace: Workspace, call: Call) -> tuple[str, ...]:
    files = [
        signed.file
        for application in call.applications
        for signed in cast("tuple[Signed, ...]", workspace.value(application.id, "signed", call.id) or ())
    ]
    return tuple(dict.fromkeys(files))


def _held(workspace: Workspace, round_: CallId, passphrase: str | None) -> Iterator[HeldBackup]:
    for place in backup.backups(workspace):
        try:
            with backup.opened(place, workspace, passphrase) as copy, transaction(copy.engine) as connection:
                if erasing.holds(connection, round_):
                    yield HeldBackup(place, backup.date_of(place), opens=True)
        except backup.BadBackupError:
            yield HeldBackup(place, backup.date_of(place), opens=False)
