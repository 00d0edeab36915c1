"""A TOML file that a person wrote: its values by name, and the line of each, for sentences that point at it."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import msgspec.inspect

from esf_desktop.errors import FileError, UnreadableFileError
from esf_desktop.i18n import _
from esf_desktop.toml_lines import Place, lines

T = TypeVar("T")


@dataclass(eq=False)
class HandwrittenError(FileError):
    """A line of a file that a person can correct; `line` counts from 1."""

    code = "bad_toml"
    line: int


@dataclass(eq=False)
class BadSyntaxError(HandwrittenError):
    """A file that is not TOML."""

    def sentence(self) -> str:
        return _("{file}, line {n}: this is not written as TOML; check quotes, commas and brackets there.").format(
            file=self.file, n=self.line
        )


@dataclass(eq=False)
class UnknownKeyError(HandwrittenError):
    """A key that means nothing there; `nearest` is the one that was probably meant, or empty."""

    key: str
    nearest: str = ""

    def sentence(self) -> str:
        if not self.nearest:
            return _("{file}, line {n}: “{key}” is not a key here; the sample in docs shows all keys.").format(
                file=self.file, n=self.line, key=self.key
            )
        return _("{file}, line {n}: “{key}” is not a key here; did you mean “{nearest}”?").format(
            file=self.file, n=self.line, key=self.key, nearest=self.nearest
        )


@dataclass(eq=False)
class MissingKeyError(HandwrittenError):
    """A key that has to be there."""

    key: str

    def sentence(self) -> str:
        return _("{file}, line {n}: “{key}” is missing here; add it and try again.").format(
            file=self.file, n=self.line, key=self.key
        )


@dataclass(eq=False)
class WrongWordError(HandwrittenError):
    """A value that is not among the allowed words; `nearest` is the one that was probably meant, or empty."""

    word: str
    nearest: str
    allowed: str

    def sentence(self) -> str:
        if not self.nearest:
            return _("{file}, line {n}: “{word}” is not known here; write one of: {words}.").format(
                file=self.file, n=self.line, word=self.word, words=self.allowed
            )
        return _("{file}, line {n}: “{word}” is not known here; did you mean “{nearest}”?").format(
            file=self.file, n=self.line, word=self.word, nearest=self.nearest
        )


@dataclass(eq=False)
class WrongKindError(HandwrittenError):
    """A value of another kind than the key takes; `example` is one that fits, as it is written in the file."""

    key: str
    example: str

    def sentence(self) -> str:
        return _(
            "{file}, line {n}: the value of “{key}” is not of the right kind; write for example {example}."
        ).format(file=self.file, n=self.line, key=self.key, example=self.example)


@dataclass(eq=False)
class TwiceError(HandwrittenError):
    """A name that may stand once and stands again."""

    word: str

    def sentence(self) -> str:
        return _("{file}, line {n}: “{word}” stands here for the second time; remove one.").format(
            file=self.file, n=self.line, word=self.word
        )


class Handwritten:
    """The values of a TOML file, and where each stands."""

    def __init__(self, text: str, *, file: str) -> None:
        self.file = file
        self.text = text
        try:
            self.values: dict[str, object] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            raise BadSyntaxError(file, int(found[1]) if found else text.count("\n") + 1) from error
        self._lines = lines(text)

    def line(self, place: Place) -> int:
        """The line of the value, or of the nearest thing around it that has one of its own."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def convert(self, values: object, type_: type[T], *, at: Place = ()) -> T:
        """The value that these values, found at the place, describe.

        Raises:
            HandwrittenError: a key is unknown or missing, or a value is of the wrong kind or no allowed word.
        """
        try:
            return msgspec.convert(values, type_)
        except msgspec.ValidationError as error:
            raise self._pointed_out(str(error), values, type_, at) from error

    def _pointed_out(self, message: str, values: object, type_: type, at: Place) -> HandwrittenError:
        what, _, path = message.partition(" - at `$")
        if "[...]" in path:
            return self._pointed_out_in_table(path.partition("[...]")[0], values, type_, at)
        inner = _place(path)
        name = next(iter(re.findall(r"`([^`]*)`|'([^']*)'", what)), ("", ""))
        kind = _kind_at(msgspec.inspect.type_info(type_), inner)
        if what.startswith("Object contains unknown field"):
            fields = kind.fields if isinstance(kind, msgspec.inspect.StructType) else ()
            return self.unknown_key((*at, *inner, name[0]), (field.encode_name for field in fields))
        if what.startswith("Object missing required field"):
            return self.missing_key((*at, *inner, name[0]))
        if isinstance(kind, msgspec.inspect.EnumType) and what.startswith("Invalid enum value"):
            return self.wrong_word((*at, *inner), name[1], [str(member.value) for member in kind.cls])
        return self.wrong_kind((*at, *inner), _example(kind))

    def _pointed_out_in_table(self, path: str, values: object, type_: type, at: Place) -> HandwrittenError:
        """The refusal of one entry of a table whose keys are the person's own, which the library does not name."""
        place = _place(path)
        kind = _kind_at(msgspec.inspect.type_info(type_), place)
        entries = _value_at(values, place)
        if isinstance(kind, msgspec.inspect.DictType) and isinstance(entries, dict):
            entry = kind.value_type
            if isinstance(entry, msgspec.inspect.StructType):
                for key, value in entries.items():
                    try:
                        self.convert(value, entry.cls, at=(*at, *place, key))
                    except HandwrittenError as error:
                        return error
        return self.wrong_kind((*at, *place), _example(kind))

    def unknown_key(self, place: Place, allowed: Iterable[str]) -> UnknownKeyError:
        """The refusal of the key that ends the place."""
        key = str(place[-1])
        return UnknownKeyError(self.file, self.line(place), key, nearest(key, allowed))

    def wrong_word(self, place: Place, word: str, allowed: Iterable[str]) -> WrongWordError:
        """The refusal of a word that is not among those allowed."""
        words = tuple(allowed)
        return WrongWordError(self.file, self.line(place), word, nearest(word, words), ", ".join(words[:9]))

    def wrong_kind(self, place: Place, example: str) -> WrongKindError:
        """The refusal of a value of another kind."""
        names = [part for part in place if isinstance(part, str)]
        return WrongKindError(self.file, self.line(place), names[-1] if names else "", example)

    def missing_key(self, place: Place) -> MissingKeyError:
        """The refusal of a table that lacks the last key of the place."""
        return MissingKeyError(self.file, self.line(place[:-1]), str(place[-1]))


