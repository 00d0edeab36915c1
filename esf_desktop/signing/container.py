"""The one container of every file that travels: ASiC-E with one CAdES-B signature (ETSI EN 319 162-1).

Exactly one sequence of bytes is valid for given members, certificate, time and signature value. The reader walks the
headers and the directory, then manifest and signature, and only then the payload members, each in pieces; of all that
can be rendered anew, every byte is compared.
"""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from esf_desktop.errors import (
    AlteredFileError,
    BadContainerError,
    BadSignatureError,
    EmptyFileError,
    FileError,
    NotOursError,
    TooLargeError,
)
from esf_desktop.signing import cms, diagnosis, manifest, zipped
from esf_desktop.signing.certificate import Certificate
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.manifest import MANIFEST as MANIFEST
from esf_desktop.signing.manifest import SIGNATURE as SIGNATURE
from esf_desktop.signing.manifest import Reference
from esf_desktop.signing.source import Source
from esf_desktop.signing.zipped import Entry

MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
MOST_MEMBERS = 2000
LARGEST_MEMBER = 500 * 2**20
LARGEST_SIGNATURE = 32 * 2**10
LARGEST_MANIFEST = MOST_MEMBERS * 512

_SOUND_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


class Member(NamedTuple):
    """A payload member."""

    name: str
    media_type: str
    content: bytes


class StreamMember(NamedTuple):
    """A payload member whose content comes in pieces; it is asked for twice."""

    name: str
    media_type: str
    pieces: Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A container whose every byte was checked."""

    members: Mapping[str, bytes]
    """The payload members in their order."""
    media_types: Mapping[str, str]
    digests: Mapping[str, str]
    """SHA-256 of each payload member, in hex."""
    signer: Certificate
    signed_at: datetime
    """When the signer claims to have signed."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate in DER."""
        return self.signer.der

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signer's certificate, in hex."""
        return self.signer.fingerprint


