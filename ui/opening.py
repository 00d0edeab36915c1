"""The way to an open desk: the passphrase is asked for, or recovered, and what stands in the way is told."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui.desk import now
from ui.tasks import Task, Tasks
from ui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from esf_desktop.workspace import Workspace

ASKS = ("passphrase_needed", "wrong_passphrase")


class Opening(QObject):
    """Opens the workspace of one folder; `show` puts a page that only waits in the window."""

    opened = Signal(object)
    """The `Workspace`."""
    asking = Signal(object)
    """What makes the page that asks something, called again when the language changes."""
    left = Signal()

    def __init__(
        self, tasks: Tasks, window: QWidget, folder: Path, show: Callable[[QWidget], None], *, practice: bool
    ) -> None:
        super().__init__(window)
        self._tasks, self._window, self._folder, self._practice = tasks, window, folder, practice
        self._show, self._locked = show, False

    def open(self, passphrase: str | None) -> None:
        """Open in a thread, because stretching a passphrase takes its time."""
        folder, practice = self._folder, self._practice

        def work(task: Task) -> "Workspace":
            from esf_desktop.workspace import Workspace

            opened = Workspace.open(folder, passphrase)
            if practice and opened.call() is None:
                from esf_desktop.documents.client import Documents
                from esf_desktop.practice.worked import put_on_desk

                try:
                    with Documents() as documents:
                        put_on_desk(opened, documents, at=now(), step=task.step)
                except BaseException:
                    opened.close()
                    raise
            return opened

        making = practice and not (folder / "work.esfdb").exists()
        waiting = Waiting(_("Making the practice round…") if making else _("Opening…"))
        self._show(waiting)
        self._tasks.run(
            work,
            owner=self._window,
            done=self.opened.emit,
            failed=self._not_opened,
            progress=waiting.show_progress,
        )

    def ask_locked(self) -> None:
        """Ask for the passphrase of work that was open."""
        self._locked = True
        self._ask_passphrase()

    def _ask_passphrase(self, refused: str = "") -> None:
        def make() -> QWidget:
            from ui.assessor.unlock import Unlock

            page = Unlock(refused, locked=self._locked)
            page.entered.connect(self.open)
            page.forgotten.connect(lambda: self._ask_code())
            return page

        self.asking.emit(make)

    def _ask_code(self, refused: str = "") -> None:
        def make() -> QWidget:
            from ui.assessor.unlock import Recovering

            page = Recovering(refused)
            page.left.connect(lambda: self._ask_passphrase())
            page.entered.connect(self._recover)
            return page

        self.asking.emit(make)

    def _recover(self, code: str, passphrase: str) -> None:
        folder = self._folder

        def work(task: Task) -> None:
            from esf_desktop.assessor import protection

            protection.recover(folder, code, passphrase)

        def failed(error: Exception) -> bool:
            if isinstance(error, EsfError):
                self._ask_code(error.sentence())
            return isinstance(error, EsfError)

        self._show(Waiting(_("Opening…")))
        self._tasks.run(work, owner=self._window, done=lambda _: self.open(passphrase), failed=failed)

    def _not_opened(self, error: Exception) -> bool:
        if not isinstance(error, EsfError):
            return False
        if error.code in ASKS:
            self._ask_passphrase(error.sentence() if error.code == "wrong_passphrase" else "")
            return True

        def make() -> QWidget:
            from ui.assessor.not_opened import NotOpened

            problem = NotOpened(error.sentence())
            problem.again.connect(lambda: self.open(None))
            problem.left.connect(self.left)
            return problem

        self.asking.emit(make)
        return True
