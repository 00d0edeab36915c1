"""Who may read the work: its person alone. Modes that were loosened, as copying to and fro does, are mended."""

import os
from contextlib import suppress
from pathlib import Path

from esf_desktop import log
from esf_desktop.lock import LOCK_FILE
from esf_desktop.workspace.places import (
    BACKUPS,
    DOCUMENTS_FILE,
    IDENTITY_FILE,
    KEY_FILE,
    MANIFEST_FILE,
    RESERVE_FILE,
    WORK_FILE,
)

_OURS = (
    *(f"{name}{end}" for name in (WORK_FILE, DOCUMENTS_FILE) for end in ("", "-wal", "-shm", "-journal")),
    KEY_FILE,
    IDENTITY_FILE,
    MANIFEST_FILE,
    LOCK_FILE,
    RESERVE_FILE,
)


def mend(folder: Path) -> int:
    """Give the folder, its backups and what is ours in them the modes 0700 and 0600; say how many had others.

    On Windows the folder's own rights hold, which a person's data folder has from the system.
    """
    if os.name == "nt" or not (folder / WORK_FILE).exists():
        return 0
    backups = folder / BACKUPS
    folders = [folder, *([backups, *(one for one in backups.iterdir() if one.is_dir())] if backups.is_dir() else [])]
    mended = 0
    for one in folders:
        mended += _give(one, 0o700)
        mended += sum(_give(one / name, 0o600) for name in _OURS)
    if mended:
        log.logger.info("rights mended: %d", mended)
    return mended


def _give(path: Path, mode: int) -> bool:
    with suppress(OSError):
        if not path.is_symlink() and path.stat().st_mode & 0o077:
            path.chmod(mode)
            return True
    return False
