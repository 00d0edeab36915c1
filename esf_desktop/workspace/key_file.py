"""The random key of a database, wrapped by the person's passphrase in a small file beside it.

A checksum over the file tells a damaged file from a wrong passphrase. Cryptography is imported when there is a key: a
plain workspace opens without it.
"""

import hashlib
import os
from pathlib import Path

import msgspec

from esf_desktop.errors import BadKeyFileError, WrongPassphraseError
from esf_desktop.files import write_whole
from esf_desktop.workspace.database import PassphraseNeededError

SCRYPT_COST = 2**17
"""128 MiB and some tenths of a second for each guess."""
PURPOSE = b"esf-desktop database key 1"


class Wrapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the key file says; `sealed` is AES-256-GCM over the database key."""

    cost: int
    salt: bytes
    nonce: bytes
    sealed: bytes


def database_key(key_file: Path, database: Path, passphrase: str | None) -> bytes | None:
    """The key of the database, or None for a plain one; a new database gets a key when there is a passphrase.

    Raises:
        PassphraseNeededError, WrongPassphraseError, BadKeyFileError: nothing was touched.
    """
    if key_file.exists():
        if not passphrase:
            raise PassphraseNeededError
        return _unwrap(key_file, passphrase)
    if database.exists() or not passphrase:
        return None
    key = os.urandom(32)
    write_whole(key_file, _wrap(key, passphrase))
    return key


def _wrap(key: bytes, passphrase: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretch(passphrase, salt, SCRYPT_COST)).encrypt(nonce, key, PURPOSE)
    body = msgspec.json.encode(Wrapped(SCRYPT_COST, salt, nonce, sealed))
    return body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n"


def _unwrap(key_file: Path, passphrase: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    body, _, check = key_file.read_bytes().partition(b"\n")
    if check.strip() != hashlib.sha256(body).hexdigest().encode():
        raise BadKeyFileError(key_file.name)
    try:
        wrapped = msgspec.json.decode(body, type=Wrapped)
        if wrapped.cost != SCRYPT_COST:
            raise BadKeyFileError(key_file.name)
        return AESGCM(_stretch(passphrase, wrapped.salt, wrapped.cost)).decrypt(wrapped.nonce, wrapped.sealed, PURPOSE)
    except InvalidTag as error:
        raise WrongPassphraseError from error
    except (msgspec.DecodeError, ValueError) as error:
        raise BadKeyFileError(key_file.name) from error


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode())
