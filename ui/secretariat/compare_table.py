"""The comparison as a table: an application in each row, a criterion in each column, a tile for each assessor."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPen, QResizeEvent
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
from esf_desktop.model import Call
from esf_desktop.wording import rating_word
from ui import theme
from ui.widgets import icon

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Cell, Comparison, Line, Tile

SHOWN = Qt.ItemDataRole.UserRole
NAME = 15
"""The least width of the names, in heights of a letter."""
Index = QModelIndex | QPersistentModelIndex


class CompareTable(QTableWidget):
    """Shows lines of a comparison; the current cell is what the panel beside it tells of."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Comparison of the assessors' ratings"))
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setMinimumSectionSize(theme.pixels(3))
        self.setProperty("role", "plain")

    def show_lines(self, comparison: "Comparison", lines: "tuple[Line, ...]") -> None:
        """Show these lines of the comparison."""
        call = comparison.call
        columns = [_("Application"), *(criterion.id for criterion in call.criteria), _("Met")]
        self.setColumnCount(len(columns))
        self.setRowCount(len(lines))
        for place, words in enumerate(columns):
            header = QTableWidgetItem(words)
            if 0 < place <= len(call.criteria):
                header.setToolTip(call.criteria[place - 1].title.spoken())
            if place == 0:
                header.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(place, header)
        for row, line in enumerate(lines):
            self._put(row, 0, line, f"{line.application.id} {line.application.project_name}")
            for place, cell in enumerate(line.cells, start=1):
                self._put(row, place, cell, _cell_words(call, line, cell))
            self._put(row, len(columns) - 1, line, line.met_words())
        self.verticalHeader().setDefaultSectionSize(theme.pixels(3.1))
        header_view = self.horizontalHeader()
        header_view.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header_view.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Give the names what the tiles leave over, but never too little to read; then the table scrolls sideways."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(column) for column in range(1, self.columnCount()))
        if self.columnCount():
            header.resizeSection(0, max(theme.pixels(NAME), self.viewport().width() - others))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, 0)

    def _put(self, row: int, column: int, shown: object, words: str) -> None:
        item = QTableWidgetItem(words)
        item.setData(SHOWN, shown)
        item.setToolTip(words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.setItem(row, column, item)


class _Delegate(QStyledItemDelegate):
    """Draws an application's name, a row of tiles, or the range of what was met."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shown, last = index.data(SHOWN), index.model().columnCount() - 1
        if index.column() == 0:
            return QSize(theme.pixels(NAME), theme.pixels(3.1))
        if index.column() == last:
            return QSize(theme.pixels(6.6), theme.pixels(3.1))
        return QSize(round(_tiles_width(len(shown.tiles)) + theme.pixels(0.95)), theme.pixels(3.1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = index.data(SHOWN), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("window"))
        if index.column() == 0:
            self._paint_name(painter, rect, shown, chosen=chosen)
        elif index.column() == index.model().columnCount() - 1:
            self._paint_met(painter, rect, shown)
        else:
            self._paint_tiles(painter, rect, shown, chosen=chosen)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, line: "Line", *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        inner, middle = rect.adjusted(theme.pixels(1.4), 0, -theme.pixels(0.6), 0), rect.center().y()
        for words, top, font, colour in (
            (line.application.id, middle - theme.pixels(1.3), theme.font(0.86), "muted"),
            (line.application.project_name, middle - theme.pixels(0.1), theme.font(bold=True), "ink"),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
            place = QRectF(inner.left(), top, inner.width(), theme.pixels(1.35))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)

    def _paint_tiles(self, painter: QPainter, rect: QRectF, cell: "Cell", *, chosen: bool) -> None:
        box = rect.adjusted(2, 4, -2, -4)
        pen = QPen(theme.colour("line"), 1)
        if cell.apart:
            pen = QPen(theme.colour("partly"), 2)
        if chosen:
            pen = QPen(theme.colour("accent"), 2)
        painter.setPen(pen)
        painter.setBrush(theme.colour("selected" if chosen else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        left = box.center().x() - _tiles_width(len(cell.tiles)) / 2
        for place, tile in enumerate(cell.tiles):
            _draw_tile(painter, QPointF(left + place * (_side() + _gap()), box.center().y() - _side() / 2), tile)

    def _paint_met(self, painter: QPainter, rect: QRectF, line: "Line") -> None:
        inner = rect.adjusted(theme.pixels(0.9), 0, -theme.pixels(0.9), 0)
        painter.setFont(theme.font(0.93, bold=True))
        painter.setPen(theme.colour("ink"))
        upper = QRectF(inner.left(), inner.top(), inner.width(), inner.height() * 0.6)
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.met_words())
        if line.met is None or line.met.of == 0:
            return
        bar = QRectF(inner.left(), inner.top() + inner.height() * 0.68, inner.width(), theme.pixels(0.45))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, 2, 2)
        share, start = bar.width() / line.met.of, max(line.met.least - 1, 0)
        painter.setBrush(theme.colour("accent"))
        filled = QRectF(bar.left() + share * start, bar.top(), share * (line.met.most - start), bar.height())
        painter.drawRoundedRect(filled, 2, 2)


def _draw_tile(painter: QPainter, at: QPointF, tile: "Tile") -> None:
    rect = QRectF(at.x(), at.y(), _side(), _side())
    if tile.rating is not None:
        ink, ground = theme.tokens().rating(tile.rating)
        painter.setPen(Qt.PenStyle.NoPen if ground != theme.colour("surface") else QPen(ink, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, 3, 3)
        inset = _side() * 0.16
        icon.draw(painter, tile.rating.value, ink, rect.adjusted(inset, inset, -inset, -inset))
        return
    pen = QPen(theme.colour("border_strong"), 1)
    if tile.mark.value in ("missing", "not_asked", "spared"):
        pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    sign = {"recused": "–", "waiting": "…", "fork": "2", "other_framework": "≠", "spared": "·"}.get(tile.mark.value, "")
    painter.setFont(theme.font(0.8, bold=True))
    painter.setPen(theme.colour("muted"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)


def _cell_words(call: Call, line: "Line", cell: "Cell") -> str:
    said = [f"{line.application.id} {cell.criterion}"]
    for tile in cell.tiles:
        word = rating_word(call, cell.criterion, tile.rating) if tile.rating else tile.mark.word()
        said.append(f"{tile.person.name}: {word}")
    if cell.apart:
        said.append(_("The assessors are far apart."))
    return "\n".join(said)


def _tiles_width(count: int) -> float:
    return count * _side() + max(count - 1, 0) * _gap()


def _side() -> float:
    return theme.pixels(1.1)


def _gap() -> float:
    return theme.pixels(0.3)
