"""What the four files share: a payload that decides, members beside it, one signature around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar

from msgspec import Meta

from esf_desktop.errors import BadContainerError, BadPayloadError, TooLargeError, UnknownSignerError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.errors import WrongKindError
from esf_desktop.exchange.kinds import Kind
from esf_desktop.model import LARGEST_INTEGER
from esf_desktop.model import Sha256 as Sha256
from esf_desktop.signing import container
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Member, Opened
from esf_desktop.signing.faults import Fault

JSON = "application/json"
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

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole file, in hex."""
        return self.opened.sha256


def write(kind: Kind, value: object, others: Sequence[Member], key: Signer, *, at: datetime) -> bytes:
    """The file of that kind; it is sound if its reader takes it, which the one who sends it tries first."""
    payload = Member(kind.payload, JSON, canonical.encode(value))
    return container.write((payload, *others), key, at=at)


def open_any(content: bytes, *, file: str, trusted: frozenset[str] | None = None) -> tuple[Kind, Opened]:
    """The container of whichever of the four kinds it is, with a payload of a version that we know.

    Args:
        trusted: fingerprints of the certificates that may have signed; None lets anyone.
    """
    opened = container.read(content, file=file, limit=Kind.CALL.limit)
    if trusted is not None and opened.fingerprint not in trusted:
        raise UnknownSignerError(file, opened.fingerprint)
    name = next(iter(opened.members))
    kind = next((kind for kind in Kind if kind.payload == name), None)
    if kind is None:
        raise BadContainerError(file, exactly=Fault.UNKNOWN_KIND)
    if len(content) > kind.limit:
        raise TooLargeError(file, len(content), kind.limit, exactly=Fault.FILE_SIZE)
    if canonical.head(opened.members[name], file=file).type != kind.type:
        raise BadPayloadError(file, exactly=Fault.PAYLOAD_TYPE)
    return kind, opened


def open_kind(kind: Kind, content: bytes, *, file: str, trusted: frozenset[str] | None = None) -> Opened:
    """The container of that kind.

    Raises:
        WrongKindError: it is one of the others.
    """
    if len(content) > kind.limit:
        raise TooLargeError(file, len(content), kind.limit, exactly=Fault.FILE_SIZE)
    found, opened = open_any(content, file=file, trusted=trusted)
    if found is not kind:
        raise WrongKindError(file, found, kind)
    return opened


def check_members(opened: Opened, expected: Mapping[str, str], *, file: str) -> None:
    """Exactly those members, name and media type, in that order."""
    if list(opened.media_types.items()) != list(expected.items()):
        raise BadContainerError(file, exactly=Fault.MEMBERS_OF_KIND)
