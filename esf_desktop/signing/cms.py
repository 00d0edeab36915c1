"""CAdES-B signatures as a fixed DER template: detached, one signer, four signed attributes (ETSI EN 319 122-1).

Reading is rebuilding: what can be chosen is taken out, the whole is written anew, and every byte is compared.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple, Protocol

from esf_desktop.errors import AlteredFileError, BadSignatureError
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing import misspelling, template
from esf_desktop.signing.certificate import Certificate
from esf_desktop.signing.der import CONTEXT_0, OBJECT_IDENTIFIER, SEQUENCE, SET, element, elements, read
from esf_desktop.signing.faults import Fault


class Signer(Protocol):
    """Whatever holds a private key: a key file, a card."""

    @property
    def certificate(self) -> bytes:
        """The certificate of the key, in DER; by whom it was issued is not looked at."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""

    @property
    def name(self) -> str:
        """The name in the certificate."""

    def sign(self, message: bytes) -> bytes:
        """The signature over the message with SHA-256: ECDSA in DER, or RSA by PKCS #1 v1.5."""


def sign(message: bytes, signer: Signer, *, at: datetime | None) -> bytes:
    """A detached signature over the message, in DER; of the two ECDSA spellings always the low one.

    Args:
        at: the time that the signer claims; None leaves it out, as a PDF wants it (ETSI EN 319 142-1, 6.3).
    """
    certificate = certificates.parse(signer.certificate)
    attributes = template.attributes(certificate, hashlib.sha256(message).digest(), at)
    value = template.settled(certificate, signer.sign(element(SET, attributes)))
    return template.render(certificate, attributes, value)


def verify(signature: bytes, message: bytes, *, file: str) -> tuple[Certificate, datetime]:
    """Who signed the message, and when they claim to have done it.

    Raises:
        BadSignatureError: not a signature as `sign` makes it.
        AlteredFileError: a signature over something else.
    """
    try:
        certificate, digest, at, value = _take_out(signature)
        attributes = template.attributes(certificate, digest, at)
        rebuilt = template.render(certificate, attributes, value)
    except (ValueError, OverflowError, LookupError) as error:
        raise BadSignatureError(file, exactly=misspelling.fault(signature)) from error
    if rebuilt != signature:
        raise BadSignatureError(file, exactly=misspelling.fault(signature))
    if misspelled := template.misspelled(certificate, value):
        raise BadSignatureError(file, exactly=misspelled)
    if digest != hashlib.sha256(message).digest():
        raise AlteredFileError(file, exactly=Fault.MESSAGE_DIGEST)
    if not certificate.verifies(value, element(SET, attributes)):
        raise AlteredFileError(file, exactly=Fault.SIGNATURE_VALUE)
    return certificate, at


class _Chosen(NamedTuple):
    """What can be chosen in a signature."""

    certificate: Certificate
    digest: bytes
    at: datetime
    value: bytes


def _take_out(signature: bytes) -> _Chosen:
    start, _ = read(signature, 0, SEQUENCE)
    _, end = read(signature, start, OBJECT_IDENTIFIER)
    start, _ = read(signature, end, CONTEXT_0)
    start, end = read(signature, start, SEQUENCE)
    _, _, _, (_, _, inside, inside_end), (_, _, signers, _) = elements(signature, start, end)
    certificate = certificates.parse(signature[inside:inside_end])
    start, end = read(signature, signers, SEQUENCE)
    _, _, _, (_, _, inside, _), _, (_, _, value, value_end) = elements(signature, start, end)
    when = inside + template.BEFORE_TIME
    start, stop = read(signature, when, signature[when])
    digest = signature[stop + template.BEFORE_DIGEST :][:32]
    at = template.moment(signature[when], signature[start:stop])
    return _Chosen(certificate, digest, at, signature[value:value_end])
