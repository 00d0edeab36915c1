"""The zip archive as we write it: stored members, one fixed time, nothing that could be chosen. Read by comparing."""

import struct
import zlib
from typing import NamedTuple

LOCAL = b"PK\x03\x04"
CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
LONGEST_NAME = 128
FIXED = struct.pack("<HHHHH", 20, 0, 0, 0, 33)  # version 2.0, no flags, stored, 1980-01-01 00:00


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
    return LOCAL + FIXED + struct.pack("<IIIHH", crc, size, size, len(name), 0) + name


def directory(entries: list[Entry]) -> bytes:
    """What stands after the last member: one record for each, and the end record."""
    records, offset = [], 0
    for name, crc, size in entries:
        sizes = struct.pack("<IIIHH", crc, size, size, len(name), 0)
        records.append(CENTRAL + FIXED[:2] + FIXED + sizes + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name)
        offset += 30 + len(name) + size
    central = b"".join(records)
    count = len(entries)
    return central + END + struct.pack("<HHHHIIH", 0, 0, count, count, len(central), offset, 0)


def render(members: list[tuple[str, bytes]]) -> bytes:
    """The archive of those members in that order."""
    entries = [Entry(name.encode("ascii"), zlib.crc32(content), len(content)) for name, content in members]
    parts = [part for entry, (_, content) in zip(entries, members, strict=True) for part in (header(entry), content)]
    return b"".join((*parts, directory(entries)))


def read(content: bytes, *, most: int) -> list[tuple[bytes, bytes]]:
    """The members of an archive that is byte for byte as `render` makes it, at most so many.

    Raises:
        CutShort, HasMore, NotAsWritten: it is not.
    """
    members: list[tuple[bytes, bytes]] = []
    entries: list[Entry] = []
    at = 0
    while content.startswith(LOCAL, at) and len(entries) < most:
        if len(content) < at + 30:
            raise CutShort
        size, name_size = struct.unpack_from("<IH", content, at + 22)
        start = at + 30 + name_size
        if len(content) < start + size:
            raise CutShort
        if name_size > LONGEST_NAME:
            raise NotAsWritten
        name, inside = content[at + 30 : start], content[start : start + size]
        entry = Entry(name, zlib.crc32(inside), size)
        if content[at:start] != header(entry):
            raise NotAsWritten
        entries.append(entry)
        members.append((name, inside))
        at = start + size
    _compare_tail(content[at:], directory(entries))
    return members


def _compare_tail(found: bytes, expected: bytes) -> None:
    if found == expected:
        return
    if expected.startswith(found) or LOCAL.startswith(found):
        raise CutShort
    if found.startswith(expected):
        raise HasMore
    raise NotAsWritten
