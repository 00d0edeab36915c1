"""The random key of a database and the person's signing key, in one small file beside it.

The database key is wrapped by the passphrase, and by the recovery code when there is one; the signing key is wrapped by
the database key. So whoever has either opens both, and a change of passphrase is one file written whole. A checksum
over the file tells a damaged file from a wrong passphrase. Cryptography is imported when there is a key: a plain
workspace opens without it.
"""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from esf_desktop.errors import BadKeyFileError, EsfError, FileError, UnusablePlaceError, WrongPassphraseError
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.passphrases import normal
from esf_desktop.workspace import recovery_code
from esf_desktop.workspace.database import PassphraseNeededError
from esf_desktop.workspace.places import IDENTITY_FILE

SCRYPT_COST = 2**17
"""128 MiB and some tenths of a second for each guess."""
KEY, SALT = 32, 16
"""Bytes of the database key, and of the salt that both databases begin with."""
_LARGEST = 64 * 1024


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The database key under one secret: AES-256-GCM under scrypt."""

    cost: int
    salt: bytes
    nonce: bytes
    sealed: bytes


class Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signing key under the database key: AES-256-GCM."""

    nonce: bytes
    sealed: bytes


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says; `database` is the salt of the database that the key belongs to."""

    version: int
    database: bytes
    passphrase: Slot
    recovery: Slot | None = None
    identity: Sealed | None = None
    fingerprint: str = ""
    """Of the signing key, which is no secret."""


class Keys(NamedTuple):
    """An open key file: the database key with its salt, and the signing key's file content if there is one."""

    database: bytes
    identity: bytes | None


class WrongRecoveryCodeError(EsfError):
    """A whole recovery code that does not open this work."""

    code = "wrong_recovery_code"

    def sentence(self) -> str:
        return _("This recovery code does not open this work; use the latest sheet. Nothing was changed.")


class NoRecoveryCodeError(EsfError):
    """Work for which no recovery code was made."""

    code = "no_recovery_code"

    def sentence(self) -> str:
        return _("No recovery code was made for this work, so only the passphrase opens it. Nothing was changed.")


class OtherKeyFileError(FileError):
    """A sound key file of another database."""

    code = "other_key_file"

    def sentence(self) -> str:
        return _(
            "The key file “{file}” does not belong to this work; put back both from one backup. Nothing was changed."
        ).format(file=self.file)


def database_key(key_file: Path, database: Path, passphrase: str | None) -> bytes | None:
    """The key of the database with its salt, or None for a plain one; a new database gets a key with a passphrase.

    Raises:
        PassphraseNeededError, WrongPassphraseError, BadKeyFileError, OtherKeyFileError: nothing was touched.
    """
    if key_file.exists():
        if not passphrase:
            raise PassphraseNeededError
        keys = unlock(key_file, passphrase)
        if beginning(database) not in (b"", keys.database[KEY:]):
            raise OtherKeyFileError(key_file.name)
        return keys.database
    if database.exists() or not passphrase:
        return None
    return make(key_file, passphrase)


def make(key_file: Path, passphrase: str, identity: bytes | None = None) -> bytes:
    """A new key, written under the passphrase."""
    key = os.urandom(KEY + SALT)
    sealed, fingerprint = _sealed(key, identity) if identity else (None, "")
    _write(key_file, KeyFile(1, key[KEY:], _wrapped(key, passphrase), None, sealed, fingerprint))
    return key


def unlock(key_file: Path, passphrase: str) -> Keys:
    """The keys, by the passphrase.

    Raises:
        WrongPassphraseError, BadKeyFileError: nothing was touched.
    """
    kept = read(key_file)
    return _keys(key_file, kept, _unwrapped(key_file, kept, kept.passphrase, passphrase))


def unlock_by_code(key_file: Path, typed: str) -> Keys:
    """The keys, by the recovery code.

    Raises:
        IncompleteCodeError, MisreadCodeError, WrongRecoveryCodeError, NoRecoveryCodeError, BadKeyFileError.
    """
    kept = read(key_file)
    if kept.recovery is None:
        raise NoRecoveryCodeError
    try:
        return _keys(key_file, kept, _unwrapped(key_file, kept, kept.recovery, recovery_code.read(typed)))
    except WrongPassphraseError as error:
        raise WrongRecoveryCodeError from error


