"""Taking in what a person opens: call packages, receipts, application documents and folders of them."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from esf_desktop.assessor import for_secretariat, round_of_own
from esf_desktop.assessor.news import News, news
from esf_desktop.documents.client import Documents
from esf_desktop.errors import BelongsElsewhereError, EsfError, FileError, UnreadableFileError
from esf_desktop.exchange import answers, envelope
from esf_desktop.exchange.call_package import Keep, SignedCall, read_sealed
from esf_desktop.exchange.canonical import digest
from esf_desktop.exchange.envelope import Signed
from esf_desktop.exchange.receipt import Receipt
from esf_desktop.exchange.receipt import parse as parse_receipt
from esf_desktop.exchange.verify import Kind as FileKind
from esf_desktop.exchange.verify import looks_like_ours
from esf_desktop.files import readable
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Call, Document, DocumentId
from esf_desktop.signing.container import Sealed
from esf_desktop.signing.source import FileBytes, Source
from esf_desktop.workspace import Change, Work, Workspace, fields

Progress = Callable[[int, int], None]
"""Called with how many files are done and how many there are, also within a large one; may raise to cancel."""
Step = Callable[[], None]
_ANSWERS = ("rating", "comment", "questions", "evidence")


class Leave(NamedTuple):
    """What a person has said may be taken: a secretariat's fingerprint, and newer calls by their hash."""

    confirm: str | None
    agreed: Collection[str] | None


class Outcome(StrEnum):
    """What came of one file."""

    CALL = "call"
    APPLICATION = "application"
    DOCUMENT = "document"
    RECEIPT = "receipt"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one file or folder: where it went, or why it was refused."""

    file: str
    outcome: Outcome
    application: ApplicationId | None = None
    error: EsfError | None = None
    note: str = ""
    news: News | None = None
    """What a newer version of a call has changed."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of everything that was opened at once."""

    taken: tuple[Taken, ...]
    change: Change


@dataclass(eq=False)
class UnconfirmedSecretariatError(FileError):
    """A call package from a secretariat whose fingerprint nobody here has compared yet."""

    code = "unconfirmed_secretariat"
    fingerprint: str

    def sentence(self) -> str:
        return _(
            "“{file}” comes from a secretariat that is new here; compare its fingerprint before you take it."
        ).format(file=self.file)


@dataclass(eq=False)
class OtherSecretariatError(FileError):
    """A later package or receipt of a known call, signed by another key than the one that was confirmed.

    `fingerprint` is that of a package's key: a secretariat may have renewed its own, which is confirmed anew.
    """

    code = "other_secretariat"
    fingerprint: str = ""

    def sentence(self) -> str:
        return _("“{file}” is not signed by the secretariat that sent this call before, so it was not taken.").format(
            file=self.file
        )


@dataclass(eq=False)
class OlderCallError(FileError):
    """A call package that is older than the one in use."""

    code = "older_call"
    version: int

    def sentence(self) -> str:
        return _("“{file}” is older than version {version} that you already have, so it was not taken.").format(
            file=self.file, version=self.version
        )


@dataclass(eq=False)
class NewerCallError(FileError):
    """A newer version of a call, which waits until a person has seen what it changes."""

    code = "newer_call"
    sha256: str
    news: News

    def sentence(self) -> str:
        return _("“{file}” is version {n} of the call, and you have version {m}; look at what changes first.").format(
            file=self.file, n=self.news.after, m=self.news.before
        )


@dataclass(eq=False)
class ChangedCallError(FileError):
    """A call package with the number of the version in use and other content."""

    code = "changed_call"
    version: int

    def sentence(self) -> str:
        return _(
            "“{file}” differs from the version {n} that you already have, so it was not taken; ask for a new one."
        ).format(file=self.file, n=self.version)


class EmptyFolderError(FileError):
    """A folder without anything that could be taken in."""

    code = "empty_folder"

    def sentence(self) -> str:
        return _("The folder “{file}” holds no files, so nothing was taken in; choose another.").format(file=self.file)


class ReceiptForOtherError(FileError):
    """A receipt for another assessor's bundle."""

    code = "receipt_for_other"

    def sentence(self) -> str:
        return _("“{file}” is a receipt for another assessor, so it was not taken in. Nothing was changed.").format(
            file=self.file
        )


