"""The page that says why the work cannot be opened, with the ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import button, label


class NotOpened(QWidget):
    """Shows the sentence; what is on disk was not touched."""

    again = Signal()
    left = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 30)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.8))
        column.addWidget(label(_("Your work could not be opened"), "huge", wrap=True))
        column.addWidget(label(sentence, wrap=True))
        again, leave = button(_("Try again"), "primary"), button(_("Quit"))
        again.clicked.connect(self.again)
        leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(again)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(again)
