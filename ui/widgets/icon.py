"""Our own icons: SVG files drawn in a colour of the theme, sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from esf_desktop import paths
from ui import theme


def draw(painter: QPainter, name: str, colour: QColor, rect: QRectF) -> None:
    """Draw the icon into the rectangle."""
    _renderer(name, colour.name()).render(painter, rect)


def pixmap(name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` logical pixels on a screen of that ratio."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return made


def icon(name: str, colour: str = "ink") -> QIcon:
    """The icon for a button or a menu, in a colour of the theme in use."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, theme.colour(colour), theme.pixels(1.15), ratio))
    return made


class Icon(QWidget):
    """An icon that stands beside a text which says the same."""

    def __init__(self, name: str, colour: str = "ink", share: float = 1.15) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, theme.pixels(share)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        draw(painter, self._name, theme.colour(self._colour), QRectF(self.rect()))
        painter.end()


@lru_cache(256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(source.encode()))
