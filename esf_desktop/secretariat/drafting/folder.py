"""The applications that a folder of files holds: a subfolder for each, or file names with their diary numbers."""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from esf_desktop.errors import UnreadableFileError
from esf_desktop.files import readable
from esf_desktop.model import Value

DOCUMENTS = (".pdf", ".docx", ".odt", ".xlsx")
_NUMBER = re.compile(r"(?<!\d)((?:19|20)\d\d)[-–_ ](\d{3,6})(?!\d)")
_NOT_THEIRS = re.compile(r"^(?:\.|~\$|thumbs\.db$|desktop\.ini$)|\.(?:esf\w+|toml|agekey|part)$|\.esfdb", re.IGNORECASE)
_DEEPEST = 6


class Found(Value, frozen=True):
    """An application's files; `number` is what their names say, or empty. Paths are from the folder, with `/`."""

    number: str
    name: str
    files: tuple[str, ...]


class Folder(Value, frozen=True):
    """What a folder holds: applications, documents that belong to none, and files that cannot be shown."""

    applications: tuple[Found, ...]
    loose: tuple[str, ...]
    others: tuple[str, ...]


def look_into(folder: Path, *, apart: Collection[Path] = ()) -> Folder:
    """What lies in the folder, but for these files; nothing is opened.

    Raises:
        UnreadableFileError: the folder is not there, or not ours to read.
    """
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        raise UnreadableFileError(readable(folder.name)) from error
    left = {path.resolve() for path in apart}
    groups: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    loose: list[str] = []
    others: list[str] = []
    for entry in inside:
        for path in _files(entry, folder):
            if path.resolve() in left:
                continue
            relative = path.relative_to(folder).as_posix()
            if path.suffix.lower() not in DOCUMENTS:
                others.append(relative)
                continue
            number = _innermost_number(relative)
            key = number or (entry.name if path != entry else "")
            if not key:
                loose.append(relative)
                continue
            named.setdefault(key, number)
            groups.setdefault(key, []).append(relative)
    found = (Found(named[key], key, tuple(sorted(files, key=_main_first))) for key, files in groups.items())
    return Folder(tuple(sorted(found, key=lambda one: one.name)), tuple(loose), tuple(others))


def _files(entry: Path, folder: Path) -> Iterator[Path]:
    """The files of an entry, those in folders within it too; nothing hidden, linked or of our own making."""
    if _NOT_THEIRS.search(entry.name) or entry.is_symlink() or len(entry.relative_to(folder).parts) > _DEEPEST:
        return
    if entry.is_file():
        yield entry
    elif entry.is_dir() and os.access(entry, os.R_OK | os.X_OK):
        for inside in sorted(entry.iterdir(), key=lambda path: path.name):
            yield from _files(inside, folder)


def _innermost_number(relative: str) -> str:
    """The diary number in the name of the file or of the nearest folder around it."""
    for part in reversed(relative.split("/")):
        if found := _NUMBER.search(part):
            return f"{found[1]}/{found[2]}"
    return ""


def _main_first(relative: str) -> tuple[bool, str]:
    """The application itself stands before its annexes."""
    name = relative.rpartition("/")[2].lower()
    return (not re.search(r"ansok|ansök|application", name), relative)
