"""The zip archive as we write it: stored members, one fixed time, nothing that could be chosen. Read by comparing."""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from esf_desktop.signing.source import Source, pieces

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
LONGEST_NAME = 128
_HEADER = 30
"""Bytes before a member's name."""
FIXED = struct.pack("<HHHHH", 20, 0, 0, 0, 33)  # version 2.0, no flags, stored, 1980-01-01 00:00
_MADE_BY = FIXED[:2]
_LOCAL = struct.Struct("<4s10sIIIHH")
_CENTRAL = struct.Struct("<4s2s10sIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_TOLD = struct.Struct("<I4xIH")


class Entry(NamedTuple):
    """A member as the headers tell of it."""

    name: bytes
    crc: int
    size: int


class CutShort(ValueError):
    """The bytes end before the archive does."""


class HasMore(ValueError):
    """The bytes go on after the archive's end."""


class NotAsWritten(ValueError):
    """The bytes are not those that we would write."""


def header(entry: Entry) -> bytes:
    """What stands before a member's content."""
    name, crc, size = entry
    return _LOCAL.pack(LOCAL, FIXED, crc, size, size, len(name), 0) + name


def directory(told: list[Entry]) -> bytes:
    """What stands after the last member: one record for each, and the end record."""
    records, offset = [], 0
    for name, crc, size in told:
        fixed = _CENTRAL.pack(CENTRAL, _MADE_BY, FIXED, crc, size, size, len(name), 0, 0, 0, 0, 0, offset)
        records.append(fixed + name)
        offset += 30 + len(name) + size
    central = b"".join(records)
    count = len(told)
    return central + _END.pack(END, 0, 0, count, count, len(central), offset, 0)


def render(members: list[tuple[str, bytes]]) -> bytes:
    """The archive of those members in that order."""
    told = [Entry(name.encode("ascii"), zlib.crc32(inside), len(inside)) for name, inside in members]
    parts = [part for entry, (_, inside) in zip(told, members, strict=True) for part in (header(entry), inside)]
    return b"".join((*parts, directory(told)))


def entries(source: Source, *, most: int) -> list[tuple[Entry, int]]:
    """The members of an archive, at most so many, and where each one's content starts.

    Every byte but those of the contents is compared with what `render` would make of the same entries.

    Raises:
        CutShort, HasMore, NotAsWritten: they differ.
    """
    found: list[tuple[Entry, int]] = []
    at = 0
    while len(found) < most and (fixed := source[at : at + _HEADER]).startswith(LOCAL):
        if len(fixed) < _HEADER:
            raise CutShort
        crc, size, name_size = _TOLD.unpack_from(fixed, 14)
        start = at + _HEADER + name_size
        if len(source) < start + size:
            raise CutShort
        if name_size > LONGEST_NAME:
            raise NotAsWritten
        name = source[at + _HEADER : start]
        entry = Entry(name, crc, size)
        if fixed + name != header(entry):
            raise NotAsWritten
        found.append((entry, start))
        at = start + size
    expected = directory([entry for entry, _ in found])
    _compare_tail(source[at : at + len(expected) + 1], expected)
    return found


def content(source: Source, entry: Entry, start: int) -> Iterator[bytes]:
    """The content of a member in pieces of 1 MiB.

    Raises:
        CutShort, NotAsWritten: after the last piece, when they were not what the headers say.
    """
    crc = size = 0
    for piece in pieces(source, start, entry.size):
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        yield piece
    if size != entry.size:
        raise CutShort
    if crc != entry.crc:
        raise NotAsWritten


def read(source: Source, *, most: int) -> list[tuple[bytes, bytes]]:
    """Name and content of every member of an archive that is byte for byte as `render` makes it, at most so many.

    Raises:
        CutShort, HasMore, NotAsWritten: it is not.
    """
    return [(entry.name, b"".join(content(source, entry, start))) for entry, start in entries(source, most=most)]


def _compare_tail(found: bytes, expected: bytes) -> None:
    if found == expected:
        return
    if expected.startswith(found) or LOCAL.startswith(found):
        raise CutShort
    if found.startswith(expected):
        raise HasMore
    raise NotAsWritten
