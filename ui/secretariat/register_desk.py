"""An open register as its pages are given it: they read from it, change it in tasks, and hear when it has changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import now
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison
    from esf_desktop.secretariat.register import Register

T = TypeVar("T")
LOOK_AGAIN = 5_000
"""Milliseconds between two looks at a register on a server."""


class RegisterDesk(QObject):
    """Runs what is done to a register off the main thread."""

    changed = Signal()
    announced = Signal(str)
    saved = Signal(object)
    """The time at which something was on disk."""

    def __init__(self, register: "Register", tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self.register = register
        self.tasks = tasks
        self._seen: int | None = None
        """The newest event that the pages have been told of; None before the first look."""
        self._looking = QTimer(self, interval=LOOK_AGAIN)
        self._looking.timeout.connect(self.look)
        if register.on_server:
            self._looking.start()

    def do(self, owner: QWidget, work: "Callable[[Register], T]", done: Callable[[T], None]) -> None:
        """Do something to the register, then tell every page and the owner; an error is told by the window."""
        register = self.register

        def run(task: Task) -> T:
            return work(register)

        def home(result: T) -> None:
            self.changed.emit()
            self.saved.emit(now())
            done(result)

        self.tasks.run(run, owner=owner, done=home)

    def look(self) -> None:
        """See whether another officer has changed the register; a server that does not answer now is asked again."""

        def newest(number: int) -> None:
            if self._seen not in (None, number):
                self.changed.emit()
            self._seen = number

        if not self.tasks.busy:
            self.tasks.run(lambda _task: self.register.newest(), owner=self, done=newest, failed=lambda _error: True)

    def comparison(self) -> "Comparison | None":
        """The round laid out; None before the register knows its call."""
        from esf_desktop.secretariat.appointments import comparison

        return comparison(self.register)