def read(key_file: Path) -> KeyFile:
    """What a key file says, without opening it; BadKeyFileError when it is damaged or missing."""
    try:
        with key_file.open("rb") as file:
            body, _mark, check = file.read(_LARGEST).partition(b"\n")
    except OSError as error:
        raise BadKeyFileError(key_file.name) from error
    if check.strip() != hashlib.sha256(body).hexdigest().encode():
        raise BadKeyFileError(key_file.name)
    try:
        kept = msgspec.json.decode(body, type=KeyFile)
    except msgspec.DecodeError as error:
        raise BadKeyFileError(key_file.name) from error
    slots = [kept.passphrase, *([kept.recovery] if kept.recovery else [])]
    if kept.version != 1 or any(slot.cost != SCRYPT_COST for slot in slots):
        raise BadKeyFileError(key_file.name)
    return kept


def beginning(database: Path) -> bytes:
    """The first bytes of a database: the salt of an encrypted one; nothing when it is missing."""
    if not database.exists():
        return b""
    with database.open("rb") as file:
        return file.read(SALT)


def put_passphrase(key_file: Path, keys: Keys, passphrase: str) -> None:
    """Let another passphrase open the keys, and the earlier one no more."""
    kept = read(key_file)
    _write(key_file, msgspec.structs.replace(kept, passphrase=_wrapped(keys.database, passphrase)))


def put_code(key_file: Path, keys: Keys, code: str) -> None:
    """Let this recovery code open the keys, and an earlier one no more."""
    _write(key_file, msgspec.structs.replace(read(key_file), recovery=_wrapped(keys.database, code)))


def put_identity(key_file: Path, keys: Keys, identity: bytes) -> None:
    """Keep the signing key."""
    sealed, fingerprint = _sealed(keys.database, identity)
    _write(key_file, msgspec.structs.replace(read(key_file), identity=sealed, fingerprint=fingerprint))


def _keys(key_file: Path, kept: KeyFile, key: bytes) -> Keys:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if kept.identity is None:
        return Keys(key, None)
    try:
        return Keys(key, AESGCM(_for_identity(key)).decrypt(kept.identity.nonce, kept.identity.sealed, key[KEY:]))
    except (InvalidTag, ValueError) as error:
        raise BadKeyFileError(key_file.name) from error


def _wrapped(key: bytes, secret: str) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    return Slot(
        SCRYPT_COST, salt, nonce, AESGCM(_stretched(secret, salt, SCRYPT_COST)).encrypt(nonce, key[:KEY], key[KEY:])
    )


def _unwrapped(key_file: Path, kept: KeyFile, slot: Slot, secret: str) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        key = AESGCM(_stretched(secret, slot.salt, slot.cost)).decrypt(slot.nonce, slot.sealed, kept.database)
    except InvalidTag as error:
        raise WrongPassphraseError from error
    except ValueError as error:
        raise BadKeyFileError(key_file.name) from error
    return key + kept.database


def _sealed(key: bytes, identity: bytes) -> tuple[Sealed, str]:
    """The signing key under the database key, and its fingerprint."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from esf_desktop.signing.keys import key_from_bytes

    nonce = os.urandom(12)
    sealed = Sealed(nonce, AESGCM(_for_identity(key)).encrypt(nonce, identity, key[KEY:]))
    return sealed, key_from_bytes(identity, None, file=IDENTITY_FILE).fingerprint


def _for_identity(key: bytes) -> bytes:
    """A key of its own for the signing key, so that no key does two things."""
    return hashlib.blake2b(key[:KEY], digest_size=KEY, person=b"esf identity 1").digest()


def _stretched(secret: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY, n=cost, r=8, p=1).derive(normal(secret).encode())


def _write(key_file: Path, content: KeyFile) -> None:
    body = msgspec.json.encode(content)
    try:
        write_whole(key_file, body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n")
    except OSError as error:
        raise UnusablePlaceError(key_file.name) from error
