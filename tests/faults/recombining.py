"""Old copies: the database of one moment, its log of another and the mirror of a third, put together and opened."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from esf_desktop.errors import EsfError
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.mirror import Mirror
from esf_desktop.workspace.places import DOCUMENTS_FILE, WORK_FILE
from esf_desktop.workspace.work_database import WorkDatabase
from tests.faults.deeds import RAW_KEY, do, held, prepare

MOMENTS = 28
_TOLD = ("older_data", "changed_outside", "damaged_database", "unusable_place")


@dataclass(frozen=True)
class Moment:
    """What lay on the disk when a deed had just been acknowledged: -1 before the round was taken."""

    acknowledged: int
    database: bytes | None
    log: bytes | None
    mirror: tuple[bytes | None, ...]


def moments(folder: Path, *, encrypted: bool) -> list[Moment]:
    """A workspace at work, with every way in which its log comes to an end: not yet, copied, emptied, closed."""
    key = RAW_KEY if encrypted else None
    desk = Workspace.unlocked(folder, key)
    found = [_moment(folder, -1)]
    prepare(desk)
    found.append(_moment(folder, 0))
    for number in range(1, MOMENTS - 1):
        do(desk, number)
        if number % 9 in (4, 7):
            with desk._database._engine.connect() as connection:
                how = "PASSIVE" if number % 9 == 4 else "TRUNCATE"
                connection.connection.cursor().execute(f"PRAGMA wal_checkpoint({how})").close()
        elif number % 9 == 8:
            desk.close()
            desk = Workspace.unlocked(folder, key)
        found.append(_moment(folder, number))
    desk.close()
    return found


def recombined(folder: Path, known: list[Moment], tries: int, *, encrypted: bool, blind: bool) -> Counter[str]:
    """The counts of so many combinations, all where there are fewer; `blind` opens without the checks."""
    key = RAW_KEY if encrypted else None
    counts: Counter[str] = Counter(moments=len(known))
    store = DocumentStore(folder / DOCUMENTS_FILE, key)
    for database, log, mirror in _chosen(known, tries):
        _put(folder, database, log, mirror)
        counts["combinations"] += 1
        counts[_verdict(folder, store, database, log, mirror, key=key, blind=blind)] += 1
    store.close()
    return counts


def _verdict(
    folder: Path, store: DocumentStore, database: Moment, log: Moment, mirror: Moment, *, key: bytes | None, blind: bool
) -> str:
    """Silent is right only when nothing is missing that the mirror knew of, and told only when there is a reason."""
    nothing_missing = database is log and database.acknowledged >= mirror.acknowledged
    try:
        opened = WorkDatabase.open(folder, key, as_it_is=blind)
    except EsfError as error:
        if error.code not in _TOLD:
            return f"refused: {error.code}"
        return "alarmed for nothing" if nothing_missing else f"told: {error.code}"
    desk = Workspace(folder, opened, store, key)
    try:
        if faults := [fault for fault in desk.faults() if not (blind and fault.code == "older_data")]:
            return f"silently unsound: {faults[0].code}"
        there = held(desk) if desk.call() else -1
        return "silent and whole" if there >= mirror.acknowledged else "silently older"
    except (EsfError, ValueError, KeyError):
        return "silently unsound"
    finally:
        opened.close()


def _chosen(known: list[Moment], tries: int) -> Iterator[tuple[Moment, Moment, Moment]]:
    every = list(product(known, known, known))
    yield from every if tries >= len(every) else random.Random(23).sample(every, tries)


def _moment(folder: Path, acknowledged: int) -> Moment:
    mirror = tuple(_content(file) for file in Mirror(folder).files)
    return Moment(acknowledged, _content(folder / WORK_FILE), _content(_log(folder)), mirror)


def _put(folder: Path, database: Moment, log: Moment, mirror: Moment) -> None:
    files = (folder / WORK_FILE, _log(folder), *Mirror(folder).files)
    for file, content in zip(files, (database.database, log.log, *mirror.mirror), strict=True):
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content)


def _log(folder: Path) -> Path:
    return folder / f"{WORK_FILE}-wal"


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None
