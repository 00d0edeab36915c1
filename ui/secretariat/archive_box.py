"""The archive package on the page of the basis: one folder that proves the round with stock tools alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.formatting import groups
from esf_desktop.i18n import _, language
from ui import theme
from ui.secretariat.register_desk import RegisterDesk
from ui.tasks import Task
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.archive import Archived


class ArchiveBox(QWidget):
    """Writes the package into a folder of its own, says how far it has come, and can be stopped."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._task: Task | None = None
        self._folder = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.pixels(1.4), 0, 0)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Archive package"), "title"))
        about = _(
            "One folder with the bundles, the receipts, the versions of the call, every decision on trust, the basis, "
            "and how to check it all without ESF Desktop."
        )
        column.addWidget(label(about, "muted", wrap=True))
        row = QHBoxLayout()
        self._write = button(_("Write the archive package…"))
        self._write.clicked.connect(self._choose)
        self._stop = button(_("Cancel"))
        self._stop.clicked.connect(self._cancel)
        self._open = button(_("Open the folder"))
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder)))
        for one in (self._write, self._stop, self._open):
            row.addWidget(one)
        row.addStretch(1)
        column.addLayout(row)
        self._said = label("", wrap=True)
        by = Qt.TextInteractionFlag
        self._said.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        column.addWidget(self._said)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """There is something to archive as soon as there is a call, and one package is written at a time."""
        self._write.setEnabled(self._task is None and self._desk.register.call() is not None)
        self._stop.setVisible(self._task is not None)
        self._open.setVisible(self._task is None and bool(self._folder))

    def write(self, parent: Path) -> None:
        """Write the package as a new folder in that one."""
        spoken, register = language(), self._desk.register

        def work(task: Task) -> "Archived":
            from esf_desktop.secretariat.archive import archive, free_place

            return archive(register, free_place(register, parent), language=spoken, progress=task.step)

        self._task = self._desk.tasks.run(
            work, owner=self, done=self._done, failed=self._failed, progress=self._show_progress
        )
        self._folder = ""
        self._said.setText(_("Everything is being checked…"))
        self.refresh()

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("Where to put the archive package")):
            self.write(Path(chosen))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self._said.setText(_("Cancelled; nothing was written."))
        self.refresh()
        self._write.setFocus()

    def _show_progress(self, n: int, total: int) -> None:
        self._said.setText(_("{n} of {m} files are written").format(n=n, m=total))

    def _failed(self, error: Exception) -> bool:
        self._task = None
        self._said.setText("")
        self.refresh()
        return False

    def _done(self, made: "Archived") -> None:
        self._task = None
        self._folder = made.folder
        told = _(
            "Written to {folder}. Note the SHA-256 of its manifest, which tells the package from every other: {digits}"
        )
        self._said.setText(told.format(folder=made.folder, digits=groups(made.sha256)))
        self.refresh()
        self._desk.announced.emit(_("The archive package is written."))
