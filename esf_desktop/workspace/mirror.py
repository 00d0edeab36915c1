"""Where the journal ended last, kept outside the workspace's folder, so that an old copy in its place is seen.

Two files of one sector by turns: one is at rest while the other is written after each commit. Writing is not synced,
so it costs no time and survives a kill; a power cut may set the mirror back some seconds, but never before the
database. It says nothing of what was written: hashes are keyed with one that only the database has.
"""

import hashlib
import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import sqlalchemy as sa

from esf_desktop import log, paths
from esf_desktop.files import sync_file
from esf_desktop.model import Moment, Value
from esf_desktop.workspace import journal
from esf_desktop.workspace.tables import journal as rows

SECTOR = 512
REST = 30.0
"""Seconds of writing after which a file is synced and left at rest, and the other one is taken."""
WEEK = timedelta(days=7)
KEPT = 100
"""Workspaces that are remembered; beyond them, those that were opened longest ago are forgotten."""
_CHECK = 16


class Seen(Value, frozen=True):
    """The row that was written last, in words that only its database can check."""

    turn: int
    round: str
    number: int
    mark: str
    saved: Moment
    checked: Moment | None = None
    """When the whole database was last found sound."""


class Mirror:
    """The two files of one workspace; what they cannot hold costs nothing but their own purpose."""

    def __init__(self, workspace: Path, folder: Path | None = None) -> None:
        name = hashlib.sha256(str(workspace.resolve()).encode()).hexdigest()[:32]
        self._folder = folder or paths.state_folder() / "heads"
        self.files = (self._folder / f"{name}.0", self._folder / f"{name}.1")
        self._written: Path | None = None
        """The file that is written now; the other one is at rest."""
        self._since = 0.0
        self._failed = False
        self.seen = max(
            (seen for file in self.files if (seen := _read(file))), key=lambda seen: seen.turn, default=None
        )

    def due(self, now: datetime) -> bool:
        """Whether the whole database is to be proved again; also when the clock was set back."""
        checked = self.seen.checked if self.seen else None
        return checked is None or not timedelta() <= now - checked < WEEK

    def agrees(self, connection: sa.Connection) -> bool:
        """Whether the database holds the row that was seen last, or has purged it since."""
        if self.seen is None:
            return True
        origin = journal.origin(connection)
        for round_ in connection.execute(sa.select(rows.c.round).distinct()).scalars().all():
            if _keyed(round_, origin) == self.seen.round:
                chain = sa.select(rows).where(rows.c.round == round_)
                row = connection.execute(chain.where(rows.c.number == self.seen.number)).mappings().one_or_none()
                if row is not None:
                    return _keyed(row["hash"], origin) == self.seen.mark
                first = connection.execute(chain.order_by(rows.c.number).limit(1)).mappings().one()
                return journal.kept_head(first).number >= self.seen.number
        return False

    def note(
        self, round_: str, head: journal.Head, origin: bytes, *, saved: datetime, checked: datetime | None = None
    ) -> None:
        """Let this be the row that was written last."""
        before = self.seen
        self.seen = Seen(
            before.turn + 1 if before else 0,
            _keyed(round_, origin),
            head.number,
            _keyed(head.hash, origin),
            saved,
            checked or (before.checked if before else None),
        )
        try:
            self._write(self.seen)
        except OSError as error:
            self._give_up(error)

    def settle(self) -> None:
        """Sync what was written, and leave it at rest."""
        if self._written is None:
            return
        try:
            sync_file(self._written)
        except OSError as error:
            self._give_up(error)
        self._written = None

    def forget(self) -> None:
        """Let nothing be known, so that whatever data comes next is taken as it is."""
        self._written = self.seen = None
        for file in self.files:
            with suppress(OSError):
                file.unlink()

    def _write(self, seen: Seen) -> None:
        if self._written is None:
            self._written, self._since = self._older(), time.monotonic()
        said = msgspec.json.encode(seen)
        descriptor = os.open(self._written, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(descriptor, (said + b"\n" + _checked(said)).ljust(SECTOR))
        finally:
            os.close(descriptor)
        if time.monotonic() - self._since > REST:
            self.settle()

    def _older(self) -> Path:
        """The file that says the older of the two."""
        turns = [seen.turn if (seen := _read(file)) else -1 for file in self.files]
        if max(turns) < 0:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make_room(self._folder)
        return self.files[turns.index(min(turns))]

    def _give_up(self, error: OSError) -> None:
        """Say once in the log that the place of the mirror failed; the next commit tries again."""
        if not self._failed:
            log.bug(error)
        self._failed = True
        self._written = None


def _keyed(text: str, origin: bytes) -> str:
    return hashlib.blake2b(text.encode(), key=origin, digest_size=_CHECK).hexdigest()


def _checked(said: bytes) -> bytes:
    return hashlib.blake2b(said, digest_size=_CHECK).hexdigest().encode()


def _read(file: Path) -> Seen | None:
    """What the file says; None when it is missing, torn or damaged."""
    try:
        said, _mark, check = file.read_bytes().partition(b"\n")
        return msgspec.json.decode(said, type=Seen) if check.rstrip() == _checked(said) else None
    except (OSError, msgspec.DecodeError):
        return None


def _make_room(folder: Path) -> None:
    found = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime)
    for file in found[: -2 * KEPT]:
        file.unlink(missing_ok=True)


def go_on(workspace: Path) -> None:
    """Take what lies in the workspace's folder for the latest from now on, as somebody has decided."""
    Mirror(workspace).forget()
