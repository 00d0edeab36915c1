"""How a file is written whole, so that a reader finds the old one or the new one and nothing between."""

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from esf_desktop.errors import ReadBackError


def write_whole(target: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put the content at the target: written beside it, synced, read back, renamed, and the folder synced.

    Raises:
        ReadBackError: what the disk gave back differs; the target is as it was.
        OSError: the disk refused; the target is as it was.
    """

    def check(beside: Path) -> None:
        if beside.read_bytes() != content:
            raise ReadBackError(file=target.name)

    write_pieces(target, (content,), check=check, mode=mode)


def write_pieces(target: Path, pieces: Iterable[bytes], *, check: Callable[[Path], None], mode: int = 0o600) -> None:
    """The same for content that comes in pieces; `check` reads it back from the file that is given, and may refuse."""
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        check(beside)
        os.replace(beside, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in the folder survive a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(file: Path) -> None:
    """Make a file's content survive a power cut."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def safe_name(text: str) -> str:
    """The text as a file name on every system: `2026/00112` becomes `2026-00112`."""
    kept = "".join("-" if c in '/\\:*?"<>|' or ord(c) < 32 else c for c in text).strip(" .")
    reserved = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
    return f"_{kept}" if not kept or kept.split(".")[0].lower() in reserved else kept[:120]


def readable(name: str) -> str:
    """The name of a file as text: what is not UTF-8 in it, or would break a line, is shown as a question mark."""
    return "".join("?" if ord(c) < 32 else c for c in name.encode(errors="replace").decode())
