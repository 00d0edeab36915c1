"""An open register as its pages are given it: they read from it, change it in tasks, and hear when it has changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.desk import now
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison
    from esf_desktop.secretariat.register import Register

T = TypeVar("T")


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

    def comparison(self) -> "Comparison | None":
        """The round laid out; None before the register knows its call."""
        from esf_desktop.secretariat.appointments import comparison

        return comparison(self.register)
