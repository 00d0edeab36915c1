"""Why bytes are not one of our containers, so that the person is told what to do about it.

Nothing that is found here is ever used: a file that comes here is refused already.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

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
from esf_desktop.signing import age_header, zipped
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.source import Source, pieces

START = zipped.render([("mimetype", b"application/vnd.etsi.asic-e+zip")])[:69]
"""What every container begins with: the first member, whole."""
_OURS = (b"mimetype", b"META-INF/ASiCManifest001.xml", b"META-INF/signature001.p7s")
_SUFFIXES = (b".esfbundle", b".esfcall", b".esfenrol", b".esfreceipt")
_ZIP64 = b"PK\x06\x07"
_SIZES_FOLLOW = 8
_MOST_RECORDS = 10_000
_MOST_ENDS = 8
"""An archive's comment may look like the end of an archive."""
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
    comment_size: int
    disk: int
    internal: int
    external: int
    offset: int

    @property
    def ours(self) -> bool:
        """Whether our writer could have made the record."""
        rest = (self.comment_size, self.disk, self.internal, self.external)
        return self.made_by == 20 and self.fixed == zipped.FIXED and not self.extra and not any(rest)


def name(content: Source, fault: ValueError, *, file: str) -> FileError:
    """The error that says what is wrong with content in which the archive's reader found that fault."""
    if age_header.is_encrypted(content):
        return _encrypted(content, file)
    if not content.startswith(START):
        if START.startswith(content[: len(START)]):
            return TruncatedFileError(file)
        if not content.startswith(b"PK"):
            return _not_an_archive(content, file)
        if START in content and not any(suffix in content for suffix in _SUFFIXES):
            return ExtraDataError(file, exactly=Fault.DATA_BEFORE)
    elif isinstance(fault, zipped.HasMore):
        return ExtraDataError(file, exactly=Fault.DATA_AFTER)
    elif isinstance(fault, zipped.CutShort) and content[-22:-18] != zipped.END:
        return TruncatedFileError(file)
    return _compare(content, file)


def _encrypted(content: Source, file: str) -> FileError:
    try:
        age_header.check(content, file=file)
    except FileError as error:
        return error
    return age_header.EncryptedFileError(file)


def _not_an_archive(content: Source, file: str) -> FileError:
    if _MAIL.match(content[:4096]) or (content.startswith(_OUTLOOK) and _OUTLOOK_MAIL in content):
        return MailError(file)
    if START in content:
        return ExtraDataError(file, exactly=Fault.DATA_BEFORE)
    if all(ours in content for ours in _OURS):
        return AlteredFileError(file, exactly=Fault.HEADERS_DISAGREE)
    return NotOursError(file)


def _compare(content: Source, file: str) -> FileError:
    """What is wrong with an archive of which only its own directory can tell."""
    if content[-42:-38] == _ZIP64:
        return BadContainerError(file, exactly=Fault.ZIP64)
    directory = _directory(content)
    if directory is None:
        if all(ours in content for ours in _OURS):
            return AlteredFileError(file, exactly=Fault.NO_DIRECTORY)
        return NotOursError(file)
    records, end = directory
    names = [record.name for record in records if not record.name.endswith(b"/")]
    if not set(names) & set(_OURS[1:]) and not content.startswith(START):
        return (
            RepackedError(file) if any(suffix in name for name in names for suffix in _SUFFIXES) else NotOursError(file)
        )
    by_place = sorted(records, key=lambda record: record.offset)
    if sum(record.stored for record in records) > len(content):  # else one byte could be read thousands of times
        return BadContainerError(file, exactly=Fault.OVERLAPPING_MEMBERS)
    written = any(record.ours for record in records)
    for record in by_place:
        if disagreement := _disagreement(content, record, strict=written):
            return AlteredFileError(file, exactly=disagreement)
    if repeated := _repeated(names):
        return BadContainerError(file, exactly=repeated)
    if hostile := next((found for record in records if (found := _hostile(record))), None):
        return BadContainerError(file, exactly=hostile)
    if not written and set(_OURS) < set(names):
        return RepackedError(file)
    return _structural(content, records, end, file)


def _structural(content: Source, records: list[_Record], end_record: int, file: str) -> FileError:
    """What is wrong with an archive whose records agree with its members."""
    by_place = sorted(records, key=lambda record: record.offset)
    ends = [_end(content, record) for record in by_place]
    starts = [*(record.offset for record in by_place[1:]), *_unpack("<I", content, end_record + 16)]
    for end, start in zip(ends, starts, strict=True):
        if end > start:
            return BadContainerError(file, exactly=Fault.OVERLAPPING_MEMBERS)
        if end < start:
            if content.startswith(zipped.LOCAL, end):
                return BadContainerError(file, exactly=Fault.HIDDEN_MEMBER)
            return ExtraDataError(file, exactly=Fault.DATA_BETWEEN)
    if records != by_place:
        return BadContainerError(file, exactly=Fault.DIRECTORY_ORDER)
    return BadContainerError(file, exactly=next(_unusual(content, records, end_record)))


