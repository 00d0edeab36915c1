"""What comes into a watched folder: a file counts once it is whole, and in each shape once only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from esf_desktop.errors import EsfError
from esf_desktop.signing.age_header import is_encrypted
from esf_desktop.signing.source import FileBytes

SUFFIXES = (".esfbundle", ".esfenrol", ".esfcall")
STILL = 1.0
"""Seconds for which a file that ends as ours do must have been the same."""
GIVEN_UP = 20.0
"""Seconds after which it is taken whatever its end, so that somebody is told what is wrong with it."""
_END = b"PK\x05\x06"
_END_SIZE = 22
Stamp = tuple[int, int]
"""A file's size in bytes and when it was last written, in nanoseconds."""


@dataclass
class Arriving:
    """The files of one folder: those that are being written, and those that were told of."""

    folder: Path
    _seen: dict[Path, tuple[Stamp, float]] = field(default_factory=dict)
    _told: dict[Path, Stamp] = field(default_factory=dict)

    def look(self, clock: float) -> tuple[Path, ...]:
        """The files that are whole by now and were not told of in this shape; a folder that is gone holds none.

        Args:
            clock: seconds that only ever grow.
        """
        present = dict(_stamped(self.folder))
        for gone in self._seen.keys() - present.keys():
            del self._seen[gone]
        whole = []
        for path, stamp in present.items():
            if self._told.get(path) == stamp:
                continue
            if path not in self._seen or self._seen[path][0] != stamp:
                self._seen[path] = stamp, clock
            still = clock - self._seen[path][1]
            if still >= GIVEN_UP or (still >= STILL and _ends_as_ours(path)):
                whole.append(path)
        for path in whole:
            self._told[path] = self._seen.pop(path)[0]
        return tuple(sorted(whole))

    @property
    def unfinished(self) -> tuple[Path, ...]:
        """The files that are being written, as far as one can tell."""
        return tuple(sorted(self._seen))


def _ends_as_ours(path: Path) -> bool:
    """Whether the file ends with the end of an archive, or is encrypted, of which nobody can tell the end."""
    try:
        with FileBytes(path) as source:
            size = len(source)
            return size > _END_SIZE and (source[size - _END_SIZE :].startswith(_END) or is_encrypted(source))
    except EsfError:
        return False


def _stamped(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    try:
        inside: Iterable[Path] = list(folder.iterdir())
    except OSError:
        return
    for path in inside:
        if path.name.startswith(".") or not path.name.lower().endswith(SUFFIXES):
            continue
        try:
            found = path.stat()
        except OSError:
            continue
        yield path, (found.st_size, found.st_mtime_ns)
