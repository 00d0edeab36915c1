"""Backups that make themselves: every half hour when something changed, off the main thread, and to a second place."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from esf_desktop import log
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui.desk import Desk, now
from ui.tasks import Task

SOONEST = timedelta(seconds=20)
"""After the desk has opened nobody waits for a backup of what was left from the last time."""
LOOKS_AGAIN = 60_000
"""Milliseconds between looks for a second place that is away."""


class Keeper(QObject):
    """Keeps one open desk's backups; `place` is the second one, asked for each time."""

    made = Signal()
    """There is a new backup, or the second place has what it lacked."""

    def __init__(self, desk: Desk, place: Callable[[], Path | None]) -> None:
        super().__init__(desk)
        self._desk, self._place = desk, place
        self._told_away = ""
        self._under_way = False
        self._due = QTimer(self, singleShot=True)
        self._due.timeout.connect(self.back_up)
        self._look = QTimer(self, interval=LOOKS_AGAIN)
        self._look.timeout.connect(self.follow)
        desk.closing.connect(self.stop)

    def begin(self) -> None:
        """Wait for the next one, by when the last one was made."""
        from esf_desktop.workspace import backup, schedule
        from esf_desktop.workspace.places import BACKUPS

        made = backup.made_in(self._desk.workspace.folder / BACKUPS)
        wait = max(SOONEST, schedule.wait(made[-1].manifest.at if made else None, now()))
        self._due.start(int(wait.total_seconds() * 1000))

    def stop(self) -> None:
        """Make no more of them."""
        self._due.stop()
        self._look.stop()

    def back_up(self) -> None:
        """Back up now what has changed, and carry it to the second place."""
        workspace = self._desk.workspace

        def work(task: Task) -> bool:
            from esf_desktop.workspace import backup

            return backup.back_up_if_changed(workspace, at=now(), why=backup.Why.SCHEDULE) is not None

        def done(new: bool) -> None:
            if new:
                self.made.emit()
            self.follow()

        def failed(error: Exception) -> bool:
            if isinstance(error, EsfError):
                log.refusal(error)
                self._desk.announced.emit(_("No backup could be made now: {why}").format(why=error.sentence()))
            return isinstance(error, EsfError)

        from esf_desktop.workspace import schedule

        self._due.start(int(schedule.EVERY.total_seconds() * 1000))
        self._desk.tasks.run(work, owner=self, done=done, failed=failed)

    def follow(self) -> None:
        """Carry the newest backup to the second place, and say when that is away, once, and when it is back."""
        place, workspace = self._place(), self._desk.workspace
        if place is None or self._under_way:
            (self._look.stop if place is None else lambda: None)()
            return
        self._under_way = True

        def work(task: Task) -> Path | None:
            from esf_desktop.workspace import elsewhere

            return elsewhere.carry(workspace, place, at=now())

        def done(carried: Path | None) -> None:
            self._under_way = False
            self._look.stop()
            if self._told_away == str(place):
                self._desk.announced.emit(_("{place} is back and has the newest backup.").format(place=place))
            self._told_away = ""
            if carried:
                self.made.emit()

        def failed(error: Exception) -> bool:
            self._under_way = False
            if isinstance(error, EsfError):
                if self._told_away != str(place):
                    self._told_away = str(place)
                    self._desk.announced.emit(error.sentence())
                self._look.start()
            return isinstance(error, EsfError)

        self._desk.tasks.run(work, owner=self, done=done, failed=failed)

    def finish(self) -> None:
        """Back up what has changed, now and here: the program closes. What cannot be made is noted, and closes too."""
        from esf_desktop.workspace import backup, elsewhere

        self.stop()
        place = self._place()
        try:
            backup.back_up_if_changed(self._desk.workspace, at=now(), why=backup.Why.CLOSE)
            if place is not None:
                elsewhere.carry(self._desk.workspace, place, at=now())
        except EsfError as error:
            log.refusal(error)
