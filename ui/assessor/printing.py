"""Assessment sheets from the window: one application or all, filled in or blank, as one PDF to print or keep."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from esf_desktop.files import safe_name
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui.desk import Desk
from ui.tasks import Task


class Printing(QObject):
    """Makes sheets in the background and opens them in the system's own viewer, which prints."""

    def __init__(self, window: QWidget | None, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk

    def ask(self, application: ApplicationId | None, *, blank: bool) -> None:
        """Ask where the sheet of one application, or all sheets, should be put."""
        call = self._desk.workspace.call()
        if call is None:
            return
        target = self._target(application, _("Blank sheet") if blank else _("Assessment sheet"))
        if target is not None:
            self.write(target, [application] if application else [known.id for known in call.applications], blank=blank)

    def ask_signed(self, applications: Sequence[ApplicationId], folder: Path) -> None:
        """Ask where the sheets of these applications, as they were signed last, should be put; propose this folder."""
        one = applications[0] if len(applications) == 1 else None
        target = self._target(one, _("Assessment sheet"), folder)
        if target is not None:
            self.write(target, applications, blank=False, as_signed=True)

    def write(
        self, target: Path, applications: Sequence[ApplicationId], *, blank: bool, as_signed: bool = False
    ) -> None:
        """Write the sheets of these applications as one file, and open it."""
        workspace = self._desk.workspace

        def work(task: Task) -> None:
            from esf_desktop.assessor.print_sheets import write_together

            write_together(workspace, target, applications, blank=blank, as_signed=as_signed)

        self._desk.tasks.run(work, owner=self, done=lambda _nothing: self._written(target))

    def _target(self, application: ApplicationId | None, kind: str, folder: Path | None = None) -> Path | None:
        """The file that a person chooses; the application's name, or the call's, is proposed."""
        work = self._desk.workspace
        name = f"{application} {work.application(application).project_name}" if application else self._desk.call.title
        proposed = safe_name(f"{kind} {name}") + ".pdf"
        place = str(folder / proposed) if folder else proposed
        chosen, _kind = QFileDialog.getSaveFileName(self._window, _("Assessment sheet as PDF"), place, "PDF (*.pdf)")
        return Path(chosen) if chosen else None

    def _written(self, target: Path) -> None:
        self._desk.announced.emit(_("“{file}” is written.").format(file=target.name))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
