"""The mark on a criterion whose wording has changed since it was answered, and the button that takes it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import button, label


class ReviewStrip(QWidget):
    """Asks for another look; stands under the heading, folded out or not."""

    reviewed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        side = theme.pixels(1.28)
        row.setContentsMargins(side, 0, side, theme.pixels(0.5))
        row.addWidget(
            label(_("The wording is new since you answered. Look at your answers again."), "warning", wrap=True), 1
        )
        done = button(_("My answers stand"))
        done.clicked.connect(self.reviewed)
        row.addWidget(done)
        self.hide()
