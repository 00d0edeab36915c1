"""Copies of the work database that count only when they have been opened and checked, and the way back."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from esf_desktop.errors import EsfError
from esf_desktop.files import sync_folder, write_whole
from esf_desktop.i18n import _
from esf_desktop.workspace.database import AlreadyOpenError, in_use
from esf_desktop.workspace.workspace import DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE, Workspace

KEPT = (WORK_FILE, KEY_FILE, IDENTITY_FILE)
BACKUPS = "backups"


@dataclass(eq=False)
class BadBackupError(EsfError):
    """A backup that cannot be opened or is not sound."""

    code = "bad_backup"
    place: str

    def sentence(self) -> str:
        return _(
            "The backup {place} is not sound and was not used; your present data is untouched. Choose another."
        ).format(place=self.place)


def back_up(workspace: Workspace, passphrase: str | None, folder: Path | None = None, *, at: datetime) -> Path:
    """A checked copy of the work, its key and its identity, in a folder of its own named by the time.

    Raises:
        BadBackupError: what was written could not be read back as the same; it was taken away again.
    """
    target = (folder or workspace.folder / BACKUPS) / f"{at:%Y-%m-%dT%H%M%S}"
    target.mkdir(parents=True, mode=0o700)
    workspace.settle()
    for name in KEPT:
        if (workspace.folder / name).exists():
            write_whole(target / name, (workspace.folder / name).read_bytes())
    if logical_hash_of(target, passphrase) != workspace.logical_hash():
        shutil.rmtree(target)
        raise BadBackupError(str(target))
    sync_folder(target.parent)
    return target


def restore(backup: Path, folder: Path, passphrase: str | None, *, at: datetime) -> Path:
    """Put a backup in the workspace's place; the present data is moved aside, to the folder that is returned.

    Raises:
        BadBackupError, WrongPassphraseError, PassphraseNeededError, AlreadyOpenError: nothing was changed.
    """
    if not (backup / WORK_FILE).is_file():
        raise BadBackupError(str(backup))
    if in_use(folder / WORK_FILE):
        raise AlreadyOpenError(WORK_FILE)
    logical_hash_of(backup, passphrase)
    aside = folder / BACKUPS / f"{at:%Y-%m-%dT%H%M%S}-before-restore"
    aside.mkdir(parents=True, mode=0o700)
    other_key = _content(backup / KEY_FILE) != _content(folder / KEY_FILE)
    unreadable = (DOCUMENTS_FILE, f"{DOCUMENTS_FILE}-wal") if other_key else ()
    for name in (*KEPT, f"{WORK_FILE}-wal", *unreadable):
        if (folder / name).exists():
            (folder / name).replace(aside / name)
    for name in KEPT:
        if (backup / name).exists():
            write_whole(folder / name, (backup / name).read_bytes())
    return aside


def logical_hash_of(backup: Path, passphrase: str | None) -> str:
    """What the backup says, after it was found sound; it is opened as a copy and stays as it is."""
    trial = backup / ".trial"
    trial.mkdir(mode=0o700)
    try:
        for name in (WORK_FILE, KEY_FILE):
            if (backup / name).exists():
                shutil.copyfile(backup / name, trial / name)
        opened = Workspace.open(trial, passphrase)
        try:
            if opened.faults():
                raise BadBackupError(str(backup))
            return opened.logical_hash()
        finally:
            opened.close()
    finally:
        shutil.rmtree(trial)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
