"""A backup takes the place of what lies in a workspace's folder: before or after, never between, and nothing is lost.

Everything is copied into a folder beside the work, checked there, and that folder is renamed: that is the moment. What
is left, moving the present data aside and putting the backup in its place, is done by `finish`, now or when the
workspace is next opened.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from esf_desktop.errors import UnusablePlaceError
from esf_desktop.files import sync_file, sync_folder, write_whole
from esf_desktop.workspace.mirror import go_on
from esf_desktop.workspace.places import BACKUPS, DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE

MADE, READY = ".restoring.part", ".restoring"
_ASIDE, _MOVED = "aside", "moved"
"""What is to be moved aside and where, and the sign that all of it was."""
TAKES_PLACE = (WORK_FILE, KEY_FILE, IDENTITY_FILE, DOCUMENTS_FILE)


def begin(folder: Path, backup: Path) -> Path:
    """A folder beside the work with everything that the backup holds; to be checked, and then given to `commit`.

    Raises:
        OSError: it could not be read or written; nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    finish(folder)
    made = folder / MADE
    made.mkdir(mode=0o700)
    for name in TAKES_PLACE:
        if (backup / name).exists():
            shutil.copyfile(backup / name, made / name)
            (made / name).chmod(0o600)
            sync_file(made / name)
    return made


def commit(folder: Path, aside: str, *, leaving: Sequence[str]) -> Path:
    """Let what was begun take the place of the present data; the answer is the folder where that lies afterwards.

    Args:
        aside: the name of that folder among the backups.
        leaving: which files are moved there besides those of which the backup has one.
    """
    made = folder / MADE
    named = [name for name in TAKES_PLACE if (made / name).exists()]
    gone = list(dict.fromkeys([*named, *leaving]))
    beside = [f"{name}{end}" for name in gone if name.endswith(".esfdb") for end in ("-wal", "-shm", "-journal")]
    write_whole(made / _ASIDE, "\n".join([aside, *gone, *beside]).encode())
    sync_folder(made)
    made.rename(folder / READY)
    sync_folder(folder)
    finish(folder)
    return folder / BACKUPS / aside


def abandon(folder: Path) -> None:
    """Throw away what was begun and not committed."""
    shutil.rmtree(folder / MADE, ignore_errors=True)


def finish(folder: Path) -> None:
    """Complete what was committed, and throw away what was not; nothing happens where nothing was begun."""
    abandon(folder)
    ready = folder / READY
    if not ready.exists():
        return
    try:
        go_on(folder)
        aside, *gone = (ready / _ASIDE).read_text("utf-8").split("\n")
        target = folder / BACKUPS / aside
        if not (ready / _MOVED).exists():
            target.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in gone:
                with suppress(FileNotFoundError):
                    os.replace(folder / name, target / name)
            sync_folder(target)
            sync_folder(folder)
            write_whole(ready / _MOVED, b"")
        for name in TAKES_PLACE:
            with suppress(FileNotFoundError):
                os.replace(ready / name, folder / name)
        ready.rename(folder / MADE)  # at once, so that nothing half removed is ever finished again
        sync_folder(folder)
        abandon(folder)
        with suppress(OSError):
            target.rmdir()  # when there was nothing to move aside
    except OSError as error:
        raise UnusablePlaceError(folder.name) from error
