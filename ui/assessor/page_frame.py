"""A rectangle on a page that is a picture, moved and sized by the arrow keys where there is no mouse."""

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from esf_desktop.model import Rect
from ui.assessor.page_canvas import PageCanvas

_STEP, _FINE_STEP = 16, 2
"""Pixels that an arrow moves an edge, and with Ctrl."""
_LEAST = 12
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class PageFrame(QObject):
    """Arrows move the rectangle, with Shift its lower right corner; Enter takes it, Escape gives it up."""

    taken = Signal(int, object)
    """The page and the rectangle on it."""

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._page: int | None = None
        canvas.emptied.connect(self._forget)

    @property
    def active(self) -> bool:
        """Whether the arrows move a rectangle."""
        return self._page is not None

    def begin(self, page: int) -> None:
        """Put a rectangle in the middle of what is seen of the page."""
        room = QRectF(self._canvas.viewport().rect())
        size = QPointF(room.width() / 2, room.height() / 6)
        corner = room.center() - size / 2
        self._page = page
        self._put(QRectF(corner, corner + size))

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key says; every key but those of the window's own is kept."""
        if self._page is None or self._canvas.rubber is None:
            return False
        key = Qt.Key(event.key())
        if key in _ARROWS:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            step = _ARROWS[key] * (_FINE_STEP if fine else _STEP)
            place = self._canvas.on_viewport(*self._canvas.rubber)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                place.setBottomRight(place.bottomRight() + step)
            else:
                place.translate(step)
            if min(place.width(), place.height()) >= _LEAST:
                self._put(place)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            page, rect = self._canvas.rubber
            self._page = None
            self.taken.emit(page, rect)
        elif key == Qt.Key.Key_Escape:
            self.give_up()
        else:
            return False
        return True

    def give_up(self) -> None:
        """Take the rectangle away."""
        if self._page is not None:
            self._forget()
            self._canvas.rubber = None
            self._canvas.viewport().update()

    def _forget(self) -> None:
        self._page = None

    def _put(self, place: QRectF) -> None:
        assert self._page is not None
        self._canvas.rubber = self._page, page_rect(self._canvas, self._page, place)
        self._canvas.show_place(self._page, self._canvas.rubber[1])
        self._canvas.viewport().update()


def page_rect(canvas: PageCanvas, page: int, place: QRectF) -> Rect:
    """The part of the page, in its own hundredths of a point, that a rectangle of the viewport covers."""
    corners = [canvas.on_page(page, point) for point in (place.topLeft(), place.bottomRight())]
    width, height = canvas.page_size(page)
    across = sorted(min(max(0, round(corner.x())), round(width * 100)) for corner in corners)
    down = sorted(min(max(0, round(corner.y())), round(height * 100)) for corner in corners)
    return Rect(across[0], down[0], across[1], down[1])
