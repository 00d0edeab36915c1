"""Why bytes are not one of our containers, so that the person is told what to do about it.

Nothing that is found here is ever used: a file that comes here is refused already.
"""

import re
import struct
import zlib
from typing import NamedTuple

from esf_desktop.errors import (
    AlteredFileError,
    BadContainerError,
    ExtraDataError,
    FileError,
    MailError,
    NotOursError,
    RepackedError,
    TruncatedFileError,
)
from esf_desktop.signing import zipped

START = zipped.render([("mimetype", b"application/vnd.etsi.asic-e+zip")])[:69]
"""What every container begins with: the first member, whole."""
_OURS = (b"mimetype", b"META-INF/ASiCManifest001.xml", b"META-INF/signature001.p7s")
_TRAVELLING = re.compile(rb"\.esf(?:bundle|call|enrol|receipt)")
_ZIP64 = b"PK\x06\x07"
_SIZES_FOLLOW = 8
_MAIL = re.compile(
    rb"\s*(?:From |(?:[A-Za-z0-9-]{1,70}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?"
    rb"(?:From|To|Subject|Received|Return-Path|Delivered-To|Message-ID|MIME-Version):)",
    re.IGNORECASE,
)
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_MAIL = "__substg1.0_".encode("utf-16-le")


class _Record(NamedTuple):
    """What a zip's directory says of one member."""

    made_by: int
    fixed: bytes
    crc: int
    stored: int
    size: int
    name: bytes
    extra: bytes
    rest: tuple[int, ...]
    """Comment size, disk, internal and external attributes."""
    offset: int

    @property
    def ours(self) -> bool:
        """Whether our writer could have made the record."""
        return self.made_by == 20 and self.fixed == START[4:14] and not self.extra and not any(self.rest)


def name(content: bytes, fault: ValueError, *, file: str) -> FileError:
    """The error that says what is wrong with content in which the archive's reader found that fault."""
    if not content.startswith(START):
        if START.startswith(content):
            return TruncatedFileError(file)
        if not content.startswith(b"PK"):
            return _not_an_archive(content, file)
        if START in content and not _TRAVELLING.search(content):
            return ExtraDataError(file)
    elif isinstance(fault, zipped.HasMore):
        return ExtraDataError(file)
    elif isinstance(fault, zipped.CutShort) and content[-22:-18] != zipped.END:
        return TruncatedFileError(file)
    return _compare(content, file)


def _not_an_archive(content: bytes, file: str) -> FileError:
    if _MAIL.match(content[:4096]) or (content.startswith(_OUTLOOK) and _OUTLOOK_MAIL in content):
        return MailError(file)
    if START in content:
        return ExtraDataError(file)
    return AlteredFileError(file) if all(ours in content for ours in _OURS) else NotOursError(file)


def _compare(content: bytes, file: str) -> FileError:
    """What is wrong with an archive of which only its own directory can tell."""
    if content[-42:-38] == _ZIP64:
        return BadContainerError(file)
    records = _directory(content)
    if records is None:
        return AlteredFileError(file) if all(ours in content for ours in _OURS) else NotOursError(file)
    names = [record.name for record in records if not record.name.endswith(b"/")]
    if not set(names) & set(_OURS[1:]) and not content.startswith(START):
        return RepackedError(file) if any(_TRAVELLING.search(name) for name in names) else NotOursError(file)
    by_place = sorted(records, key=lambda record: record.offset)
    if not all(_agrees(content, record, strict=any(r.ours for r in records)) for record in by_place):
        return AlteredFileError(file)
    if len({name.lower() for name in names}) < len(names) or any(_hostile(record) for record in records):
        return BadContainerError(file)
    if not any(record.ours for record in records) and set(_OURS) < set(names):
        return RepackedError(file)
    ends = [_end(content, record) for record in by_place]
    for end, start in zip(ends, [*(record.offset for record in by_place[1:]), _directory_start(content)], strict=True):
        if end < start and not content.startswith(zipped.LOCAL, end):
            return ExtraDataError(file)
    return BadContainerError(file)


def _directory(content: bytes) -> list[_Record] | None:
    """The records of the directory, or None when it is not whole."""
    end = content.rfind(zipped.END)
    if end < 0 or len(content) < end + 22:
        return None
    _, _, here, count, size, start, comment = struct.unpack_from("<HHHHIIH", content, end + 4)
    if here != count or start + size != end or len(content) != end + 22 + comment:
        return None
    records, at = [], start
    while at + 46 <= end and content.startswith(zipped.CENTRAL, at):
        made_by, fixed, crc, stored, whole, *sizes = struct.unpack_from("<H10sIIIHHH", content, at + 4)
        disk, internal, external, offset = struct.unpack_from("<HHII", content, at + 34)
        name_end = at + 46 + sizes[0]
        extra_end = name_end + sizes[1]
        rest = (sizes[2], disk, internal, external)
        name, extra = content[at + 46 : name_end], content[name_end:extra_end]
        records.append(_Record(made_by, fixed, crc, stored, whole, name, extra, rest, offset))
        at = extra_end + sizes[2]
    return records if at == end and len(records) == count else None


def _directory_start(content: bytes) -> int:
    start: int = struct.unpack_from("<I", content, content.rfind(zipped.END) + 16)[0]
    return start


def _agrees(content: bytes, record: _Record, *, strict: bool) -> bool:
    """Whether the header before a member, and a stored member itself, are what the directory says of them."""
    if not content.startswith(zipped.LOCAL, record.offset) or len(content) < record.offset + 30:
        return False
    fixed, crc, stored, size, name_size, _ = struct.unpack_from("<10sIIIHH", content, record.offset + 4)
    if content[record.offset + 30 : record.offset + 30 + name_size] != record.name:
        return False
    flags, method = struct.unpack_from("<HH", fixed, 2)
    if (fixed != record.fixed) if strict else (fixed[2:6] != record.fixed[2:6]):
        return False
    if not flags & _SIZES_FOLLOW and (crc, stored, size) != (record.crc, record.stored, record.size):
        return False
    end = _end(content, record)
    return method != 0 or bool(flags & 1) or zlib.crc32(content[end - record.stored : end]) == record.crc


def _end(content: bytes, record: _Record) -> int:
    """Where a member's content ends."""
    name_size, extra_size = struct.unpack_from("<HH", content, record.offset + 26)
    return record.offset + 30 + int(name_size) + int(extra_size) + record.stored


def _hostile(record: _Record) -> bool:
    """Whether a member is encrypted, a link, or named to land elsewhere."""
    link = record.made_by >> 8 == 3 and record.rest[3] >> 28 == 0o12
    encrypted = bool(struct.unpack_from("<H", record.fixed, 2)[0] & 1)
    elsewhere = record.name.startswith(b"/") or b".." in record.name.split(b"/") or b"\\" in record.name
    return link or encrypted or elsewhere
