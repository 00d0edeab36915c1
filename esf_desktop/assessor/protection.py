"""What a person does about the passphrase of their work: change it, recover it, take it on, take it off.

Each is one file written whole, or one folder renamed: a power cut leaves it as before or as after. The copies of the
key file in the workspace's own backups follow, so that what no longer opens the work opens none of them either.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from esf_desktop.errors import EsfError
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.passphrases import Strength, strength
from esf_desktop.workspace import Workspace, backup, key_file, recovery_code, turning
from esf_desktop.workspace.places import BACKUPS, KEY_FILE, WORK_FILE


class TooShortPassphraseError(EsfError):
    """A new passphrase that anybody could try out."""

    code = "short_passphrase"

    def sentence(self) -> str:
        return _("The new passphrase needs at least 8 characters. Nothing was changed; choose a longer one.")


class NotEncryptedError(EsfError):
    """Plain work, of which something was asked that only a passphrase can give."""

    code = "not_encrypted"

    def sentence(self) -> str:
        return _("This work is not encrypted, so it has no passphrase and no recovery code. Nothing was changed.")


class AlreadyEncryptedError(EsfError):
    """Encrypted work that was to be encrypted."""

    code = "already_encrypted"

    def sentence(self) -> str:
        return _("This work is encrypted already; change its passphrase instead. Nothing was changed.")


def change_passphrase(folder: Path, passphrase: str, new: str) -> None:
    """Let another passphrase open the work, the signing key and the backups here; the recovery code stays.

    Raises:
        WrongPassphraseError, TooShortPassphraseError, NotEncryptedError, BadKeyFileError, UnusablePlaceError.
    """
    keys = key_file.unlock(_key_file(folder), passphrase)
    _check_new(new)
    key_file.put_passphrase(folder / KEY_FILE, keys, new)
    _follow(folder)


def recover(folder: Path, code: str, new: str) -> None:
    """Set a passphrase by the recovery code, when the earlier one is forgotten.

    Raises:
        IncompleteCodeError, MisreadCodeError, WrongRecoveryCodeError, NoRecoveryCodeError, TooShortPassphraseError.
    """
    keys = key_file.unlock_by_code(_key_file(folder), code)
    _check_new(new)
    key_file.put_passphrase(folder / KEY_FILE, keys, new)
    _follow(folder)


def check_code(folder: Path, code: str) -> None:
    """Pass when the recovery code opens the work; otherwise raise what `recover` does."""
    key_file.unlock_by_code(_key_file(folder), code)


def new_code(folder: Path, passphrase: str) -> str:
    """A recovery code that opens the work from now on; an earlier one is worth nothing after.

    Raises:
        WrongPassphraseError, NotEncryptedError, BadKeyFileError, UnusablePlaceError.
    """
    keys = key_file.unlock(_key_file(folder), passphrase)
    code = recovery_code.make()
    key_file.put_code(folder / KEY_FILE, keys, code)
    _follow(folder)
    return code


def has_code(folder: Path) -> bool:
    """Whether a recovery code was made for the work."""
    return (folder / KEY_FILE).exists() and key_file.read(folder / KEY_FILE).recovery is not None


def encrypt(
    folder: Path,
    passphrase: str,
    *,
    at: datetime,
    progress: Callable[[int, int], None] = lambda n, total: None,
) -> None:
    """Put plain work that nobody has open under a passphrase; an encrypted backup takes the place of plain ones.

    Raises:
        AlreadyEncryptedError, TooShortPassphraseError, AlreadyOpenError, NoRoomError, UnusablePlaceError.
    """
    if (folder / KEY_FILE).exists():
        raise AlreadyEncryptedError
    _check_new(passphrase)
    turning.encrypt(folder, passphrase, progress=progress)
    if plain := plain_backups(folder):
        opened = Workspace.open(folder, passphrase)
        try:
            backup.back_up(opened, at=at, why=backup.Why.TURNING)
        finally:
            opened.close()
        for old in plain:
            shutil.rmtree(old)


def decrypt(folder: Path, passphrase: str, *, progress: Callable[[int, int], None] = lambda n, total: None) -> None:
    """Take the encryption off work that nobody has open; its backups keep theirs.

    Raises:
        NotEncryptedError, WrongPassphraseError, BadKeyFileError, AlreadyOpenError, NoRoomError, UnusablePlaceError.
    """
    turning.decrypt(_key_file(folder).parent, passphrase, progress=progress)


def plain_backups(folder: Path) -> tuple[Path, ...]:
    """The backups here that anybody could read."""
    found = sorted((folder / BACKUPS).glob("*")) if (folder / BACKUPS).is_dir() else []
    return tuple(one for one in found if (one / WORK_FILE).exists() and not (one / KEY_FILE).exists())


def _key_file(folder: Path) -> Path:
    path = folder / KEY_FILE
    if not path.exists():
        raise NotEncryptedError
    return path


def _check_new(passphrase: str) -> None:
    if strength(passphrase) is Strength.SHORT:
        raise TooShortPassphraseError


def _follow(folder: Path) -> None:
    """Give the backups of the same database the key file of now."""
    present = folder / KEY_FILE
    content, database = present.read_bytes(), key_file.read(present).database
    for copy in sorted((folder / BACKUPS).glob(f"*/{KEY_FILE}")):
        with suppress(EsfError, OSError):
            if key_file.read(copy).database == database:
                write_whole(copy, content)
