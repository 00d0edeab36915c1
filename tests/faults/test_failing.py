"""A full or failing disk is told, nothing false is acknowledged, and what was there is still there (R4)."""

import json
from pathlib import Path

import pytest

from tests.faults.preload import library, run_under


def faults(folder: Path, *more: str) -> dict[str, int]:
    (folder / "root").mkdir()
    said = run_under(
        library(folder), "tests.faults.failing", folder / "root", *more, FAULTS_ROOT=folder / "root" / "case"
    )
    counts: dict[str, int] = json.loads(said)
    return counts


def test_each_call_that_fails_is_told_and_nothing_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = faults(tmp_path)
    with capsys.disabled():
        print(f"\nfailing disk: {counts}")
    assert counts["faults"] > 100
    assert counts["told"] > 50
    wrong = ("crashed", "falsely_acknowledged", "corrupt", "without_sentence")
    assert {name: counts[name] for name in wrong} == dict.fromkeys(wrong, 0)


def test_a_program_that_acknowledges_whatever_the_disk_says_is_caught(tmp_path: Path) -> None:
    counts = faults(tmp_path, "deaf")
    assert counts["falsely_acknowledged"] + counts["corrupt"] > 0
