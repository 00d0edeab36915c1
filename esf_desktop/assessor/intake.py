"""Taking in what a person opens: call packages, receipts, application documents and folders of them."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from esf_desktop.assessor import round_of_own
from esf_desktop.documents.client import Documents
from esf_desktop.errors import BelongsElsewhereError, EsfError, FileError, UnreadableFileError
from esf_desktop.exchange.call_package import SignedCall, read_call_package
from esf_desktop.exchange.canonical import digest
from esf_desktop.exchange.receipt import read_receipt
from esf_desktop.exchange.verify import Kind as FileKind
from esf_desktop.exchange.verify import examine, looks_like_ours
from esf_desktop.files import readable
from esf_desktop.history import Kind
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, Call, Document, DocumentId
from esf_desktop.workspace import Change, Workspace, fields

Progress = Callable[[int, int], None]
"""Called with how many files are done and how many there are; may raise to cancel."""


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


class OtherSecretariatError(FileError):
    """A later package of a known call, signed by another key than the first."""

    code = "other_secretariat"

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


class ForSecretariatError(FileError):
    """A bundle or an enrolment opened at the assessor's desk."""

    code = "for_secretariat"

    def sentence(self) -> str:
        return _("“{file}” is meant for the secretariat; open it in their inbox. Nothing was changed.").format(
            file=self.file
        )


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
    progress: Progress = lambda _done, _all: None,
) -> Intake:
    """Take in files and folders; one that is refused says why and stops no other.

    The documents of a call package are not searched yet: `indexing` reads them afterwards.

    Args:
        confirm: the fingerprint of a secretariat that the person has compared, with or without spaces.
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
            taken += _take_group(workspace, documents, group, confirm, at)
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
    workspace: Workspace, documents: Documents, group: list[Path], confirm: str | None, at: datetime
) -> list[Taken]:
    taken: list[Taken] = []
    contents: list[tuple[Document, bytes, tuple[str, ...]]] = []
    for path in group:
        try:
            content = _read(path)
            if looks_like_ours(content, readable(path.name)):
                taken.append(_take_ours(workspace, content, readable(path.name), confirm, at))
            else:
                contents.append(_opened(documents, content, readable(path.name)))
        except EsfError as error:
            taken.append(Taken(readable(path.name), Outcome.REFUSED, error=error))
    if contents:
        taken.append(_take_documents(workspace, contents, at))
    return taken


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(readable(path.name)) from error


def _take_ours(workspace: Workspace, content: bytes, file: str, confirm: str | None, at: datetime) -> Taken:
    match examine(content, file=file).kind:
        case FileKind.CALL:
            return _take_call(workspace, read_call_package(content, file=file), file, confirm, at)
        case FileKind.RECEIPT:
            return _take_receipt(workspace, content, file, at)
        case _:
            raise ForSecretariatError(file)


def _take_call(workspace: Workspace, signed: SignedCall, file: str, confirm: str | None, at: datetime) -> Taken:
    call = signed.call
    before = workspace.package_of(call.id)
    if before is None:
        pinned = workspace.confirmed_secretariats()
        if signed.fingerprint not in pinned and _plain(confirm) != signed.fingerprint:
            raise UnconfirmedSecretariatError(file, signed.fingerprint)
    else:
        package, known = before
        if package.fingerprint != signed.fingerprint:
            raise OtherSecretariatError(file)
        if call.call_version < known.call_version:
            raise OlderCallError(file, known.call_version)
        if package.sha256 == signed.sha256:
            with workspace.write(at=at, kind=Kind.SEAL) as work:
                work.put("", "current", call.id, round_="")
            return Taken(file, Outcome.KNOWN)
    for sha256, document in signed.documents.items():
        if not workspace.store.has(sha256):
            workspace.store.put(document)
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        work.put("", "current", call.id, round_="")
        work.put("", "call", call, round_=call.id)
        work.put("", "package", fields.Package(signed.sha256, signed.fingerprint, signed.certificate), round_=call.id)
    return Taken(file, Outcome.CALL, note=_news(before[1], call) if before else "")


def _take_receipt(workspace: Workspace, content: bytes, file: str, at: datetime) -> Taken:
    signed = read_receipt(content, file=file)
    receipt = signed.value
    before = workspace.package_of(receipt.call)
    assessor = workspace.assessor()
    if before is None:
        raise BelongsElsewhereError(file, receipt.call, workspace.round or _("this workspace"))
    if before[0].fingerprint != signed.fingerprint:
        raise OtherSecretariatError(file)
    if assessor is None or receipt.assessor != assessor.id:
        raise ReceiptForOtherError(file)
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        for assessment in receipt.assessments:
            mark = fields.Receipted(assessment.identity, receipt.number, assessment.state)
            work.put(assessment.application, "receipt", mark, round_=receipt.call)
    return Taken(
        file,
        Outcome.RECEIPT,
        note=_("Receipt no. {number}: {outcome}.").format(
            number=receipt.number, outcome=_("registered") if receipt.outcome == "registered" else _("refused")
        ),
    )


def _take_documents(
    workspace: Workspace, contents: list[tuple[Document, bytes, tuple[str, ...]]], at: datetime
) -> Taken:
    first = contents[0][0].name
    offered = {document.sha256 for document, _content, _texts in contents}
    for application in workspace.applications():
        if offered <= {document.sha256 for document in application.documents}:
            return Taken(first, Outcome.KNOWN, application.id)
    for _document, content, texts in contents:
        workspace.store.put(content, texts)
    added, new = round_of_own.add(workspace, tuple((document, texts) for document, _content, texts in contents), at=at)
    return Taken(first, Outcome.APPLICATION if new else Outcome.DOCUMENT, added)


def _opened(documents: Documents, content: bytes, name: str) -> tuple[Document, bytes, tuple[str, ...]]:
    with closing(documents.open(content, name)) as opened:
        document = Document(DocumentId(digest(content)), name, opened.media_type, len(content))
        return document, content, tuple(opened.texts())


def _news(before: Call, after: Call) -> str:
    was, now = {a.id for a in before.applications}, {a.id for a in after.applications}
    said = [
        plural("{n} application was added.", "{n} applications were added.", len(now - was)).format(n=len(now - was))
        if now - was
        else "",
        plural(
            "{n} application was withdrawn; what you wrote is kept but cannot be sent.",
            "{n} applications were withdrawn; what you wrote is kept but cannot be sent.",
            len(was - now),
        ).format(n=len(was - now))
        if was - now
        else "",
        _("The wording has changed; your answers are kept, so look at them again.")
        if before.framework != after.framework
        else "",
    ]
    return " ".join(sentence for sentence in said if sentence)


def _plain(fingerprint: str | None) -> str:
    return "".join((fingerprint or "").replace(":", "").split()).lower()
