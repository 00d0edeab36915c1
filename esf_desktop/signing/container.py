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
    NotOursError,
    TooLargeError,
)
from esf_desktop.signing import cms, diagnosis, zipped
from esf_desktop.signing.certificate import Certificate

MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
MOST_MEMBERS = 2000
LARGEST_MEMBER = 500 * 2**20

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
        if not (_SOUND_NAME.fullmatch(member.name) and _SOUND_MEDIA_TYPE.fullmatch(member.media_type)):
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
        raise TooLargeError(file, len(content), limit)
    try:
        found = zipped.read(content, most=MOST_MEMBERS)
    except ValueError as error:
        raise diagnosis.name(content, error, file=file) from error
    names = [name.decode("ascii", "replace") for name, _ in found]
    _check_names(names, file)
    if found[0][1] != MEDIA_TYPE:
        raise BadContainerError(file)
    if (largest := max(len(inside) for _, inside in found)) > LARGEST_MEMBER:
        raise TooLargeError(file, largest, LARGEST_MEMBER)
    manifest = found[1][1]
    signer, signed_at = cms.verify(found[2][1], manifest, file=file)
    payload = dict(zip(names[3:], (inside for _, inside in found[3:]), strict=True))
    digests = [hashlib.sha256(inside).digest() for inside in payload.values()]
    media_types = _media_types(manifest, len(payload), file)
    rebuilt = _manifest(list(zip(payload, media_types, digests, strict=True)))
    if rebuilt != manifest:
        raise (AlteredFileError if _DIGEST.sub(b"", rebuilt) == _DIGEST.sub(b"", manifest) else BadContainerError)(file)
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
    if SIGNATURE not in names or sum(name.endswith((".p7s", ".p7m")) for name in names) > 1:
        raise BadSignatureError(file)
    if names[:3] != ["mimetype", MANIFEST, SIGNATURE] or len(names) < 4:
        raise BadContainerError(file)
    if len({name.lower() for name in names}) < len(names):
        raise BadContainerError(file)
    if not all(_SOUND_NAME.fullmatch(name) and not name.startswith("META-INF/") for name in names[3:]):
        raise BadContainerError(file)


def _manifest(references: Sequence[tuple[str, str, bytes]]) -> bytes:
    rendered = [_REFERENCE.format(name, kind, base64.b64encode(digest).decode()) for name, kind, digest in references]
    return "".join((_HEAD, *rendered, _TAIL)).encode()


def _media_types(manifest: bytes, count: int, file: str) -> list[str]:
    """What a manifest of so many members says of their types: the only thing in it that can be chosen."""
    _, _, *pieces = manifest.decode("ascii", "replace").split(' MimeType="')
    found = [piece.partition('"')[0] for piece in pieces]
    if len(found) != count or not all(map(_SOUND_MEDIA_TYPE.fullmatch, found)):
        raise BadContainerError(file)
    return found
