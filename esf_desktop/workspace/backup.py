"""Copies of the work database that count only when they have been opened and checked, and the way back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from esf_desktop.errors import EsfError, UnusablePlaceError
from esf_desktop.files import sync_folder, write_whole
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.workspace import journal, key_file
from esf_desktop.workspace.database import AlreadyOpenError, DamagedDatabaseError, connect, in_use, transaction
from esf_desktop.workspace.key_file import database_key
from esf_desktop.workspace.places import BACKUPS, DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE
from esf_desktop.workspace.tables import WORK_SCHEMA, work
from esf_desktop.workspace.workspace import Workspace

KEPT = (WORK_FILE, KEY_FILE, IDENTITY_FILE)
NAMED = "%Y-%m-%dT%H%M%S"
TRIAL = ".trial"


@dataclass(eq=False)
class BadBackupError(EsfError):
    """A backup that cannot be opened or is not sound."""

    code = "bad_backup"
    place: str

    def sentence(self) -> str:
        return _(
            "The backup {place} is not sound and was not used; your present data is untouched. Choose another."
        ).format(place=self.place)


@dataclass(frozen=True, slots=True)
class OpenBackup:
    """A backup that was opened where it lies, and is sound: its folder, its work database and the key of both."""

    folder: Path
    engine: sa.Engine
    key: bytes | None


def back_up(workspace: Workspace, passphrase: str | None, folder: Path | None = None, *, at: datetime) -> Path:
    """A checked copy of the work, its key and its identity, in a folder of its own named by the time.

    Raises:
        BadBackupError: what was written could not be read back as the same; it was taken away again.
    """
    target = (folder or workspace.folder / BACKUPS) / f"{at:{NAMED}}"
    target.mkdir(parents=True, mode=0o700)
    if folder is not None:
        _remember(workspace, target, at)
    workspace.settle()
    for name in KEPT:
        if (workspace.folder / name).exists():
            write_whole(target / name, (workspace.folder / name).read_bytes())
    if logical_hash_of(target, passphrase) != workspace.logical_hash():
        shutil.rmtree(target)
        raise BadBackupError(str(target))
    sync_folder(target.parent)
    return target


def backups(workspace: Workspace) -> tuple[Path, ...]:
    """The folders of every backup in the workspace, and of those elsewhere that can be reached now; oldest first."""
    inside = workspace.folder / BACKUPS
    found = list(inside.iterdir()) if inside.is_dir() else []
    holding = [
        path
        for path in dict.fromkeys((*found, *_remembered(workspace)))
        if any((path / name).is_file() for name in (WORK_FILE, DOCUMENTS_FILE))
    ]
    return tuple(sorted(holding, key=lambda path: (path.name, str(path))))


def out_of_reach(workspace: Workspace) -> tuple[str, ...]:
    """The backups that were made elsewhere and cannot be reached now, such as on a USB stick that is not in place."""
    return tuple(str(path) for path in _remembered(workspace) if not path.is_dir())


def date_of(backup: Path) -> datetime:
    """When the backup was made: its name says, or its folder."""
    try:
        return datetime.strptime(backup.name[:17], NAMED).astimezone()
    except ValueError:
        return datetime.fromtimestamp(backup.stat().st_mtime).astimezone()


@contextmanager
def opened(backup: Path, workspace: Workspace, passphrase: str | None = None) -> Iterator[OpenBackup]:
    """The backup, opened where it lies with the workspace's key or else with the passphrase.

    Raises:
        BadBackupError: it cannot be opened with either, or is not sound.
        AlreadyOpenError, UnusablePlaceError: it cannot be reached now.
    """
    engine, key = _connected(backup, workspace, passphrase)
    try:
        if not _sound(engine):
            raise BadBackupError(str(backup))
        yield OpenBackup(backup, engine, key)
    finally:
        engine.dispose()


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
    aside = folder / BACKUPS / f"{at:{NAMED}}-before-restore"
    aside.mkdir(parents=True, mode=0o700)
    readable = key_file.beginning(folder / DOCUMENTS_FILE) in (b"", _beginning_under(backup))
    unreadable = () if readable else (DOCUMENTS_FILE, f"{DOCUMENTS_FILE}-wal")
    for name in (*KEPT, f"{WORK_FILE}-wal", *unreadable):
        if (folder / name).exists():
            (folder / name).replace(aside / name)
    for name in KEPT:
        if (backup / name).exists():
            write_whole(folder / name, (backup / name).read_bytes())
    return aside


def logical_hash_of(backup: Path, passphrase: str | None) -> str:
    """What the backup says, after it was found sound; it is opened as a copy and stays as it is."""
    trial = backup / TRIAL
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


def tidy(folder: Path) -> None:
    """Take away what an interrupted backup or an interrupted writing of a file has left in the folder."""
    if (folder / TRIAL).is_dir():
        shutil.rmtree(folder / TRIAL)
    for path in folder.glob(".*.part"):
        path.unlink()


def remove_databases(backup: Path) -> None:
    """Take away what a backup that cannot be opened holds of the work; its keys stay."""
    for path in backup.glob("*.esfdb*"):
        path.unlink()
    if not any(backup.iterdir()):
        backup.rmdir()


def _connected(backup: Path, workspace: Workspace, passphrase: str | None) -> tuple[sa.Engine, bytes | None]:
    if not (backup / WORK_FILE).is_file():
        raise BadBackupError(str(backup))
    own = workspace.key if (backup / KEY_FILE).exists() else None
    try:
        return connect(backup / WORK_FILE, own, work, schema=WORK_SCHEMA), own
    except (AlreadyOpenError, UnusablePlaceError):
        raise
    except EsfError:
        pass
    try:
        key = database_key(backup / KEY_FILE, backup / WORK_FILE, passphrase)
        return connect(backup / WORK_FILE, key, work, schema=WORK_SCHEMA), key
    except EsfError as error:
        raise BadBackupError(str(backup)) from error


def _sound(engine: sa.Engine) -> bool:
    try:
        with transaction(engine) as connection:
            return not journal.faults(connection)
    except DamagedDatabaseError:
        return False


def _remember(workspace: Workspace, target: Path, at: datetime) -> None:
    known = cast("tuple[str, ...]", workspace.desk_value("backups") or ())
    with workspace.write(at=at, kind=Kind.SEAL) as doing:
        doing.put("", "backups", (*known, str(target.resolve())), round_="")


def _remembered(workspace: Workspace) -> tuple[Path, ...]:
    return tuple(Path(place) for place in cast("tuple[str, ...]", workspace.desk_value("backups") or ()))


def _beginning_under(backup: Path) -> bytes:
    """How a database begins that the backup's key opens, or no key."""
    kept = backup / KEY_FILE
    return key_file.read(kept).database if kept.exists() else b"SQLite format 3\0"
