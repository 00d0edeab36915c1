"""Fuzzing finds nothing but refusals (R7): 60 seconds in all with every run, `ESF_FUZZ_SECONDS` a reader in a soak."""

import importlib.util
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzzing.__main__ import checked, mutated
from tests.fuzzing.readers import READERS, seeds
from tests.vectors.run import FOLDER

SECONDS = 60 // len(READERS)
SOAK = int(os.environ.get("ESF_FUZZ_SECONDS", "1800"))
APART = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
"""A small process in between: a child's peak of memory begins at that of the process that started it."""
TREE = FOLDER.parent.parent


def fuzz(reader: str, seconds: int, seed: int, scratch: Path) -> int:
    """How many inputs a reader got in a process of its own; what it did wrong fails the test."""
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed; a seeded mutator of our own stands in")
    words = [sys.executable, "-c", APART, sys.executable, "-m", "tests.fuzzing", reader, str(seconds), str(seed)]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    run = subprocess.run(
        words, cwd=TREE, env=environment, capture_output=True, text=True, errors="replace", timeout=seconds + 120
    )
    assert run.returncode == 0, run.stderr[-4000:]
    told = re.search(r"stat::number_of_executed_units: (\d+)", run.stderr)
    assert told is not None, run.stderr[-4000:]
    return int(told[1])


@pytest.mark.parametrize("reader", READERS)
def test_no_input_does_anything_but_be_refused(reader: str, tmp_path: Path) -> None:
    assert fuzz(reader, SECONDS, 1, tmp_path) > 1000


@pytest.mark.soak
@pytest.mark.parametrize("reader", READERS)
def test_no_input_does_anything_but_be_refused_for_long(reader: str, tmp_path: Path) -> None:
    assert fuzz(reader, SOAK, random.randrange(2**31), tmp_path) > 1000


@pytest.mark.parametrize("reader", READERS)
def test_the_mutator_of_our_own_finds_nothing_either(reader: str) -> None:
    chance, one, inside = random.Random(7), checked(READERS[reader]), seeds(reader)
    for _ in range(500):
        one(mutated(chance, inside))


def test_a_reader_that_breaks_is_noticed() -> None:
    def broken(content: bytes) -> bool:
        return content[1000] > 0

    short = next(content for content in seeds("file") if 0 < len(content) < 1000)
    with pytest.raises(IndexError):
        checked(broken)(short)


def test_a_reader_that_takes_long_is_noticed() -> None:
    def slow(content: bytes) -> bool:
        return sum(range(10**8)) == len(content)

    with pytest.raises(AssertionError, match="s for 3 bytes"):
        checked(slow)(b"abc")
