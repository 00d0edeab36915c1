"""What the four files share: a payload that decides, members beside it, one signature around them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from msgspec import Meta

from esf_desktop.errors import BadContainerError, BadPayloadError, TooLargeError, UnknownSignerError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.errors import WrongKindError
from esf_desktop.exchange.kinds import MEBIBYTE, Kind
from esf_desktop.model import LARGEST_INTEGER
from esf_desktop.model import Sha256 as Sha256
from esf_desktop.signing import container
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Member, Opened, Sealed, StreamMember
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.source import Source

JSON = "application/json"
LARGEST_PAYLOAD = 64 * MEBIBYTE
"""Of the member that decides, in bytes."""
UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Uuid = Annotated[str, Meta(pattern=UUID, max_length=36)]
Count = Annotated[int, Meta(ge=0, le=LARGEST_INTEGER)]

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Signed(Generic[V]):
    """What a file says, and who signed it."""

    value: V
    payload: bytes
    """The bytes of the member that decides."""
    opened: Opened

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signer's certificate, in hex."""
        return self.opened.fingerprint

    @property
    def certificate(self) -> bytes:
        """The signer's certificate in DER."""
        return self.opened.certificate

    @property
    def signer(self) -> str:
        """The name in the signer's certificate; nothing is decided by it."""
        return self.opened.signer.name

    @property
    def signed_at(self) -> datetime:
        """When the signer claims to have signed."""
        return self.opened.signed_at


def write(kind: Kind, value: object, others: Sequence[Member], key: Signer, *, at: datetime) -> bytes:
    """The file of that kind; it is sound if its reader takes it, which the one who sends it tries first."""
    return b"".join(parts(kind, value, others, key, at=at))


def parts(
    kind: Kind, value: object, others: Sequence[Member | StreamMember], key: Signer, *, at: datetime
) -> Iterator[bytes]:
    """The same in pieces."""
    payload = Member(kind.payload, JSON, canonical.encode(value))
    return container.parts((payload, *others), key, at=at)


def begin(source: Source, *, file: str, trusted: frozenset[str] | None = None) -> tuple[Kind, Sealed]:
    """Which of the four kinds a container is, and who signed what, before any of its payload is read.

    Args:
        trusted: fingerprints of the certificates that may have signed; None lets anyone.
    """
    sealed = container.begin(source, file=file, limit=Kind.CALL.limit)
    if trusted is not None and sealed.signer.fingerprint not in trusted:
        raise UnknownSignerError(file, sealed.signer.fingerprint)
    name = sealed.references[0].name
    kind = next((kind for kind in Kind if kind.payload == name), None)
    if kind is None:
        raise BadContainerError(file, exactly=Fault.UNKNOWN_KIND)
    if len(source) > kind.limit:
        raise TooLargeError(file, len(source), kind.limit, exactly=Fault.FILE_SIZE)
    if (size := sealed.sizes[name]) > LARGEST_PAYLOAD:
        raise TooLargeError(file, size, LARGEST_PAYLOAD, exactly=Fault.MEMBER_SIZE)
    return kind, sealed


def begin_kind(kind: Kind, source: Source, *, file: str, trusted: frozenset[str] | None = None) -> Sealed:
    """As `begin`, for a file that must be of that kind.

    Raises:
        WrongKindError: it is one of the others.
    """
    if len(source) > kind.limit:
        raise TooLargeError(file, len(source), kind.limit, exactly=Fault.FILE_SIZE)
    found, sealed = begin(source, file=file, trusted=trusted)
    if found is not kind:
        raise WrongKindError(file, found, kind)
    return sealed


def open_kind(kind: Kind, source: Source, *, file: str, trusted: frozenset[str] | None = None) -> Opened:
    """The container of that kind, whole and with a payload of a version that we know."""
    return whole(kind, begin_kind(kind, source, file=file, trusted=trusted))


def whole(kind: Kind, sealed: Sealed) -> Opened:
    """The container with all its members in memory, and a payload of a version that we know."""
    opened = sealed.read()
    check_payload(kind, opened.members[kind.payload], file=sealed.file)
    return opened


def check_payload(kind: Kind, payload: bytes, *, file: str) -> None:
    """The payload says that it is of that kind, in a version that we know."""
    if canonical.head(payload, file=file).type != kind.type:
        raise BadPayloadError(file, exactly=Fault.PAYLOAD_TYPE)


def check_members(opened: Opened, expected: Mapping[str, str], *, file: str) -> None:
    """Exactly those members, name and media type, in that order."""
    if list(opened.media_types.items()) != list(expected.items()):
        raise BadContainerError(file, exactly=Fault.MEMBERS_OF_KIND)
