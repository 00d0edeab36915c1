"""Files opened while a window already stands over the same work: they are left for it, and it takes them."""

import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, QTimer, Signal

from esf_desktop import paths
from esf_desktop.files import write_whole

PATIENCE = 4.0
"""Seconds that the other window has to take what was left for it."""
ENDING = ".files"


def give(workspace: Path, files: Sequence[Path]) -> bool:
    """Leave the files for the window that is open over the workspace; False when there is none, or it took nothing."""
    folder = _place(workspace)
    if not folder.is_dir() or _lock(folder).tryLock(0):
        return False
    left = folder / f"{time.time_ns()}{ENDING}"
    try:
        write_whole(left, json.dumps([str(file.absolute()) for file in files]).encode())
    except OSError:
        return False
    until = time.monotonic() + PATIENCE
    while left.exists() and time.monotonic() < until:
        time.sleep(0.02)
    try:
        left.unlink()
    except FileNotFoundError:
        return True
    return False


class Receiver(QObject):
    """Takes what other starts of the program leave for the window over this workspace, for as long as it stands."""

    given = Signal(list)
    """The paths of the files."""

    def __init__(self, workspace: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = _place(workspace)
        self._lock: QLockFile | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            return
        lock = _lock(self._folder)
        if not lock.tryLock(0):
            return
        self._lock = lock
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        QTimer.singleShot(0, self, self._look)

    def close(self) -> None:
        """Take nothing any more."""
        if self._lock is not None:
            self._lock.unlock()

    def _look(self) -> None:
        for left in sorted(self._folder.glob(f"*{ENDING}")):
            try:
                names = json.loads(left.read_bytes())
                left.unlink()
            except (OSError, ValueError):
                continue
            self.given.emit([Path(name) for name in names])


def _place(workspace: Path) -> Path:
    """A folder for each workspace, so that the practice round's window does not take what is meant for the real one."""
    return paths.handover_folder() / hashlib.sha256(str(workspace.absolute()).encode()).hexdigest()[:16]


def _lock(folder: Path) -> QLockFile:
    """Held by the window that takes; one that was left by a program that is gone counts for nothing."""
    made = QLockFile(str(folder / "window"))
    made.setStaleLockTime(0)
    return made
