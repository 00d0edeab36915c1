"""Every small change of a file, one after the other."""

from collections.abc import Callable, Iterator

Accepts = Callable[[bytes], bool]
"""Whether a reader takes some bytes."""


def one_bit_of_each_byte(file: bytes) -> Iterator[bytes]:
    """The file with one bit turned, another one in each byte."""
    for at, byte in enumerate(file):
        yield file[:at] + bytes((byte ^ 1 << at % 8,)) + file[at + 1 :]


def other_values(file: bytes) -> Iterator[bytes]:
    """The file with each byte in turn at each of its 255 other values."""
    changed = bytearray(file)
    for at, byte in enumerate(file):
        for value in range(256):
            if value != byte:
                changed[at] = value
                yield bytes(changed)
        changed[at] = byte


def truncations(file: bytes) -> Iterator[bytes]:
    """The file's beginnings, the empty one among them."""
    return (file[:size] for size in range(len(file)))


def deletions(file: bytes) -> Iterator[bytes]:
    """The file without one byte."""
    return (file[:at] + file[at + 1 :] for at in range(len(file)))


def insertions(file: bytes, *, values: bytes = b"\0") -> Iterator[bytes]:
    """The file with one byte more, at every place and the end."""
    return (file[:at] + bytes((value,)) + file[at:] for at in range(len(file) + 1) for value in values)


def accepted(accepts: Accepts, changes: Iterator[bytes], *, but: bytes) -> int:
    """How many of the changed files a reader takes; a change that changes nothing does not count."""
    return sum(changed != but and accepts(changed) for changed in changes)
