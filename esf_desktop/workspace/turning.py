"""A plain workspace becomes an encrypted one, or the other way: before or after, never between.

Both databases are copied into a folder beside them, checked, and the folder is renamed: that is the moment. What is
left is putting its files in place, which `finish` does, now or when the workspace is next opened.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from esf_desktop import lock
from esf_desktop.errors import UnusablePlaceError
from esf_desktop.files import sync_folder, write_whole
from esf_desktop.workspace import key_file
from esf_desktop.workspace.database import copy_under
from esf_desktop.workspace.mirror import go_on
from esf_desktop.workspace.places import DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE

MADE, TURNED = ".turning.part", ".turning"
_LEAVES = "leaves"
"""Names the file that the workspace has no use for any more."""


def encrypt(folder: Path, passphrase: str, *, progress: Callable[[int, int], None] = lambda n, total: None) -> None:
    """Put a plain workspace that nobody has open under a passphrase, its signing key too.

    Raises:
        AlreadyOpenError, DamagedDatabaseError, NoRoomError, UnusablePlaceError: it is as it was.
    """
    made = _begin(folder)
    identity = folder / IDENTITY_FILE
    content = identity.read_bytes() if identity.exists() else None
    key = key_file.make(made / KEY_FILE, passphrase, content)
    _turn(folder, None, key, leaves=IDENTITY_FILE, progress=progress)


def decrypt(folder: Path, passphrase: str, *, progress: Callable[[int, int], None] = lambda n, total: None) -> None:
    """Take the encryption off a workspace that nobody has open.

    Raises:
        WrongPassphraseError, BadKeyFileError, AlreadyOpenError, NoRoomError, UnusablePlaceError: it is as it was.
    """
    keys = key_file.unlock(folder / KEY_FILE, passphrase)
    made = _begin(folder)
    if keys.identity is not None:
        write_whole(made / IDENTITY_FILE, keys.identity)
    _turn(folder, keys.database, None, leaves=KEY_FILE, progress=progress)


@contextmanager
def new(folder: Path) -> Iterator[Path]:
    """A folder in which a new workspace is made; it is put in place when the block ends, or nothing is there.

    Raises:
        AlreadyOpenError, UnusablePlaceError: the folder is as before; it may hold work already.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusablePlaceError(str(folder)) from error
    held = lock.hold(folder)
    try:
        made = _begin(folder)
        if key_file.beginning(folder / WORK_FILE):
            raise UnusablePlaceError(WORK_FILE)
        yield made
        go_on(folder)
        _commit(folder)
        finish(folder)
    except OSError as error:
        raise UnusablePlaceError(folder.name) from error
    finally:
        shutil.rmtree(folder / MADE, ignore_errors=True)
        held.release()


def finish(folder: Path) -> None:
    """Put in place what was turned wholly, and throw away what was not; nothing happens where nothing was begun."""
    turned = folder / TURNED
    if (folder / MADE).exists():
        shutil.rmtree(folder / MADE, ignore_errors=True)
    if not turned.exists():
        return
    try:
        for name in (WORK_FILE, DOCUMENTS_FILE, KEY_FILE, IDENTITY_FILE):
            _put_in_place(turned / name, folder / name)
        with suppress(FileNotFoundError):
            (folder / (turned / _LEAVES).read_text("ascii")).unlink()
        sync_folder(folder)
        shutil.rmtree(turned)
    except OSError as error:
        raise UnusablePlaceError(folder.name) from error


def _begin(folder: Path) -> Path:
    finish(folder)
    made = folder / MADE
    try:
        made.mkdir(mode=0o700)
    except OSError as error:
        raise UnusablePlaceError(folder.name) from error
    return made


def _turn(
    folder: Path, old: bytes | None, new: bytes | None, *, leaves: str, progress: Callable[[int, int], None]
) -> None:
    made = folder / MADE
    try:
        for number, name in enumerate((WORK_FILE, DOCUMENTS_FILE)):
            progress(number, 3)
            copy_under(folder / name, old, made / name, new)
        progress(2, 3)
        write_whole(made / _LEAVES, leaves.encode())
        _commit(folder)
    except OSError as error:
        raise UnusablePlaceError(folder.name) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    finish(folder)
    progress(3, 3)


def _commit(folder: Path) -> None:
    sync_folder(folder / MADE)
    (folder / MADE).rename(folder / TURNED)
    sync_folder(folder)


def _put_in_place(source: Path, target: Path) -> None:
    if not source.exists():
        return
    for beside in ("-wal", "-shm"):
        target.with_name(target.name + beside).unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        os.replace(source, target)