def take_files(
    workspace: Workspace,
    documents: Documents,
    paths: Iterable[Path],
    *,
    at: datetime,
    confirm: str | None = None,
    agreed: Collection[str] | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Intake:
    """Take in files and folders; one that is refused says why and stops no other.

    The documents of a call package are not searched yet: `indexing` reads them afterwards.

    Args:
        confirm: the fingerprint of a secretariat that the person has compared, with or without spaces.
        agreed: the hashes of the newer calls whose changes the person has seen; None takes any.
    """
    groups: list[list[Path]] = []
    taken: list[Taken] = []
    for path in paths:
        try:
            groups += _groups(path)
        except EsfError as error:
            taken.append(Taken(readable(path.name), Outcome.REFUSED, error=error))
    for number, group in enumerate(groups):
        progress(number, len(groups))
        try:
            taken += _take_group(
                workspace, documents, group, Leave(confirm, agreed), at, partial(progress, number, len(groups))
            )
        except EsfError as error:
            taken.append(Taken(readable(group[0].name), Outcome.REFUSED, error=error))
    applications = frozenset(one.application for one in taken if one.application)
    return Intake(tuple(taken), Change(applications, round=True, at=at))


def _groups(path: Path) -> list[list[Path]]:
    """A folder's files are an application each, a subfolder's files are one application together."""
    try:
        if not path.is_dir():
            return [[path]]
        inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
        folders = [sorted(f for f in folder.rglob("*") if f.is_file()) for folder in inside if folder.is_dir()]
        found = [[file] for file in inside if file.is_file()] + [files for files in folders if files]
    except OSError as error:
        raise UnreadableFileError(readable(path.name)) from error
    if not found:
        raise EmptyFolderError(readable(path.name))
    return found


def _take_group(
    workspace: Workspace, documents: Documents, group: list[Path], leave: Leave, at: datetime, step: Step
) -> list[Taken]:
    taken: list[Taken] = []
    contents: list[tuple[Document, bytes, tuple[str, ...]]] = []
    for path in group:
        file = readable(path.name)
        try:
            with FileBytes(path) as source:
                if looks_like_ours(source, file):
                    taken.append(_take_ours(workspace, source, file, leave, at, step))
                else:
                    contents.append(_opened(documents, source[:], file))
        except EsfError as error:
            taken.append(Taken(file, Outcome.REFUSED, error=error))
    if contents:
        taken.append(_take_documents(workspace, contents, at))
    return taken


def _take_ours(
    workspace: Workspace,
    source: Source,
    file: str,
    leave: Leave,
    at: datetime,
    step: Step,
) -> Taken:
    kind, sealed = envelope.begin(source, file=file)
    match kind:
        case FileKind.CALL:
            with workspace.store.filling:
                return _take_call(workspace, sealed, leave, at, step)
        case FileKind.RECEIPT:
            receipt = parse_receipt(envelope.whole(kind, sealed), file=file)
            return _take_receipt(workspace, receipt, digest(source[:]), file, at)
        case _:
            raise for_secretariat.described(kind, sealed)


def _take_call(workspace: Workspace, sealed: Sealed, leave: Leave, at: datetime, step: Step) -> Taken:
    """Documents first, each as it is hashed; then one transaction that names them. A power cut leaves orphans."""
    before: tuple[fields.Package, Call] | None = None

    def decide(signed: SignedCall) -> Keep:
        nonlocal before
        before = _allowed(workspace, signed, leave, sealed.file)
        workspace.sweep()
        return keep

    def keep(sha256: DocumentId, _size: int, pieces: Iterator[bytes]) -> None:
        workspace.store.keep(sha256, _stepping(pieces, step))

    signed = read_sealed(sealed, decide=decide)
    found = news(before[1], signed.call) if before is not None else None
    call, known = signed.call, before is not None and before[0].sha256 == signed.sha256
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "current", call.id, round_="")
        if not known:
            work.put("", "call", call, round_=call.id)
            package = fields.Package(signed.sha256, signed.fingerprint, signed.certificate)
            work.put("", "package", package, round_=call.id)
            if found is not None:
                _mark_for_review(work, call, found)
    if known:
        return Taken(sealed.file, Outcome.KNOWN)
    workspace.sweep()
    return Taken(sealed.file, Outcome.CALL, note=" ".join(found.lines()) if found else "", news=found)


