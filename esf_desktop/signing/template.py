"""The template of our signatures: CMS SignedData with everything settled but certificate, digest, time and value."""

from datetime import UTC, datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from esf_desktop.signing.certificate import Certificate
from esf_desktop.signing.der import (
    CONTEXT_0,
    GENERALIZED_TIME,
    NULL,
    OCTET_STRING,
    SEQUENCE,
    SET,
    UTC_TIME,
    element,
    identifier,
    integer,
)
from esf_desktop.signing.faults import Fault

DATA = identifier("1.2.840.113549.1.7.1")
SIGNED_DATA = identifier("1.2.840.113549.1.7.2")
CONTENT_TYPE = identifier("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = identifier("1.2.840.113549.1.9.4")
SIGNING_TIME = identifier("1.2.840.113549.1.9.5")
SIGNING_CERTIFICATE_V2 = identifier("1.2.840.113549.1.9.16.2.47")
SHA256 = element(SEQUENCE, identifier("2.16.840.1.101.3.4.2.1"))
VERSION_1 = integer(1)

_HEAD = VERSION_1 + element(SET, SHA256) + element(SEQUENCE, DATA)
_ECDSA_SHA256 = element(SEQUENCE, identifier("1.2.840.10045.4.3.2"))
_RSA_SHA256 = element(SEQUENCE, identifier("1.2.840.113549.1.1.11"), NULL)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256


def attribute(kind: bytes, value: bytes) -> bytes:
    """An attribute of one value."""
    return element(SEQUENCE, kind, element(SET, value))


_CONTENT = attribute(CONTENT_TYPE, DATA)
BEFORE_TIME = len(_CONTENT) + len(attribute(SIGNING_TIME, b""))
"""How far into the signed attributes the time stands: after the content type and its own name."""
BEFORE_DIGEST = len(attribute(MESSAGE_DIGEST, element(OCTET_STRING)))
"""How far behind the time the digest stands."""


def attributes(certificate: Certificate, digest: bytes, at: datetime | None) -> bytes:
    """The signed attributes in DER's order, without the SET around them; None for a signature that tells no time."""
    when = () if at is None else (attribute(SIGNING_TIME, time(at)),)
    what = attribute(MESSAGE_DIGEST, element(OCTET_STRING, digest))
    return b"".join(sorted((_CONTENT, *when, what, signing_certificate(certificate.fingerprint))))


@lru_cache(maxsize=512)
def signing_certificate(fingerprint: str) -> bytes:
    """The attribute that says which certificate was signed with."""
    identity = element(OCTET_STRING, bytes.fromhex(fingerprint))
    return attribute(SIGNING_CERTIFICATE_V2, element(SEQUENCE, element(SEQUENCE, element(SEQUENCE, identity))))


def time(at: datetime) -> bytes:
    """UTCTime through 2049 and GeneralizedTime after it, to the second (RFC 5652, 11.3)."""
    year, month, day, hour, minute, second = at.astimezone(UTC).timetuple()[:6]
    digits = f"{month:02}{day:02}{hour:02}{minute:02}{second:02}Z"
    if 1950 <= year < 2050:
        return element(UTC_TIME, f"{year % 100:02}{digits}".encode())
    return element(GENERALIZED_TIME, f"{year:04}{digits}".encode())


def moment(tag: int, digits: bytes) -> datetime:
    """The time that an element of that tag and content tells; ValueError when it tells none."""
    text = digits.decode("ascii")
    if tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    month, day, hour, minute, second = (int(text[n : n + 2]) for n in range(4, 14, 2))
    return datetime(int(text[:4]), month, day, hour, minute, second, tzinfo=UTC)


def algorithm(certificate: Certificate) -> bytes:
    """How the certificate's key signs."""
    return _RSA_SHA256 if isinstance(certificate.key, rsa.RSAPublicKey) else _ECDSA_SHA256


def render(certificate: Certificate, attributes: bytes, value: bytes) -> bytes:
    """The whole signature."""
    key = (certificate.issuer_and_serial, certificate.der, algorithm(certificate))
    before, between = _around(*key, len(attributes), len(value))
    return b"".join((before, attributes, between, value))


@lru_cache(maxsize=512)
def _around(issuer_and_serial: bytes, der: bytes, algorithm: bytes, attributes: int, value: int) -> tuple[bytes, bytes]:
    """What stands before the attributes, and between them and the value, when they are so many bytes."""
    last = algorithm + element(OCTET_STRING, bytes(value))
    within = element(CONTEXT_0, bytes(attributes))
    signer = element(SEQUENCE, VERSION_1, issuer_and_serial, SHA256, within, last)
    signed_data = element(SEQUENCE, _HEAD, element(CONTEXT_0, der), element(SET, signer))
    whole = element(SEQUENCE, SIGNED_DATA, element(CONTEXT_0, signed_data))
    return whole[: len(whole) - len(last) - attributes], last[: len(last) - value]


def settled(certificate: Certificate, value: bytes) -> bytes:
    """The one spelling of a signature that the certificate's key made: of the two that ECDSA has, the low one."""
    if isinstance(certificate.key, rsa.RSAPublicKey):
        return value
    r, s = decode_dss_signature(value)
    return encode_dss_signature(r, min(s, _ORDER - s))


def misspelled(certificate: Certificate, value: bytes) -> Fault | None:
    """Whether somebody but the signer could spell the value so: with other lengths, or with the higher s."""
    if isinstance(certificate.key, rsa.RSAPublicKey):
        return None if len(value) == (certificate.key.key_size + 7) // 8 else Fault.SIGNATURE_SPELLING
    try:
        r, s = decode_dss_signature(value)
    except ValueError:
        return Fault.SIGNATURE_SPELLING
    if encode_dss_signature(r, s) != value:
        return Fault.SIGNATURE_SPELLING
    return Fault.HIGH_S if s > _ORDER // 2 else None
