"""A full or failing disk is told, nothing false is acknowledged, and what was there is still there (R4)."""

import json
from pathlib import Path

from tests.faults.conftest import Count
from tests.faults.failing import STATE
from tests.faults.preload import library, run_under


def faults(folder: Path, *more: str) -> dict[str, int]:
    case = folder / "root" / "case"
    case.parent.mkdir()
    said = run_under(
        library(folder),
        "tests.faults.failing",
        folder / "root",
        *more,
        FAULTS_ROOT=case,
        XDG_STATE_HOME=f"{case}{STATE}",
    )
    counts: dict[str, int] = json.loads(said)
    return counts


def test_each_call_that_fails_is_told_and_nothing_is_lost(in_memory: Path, count: Count) -> None:
    counts = faults(in_memory)
    count("failing disk", counts)
    assert counts["faults"] > 100
    assert counts["told"] > 50
    wrong = ("crashed", "falsely_acknowledged", "corrupt", "without_sentence")
    assert {name: counts[name] for name in wrong} == dict.fromkeys(wrong, 0)


def test_a_program_that_acknowledges_whatever_the_disk_says_is_caught(in_memory: Path, count: Count) -> None:
    counts = faults(in_memory, "deaf")
    count("failing disk, control", counts)
    assert counts["falsely_acknowledged"] + counts["corrupt"] > 0
