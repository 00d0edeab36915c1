"""Syncs that fail, and what a power cut leaves after them: the system takes what it could not write for written.

Runs under the library of calls.c: `python -m tests.faults.syncs FOLDER RUNS STATES [naive]`, and prints its counts as
JSON. A naive program opens the database again after a failure and goes on from what it reads there.
"""

import ctypes
import json
import os
import random
import shutil
import sys
from collections import Counter
from itertools import product
from pathlib import Path

from esf_desktop.errors import EsfError
from esf_desktop.workspace import Workspace, database
from tests.faults.acts import _again, _in_child
from tests.faults.deeds import do, held, prepare
from tests.faults.power import Disk, calls

DEEDS, TRIES, SYNCS = 5, 4, 10


def tried(folder: Path, runs: int, states: int) -> Counter[str]:
    """The counts over so many runs, in each of which one to three syncs in a row fail, and so many states of each."""
    library, place, template, record = ctypes.CDLL(None), folder / "place", folder / "template", folder / "record"
    _in_child(lambda: _prepare(place), place)
    shutil.copytree(place, template)
    chance, counts = random.Random(31), Counter[str]()
    every = list(product(range(1, SYNCS + 1), (1, 2, 3)))
    for at, times in every if runs >= len(every) else chance.sample(every, runs):
        _again(place, template)

        def begin(at: int = at, times: int = times) -> None:
            library.faults_record(bytes(record))
            library.faults_fail_syncs(ctypes.c_long(at), ctypes.c_long(times))

        _in_child(lambda: _work(place), place, begin=begin)
        counts["runs"] += 1
        _cut(place, template, record, states, chance, counts)
    return counts


def _prepare(place: Path) -> None:
    desk = Workspace.unlocked(place / "desk", None)
    prepare(desk)
    desk.close()


def _work(place: Path) -> None:
    """Some deeds, each tried again when it was refused; what succeeded is acknowledged."""
    said = os.open(place / "acknowledged", os.O_WRONLY | os.O_CREAT)
    desk = None
    for number in range(1, DEEDS + 1):
        for _try in range(TRIES):
            try:
                desk = desk or Workspace.unlocked(place / "desk", None)
                do(desk, number)
            except EsfError:
                continue
            os.write(said, f"{number}\n".encode())
            break
        else:
            return
    if desk is not None:
        desk.close()


def _cut(place: Path, template: Path, record: Path, states: int, chance: random.Random, counts: Counter[str]) -> None:
    there = {str(place / p.relative_to(template)): p.read_bytes() for p in template.rglob("*") if p.is_file()}
    disk, acknowledged, said = Disk(chance, there), 0, list(calls(record))
    counts["syncs failed"] += sum(call.op == "F" for call in said)
    chosen = set(chance.sample(range(len(said)), min(states, len(said))))
    for number, call in enumerate(said):
        if call.path.endswith("/acknowledged"):
            acknowledged = int(call.data) if call.op == "W" else acknowledged
            continue
        disk.take(call)
        if number in chosen:
            shutil.rmtree(place)
            for path, content in disk.after_a_cut(chance.choice(("kept", "dropped", "random"))).items():
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                Path(path).write_bytes(content)
            counts["states"] += 1
            counts[_verdict(place, acknowledged)] += 1


def _verdict(place: Path, acknowledged: int) -> str:
    try:
        desk = Workspace.unlocked(place / "desk", None)
    except EsfError as error:
        return f"refused: {error.code}"
    try:
        return "sound" if acknowledged <= held(desk) <= acknowledged + 1 and not desk.faults() else "lost"
    except (EsfError, ValueError):
        return "lost"
    finally:
        desk.close()


if __name__ == "__main__":
    where, runs, states, *naive = sys.argv[1:]
    if naive:
        database._make_certain = lambda connection, file: True
    print(json.dumps(tried(Path(where), int(runs), int(states))))
