"""The draft on disk: `CALL.toml` in the folder of the documents, and beside it the call's own wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from esf_desktop import framework as frameworks
from esf_desktop import handwritten
from esf_desktop.errors import FileError
from esf_desktop.exchange.call_package import SignedCall, pack_call_package
from esf_desktop.files import readable, write_whole
from esf_desktop.i18n import _
from esf_desktop.model import Call, DocumentId, Framework, replace
from esf_desktop.secretariat.call_file import read_call_file
from esf_desktop.secretariat.drafting.draft import CallDraft
from esf_desktop.secretariat.drafting.toml_text import written
from esf_desktop.signing.cms import Signer

NAME = "CALL.toml"
FRAMEWORK = "ramverk.toml"
KEPT = "CALL.före.toml"
"""Where the text of a file that a person wrote by hand is kept when the editor writes it for the first time."""
OURS = "# Written by ESF Desktop. `esf call pack` makes the same package of it."


class NoFrameworkError(FileError):
    """A call file that names a wording which is not beside it."""

    code = "no_framework"

    def sentence(self) -> str:
        return _(
            "The wording “{file}” that the call names is not beside it; put it there. Nothing was changed."
        ).format(file=self.file)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it lies on disk: its value, the wording it uses, and whether a person wrote its file by hand."""

    path: Path
    draft: CallDraft
    framework: Framework
    by_hand: bool = False

    @property
    def folder(self) -> Path:
        """Where the documents lie."""
        return self.path.parent


def begin(folder: Path) -> Drafted:
    """The draft in the folder: the one that is there, or an untouched one that is not written yet."""
    path = folder / NAME
    return read(path) if path.exists() else Drafted(path, CallDraft(), frameworks.builtin())


def read(path: Path) -> Drafted:
    """The draft of a call file; documents need not be there.

    Raises:
        HandwrittenError: a line that has to be corrected.
        UnreadableFileError, NoFrameworkError, BadFrameworkError: it, or the wording it names, cannot be read.
    """
    source = handwritten.read(path)
    draft = source.convert(source.values, CallDraft)
    return Drafted(path, draft, _framework(path.parent, draft), by_hand=not source.text.startswith(OURS))


def write(drafted: Drafted) -> Drafted:
    """Put the draft on disk, the wording first; a file written by hand is kept beside it once.

    Returns:
        The draft as it lies there now.

    Raises:
        OSError: the disk refused; what was there is as it was.
    """
    draft = drafted.draft
    if drafted.framework == frameworks.builtin():
        draft = replace(draft, framework=None)
    elif drafted.framework != _there(drafted.folder, draft):
        draft = replace(draft, framework=draft.framework or FRAMEWORK)
        text = written(_without_defaults(drafted.framework))
        write_whole(drafted.folder / (draft.framework or FRAMEWORK), text.encode(), mode=0o644)
    if drafted.by_hand and drafted.path.exists() and not (drafted.folder / KEPT).exists():
        write_whole(drafted.folder / KEPT, drafted.path.read_bytes(), mode=0o644)
    write_whole(drafted.path, text_of(draft).encode(), mode=0o644)
    return Drafted(drafted.path, draft, drafted.framework)


def text_of(draft: CallDraft) -> str:
    """The text of the call file, without what is untouched but for the keys that every call and application has."""
    head = ("id", "body", "title", "diary_number")
    values = {**{name: getattr(draft, name) for name in head}, **_without_defaults(draft)}
    if draft.applications:
        named = ("id", "project_name", "applicant_name")
        values["applications"] = [
            {**{name: getattr(one, name) for name in named}, **_without_defaults(one)} for one in draft.applications
        ]
    return f"{OURS}\n\n{written(values)}"


def call_of(drafted: Drafted) -> tuple[Call, dict[DocumentId, Path]]:
    """The call that the file on disk describes, and where its documents lie: exactly as `esf call pack` reads it.

    Raises:
        HandwrittenError, FileError: what has to be corrected before there is a package.
    """
    return read_call_file(drafted.path, drafted.folder)


def pack(target: Path, call: Call, documents: Mapping[DocumentId, Path], key: Signer, *, at: datetime) -> SignedCall:
    """Write the signed package; it is there only if our reader takes it."""
    return pack_call_package(target, call, documents, key, at=at)


def _there(folder: Path, draft: CallDraft) -> Framework | None:
    """The wording that lies on disk already."""
    return _framework(folder, draft) if draft.framework and (folder / draft.framework).exists() else None


def _framework(folder: Path, draft: CallDraft) -> Framework:
    if draft.framework is None:
        return frameworks.builtin()
    try:
        text = (folder / draft.framework).read_text("utf-8", errors="replace")
    except OSError as error:
        raise NoFrameworkError(readable(draft.framework)) from error
    return frameworks.parse(text, file=draft.framework)


def _without_defaults(value: msgspec.Struct) -> dict[str, Any]:
    """The value's fields by name, those left out that are what they are by default."""
    found = {}
    for field in msgspec.structs.fields(value):
        given = getattr(value, field.name)
        if field.default is msgspec.NODEFAULT or given != field.default:
            found[field.name] = _plain(given)
    return found


def _plain(value: object) -> object:
    match value:
        case msgspec.Struct():
            return _without_defaults(value)
        case tuple():
            return [_plain(item) for item in value]
        case str():
            return str(value)
        case _:
            return value
