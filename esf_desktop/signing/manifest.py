"""The manifest of a container: what is signed, rendered from a constant template, read by rendering it anew."""

import base64
import re
from collections.abc import Sequence
from typing import NamedTuple

from esf_desktop.errors import BadContainerError
from esf_desktop.signing.faults import Fault

MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"

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
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_DIGEST = re.compile(b"<ds:DigestValue>([A-Za-z0-9+/]{43}=)")
_URI = re.compile(b' URI="([^"]*)"')


class Reference(NamedTuple):
    """What a manifest says of a payload member; the digest is SHA-256."""

    name: str
    media_type: str
    digest: bytes


def sound_media_type(text: str) -> bool:
    """Whether a manifest can say that type."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def render(references: Sequence[Reference]) -> bytes:
    """The one manifest of those members in that order."""
    rendered = [_REFERENCE.format(name, kind, base64.b64encode(digest).decode()) for name, kind, digest in references]
    return "".join((_HEAD, *rendered, _TAIL)).encode()


def read(manifest: bytes, names: Sequence[str], *, file: str) -> list[Reference]:
    """What the manifest of a container with payload members of those names says of each.

    Raises:
        BadContainerError: it is not as `render` makes it.
    """
    media_types = _media_types(manifest, len(names), file)
    digests = [base64.b64decode(found) for found in _DIGEST.findall(manifest)]
    digests += [b""] * (len(names) - len(digests))
    references = [Reference(*taken) for taken in zip(names, media_types, digests, strict=False)]
    if (rebuilt := render(references)) != manifest:
        raise _difference(manifest, rebuilt, file)
    return references


def _media_types(manifest: bytes, count: int, file: str) -> list[str]:
    pieces = manifest.decode("ascii", "replace").split(' MimeType="')[2:]
    found = [piece.partition('"')[0] for piece in pieces]
    if len(found) != count:
        raise BadContainerError(file, exactly=Fault.MANIFEST_MEMBERS)
    if not all(map(sound_media_type, found)):
        raise BadContainerError(file, exactly=Fault.MANIFEST_MEDIA_TYPE)
    return found


def _difference(manifest: bytes, rebuilt: bytes, file: str) -> BadContainerError:
    """Why a manifest that was signed is not the one that we render."""
    members = _URI.findall(manifest) != _URI.findall(rebuilt)
    return BadContainerError(file, exactly=Fault.MANIFEST_MEMBERS if members else Fault.MANIFEST_SPELLING)
