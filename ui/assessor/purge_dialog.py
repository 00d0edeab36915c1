"""Purging a round in the window: everything that goes is listed, and the round's id is typed before it does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import CallId
from ui import theme
from ui.assessor.purge_receipt import PurgeReceipt
from ui.desk import Desk, now
from ui.tasks import Task
from ui.widgets.columns import scrolled
from ui.widgets.icon import Icon
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.assessor.purge import Done, Outline


class PurgeDialog(QDialog):
    """Reads what would go, asks, purges and shows the receipt; an interrupted purge is completed without asking."""

    def __init__(self, parent: QWidget, desk: Desk, round_: CallId) -> None:
        super().__init__(parent)
        self._desk, self._round, self._under_way = desk, round_, False
        self.setWindowTitle(_("Purge a round"))
        self.setModal(True)
        self._title = label(_("Looking through the work and its backups…"), "title", wrap=True)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(*(theme.pixels(0.5),) * 4)
        self._list.setSpacing(theme.pixels(0.35))
        scroll = scrolled(self._inside, read=_("What goes"))
        self._ask = label("", wrap=True)
        self._typed = QLineEdit()
        self._typed.setAccessibleName(_("The round's id, to confirm"))
        self._typed.textChanged.connect(self._check)
        self._typed.returnPressed.connect(self._begin)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("How far the purge has come"))
        self._bar.setRange(0, 0)
        self._act = button(_("Purge for ever"), "danger")
        self._act.clicked.connect(self._begin)
        self._leave = button(_("Cancel"))
        self._leave.clicked.connect(self.reject)
        feet = QHBoxLayout()
        feet.addWidget(self._leave)
        feet.addStretch(1)
        feet.addWidget(self._act)
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(self._title)
        column.addWidget(scroll, 1)
        for part in (self._ask, self._typed, self._bar):
            column.addWidget(part)
        column.addLayout(feet)
        self._show_asking(False)
        self.resize(min(theme.pixels(48), parent.width() - 20), min(theme.pixels(36), parent.height() - 20))
        self.finished.connect(self.deleteLater)

    def begin(self) -> None:
        """Look what would go, or what is left to complete, and show it."""
        from esf_desktop.assessor import purge

        workspace, round_ = self._desk.workspace, self._round
        here = any(call.id == round_ for call in workspace.rounds())
        if not here and any(receipt.round == round_ for receipt in purge.unfinished(workspace)):
            self._purge()
            return
        self._desk.tasks.run(
            lambda _task: purge.outline(workspace, round_), owner=self, done=self._show, failed=self._failed
        )

    def reject(self) -> None:
        """Leave, unless the purge is under way: it goes on to its end."""
        if not self._under_way:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._under_way:
            event.ignore()
        else:
            super().closeEvent(event)

    def _show(self, found: "Outline") -> None:
        from esf_desktop.assessor import purge_lines

        self._title.setText(_("This goes for ever from {title}").format(title=found.call.title))
        for warning in purge_lines.warnings(found):
            self._list.addWidget(_warning(warning))
        for words in purge_lines.going(found):
            self._list.addWidget(label(f"–  {words}", wrap=True))
        held = purge_lines.backups(found)
        if held:
            heading = label(_("From these backups too:").rstrip(":"), "caption")
            heading.setContentsMargins(0, theme.pixels(0.5), 0, 0)
            self._list.addWidget(heading)
            for words in held:
                self._list.addWidget(label(f"–  {words}", "small", wrap=True))
        self._list.addStretch(1)
        self._ask.setText(_("A receipt stays, and nothing else. Type {id} to confirm.").format(id=found.call.id))
        self._show_asking(True)
        self._typed.setFocus()

    def _show_asking(self, asking: bool) -> None:
        for part in (self._ask, self._typed, self._act):
            part.setVisible(asking)
        self._bar.setVisible(not asking)
        self._check()

    def _check(self) -> None:
        self._act.setEnabled(self._typed.text().strip() == self._round)

    def _begin(self) -> None:
        if self._act.isEnabled():
            self._purge()

    def _purge(self) -> None:
        from esf_desktop.assessor import purge

        workspace, round_ = self._desk.workspace, self._round
        self._under_way = True
        self._title.setText(_("Purging… Please wait, it goes on to its end."))
        self._show_asking(False)
        self._leave.setEnabled(False)

        def work(task: Task) -> "Done":
            return purge.purge(workspace, round_, at=now(), step=task.step)

        self._desk.tasks.run(work, owner=self, done=self._done, failed=self._failed, progress=self._show_progress)

    def _show_progress(self, done: int, parts: int) -> None:
        self._bar.setRange(0, parts)
        self._bar.setValue(done)

    def _done(self, done: "Done") -> None:
        self._under_way = False
        parent = self.parentWidget()
        self.accept()
        self._desk.tell(done.change)
        self._desk.announced.emit(_("{title} is purged; the receipt stays.").format(title=done.receipt.title))
        if parent is not None:
            PurgeReceipt(parent, self._desk, done.receipt).open()

    def _failed(self, error: Exception) -> bool:
        self._under_way = False
        super().reject()
        self._desk.refused.emit(error)
        self._desk.changed.emit(_everything())
        return True


def _everything() -> object:
    from esf_desktop.workspace import Change

    return Change(frozenset(), True, now())


def _warning(words: str) -> QWidget:
    banner = QFrame()
    banner.setProperty("role", "warned")
    row = QHBoxLayout(banner)
    row.setContentsMargins(theme.pixels(0.7), theme.pixels(0.4), theme.pixels(0.7), theme.pixels(0.4))
    row.addWidget(Icon("warning", "partly"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, wrap=True), 1)
    return banner
