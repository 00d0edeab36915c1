"""A rating as a chip of its own: icon, word and colour."""

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from esf_desktop.model import Rating
from ui.widgets import chip


class RatingChip(QWidget):
    """Shows one rating with its word."""

    def __init__(self, rating: Rating, word: str) -> None:
        super().__init__()
        self._rating, self._word = rating, word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(math.ceil(chip.width(self._word, with_icon=True)), math.ceil(chip.height()))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        chip.draw_rating(painter, QPointF(0, 0), self._rating, self._word)
        painter.end()
