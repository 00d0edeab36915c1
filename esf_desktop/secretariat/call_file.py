"""A call drafted by hand: `CALL.toml` says what `call.json` says, in the same words, with paths for the documents."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from esf_desktop import framework, handwritten, municipalities
from esf_desktop.documents.media import media_type
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.files import safe_name
from esf_desktop.handwritten import Handwritten, HandwrittenError, TwiceError, nearest
from esf_desktop.i18n import _
from esf_desktop.model import Call, DocumentId, Framework, replace
from esf_desktop.signing.source import FileBytes, pieces
from esf_desktop.toml_lines import Place

Documents = dict[DocumentId, Path]
Table = dict[str, object]

_ENOUGH = 1024
"""Bytes that tell a PDF; of other documents all are looked at."""


@dataclass(eq=False)
class NoSuchDocumentError(HandwrittenError):
    """A document that a call file names and that is not in the folder; `nearest` is a file with a name like it."""

    name: str
    nearest: str = ""

    def sentence(self) -> str:
        if not self.nearest:
            return _("{file}, line {n}: there is no “{name}” in the folder of documents.").format(
                file=self.file, n=self.line, name=self.name
            )
        return _("{file}, line {n}: there is no “{name}” in the folder of documents; did you mean “{nearest}”?").format(
            file=self.file, n=self.line, name=self.name, nearest=self.nearest
        )


def read_call_file(path: Path, documents_folder: Path) -> tuple[Call, Documents]:
    """The call that the file describes, and where every document lies that it names.

    Left out, `selected_principles` and `selected_areas` are all of them, `framework` is the built-in one, and the
    documents of an application are the files in the folder named as its diary number (`2026-00112`).

    Raises:
        HandwrittenError: a line that has to be corrected.
        UnreadableFileError: the file cannot be read.
    """
    source = handwritten.read(path)
    documents: Documents = {}
    values: Table = {"call_version": 1, **source.values}
    own = _with_selected_areas(source, values, _framework(source, values, path.parent))
    values["framework"] = msgspec.to_builtins(own)
    values.setdefault("selected_principles", [principle.id for principle in own.principles])
    _replace_paths(source, values, documents_folder, documents)
    call = source.convert(values, Call)
    _check(source, call)
    return call, documents


def _framework(source: Handwritten, values: Table, folder: Path) -> Framework:
    name = values.get("framework")
    if name is None:
        return framework.builtin()
    if not isinstance(name, str):
        raise source.wrong_kind(("framework",), '"ramverk.toml"')
    return framework.parse(_read(source, ("framework",), folder, name).decode(errors="replace"), file=name)


def _with_selected_areas(source: Handwritten, values: Table, own: Framework) -> Framework:
    """The framework with the areas that the call asks about; a package has no others."""
    selected = values.pop("selected_areas", None)
    if selected is None:
        return own
    if not isinstance(selected, list) or not all(isinstance(area, str) for area in selected):
        raise source.wrong_kind(("selected_areas",), '["ARB"]')
    _check_words(source, ("selected_areas",), tuple(selected), [area.id for area in own.areas])
    return replace(own, areas=tuple(area for area in own.areas if area.id in selected))


def _replace_paths(source: Handwritten, values: Table, folder: Path, documents: Documents) -> None:
    """Put in the place of each path what it stands for, and note where the documents lie."""
    for place, table in _tables(values, "applications"):
        names = table.get("documents", _own_folder(folder, table.get("id")))
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise source.wrong_kind((*place, "documents"), '["ansokan.pdf"]')
        where = (*place, "documents")
        table["documents"] = [_document(source, where, folder, name, documents) for name in _files(folder, names)]
        if isinstance(table.get("municipalities"), list):
            table["municipalities"] = [_municipality(name) for name in _list(table["municipalities"])]
    for place, table in _tables(values, "references"):
        name = table.get("document")
        if isinstance(name, str):
            table["document"] = _document(source, (*place, "document"), folder, name, documents)["sha256"]
    for place, table in _tables(values, "assessors"):
        name = table.pop("enrolment", None)
        if isinstance(name, str):
            content = _read(source, (*place, "enrolment"), folder, name)
            introduced = read_enrolment(content, file=Path(name).name).value.assessor
            table.setdefault("id", introduced.id)
            table.setdefault("name", introduced.name)


def _tables(values: Table, key: str) -> list[tuple[Place, Table]]:
    """The tables of a list, each a copy put in the place of what was read."""
    entries = values.get(key)
    if not isinstance(entries, list):
        return []
    copies = [dict(entry) if isinstance(entry, dict) else entry for entry in entries]
    values[key] = copies
    return [((key, n), entry) for n, entry in enumerate(copies) if isinstance(entry, dict)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _own_folder(folder: Path, id_: object) -> list[str]:
    name = safe_name(id_) if isinstance(id_, str) else ""
    return [name] if name and (folder / name).is_dir() else []


def _files(folder: Path, names: list[str]) -> list[str]:
    """The names, with the files of a folder in its place."""
    found: list[str] = []
    for name in names:
        if (folder / name).is_dir():
            inside = sorted(p for p in (folder / name).iterdir() if p.is_file() and not p.name.startswith("."))
            found += [str(file.relative_to(folder)) for file in inside]
        else:
            found.append(name)
    return found


def _document(source: Handwritten, place: Place, folder: Path, name: str, documents: Documents) -> Table:
    path = _there(source, place, folder, name)
    digest = hashlib.sha256()
    with FileBytes(path) as content:
        for piece in pieces(content, 0, len(content)):
            digest.update(piece)
        start = content[:_ENOUGH]
        kind = media_type(start if b"%PDF-" in start else content[:], path.name)
        size = len(content)
    sha256 = DocumentId(digest.hexdigest())
    documents[sha256] = path
    return {"sha256": sha256, "name": path.name, "media_type": kind, "size": size}


def _read(source: Handwritten, place: Place, folder: Path, name: str) -> bytes:
    with FileBytes(_there(source, place, folder, name)) as content:
        return content[:]


def _there(source: Handwritten, place: Place, folder: Path, name: str) -> Path:
    path = folder / name
    if not path.exists():
        there = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise NoSuchDocumentError(source.file, source.line(place), name, nearest(path.name, there))
    return path


def _municipality(name: object) -> object:
    known = municipalities.by_name(name) if isinstance(name, str) else None
    return known.code if known else name


def _check(source: Handwritten, call: Call) -> None:
    """Refuse what has the right shape and makes no sense."""
    _check_words(source, ("selected_principles",), call.selected_principles, [p.id for p in call.framework.principles])
    numbers = [application.id for application in call.applications]
    _check_words(source, ("withdrawn",), call.withdrawn, numbers)
    for n, reader in enumerate(call.assessors):
        _check_words(source, ("assessors", n, "reads"), reader.reads, numbers)
        if not _is_uuid(reader.id):
            raise source.wrong_kind(("assessors", n, "id"), f'"{uuid.UUID(int=0)}"')
    parts = [part.name for part in call.budget]
    for n, application in enumerate(call.applications):
        if application.budget_part:
            _check_words(source, ("applications", n, "budget_part"), (application.budget_part,), parts)
        if application.id in numbers[:n]:
            raise TwiceError(source.file, source.line(("applications", n, "id")), application.id)
    ids = [reader.id for reader in call.assessors]
    for n, id_ in enumerate(ids):
        if id_ in ids[:n]:
            raise TwiceError(source.file, source.line(("assessors", n, "id")), id_)
    for n, part in enumerate(call.budget):
        if part.amount < 0:
            raise source.wrong_kind(("budget", n, "amount"), "27000000")


def _check_words(source: Handwritten, place: Place, words: tuple[str, ...], allowed: Sequence[str]) -> None:
    for n, word in enumerate(words):
        if word not in allowed:
            raise source.wrong_word(place, word, allowed)
        if word in words[:n]:
            raise TwiceError(source.file, source.line(place), word)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
