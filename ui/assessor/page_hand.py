"""What the mouse and the keys do to the pages: select, draw a rectangle, open a mark, move the caret, zoom."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from esf_desktop.model import Rect
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.page_frame import PageFrame, page_rect
from ui.assessor.page_selection import Move, Spot, Unit

_MOVES = {
    (Qt.Key.Key_Left, False): Move.LEFT,
    (Qt.Key.Key_Right, False): Move.RIGHT,
    (Qt.Key.Key_Left, True): Move.WORD_LEFT,
    (Qt.Key.Key_Right, True): Move.WORD_RIGHT,
    (Qt.Key.Key_Up, False): Move.UP,
    (Qt.Key.Key_Down, False): Move.DOWN,
    (Qt.Key.Key_Home, False): Move.LINE_START,
    (Qt.Key.Key_End, False): Move.LINE_END,
    (Qt.Key.Key_Home, True): Move.PAGE_START,
    (Qt.Key.Key_End, True): Move.PAGE_END,
}
_SMALLEST = 300
"""Hundredths of a point; a rectangle smaller than this was a click."""


class PageHand(QObject):
    """Watches a canvas; a caret walks through the text once Shift and an arrow, or the action, has called for it."""

    mark_clicked = Signal(object)
    drawn = Signal(int, object)
    """A page and a rectangle on it that waits for its words."""

    def __init__(self, canvas: PageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._pressed: QPointF | None = None
        self._dragging = False
        self._drawing: tuple[int, QPointF] | None = None
        self._doubled = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._rolling = QTimer(self, interval=30)
        self._rolling.timeout.connect(self._roll)
        self._last = QPointF()
        self.walking = False
        """Whether the arrows move the caret instead of the pages."""
        self.frame = PageFrame(canvas)
        self.frame.taken.connect(self.drawn)
        canvas.installEventFilter(self)
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress if watched is self._canvas:
                return self._key(cast(QKeyEvent, event))
            case QEvent.Type.ShortcutOverride if watched is self._canvas:
                return self._claim(cast(QKeyEvent, event))
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if watched is not self._canvas:
                return self._press(cast(QMouseEvent, event))
            case QEvent.Type.MouseMove if watched is not self._canvas:
                return self._move(cast(QMouseEvent, event))
            case QEvent.Type.MouseButtonRelease if watched is not self._canvas:
                return self._release(cast(QMouseEvent, event))
            case QEvent.Type.Wheel:
                return self._wheel(cast(QWheelEvent, event))
        return False

    # mouse

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton or self._canvas.pages == 0:
            return False
        point = event.position()
        page = self._canvas.page_near(point)
        text = self._canvas.text(page)
        self._pressed, self._dragging, self._drawing = point, False, None
        self.frame.give_up()
        if text is None:
            return True
        if text.empty:
            self._drawing = page, self._canvas.on_page(page, point)
            self._canvas.rubber = None
            self._canvas.selection.clear()
            return True
        spot = self._spot(point)
        extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self._doubled.start()
            self._canvas.selection.begin(self._inside(point, spot), Unit.WORD)
        elif self._doubled.isActive():
            self._canvas.selection.begin(self._inside(point, spot), Unit.LINE)
        elif extending and self._canvas.selection.span:
            self._canvas.selection.extend(spot)
        else:
            self._canvas.selection.begin(spot, Unit.CHARACTER)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        point = event.position()
        if self._pressed is None:
            self._show_shape(point)
            return False
        if (point - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
        if self._dragging:
            self._last = point
            self._drag(point)
            outside = not 0 <= point.y() < self._canvas.viewport().height()
            if outside and not self._rolling.isActive():
                self._rolling.start()
            elif not outside:
                self._rolling.stop()
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return False
        self._rolling.stop()
        clicked = not self._dragging
        self._pressed = None
        rubber = self._canvas.rubber
        if self._drawing and rubber and min(_width(rubber[1]), _height(rubber[1])) >= _SMALLEST:
            self.drawn.emit(*rubber)
        elif clicked and self._canvas.selection.empty:
            marks = self._canvas.marks_at(event.position())
            if marks:
                self.mark_clicked.emit(marks[-1])
        self._drawing = None
        return True

    def _drag(self, point: QPointF) -> None:
        if self._drawing is None:
            self._canvas.selection.extend(self._spot(point))
            return
        page, start = self._drawing
        began = self._canvas.on_viewport(page, Rect(*(round(start.x()), round(start.y())) * 2)).topLeft()
        self._canvas.rubber = page, page_rect(self._canvas, page, QRectF(began, point).normalized())
        self._canvas.viewport().update()

    def _roll(self) -> None:
        height = self._canvas.viewport().height()
        beyond = self._last.y() if self._last.y() < 0 else self._last.y() - height
        bar = self._canvas.verticalScrollBar()
        bar.setValue(bar.value() + round(max(-60, min(60, beyond))))
        self._drag(self._last)

    def _spot(self, point: QPointF) -> Spot:
        page = self._canvas.page_near(point)
        text = self._canvas.text(page)
        place = self._canvas.on_page(page, point)
        return Spot(page, text.position(place.x(), place.y()) if text else 0)

    def _inside(self, point: QPointF, spot: Spot) -> Spot:
        """The character that was hit, where the spot is the gap nearest to the point."""
        text = self._canvas.text(spot.page)
        place = self._canvas.on_page(spot.page, point)
        hit = text.character(place.x(), place.y()) if text else None
        return spot if hit is None else Spot(spot.page, hit)

    def _show_shape(self, point: QPointF) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._canvas.pages:
            page = self._canvas.page_near(point)
            text = self._canvas.text(page)
            if self._canvas.marks_at(point):
                shape = Qt.CursorShape.PointingHandCursor
            elif text and self._canvas.holds(page, point):
                place = self._canvas.on_page(page, point)
                over_text = text.character(place.x(), place.y()) is not None
                shape = Qt.CursorShape.IBeamCursor if over_text else shape
                shape = Qt.CursorShape.CrossCursor if text.empty else shape
        self._canvas.viewport().setCursor(shape)

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        steps = event.angleDelta().y() / 120
        self._canvas.set_zoom(self._canvas.zoom * 1.1**steps, event.position())
        return True

    # keys

    def mark_by_keys(self) -> None:
        """Begin or end walking with the caret; on a page that is a picture, begin a rectangle."""
        page = self._canvas.page
        text = self._canvas.text(page) if self._canvas.pages else None
        if text is None:
            return
        if text.empty:
            self.frame.begin(page)
            return
        self.walking = not self.walking
        if self.walking and self._canvas.selection.span is None:
            self._canvas.selection.begin(self._canvas.first_spot(), Unit.CHARACTER)
        self._canvas.viewport().update()

    def _key(self, event: QKeyEvent) -> bool:
        if self.frame.active and self.frame.press(event):
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return False
        key = Qt.Key(event.key())
        move = _MOVES.get((key, control))
        if move is not None and (shift or self.walking):
            self._walk(move, extend=shift)
            return True
        match key:
            case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp if (shift or self.walking) and not control:
                self._turn_over(1 if key == Qt.Key.Key_PageDown else -1, extend=shift)
            case Qt.Key.Key_Escape if self._has_something:
                self.walking = False
                self._canvas.selection.clear()
            case Qt.Key.Key_Home:
                self._canvas.scroll_to(0)
            case Qt.Key.Key_End:
                self._canvas.verticalScrollBar().setValue(self._canvas.verticalScrollBar().maximum())
            case Qt.Key.Key_Space:
                bar = self._canvas.verticalScrollBar()
                bar.setValue(bar.value() + (-1 if shift else 1) * bar.pageStep())
            case Qt.Key.Key_A if control:
                self._canvas.select_all()
            case _:
                return False
        return True

    def _claim(self, event: QKeyEvent) -> bool:
        """Keep Escape from the window's own use of it while there is something to give up here."""
        if event.key() == Qt.Key.Key_Escape and self._has_something:
            event.accept()
            return True
        return False

    @property
    def _has_something(self) -> bool:
        return self.walking or self.frame.active or not self._canvas.selection.empty

    def _turn_over(self, direction: int, *, extend: bool) -> None:
        """Move the caret a window's height, as the page-down key does in a text."""
        self.walking = True
        if self._canvas.selection.span is None:
            self._canvas.selection.begin(self._canvas.first_spot(), Unit.CHARACTER)
        place = self._canvas.caret_place()
        bar = self._canvas.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + direction * bar.pageStep())
        if place is None:
            return
        span = self._canvas.selection.span
        rest = direction * bar.pageStep() - (bar.value() - before)
        goal = self._spot(place.center() + QPointF(0, rest))
        if span is not None and (goal > span.caret) != (direction > 0):
            page = max(0, min(self._canvas.pages - 1, span.caret.page + direction))
            text = self._canvas.text(page)
            goal = Spot(page, 0 if direction > 0 or text is None else len(text))
        self._canvas.selection.put(goal, extend=extend)
        self._canvas.show_caret()

    def _walk(self, move: Move, *, extend: bool) -> None:
        self.walking = True
        self._canvas.selection.move(move, self._canvas.pages, extend=extend, first=self._canvas.first_spot())
        self._canvas.show_caret()


def _width(rect: Rect) -> int:
    return rect.right - rect.left


def _height(rect: Rect) -> int:
    return rect.bottom - rect.top
