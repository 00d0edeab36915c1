"""The secretariat's keys, made where the call is made; a file that is there already is never written over."""

from datetime import datetime
from pathlib import Path

from esf_desktop.errors import EsfError, FileError
from esf_desktop.exchange.canonical import tidy
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing.keys import make_key, save_key


class KeyThereError(FileError):
    """A key that would be written over another file."""

    code = "key_exists"

    def sentence(self) -> str:
        return _("“{file}” is there already and was not touched; choose another name for the new key.").format(
            file=self.file
        )


class NoNameForKeyError(EsfError):
    """A key for a body without a name that a certificate can hold."""

    code = "bad_name"

    def sentence(self) -> str:
        return _("Write the deciding body's name first, in one line and not too long; no key was made.")


def make_signing_key(path: Path, body: str, passphrase: str | None, *, at: datetime) -> None:
    """Make the signing key of the body, under the passphrase if there is one.

    Raises:
        KeyThereError, NoNameForKeyError: nothing was written.
    """
    if path.exists():
        raise KeyThereError(path.name)
    if not body.strip() or tidy(body) != body or "\n" in body or certificates.room_for(body) != body:
        raise NoNameForKeyError
    save_key(make_key(body, "", at=at), path, passphrase)


def make_age_key(path: Path) -> str:
    """Make an age key; the answer is its public half, which a call names as its recipient.

    Raises:
        KeyThereError: nothing was written.
    """
    from esf_desktop.signing import encryption

    if path.exists():
        raise KeyThereError(path.name)
    write_whole(path, encryption.make_key().encode())
    return encryption.read_key(path).recipients[0]
