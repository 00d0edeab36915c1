"""Files opened while a window already stands over the same work, or none: they are left for it, and it takes them."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

PATIENCE = 4.0
"""Seconds that the other window has to take what was left for it."""
LOOKS = 1_500
"""Milliseconds between looks at the folder that nobody has told to have changed."""
ENDING = ".files"


def give(workspace: Path, files: Sequence[Path]) -> bool:
    """Leave the files for the window that holds the workspace; False when it is not there yet, or took nothing."""
    folder = _place(workspace)
    if not folder.is_dir():
        return False
    left = folder / f"{time.time_ns()}{ENDING}"
    beside = left.with_suffix(".part")
    try:
        beside.write_bytes(json.dumps([str(file.absolute()) for file in files]).encode())
        beside.replace(left)  # nothing after this may fail: the window may have taken it, and be gone
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
    """The paths of the files; none when the window is only to come forward."""

    def __init__(self, workspace: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = _place(workspace)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._now_and_then = QTimer(self, interval=LOOKS)  # some file systems tell of no change
        self._now_and_then.timeout.connect(self._look)
        self._now_and_then.start()
        QTimer.singleShot(0, self, self._look)

    def close(self) -> None:
        """Take nothing any more."""
        self._now_and_then.stop()
        with suppress(OSError):
            self._folder.rmdir()

    def _look(self) -> None:
        for left in sorted(self._folder.glob(f"*{ENDING}")):
            try:
                names = json.loads(left.read_bytes())
                left.unlink()
            except (OSError, ValueError):
                continue
            self.given.emit([Path(name) for name in names])


def _place(workspace: Path) -> Path:
    """In the work's own folder, which both starts are about and nobody else can read."""
    return workspace / ".given"