@dataclass(frozen=True, slots=True)
class Sealed:
    """A container of which everything was checked but the content of its payload members."""

    source: Source
    file: str
    references: tuple[Reference, ...]
    """What was signed of each payload member, in their order."""
    entries: tuple[tuple[Entry, int], ...]
    signer: Certificate
    signed_at: datetime

    @property
    def sizes(self) -> Mapping[str, int]:
        """The size of each payload member in bytes."""
        return {one.name: entry.size for one, (entry, _) in zip(self.references, self.entries, strict=True)}

    def contents(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and content of each payload member, in pieces; what is not taken of one is checked before the next.

        A content counts only once its pieces have come to their end.

        Raises:
            FileError: as soon as a content turns out not to be what was signed.
        """
        for reference, (entry, start) in zip(self.references, self.entries, strict=True):
            content = self._content(reference, entry, start)
            yield reference.name, content
            for _rest in content:
                pass

    def read(self) -> Opened:
        """The container with all members in memory."""
        return self.opened({name: b"".join(content) for name, content in self.contents()})

    def opened(self, members: Mapping[str, bytes]) -> Opened:
        """What was checked, with these of its members in memory."""
        return Opened(
            members=MappingProxyType(dict(members)),
            media_types=MappingProxyType({one.name: one.media_type for one in self.references}),
            digests=MappingProxyType({one.name: one.digest.hex() for one in self.references}),
            signer=self.signer,
            signed_at=self.signed_at,
        )

    def _content(self, reference: Reference, entry: Entry, start: int) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            for piece in zipped.content(self.source, entry, start):
                digest.update(piece)
                yield piece
        except ValueError as error:
            raise diagnosis.name(self.source, error, file=self.file) from error
        if digest.digest() != reference.digest:
            raise AlteredFileError(self.file, exactly=Fault.MEMBER_DIGEST)


def write(members: Sequence[Member], key: cms.Signer, *, at: datetime) -> bytes:
    """The signed container of those members in that order."""
    return b"".join(parts(members, key, at=at))


def parts(members: Sequence[Member | StreamMember], key: cms.Signer, *, at: datetime) -> Iterator[bytes]:
    """The same in pieces. What is not the same when it is asked for again makes a container that no reader takes."""
    measured = [_measure(member) for member in members]
    signed, signature = _seal([reference for _, reference in measured], key, at=at)
    ours = [Member("mimetype", "", MEDIA_TYPE), Member(MANIFEST, "", signed), Member(SIGNATURE, "", signature)]
    entries = [*(_measure(member)[0] for member in ours), *(entry for entry, _ in measured)]
    for entry, member in zip(entries, (*ours, *members), strict=True):
        yield zipped.header(entry)
        yield from _pieces(member)
    yield zipped.directory(entries)


def _measure(member: Member | StreamMember) -> tuple[Entry, Reference]:
    crc = size = 0
    digest = hashlib.sha256()
    for piece in _pieces(member):
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        digest.update(piece)
    return Entry(member.name.encode(), crc, size), Reference(member.name, member.media_type, digest.digest())


def _pieces(member: Member | StreamMember) -> Iterator[bytes]:
    return iter((member.content,)) if isinstance(member, Member) else member.pieces()


def _seal(references: Sequence[Reference], key: cms.Signer, *, at: datetime) -> tuple[bytes, bytes]:
    """The manifest of those members in that order, and the signature over it."""
    for one in references:
        sound = _SOUND_NAME.fullmatch(one.name) and len(one.name) <= zipped.LONGEST_NAME
        if not (sound and manifest.sound_media_type(one.media_type)):
            raise ValueError(one.name)
    rendered = manifest.render(references)
    return rendered, cms.sign(rendered, key, at=at)


def read(source: Source, *, file: str, limit: int) -> Opened:
    """What a container holds and who signed it; `file` is its name without folders, `limit` its largest size in bytes.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    return begin(source, file=file, limit=limit).read()


def proof(source: Source) -> tuple[bytes, bytes]:
    """The manifest and the signature over it, of a container that was found sound: what proves what it held."""
    found = zipped.entries(source, most=MOST_MEMBERS)
    signed, signature = (b"".join(zipped.content(source, *one)) for one in found[1:3])
    return signed, signature


def begin(source: Source, *, file: str, limit: int) -> Sealed:
    """Who signed what in a container, before any of its payload is read.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    if not source:
        raise EmptyFileError(file)
    if len(source) > limit:
        raise TooLargeError(file, len(source), limit, exactly=Fault.FILE_SIZE)
    try:
        found = zipped.entries(source, most=MOST_MEMBERS)
        names = tuple(entry.name.decode("ascii", "replace") for entry, _ in found)
        if (wrong := _wrong_names(names)) is not None:
            kind, fault = wrong
            raise kind(file, exactly=fault)
        _check_sizes([entry.size for entry, _ in found], file)
        mimetype, signed, signature = (b"".join(zipped.content(source, *one)) for one in found[:3])
    except ValueError as error:
        raise diagnosis.name(source, error, file=file) from error
    if mimetype != MEDIA_TYPE:
        raise BadContainerError(file, exactly=Fault.MIMETYPE)
    signer, signed_at = cms.verify(signature, signed, file=file)
    references = manifest.read(signed, names[3:], file=file)
    return Sealed(source, file, tuple(references), tuple(found[3:]), signer, signed_at)


@lru_cache(maxsize=32)
def _wrong_names(names: tuple[str, ...]) -> tuple[type[FileError], str] | None:
    """What is wrong with the names: ours come first, then payload of sound names, no two alike."""
    if names[:1] != ("mimetype",) and MANIFEST not in names:
        return NotOursError, ""
    if MANIFEST not in names:
        return BadContainerError, Fault.NO_MANIFEST
    if SIGNATURE not in names:
        return BadSignatureError, Fault.NO_SIGNATURE
    if sum(name.endswith((".p7s", ".p7m")) for name in names) > 1:
        return BadSignatureError, Fault.SECOND_SIGNATURE
    if len(set(names)) < len(names):
        return BadContainerError, Fault.SAME_NAME
    if len({name.lower() for name in names}) < len(names):
        return BadContainerError, Fault.CASE_TWIN
    if names[:3] != ("mimetype", MANIFEST, SIGNATURE):
        return BadContainerError, Fault.MEMBER_ORDER
    if len(names) < 4:
        return BadContainerError, Fault.NO_PAYLOAD
    for name in names[3:]:
        if diagnosis.climbs(name.encode("ascii", "replace")):
            return BadContainerError, Fault.CLIMBING_NAME
        if not _SOUND_NAME.fullmatch(name):
            return BadContainerError, Fault.UNSOUND_NAME
        if name.startswith("META-INF/"):
            return BadContainerError, Fault.RESERVED_NAME
    return None


def _check_sizes(sizes: list[int], file: str) -> None:
    """Nothing is computed on a member that is larger than it can be."""
    mimetype, signed, signature, *_ = sizes
    if mimetype != len(MEDIA_TYPE):
        raise BadContainerError(file, exactly=Fault.MIMETYPE)
    if signed > LARGEST_MANIFEST:
        raise BadContainerError(file, exactly=Fault.MANIFEST_TOO_LARGE)
    if signature > LARGEST_SIGNATURE:
        raise BadSignatureError(file, exactly=Fault.SIGNATURE_TOO_LARGE)
    if (largest := max(sizes)) > LARGEST_MEMBER:
        raise TooLargeError(file, largest, LARGEST_MEMBER, exactly=Fault.MEMBER_SIZE)
