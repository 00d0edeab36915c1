"""The proposal's order as a list to arrange by hand: a row is dragged between others, or onto one to be its equal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableWidget, QTableWidgetItem

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui import theme
from ui.secretariat.order_painting import COLUMNS, LINE, NAME, ROW, SHOWN, OrderDelegate
from ui.secretariat.order_rows import OrderRow
from ui.widgets import chip

if TYPE_CHECKING:
    from esf_desktop.secretariat.funds import BudgetLine

EDGE = 2.0
"""Of the list in which a dragged row lets it scroll, in heights of a letter."""
WISHES = {"=": "equal", "P": "place", "R": "reason"}
Where = Literal["before", "after", "equal_to"]


class Drop(NamedTuple):
    """Where a row would come: beside or equal with another application; `y` is where a line shows it."""

    where: Where
    other: ApplicationId
    y: int


class OrderTable(QTableWidget):
    """Shows the rows and tells what a person wants done with the ones that are chosen."""

    moved = Signal(str, str, str)
    """An application, one of `Where`, and the other application."""
    wished = Signal(str)
    """`up`, `down`, `equal`, `place`, `reason`, or an outcome's key `1`, `2`, `3`, `0`."""

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        self.setAccessibleName(_("The order of the proposal"))
        self.setItemDelegate(OrderDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.pixels(3))
        header.setSectionsClickable(False)
        self.setProperty("role", "listing")
        self._shown: tuple[OrderRow | BudgetLine, ...] = ()
        self._pressed: QPoint | None = None
        self._drop: Drop | None = None
        self._dragging = False
        self._y = 0
        """Where the mouse was seen last while it drags."""
        self._roll = QTimer(self, interval=40)
        self._roll.timeout.connect(self._scroll_on)
        self._name_columns()

    def show_rows(self, rows: "Sequence[OrderRow | BudgetLine]") -> None:
        """Show these rows; the applications that were chosen are chosen still, wherever they are now."""
        chosen, current = self.chosen, self.current
        self._shown = tuple(rows)
        self.blockSignals(True)
        self.clearSpans()
        self.setRowCount(len(self._shown))
        for row, shown in enumerate(self._shown):
            self._put(row, shown)
        self.blockSignals(False)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column.optional and not any(column.words(row) for row in self._rows))
        self._choose(chosen, current)
        self._share_width()

    @property
    def _rows(self) -> list[OrderRow]:
        return [shown for shown in self._shown if isinstance(shown, OrderRow)]

    @property
    def current(self) -> ApplicationId | None:
        """The application with the focus."""
        return self._application(self.currentRow())

    @property
    def chosen(self) -> tuple[ApplicationId, ...]:
        """The applications that are chosen, from above."""
        found = sorted({index.row() for index in self.selectedIndexes()})
        return tuple(one for one in map(self._application, found) if one is not None)

    @property
    def above(self) -> ApplicationId | None:
        """The application just above the current one."""
        return self._next(self.currentRow(), -1)

    def choose(self, application: ApplicationId) -> None:
        """Let that application be the chosen one."""
        self._choose((), application)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            first = next((n for n, shown in enumerate(self._shown) if isinstance(shown, OrderRow)), 0)
            self.setCurrentCell(first, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._dragging and event.key() == Qt.Key.Key_Escape:
            self._let_go()
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
        if held == Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.wished.emit(steps[Qt.Key(event.key())])
        elif not held & ~Qt.KeyboardModifier.ShiftModifier and event.text().upper() in ("1", "2", "3", "0"):
            self.wished.emit(event.text())
        elif not held & ~Qt.KeyboardModifier.ShiftModifier and event.text().upper() in WISHES:
            self.wished.emit(WISHES[event.text().upper()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        here = self.rowAt(event.position().toPoint().y())
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        self._pressed = event.position().toPoint() if plain and self._application(here) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if not self._dragging and far:
            self._dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._roll.start()
        if self._dragging:
            self._y = at.y()
            self._drop = self._drop_at(self._y)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drop, dragged = self._drop, self._dragging
        self._let_go()
        if not dragged:
            super().mouseReleaseEvent(event)
        elif drop is not None and self.current is not None:
            self.moved.emit(self.current, drop.where, drop.other)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_drop(painter, self._drop)
            painter.end()

    def _put(self, row: int, shown: "OrderRow | BudgetLine") -> None:
        self.setRowHeight(row, theme.pixels(ROW if isinstance(shown, OrderRow) else LINE))
        if not isinstance(shown, OrderRow):
            for place in range(1, len(COLUMNS)):
                self.takeItem(row, place)
            item = QTableWidgetItem(shown.sentence())
            item.setData(SHOWN, shown)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.setItem(row, 0, item)
            self.setSpan(row, 0, 1, len(COLUMNS))
            return
        for place, column in enumerate(COLUMNS):
            words = column.words(shown)
            item = QTableWidgetItem(words)
            item.setData(SHOWN, shown)
            item.setToolTip(column.told(shown))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, column.told(shown))
            self.setItem(row, place, item)

    def _name_columns(self) -> None:
        for place, column in enumerate(COLUMNS):
            header = QTableWidgetItem(column.title())
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            header.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            header.setToolTip(column.about())
            self.setHorizontalHeaderItem(place, header)

    def _share_width(self) -> None:
        """Give the names what the other columns leave, but never too little to read; then the list scrolls sideways."""
        header, metrics = self.horizontalHeader(), self.fontMetrics()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        used = 0
        for place, column in enumerate(COLUMNS):
            if column.name_column or self.isColumnHidden(place):
                continue
            width = max(column.width(self._rows), metrics.horizontalAdvance(column.title()) + theme.pixels(1.3))
            header.resizeSection(place, width)
            used += width
        name = next(place for place, column in enumerate(COLUMNS) if column.name_column)
        header.resizeSection(name, max(theme.pixels(NAME), self.viewport().width() - used))

    def _choose(self, chosen: Sequence[ApplicationId], current: ApplicationId | None) -> None:
        at = {shown.application.id: row for row, shown in enumerate(self._shown) if isinstance(shown, OrderRow)}
        if current in at:
            self.setCurrentCell(at[current], 0)
        for one in chosen:
            if one in at:
                for column in range(self.columnCount()):
                    item = self.item(at[one], column)
                    if item is not None:
                        item.setSelected(True)

    def _application(self, row: int) -> ApplicationId | None:
        shown = self._shown[row] if 0 <= row < len(self._shown) else None
        return shown.application.id if isinstance(shown, OrderRow) else None

    def _next(self, row: int, step: int, *, but: ApplicationId | None = None) -> ApplicationId | None:
        """The nearest application in that direction, lines of the budget passed over."""
        row += step
        while 0 <= row < len(self._shown):
            found = self._application(row)
            if found is not None and found != but:
                return found
            row += step
        return None

    def _drop_at(self, y: int) -> Drop | None:
        """What letting go at that height means: on the middle of a row it is equal with it, else between two."""
        dragged = self.current
        row = self.rowAt(min(max(y, 0), self.viewport().height() - 1))
        if row < 0:
            row = len(self._shown) - 1
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        here, share = self._application(row), (y - top) / max(height, 1)
        if here is not None and here != dragged and 0.3 <= share <= 0.7:
            return Drop("equal_to", here, top)
        gap = row if share < 0.5 else row + 1
        edge = top if share < 0.5 else top + height
        over, under = self._next(gap, -1), self._next(gap - 1, +1)
        if over is not None and under is not None and dragged not in (over, under) and self._tied(over, under):
            return Drop("equal_to", over, edge)
        if over is not None and over != dragged:
            return Drop("after", over, edge)
        if under is not None and under != dragged:
            return Drop("before", under, edge)
        return None

    def _tied(self, one: ApplicationId, other: ApplicationId) -> bool:
        ranks = {row.application.id: row.rank for row in self._rows}
        return ranks[one] == ranks[other]

    def _paint_drop(self, painter: QPainter, drop: Drop) -> None:
        wide, ink = self.viewport().width(), theme.colour("accent")
        if drop.where == "equal_to":
            words = _("equal with {application}").format(application=drop.other)
            row = next(n for n in range(len(self._shown)) if self._application(n) == drop.other)
            box = QRectF(1, self.rowViewportPosition(row) + 1, wide - 3, self.rowHeight(row) - 2)
            painter.setPen(QPen(ink, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 5, 5)
            middle = box.center().y()
        else:
            words = _("here")
            middle = max(drop.y, 1)
            painter.setPen(QPen(ink, 3))
            painter.drawLine(QPointF(4, middle), QPointF(wide - 4, middle))
        left = wide - chip.width(words, with_icon=False) - theme.pixels(1)
        top = min(max(middle - chip.height() / 2, 0), self.viewport().height() - chip.height())
        chip.draw(painter, QPointF(left, top), words, theme.colour("on_accent"), ink)

    def _scroll_on(self) -> None:
        low = self.viewport().height() - theme.pixels(EDGE)
        step = -1 if self._y < theme.pixels(EDGE) else 1 if self._y > low else 0
        if step:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + step * theme.pixels(0.8))
            self._drop = self._drop_at(self._y)
            self.viewport().update()

    def _let_go(self) -> None:
        self._pressed, self._drop, self._dragging = None, None, False
        self._roll.stop()
        self.viewport().unsetCursor()
        self.viewport().update()
