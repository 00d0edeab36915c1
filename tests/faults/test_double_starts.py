"""One writer: of two starts exactly one gets the work, and the other brings its window forward with its files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks, which this system cannot")
MANY = int(os.environ.get("ESF_SOAK_STARTS", "500"))


def starts(folder: Path, times: int, *extra: str) -> dict[str, int]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.double_starts", str(folder / "desk"), str(times), *extra],
        check=True,
        capture_output=True,
        text=True,
    )
    counts: dict[str, int] = json.loads(ran.stdout)
    return counts


@pytest.mark.parametrize("times", [20, pytest.param(MANY, marks=pytest.mark.soak)])
def test_of_two_starts_one_gets_the_work_and_the_other_brings_it_forward(
    tmp_path: Path, times: int, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = starts(tmp_path, times)
    with capsys.disabled():
        print(f"\ndouble starts: {counts}")
    assert counts["one_window"] == counts["starts"] == times
    assert counts["killed"] == times // 5
    assert not counts["two_windows"] + counts["no_window"] + counts["files_lost"]


def test_starts_that_see_no_lock_are_caught(tmp_path: Path) -> None:
    assert starts(tmp_path, 2, "blind")["two_windows"] == 2
