"""The archive package (arkivpaket): one folder that proves a round with stock tools alone, long after this program.

It is written beside its place under a name of its own, read back, and renamed: what has the right name is whole.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from esf_desktop import i18n
from esf_desktop.errors import EsfError, ExportFailedError, ReadBackError
from esf_desktop.files import safe_name, sync_folder
from esf_desktop.i18n import Language, _
from esf_desktop.model import Value
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.archive_content import contents, count
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults

MANIFEST = "manifest.sha256"


class Archived(Value, frozen=True):
    """An archive package that was written: where, how many files, and the SHA-256 of its manifest, to be noted."""

    folder: str
    files: int
    sha256: str


@dataclass(eq=False)
class ArchiveThereError(EsfError):
    """An archive package that would be written over something."""

    code = "archive_there"
    name: str

    def sentence(self) -> str:
        return _("“{name}” is there already and was not touched; choose another name for the archive package.").format(
            name=self.name
        )


class UnsoundRegisterError(EsfError):
    """A register that is not as it was written, so that nothing can be proved from it."""

    code = "unsound_register"

    def sentence(self) -> str:
        return _("The register is not as it was written, so nothing was archived; check it and choose a backup.")


class RegisterWentOnError(EsfError):
    """Somebody changed the register while it was archived."""

    code = "register_went_on"

    def sentence(self) -> str:
        return _("The register was changed while it was being archived, so nothing was written; try again.")


def archive(
    register: Register,
    folder: Path,
    *,
    language: Language,
    progress: Callable[[int, int], None] = lambda _n, _total: None,
) -> Archived:
    """Write the archive package as that folder.

    Args:
        progress: is told after each file; what it raises stops the writing, and nothing is left.

    Raises:
        NoCallError, ArchiveThereError, UnsoundRegisterError, RegisterWentOnError: nothing was written.
        ExportFailedError: the place did not take the files; nothing is left there.
    """
    if folder.exists() or folder.is_symlink():
        raise ArchiveThereError(folder.name)
    if register.call() is None:
        raise NoCallError
    if faults(register):
        raise UnsoundRegisterError
    before, total = _head(register), count(register)
    beside = folder.with_name(f".{folder.name}.{os.urandom(4).hex()}.part")
    try:
        beside.mkdir(parents=True)
        digests: dict[str, str] = {}
        for name, content in _spoken(register, language):
            digests[name] = hashlib.sha256(content).hexdigest()
            _write(beside / name, content)
            progress(min(len(digests), total), total)
        listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
        _write(beside / MANIFEST, listed)
        if _head(register) != before:
            raise RegisterWentOnError
        for place in {path.parent for path in beside.rglob("*")}:
            sync_folder(place)
        beside.rename(folder)
        sync_folder(folder.parent)
    except (OSError, ReadBackError) as error:
        raise ExportFailedError(str(folder)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Archived(str(folder), len(digests) + 1, hashlib.sha256(listed).hexdigest())


def free_place(register: Register, parent: Path) -> Path:
    """A name for the package in that folder that nothing has yet."""
    known = register.call()
    if known is None:
        raise NoCallError
    stem = safe_name(_("archive {call}").format(call=known.call.id))
    names = (stem, *(f"{stem} ({n})" for n in range(2, 10_000)))
    return next(parent / name for name in names if not (parent / name).exists())


def _spoken(register: Register, language: Language) -> Iterator[tuple[str, bytes]]:
    """The contents, each made while that language is spoken."""
    with i18n.speaking(language):
        yield from contents(register, language)


def _write(path: Path, content: bytes) -> None:
    """Write a file, and see that the disk gives back what it was given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != content:
        raise ReadBackError(file=path.name)


def _head(register: Register) -> str:
    """The hash of the latest event."""
    with register.transaction() as connection:
        newest = sa.select(tables.event.c.hash).order_by(tables.event.c.number.desc()).limit(1)
        return str(connection.execute(newest).scalar() or "")
