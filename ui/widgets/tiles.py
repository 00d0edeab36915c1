"""Ratings as small tiles in a row: icon and colour, an empty dashed tile for what is not assessed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from esf_desktop.model import Rating
from ui import theme
from ui.widgets import icon


def width(count: int) -> int:
    """How wide a row of so many tiles is."""
    return count * _side() + max(0, count - 1) * _gap()


def height() -> int:
    """How high a tile is."""
    return _side()


def draw(painter: QPainter, at: QPointF, ratings: Sequence[Rating | None]) -> None:
    """Draw the row with its upper left corner there."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, rating in enumerate(ratings):
        rect = QRectF(at.x() + place * (_side() + _gap()), at.y(), _side(), _side())
        if rating is None:
            pen = QPen(theme.colour("border_strong"), 1.2)
            pen.setDashPattern([2.2, 1.8])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)
        else:
            ink, ground = theme.tokens().rating(rating)
            painter.setPen(Qt.PenStyle.NoPen if ground != theme.colour("surface") else QPen(ink, 1))
            painter.setBrush(ground)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            inset = _side() * 0.16
            icon.draw(painter, rating.value, ink, rect.adjusted(inset, inset, -inset, -inset))
    painter.restore()


class Tiles(QWidget):
    """A row of tiles with the same said in words."""

    def __init__(self, ratings: Sequence[Rating | None] = (), words: str = "") -> None:
        super().__init__()
        self._ratings: tuple[Rating | None, ...] = ()
        self.show_ratings(ratings, words)

    def show_ratings(self, ratings: Sequence[Rating | None], words: str) -> None:
        """Show these ratings, and say them with these words."""
        self._ratings = tuple(ratings)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(1, width(len(self._ratings))), height())

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        draw(painter, QPointF(0, 0), self._ratings)
        painter.end()


def _side() -> int:
    return theme.pixels(1.0)


def _gap() -> int:
    return theme.pixels(0.25)
