"""The way to an open desk: the passphrase is asked for, or recovered, and what stands in the way is told."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from esf_desktop.errors import EsfError, FileError
from esf_desktop.i18n import _
from ui.desk import now
from ui.tasks import Task, Tasks
from ui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from esf_desktop.workspace import Workspace

ASKS = ("passphrase_needed", "wrong_passphrase")
NO_BACKUP_HELPS = ("already_open", "disk_full", "refused_place")


class MissingWorkError(EsfError):
    """Backups without the work that they were made of."""

    code = "work_missing"

    def sentence(self) -> str:
        return _("Your work is not in its folder any more, but backups of it are; choose one of them to go on.")


class NoBackupsThereError(FileError):
    """A folder in which work from another computer was looked for."""

    code = "no_backups_there"

    def sentence(self) -> str:
        return _("There is no backup in “{file}”; choose the folder that was made on the other computer.").format(
            file=self.file
        )


class Opening(QObject):
    """Opens the workspace of one folder; `show` puts a page that only waits in the window."""

    opened = Signal(object)
    """The `Workspace`."""
    asking = Signal(object)
    """What makes the page that asks something, called again when the language changes."""
    restoring = Signal(object, str)
    """The folder of a backup to put back, and the words that open it."""
    given_up = Signal()
    """No backup is to be put back after all."""
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

    def ask_backup(self, places: Sequence[Path] = (), refused: str = "") -> None:
        """Ask which backup is to be put back: of this folder, or of other ones."""
        shown = list(places) or [self._folder / "backups"]

        def make() -> QWidget:
            from ui.assessor.not_opened import Restoring

            page = Restoring(shown, refused)
            page.restoring.connect(self.restoring)
            page.left.connect(self.given_up)
            return page

        self.asking.emit(make)

    def tell(self, error: EsfError) -> None:
        """Say why the work is not open, with the ways on."""
        helps = error.code not in NO_BACKUP_HELPS and self._has_backups()

        def make() -> QWidget:
            from ui.assessor.not_opened import NotOpened

            problem = NotOpened(error.sentence(), backups=helps, older=error.code == "older_data")
            problem.went_on.connect(self._go_on)
            problem.again.connect(lambda: self.open(None))
            problem.restoring.connect(lambda: self.ask_backup())
            problem.left.connect(self.left)
            return problem

        self.asking.emit(make)

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

    def _go_on(self) -> None:
        from esf_desktop.workspace import mirror

        mirror.go_on(self._folder)
        self.open(None)

    def _not_opened(self, error: Exception) -> bool:
        if not isinstance(error, EsfError):
            return False
        if error.code in ASKS:
            self._ask_passphrase(error.sentence() if error.code == "wrong_passphrase" else "")
            return True

        self.tell(error)
        return True

    def _has_backups(self) -> bool:
        from esf_desktop.workspace import backup

        return bool(backup.made_in(self._folder / "backups"))
