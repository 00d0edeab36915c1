"""CAdES-B signatures as a fixed DER template: detached, one signer, four signed attributes (ETSI EN 319 122-1).

Reading is rebuilding: what can be chosen is taken out, the whole is written anew, and every byte is compared.
"""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from esf_desktop.errors import AlteredFileError, BadSignatureError
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing.certificate import Certificate
from esf_desktop.signing.der import (
    CONTEXT_0,
    GENERALIZED_TIME,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    SET,
    UTC_TIME,
    DerError,
    element,
    elements,
    identifier,
    integer,
    read,
)

_DATA = identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = identifier("1.2.840.113549.1.9.4")
_SIGNING_TIME = identifier("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE_V2 = identifier("1.2.840.113549.1.9.16.2.47")
_SHA256 = element(SEQUENCE, identifier("2.16.840.1.101.3.4.2.1"))
_ECDSA_SHA256 = element(SEQUENCE, identifier("1.2.840.10045.4.3.2"))
_RSA_SHA256 = element(SEQUENCE, identifier("1.2.840.113549.1.1.11"), NULL)
_CONTENT = element(SEQUENCE, _CONTENT_TYPE, element(SET, _DATA))
_VERSION_1 = integer(1)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256


class Signer(Protocol):
    """Whatever holds a private key: a key file, a card."""

    @property
    def certificate(self) -> bytes:
        """The certificate of the key, in DER."""

    def sign(self, message: bytes) -> bytes:
        """The signature over the message with SHA-256: ECDSA in DER, or RSA by PKCS #1 v1.5."""


def sign(message: bytes, signer: Signer, *, at: datetime) -> bytes:
    """A detached signature over the message, in DER; of the two ECDSA spellings always the low one."""
    certificate = certificates.parse(signer.certificate)
    attributes = _attributes(certificate, hashlib.sha256(message).digest(), at)
    signature = signer.sign(element(SET, attributes))
    if not isinstance(certificate.key, rsa.RSAPublicKey):
        r, s = decode_dss_signature(signature)
        signature = encode_dss_signature(r, min(s, _ORDER - s))
    return _render(certificate, attributes, signature)


def verify(signature: bytes, message: bytes, *, file: str) -> tuple[Certificate, datetime]:
    """Who signed the message, and when they claim to have done it.

    Raises:
        BadSignatureError: not a signature as `sign` makes it.
        AlteredFileError: a signature over something else.
    """
    try:
        certificate, digest, at, value = _take_out(signature)
        attributes = _attributes(certificate, digest, at)
        rebuilt = _render(certificate, attributes, value)
    except (DerError, ValueError, OverflowError) as error:
        raise BadSignatureError(file) from error
    if rebuilt != signature or not _only_spelling(certificate, value):
        raise BadSignatureError(file)
    if digest != hashlib.sha256(message).digest() or not certificate.verifies(value, element(SET, attributes)):
        raise AlteredFileError(file)
    return certificate, at


def _attribute(kind: bytes, value: bytes) -> bytes:
    return element(SEQUENCE, kind, element(SET, value))


def _attributes(certificate: Certificate, digest: bytes, at: datetime) -> bytes:
    """The signed attributes in DER's order, without the SET around them."""
    when = _attribute(_SIGNING_TIME, _time(at))
    what = _attribute(_MESSAGE_DIGEST, element(OCTET_STRING, digest))
    return b"".join(sorted((_CONTENT, when, what, _signing_certificate(certificate.fingerprint))))


@lru_cache(maxsize=512)
def _signing_certificate(fingerprint: str) -> bytes:
    identity = element(OCTET_STRING, bytes.fromhex(fingerprint))
    return _attribute(_SIGNING_CERTIFICATE_V2, element(SEQUENCE, element(SEQUENCE, element(SEQUENCE, identity))))


def _time(at: datetime) -> bytes:
    """UTCTime through 2049 and GeneralizedTime after it, to the second (RFC 5652, 11.3)."""
    moment = at.astimezone(UTC)
    if 1950 <= moment.year < 2050:
        return element(UTC_TIME, moment.strftime("%y%m%d%H%M%SZ").encode())
    return element(GENERALIZED_TIME, f"{moment.year:04}{moment:%m%d%H%M%S}Z".encode())


def _render(certificate: Certificate, attributes: bytes, signature: bytes) -> bytes:
    """The whole signature."""
    algorithm = _RSA_SHA256 if isinstance(certificate.key, rsa.RSAPublicKey) else _ECDSA_SHA256
    signer = element(
        SEQUENCE,
        _VERSION_1,
        certificate.issuer_and_serial,
        _SHA256,
        element(CONTEXT_0, attributes),
        algorithm,
        element(OCTET_STRING, signature),
    )
    signed_data = element(
        SEQUENCE,
        _VERSION_1,
        element(SET, _SHA256),
        element(SEQUENCE, _DATA),
        element(CONTEXT_0, certificate.der),
        element(SET, signer),
    )
    return element(SEQUENCE, _SIGNED_DATA, element(CONTEXT_0, signed_data))


def _take_out(signature: bytes) -> tuple[Certificate, bytes, datetime, bytes]:
    """What can be chosen in a signature: certificate, digest of the message, time, the signature proper."""
    start, _ = read(signature, 0, SEQUENCE)
    _, end = read(signature, start, OBJECT_IDENTIFIER)
    start, _ = read(signature, end, CONTEXT_0)
    start, end = read(signature, start, SEQUENCE)
    _, _, _, (_, _, inside, inside_end), (_, _, signers, _) = elements(signature, start, end)
    certificate = certificates.parse(signature[inside:inside_end])
    start, end = read(signature, signers, SEQUENCE)
    _, _, _, (_, _, inside, inside_end), _, (_, _, value, value_end) = elements(signature, start, end)
    _, when, digest, _ = (_value(signature, inner) for _, _, inner, _ in elements(signature, inside, inside_end))
    start, stop = read(signature, digest, OCTET_STRING)
    return certificate, signature[start:stop], _moment(signature, when), signature[value:value_end]


def _value(signature: bytes, attribute: int) -> int:
    """Where the one value of the attribute stands whose content starts there."""
    _, end = read(signature, attribute, OBJECT_IDENTIFIER)
    return read(signature, end, SET)[0]


def _moment(signature: bytes, at: int) -> datetime:
    tag = UTC_TIME if signature[at : at + 1] == bytes((UTC_TIME,)) else GENERALIZED_TIME
    start, end = read(signature, at, tag)
    text = signature[start:end].decode("ascii")
    if tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    month, day, hour, minute, second = (int(text[n : n + 2]) for n in range(4, 14, 2))
    return datetime(int(text[:4]), month, day, hour, minute, second, tzinfo=UTC)


def _only_spelling(certificate: Certificate, signature: bytes) -> bool:
    """Whether nobody but the signer can spell the signature otherwise: shortest DER, lower of the two s."""
    if isinstance(certificate.key, rsa.RSAPublicKey):
        return len(signature) == (certificate.key.key_size + 7) // 8
    try:
        r, s = decode_dss_signature(signature)
    except ValueError:
        return False
    return s <= _ORDER // 2 and encode_dss_signature(r, s) == signature
