"""The page that says why the work cannot be opened, with the ways on; and the one with the backups it leads to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.assessor.backups_list import BackupsList
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import button, label


class NotOpened(QWidget):
    """Shows the sentence; what is on disk was not touched."""

    again = Signal()
    restoring = Signal()
    """The person wants to see the backups."""
    left = Signal()
    went_on = Signal()
    """The older data is to be taken for the latest."""

    def __init__(self, sentence: str, *, backups: bool = False, older: bool = False) -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 34)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.8))
        column.addWidget(label(_("Your work could not be opened"), "huge", wrap=True))
        column.addWidget(label(sentence, wrap=True))
        row = QHBoxLayout()
        again, leave = button(_("Try again"), "" if backups else "primary"), button(_("Quit"))
        again.clicked.connect(self.again)
        leave.clicked.connect(self.left)
        if backups:
            choose = button(_("Choose a backup…"), "primary")
            choose.clicked.connect(self.restoring)
            row.addWidget(choose)
        row.addWidget(again)
        if older:
            go_on = button(_("Go on with the older data"))
            go_on.clicked.connect(self.went_on)
            row.addWidget(go_on)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(choose if backups else again)


class Restoring(QWidget):
    """The backups of work that is not open, to choose one from."""

    restoring = Signal(object, str)
    left = Signal()

    def __init__(self, places: Sequence[Path], refused: str = "") -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 44)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Put a backup back"), "huge", wrap=True))
        self.backups = BackupsList(places, None)
        self.backups.list.setMinimumHeight(theme.pixels(14))
        self.backups.restoring.connect(self.restoring)
        self.backups.refuse(refused)
        column.addWidget(self.backups)
        back = button(_("Back"))
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(back)
        column.addLayout(row)
        self.setFocusProxy(self.backups)
