"""Copies of the work that count only when they have been opened and checked, and the way back.

A backup is a folder named by its time, with the work database, the keys and, written last, a manifest that says what
is in it. Documents are large and come again with their files, so only a backup for another computer holds them.
"""

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import cast

import msgspec
import sqlalchemy as sa

from esf_desktop import lock
from esf_desktop.errors import BadKeyFileError, EsfError, NoRoomError, UnusablePlaceError, WrongPassphraseError
from esf_desktop.files import sync_folder, write_whole
from esf_desktop.history import Kind
from esf_desktop.i18n import _
from esf_desktop.model import Moment, Sha256, Value
from esf_desktop.workspace import key_file, proof, recovery_code, restoring, schedule
from esf_desktop.workspace.content import Compared, Content, content_of
from esf_desktop.workspace.database import (
    AlreadyOpenError,
    DamagedDatabaseError,
    PassphraseNeededError,
    as_it_is,
    close,
    connect,
    copy_open,
    in_use,
    logical_hash,
    transaction,
)
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.key_file import database_key
from esf_desktop.workspace.places import (
    BACKUPS,
    DOCUMENTS_FILE,
    IDENTITY_FILE,
    KEY_FILE,
    MANIFEST_FILE,
    WORK_FILE,
)
from esf_desktop.workspace.tables import WORK_SCHEMA, work
from esf_desktop.workspace.workspace import Workspace

NAMED = "%Y-%m-%dT%H%M%S"
TRIAL = ".trial"
_KEYS = (KEY_FILE, IDENTITY_FILE)


class Why(StrEnum):
    """What a backup was made for."""

    SCHEDULE = "schedule"
    CLOSE = "close"
    INTAKE = "intake"
    TURNING = "turning"
    UPGRADE = "upgrade"
    PERSON = "person"
    MOVE = "move"

    @property
    def thinned(self) -> bool:
        """Whether such a backup may go when later ones have been made."""
        return self not in (Why.UPGRADE, Why.MOVE)


class Manifest(Value, frozen=True):
    """What a backup says of itself; it is written when the copy was found to hold exactly this."""

    at: Moment
    why: Why
    content: Content
    keys: Sha256
    """Over the files of the keys, which change without the work."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked when it was made: its folder, and what that says of it."""

    place: Path
    manifest: Manifest


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


