"""What arrives at the secretariat, sorted: calls and bundles are registered at once, enrolments wait for a person."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from esf_desktop.errors import EsfError
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.exchange.errors import WrongKindError
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.verify import examine
from esf_desktop.model import AssessorId
from esf_desktop.secretariat import merge as merging
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.errors import OtherSecretariatError
from esf_desktop.secretariat.merge import Row, Source
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.age_header import EncryptedFileError, is_encrypted
from esf_desktop.signing.source import FileBytes
from esf_desktop.signing.source import Source as ByteSource

if TYPE_CHECKING:
    from esf_desktop.signing.encryption import AgeKey


Arrived = tuple[str, bytes | Path | EsfError]
"""A file's name, and its bytes, where it lies when it is to be read in pieces, or why it could not be read."""


@dataclass(frozen=True, slots=True)
class WaitingEnrolment:
    """A key whose fingerprint a person has to compare before it is trusted."""

    file: str
    content: bytes
    name: str
    organisation: str
    device: str
    fingerprint: str
    assessor: AssessorId


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A version of the call that is signed by another key than before: a person compares it before it is added."""

    file: str
    content: bytes | Path
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Received:
    """What came of everything that arrived at once."""

    calls: tuple[tuple[str, trust.AddedCall], ...]
    rows: tuple[Row, ...]
    enrolments: tuple[WaitingEnrolment, ...]
    refused: tuple[EsfError, ...]
    renewed: tuple[WaitingCall, ...] = ()
    """Of what was refused, the calls that a person may add once a fingerprint is compared."""

    @property
    def encrypted(self) -> bool:
        """Whether something needs an age key that was not at hand, or another one."""
        needing = (EncryptedFileError.code, "wrong_age_key")
        return any(row.code in needing for row in self.rows) or any(error.code in needing for error in self.refused)


def together(earlier: Received | None, later: Received) -> Received:
    """What came of everything so far, the latest word about each file first."""
    if earlier is None:
        return later
    named = {file for file, _call in later.calls} | {row.file for row in later.rows} | {*map(_file, later.refused)}
    return Received(
        (*later.calls, *(one for one in earlier.calls if one[0] not in named)),
        (*later.rows, *(row for row in earlier.rows if row.file not in named)),
        later.enrolments,
        (*later.refused, *(error for error in earlier.refused if _file(error) not in named)),
        later.renewed,
    )


def only_new(received: Received) -> Received:
    """What was received without what the register had already: a watched folder keeps its files."""
    return Received(
        tuple(one for one in received.calls if one[1].new),
        tuple(row for row in received.rows if row.outcome is not merging.Outcome.DUPLICATE),
        received.enrolments,
        received.refused,
        received.renewed,
    )


def _file(error: EsfError) -> str:
    return str(getattr(error, "file", ""))


def receive(
    register: Register, sources: Iterable[Arrived], *, at: datetime, age_key: "Callable[[], AgeKey] | None" = None
) -> Received:
    """Register calls first, then bundles; a file that is refused says why and stops no other.

    What is named as a bundle goes to the merge whatever it holds, and gets its row there.

    Args:
        age_key: gives what encrypted files are decrypted with; called only when one has come.
    """
    calls: list[tuple[str, bytes | Path]] = []
    bundles: list[Source] = []
    enrolments: list[WaitingEnrolment] = []
    refused: list[EsfError] = []
    whole: list[Source] = []
    for file, content in sources:
        if not isinstance(content, Path):
            whole.append((file, content))
            continue
        try:
            with FileBytes(content) as source:
                kind = examine(source, file=file).kind
                if kind is Kind.CALL:
                    calls.append((file, content))
                else:
                    whole.append((file, source[:]))
        except EsfError as error:
            refused.append(error)
    for file, content in decrypted_sources(whole, age_key):
        if file.lower().endswith(Kind.BUNDLE.suffix):
            bundles.append((file, content))
            continue
        try:
            match _kind(file, content):
                case Kind.CALL, found:
                    calls.append((file, found))
                case Kind.ENROLMENT, found:
                    enrolments.append(_waiting(file, found))
                case Kind.BUNDLE, _found:
                    bundles.append((file, content))
                case other, _found:
                    raise WrongKindError(file, other, Kind.BUNDLE)
        except EsfError as error:
            refused.append(error)
    added: list[tuple[str, trust.AddedCall]] = []
    renewed: list[WaitingCall] = []
    for file, content in calls:
        try:
            with _reading(content) as source:
                added.append((file, trust.add_call(register, source, file=file, at=at)))
        except OtherSecretariatError as error:
            renewed.append(WaitingCall(file, content, error.fingerprint))
            refused.append(error)
        except EsfError as error:
            refused.append(error)
    known = trust.trusted(register)
    unknown = tuple(one for one in enrolments if one.fingerprint not in known)
    return Received(tuple(added), merging.merge(register, bundles, at=at), unknown, tuple(refused), tuple(renewed))


def received_call(register: Register, one: WaitingCall, *, at: datetime) -> Received:
    """Add the version of the call whose key a person has compared."""
    with _reading(one.content) as source:
        added = trust.add_call(register, source, file=one.file, at=at, confirmed=one.fingerprint)
    return Received(((one.file, added),), (), (), ())


@contextmanager
def _reading(content: bytes | Path) -> Iterator[ByteSource]:
    if isinstance(content, bytes):
        yield content
        return
    with FileBytes(content) as source:
        yield source


def decrypted_sources(sources: Iterable[Source], age_key: "Callable[[], AgeKey] | None") -> Iterator[Source]:
    """The same files with encrypted ones decrypted, or with why they cannot be.

    Raises:
        UnreadableFileError, BadAgeKeyError: the key itself cannot be had.
    """
    key: AgeKey | None = None
    for file, content in sources:
        if age_key is None or isinstance(content, EsfError) or not is_encrypted(content):
            yield file, content
            continue
        from esf_desktop.signing.encryption import decrypted

        key = key or age_key()
        try:
            yield file, decrypted(content, key, file=file)
        except EsfError as error:
            yield file, error


def _kind(file: str, content: bytes | EsfError) -> tuple[Kind, bytes]:
    """The kind of a file that was read, by its content."""
    if isinstance(content, EsfError):
        raise content
    return examine(content, file=file).kind, content


def _waiting(file: str, content: bytes) -> WaitingEnrolment:
    signed = read_enrolment(content, file=file)
    person = signed.value.assessor
    device = signed.value.device
    return WaitingEnrolment(file, content, person.name, person.organisation, device, signed.fingerprint, person.id)
