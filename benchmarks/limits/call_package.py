"""A call package of 256 MiB copied to disk and hashed, as any program that keeps it must."""

import hashlib
import os
import sys
import time
from pathlib import Path

from benchmarks.packages import large_package

PIECE = 2**20


def copy_and_hash(source: Path, target: Path) -> str:
    """Copy in pieces through SHA-256, and rest when the copy is on the disk."""
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(PIECE):
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


if __name__ == "__main__":
    own = Path(sys.argv[2])
    path, _key = large_package(own)
    began = time.perf_counter()
    copy_and_hash(path, own / "copy")
    print("raw_call_package", time.perf_counter() - began)
