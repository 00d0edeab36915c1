"""The call package: a call and the documents that it names, on their way to the assessors."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import structs

from esf_desktop.errors import BadContainerError, BadPayloadError
from esf_desktop.exchange import canonical, checks, envelope
from esf_desktop.exchange.envelope import Signed
from esf_desktop.exchange.kinds import Kind
from esf_desktop.files import write_pieces
from esf_desktop.model import Call, DocumentId
from esf_desktop.signing.age_header import MOST_RECIPIENTS
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Member, Sealed, StreamMember
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.source import FileBytes, Source, pieces

FOLDER = "documents/"
_ANY = "application/octet-stream"

Keep = Callable[[DocumentId, int, Iterator[bytes]], None]
"""What keeps a document: its name, its size, and its content in pieces, which raise at their end if it is not that."""


class CallFile(Call, frozen=True, tag_field="type", tag=Kind.CALL.type):
    """A call as `call.json` says it."""

    version: Literal[1] = 1


class SignedCall(Signed[Call]):
    """A call, its documents, and the secretariat that signed it."""

    __slots__ = ()

    @property
    def call(self) -> Call:
        """The call."""
        return self.value

    @property
    def sha256(self) -> str:
        """SHA-256 of `call.json`, in hex: what a bundle refers to."""
        return self.opened.digests[Kind.CALL.payload]


def write_call_package(call: Call, documents: Mapping[DocumentId, bytes | Path], key: Signer, *, at: datetime) -> bytes:
    """The call package as a file; `documents` holds at least what the call names."""
    return b"".join(_parts(call, documents, key, at))


def pack_call_package(
    target: Path, call: Call, documents: Mapping[DocumentId, bytes | Path], key: Signer, *, at: datetime
) -> SignedCall:
    """Write the call package to a file without holding it in memory; it is there only if our reader takes it.

    Raises:
        FileError: a document cannot be read, or what was written is not sound; the target is as it was.
        OSError: the disk refused; the target is as it was.
    """
    written: list[SignedCall] = []

    def check(beside: Path) -> None:
        with FileBytes(beside) as source:
            written.append(read_call_package(source, file=target.name))

    write_pieces(target, _parts(call, documents, key, at), check=check, mode=0o644)
    return written[0]


def _parts(call: Call, documents: Mapping[DocumentId, bytes | Path], key: Signer, at: datetime) -> Iterator[bytes]:
    named = sorted(named_documents(call))
    others = [_member(FOLDER + sha256, documents[DocumentId(sha256)]) for sha256 in named]
    return envelope.parts(Kind.CALL, CallFile(**structs.asdict(call)), others, key, at=at)


def _member(name: str, content: bytes | Path) -> Member | StreamMember:
    if isinstance(content, bytes):
        return Member(name, _ANY, content)
    return StreamMember(name, _ANY, partial(_read, content))


def _read(path: Path) -> Iterator[bytes]:
    with FileBytes(path) as source:
        yield from pieces(source, 0, len(source))


def read_call_package(
    source: Source,
    *,
    file: str,
    trusted: frozenset[str] | None = None,
    decide: Callable[[SignedCall], Keep | None] = lambda _signed: None,
) -> SignedCall:
    """The call package of a file.

    Args:
        decide: is asked once everything but the documents was checked. It may refuse by raising, or say how to keep
            each document; what is kept counts only when this function returns.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    return read_sealed(envelope.begin_kind(Kind.CALL, source, file=file, trusted=trusted), decide=decide)


def read_sealed(sealed: Sealed, *, decide: Callable[[SignedCall], Keep | None] = lambda _signed: None) -> SignedCall:
    """The call package in a container that was begun; as `read_call_package`."""
    contents = sealed.contents()
    payload = b"".join(next(contents)[1])
    signed = _parse(payload, sealed)
    keep = decide(signed)
    for name, content in contents:
        if keep is not None:
            keep(DocumentId(name.removeprefix(FOLDER)), sealed.sizes[name], content)
    return signed


def _parse(payload: bytes, sealed: Sealed) -> SignedCall:
    """What the call package says, and that its members are what it says."""
    file = sealed.file
    envelope.check_payload(Kind.CALL, payload, file=file)
    found = canonical.decode(payload, CallFile, file=file)
    call = Call(**{field: getattr(found, field) for field in Call.__struct_fields__})
    _check(call, file)
    named = sorted(named_documents(call))
    opened = sealed.opened({Kind.CALL.payload: payload})
    envelope.check_members(
        opened, {Kind.CALL.payload: envelope.JSON} | {FOLDER + sha256: _ANY for sha256 in named}, file=file
    )
    for sha256 in named:
        if opened.digests[FOLDER + sha256] != sha256:
            raise BadContainerError(file, exactly=Fault.DOCUMENT_NAME)
    sizes = sealed.sizes
    for application in call.applications:
        for document in application.documents:
            if document.size != sizes[FOLDER + document.sha256]:
                raise BadPayloadError(file, exactly=Fault.DOCUMENT_SIZE)
    return SignedCall(call, payload, opened)


def named_documents(call: Call) -> set[str]:
    """The documents that a call names, each once."""
    of_applications = {document.sha256 for application in call.applications for document in application.documents}
    return of_applications | {reference.document for reference in call.references if reference.document is not None}


def _check(call: Call, file: str) -> None:
    framework = call.framework
    criteria = [criterion.id for criterion in framework.principles + framework.areas]
    principles = {criterion.id for criterion in framework.principles}
    applications = [application.id for application in call.applications]
    for once in (criteria, applications, call.selected_principles, call.withdrawn, [a.id for a in call.assessors]):
        checks.distinct(once, file=file)
    for assessor in call.assessors:
        checks.person(assessor.id, assessor.name, file=file)
    checks.names((call.id, call.body, *applications, *criteria), file=file)
    checks.digests(named_documents(call), file=file)
    known = set(applications) | set(call.withdrawn)
    for holds, fault in (
        (set(call.selected_principles) <= principles, Fault.UNKNOWN_PRINCIPLE),
        (all(set(assessor.reads) <= known for assessor in call.assessors), Fault.UNKNOWN_READING),
        ({*call.scale.ratings} <= {step.rating for step in framework.steps}, Fault.SCALE_STEPS),
        (call.call_version >= 1, Fault.CALL_VERSION),
        (not call.recipients or _can_be_encrypted_to(call.recipients), Fault.RECIPIENTS),
    ):
        if not holds:
            raise BadPayloadError(file, exactly=fault)


def _can_be_encrypted_to(recipients: tuple[str, ...]) -> bool:
    from esf_desktop.signing.encryption import is_recipient

    return len(set(recipients)) == len(recipients) <= MOST_RECIPIENTS and all(map(is_recipient, recipients))
