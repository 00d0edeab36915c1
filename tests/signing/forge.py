"""An archive writer with a knob for every fault, for tests of a reader that takes one spelling only."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from esf_desktop.signing import container, zipped


@dataclass(frozen=True)
class Part:
    """A member, and whatever its headers are to say of it."""

    name: bytes
    content: bytes
    made_by: int = 20
    needed: int = 20
    flags: int = 0
    method: int = 0
    time: int = 0
    date: int = 33
    extra: bytes = b""
    comment: bytes = b""
    attributes: int = 0
    hidden: bool = False
    """Not in the directory."""

    @property
    def stored(self) -> bytes:
        """The content as it lies in the archive."""
        if self.method != 8:
            return self.content
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflate.compress(self.content) + deflate.flush()

    @property
    def fixed(self) -> bytes:
        """What both headers say alike."""
        sizes = (zlib.crc32(self.content), len(self.stored), len(self.content), len(self.name), len(self.extra))
        return struct.pack("<HHHHHIIIHH", self.needed, self.flags, self.method, self.time, self.date, *sizes)


def archive(parts: Sequence[Part], *, comment: bytes = b"", between: bytes = b"", zip64: bool = False) -> bytes:
    """The archive of those parts; `between` stands before the last one."""
    out, central, count = b"", b"", 0
    for part in parts:
        out += between if part is parts[-1] else b""
        if not part.hidden:
            rest = struct.pack("<HHHII", len(part.comment), 0, 0, part.attributes, len(out))
            central += zipped.CENTRAL + struct.pack("<H", part.made_by) + part.fixed + rest
            central += part.name + part.extra + part.comment
            count += 1
        out += zipped.LOCAL + part.fixed + part.name + part.extra + part.stored
    start = len(out)
    out += central
    if zip64:
        record = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(central), start)
        out += b"PK\x06\x06" + record + b"PK\x06\x07" + struct.pack("<IQI", 0, start + len(central), 1)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(central), start, len(comment))
    return out + zipped.END + end + comment


def parts_of(file: bytes) -> list[Part]:
    """The members of a sound file."""
    return [Part(name, content) for name, content in zipped.read(file, most=container.MOST_MEMBERS)]


def changed(file: bytes, number: int, **changes: object) -> list[Part]:
    """The members of a sound file, one of them changed."""
    parts = parts_of(file)
    parts[number] = replace(parts[number], **changes)  # type: ignore[arg-type]
    return parts


def swapped(file: bytes, number: int, content: bytes) -> bytes:
    """A sound file with one member's content replaced, the archive made right again."""
    return archive(changed(file, number, content=content))