def _unusual(content: Source, records: list[_Record], end: int) -> Iterator[Fault]:
    """What our writer would not have made, the most telling first."""
    if len(records) > 2000:
        yield Fault.TOO_MANY_MEMBERS
    for record in records:
        needed, flags, method, time, date = struct.unpack("<HHHHH", record.fixed)
        extra_size = _unpack("<H", content, record.offset + 28)[0]
        told = (
            (len(record.name) > zipped.LONGEST_NAME, Fault.NAME_TOO_LONG),
            (method != 0, Fault.COMPRESSED),
            (flags != 0, Fault.FLAGS),
            ((time, date) != (0, 33), Fault.MEMBER_TIME),
            (bool(record.extra or extra_size), Fault.EXTRA_FIELD),
            (record.comment_size != 0, Fault.MEMBER_COMMENT),
            (record.internal != 0 or record.external != 0, Fault.ATTRIBUTES),
            (record.disk != 0, Fault.DISKS),
            ((needed, record.made_by) != (20, 20), Fault.VERSIONS),
        )
        yield from (fault for found, fault in told if found)
    if _unpack("<HH", content, end + 4) != (0, 0):
        yield Fault.DISKS
    if len(content) > end + 22:
        yield Fault.ARCHIVE_COMMENT
    yield Fault.HEADERS_DISAGREE


def _directory(content: Source) -> tuple[list[_Record], int] | None:
    """The records of the directory and the place of the end record, or None when it is not whole."""
    end = len(content)
    for _ in range(_MOST_ENDS):
        end = content.rfind(zipped.END, 0, end)
        if end < 0:
            return None
        if len(content) >= end + 22 and (records := _records(content, end)) is not None:
            return records, end
    return None


def _records(content: Source, end: int) -> list[_Record] | None:
    """The records before the end record at that place, or None when the two do not agree."""
    _, _, here, count, size, start, comment = _unpack("<HHHHIIH", content, end + 4)
    if here != count or count > _MOST_RECORDS or start + size != end or len(content) != end + 22 + comment:
        return None
    records, at = [], start
    while at + 46 <= end and content.startswith(zipped.CENTRAL, at):
        made_by, fixed, crc, stored, whole, *sizes = _unpack("<H10sIIIHHH", content, at + 4)
        disk, internal, external, offset = _unpack("<HHII", content, at + 34)
        name_end = at + 46 + sizes[0]
        extra_end = name_end + sizes[1]
        name, extra = content[at + 46 : name_end], content[name_end:extra_end]
        rest = (sizes[2], disk, internal, external, offset)
        records.append(_Record(made_by, fixed, crc, stored, whole, name, extra, *rest))
        at = extra_end + sizes[2]
    return records if at == end and len(records) == count else None


def _unpack(form: str, content: Source, at: int) -> tuple[Any, ...]:
    return struct.unpack(form, content[at : at + struct.calcsize(form)])


def _checksum(content: Source, start: int, size: int) -> int:
    crc = 0
    for piece in pieces(content, start, size):
        crc = zlib.crc32(piece, crc)
    return crc


def _disagreement(content: Source, record: _Record, *, strict: bool) -> Fault | None:
    """Where the header before a member, or a stored member itself, is not what the directory says of it."""
    if not content.startswith(zipped.LOCAL, record.offset) or len(content) < record.offset + 30:
        return Fault.HEADERS_DISAGREE
    fixed, crc, stored, size, name_size, _ = _unpack("<10sIIIHH", content, record.offset + 4)
    if content[record.offset + 30 : record.offset + 30 + name_size] != record.name:
        return Fault.HEADERS_DISAGREE
    flags, method = struct.unpack_from("<HH", fixed, 2)
    if (fixed != record.fixed) if strict else (fixed[2:6] != record.fixed[2:6]):
        return Fault.HEADERS_DISAGREE
    if not flags & _SIZES_FOLLOW and (crc, stored, size) != (record.crc, record.stored, record.size):
        return Fault.HEADERS_DISAGREE
    end = _end(content, record)
    if method == 0 and not flags & 1:
        if record.stored != record.size:
            return Fault.HEADERS_DISAGREE
        if _checksum(content, end - record.stored, record.stored) != record.crc:
            return Fault.CHECKSUM
    return None


def _end(content: Source, record: _Record) -> int:
    """Where a member's content ends."""
    name_size, extra_size = _unpack("<HH", content, record.offset + 26)
    return record.offset + 30 + int(name_size) + int(extra_size) + record.stored


def _repeated(names: list[bytes]) -> Fault | None:
    if len(set(names)) < len(names):
        return Fault.SAME_NAME
    return Fault.CASE_TWIN if len({name.lower() for name in names}) < len(names) else None


def _hostile(record: _Record) -> Fault | None:
    """Whether a member is encrypted, a link, or named to land elsewhere."""
    if record.made_by >> 8 == 3 and record.external >> 28 == 0o12:
        return Fault.LINK
    if struct.unpack_from("<H", record.fixed, 2)[0] & 1:
        return Fault.ENCRYPTED_MEMBER
    return Fault.CLIMBING_NAME if climbs(record.name) else None


def climbs(name: bytes) -> bool:
    """Whether a member is named to land outside the folder that it is unpacked into."""
    return name.startswith(b"/") or b".." in name.split(b"/") or b"\\" in name or name[1:2] == b":"
