"""Where the documents of a call lie, since the register keeps none: in a call package, or as files of a folder."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from esf_desktop.errors import EsfError, FileError
from esf_desktop.exchange.call_package import FOLDER
from esf_desktop.exchange.kinds import Kind
from esf_desktop.i18n import _
from esf_desktop.model import Document
from esf_desktop.signing import zipped
from esf_desktop.signing.container import MOST_MEMBERS
from esf_desktop.signing.source import FileBytes

MOST_FILES = 20_000
"""Files of a folder that are looked through."""


class MissingDocumentError(FileError):
    """A document that is in none of the places where it was looked for."""

    code = "missing_document"

    def sentence(self) -> str:
        return _("“{file}” is not where it was looked for; choose the call package, or its folder.").format(
            file=self.file
        )


def find(document: Document, places: tuple[Path, ...]) -> bytes:
    """The document's bytes, known by their hash, from the first of these packages and folders that has them.

    Raises:
        MissingDocumentError: none of them has it.
    """
    for place in places:
        packages = place.glob(f"*{Kind.CALL.suffix}") if place.is_dir() else (place,)
        inside = chain.from_iterable(_package(document, path) for path in packages)
        for content in chain(_folder(document, place) if place.is_dir() else (), inside):
            if hashlib.sha256(content).hexdigest() == document.sha256:
                return content
    raise MissingDocumentError(document.name)


def beside(register: Path) -> tuple[Path, ...]:
    """The call packages that lie beside a register, newest first, and the folder of documents there."""
    try:
        packages = sorted(register.parent.glob(f"*{Kind.CALL.suffix}"), key=lambda path: -path.stat().st_mtime)
    except OSError:
        packages = []
    folder = register.parent / "documents"
    return (*packages, *([folder] if folder.is_dir() else []))


def _package(document: Document, path: Path) -> Iterator[bytes]:
    """The member of that name; a package that is not sound has nothing here, since the hash says what is right."""
    wanted = (FOLDER + document.sha256).encode()
    try:
        with FileBytes(path) as source:
            for entry, start in zipped.entries(source, most=MOST_MEMBERS):
                if entry.name == wanted and entry.size == document.size:
                    yield b"".join(zipped.content(source, entry, start))
    except (EsfError, ValueError):
        return


def _folder(document: Document, folder: Path) -> Iterator[bytes]:
    """The files of that size, those of the same name first."""
    found = []
    for number, path in enumerate(folder.rglob("*")):
        if number == MOST_FILES:
            break
        try:
            if path.is_file() and path.stat().st_size == document.size:
                found.append(path)
        except OSError:
            continue
    for path in sorted(found, key=lambda path: path.name != document.name):
        try:
            yield path.read_bytes()
        except OSError:
            continue
