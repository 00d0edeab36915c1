"""The comparison as a table: an application in each row, a criterion in each column, a tile for each assessor."""

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui import theme
from ui.secretariat import tile_painting
from ui.secretariat.compare_model import SHOWN, CompareModel, Index

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Cell, Comparison, Line

NAME, MET, HIGH = 15, 6.6, 3.1
"""In heights of a letter: the least width of the names, the width of what was met, the least height of a row."""
LEAST_COLUMNS = 5
"""Tiles beside each other where there are too many for one row."""
AROUND = 0.95


class CompareTable(QTableView):
    """Shows lines of a comparison; the current cell is what the panel beside it tells of."""

    current_changed = Signal()
    opened = Signal()
    """The current cell was asked for by Enter or a double click."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = CompareModel(self)
        self.setModel(self.lines)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Comparison of the assessors' ratings"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumSectionSize(theme.pixels(3))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setProperty("role", "plain")
        self.activated.connect(lambda _index: self.opened.emit())

    def show_lines(self, comparison: "Comparison", lines: "tuple[Line, ...]") -> None:
        """Show these lines of the comparison; the cell that is current stays so, wherever its application is now."""
        column, application = max(self.currentIndex().column(), 0), self.application
        self.lines.show_lines(comparison.call, lines)
        self._delegate.count = self.lines.most_tiles(lambda cell: len(tile_painting.shown(cell.tiles)))
        self._fit()
        here = next((row for row, line in enumerate(lines) if line.application.id == application), 0)
        self.setCurrentIndex(self.lines.index(here, column or 1))

    @property
    def application(self) -> ApplicationId | None:
        """The application of the current row."""
        line = self.lines.line(self.currentIndex().row())
        return line.application.id if line is not None else None

    @property
    def line(self) -> "Line | None":
        """The current line."""
        return self.lines.line(self.currentIndex().row())

    @property
    def cell(self) -> "Cell | None":
        """The current cell; None where the application or its count is current."""
        return self.lines.cell(self.currentIndex().row(), self.currentIndex().column())

    def go_to(self, application: ApplicationId, column: int) -> None:
        """Make a cell of the application the current one."""
        for row in range(self.lines.rowCount()):
            line = self.lines.line(row)
            if line is not None and line.application.id == application:
                self.setCurrentIndex(self.lines.index(row, column))

    def step(self, by: int) -> None:
        """Make the same cell of the next line (+1) or the one before (-1) the current one."""
        row = self.currentIndex().row() + by
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row, max(self.currentIndex().column(), 0)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0, 0))

    def _fit(self) -> None:
        """Give the names what the tiles leave over, but never too little to read; then the table scrolls sideways."""
        criteria, count = self.lines.columnCount() - 2, self._delegate.count
        if criteria < 1:
            return
        room = (self.viewport().width() - theme.pixels(NAME) - theme.pixels(MET)) / criteria - theme.pixels(AROUND)
        columns = count
        if count > tile_painting.FEW:
            columns = max(LEAST_COLUMNS, min(count, int(room / (tile_painting.side(count) + tile_painting.gap(count)))))
        self._delegate.columns = max(columns, 1)
        wide = math.ceil(tile_painting.width(columns, count) + theme.pixels(AROUND))
        high = math.ceil(tile_painting.height(math.ceil(count / max(columns, 1)), count) + theme.pixels(1.4))
        header = self.horizontalHeader()
        for section in range(1, criteria + 1):
            header.resizeSection(section, max(wide, header.sectionSizeHint(section)))
        header.resizeSection(criteria + 1, theme.pixels(MET))
        others = sum(header.sectionSize(section) for section in range(1, criteria + 2))
        header.resizeSection(0, max(theme.pixels(NAME), self.viewport().width() - others))
        self.verticalHeader().setDefaultSectionSize(max(theme.pixels(HIGH), high))


class _Delegate(QStyledItemDelegate):
    """Draws an application's name, the tiles of a cell, or the range of what was met."""

    def __init__(self, table: CompareTable) -> None:
        super().__init__(table)
        self._lines = table.lines
        self.count, self.columns = 0, 1
        """Tiles in the fullest cell, and how many of them stand beside each other."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = index.data(SHOWN), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("window"))
        if index.column() == 0:
            self._paint_name(painter, rect, shown, chosen=chosen)
        elif index.column() == self._lines.last:
            self._paint_met(painter, rect, shown, chosen=chosen)
        else:
            self._paint_tiles(painter, rect, shown, chosen=chosen)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, line: "Line", *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        inner, middle = rect.adjusted(theme.pixels(1.4), 0, -theme.pixels(0.6), 0), rect.center().y()
        about = f"{line.application.id} · {line.area}" if line.area else line.application.id
        if line.withdrawn:
            about = _("{number}, withdrawn").format(number=line.application.id)
        for words, top, font, colour in (
            (about, middle - theme.pixels(1.3), theme.font(0.86), "muted"),
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
        tiles = tile_painting.shown(cell.tiles)
        columns = min(self.columns, max(len(tiles), 1))
        rows = math.ceil(len(tiles) / columns)
        wide, high = tile_painting.width(columns, self.count), tile_painting.height(rows, self.count)
        corner = QPointF(box.center().x() - wide / 2, box.center().y() - high / 2)
        tile_painting.draw_all(painter, corner, tiles, columns, self.count)

    def _paint_met(self, painter: QPainter, rect: QRectF, line: "Line", *, chosen: bool) -> None:
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
        middle = rect.center().y()
        inner = rect.adjusted(theme.pixels(0.9), 0, -theme.pixels(0.9), 0)
        painter.setFont(theme.font(0.93, bold=True))
        painter.setPen(theme.colour("ink"))
        upper = QRectF(inner.left(), middle - theme.pixels(1.3), inner.width(), theme.pixels(1.6))
        painter.drawText(upper, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, line.met_words())
        if line.met is None or line.met.of == 0:
            return
        bar = QRectF(inner.left(), middle + theme.pixels(0.55), inner.width(), theme.pixels(0.45))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, 2, 2)
        share, start = bar.width() / line.met.of, max(line.met.least - 1, 0)
        painter.setBrush(theme.colour("accent"))
        filled = QRectF(bar.left() + share * start, bar.top(), share * (line.met.most - start), bar.height())
        painter.drawRoundedRect(filled, 2, 2)
