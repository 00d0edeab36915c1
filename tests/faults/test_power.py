"""A power cut after any call on a file loses nothing that was acknowledged (R2)."""

import os
import random
from collections import Counter
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.database import connect
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.places import DOCUMENTS_FILE, WORK_FILE
from esf_desktop.workspace.tables import WORK_SCHEMA, work
from tests.faults.deeds import held
from tests.faults.power import Call, Disk, calls
from tests.faults.preload import library, run_under

STATES = 5000
LONG = int(os.environ.get("ESF_SOAK_STATES", "200000"))
DEEDS = 40
FILES = (WORK_FILE, f"{WORK_FILE}-wal", f"{WORK_FILE}-journal")


def recorded(folder: Path, deeds: int, **settings: object) -> list[Call]:
    root = folder / "root"
    root.mkdir()
    record = folder / "record"
    made = library(folder)
    run_under(made, "tests.faults.writer", root, deeds, FAULTS_ROOT=root, FAULTS_LOG=record, **settings)
    return list(calls(record))


def cut(said: list[Call], states: int, folder: Path) -> Counter[str]:
    """The counts over so many states, spread over every call of the record; equal ones in a row are looked at once."""
    chance = random.Random(17)
    each, seen = -(-states // len(said)), set()
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
            files = tuple(next((c for p, c in found.items() if Path(p).name == name), None) for name in FILES)
            counts["states"] += 1
            key = (hash(files), acknowledged)
            if key not in seen:
                seen.add(key)
                counts["opened"] += 1
                counts[_verdict(files, acknowledged, folder, store)] += 1
    store.close()
    return counts


def _verdict(files: tuple[bytes | None, ...], acknowledged: int, folder: Path, store: DocumentStore) -> str:
    for name, content in zip(FILES, files, strict=True):
        (folder / name).unlink(missing_ok=True)
        if content is not None:
            (folder / name).write_bytes(content)
    try:
        engine = connect(folder / WORK_FILE, None, work, schema=WORK_SCHEMA)
    except EsfError as error:
        return f"refused: {error.code}"
    desk = Workspace(folder, engine, store, None)
    try:
        if desk.faults():
            return "faults"
        if acknowledged < 0:
            return "sound"
        return "sound" if acknowledged <= held(desk) <= acknowledged + 1 else "lost"
    except (EsfError, ValueError, KeyError):
        return "lost"
    finally:
        engine.dispose()


def survives(states: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = cut(recorded(folder, max(DEEDS, states // 1000)), states, folder / "states")
    with capsys.disabled():
        print(f"\npower cuts: {dict(counts)}")
    assert counts["states"] >= states
    assert counts["sound"] == counts["opened"]


def test_five_thousand_states_after_a_power_cut_lose_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survives(STATES, tmp_path, capsys)


@pytest.mark.soak
def test_many_states_after_a_power_cut_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    survives(LONG, tmp_path, capsys)


def test_a_disk_whose_syncs_are_lies_is_caught(tmp_path: Path) -> None:
    counts = cut(recorded(tmp_path, 10, FAULTS_NO_SYNC=1), 300, tmp_path / "states")
    assert counts["sound"] < counts["opened"]