def back_up(
    workspace: Workspace,
    folder: Path | None = None,
    *,
    at: datetime,
    why: Why = Why.PERSON,
    documents: bool = False,
    step: Callable[[int, int], None] = lambda n, total: None,
) -> Path:
    """A checked copy of the work and its keys, in a folder of its own named by the time.

    Args:
        folder: where, if not in the workspace's own folder; the work remembers it, so that a purge finds it.
        documents: copy them too, as another computer needs them.

    Raises:
        BadBackupError, NoRoomError, UnusablePlaceError: there is no new backup.
    """
    parent = folder or workspace.folder / BACKUPS
    with _told(parent):
        target, made = _new_place(parent, at)
        try:
            if folder is not None:
                remember(workspace, target, at)
            content = workspace.copy_to(made / WORK_FILE)
            for name in _KEYS:
                if (workspace.folder / name).exists():
                    write_whole(made / name, (workspace.folder / name).read_bytes())
            if documents:
                _copy_documents(workspace, made / DOCUMENTS_FILE, step)
            if _checked(made, workspace.key) != content:
                raise BadBackupError(str(target))
            _describe(made, Manifest(at, why, content, _keys_of(made)))
            made.rename(target)
            sync_folder(parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return target


def back_up_if_changed(workspace: Workspace, *, at: datetime, why: Why) -> Path | None:
    """A backup in the workspace's own folder, and the older ones thinned; None when the latest holds all of it."""
    made = made_in(workspace.folder / BACKUPS)
    content = workspace.content()
    if not content.rows:
        return None
    if made and made[-1].manifest.content == content and made[-1].manifest.keys == _keys_of(workspace.folder):
        return None
    new = back_up(workspace, at=at, why=why)
    thin(workspace.folder / BACKUPS, at)
    return new


def before_upgrade(engine: sa.Engine, key: bytes | None, folder: Path, *, at: datetime) -> Path:
    """A checked copy of a work database of an earlier schema, with its keys, before it is upgraded.

    The engine stays open and the database as it is. The copy is compared with it row by row, whatever its tables are.

    Raises:
        BadBackupError, NoRoomError, UnusablePlaceError, DamagedDatabaseError: there is no backup; do not upgrade.
    """
    parent = folder / BACKUPS
    with _told(parent):
        target, made = _new_place(parent, at, "-before-upgrade")
        try:
            said = copy_open(engine, key, made / WORK_FILE, seen=lambda: logical_hash(engine))
            for name in _KEYS:
                if (folder / name).exists():
                    write_whole(made / name, (folder / name).read_bytes())
            copy = as_it_is(made / WORK_FILE, key)
            try:
                with transaction(copy) as connection:
                    verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                    content = _as_far_as_known(connection)
                if verdict != ["ok"] or logical_hash(copy) != said:
                    raise BadBackupError(str(target))
            finally:
                close(copy)
            _describe(made, Manifest(at, Why.UPGRADE, content, _keys_of(made)))
            made.rename(target)
            sync_folder(parent)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return target


def made_in(parent: Path) -> tuple[Backup, ...]:
    """The backups in a folder that were checked when they were made, oldest first; others are passed over."""
    found = []
    for path in parent.iterdir() if parent.is_dir() else ():
        with suppress(OSError, msgspec.MsgspecError):
            if not path.name.startswith(".") and (path / WORK_FILE).is_file():
                content = (path / MANIFEST_FILE).read_bytes()
                found.append(Backup(path, msgspec.json.decode(content, type=Manifest)))
    return tuple(sorted(found, key=lambda one: (one.manifest.at, one.place.name)))


def thin(parent: Path, now: datetime) -> tuple[Path, ...]:
    """Remove the backups that the schedule does not keep, and what an interrupted one has left; say which went."""
    for left in parent.glob(".*.part"):
        shutil.rmtree(left, ignore_errors=True)
    made = [one for one in made_in(parent) if one.manifest.why.thinned]
    stay = schedule.kept([one.manifest.at for one in made], now)
    gone = tuple(one.place for one in made if one.manifest.at not in stay)
    for place in gone:
        (place / MANIFEST_FILE).unlink(missing_ok=True)  # what is half removed counts for nothing
        shutil.rmtree(place, ignore_errors=True)
    return gone


def backups(workspace: Workspace) -> tuple[Path, ...]:
    """The folders of every backup in the workspace, and of those elsewhere that can be reached now; oldest first."""
    elsewhere = [inner for path in _remembered(workspace) for inner in (path, *_inside(path))]
    holding = [
        path
        for path in dict.fromkeys((*_inside(workspace.folder / BACKUPS), *elsewhere))
        if any((path / name).is_file() for name in (WORK_FILE, DOCUMENTS_FILE))
    ]
    return tuple(sorted(holding, key=lambda path: (path.name, str(path))))


def out_of_reach(workspace: Workspace) -> tuple[str, ...]:
    """The places elsewhere that backups were made in and that cannot be reached now, such as a USB stick's."""
    return tuple(str(path) for path in _remembered(workspace) if not path.is_dir())


def date_of(backup: Path) -> datetime:
    """When the backup was made: its manifest says, or its name, or its folder."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((backup / MANIFEST_FILE).read_bytes(), type=Manifest).at.astimezone()
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
        close(engine)


def compared(backup: Path, workspace: Workspace) -> Compared:
    """What would be otherwise if the backup took the place of the work that is open.

    Raises:
        BadBackupError: the work's own key does not open it, or it is not sound.
    """
    with opened(backup, workspace) as copy, transaction(copy.engine) as connection:
        return workspace.compared(connection)


def describe_again(open_: OpenBackup) -> None:
    """Let the manifest of a backup say what is in it now, after something was taken out of it."""
    file = open_.folder / MANIFEST_FILE
    with suppress(msgspec.MsgspecError, FileNotFoundError):
        said = msgspec.json.decode(file.read_bytes(), type=Manifest)
        with transaction(open_.engine) as connection:
            content = content_of(connection)
        _describe(open_.folder, Manifest(said.at, said.why, content, said.keys))


def key_of(backup: Path, secret: str | None) -> bytes | None:
    """The key of a backup by its passphrase, or by the recovery code of that time; None for a plain one.

    Raises:
        PassphraseNeededError, WrongPassphraseError, BadKeyFileError: nothing was touched.
    """
    kept = backup / KEY_FILE
    if not kept.exists():
        return None
    if not secret:
        raise PassphraseNeededError
    try:
        return key_file.unlock(kept, secret).database
    except WrongPassphraseError:
        try:
            recovery_code.read(secret)
        except EsfError:
            pass
        else:
            return key_file.unlock_by_code(kept, secret).database
        raise


def restore(backup: Path, folder: Path, secret: str | None, *, at: datetime) -> Path:
    """Put a backup in the workspace's place; the present data is moved aside, to the folder that is returned.

    Args:
        secret: the passphrase that opens the backup, or the recovery code; None for a plain one.

    Raises:
        BadBackupError, WrongPassphraseError, PassphraseNeededError, AlreadyOpenError, NoRoomError, UnusablePlaceError:
            nothing was changed.
    """
    if not (backup / WORK_FILE).is_file():
        raise BadBackupError(str(backup))
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = lock.hold(folder)
        try:
            if in_use(folder / WORK_FILE):
                raise AlreadyOpenError(WORK_FILE)
            key = key_of(backup, secret)
            made = restoring.begin(folder, backup)
            _checked(made, key)
            aside = _new_name(folder / BACKUPS, at, "-before-restore")
            return restoring.commit(folder, aside, leaving=_leaving(folder, backup))
        finally:
            restoring.abandon(folder)
            held.release()


def logical_hash_of(backup: Path, passphrase: str | None) -> str:
    """What the backup says, after it was found sound; it is opened as a copy and stays as it is."""
    trial = backup / TRIAL
    trial.mkdir(mode=0o700)
    try:
        for name in (WORK_FILE, KEY_FILE):
            if (backup / name).exists():
                shutil.copyfile(backup / name, trial / name)
        opened = Workspace.open(trial, passphrase, as_it_is=True)
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
    for left in (folder / TRIAL, *(folder / BACKUPS).glob(".*.part")):
        if left.is_dir():
            shutil.rmtree(left)
    for path in folder.glob(".*.part"):
        if path.is_file():
            path.unlink()


def remove_databases(backup: Path) -> None:
    """Take away what a backup that cannot be opened holds of the work; its keys stay."""
    for path in (*backup.glob("*.esfdb*"), *backup.glob(MANIFEST_FILE), *backup.glob(lock.LOCK_FILE)):
        path.unlink()
    if not any(backup.iterdir()):
        backup.rmdir()


def _copy_documents(workspace: Workspace, target: Path, step: Callable[[int, int], None]) -> None:
    """Copy every document; the copy is opened, and holds the same ones."""
    with workspace.store.filling:
        workspace.store.copy_to(target, workspace.key, step)
        copy = DocumentStore(target, workspace.key)
        try:
            if copy.known() != workspace.store.known():
                raise BadBackupError(str(target.parent))
        finally:
            copy.close()


def _checked(made: Path, key: bytes | None) -> Content:
    """What is in the copy, which is opened and found sound."""
    try:
        if (made / KEY_FILE).exists() and key is not None:
            salt = key_file.read(made / KEY_FILE).database
            if key_file.beginning(made / WORK_FILE) != salt or not key.endswith(salt):
                raise BadBackupError(str(made))
        engine = connect(made / WORK_FILE, key, work, schema=WORK_SCHEMA)
    except (DamagedDatabaseError, BadKeyFileError) as error:
        raise BadBackupError(str(made)) from error
    try:
        with transaction(engine) as connection:
            if proof.faults(connection):
                raise BadBackupError(str(made))
            return content_of(connection)
    except DamagedDatabaseError as error:
        raise BadBackupError(str(made)) from error
    finally:
        close(engine)


def _as_far_as_known(connection: sa.Connection) -> Content:
    """What is in a database of another schema, where its tables can be counted as those of now."""
    try:
        return content_of(connection)
    except (sa.exc.DBAPIError, msgspec.MsgspecError):
        return Content()


def _new_place(parent: Path, at: datetime, ending: str = "") -> tuple[Path, Path]:
    """The folder of a new backup, and the one in which it is made first."""
    parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = _new_name(parent, at, ending)
    made = parent / f".{name}.part"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(mode=0o700)
    return parent / name, made


def _new_name(parent: Path, at: datetime, ending: str) -> str:
    """A name by the time on the wall, which comes twice on one night of the year."""
    stamp = f"{at:{NAMED}}{ending}"
    name, number = stamp, 1
    while (parent / name).exists():
        number += 1
        name = f"{stamp}-{number}"
    return name


def _describe(folder: Path, manifest: Manifest) -> None:
    write_whole(folder / MANIFEST_FILE, msgspec.json.format(msgspec.json.encode(manifest), indent=2))


def _keys_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in _KEYS:
        with suppress(FileNotFoundError):
            digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """What the disk refuses, as a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoomError from error
        raise UnusablePlaceError(str(place)) from error


def _leaving(folder: Path, backup: Path) -> list[str]:
    """What of the present data the restored work could not use: every key, and documents under another one."""
    beginning = key_file.beginning(folder / DOCUMENTS_FILE)
    readable = beginning in (b"", _beginning_under(backup))
    return [WORK_FILE, *_KEYS, *([] if readable else [DOCUMENTS_FILE])]


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
            return not proof.faults(connection)
    except DamagedDatabaseError:
        return False


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def remember(workspace: Workspace, target: Path, at: datetime) -> None:
    """Let the work know of a place of backups, so that a purge looks there."""
    known = cast("tuple[str, ...]", workspace.desk_value("backups") or ())
    if (place := str(target.resolve())) not in known:
        with workspace.write(at=at, kind=Kind.SEAL) as doing:
            doing.put("", "backups", (*known, place), round_="")


def knows(workspace: Workspace, place: Path) -> bool:
    """Whether the work knows of this place of backups."""
    return place.resolve() in _remembered(workspace)


def _remembered(workspace: Workspace) -> tuple[Path, ...]:
    return tuple(Path(place) for place in cast("tuple[str, ...]", workspace.desk_value("backups") or ()))


def _beginning_under(backup: Path) -> bytes:
    """How a database begins that the backup's key opens, or no key."""
    kept = backup / KEY_FILE
    return key_file.read(kept).database if kept.exists() else b"SQLite format 3\0"
