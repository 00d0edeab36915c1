"""The memory that this process and the worker share: contents go in through it, pictures come out through it."""

import mmap
import os
import sys
import weakref

SCRATCH = 128 << 20
"""Bytes at the start that belong to whoever holds the worker's lock."""
SIZE = 256 << 20
_GRAIN = 1 << 16


class Area:
    """Shared memory with a scratch part and room for pictures, each of which stays until nobody looks at it."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}
        self.descriptor: int | None = None
        self._name = f"esf-desktop-{os.getpid()}-{os.urandom(8).hex()}"
        if sys.platform != "win32":
            self.descriptor = _anonymous_file()
            self._scratch = mmap.mmap(self.descriptor, SCRATCH)
        else:
            self._whole = mmap.mmap(-1, SIZE, tagname=self._name)
            self._scratch = self._whole

    @property
    def address(self) -> str:
        """What the worker is told to find the memory by."""
        return self._name if self.descriptor is None else str(self.descriptor)

    def put(self, content: bytes) -> None:
        """Leave at most SCRATCH bytes for the worker; whoever calls holds its lock."""
        self._scratch[: len(content)] = content

    def scratch(self, size: int) -> memoryview:
        """A copy of what the worker left in the scratch part."""
        return memoryview(self._scratch[:size])

    def take(self, size: int) -> tuple[int, mmap.mmap] | None:
        """A place for a picture and a look into it; it is free again when the last look is gone. None when full."""
        room = -(-size // _GRAIN) * _GRAIN
        start = SCRATCH
        for taken, end in sorted(self._taken.items()):
            if taken - start >= room:
                break
            start = max(start, end)
        if start + room > SIZE:
            return None
        self._taken[start] = start + room
        if sys.platform != "win32":
            assert self.descriptor is not None
            look = mmap.mmap(self.descriptor, size, access=mmap.ACCESS_READ, offset=start)
        else:
            look = mmap.mmap(-1, size, tagname=self._name, access=mmap.ACCESS_READ, offset=start)
        weakref.finalize(look, self._taken.pop, start, None).atexit = False
        return start, look

    def close(self) -> None:
        """Let go of the memory; pictures that are still looked at stay until they are not."""
        self._scratch.close()
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


def attach(address: str) -> mmap.mmap:
    """The same memory, from the worker's side."""
    if sys.platform != "win32":
        return mmap.mmap(int(address), SIZE)
    return mmap.mmap(-1, SIZE, tagname=address)


def _anonymous_file() -> int:
    """A file without a name that holds the memory and that nobody can shrink under us, where the system can."""
    if sys.platform == "linux":
        import fcntl

        descriptor = os.memfd_create("esf-documents", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        os.ftruncate(descriptor, SIZE)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return descriptor
    import tempfile

    with tempfile.TemporaryFile() as file:
        descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, SIZE)
    return descriptor
