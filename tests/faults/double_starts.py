"""Two starts at nearly the same time, again and again: one gets the work, the other brings it forward and is gone.

`python -m tests.faults.double_starts FOLDER 20 [blind]` prints the counts as JSON. It forks, and so has a process of
its own; every fifth first start is killed, which must not keep out the next. `blind` starts see no lock.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from esf_desktop import lock
from ui import only_one
from ui.handover import Receiver

FIRST, FIRST_UNSEEN, HANDED_OVER, LOST = 0, 3, 4, 5
KILLED = -signal.SIGKILL
PATIENCE = 8_000
"""Milliseconds that a first start waits for its second one."""
MOST_APART = 0.04
"""Seconds between the two starts."""


def double_starts(folder: Path, times: int, *, blind: bool = False) -> dict[str, int]:
    """How the pairs ended."""
    counts = dict.fromkeys(("starts", "one_window", "two_windows", "no_window", "files_lost", "killed"), 0)
    apart = random.Random(20261124)
    for number in range(times):
        kill = number % 5 == 4
        children = [_start(folder, which, apart.uniform(0, MOST_APART), kill=kill, blind=blind) for which in (0, 1)]
        ends = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
        firsts = [end for end in ends if end in (FIRST, FIRST_UNSEEN, LOST, KILLED)]
        counts["starts"] += 1
        counts["one_window"] += ends in ([FIRST, HANDED_OVER], [KILLED, HANDED_OVER])
        counts["two_windows"] += len(firsts) == 2
        counts["no_window"] += not firsts
        counts["files_lost"] += LOST in ends or FIRST_UNSEEN in ends
        counts["killed"] += KILLED in ends
    return counts


def _start(folder: Path, which: int, wait: float, *, kill: bool, blind: bool) -> int:
    child = os.fork()
    if child:
        return child
    end = 9
    try:
        time.sleep(wait)
        end = _program(folder, which, kill=kill, blind=blind)
    finally:
        os._exit(end)


def _program(folder: Path, which: int, *, kill: bool, blind: bool) -> int:
    if blind:
        lock._take = lambda descriptor: None
    application = QCoreApplication([])
    start = only_one.begin(folder, [Path(f"/{which}.esfcall")])
    if start.handed_over:
        return HANDED_OVER
    given: list[Path] = []
    receiver = Receiver(folder, application)

    def take(files: list[Path]) -> None:
        given.extend(files)
        if kill:
            os.kill(os.getpid(), signal.SIGKILL)
        application.quit()

    receiver.given.connect(take)
    QTimer.singleShot(300 if blind else PATIENCE, application.quit)
    application.exec()
    receiver.close()
    start.end()
    if not given:
        return FIRST_UNSEEN
    return FIRST if given == [Path(f"/{1 - which}.esfcall")] else LOST


if __name__ == "__main__":
    print(json.dumps(double_starts(Path(sys.argv[1]), int(sys.argv[2]), blind="blind" in sys.argv)))
