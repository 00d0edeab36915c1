"""A kill -9 at a random moment loses nothing that was acknowledged (R1)."""

import json
import os
import subprocess
import sys

import pytest

from tests.faults.conftest import Count

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills fork, which this system cannot")

LONG = int(os.environ.get("ESF_SOAK_KILLS", "10000"))


def kills(number: int, *more: str) -> dict[str, int]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.kills", str(number), *more], check=True, capture_output=True, text=True
    )
    counts: dict[str, int] = json.loads(ran.stdout)
    return counts


def test_two_hundred_kills_lose_nothing_that_was_acknowledged(count: Count) -> None:
    lives(200, count)


@pytest.mark.soak
def test_many_kills_lose_nothing_that_was_acknowledged(count: Count) -> None:
    lives(LONG, count)


def lives(number: int, count: Count) -> None:
    counts = kills(number)
    count("kills", counts)
    assert counts["kills"] == number
    assert counts["acknowledged"] > number // 2
    assert (counts["lost"], counts["faults"], counts["refused"]) == (0, 0, 0)


def test_a_program_that_acknowledges_before_it_has_saved_is_caught(count: Count) -> None:
    counts = kills(40, "early")
    count("kills, control", counts)
    assert counts["lost"] > 0
