"""A secret under a passphrase as PKCS#8 keeps it: PBES2, PBKDF2-HMAC-SHA256, AES-256-CBC (RFC 8018)."""

import secrets
import unicodedata

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7

from esf_desktop.errors import WrongPassphraseError
from esf_desktop.signing.der import (
    INTEGER,
    NULL,
    OCTET_STRING,
    SEQUENCE,
    DerError,
    element,
    elements,
    identifier,
    integer,
    read,
)

ITERATIONS = 600_000
_MOST_ITERATIONS = 20_000_000
_PBES2 = identifier("1.2.840.113549.1.5.13")
_PBKDF2 = identifier("1.2.840.113549.1.5.12")
_HMAC_SHA256 = element(SEQUENCE, identifier("1.2.840.113549.2.9"), NULL)
_AES_256_CBC = identifier("2.16.840.1.101.3.4.1.42")


def lock(secret: bytes, passphrase: str) -> bytes:
    """The secret as EncryptedPrivateKeyInfo in DER."""
    salt, start = secrets.token_bytes(16), secrets.token_bytes(16)
    padder = PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES256(_derive(passphrase, salt, ITERATIONS)), modes.CBC(start)).encryptor()
    hidden = encryptor.update(padder.update(secret) + padder.finalize()) + encryptor.finalize()
    return _render(salt, ITERATIONS, start, hidden)


def unlock(locked: bytes, passphrase: str) -> bytes:
    """The secret again; whether it is the right one shows when it is used.

    Raises:
        DerError: not what `lock` makes, or too cheap or too dear to try.
        WrongPassphraseError: another passphrase.
    """
    salt, iterations, start, hidden = _take_out(locked)
    if not ITERATIONS <= iterations <= _MOST_ITERATIONS or _render(salt, iterations, start, hidden) != locked:
        raise DerError
    if len(start) != 16 or not hidden or len(hidden) % 16:
        raise DerError
    decryptor = Cipher(algorithms.AES256(_derive(passphrase, salt, iterations)), modes.CBC(start)).decryptor()
    unpadder = PKCS7(128).unpadder()
    try:
        return unpadder.update(decryptor.update(hidden) + decryptor.finalize()) + unpadder.finalize()
    except ValueError as error:
        raise WrongPassphraseError from error


def _derive(passphrase: str, salt: bytes, iterations: int) -> bytes:
    spelled = unicodedata.normalize("NFC", passphrase).encode()
    return PBKDF2HMAC(hashes.SHA256(), length=32, salt=salt, iterations=iterations).derive(spelled)


def _render(salt: bytes, iterations: int, start: bytes, hidden: bytes) -> bytes:
    cost = element(SEQUENCE, element(OCTET_STRING, salt), integer(iterations), _HMAC_SHA256)
    derivation = element(SEQUENCE, _PBKDF2, cost)
    cipher = element(SEQUENCE, _AES_256_CBC, element(OCTET_STRING, start))
    algorithm = element(SEQUENCE, _PBES2, element(SEQUENCE, derivation, cipher))
    return element(SEQUENCE, algorithm, element(OCTET_STRING, hidden))


def _take_out(locked: bytes) -> tuple[bytes, int, bytes, bytes]:
    """Salt, iterations, initialisation vector and what is hidden."""
    try:
        (_, _, algorithm, algorithm_end), (_, _, hidden, hidden_end) = elements(locked, *read(locked, 0, SEQUENCE))
        _, (_, _, schemes, schemes_end) = elements(locked, algorithm, algorithm_end)
        (_, _, derivation, derivation_end), (_, _, cipher, cipher_end) = elements(locked, schemes, schemes_end)
        _, (_, _, cost, cost_end) = elements(locked, derivation, derivation_end)
        (_, _, salt, salt_end), (kind, _, count, count_end), _ = elements(locked, cost, cost_end)
        _, (_, _, start, start_end) = elements(locked, cipher, cipher_end)
    except ValueError as error:
        raise DerError from error
    if kind != INTEGER:
        raise DerError
    iterations = int.from_bytes(locked[count:count_end], "big", signed=True)
    return locked[salt:salt_end], iterations, locked[start:start_end], locked[hidden:hidden_end]
