"""The heading of a part of the form that unfolds: letters, title, what stands there now, and a chevron."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from esf_desktop.model import Rating
from ui import theme
from ui.widgets import chip, icon

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RowHeader(QAbstractButton):
    """Pressing it unfolds or folds what belongs to it; `checked` means unfolded."""

    def __init__(self, title: str, *, code: str = "", badge: str = "", quiet: bool = False) -> None:
        super().__init__()
        self._code, self._badge, self._quiet = code, badge, quiet
        self._word = ""
        self._rating: Rating | None = None
        self.setText(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def show_value(self, word: str, rating: Rating | None = None) -> None:
        """Say on the right what stands here now: a rating as a chip, anything else as quiet words."""
        self._word, self._rating = word, rating
        self._name()
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(16), self._height(self.width() or theme.pixels(26)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(11), self._height(self.width() or theme.pixels(26)))

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def nextCheckState(self) -> None:
        """The page decides what is unfolded; the button only tells that it was pressed."""

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.underMouse() and self.isEnabled() and not self.isChecked():
            painter.fillRect(whole, theme.colour("hover"))
        left = whole.left() + self._margin()
        if self._code:
            painter.setFont(theme.code_font())
            painter.setPen(theme.colour("accent" if self.isEnabled() else "muted"))
            painter.drawText(QRectF(left, 0, self._code_width(), whole.height()), WRAP, self._code)
        painter.setFont(theme.font(1.0, bold=not self._quiet))
        painter.setPen(theme.colour("muted" if self._quiet or not self.isEnabled() else "ink"))
        title = self._title_rect(whole.width())
        if self._badge:
            below = theme.pixels(1.15)
            title.setBottom(title.bottom() - below)
            title.translate(0, theme.pixels(0.1))
            drawn = painter.boundingRect(title, WRAP, self.text())
            painter.drawText(title, WRAP, self.text())
            painter.setFont(theme.font(0.82))
            painter.setPen(theme.colour("muted"))
            place = QRectF(title.left(), drawn.bottom() + 1, title.width(), below)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), self._badge)
        else:
            painter.drawText(title, WRAP, self.text())
        self._paint_right(painter, whole)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(2, 2, -2, -2), 5, 5)
        painter.end()

    def _paint_right(self, painter: QPainter, whole: QRectF) -> None:
        right = whole.right() - self._margin()
        side = theme.pixels(0.85)
        if self._chevron():
            name = "chevron_down" if self.isChecked() else "chevron_right"
            icon.draw(
                painter, name, theme.colour("muted"), QRectF(right - side, whole.center().y() - side / 2, side, side)
            )
            right -= side + theme.pixels(0.5)
        if self._rating is not None and not self.isChecked():
            at = QPointF(right - chip.width(self._word, with_icon=True), whole.center().y() - chip.height() / 2)
            chip.draw_rating(painter, at, self._rating, self._word)
        elif not self.isChecked() and self._word:
            painter.setFont(theme.font(0.86))
            painter.setPen(theme.colour("muted"))
            area = QRectF(whole.left(), whole.top(), right - whole.left(), whole.height())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._word)

    def _chevron(self) -> bool:
        return self.isChecked() or not self._code

    def _margin(self) -> int:
        return theme.pixels(1.28)

    def _code_width(self) -> float:
        return theme.pixels(2.05) if self._code else 0

    def _right_width(self) -> float:
        width: float = theme.pixels(1.35) if self._chevron() else 0
        if self.isChecked() or not self._word:
            return width
        if self._rating is not None:
            return width + chip.width(self._word, with_icon=True)
        return width + QFontMetricsF(theme.font(0.86)).horizontalAdvance(self._word)

    def _title_rect(self, width: float) -> QRectF:
        left = self._margin() + self._code_width()
        return QRectF(left, 0, width - left - self._margin() - self._right_width() - theme.pixels(0.5), self.height())

    def _height(self, width: int) -> int:
        room = QRect(0, 0, max(40, round(self._title_rect(width).width())), 10_000)
        text = QFontMetricsF(theme.font(1.0, bold=True)).boundingRect(QRectF(room), WRAP, self.text())
        lower = theme.pixels(1.1) if self._badge else 0
        return round(max(theme.pixels(3.05), text.height() + lower + theme.pixels(1.5)))

    def _fit(self) -> None:
        wanted = self._height(self.width())
        if self.height() != wanted:
            self.setFixedHeight(wanted)

    def _name(self) -> None:
        parts = (self._code, self.text(), self._badge, self._word)
        self.setAccessibleName(", ".join(part for part in parts if part))
