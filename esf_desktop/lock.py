"""One writer: a file in the folder of the work that is locked for as long as a program has it open.

SQLite's own locks are not enough, because POSIX drops them when any part of this program closes the database file, as
a copy or a look at its first bytes does. This file is opened here alone, and a kill lets go of it.
"""

import contextlib
import errno
import os
import sys
import threading
from pathlib import Path

from esf_desktop.errors import AlreadyOpenError, UnusablePlaceError

LOCK_FILE = "open.lock"
"""What stands in it is word for a second start."""
_FAR = 2**30
"""Where Windows locks a byte, which nobody may read then: far behind what stands in the file."""
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_guard = threading.Lock()
_held: dict[str, tuple[int, int]] = {}
"""By folder, the open file and how often this program holds it: the window does, and the workspace within it."""


class Held:
    """The right to write in one folder, until it is given back."""

    def __init__(self, folder: str) -> None:
        self._folder: str | None = folder

    def say(self, content: bytes) -> None:
        """Leave word in the file for a second start."""
        with _guard, contextlib.suppress(OSError):
            if self._folder is not None:
                descriptor = _held[self._folder][0]
                os.ftruncate(descriptor, 0)
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, content)
                os.fsync(descriptor)

    def release(self) -> None:
        """Give it back; once more does nothing."""
        with _guard:
            folder, self._folder = self._folder, None
            if folder is None:
                return
            descriptor, times = _held.pop(folder)
            if times > 1:
                _held[folder] = descriptor, times - 1
                return
            _let_go(descriptor)


def hold(folder: Path) -> Held:
    """The right to write in the folder, which must be there; this program may hold it several times.

    Raises:
        AlreadyOpenError: another program holds it.
        UnusablePlaceError: nothing can be written there.
    """
    key = os.path.realpath(folder)
    with _guard:
        if key in _held:
            descriptor, times = _held[key]
            _held[key] = descriptor, times + 1
            return Held(key)
        try:
            descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UnusablePlaceError(LOCK_FILE) from error
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _TAKEN:
                raise AlreadyOpenError(folder.name) from error
            raise UnusablePlaceError(LOCK_FILE) from error
        _held[key] = descriptor, 1
        return Held(key)


def word(folder: Path) -> bytes:
    """What whoever holds the folder, or held it last, has left word of; empty for nothing."""
    try:
        return (folder / LOCK_FILE).read_bytes()
    except OSError:
        return b""


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _let_go(descriptor: int) -> None:
        with contextlib.suppress(OSError):
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        os.close(descriptor)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)
