"""A person's own key: P-256, with a self-signed certificate, in a file under a passphrase or plain."""

import base64
import hashlib
import re
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from esf_desktop.errors import BadKeyFileError, UnreadableFileError, WrongPassphraseError
from esf_desktop.files import write_whole
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing import passphrase as passphrases

_ECDSA = ec.ECDSA(hashes.SHA256())
_FILE = re.compile(
    rb"ESF Desktop key, SHA-256 of the two blocks: ([0-9a-f]{64})\n"
    rb"-----BEGIN (ENCRYPTED )?PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)-----END (?:ENCRYPTED )?PRIVATE KEY-----\n"
    rb"-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n"
)
_LARGEST = 64 * 1024


class SigningKey:
    """A private key and the certificate that tells of it."""

    __slots__ = ("_key", "certificate", "fingerprint", "name")

    def __init__(self, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, certificate: bytes) -> None:
        read = certificates.parse(certificate)
        if read.key.public_numbers() != key.public_key().public_numbers():
            raise ValueError("the certificate is of another key")
        self._key = key
        self.certificate = certificate
        self.fingerprint = read.fingerprint
        self.name = read.name

    def sign(self, message: bytes) -> bytes:
        """The signature over the message with SHA-256: ECDSA in DER, or RSA by PKCS #1 v1.5."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(message, _ECDSA)

    def private_bytes(self) -> bytes:
        """The private key as PKCS#8 in DER, unencrypted."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def make_key(name: str, organisation: str, *, at: datetime) -> SigningKey:
    """A new key with its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(key, certificates.make(key, name, organisation, at=at))


def key_to_bytes(key: SigningKey, passphrase: str | None) -> bytes:
    """The key as a file's content: a check line, the private key and the certificate in PEM; None leaves it plain."""
    private = key.private_bytes()
    locked = private if passphrase is None else passphrases.lock(private, passphrase)
    return _render(locked, key.certificate, encrypted=passphrase is not None)


def key_from_bytes(content: bytes, passphrase: str | None, *, file: str) -> SigningKey:
    """The key of a file's content; a passphrase for a plain key is not looked at.

    Raises:
        BadKeyFileError: not a whole key file, whatever the passphrase.
        WrongPassphraseError: none or another for an encrypted one.
    """
    found = _FILE.fullmatch(content.replace(b"\r\n", b"\n"))
    if found is None:
        raise BadKeyFileError(file)
    try:
        locked, certificate = base64.b64decode(found[3]), base64.b64decode(found[4])
    except ValueError as error:
        raise BadKeyFileError(file) from error
    if _render(locked, certificate, encrypted=found[2] is not None) != found[0]:
        raise BadKeyFileError(file)
    if found[2] and passphrase is None:
        raise WrongPassphraseError
    try:
        private = passphrases.unlock(locked, passphrase) if found[2] and passphrase is not None else locked
    except ValueError as error:
        raise BadKeyFileError(file) from error
    try:
        key = load_der_private_key(private, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        if found[2]:
            raise WrongPassphraseError from error  # one in 256 wrong ones leaves good padding
        raise BadKeyFileError(file) from error
    try:
        if isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            return SigningKey(key, certificate)
    except ValueError as error:
        raise BadKeyFileError(file) from error
    raise BadKeyFileError(file)


def save_key(key: SigningKey, path: Path, passphrase: str | None) -> None:
    """Write the key file whole, for its owner's eyes alone."""
    write_whole(path, key_to_bytes(key, passphrase), mode=0o600)


def load_key(path: Path, passphrase: str | None) -> SigningKey:
    """The key of a file.

    Raises:
        UnreadableFileError, BadKeyFileError, WrongPassphraseError.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    return key_from_bytes(content, passphrase, file=path.name)


def _render(locked: bytes, certificate: bytes, *, encrypted: bool) -> bytes:
    kind = "ENCRYPTED PRIVATE KEY" if encrypted else "PRIVATE KEY"
    check = hashlib.sha256(locked + certificate).hexdigest()
    line = f"ESF Desktop key, SHA-256 of the two blocks: {check}\n"
    return line.encode() + _pem(kind, locked) + _pem("CERTIFICATE", certificate)


def _pem(kind: str, content: bytes) -> bytes:
    text = base64.b64encode(content).decode()
    lines = "".join(text[at : at + 64] + "\n" for at in range(0, len(text), 64))
    return f"-----BEGIN {kind}-----\n{lines}-----END {kind}-----\n".encode()
