"""The kill loop: a child reports each deed and is killed at a random moment; what it reported must be there.

`python -m tests.faults.kills 200` prints the counts as JSON. It forks, and so has a process of its own.
"""

import json
import os
import random
import select
import signal
import struct
import sys
import tempfile
import time
from pathlib import Path

from esf_desktop.errors import EsfError
from tests.faults.deeds import do, held, open_desk, prepare

KILLS_PER_WORKSPACE = 20
LIVES_WITH_A_DEED = 0.7
LONGEST_REST = 0.04


def kill_loop(kills: int, *, early: bool, seed: int) -> dict[str, int]:
    """The counts of so many kills; `early` reports each deed before it is done, which must be caught."""
    chance = random.Random(seed)
    counts = {"kills": 0, "acknowledged": 0, "lost": 0, "faults": 0, "refused": 0}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(kills):
            folder = Path(scratch) / str(number // KILLS_PER_WORKSPACE)
            encrypted = number // KILLS_PER_WORKSPACE % 2 == 1
            if number % KILLS_PER_WORKSPACE == 0:
                desk = open_desk(folder, encrypted=encrypted)
                prepare(desk)
                desk.close()
                before = 0
            reported = _one_life(folder, before, chance, encrypted=encrypted, early=early)
            counts["kills"] += 1
            counts["acknowledged"] += len(reported)
            last = reported[-1] if reported else before
            try:
                desk = open_desk(folder, encrypted=encrypted)
            except EsfError:
                counts["refused"] += 1
                continue
            try:
                counts["faults"] += len(desk.faults())
                before = held(desk)
                counts["lost"] += max(0, last - before)
                counts["faults"] += before > last + 1
            except ValueError:
                counts["lost"] += 1
            finally:
                desk.close()
    return counts


def _one_life(folder: Path, before: int, chance: random.Random, *, encrypted: bool, early: bool) -> list[int]:
    """The numbers that a child reported before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            desk = open_desk(folder, encrypted=encrypted)
            number = before
            while True:
                number += 1
                if early:
                    os.write(writing, struct.pack("<q", number))
                do(desk, number)
                if not early:
                    os.write(writing, struct.pack("<q", number))
        finally:
            os._exit(9)
    os.close(writing)
    if chance.random() < LIVES_WITH_A_DEED:  # the others are killed while they open
        select.select([reading], [], [], 30)
    time.sleep(chance.uniform(0, LONGEST_REST))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the child ended by itself")
    return [number for (number,) in struct.iter_unpack("<q", said)]


if __name__ == "__main__":
    print(json.dumps(kill_loop(int(sys.argv[1]), early="early" in sys.argv, seed=int.from_bytes(os.urandom(4), "big"))))
