"""Data older than what was acknowledged is never opened without a word (R14)."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.recombining import moments, recombined

TRIES, LONG = 400, int(os.environ.get("ESF_SOAK_COMBINATIONS", "30000"))
BOTH = pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])


def silent_only_when_whole(folder: Path, tries: int, count: Count, *, encrypted: bool) -> Counter[str]:
    known = moments(folder, encrypted=encrypted)
    counts = recombined(folder, known, tries, encrypted=encrypted, blind=False)
    count("old copies", counts)
    assert sum(counts.values()) == counts["moments"] + 2 * counts["combinations"]
    wrong = {name for name in counts if name.startswith(("silently", "refused", "alarmed"))}
    assert not wrong, counts
    assert counts["told: older_data"] > tries // 8
    assert counts["silent and whole"] > tries // 20
    return counts


@BOTH
def test_old_copies_are_opened_only_when_nothing_acknowledged_is_missing(
    in_memory: Path, count: Count, encrypted: bool
) -> None:
    silent_only_when_whole(in_memory, TRIES, count, encrypted=encrypted)


@pytest.mark.soak
@BOTH
def test_every_combination_is_opened_only_when_nothing_acknowledged_is_missing(
    in_memory: Path, count: Count, encrypted: bool
) -> None:
    silent_only_when_whole(in_memory, LONG, count, encrypted=encrypted)


def test_a_program_that_does_not_look_is_caught(in_memory: Path, count: Count) -> None:
    known = moments(in_memory, encrypted=False)
    counts = recombined(in_memory, known, TRIES // 2, encrypted=False, blind=True)
    count("old copies, control", counts)
    assert counts["silently older"] > 0
    assert sum(n for name, n in counts.items() if name.startswith("silently unsound")) > 0
