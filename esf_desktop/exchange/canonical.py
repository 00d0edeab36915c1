"""JSON with one spelling (RFC 8785): keys in order, no spaces, integers, NFC; read by writing it anew and comparing."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from esf_desktop.errors import BadPayloadError, BadTextError, TooNewError
from esf_desktop.exchange import spelling
from esf_desktop.signing.faults import Fault

LONGEST_TEXT = 20_000
"""In characters, of any one text."""
VERSION = 1

T = TypeVar("T")

# Controls but line feed, marks of direction, and the code points that are no characters and break XML.
_HIDDEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_FORBIDDEN = re.compile(f"[{_HIDDEN}]")
_HIDDEN_ESCAPE = re.compile(r"\\(?:[bfrt]|u00[01]|u007f|u00[89]|u061c|u20[0-6]|ufeff|uff)", re.IGNORECASE)
# What Swedish is written with beyond ASCII: never hidden, and in NFC whatever stands beside it.
_SETTLED = re.compile("[\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u20ac]*")
_ASCII = bytes(range(0x20, 0x7F))
_encoder = msgspec.json.Encoder(order="sorted")


class Head(msgspec.Struct, frozen=True):
    """What every payload says first: its kind and the version of its form."""

    type: str
    version: int


def encode(value: object) -> bytes:
    """The one spelling of a value."""
    return _encoder.encode(value)


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def identity(value: object) -> str:
    """What a value is known by: SHA-256 of its one spelling, in hex."""
    return digest(encode(value))


def head(content: bytes, *, file: str) -> Head:
    """Kind and version of a payload.

    Raises:
        BadPayloadError: it does not say them.
        TooNewError: its version is later than ours.
    """
    found = _decode(content, Head, file)
    if found.version > VERSION:
        raise TooNewError(file)
    if found.version != VERSION:
        raise BadPayloadError(file, exactly=Fault.PAYLOAD_VERSION)
    return found


def decode(content: bytes, kind: type[T], *, file: str, spell: Callable[[T], bytes] = encode) -> T:
    """The value that the content spells; `spell` is how it is spelled again, and the type bounds its integers.

    Raises:
        BadTextError: a text that is too long or has hidden characters.
        BadPayloadError: not the one spelling of a value of that kind.
    """
    if not _is_plainly_sound(content):
        _check_texts(content, file)
    value = _decode(content, kind, file)
    if spell(value) != content:
        raise BadPayloadError(file, exactly=spelling.fault(content))
    return value


def tidy(text: str) -> str:
    """The text as it may travel: NFC, lines ended by line feed, tabs as spaces, no hidden characters; not shortened."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _FORBIDDEN.sub("", unicodedata.normalize("NFC", lines))


def _is_plainly_sound(content: bytes) -> bool:
    """Whether one glance shows that no text of a payload can be too long, hidden or in another form than NFC."""
    if len(content) > LONGEST_TEXT:
        return False
    if b"\\" in content:
        rest = content.replace(b"\\\\", b"/")
        if rest.count(b"\\") != rest.count(b"\\n") + rest.count(b'\\"'):
            return False
    return _SETTLED.fullmatch(content.translate(None, _ASCII).decode(errors="replace")) is not None


def _check_texts(content: bytes, file: str) -> None:
    """Look at all texts of a payload at once; what is no JSON is found later."""
    try:
        json = content.decode()
    except UnicodeDecodeError as error:
        raise BadPayloadError(file, exactly=Fault.BAD_UTF8) from error
    # After this, a quotation mark begins or ends a text, and an escape that is left is a forbidden one.
    plain = json.replace("\\\\", "/").replace('\\"', "/").replace("\\n", " ")
    if "\\" in plain:
        if _HIDDEN_ESCAPE.search(plain):
            raise BadTextError(file, exactly=Fault.HIDDEN_CHARACTER)
        raise BadPayloadError(file, exactly=Fault.JSON_SPELLING)
    if not plain.isprintable() and _FORBIDDEN.search(plain):
        raise BadTextError(file, exactly=Fault.HIDDEN_CHARACTER)
    if len(plain) > LONGEST_TEXT and max(map(len, plain.split('"')[1::2]), default=0) > LONGEST_TEXT:
        raise BadTextError(file, exactly=Fault.TOO_LONG)
    if not unicodedata.is_normalized("NFC", plain):
        raise BadPayloadError(file, exactly=Fault.NOT_NFC)


def _decode(content: bytes, kind: type[T], file: str) -> T:
    try:
        value: T = _decoder(cast(Any, kind)).decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPayloadError(file, exactly=spelling.misfit(error, content)) from error
    return value


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
