"""A disk that gets full in the middle of the work: `python -m tests.faults.full FOLDER [deaf]` on a small file system.

What is told, what the reserve still takes, and what is there once there is room again; printed as JSON.
"""

import json
import sys
from pathlib import Path

from esf_desktop.errors import DiskFullError
from esf_desktop.workspace import Workspace
from tests.faults.deeds import do, held, prepare


def filled(place: Path, *, deaf: bool) -> dict[str, int]:
    """The counts of deeds before and after the disk was full; `deaf` acknowledges what was refused."""
    desk = Workspace.unlocked(place / "desk", None)
    prepare(desk)
    counts = {"saved_on_reserve": 0, "told": 0, "acknowledged": 0}
    with (place / "ballast").open("wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(4096))
        except OSError:
            pass
    refused, number = 0, 0
    while refused < 3 and number < 2000:
        try:
            do(desk, number + 1)
        except DiskFullError:
            counts["told"] += 1
            refused += 1
            if not deaf:
                continue
        else:
            counts["saved_on_reserve"] += desk.on_reserve
            refused = 0
        number += 1
    counts["acknowledged"] = number
    if not deaf:
        (place / "ballast").unlink()
        do(desk, number + 1)
        counts["acknowledged"] += 1
        counts["room_again"] = desk.refill()
    desk.close()
    again = Workspace.unlocked(place / "desk", None)
    try:
        counts["there"] = held(again)
        counts["faults"] = len(again.faults())
    except ValueError:
        counts["there"] = -1
    again.close()
    return counts


if __name__ == "__main__":
    print(json.dumps(filled(Path(sys.argv[1]), deaf="deaf" in sys.argv)))
