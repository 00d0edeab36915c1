"""Certificates: made for a person's own key, and read as what a signature needs from them."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop.signing import der
from esf_desktop.signing.faults import Fault

NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""What a certificate ends with when it has no end (RFC 5280, 4.1.2.5)."""

_ON_CURVES = der.identifier("1.2.840.10045.4")[2:]
_ECDSA = ec.ECDSA(hashes.SHA256())


class UnusableCertificateError(ValueError):
    """Bytes that are not a certificate, or one whose key is of a kind that is not allowed."""

    def __init__(self, fault: Fault = Fault.NOT_A_CERTIFICATE) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that may sign: P-256, or RSA of 2048 bits and more."""

    der: bytes
    fingerprint: str
    """SHA-256 of the bytes, in hex: the only thing that trust goes by."""
    name: str
    """The common name; what it says is never believed."""
    organisation: str
    issuer_and_serial: bytes
    """How a CMS signature points to it."""
    key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature was made over the message with this certificate's key."""
        try:
            if isinstance(self.key, rsa.RSAPublicKey):
                self.key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
            else:
                self.key.verify(signature, message, _ECDSA)
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=512)
def parse(content: bytes) -> Certificate:
    """The certificate of those DER bytes; the last few hundred are remembered.

    Raises:
        UnusableCertificateError: not a certificate, or not of an allowed kind.
    """
    try:
        issuer_and_serial = _issuer_and_serial(content)
        certificate = x509.load_der_x509_certificate(content)
        key = certificate.public_key()
    except UnsupportedAlgorithm as error:
        raise UnusableCertificateError(Fault.KEY_KIND) from error
    except UnusableCertificateError:
        raise
    except (ValueError, TypeError, OverflowError, x509.InvalidVersion) as error:
        raise UnusableCertificateError from error
    allowed = _allowed(key)
    name, organisation = _holder(certificate)
    return Certificate(content, hashlib.sha256(content).hexdigest(), name, organisation, issuer_and_serial, allowed)


def make(key: ec.EllipticCurvePrivateKey, name: str, organisation: str, *, at: datetime) -> bytes:
    """A self-signed certificate for the key, in DER, valid from then on and without end."""
    attributes = [x509.NameAttribute(x509.NameOID.COMMON_NAME, room_for(name))]
    if organisation:
        attributes.append(x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, room_for(organisation)))
    who = x509.Name(attributes)
    only_signatures = {"digital_signature": True, "content_commitment": True}
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    usage = x509.KeyUsage(**only_signatures, **dict.fromkeys((*others, "encipher_only", "decipher_only"), False))
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at.astimezone(UTC))
        .not_valid_after(NEVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )


def room_for(name: str) -> str:
    """As much of a name as a certificate has room for: 64 bytes."""
    return name.encode()[:64].decode(errors="ignore")


def _allowed(key: object) -> ec.EllipticCurvePublicKey | rsa.RSAPublicKey:
    """The key, if it is of a kind that may sign."""
    if isinstance(key, rsa.RSAPublicKey):
        if not 2048 <= key.key_size <= 8192:
            raise UnusableCertificateError(Fault.KEY_SIZE)
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise UnusableCertificateError(Fault.KEY_KIND)


def _holder(certificate: x509.Certificate) -> tuple[str, str]:
    """The common name and the organisation that a certificate shows."""
    try:
        subject = certificate.subject
        names = subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        organisations = subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
        name = str(names[0].value) if names else subject.rfc4514_string()
    except (ValueError, TypeError) as error:
        raise UnusableCertificateError(Fault.CERTIFICATE_NAME) from error
    return name, str(organisations[0].value) if organisations else ""


def _issuer_and_serial(content: bytes) -> bytes:
    """The issuer and the serial number as they are spelled in the certificate.

    Spellings that the library only warns of are refused here: a serial number below one, parameters for ECDSA.
    """
    whole = list(der.elements(content, *der.read(content, 0, der.SEQUENCE)))
    if len(whole) != 3:
        raise UnusableCertificateError
    (_, _, signed, signed_end), (_, outer, _, outer_end), _ = whole
    parts = [content[start:end] for _, start, _, end in der.elements(content, signed, signed_end)]
    if len(parts) < 7:
        raise UnusableCertificateError
    _version, serial, algorithm, issuer, *_ = parts
    if content[outer:outer_end] != algorithm or (_ON_CURVES in algorithm and algorithm.endswith(der.NULL)):
        raise UnusableCertificateError(Fault.CERTIFICATE_ALGORITHM)
    if serial[0] != der.INTEGER or int.from_bytes(serial[2:], "big", signed=True) < 1:
        raise UnusableCertificateError(Fault.CERTIFICATE_SERIAL)
    return der.element(der.SEQUENCE, issuer, serial)
