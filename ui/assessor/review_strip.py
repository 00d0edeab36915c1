"""The mark on a criterion whose wording has changed since it was answered, and the button that takes it away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import button, label


class ReviewStrip(QWidget):
    """Asks for another look; stands under the heading, folded out or not."""

    reviewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QVBoxLayout(self)
        side = theme.pixels(1.28)
        row.setContentsMargins(side, 0, side, theme.pixels(0.5))
        row.addWidget(
            label(_("The wording is new since you answered. Look at your answers again."), "warning", wrap=True)
        )
        done = button(_("My answers stand"))
        done.clicked.connect(self.reviewed)
        row.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()
