"""A file system that is really full: it is told, the reserve takes the latest text, and nothing is lost (R4)."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Count

SMALL = "6m"


def filled(folder: Path, *more: str) -> dict[str, int]:
    """The counts on a small file system that only this process sees; it goes with the process."""
    place = folder / "small"
    place.mkdir()
    mount = f'mount -t tmpfs -o size={SMALL} tmpfs "{place}"'
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "sh", "-c", mount], check=False).returncode:
        pytest.skip("NOT TESTED: a full file system needs somebody who may mount one")
    run = f'{mount} && exec "{sys.executable}" -m tests.faults.full "{place}" {" ".join(more)}'
    ran = subprocess.run(
        ["unshare", "-m", "sh", "-c", run],
        env=os.environ | {"XDG_STATE_HOME": str(place / "state")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    counts: dict[str, int] = json.loads(ran.stdout)
    return counts


def test_a_full_disk_is_told_and_the_reserve_takes_the_latest_text(tmp_path: Path, count: Count) -> None:
    counts = filled(tmp_path)
    count("full disk", counts)
    assert counts["told"] > 0
    assert counts["saved_on_reserve"] > 0
    assert counts["there"] == counts["acknowledged"]
    assert (counts["faults"], counts["room_again"]) == (0, True)


def test_a_program_that_acknowledges_what_was_refused_is_caught(tmp_path: Path, count: Count) -> None:
    counts = filled(tmp_path, "deaf")
    count("full disk, control", counts)
    assert counts["there"] < counts["acknowledged"]
