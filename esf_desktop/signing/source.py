"""Where a reader's bytes come from: memory, or a file that is read in pieces and never held whole."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from esf_desktop.errors import UnreadableFileError
from esf_desktop.files import readable

PIECE = 2**20


class FileBytes:
    """A file as if it were bytes: sliced and searched, each slice read when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            UnreadableFileError: the system does not let us.
        """
        self._name = readable(path.name)
        try:
            self._file = path.open("rb", buffering=0)
            self._size = os.fstat(self._file.fileno()).st_size
        except OSError as error:
            raise UnreadableFileError(self._name) from error

    def __enter__(self) -> "FileBytes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, where: slice) -> bytes:
        start, stop, _ = where.indices(self._size)
        found = []
        try:
            self._file.seek(start)
            while start < stop and (piece := self._file.read(stop - start)):
                found.append(piece)
                start += len(piece)
        except OSError as error:
            raise UnreadableFileError(self._name) from error
        return b"".join(found)

    def __contains__(self, wanted: bytes) -> bool:
        size = len(wanted) - 1
        return any(wanted in self[start : start + PIECE + size] for start in range(0, self._size, PIECE))

    def startswith(self, wanted: bytes, at: int = 0) -> bool:
        """Whether these bytes stand there."""
        return self[at : at + len(wanted)] == wanted

    def endswith(self, wanted: bytes) -> bool:
        """Whether these bytes stand last."""
        return self.startswith(wanted, max(0, self._size - len(wanted)))

    def rfind(self, wanted: bytes, start: int = 0, end: int | None = None) -> int:
        """Where these bytes stand last between start and end, in the last megabyte of that; -1 when they do not."""
        end = self._size if end is None else end
        start = max(start, end - PIECE)
        found = self[start:end].rfind(wanted)
        return found if found < 0 else start + found


Source = bytes | FileBytes


def pieces(source: Source, start: int, size: int) -> Iterator[bytes]:
    """So many bytes from there, in pieces of 1 MiB; fewer when there are no more."""
    end = start + size
    for at in range(start, end, PIECE):
        yield source[at : min(at + PIECE, end)]
