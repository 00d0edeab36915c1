"""After a sync that failed nothing is built on what the disk may not have (R2, R4)."""

import json
import os
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.preload import library, run_under

LONG = int(os.environ.get("ESF_SOAK_ACTS", "100000"))


def tried(folder: Path, runs: int, states: int, name: str, count: Count, *more: str) -> dict[str, int]:
    place = folder / "place"
    said = run_under(
        library(folder),
        "tests.faults.syncs",
        folder,
        runs,
        states,
        *more,
        FAULTS_ROOT=place,
        XDG_STATE_HOME=place / "state",
    )
    counts: dict[str, int] = json.loads(said)
    count(name, counts)
    return counts


def test_what_is_acknowledged_after_a_failed_sync_survives_a_power_cut(in_memory: Path, count: Count) -> None:
    counts = tried(in_memory, 10, 12, "failed syncs", count)
    assert counts["syncs failed"] > 10
    assert counts["sound"] == counts["states"]


@pytest.mark.soak
def test_what_is_acknowledged_after_any_failed_sync_survives_a_power_cut(in_memory: Path, count: Count) -> None:
    counts = tried(in_memory, LONG, LONG, "failed syncs", count)
    assert counts["sound"] == counts["states"]


def test_a_program_that_goes_on_from_what_it_reads_is_caught(in_memory: Path, count: Count) -> None:
    counts = tried(in_memory, 30, 20, "failed syncs, control", count, "naive")
    assert counts["sound"] < counts["states"]