def _mark_for_review(work: Work, call: Call, found: News) -> None:
    """Answers that were given to another wording stay, and wait for the person to look at them again."""
    for application in call.applications:
        for criterion in found.to_review:
            answered = (work.get(application.id, fields.of(kind, criterion), round_=call.id) for kind in _ANSWERS)
            if any(answered):
                work.put(application.id, fields.of("review", criterion), call.call_version, round_=call.id)


def _allowed(workspace: Workspace, signed: SignedCall, leave: Leave, file: str) -> tuple[fields.Package, Call] | None:
    """The package of the same call that is in use, when this one may take its place.

    Raises:
        UnconfirmedSecretariatError, OtherSecretariatError, OlderCallError: it may not.
    """
    before = workspace.package_of(signed.call.id)
    if before is None:
        pinned = workspace.confirmed_secretariats()
        if signed.fingerprint not in pinned and _plain(leave.confirm) != signed.fingerprint:
            raise UnconfirmedSecretariatError(file, signed.fingerprint)
        return None
    package, known = before
    if signed.fingerprint not in (package.fingerprint, _plain(leave.confirm)):
        raise OtherSecretariatError(file, fingerprint=signed.fingerprint)
    if signed.call.call_version < known.call_version:
        raise OlderCallError(file, known.call_version)
    if signed.sha256 != package.sha256:
        if signed.call.call_version == known.call_version:
            raise ChangedCallError(file, known.call_version)
        if leave.agreed is not None and signed.sha256 not in leave.agreed:
            raise NewerCallError(file, signed.sha256, news(known, signed.call))
    return before


def _stepping(pieces: Iterator[bytes], step: Step) -> Iterator[bytes]:
    """The pieces, with a moment to cancel after each."""
    for piece in pieces:
        yield piece
        step()


def _take_receipt(workspace: Workspace, signed: Signed[Receipt], sha256: str, file: str, at: datetime) -> Taken:
    receipt = signed.value
    new = answers.Kept(sha256, receipt)
    if new in workspace.receipts(receipt.call):
        return Taken(file, Outcome.KNOWN)
    before = workspace.package_of(receipt.call)
    assessor = workspace.assessor()
    if before is None:
        raise BelongsElsewhereError(file, receipt.call, workspace.round or _("this workspace"))
    if before[0].fingerprint != signed.fingerprint:
        raise OtherSecretariatError(file)
    if assessor is None or receipt.assessor != assessor.id:
        raise ReceiptForOtherError(file)
    kept = answers.added(workspace.receipts(receipt.call), new)
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "receipts", kept, round_=receipt.call)
        for application in _told_of(workspace, receipt):
            latest = max(receipt.number, cast(int, work.get(application, "receipt", round_=receipt.call) or 0))
            work.put(application, "receipt", latest, round_=receipt.call)
    said = (answers.sentence(receipt), *(one.sentence() for one in answers.amiss(kept)))
    return Taken(file, Outcome.RECEIPT, note=" ".join(said))


def _told_of(workspace: Workspace, receipt: Receipt) -> list[ApplicationId]:
    """The applications whose history has the receipt: those that it names, or that left in the bundle it refuses."""
    named = {one.application for one in receipt.assessments}
    for application in workspace.drafts(receipt.call):
        signed = cast("tuple[fields.Signed, ...]", workspace.value(application, "signed", receipt.call) or ())
        if any(one.bundle_sha256 == receipt.bundle for one in signed):
            named.add(application)
    return sorted(named)


def _take_documents(
    workspace: Workspace, contents: list[tuple[Document, bytes, tuple[str, ...]]], at: datetime
) -> Taken:
    first = contents[0][0].name
    offered = {document.sha256 for document, _content, _texts in contents}
    for application in workspace.applications():
        if offered <= {document.sha256 for document in application.documents}:
            return Taken(first, Outcome.KNOWN, application.id)
    with workspace.store.filling:
        for _document, content, texts in contents:
            workspace.store.put(content, texts)
        described = tuple((document, texts) for document, _content, texts in contents)
        added, new = round_of_own.add(workspace, described, at=at)
    return Taken(first, Outcome.APPLICATION if new else Outcome.DOCUMENT, added)


def _opened(documents: Documents, content: bytes, name: str) -> tuple[Document, bytes, tuple[str, ...]]:
    with closing(documents.open(content, name)) as opened:
        document = Document(DocumentId(digest(content)), name, opened.media_type, len(content))
        return document, content, tuple(opened.texts())


def _plain(fingerprint: str | None) -> str:
    return "".join((fingerprint or "").replace(":", "").split()).lower()
