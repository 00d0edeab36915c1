"""A power cut after any call on a file loses nothing that was acknowledged (R2)."""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.mirror import Mirror
from esf_desktop.workspace.places import DOCUMENTS_FILE, WORK_FILE
from esf_desktop.workspace.work_database import WorkDatabase
from tests.faults.conftest import Count
from tests.faults.deeds import held
from tests.faults.power import Call, Disk, calls
from tests.faults.preload import library, run_under

STATES = 5000
LONG = int(os.environ.get("ESF_SOAK_STATES", "200000"))
DEEDS = 40
FILES = (WORK_FILE, f"{WORK_FILE}-wal", f"{WORK_FILE}-journal")
MIRROR = (".0", ".1")
STATE = "state"
"""Where the mirror of the journal's head lies, so that it is recorded too."""


def recorded(folder: Path, deeds: int, **settings: object) -> list[Call]:
    root = folder / "root"
    (root / STATE).mkdir(parents=True)
    record = folder / "record"
    made = library(folder)
    run_under(
        made,
        "tests.faults.writer",
        root,
        deeds,
        FAULTS_ROOT=root,
        FAULTS_LOG=record,
        XDG_STATE_HOME=root / STATE,
        **settings,
    )
    return list(calls(record))


def cut(said: list[Call], states: int, folder: Path) -> Counter[str]:
    """The counts over so many states, spread over every call of the record; equal ones in a row are looked at once."""
    chance = random.Random(17)
    each, seen = 1 + states // len(said), set()
    counts: Counter[str] = Counter(calls=len(said))
    disk, acknowledged = Disk(chance), -1
    folder.mkdir()
    store = DocumentStore(folder / DOCUMENTS_FILE, None)
    for call in said:
        if call.path.endswith("/acknowledged"):
            if call.op == "W":
                acknowledged = int(call.data)
            continue
        disk.take(call)
        for manner in ("kept", "dropped", *["random"] * each)[: each + 1]:
            found = disk.after_a_cut(manner)
            files = tuple(
                next((content for path, content in found.items() if path.endswith(name)), None)
                for name in (*(f"/{name}" for name in FILES), *MIRROR)
            )
            counts["states"] += 1
            key = (hash(files), acknowledged)
            if key not in seen:
                seen.add(key)
                counts["opened"] += 1
                counts[_verdict(files, acknowledged, folder, store)] += 1
    store.close()
    return counts


def _verdict(files: tuple[bytes | None, ...], acknowledged: int, folder: Path, store: DocumentStore) -> str:
    for place, content in zip((*(folder / name for name in FILES), *Mirror(folder).files), files, strict=True):
        place.unlink(missing_ok=True)
        if content is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    clean = files[1] is None
    try:
        database = WorkDatabase.open(folder, None)
    except EsfError as error:
        return f"refused: {error.code}"
    desk = Workspace(folder, database, store, None)
    try:
        if clean and desk.faults():  # after an unclean end, opening has proved it all
            return "faults"
        if acknowledged < 0:
            return "sound"
        return "sound" if acknowledged <= held(desk) <= acknowledged + 1 else "lost"
    except (EsfError, ValueError, KeyError):
        return "lost"
    finally:
        database.close()


def survives(states: int, folder: Path, count: Count) -> None:
    counts = cut(recorded(folder, max(DEEDS, states // 1000)), states, folder / "states")
    count("power cuts", counts)
    assert counts["states"] >= states
    assert counts["sound"] == counts["opened"]


def test_five_thousand_states_after_a_power_cut_lose_nothing(in_memory: Path, count: Count) -> None:
    survives(STATES, in_memory, count)


@pytest.mark.soak
def test_many_states_after_a_power_cut_lose_nothing(in_memory: Path, count: Count) -> None:
    survives(LONG, in_memory, count)


def test_a_disk_whose_syncs_are_lies_is_caught(in_memory: Path, count: Count) -> None:
    counts = cut(recorded(in_memory, 10, FAULTS_NO_SYNC=1), 300, in_memory / "states")
    count("power cuts, control", counts)
    assert counts["sound"] < counts["opened"]
