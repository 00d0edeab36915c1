"""The work database while it is open: checked first, one transaction at a time, its end mirrored outside."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from esf_desktop.errors import DiskFullError, NoRoomError, NotSavedError, UnusablePlaceError
from esf_desktop.history import Kind
from esf_desktop.workspace import erasing, journal, proof
from esf_desktop.workspace.content import Content, content_of
from esf_desktop.workspace.database import (
    DamagedDatabaseError,
    close,
    connect,
    copy_open,
    logical_hash,
    make_certain,
    openings,
    told,
    transaction,
)
from esf_desktop.workspace.mirror import Mirror
from esf_desktop.workspace.places import WORK_FILE
from esf_desktop.workspace.proof import ChangedOutsideError, Fault, OlderDataError
from esf_desktop.workspace.reserve import Reserve
from esf_desktop.workspace.tables import WORK_SCHEMA, WORK_STEPS, work
from esf_desktop.workspace.upgrading import Upgrade
from esf_desktop.workspace.work import Work

_BREATH = 0.001
"""Seconds between some pages of a copy and the next, in which others may read and write."""
_GENTLE_COPIES = 4
"""Copies that let others write, before the one that does not."""


class WorkDatabase:
    """One connection, safe to use from several threads."""

    def __init__(self, folder: Path, engine: sa.Engine, mirror: Mirror, *, as_it_is: bool) -> None:
        self.lock = threading.RLock()
        self.on_reserve = False
        """Whether the disk was full and the reserve was given up, until there is room for another one."""
        self._engine, self._mirror, self._as_it_is = engine, mirror, as_it_is
        self._reserve = Reserve(folder)
        self._openings = openings(engine)
        self._heads: dict[str, journal.Head] = {}
        self._under_way: sa.Connection | None = None

    @classmethod
    def open(cls, folder: Path, key: bytes | None, *, as_it_is: bool = False) -> "WorkDatabase":
        """The database, made when it is missing, and found sound unless it is to be taken as it is.

        The order of the checks: the lock, the mirror, the pages, the journal; the whole of it after an unclean end.

        Raises:
            OlderDataError, ChangedOutsideError, and what `connect` does: it was not touched.
        """
        path = folder / WORK_FILE
        new = not path.exists() or path.stat().st_size == 0
        log = path.with_name(f"{WORK_FILE}-wal")
        unclean = log.exists() and log.stat().st_size > 0
        opened = cls(
            folder,
            connect(path, key, work, schema=WORK_SCHEMA, upgrade=_upgrade(folder, key)),
            Mirror(folder),
            as_it_is=as_it_is,
        )
        if as_it_is:
            return opened
        try:
            if new:
                opened._mirror.forget()
            else:
                opened._check(whole=unclean)
        except NotSavedError as error:
            opened.close()
            raise UnusablePlaceError(WORK_FILE) from error
        except DiskFullError as error:
            opened.close()
            raise NoRoomError from error
        except BaseException:
            opened.close()
            raise
        opened._reserve.fill()
        return opened

    def close(self) -> None:
        """Close the database, and let its mirror rest; everything was on disk already."""
        with self.lock:
            if not self._as_it_is:
                self._mirror.settle()
            close(self._engine)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction; the one under way when this thread reads while it writes."""
        with self.lock:
            if self._under_way is not None:
                yield self._under_way
                return
            with self._full_is_told(), transaction(self._engine) as connection:
                if openings(self._engine) != self._openings:
                    self._check_again(connection)
                self._under_way = connection
                try:
                    yield connection
                finally:
                    self._under_way = None

    @contextmanager
    def writing(self, round_: str, *, at: datetime, kind: Kind) -> Iterator[Work]:
        """One transaction that is in the journal; on disk and in the mirror when the block ends, or nothing is.

        Raises:
            DiskFullError: there was no room; the reserve is given up, so that the same again may succeed.
        """
        with self.lock:
            try:
                with self._full_is_told():
                    make_certain(self._engine)
                with self.reading() as connection:
                    doing = Work(connection, round_, at, kind, dict(self._heads))
                    yield doing
                    origin = journal.origin(connection)
            except BaseException:
                self._heads.clear()
                raise
            self._heads = doing.heads
            if doing.last is not None and not self._as_it_is:
                self._mirror.note(*doing.last, origin, saved=at)

    def refill(self) -> bool:
        """Take room in reserve again when it was given up; False while the disk has none."""
        with self.lock:
            self.on_reserve = self.on_reserve and not self._reserve.fill()
            return not self.on_reserve

    def faults(self) -> tuple[Fault, ...]:
        """Every way in which the database is wrong, and what was saved here and is missing; empty when it is sound."""
        with self.reading() as connection:
            seen = self._mirror.seen
            older = () if seen is None or self._mirror.agrees(connection) else (Fault("older_data", str(seen.saved)),)
            return (*older, *proof.faults(connection))

    def logical_hash(self) -> str:
        """The hash of everything that the tables say."""
        with self.lock:
            return logical_hash(self._engine)

    def compact(self) -> None:
        """Write the database anew, so that nothing of what was deleted is left in its file."""
        with self.lock, told(self._engine):
            erasing.compact(self._engine)

    def copy_to(self, target: Path, key: bytes | None) -> Content:
        """Copy the database, whose key this is, to a new file so that nobody waits long, and say what is in it.

        It is copied a little at a time; when somebody has written meanwhile, then anew, and in the end in one go.
        """

        def content() -> Content:
            with self.reading() as connection:
                return content_of(connection)

        def let_others(_done: int, _all: int) -> None:
            self.lock.release()
            time.sleep(_BREATH)
            self.lock.acquire()

        for _try in range(_GENTLE_COPIES):
            before = content()
            copied = copy_open(self._engine, key, target, lock=self.lock, between=let_others, seen=content)
            if copied == before:
                return copied
            target.unlink()
        return copy_open(self._engine, key, target, lock=self.lock, seen=content)

    @contextmanager
    def _full_is_told(self) -> Iterator[None]:
        """A disk without room: the reserve is given up, so that the same again may succeed."""
        try:
            yield
        except NoRoomError as error:
            self.on_reserve = self._reserve.give_up() or self.on_reserve
            raise DiskFullError from error

    def _check(self, *, whole: bool) -> None:
        now = datetime.now(UTC)
        whole = whole or self._mirror.due(now)
        with self.reading() as connection:
            if self._mirror.seen is not None and not self._mirror.agrees(connection):
                raise OlderDataError(self._mirror.seen.saved.astimezone())
            _refuse(proof.faults(connection) if whole else proof.faults_of_the_tail(connection))
            last = journal.last(connection)
            if last is not None:
                round_, head, saved = last
                self._mirror.note(round_, head, journal.origin(connection), saved=saved, checked=now if whole else None)

    def _check_again(self, connection: sa.Connection) -> None:
        """After the disk failed: nothing that was acknowledged may be missing in what was opened anew."""
        self._heads.clear()
        _refuse(proof.faults_of_the_tail(connection))
        if not self._as_it_is and self._mirror.seen is not None and not self._mirror.agrees(connection):
            raise OlderDataError(self._mirror.seen.saved.astimezone())
        self._openings = openings(self._engine)


def _refuse(faults: tuple[Fault, ...]) -> None:
    if any(fault.code == "damaged" for fault in faults):
        raise DamagedDatabaseError(WORK_FILE)
    if faults:
        raise ChangedOutsideError


def _upgrade(folder: Path, key: bytes | None) -> Upgrade:
    """What makes a work database of the present schema out of an earlier one, after a backup among the others."""

    def back_up(engine: sa.Engine, _found: int) -> None:
        from esf_desktop.workspace.backup import before_upgrade

        before_upgrade(engine, key, folder, at=datetime.now().astimezone())

    return Upgrade(WORK_STEPS, back_up)
