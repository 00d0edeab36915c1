"""Bars across: as long as what was applied for, filled as far as it is proposed, with the figures at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from esf_desktop import formatting
from esf_desktop.i18n import _
from ui import theme

if TYPE_CHECKING:
    from esf_desktop.secretariat.balance import Group, Sum

ROW = 2.7
THICK = 1.05
WIDEST_NAME, LEAST_NAME = 16.0, 7.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A group, and the budget that it is held against, if any."""

    group: "Group"
    budget: int | None = None


class BarChart(QLabel):
    """Draws the bars of one measure; what it shows is told in words to a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._support = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, title: str, bars: Sequence[Bar], *, support: bool) -> None:
        """Show these bars: by sought support, or by the number of applications."""
        self._bars, self._support = tuple(bars), support
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(_told(bar) for bar in self._bars))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(34), theme.pixels(ROW) * max(len(self._bars), 1) + theme.pixels(0.6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(20), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = event.y() // theme.pixels(ROW)
            QToolTip.showText(event.globalPos(), _told(self._bars[row]) if row < len(self._bars) else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((max(self._of(bar.group.applied), self._budget(bar) or 0) for bar in self._bars), default=0)
        name = self._name_width()
        figures = self._figures_width()
        track = QRectF(
            name, 0, max(self.width() - name - figures - theme.pixels(0.9), theme.pixels(4)), theme.pixels(THICK)
        )
        for row, bar in enumerate(self._bars):
            middle = theme.pixels(ROW) * (row + 0.5) + theme.pixels(0.3)
            self._paint_name(painter, bar, name, middle)
            self._paint_bar(painter, bar, track.translated(0, middle - track.height() / 2), most)
            self._paint_figures(painter, bar, self.width() - figures, middle)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _of(self, sum_: "Sum") -> int:
        return sum_.support if self._support else sum_.count

    def _budget(self, bar: Bar) -> int | None:
        return bar.budget if self._support else None

    def _name_width(self) -> float:
        metrics = QFontMetricsF(theme.font())
        longest = max((metrics.horizontalAdvance(bar.group.name) for bar in self._bars), default=0.0)
        most = min(theme.pixels(WIDEST_NAME), self.width() * 0.36)
        return max(theme.pixels(LEAST_NAME), min(longest, most)) + theme.pixels(0.9)

    def _figures_width(self) -> float:
        metrics = QFontMetricsF(theme.font(bold=True))
        longest = max((metrics.horizontalAdvance(_figure(bar)) for bar in self._bars), default=0.0)
        return longest + theme.pixels(0.9)

    def _paint_name(self, painter: QPainter, bar: Bar, width: float, middle: float) -> None:
        font = theme.font()
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        room = QRectF(theme.pixels(0.3), middle - theme.pixels(ROW / 2), width - theme.pixels(0.9), theme.pixels(ROW))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        high = QFontMetricsF(font).boundingRect(room, flags, bar.group.name).height()
        if high > room.height():
            words = QFontMetricsF(font).elidedText(bar.group.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        else:
            painter.drawText(room, flags, bar.group.name)

    def _paint_bar(self, painter: QPainter, bar: Bar, track: QRectF, most: int) -> None:
        group = bar.group
        applied, sure = self._of(group.applied), self._of(group.prioritised)
        draw_bar(painter, track, applied, sure, self._of(group.if_funds_allow), most)
        budget = self._budget(bar)
        if budget is not None and most:
            at = track.left() + track.width() * budget / most
            painter.setPen(QPen(theme.colour("ink"), 2))
            painter.drawLine(
                QPointF(at, track.top() - theme.pixels(0.4)), QPointF(at, track.bottom() + theme.pixels(0.4))
            )

    def _paint_figures(self, painter: QPainter, bar: Bar, left: float, middle: float) -> None:
        """The measure, and below it the other one, or the budget."""
        half = theme.pixels(1.25)
        room = QRectF(left, middle - half, self.width() - left - theme.pixels(0.3), half)
        lower = _lower(bar, support=self._support)
        for place, (words, font, ink) in enumerate(
            ((_upper(bar, support=self._support), theme.font(bold=True), "ink"), (lower, theme.font(0.86), "muted"))
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            painter.drawText(room.translated(0, place * half), Qt.AlignmentFlag.AlignVCenter, words)


def draw_bar(
    painter: QPainter,
    track: QRectF,
    applied: float,
    sure: float,
    perhaps: float,
    most: float,
    ink: QColor | None = None,
) -> None:
    """One bar within its track: framed, filled as far as it is prioritised, hatched where funds have to allow."""
    if not most or not applied:
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(track.left(), track.top()), QPointF(track.left(), track.bottom()))
        return
    scale = track.width() / most
    whole = QRectF(track.left(), track.top(), max(applied * scale, 2.0), track.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("selected") if ink is None else Qt.BrushStyle.NoBrush)
    painter.drawRect(whole)
    filled = QRectF(whole.left(), whole.top(), sure * scale, whole.height())
    painter.setBrush(ink or theme.colour("accent"))
    painter.drawRect(filled)
    hatched = QRectF(filled.right(), whole.top(), perhaps * scale, whole.height())
    painter.setBrush(QBrush(ink or theme.colour("accent"), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(hatched)
    painter.setPen(QPen(ink or theme.colour("border_strong"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(whole)


class Legend(QLabel):
    """What the three looks of a bar mean, and the line across it."""

    def __init__(self) -> None:
        super().__init__()
        self._words = (_("prioritised"), _("if funds allow"), _("only applied for"), _("budget"))
        self.setAccessibleName(", ".join(self._words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.pixels(1.7))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(10), theme.pixels(1.7))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(0.86)
        left, middle = float(theme.pixels(0.3)), self.height() / 2
        for place, words in enumerate(self._words):
            box = QRectF(left, middle - theme.pixels(0.4), theme.pixels(1.6), theme.pixels(0.8))
            if place < 3:
                draw_bar(painter, box, 1, float(place == 0), float(place == 1), 1)
            else:
                painter.setPen(QPen(theme.colour("ink"), 2))
                painter.drawLine(QPointF(box.center().x(), box.top()), QPointF(box.center().x(), box.bottom()))
            painter.setFont(font)
            painter.setPen(theme.colour("muted"))
            wide = QFontMetricsF(font).horizontalAdvance(words)
            left = box.right() + theme.pixels(0.4)
            painter.drawText(QRectF(left, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += wide + theme.pixels(1.1)
        painter.end()


def _figure(bar: Bar) -> str:
    """The longest that stands at a bar's end."""
    return max(_upper(bar, support=True), _lower(bar, support=True), _upper(bar, support=False), key=len)


def _upper(bar: Bar, *, support: bool) -> str:
    applied = bar.group.applied
    return formatting.millions(applied.support) if support else formatting.count(applied.count)


def _lower(bar: Bar, *, support: bool) -> str:
    applied = bar.group.applied
    if support and bar.budget is not None:
        return _("of {amount}").format(amount=formatting.millions(bar.budget))
    return _("{n} appl.").format(n=formatting.count(applied.count)) if support else formatting.millions(applied.support)


def _told(bar: Bar) -> str:
    said = bar.group.sentence()
    if bar.budget is None:
        return said
    return _("{group}; budget {amount}").format(group=said, amount=formatting.money(bar.budget))
