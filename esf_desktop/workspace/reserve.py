"""A file that only takes up room, so that a disk that is full still takes the latest text once the file is gone."""

import os
from contextlib import suppress
from pathlib import Path

from esf_desktop.workspace.places import RESERVE_FILE

SIZE = 2**20


class Reserve:
    """The reserve of one workspace."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / RESERVE_FILE

    def fill(self) -> bool:
        """Take the room where it is not taken yet; False when the disk has none to spare."""
        with suppress(OSError):
            if self._file.stat().st_size == SIZE:
                return True
        try:
            descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "wb") as file:
                if hasattr(os, "posix_fallocate"):
                    os.posix_fallocate(file.fileno(), 0, SIZE)
                else:
                    file.write(bytes(SIZE))
        except OSError:
            self.give_up()
            return False
        return True

    def give_up(self) -> bool:
        """Let the room go; whether there was any."""
        try:
            self._file.unlink()
        except OSError:
            return False
        return True
