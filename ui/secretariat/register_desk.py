"""An open register as its pages are given it: they read from it, change it in tasks, and hear when it has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from esf_desktop.errors import EsfError
from ui.desk import now
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from esf_desktop.documents.client import Documents
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
        self._laid_out: tuple[int, Comparison | None] | None = None
        self._documents: Documents | None = None

    def decide(self, work: "Callable[[Register], T]") -> "tuple[T] | None":
        """Do something small to the register here and now; None when it was refused, which the window tells."""
        try:
            result = work(self.register)
        except EsfError as error:
            self.tasks.failed.emit(error)
            return None
        self.changed.emit()
        self.saved.emit(now())
        return (result,)

    @property
    def home(self) -> str:
        """Where the register is, as what was chosen for it is remembered."""
        place = self.register.place
        return str(place.absolute()) if isinstance(place, Path) else place.name

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

    def documents(self) -> "Documents":
        """What reads documents, in a process of its own that is started when the first is opened."""
        if self._documents is None:
            from esf_desktop.documents.client import Documents

            self._documents = Documents()
        return self._documents

    def close(self) -> None:
        """Look no more, end what is under way, and let go of the register."""
        self._looking.stop()
        self.tasks.close()
        if self._documents is not None:
            self._documents.close()
        self.register.close()

    def look(self) -> None:
        """See whether another officer has changed the register; a server that does not answer now is asked again."""

        def newest(number: int) -> None:
            if self._seen not in (None, number):
                self.changed.emit()
            self._seen = number

        if not self.tasks.busy:
            self.tasks.run(lambda _task: self.register.newest(), owner=self, done=newest, failed=lambda _error: True)

    def forget(self) -> None:
        """Lay the round out anew when it is next asked for, whether something has happened to it or not."""
        self._laid_out = None

    def comparison(self) -> "Comparison | None":
        """The round laid out, anew when something has happened to it; None before the register knows its call."""
        from esf_desktop.secretariat.appointments import age, comparison

        now_ = age(self.register)
        if self._laid_out is None or self._laid_out[0] != now_:
            self._laid_out = now_, comparison(self.register)
        return self._laid_out[1]
