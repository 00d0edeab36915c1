"""Encryption outside the signature: age to X25519 recipients, decrypted wholly before anybody looks inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyrage import DecryptError, IdentityError, RecipientError, x25519
from pyrage import decrypt as _decrypt
from pyrage import encrypt as _encrypt

from esf_desktop.errors import EsfError, FileError, TooLargeError, TruncatedFileError
from esf_desktop.files import readable
from esf_desktop.i18n import _
from esf_desktop.signing import age_header
from esf_desktop.signing.age_header import (
    LARGEST,
    MOST_RECIPIENTS,
    BadEncryptionError,
    EncryptedFileError,
    is_encrypted,
)
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.source import FileBytes

LARGEST_KEY_FILE = 64 * 2**10


class WrongAgeKeyError(FileError):
    """A file that is encrypted to another key than the one at hand."""

    code = "wrong_age_key"

    def sentence(self) -> str:
        return _("“{file}” is not encrypted to this age key; choose the key that belongs to the call.").format(
            file=self.file
        )


class DamagedEncryptionError(FileError):
    """A file that does not decrypt to its end: cut short, altered, or with something after it."""

    code = "damaged_encryption"

    def sentence(self) -> str:
        return _("“{file}” was altered, cut or added to after it was encrypted; ask for a new copy.").format(
            file=self.file
        )


class EncryptedTwiceError(BadEncryptionError):
    """An encrypted file inside an encrypted file."""

    code = "encrypted_twice"

    def sentence(self) -> str:
        return _("“{file}” is encrypted twice and is refused; ask for the file as ESF Desktop made it.").format(
            file=self.file
        )


class BadAgeKeyError(FileError):
    """A file that should hold a secret age key and does not."""

    code = "bad_age_key"

    def sentence(self) -> str:
        return _("“{file}” holds no age key (AGE-SECRET-KEY-1…); choose the file that age-keygen made.").format(
            file=self.file
        )


@dataclass(eq=False)
class BadRecipientError(EsfError):
    """A recipient that a call cannot name."""

    code = "bad_recipient"
    recipient: str

    def sentence(self) -> str:
        return _("“{key}” cannot be a recipient: give one or two different keys that begin with age1.").format(
            key=self.recipient[:70]
        )


@dataclass(frozen=True, slots=True, repr=False)
class AgeKey:
    """Secret age keys, held in memory alone; the public halves are what a call names as its recipients."""

    identities: tuple[x25519.Identity, ...]

    @property
    def recipients(self) -> tuple[str, ...]:
        """The public halves, `age1…`."""
        return tuple(str(identity.to_public()) for identity in self.identities)


def make_key() -> str:
    """A new secret key as the text of a key file, like that of age-keygen."""
    identity = x25519.Identity.generate()
    return f"# public key: {identity.to_public()}\n{identity}\n"


def read_key(path: Path) -> AgeKey:
    """The secret keys in a file as age-keygen makes it.

    Raises:
        UnreadableFileError, BadAgeKeyError: there are none.
    """
    file = readable(path.name)
    with FileBytes(path) as source:
        content = source[:LARGEST_KEY_FILE]
    return parse_key(content, file=file)


def parse_key(content: bytes, *, file: str) -> AgeKey:
    """The secret keys in the content of a key file: one on each line that is neither empty nor a comment."""
    try:
        lines = [line.strip() for line in content.decode("ascii").splitlines()]
        keys = [line for line in lines if line and not line.startswith("#")]
        identities = tuple(map(x25519.Identity.from_str, keys))
    except (IdentityError, ValueError) as error:
        raise BadAgeKeyError(file) from error
    if not identities:
        raise BadAgeKeyError(file)
    return AgeKey(identities)


def is_recipient(text: str) -> bool:
    """Whether the text is the public half of a key, `age1…`, in its one spelling."""
    try:
        return str(x25519.Recipient.from_str(text)) == text
    except (RecipientError, ValueError):
        return False


def checked_recipients(given: Sequence[str]) -> tuple[str, ...]:
    """The recipients, when a call may name them.

    Raises:
        BadRecipientError: they are not one or two different public keys.
    """
    for place, text in enumerate(given):
        if place >= MOST_RECIPIENTS or text in given[:place] or not is_recipient(text):
            raise BadRecipientError(text)
    return tuple(given)


def encrypt(content: bytes, recipients: Sequence[str]) -> bytes:
    """The content for those recipients alone, one or two of them."""
    if not 0 < len(recipients) <= MOST_RECIPIENTS:
        raise ValueError(recipients)
    encrypted = bytes(_encrypt(content, [x25519.Recipient.from_str(recipient) for recipient in recipients]))
    age_header.check(encrypted, file="")
    return encrypted


def decrypted(content: bytes, key: AgeKey | None, *, file: str) -> bytes:
    """The content of a file wholly decrypted, or as it is when it is not encrypted.

    Raises:
        EncryptedFileError: it is encrypted and there is no key.
        FileError: of the class that says why it cannot be decrypted.
    """
    if not is_encrypted(content):
        return content
    if len(content) > LARGEST:
        raise TooLargeError(file, len(content), LARGEST, exactly=Fault.FILE_SIZE)
    age_header.check(content, file=file)
    if key is None:
        raise EncryptedFileError(file)
    try:
        inside = bytes(_decrypt(content, key.identities))
    except DecryptError as error:
        raise _failure(str(error), file) from error
    if is_encrypted(inside):
        raise EncryptedTwiceError(file)
    return inside


def _failure(said: str, file: str) -> FileError:
    if "No matching keys" in said:
        return WrongAgeKeyError(file)
    return (
        TruncatedFileError(file) if "truncated" in said or "fill whole buffer" in said else DamagedEncryptionError(file)
    )
