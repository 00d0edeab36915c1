"""The pictures of the program and its files, from SVG at each size; the small ones have drawings of their own."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from esf_desktop import paths

PROGRAM = "program/esf-desktop"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)
"""Heights in pixels that a window's icon is asked for; a desk also wants 512."""


def drawing(name: str, size: int) -> Path:
    """The SVG for that height: the one that was drawn for it, or the large one."""
    folder = paths.resources() / "icons"
    own = folder / f"{name}-{size}.svg"
    return own if own.exists() else folder / f"{name}.svg"


def image(name: str, size: int, *, room: float = 0) -> QImage:
    """The picture on a clear ground, with that share of its width left free on every side."""
    made = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    free = size * room
    QSvgRenderer(str(drawing(name, size))).render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    return made


def program_icon() -> QIcon:
    """The program's icon, sharp at every size."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(image(PROGRAM, size)))
    return made
