"""DER as far as signatures need it: written by nesting calls, read as places in bytes."""

from collections.abc import Iterator
from typing import Final

SEQUENCE: Final = 0x30
SET: Final = 0x31
INTEGER: Final = 0x02
OCTET_STRING: Final = 0x04
OBJECT_IDENTIFIER: Final = 0x06
NULL: Final = b"\x05\x00"
UTC_TIME: Final = 0x17
GENERALIZED_TIME: Final = 0x18
CONTEXT_0: Final = 0xA0


class DerError(ValueError):
    """Bytes that do not hold the element that was looked for."""


def element(tag: int, *parts: bytes) -> bytes:
    """One element: tag, shortest length, the parts joined."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def identifier(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER element."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    content = bytearray()
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | arc & 0x7F)
        content += bytes(reversed(groups))
    return element(OBJECT_IDENTIFIER, bytes(content))


def integer(number: int) -> bytes:
    """An INTEGER element of a number that is not negative."""
    return element(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def read(content: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at that place starts and ends.

    Lengths are taken in any spelling: the reader is only believed after its result was written anew and compared.
    """
    if at + 2 > len(content) or content[at] != tag:
        raise DerError
    start, size = at + 2, content[at + 1]
    if size & 0x80:
        width = size & 0x7F
        if not 1 <= width <= 4:
            raise DerError
        start, size = start + width, int.from_bytes(content[start : start + width], "big")
    if start + size > len(content):
        raise DerError
    return start, start + size


def elements(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """The elements between two places, each as its tag, where it starts, where its content starts, where it ends."""
    while start < end:
        inner, after = read(content, start, content[start])
        if after > end:
            raise DerError
        yield content[start], start, inner, after
        start = after
