"""What the first start asks is done here: the workspace with its keys, the recovery sheet, the enrolment."""

import platform
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui.assessor.first_start import FirstStart
from ui.desk import now
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from esf_desktop.assessor.first_start import Begun
    from esf_desktop.model import Assessor


class Beginning(QObject):
    """Holds the workspace from when it is made until the person says how to begin."""

    finished = Signal(object, str)
    """The open `Workspace`, and the way in that was chosen."""

    moving = Signal(object)
    """The folder with work from another computer."""

    def __init__(self, tasks: Tasks, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._tasks, self._window, self._folder = tasks, window, folder
        self._begun: Begun | None = None
        self._passphrase = ""
        self._page: FirstStart | None = None
        self._place: object = None

    def make(self) -> QWidget:
        """The page, as it stood when the language changed."""
        if self._page is not None and self._begun is None:
            self._place = self._page.place()
        page = self._page = FirstStart()
        page.return_to(self._place)
        page.introduced.connect(self._introduce)
        page.sheet_wanted.connect(self._write_sheet)
        page.enrolment_wanted.connect(self._enrol)
        page.finished.connect(self._finish)
        page.moving.connect(self.moving)
        if self._begun is not None:
            page.show_ways(self._begun.fingerprint)
        return page

    def close(self) -> None:
        """Close what was made; the next start opens it."""
        if self._begun is not None:
            self._begun.workspace.close()
            self._begun = None

    def _introduce(self, assessor: "Assessor", passphrase: str) -> None:
        folder = self._folder
        self._passphrase = passphrase

        def work(task: Task) -> "Begun":
            from esf_desktop.assessor import first_start

            return first_start.begin(folder, assessor, passphrase, at=now())

        def done(begun: "Begun") -> None:
            self._begun = begun
            if self._page is None:
                return
            if begun.code:
                self._page.show_recovery(begun.code, begun.fingerprint)
            else:
                self._page.show_ways(begun.fingerprint)

        self._tasks.run(work, owner=self._window, done=done, failed=self._refused)

    def _refused(self, error: Exception) -> bool:
        if self._page is None or not isinstance(error, EsfError):
            return False
        self._page.show_refusal(error.sentence())
        return True

    def _write_sheet(self, target: Path) -> None:
        begun, passphrase = self._begun, self._passphrase
        offer = self._page.offer if self._page else None
        if begun is None or offer is None:
            return

        def work(task: Task) -> None:
            from esf_desktop.assessor.recovery_sheet import write_recovery_sheet

            write_recovery_sheet(begun.workspace, passphrase, begun.code, target, at=now())

        def failed(error: Exception) -> bool:
            if isinstance(error, EsfError):
                offer.show_refusal(error.sentence())
            return isinstance(error, EsfError)

        self._tasks.run(work, owner=offer, done=lambda _: offer.show_saved(target), failed=failed)

    def _enrol(self, target: Path) -> None:
        begun, passphrase, page = self._begun, self._passphrase, self._page
        if begun is None or page is None:
            return

        def work(task: Task) -> None:
            from esf_desktop.assessor import identity

            key = identity.signing_key(begun.workspace, passphrase or None, at=now())
            identity.enrolment(begun.workspace, key, target, device=platform.node(), at=now())

        def failed(error: Exception) -> bool:
            if isinstance(error, EsfError):
                page.show_enrolled(error.sentence())
            return isinstance(error, EsfError)

        said = _("The enrolment is saved as “{file}”. Send it to the secretariat.").format(file=target)
        self._tasks.run(work, owner=page, done=lambda _: page.show_enrolled(said), failed=failed)

    def _finish(self, wish: str) -> None:
        begun, self._begun, self._page, self._passphrase = self._begun, None, None, ""
        if begun is not None:
            self.finished.emit(begun.workspace, wish)
