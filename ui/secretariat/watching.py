"""A folder that is watched for what arrives: the system tells of changes, and a look now and then finds the rest."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from esf_desktop.secretariat.arriving import Arriving

LOOK = 1_500
"""Milliseconds between two looks; folders in a cloud or on a server tell of nothing by themselves."""


class Watching(QObject):
    """Tells of files in the chosen folder once they are whole."""

    arrived = Signal(object)
    """A tuple of paths."""
    changed = Signal()
    """Another folder, or none, is watched, or other files are being written."""

    def __init__(self, parent: QObject, busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._busy = busy
        self._arriving: Arriving | None = None
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _folder: self.look())

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self._arriving.folder if self._arriving else None

    @property
    def unfinished(self) -> tuple[Path, ...]:
        """Files that are being written."""
        return self._arriving.unfinished if self._arriving else ()

    def watch(self, folder: Path | None) -> None:
        """Watch this folder from now on, or none."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._arriving = Arriving(folder) if folder else None
        if folder is None:
            self._timer.stop()
        else:
            self._watcher.addPath(str(folder))
            self._timer.start()
            self.look()
        self.changed.emit()

    def look(self) -> None:
        """See what is whole by now; while something is under way it waits for the next look."""
        if self._arriving is None or self._busy():
            return
        before = self._arriving.unfinished
        whole = self._arriving.look(time.monotonic())
        if whole:
            self.arrived.emit(whole)
        if self._arriving.unfinished != before:
            self.changed.emit()

    def stop(self) -> None:
        """Look no more."""
        self._arriving = None
        self._timer.stop()
