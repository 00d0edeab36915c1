"""Where every page lies on the long sheet that is scrolled: sizes, zoom and turning as plain geometry."""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from esf_desktop.model import Rect

GAP = 14
"""Pixels between two pages and around them."""
FULL_SIZE = 96 / 72
"""Pixels a point at 100 %."""
SMALLEST, LARGEST = 0.1, 8.0
STEPS = (0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)


class Fit(StrEnum):
    """A zoom that follows the window."""

    WIDTH = "width"
    PAGE = "page"


class PageLayout:
    """The pages under each other, each in the middle, at one zoom (1.0 is 100 %) and one turn (quarters clockwise)."""

    def __init__(self, sizes: Sequence[tuple[float, float]], width: float, zoom: float, turn: int) -> None:
        self.zoom = zoom
        self.turn = turn
        self.scale = zoom * FULL_SIZE
        self._sizes = tuple(sizes)
        turned = [QSizeF(*(size if turn % 2 == 0 else size[::-1])) * self.scale for size in sizes]
        self.width = max([width, *(ceil(size.width()) + 2 * GAP for size in turned)])
        self.rects: list[QRectF] = []
        self._tops: list[float] = []
        top = float(GAP)
        for size in turned:
            self._tops.append(top)
            self.rects.append(QRectF(round((self.width - size.width()) / 2), top, size.width(), size.height()))
            top += ceil(size.height()) + GAP
        self.height = top

    def page_at(self, y: float) -> int:
        """The page at a height of the sheet; the gap below a page belongs to it."""
        return max(0, bisect_right(self._tops, y) - 1)

    def visible(self, top: float, bottom: float) -> range:
        """The pages that have a part between the two heights."""
        first = self.page_at(top)
        if self.rects and self.rects[first].bottom() < top:
            first += 1
        return range(first, max(first, self.page_at(bottom) + 1))

    def transform(self, page: int) -> QTransform:
        """From the page's points to the sheet's pixels."""
        width, height = self._sizes[page]
        rect = self.rects[page]
        turned = QTransform.fromTranslate(rect.left(), rect.top()).scale(self.scale, self.scale)
        match self.turn % 4:
            case 1:
                turned.translate(height, 0)
            case 2:
                turned.translate(width, height)
            case 3:
                turned.translate(0, width)
        return turned.rotate(90 * (self.turn % 4))

    def on_sheet(self, page: int, rect: Rect) -> QRectF:
        """A rectangle of the page (hundredths of a point) as it lies on the sheet."""
        points = QRectF(QPointF(rect.left / 100, rect.top / 100), QPointF(rect.right / 100, rect.bottom / 100))
        return self.transform(page).mapRect(points)

    def on_page(self, page: int, point: QPointF) -> QPointF:
        """A point of the sheet in the page's hundredths of a point."""
        back, _ = self.transform(page).inverted()
        return back.map(point) * 100


def fitting(sizes: Sequence[tuple[float, float]], turn: int, fit: Fit, page: int, room: QSizeF) -> float:
    """The zoom at which the widest page fills the room's width, or the given page fits whole."""
    turned = [size if turn % 2 == 0 else size[::-1] for size in sizes]
    across = (room.width() - 2 * GAP) / FULL_SIZE
    if fit is Fit.WIDTH:
        zoom = across / max(width for width, _ in turned)
    else:
        width, height = turned[page]
        zoom = min(across / width, (room.height() - 2 * GAP) / FULL_SIZE / height)
    return max(SMALLEST, min(LARGEST, zoom))


def next_step(zoom: float, direction: int) -> float:
    """The nearest step of the zoom above (+1) or below (-1)."""
    if direction > 0:
        return next((step for step in STEPS if step > zoom * 1.001), STEPS[-1])
    return next((step for step in reversed(STEPS) if step < zoom * 0.999), STEPS[0])
