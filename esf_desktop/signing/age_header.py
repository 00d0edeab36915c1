"""The header of an encrypted file, read more strictly than age asks: one or two X25519 recipients, in binary.

A file is known by its first line. Nothing is decrypted here.
"""

import re

from esf_desktop.errors import FileError, TruncatedFileError
from esf_desktop.i18n import _
from esf_desktop.signing.source import Source

MOST_RECIPIENTS = 2
LARGEST = 65 * 2**20
"""Of an encrypted file, in bytes: a bundle of 64 MiB and what age adds to it."""

_FIRST = b"age-encryption.org/"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_LONGEST_HEADER = 8 * 2**10
_32_BYTES = rb"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]"
_BODY = rb"(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n"
_STANZA = rb"-> [!-~]+(?: [!-~]+)*\n" + _BODY
_HEADER = re.compile(rb"age-encryption\.org/v1\n((?:" + _STANZA + rb")+)--- " + _32_BYTES + rb"\n")
_PARTS = re.compile(rb"-> ([!-~]+)((?: [!-~]+)*)\n(" + _BODY + rb")")
_X25519_ARGUMENT = re.compile(rb" " + _32_BYTES)
_X25519_BODY = re.compile(_32_BYTES + rb"\n")
_SHORTEST_PAYLOAD = 16 + 16


class EncryptedFileError(FileError):
    """An encrypted file that was read without a key."""

    code = "encrypted"

    def sentence(self) -> str:
        return _(
            "“{file}” is encrypted to the secretariat and can be read only with its age key. Nothing was changed."
        ).format(file=self.file)


class BadEncryptionError(FileError):
    """A header of age that is not built as ours are."""

    code = "bad_encryption"

    def sentence(self) -> str:
        return _("“{file}” is not encrypted in a way that is allowed; ask for a new export.").format(file=self.file)


class ArmoredError(BadEncryptionError):
    """An encrypted file that was turned into text."""

    code = "armored"

    def sentence(self) -> str:
        return _("“{file}” is encrypted as text; it has to be the file that ESF Desktop made, so ask for that.").format(
            file=self.file
        )


class PassphraseEncryptionError(BadEncryptionError):
    """A file that is encrypted with a passphrase instead of to a key."""

    code = "passphrase_encryption"

    def sentence(self) -> str:
        return _("“{file}” is encrypted with a passphrase instead of to the call's key; ask for a new export.").format(
            file=self.file
        )


class TooManyRecipientsError(BadEncryptionError):
    """A file that more can read than the two that a call may name."""

    code = "too_many_recipients"

    def sentence(self) -> str:
        return _("“{file}” can be read by others than the secretariat and is refused; ask for a new export.").format(
            file=self.file
        )


def is_encrypted(source: Source) -> bool:
    """Whether a file is encrypted with age, soundly or not; its first line says so."""
    return source[: len(_ARMOR)].startswith((_FIRST, _ARMOR))


def check(content: Source, *, file: str) -> None:
    """Pass when the header names one or two X25519 recipients and nothing else but the blind stanza that rage adds.

    Implementations of age add a stanza that means nothing (`…-grease`), so that readers stay able to skip what is new.

    Raises:
        ArmoredError, PassphraseEncryptionError, TooManyRecipientsError, TruncatedFileError, BadEncryptionError
    """
    if content.startswith(_ARMOR):
        raise ArmoredError(file)
    start = content[:_LONGEST_HEADER]
    found = _HEADER.match(start)
    if found is None:
        whole = b"\n--- " in start or len(content) >= _LONGEST_HEADER
        raise BadEncryptionError(file) if whole else TruncatedFileError(file)
    stanzas = _PARTS.findall(found.group(1))
    if any(tag == b"scrypt" for tag, _arguments, _body in stanzas):
        raise PassphraseEncryptionError(file)
    readers = [stanza for stanza in stanzas if not stanza[0].endswith(b"-grease")]
    for tag, argument, body in readers:
        if tag != b"X25519" or not (_X25519_ARGUMENT.fullmatch(argument) and _X25519_BODY.fullmatch(body)):
            raise BadEncryptionError(file)
    if len(readers) > MOST_RECIPIENTS:
        raise TooManyRecipientsError(file)
    if not readers or stanzas[: len(readers)] != readers or len(stanzas) > len(readers) + 1:
        raise BadEncryptionError(file)
    if len(content) < found.end() + _SHORTEST_PAYLOAD:
        raise TruncatedFileError(file)
