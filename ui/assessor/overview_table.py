"""One's own ratings as a table: an application in each row, a criterion in each column, a tile in each cell."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Rating
from ui import theme
from ui.widgets import icon

Index = QModelIndex | QPersistentModelIndex
SHOWN = Qt.ItemDataRole.UserRole
NAME = 15
"""The least width of the names, in heights of a letter."""


@dataclass(frozen=True, slots=True)
class Name:
    """The first cell of a row."""

    application: ApplicationId
    project: str
    state: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A rating, or why there is none: not assessed, abstained, or not asked of a förstudie."""

    application: ApplicationId
    criterion: CriterionId
    rating: Rating | None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the principles are met."""

    application: ApplicationId
    met: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Last:
    """The recommendation in words, or nothing yet."""

    application: ApplicationId
    words: str


Cell = Name | Tile | Count | Last


@dataclass(frozen=True, slots=True)
class Column:
    """A column's short head, what it stands for, and what it opens of an application's form."""

    head: str
    title: str
    part: CriterionId | None


class OverviewTable(QTableWidget):
    """Shows rows of cells; a click, Enter or Space opens the place of a cell, a click on a head sorts by it."""

    opened = Signal(int, int)
    """Row and column of the cell that a person opens."""
    sorted_by = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Your ratings, applications by criteria"))
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumSectionSize(theme.pixels(3))
        header.sectionClicked.connect(self.sorted_by)
        self.setProperty("role", "plain")
        self.cellClicked.connect(self.opened)

    def show_cells(self, columns: tuple[Column, ...], rows: list[tuple[tuple[Cell, str], ...]]) -> None:
        """Show these columns and rows; each cell comes with what it says in words."""
        self.setColumnCount(len(columns))
        self.setRowCount(len(rows))
        for place, column in enumerate(columns):
            header = QTableWidgetItem(column.head)
            header.setToolTip(column.title)
            header.setData(Qt.ItemDataRole.AccessibleTextRole, column.title)
            if place == 0:
                header.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(place, header)
        for row, cells in enumerate(rows):
            for place, (cell, words) in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setData(SHOWN, cell)
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                self.setItem(row, place, item)
        self.verticalHeader().setDefaultSectionSize(theme.pixels(3.1))
        view = self.horizontalHeader()
        view.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if columns:
            view.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self._share_width()

    def show_order(self, column: int, *, descending: bool) -> None:
        """Point out the column that the rows are sorted by."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, order)
        self.horizontalHeader().setSortIndicatorShown(column > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)

    def _share_width(self) -> None:
        """Give the names what the tiles leave over, but never too little to read; then the table scrolls sideways."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(column) for column in range(1, self.columnCount()))
        if self.columnCount():
            room = self.viewport().width() - others
            header.resizeSection(0, min(max(theme.pixels(NAME), room), theme.pixels(2.2 * NAME)))


class _Delegate(QStyledItemDelegate):
    """Draws a name, a tile, a count with its bar, or a recommendation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        high = theme.pixels(3.1)
        match index.data(SHOWN):
            case Tile():
                return QSize(theme.pixels(3.7), high)
            case Count():
                return QSize(theme.pixels(6.6), high)
            case Last(words=words):
                text = QFontMetricsF(theme.font(0.93)).horizontalAdvance(words)
                return QSize(max(theme.pixels(8), round(text) + theme.pixels(2)), high)
        return QSize(theme.pixels(NAME), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("window"))
        match index.data(SHOWN):
            case Name() as name:
                self._paint_name(painter, rect, name, chosen=chosen)
            case Tile() as tile:
                self._paint_tile(painter, rect, tile, over=over)
            case Count() as count:
                self._paint_count(painter, rect, count)
            case Last(words=words):
                painter.setFont(theme.font(0.93))
                painter.setPen(theme.colour("ink"))
                inner = rect.adjusted(theme.pixels(0.9), 0, -theme.pixels(0.4), 0)
                painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        if chosen or focused:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(2, 3, -2, -3), 6, 6)
        painter.restore()

    @staticmethod
    def _paint_name(painter: QPainter, rect: QRectF, name: Name, *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
        inner, middle = rect.adjusted(theme.pixels(1.4), 0, -theme.pixels(0.6), 0), rect.center().y()
        for words, top, font, colour in (
            (f"{name.application} · {name.state}", middle - theme.pixels(1.3), theme.font(0.86), "muted"),
            (name.project, middle - theme.pixels(0.1), theme.font(bold=True), "ink"),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            place = QRectF(inner.left(), top, inner.width(), theme.pixels(1.35))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)

    @staticmethod
    def _paint_tile(painter: QPainter, rect: QRectF, tile: Tile, *, over: bool) -> None:
        box = rect.adjusted(3.5, 4.5, -3.5, -4.5)
        side = theme.pixels(1.0)
        sign = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        if tile.rating is not None and not tile.closed:
            ink, ground = theme.tokens().rating(tile.rating)
            plain = ground == theme.colour("surface")
            painter.setPen(QPen(ink, 1.5 if over else 1) if over or plain else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 5, 5)
            icon.draw(painter, tile.rating.value, ink, sign)
            return
        pen = QPen(theme.colour("accent" if over else "border_strong"), 1)
        if not tile.closed:
            pen.setDashPattern([2.6, 2.2])
        painter.setPen(pen if not tile.closed else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover") if tile.closed else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 5, 5)
        if tile.closed:
            painter.setPen(theme.colour("muted"))
            painter.setFont(theme.font(bold=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–")

    @staticmethod
    def _paint_count(painter: QPainter, rect: QRectF, count: Count) -> None:
        inner = rect.adjusted(theme.pixels(0.9), 0, -theme.pixels(0.9), 0)
        painter.setFont(theme.font(0.93, bold=True))
        painter.setPen(theme.colour("ink" if count.of else "muted"))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.6)
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, count.words)
        if not count.of:
            return
        bar = QRectF(inner.left(), inner.top() + inner.height() * 0.68, inner.width(), theme.pixels(0.45))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * count.met / count.of, bar.height()), 2, 2)
