"""The one container of every file that travels: ASiC-E with one CAdES-B signature (ETSI EN 319 162-1).

Exactly one sequence of bytes is valid for given members, certificate, time and signature value. The reader gives out
nothing before it has rendered the archive, the manifest and the signature anew and compared every byte.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from esf_desktop.signing import cms, diagnosis, zipped
from esf_desktop.signing.certificate import Certificate
from esf_desktop.signing.faults import Fault

MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
MOST_MEMBERS = 2000
LARGEST_MEMBER = 500 * 2**20
LARGEST_SIGNATURE = 32 * 2**10
LARGEST_MANIFEST = MOST_MEMBERS * 512

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    f'<asic:SigReference URI="{SIGNATURE}" MimeType="application/pkcs7-signature"/>'
)
_REFERENCE = (
    '<asic:DataObjectReference URI="{}" MimeType="{}">'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    "<ds:DigestValue>{}</ds:DigestValue></asic:DataObjectReference>"
)
_TAIL = "</asic:ASiCManifest>"
_NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"
_MEDIA = r"[a-z0-9.+-]+/[a-z0-9.+-]+"
_DIGEST = re.compile(b"<ds:DigestValue>[A-Za-z0-9+/]{43}=")
_URI = re.compile(b' URI="([^"]*)"')
_SOUND_NAME = re.compile(_NAME)
_SOUND_MEDIA_TYPE = re.compile(_MEDIA)


class Member(NamedTuple):
    """A payload member."""

    name: str
    media_type: str
    content: bytes


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
    sha256: str
    """Of the whole file, in hex."""

    @property
    def certificate(self) -> bytes:
        """The signer's certificate in DER."""
        return self.signer.der

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signer's certificate, in hex."""
        return self.signer.fingerprint


def write(members: Sequence[Member], key: cms.Signer, *, at: datetime) -> bytes:
    """The signed container of those members in that order."""
    for member in members:
        sound = _SOUND_NAME.fullmatch(member.name) and len(member.name) <= zipped.LONGEST_NAME
        if not (sound and _SOUND_MEDIA_TYPE.fullmatch(member.media_type)):
            raise ValueError(member.name)
    manifest = _manifest([(m.name, m.media_type, hashlib.sha256(m.content).digest()) for m in members])
    ours = [("mimetype", MEDIA_TYPE), (MANIFEST, manifest), (SIGNATURE, cms.sign(manifest, key, at=at))]
    return zipped.render(ours + [(member.name, member.content) for member in members])


def read(content: bytes, *, file: str, limit: int) -> Opened:
    """What a container holds and who signed it; `file` is its name without folders, `limit` its largest size in bytes.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    if not content:
        raise EmptyFileError(file)
    if len(content) > limit:
        raise TooLargeError(file, len(content), limit, exactly=Fault.FILE_SIZE)
    try:
        found = zipped.read(content, most=MOST_MEMBERS)
    except ValueError as error:
        raise diagnosis.name(content, error, file=file) from error
    names = [name.decode("ascii", "replace") for name, _ in found]
    _check_names(names, file)
    _check_sizes([inside for _, inside in found], file)
    manifest = found[1][1]
    signer, signed_at = cms.verify(found[2][1], manifest, file=file)
    payload = dict(zip(names[3:], (inside for _, inside in found[3:]), strict=True))
    digests = [hashlib.sha256(inside).digest() for inside in payload.values()]
    media_types = _media_types(manifest, len(payload), file)
    rebuilt = _manifest(list(zip(payload, media_types, digests, strict=True)))
    if rebuilt != manifest:
        raise _other_manifest(manifest, rebuilt, file)
    return Opened(
        members=MappingProxyType(payload),
        media_types=MappingProxyType(dict(zip(payload, media_types, strict=True))),
        digests=MappingProxyType({name: digest.hex() for name, digest in zip(payload, digests, strict=True)}),
        signer=signer,
        signed_at=signed_at,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _check_names(names: list[str], file: str) -> None:
    """The three members of ours first, then payload members of sound names, no two alike."""
    if names[:1] != ["mimetype"] and MANIFEST not in names:
        raise NotOursError(file)
    if MANIFEST not in names:
        raise BadContainerError(file, exactly=Fault.NO_MANIFEST)
    if SIGNATURE not in names:
        raise BadSignatureError(file, exactly=Fault.NO_SIGNATURE)
    if sum(name.endswith((".p7s", ".p7m")) for name in names) > 1:
        raise BadSignatureError(file, exactly=Fault.SECOND_SIGNATURE)
    if len(set(names)) < len(names):
        raise BadContainerError(file, exactly=Fault.SAME_NAME)
    if len({name.lower() for name in names}) < len(names):
        raise BadContainerError(file, exactly=Fault.CASE_TWIN)
    if names[:3] != ["mimetype", MANIFEST, SIGNATURE]:
        raise BadContainerError(file, exactly=Fault.MEMBER_ORDER)
    if len(names) < 4:
        raise BadContainerError(file, exactly=Fault.NO_PAYLOAD)
    for name in names[3:]:
        if diagnosis.climbs(name.encode("ascii", "replace")):
            raise BadContainerError(file, exactly=Fault.CLIMBING_NAME)
        if not _SOUND_NAME.fullmatch(name):
            raise BadContainerError(file, exactly=Fault.UNSOUND_NAME)
        if name.startswith("META-INF/"):
            raise BadContainerError(file, exactly=Fault.RESERVED_NAME)


def _check_sizes(contents: list[bytes], file: str) -> None:
    """Nothing is computed on a member that is larger than it can be."""
    mimetype, manifest, signature, *_ = contents
    if mimetype != MEDIA_TYPE:
        raise BadContainerError(file, exactly=Fault.MIMETYPE)
    if len(manifest) > LARGEST_MANIFEST:
        raise BadContainerError(file, exactly=Fault.MANIFEST_TOO_LARGE)
    if len(signature) > LARGEST_SIGNATURE:
        raise BadSignatureError(file, exactly=Fault.SIGNATURE_TOO_LARGE)
    if (largest := max(map(len, contents))) > LARGEST_MEMBER:
        raise TooLargeError(file, largest, LARGEST_MEMBER, exactly=Fault.MEMBER_SIZE)


def _manifest(references: Sequence[tuple[str, str, bytes]]) -> bytes:
    rendered = [_REFERENCE.format(name, kind, base64.b64encode(digest).decode()) for name, kind, digest in references]
    return "".join((_HEAD, *rendered, _TAIL)).encode()


def _media_types(manifest: bytes, count: int, file: str) -> list[str]:
    """What a manifest of so many members says of their types: the only thing in it that can be chosen."""
    pieces = manifest.decode("ascii", "replace").split(' MimeType="')[2:]
    found = [piece.partition('"')[0] for piece in pieces]
    if len(found) != count:
        raise BadContainerError(file, exactly=Fault.MANIFEST_MEMBERS)
    if not all(map(_SOUND_MEDIA_TYPE.fullmatch, found)):
        raise BadContainerError(file, exactly=Fault.MANIFEST_MEDIA_TYPE)
    return found


def _other_manifest(manifest: bytes, rebuilt: bytes, file: str) -> FileError:
    """Why a manifest that was signed is not the one that we render."""
    if _DIGEST.sub(b"", rebuilt) == _DIGEST.sub(b"", manifest):
        return AlteredFileError(file, exactly=Fault.MEMBER_DIGEST)
    members = _URI.findall(manifest) != _URI.findall(rebuilt)
    return BadContainerError(file, exactly=Fault.MANIFEST_MEMBERS if members else Fault.MANIFEST_SPELLING)
