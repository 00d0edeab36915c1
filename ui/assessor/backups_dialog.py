"""Backups over an open desk: make one now, choose a second place, carry the work to another computer, put one back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import replace
from ui import theme
from ui.assessor.backups_list import BackupsList, about
from ui.desk import now
from ui.tasks import Task
from ui.widgets.columns import scrolled
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.main_window import MainWindow


class BackupsDialog(QDialog):
    """Shows every backup that can be reached, and what can be done with them."""

    restoring = Signal(object, str)
    placed = Signal()
    """The second place is another one, or none."""

    def __init__(self, window: "MainWindow", desk: "Desk") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self.setWindowTitle(_("Backups"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(theme.pixels(0.7))
        self._column.addWidget(about())
        self.now = button(_("Back up now"))
        self.now.clicked.connect(self._back_up)
        self.carry = button(_("Carry to another computer…"))
        self.carry.clicked.connect(self._ask_carry)
        self._told = label("", "small", wrap=True)
        self._told.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        for part in (self.now, self.carry):
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self._told)
        self._second = label("", wrap=True)
        self.choose = button(_("Choose a second place…"))
        self.choose.clicked.connect(self._ask_place)
        self.forget = button(_("No second place"))
        self.forget.clicked.connect(lambda: self._keep(""))
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        row.addWidget(self._second, 1)
        row.addWidget(self.choose)
        row.addWidget(self.forget)
        self._column.addLayout(row)
        self._column.addWidget(line())
        self.backups = BackupsList(self._places(), desk)
        self.backups.restoring.connect(self._restore)
        self._column.addWidget(self.backups, 1)
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(theme.pixels(0.7), 0, theme.pixels(0.7), theme.pixels(0.6))
        row.addStretch(1)
        row.addWidget(close)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inside), 1)
        around.addLayout(row)
        self.finished.connect(self.deleteLater)
        self._show_place()
        self.resize(min(theme.pixels(56), window.width() - 40), min(theme.pixels(48), window.height() - 40))
        self.backups.setFocus()

    def refresh(self) -> None:
        """Read again which backups there are."""
        self.backups.refresh()
        self._show_place()

    def carry_to(self, folder: Path) -> None:
        """Make a backup with all documents in that folder."""
        workspace = self._desk.workspace

        def work(task: Task) -> Path:
            from esf_desktop.workspace import backup

            return backup.back_up(
                workspace, folder, at=now(), why=backup.Why.MOVE, documents=True, step=lambda n, m: task.step(n, m)
            )

        words = _(
            "Everything is in {folder}. On the other computer, choose “Work from another computer” at the first "
            "start, this folder, and give your passphrase or recovery code."
        )
        self._run(work, lambda made: words.format(folder=made))

    def place_at(self, folder: Path) -> None:
        """Let the second place be in that folder."""
        workspace = self._desk.workspace

        def work(task: Task) -> Path:
            from esf_desktop.workspace import backup, elsewhere

            place = elsewhere.choose(workspace, folder, at=now())
            backup.back_up_if_changed(workspace, at=now(), why=backup.Why.PERSON)
            elsewhere.carry(workspace, place, at=now())
            return place

        def done(place: object) -> str:
            self._keep(str(place))
            return _("The newest backup lies in {place} too.").format(place=place)

        self._run(work, done)

    def _back_up(self) -> None:
        workspace = self._desk.workspace

        def work(task: Task) -> "Path | None":
            from esf_desktop.workspace import backup

            return backup.back_up_if_changed(workspace, at=now(), why=backup.Why.PERSON)

        def done(made: object) -> str:
            self.placed.emit()
            if made:
                return _("A backup is made, and was opened and checked.")
            return _("The newest backup already holds everything.")

        self._run(work, done)

    def _run(self, work: Callable[[Task], object], said: Callable[[object], str]) -> None:
        buttons = (self.now, self.carry, self.choose, self.forget)
        for one in buttons:
            one.setEnabled(False)

        def tell(sentence: str) -> None:
            for one in buttons:
                one.setEnabled(True)
            self._told.setText(sentence)
            self._told.show()
            self._desk.announced.emit(sentence)
            self.refresh()

        def failed(error: Exception) -> bool:
            tell(error.sentence() if isinstance(error, EsfError) else "")
            return isinstance(error, EsfError)

        self._desk.tasks.run(work, owner=self, done=lambda made: tell(said(made)), failed=failed)

    def _ask_carry(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, _("Where to put everything for the other computer")):
            self.carry_to(Path(name))

    def _ask_place(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, _("A folder on another disk or a USB stick")):
            self.place_at(Path(name))

    def _keep(self, place: str) -> None:
        self._window.settings = replace(self._window.settings, backup_folder=place)
        self._show_place()
        self.placed.emit()

    def _places(self) -> list[Path]:
        from esf_desktop.workspace.places import BACKUPS

        second = self._window.settings.backup_folder
        return [self._desk.workspace.folder / BACKUPS, *([Path(second)] if second else [])]

    def _show_place(self) -> None:
        second = self._window.settings.backup_folder
        words = _("Second place: {place}") if Path(second).is_dir() else _("Second place: {place}, not there now")
        self._second.setText(words.format(place=second) if second else _("No second place is chosen."))
        self.forget.setVisible(bool(second))

    def _restore(self, place: object, secret: str) -> None:
        self.accept()
        self.restoring.emit(place, secret)
