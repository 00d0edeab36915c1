"""The control that rates: one segment for each step of the scale, with its icon, its word and its key."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Rating
from ui import theme
from ui.widgets import icon

WORD = 0.88
"""The height of the words, as a share of the running text's."""


class Segment(QAbstractButton):
    """One step of the scale; pressing it again clears it."""

    def __init__(self, rating: Rating, word: str, key: str, anchor: str) -> None:
        super().__init__()
        self.rating, self._key = rating, key
        self.setText(word)
        self.setCheckable(True)
        self.setAccessibleName(_("{word}, key {key}").format(word=word, key=key) if key else word)
        self.setAccessibleDescription(anchor)
        self.setToolTip(anchor)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(round(self._line_width() + theme.pixels(0.75)), theme.pixels(3.55))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(4), theme.pixels(3.55))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = theme.colour("ink"), theme.colour("surface")
        if self.isChecked():
            ink, ground = theme.tokens().rating(self.rating)
        elif not self.isEnabled():
            ink = theme.colour("muted")
        elif self.underMouse() or self.isDown():
            ground = theme.colour("hover")
        whole = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawPath(self._outline(whole))
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 1))
            painter.drawPath(self._outline(whole.adjusted(0.5, 0.5, -0.5, -0.5)))
        self._draw_word(painter, ink, whole)
        self._draw_key(painter, whole)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), 4, 4)
        painter.end()

    def _outline(self, rect: QRectF) -> QPainterPath:
        """The segment with those corners rounded that are the control's own."""
        control = self.parentWidget()
        path = QPainterPath()
        path.addRect(rect)
        if control is None:
            return path
        own = QPainterPath()
        own.addRoundedRect(QRectF(control.rect()).translated(-self.x(), -self.y()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        return path.intersected(own)

    def _draw_word(self, painter: QPainter, ink: QColor, whole: QRectF) -> None:
        side = theme.pixels(0.85)
        left = (whole.width() - self._line_width()) / 2
        middle = whole.height() * (0.34 if self._key else 0.5)
        icon.draw(painter, self.rating.value, ink, QRectF(left, middle - side / 2, side, side))
        painter.setFont(theme.font(WORD, bold=self.isChecked()))
        painter.setPen(ink)
        text = QRectF(left + side + theme.pixels(0.3), middle - side, whole.width(), 2 * side)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _draw_key(self, painter: QPainter, whole: QRectF) -> None:
        if not self._key:
            return
        side = theme.pixels(1.15)
        cap = QRectF((whole.width() - side) / 2, whole.height() * 0.72 - side / 2, side, side)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(0.78))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _line_width(self) -> float:
        metrics = self.fontMetrics()
        metrics = type(metrics)(theme.font(WORD, bold=True))
        return theme.pixels(0.85) + theme.pixels(0.3) + metrics.horizontalAdvance(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers():
            super().keyPressEvent(event)
            return
        control = self.parentWidget()
        if isinstance(control, RatingControl):
            control.move_focus(self, step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


class RatingControl(QWidget):
    """Shows a rating and tells which one a person chose; None when the chosen one was pressed again."""

    rated = Signal(object)

    def __init__(self, steps: tuple[tuple[Rating, str, str], ...], name: str, keys: tuple[str, ...]) -> None:
        """`steps` are rating, word and anchor; `keys` are the keys to print, one for each step."""
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._segments = [
            Segment(rating, word, key, anchor) for (rating, word, anchor), key in zip(steps, keys, strict=False)
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(1)
        self._columns = 0
        self._place(len(self._segments))
        for segment in self._segments:
            segment.clicked.connect(self._press)

    def show_rating(self, rating: Rating | None) -> None:
        """Mark the segment of this rating, or none."""
        for segment in self._segments:
            segment.setChecked(segment.rating is rating)

    def rating_of_key(self, place: int) -> Rating | None:
        """The rating in that place, counted from 0; None when the scale is shorter."""
        return self._segments[place].rating if place < len(self._segments) else None

    def move_focus(self, segment: Segment, step: int) -> None:
        """Move the focus to the neighbour of a segment."""
        place = self._segments.index(segment) + step
        if 0 <= place < len(self._segments):
            self._segments[place].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: object) -> None:
        wanted = sum(segment.sizeHint().width() for segment in self._segments) + len(self._segments) + 1
        self._place(len(self._segments) if self.width() >= wanted else 2)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("border_strong"), 1))
        painter.setBrush(theme.colour("border_strong"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        rows = -(-len(self._segments) // self._columns)
        return QSize(theme.pixels(9), rows * (self._segments[0].sizeHint().height() + 1) + 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, segment in enumerate(self._segments):
            self._grid.addWidget(segment, place // columns, place % columns)
        for column in range(len(self._segments)):
            stretch = self._segments[column].sizeHint().width() if columns > 2 else int(column < columns)
            self._grid.setColumnStretch(column, stretch)
        self.updateGeometry()

    def _press(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, Segment):
            self.rated.emit(pressed.rating if pressed.isChecked() else None)
