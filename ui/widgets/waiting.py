"""A page that says what is under way, and how far it has come."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import label

PATIENCE = 400
"""Milliseconds before anything is said; most waits are shorter."""


class Waiting(QWidget):
    """Stays empty for a moment, so that a short wait does not flicker."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._inside = QWidget()
        in_the_middle(self, self._inside, 26)
        column = QVBoxLayout(self._inside)
        column.setSpacing(theme.pixels(0.7))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words)
        column.addWidget(label(words, "title", wrap=True))
        column.addWidget(self._bar)
        self._inside.hide()
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self._inside.show)
        self._soon.start()

    def show_progress(self, n: int, total: int) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(n)
