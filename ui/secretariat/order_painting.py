"""The columns of the proposal's list, and how its rows are drawn."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from esf_desktop.i18n import _
from ui import theme
from ui.secretariat.order_rows import OrderRow
from ui.widgets import chip

if TYPE_CHECKING:
    from esf_desktop.secretariat.funds import BudgetLine

SHOWN = Qt.ItemDataRole.UserRole
NAME, ROW, LINE = 14.0, 3.1, 2.0
"""The least width of the names, the height of a row, and that of a line of the budget, in heights of a letter."""
SIDE = 0.65
MOST = 10.5
"""Of any other column's width; longer words are cut, and told in full by the tip and to a screen reader."""
Index = QModelIndex | QPersistentModelIndex


class Column(NamedTuple):
    """A column: its heading, what a row says there in one or two lines, and how it is told in words."""

    title: Callable[[], str]
    lines: Callable[[OrderRow], tuple[str, ...]]
    about: Callable[[], str] = lambda: ""
    right: bool = False
    optional: bool = False
    """Hidden while no row says anything."""
    name_column: bool = False

    def words(self, row: OrderRow) -> str:
        """What the row says."""
        return " · ".join(part for part in self.lines(row) if part)

    def told(self, row: OrderRow) -> str:
        """What the row says, with what it is about."""
        return f"{self.title()}: {self.words(row) or '–'}"

    def width(self, rows: Sequence[OrderRow]) -> int:
        """What the longest line takes, within reason."""
        first, second = QFontMetricsF(theme.font(bold=True)), QFontMetricsF(theme.font(0.86))
        longest = 0.0
        for row in rows:
            for place, line in enumerate(self.lines(row)):
                longest = max(longest, (second if place else first).horizontalAdvance(line))
        return round(min(longest, theme.pixels(MOST)) + 2 * theme.pixels(SIDE) + 2)


def _outcome(row: OrderRow) -> str:
    return row.outcome.word() if row.outcome is not None else ""


def _recommended(row: OrderRow) -> tuple[str, ...]:
    """In at most two lines."""
    if len(row.recommended) <= 2:
        return row.recommended
    return row.recommended[0], ", ".join(row.recommended[1:])


COLUMNS = (
    Column(lambda: _("Place"), lambda row: (str(row.place),)),
    Column(
        lambda: _("Application"),
        lambda row: (row.application.project_name, " · ".join(filter(None, (row.application.id, row.pot)))),
        name_column=True,
    ),
    Column(lambda: _("Outcome"), lambda row: (_outcome(row),)),
    Column(lambda: _("Sought support"), lambda row: (row.asked,), right=True),
    Column(
        lambda: _("Running sum"),
        lambda row: (row.running, row.reach),
        lambda: _("Sought by everything down to here, in the same part of the budget; equals are counted together."),
        right=True,
    ),
    Column(
        lambda: _("Met"),
        lambda row: (row.met,),
        lambda: _("From the assessor who finds fewest selected principles met to the one who finds most."),
    ),
    Column(lambda: _("Recommendations"), _recommended, optional=True),
    Column(
        lambda: _("Apart"),
        lambda row: (row.apart,),
        lambda: _("Where the assessors are far apart."),
        optional=True,
    ),
    Column(lambda: _("Agreed"), lambda row: row.joint, lambda: _("What the joint assessment says."), optional=True),
)
"""From the left; what is decided and what it costs stand before the aids, so that a narrow window shows it."""
PLACE, OUTCOME = 0, 2


class OrderDelegate(QStyledItemDelegate):
    """Draws a row of the order, or a line of the budget across it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.pixels(4), theme.pixels(ROW if isinstance(index.data(SHOWN), OrderRow) else LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = index.data(SHOWN), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("selected" if chosen else "surface"))
        if isinstance(shown, OrderRow):
            self._paint_row(painter, rect, shown, index.column(), chosen=chosen)
        else:
            _paint_line(painter, rect, shown)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRectF, row: OrderRow, column: int, *, chosen: bool) -> None:
        if not row.below:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(theme.pixels(SIDE), 0, -theme.pixels(SIDE), 0)
        if column == PLACE:
            if chosen:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
            _paint_place(painter, rect, inner, row)
        elif column == OUTCOME:
            _paint_outcome(painter, inner, row)
        else:
            _paint_lines(painter, inner, COLUMNS[column], row)


def _paint_lines(painter: QPainter, inner: QRectF, column: Column, row: OrderRow) -> None:
    lines = [line for line in column.lines(row) if line]
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    height = theme.pixels(1.35)
    top = inner.center().y() - height * len(lines) / 2
    for place, words in enumerate(lines):
        font = theme.font(bold=column.name_column) if place == 0 else theme.font(0.86)
        painter.setFont(font)
        short = place > 0 and row.reach == words and row.short
        painter.setPen(theme.colour("not_met" if short else "ink" if place == 0 else "muted"))
        cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        room = QRectF(inner.left(), top + place * height, inner.width(), height)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, cut)


def _paint_place(painter: QPainter, rect: QRectF, inner: QRectF, row: OrderRow) -> None:
    """The number, and a bar down those that stand equal."""
    painter.setFont(theme.font(1.1, bold=True))
    painter.setPen(theme.colour("ink"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(row.place))
    if row.above or row.below:
        right = rect.right() - theme.pixels(0.3)
        top = rect.top() + (0 if row.above else theme.pixels(0.6))
        bottom = rect.bottom() - (0 if row.below else theme.pixels(0.6))
        painter.setPen(QPen(theme.colour("border_strong"), 2))
        painter.drawLine(QPointF(right, top), QPointF(right, bottom))
        hook = theme.pixels(0.3)
        for end in [y for y, goes_on in ((top, row.above), (bottom, row.below)) if not goes_on]:
            painter.drawLine(QPointF(right - hook, end), QPointF(right, end))


def _paint_outcome(painter: QPainter, inner: QRectF, row: OrderRow) -> None:
    at = QPointF(inner.left(), inner.center().y() - chip.height() / 2)
    if row.outcome is None:
        painter.setFont(theme.font(0.86))
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "–")
        return
    name = {"prioritised": "met", "if_funds_allow": "partly", "not_prioritised": "cannot_assess"}[row.outcome.value]
    chip.draw(painter, at, row.outcome.word(), theme.colour(name), QColor(getattr(theme.tokens(), f"{name}_ground")))


def _paint_line(painter: QPainter, rect: QRectF, line: "BudgetLine") -> None:
    """The line across the list, its words on it; dashed where everything fits, so that it cuts nothing off."""
    ink = theme.colour("muted" if line.enough else "not_met")
    pen = QPen(ink, 2 if not line.enough else 1)
    if line.enough:
        pen.setDashPattern([4, 3])
    painter.setPen(pen)
    middle = rect.center().y()
    painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right(), middle))
    font = theme.font(0.9, bold=not line.enough)
    painter.setFont(font)
    left = rect.left() + theme.pixels(4.4)
    words = QFontMetricsF(font).elidedText(
        line.sentence(), Qt.TextElideMode.ElideMiddle, rect.width() - left - theme.pixels(2)
    )
    wide = QFontMetricsF(font).horizontalAdvance(words) + theme.pixels(1)
    box = QRectF(left, rect.top() + 2, wide, rect.height() - 4)
    painter.fillRect(box, theme.colour("surface"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
