"""Files and folders that a person gives to the register, as what receives them is given them."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from esf_desktop.errors import UnreadableFileError
from esf_desktop.secretariat.arriving import SUFFIXES

if TYPE_CHECKING:
    from esf_desktop.secretariat.inbox import Arrived

PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)


def arrived(paths: Iterable[Path]) -> "list[Arrived]":
    """The files; of a folder those of ours anywhere in it."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(SUFFIXES))
        else:
            found.append(path)
    return [_read(path) for path in found]


def _read(path: Path) -> "Arrived":
    """The file's bytes; a call package, which may be large, is read in pieces where it lies."""
    if path.name.lower().endswith(".esfcall"):
        return path.name, path
    try:
        return path.name, path.read_bytes()
    except OSError:
        return path.name, UnreadableFileError(path.name)