def read(path: Path) -> Handwritten:
    """The file at the path.

    Raises:
        UnreadableFileError: it is not there, or not ours to read.
        BadSyntaxError: it is not TOML in UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
    try:
        return Handwritten(content.decode("utf-8-sig").replace("\r\n", "\n"), file=path.name)
    except UnicodeDecodeError as error:
        raise BadSyntaxError(path.name, content[: error.start].count(b"\n") + 1) from error


def nearest(word: str, allowed: Iterable[str]) -> str:
    """The allowed word most like it, whatever its case; empty when none is like it."""
    folded = {candidate.casefold(): candidate for candidate in allowed}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def _place(path: str) -> Place:
    """The library's `.applications[2].documents` as a place."""
    return tuple(int(n) if n else key for n, key in re.findall(r"\[(\d+)\]|\.([^.\[`]+)", path))


def _value_at(values: object, place: Place) -> object:
    for part in place:
        values = values[part] if isinstance(values, dict | list) else None  # type: ignore[index]
    return values


def _kind_at(kind: msgspec.inspect.Type, place: Place) -> msgspec.inspect.Type:
    if isinstance(kind, msgspec.inspect.UnionType):
        kind = next(k for k in kind.types if not isinstance(k, msgspec.inspect.NoneType))
    if not place:
        return kind
    if isinstance(kind, msgspec.inspect.StructType):
        return next((_kind_at(f.type, place[1:]) for f in kind.fields if f.encode_name == place[0]), kind)
    if isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.ListType):
        return _kind_at(kind.item_type, place[1:])
    return kind


def _example(kind: msgspec.inspect.Type) -> str:
    match kind:
        case msgspec.inspect.IntType():
            return "7500000"
        case msgspec.inspect.BoolType():
            return "true"
        case msgspec.inspect.DateType():
            return "2026-12-08"
        case msgspec.inspect.DateTimeType():
            return "2026-11-23T14:32:08+01:00"
        case msgspec.inspect.VarTupleType() | msgspec.inspect.ListType():
            return '["…", "…"]'
        case msgspec.inspect.StructType(fields=fields):
            return f"{{ {fields[0].encode_name} = … }}"
        case _:
            return '"…"'
