"""Export, import, merge, backup, restoring, purge, encryption: before or after, never between (R3)."""

import json
import os
from pathlib import Path

import pytest

from tests.faults.acts import ACTS
from tests.faults.conftest import Count
from tests.faults.preload import library, run_under

KILLS, STATES = 6, 12
EVERY = int(os.environ.get("ESF_SOAK_ACTS", "100000"))
RIGHT = ("calls", "kills", "states", "before", "after")
WHOLE = [name for name in ACTS if "control" not in name]


def tried(folder: Path, act: str, kills: int, states: int, count: Count) -> dict[str, int]:
    place = folder / "place"
    said = run_under(
        library(folder),
        "tests.faults.acts",
        folder,
        act,
        kills,
        states,
        FAULTS_ROOT=place,
        XDG_STATE_HOME=place / "state",
    )
    counts: dict[str, int] = json.loads(said)
    count(act, counts)
    return counts


@pytest.mark.parametrize("act", WHOLE)
def test_an_act_that_is_cut_off_is_before_or_after_and_can_be_completed(
    in_memory: Path, count: Count, act: str
) -> None:
    counts = tried(in_memory, act, KILLS, STATES, count)
    assert counts.keys() == set(RIGHT), counts


@pytest.mark.soak
@pytest.mark.parametrize("act", WHOLE)
def test_an_act_that_is_cut_off_at_any_call_is_before_or_after(in_memory: Path, count: Count, act: str) -> None:
    counts = tried(in_memory, act, EVERY, EVERY, count)
    assert counts.keys() <= set(RIGHT), counts


def test_an_act_that_goes_file_by_file_is_caught(in_memory: Path, count: Count) -> None:
    assert not tried(in_memory, "restore, control", KILLS, STATES, count).keys() <= set(RIGHT)
