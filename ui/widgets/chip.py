"""A word on a coloured ground with its icon: a rating, or a state that stands out."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from esf_desktop.model import Rating
from ui import theme
from ui.widgets import icon

SHARE = 0.86


def width(word: str, *, with_icon: bool) -> float:
    """How wide the chip is."""
    text = QFontMetricsF(theme.font(SHARE, bold=True)).horizontalAdvance(word)
    return text + theme.pixels(1.15) + (theme.pixels(1.0) if with_icon else 0)


def height() -> float:
    """How high a chip is."""
    return theme.pixels(1.57)


def draw_rating(painter: QPainter, at: QPointF, rating: Rating, word: str) -> None:
    """Draw a rating's chip with its upper left corner there."""
    ink, ground = theme.tokens().rating(rating)
    draw(painter, at, word, ink, ground, rating.value)


def draw(painter: QPainter, at: QPointF, word: str, ink: QColor, ground: QColor, name: str = "") -> None:
    """Draw a chip with its upper left corner there; `name` is the icon's, if any."""
    rect = QRectF(at.x(), at.y(), width(word, with_icon=bool(name)), height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1) if ground == theme.colour("surface") else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    inner = rect.adjusted(theme.pixels(0.55), 0, -theme.pixels(0.55), 0)
    if name:
        side = theme.pixels(0.82)
        icon.draw(painter, name, ink, QRectF(inner.left(), rect.center().y() - side / 2, side, side))
        inner.setLeft(inner.left() + theme.pixels(1.0))
    painter.setPen(ink)
    painter.setFont(theme.font(SHARE, bold=True))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()
