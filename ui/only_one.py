"""One window for each folder of work: a second start hands its files to the first, which comes forward, and is done.

Imported before the window is on screen, so it loads little.
"""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from esf_desktop import lock, where
from esf_desktop.errors import AlreadyOpenError, EsfError

PATIENCE = 10.0
"""Seconds that a second start waits for a first window that is on its way, or about to be gone."""
SHORTLY = 0.5
"""Seconds for one of which nothing is known; the command line holds the work without a window."""


class Start:
    """This start of the program: it holds the folder until its end, or was handed over to an earlier one."""

    def __init__(
        self, held: lock.Held | None = None, unclosed: datetime | None = None, *, handed_over: bool = False
    ) -> None:
        self._held = held
        self.handed_over = handed_over
        self.unclosed = unclosed
        """When the window before this one had started, if it ended without being closed."""

    def end(self) -> None:
        """Leave word that the program was closed, and let go of the folder; not when an exception ended it."""
        if self._held is not None:
            self._held.say(b"{}")
            self._held.release()


def begin(folder: Path, files: Sequence[Path]) -> Start:
    """Hold the folder, or hand the files to the window that does.

    What stands in the way of holding it stands in the way of opening it too, and is told there.
    """
    begun = time.monotonic()
    try:
        where.check(folder)
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        while True:
            try:
                held = lock.hold(folder)
                break
            except AlreadyOpenError:
                from ui.handover import give

                if give(folder, files):
                    return Start(handed_over=True)
                if time.monotonic() - begun > (PATIENCE if _open_since(folder) else SHORTLY):
                    return Start()
                time.sleep(0.02)
    except EsfError:
        return Start()
    unclosed = _open_since(folder)
    held.say(json.dumps({"open_since": datetime.now().astimezone().isoformat()}).encode())
    return Start(held, unclosed)


def _open_since(folder: Path) -> datetime | None:
    """When the window that has the folder open was started, or that had it and was not closed."""
    with suppress(ValueError, TypeError, KeyError):
        return datetime.fromisoformat(json.loads(lock.word(folder))["open_since"])
    return None
