"""A choice in words that may need several lines, with its icon if it has one; the chosen one is marked."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.widgets import icon

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Choice(QAbstractButton):
    """A button as wide as its column; `mark` puts a ring in front that is filled while it is checked."""

    def __init__(self, text: str, *, picture: str = "", mark: bool = False, tall: bool = False, key: str = "") -> None:
        super().__init__()
        self._picture, self._mark, self._tall, self._key = picture, mark, tall, key
        self.setText(text)
        self.setCheckable(mark)
        self.setAccessibleName(text)
        self.setAccessibleDescription(key)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = theme.pixels(14)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(7), theme.pixels(2.3))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(30, width - self._left() - self._right()), 10_000)
        text = QFontMetrics(theme.font(bold=True)).boundingRect(room, WRAP, self.text())
        return max(theme.pixels(3.4 if self._tall else 2.45), text.height() + theme.pixels(1.1))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, chosen = QRectF(self.rect()), self.isChecked()
        ground = "selected" if chosen else "hover" if self.underMouse() and self.isEnabled() else "surface"
        edge = "accent" if chosen else "border_strong" if self.isEnabled() else "line"
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_sign(painter, whole)
        painter.setFont(theme.font(bold=chosen))
        painter.setPen(theme.colour("ink" if self.isEnabled() else "muted"))
        painter.drawText(whole.adjusted(self._left(), 0, -self._right(), 0), WRAP, self.text())
        if self._key:
            painter.setFont(theme.font(0.8))
            painter.setPen(theme.colour("muted"))
            side = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(whole.adjusted(0, 0, -theme.pixels(0.6), 0), side, self._key)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_sign(self, painter: QPainter, whole: QRectF) -> None:
        side = theme.pixels(1.4 if self._picture else 0.9)
        rect = QRectF(theme.pixels(0.85), whole.center().y() - side / 2, side, side)
        if self._picture:
            icon.draw(painter, self._picture, theme.colour("accent"), rect)
        elif self._mark:
            chosen = self.isChecked()
            painter.setPen(QPen(theme.colour("accent" if chosen else "border_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(rect)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                inset = side * 0.25
                painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))

    def _right(self) -> int:
        return theme.pixels(1.6 if self._key else 0.85)

    def _left(self) -> int:
        return theme.pixels(0.85 + (2.1 if self._picture else 1.5 if self._mark else 0))
