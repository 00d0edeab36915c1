"""A part of the balance: its heading, its chart, and in the chart's place the table behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.i18n import _
from ui import theme
from ui.secretariat.bar_chart import Bar, BarChart
from ui.secretariat.tile_map import TileMap
from ui.widgets.plain import label

if TYPE_CHECKING:
    from esf_desktop.secretariat.balance import Breakdown, Tile

ROW = 2.1


class Section(QWidget):
    """Shows a chart of bars, or the map."""

    def __init__(self, chart: BarChart | TileMap, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.3))
        self._title, self._note = label("", "title", wrap=True), label("", "small", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._note)
        self.chart = chart
        column.addWidget(chart)
        self.table = _Table()
        self.table.hide()
        column.addWidget(self.table)

    def show_bars(self, title: str, note: str, bars: Sequence[Bar], *, support: bool) -> None:
        """Show these bars."""
        self._name(title, note)
        assert isinstance(self.chart, BarChart)
        self.chart.show_bars(title, bars, support=support)
        self.table.show_bars(title, bars)

    def show_map(self, breakdown: "Breakdown", tiles: "Sequence[Tile]", *, support: bool) -> None:
        """Show the municipalities on their map; in the table those that lie outside of it too."""
        shade = _("The stronger the colour, the more; the bar at a tile's foot is what is proposed of it.")
        self._name(breakdown.dimension.title(), f"{breakdown.dimension.note()} {shade}")
        assert isinstance(self.chart, TileMap)
        self.chart.show_tiles(tiles, support=support)
        self.table.show_bars(breakdown.dimension.title(), [Bar(group) for group in breakdown.groups])

    def turn(self, *, tables: bool) -> None:
        """Show the table in the place of the chart, or the chart again."""
        self.chart.setVisible(not tables)
        self.table.setVisible(tables)

    def _name(self, title: str, note: str) -> None:
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))


class _Table(QTableWidget):
    """The figures of a chart to the krona; as high as it needs, so that only the page scrolls."""

    def __init__(self) -> None:
        super().__init__(0, 0)
        self.setProperty("role", "listing")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.pixels(ROW))

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Show the figures behind these bars."""
        self.setAccessibleName(title)
        budget = any(bar.budget is not None for bar in bars)
        sure, perhaps = _("Prioritised"), _("If funds allow")
        headers = [title, _("Number"), _("Sought support"), sure, _("Amount"), perhaps, _("Amount")]
        if budget:
            headers.append(_("Budget"))
        self.setColumnCount(len(headers))
        for column, words in enumerate(headers):
            named = QTableWidgetItem(words)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            named.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, named)
        self.setRowCount(len(bars))
        for row, bar in enumerate(bars):
            for column, words in enumerate(_cells(bar, budget=budget)):
                item = QTableWidgetItem(words)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(words)
                self.setItem(row, column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        bar_height = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(header.sizeHint().height() + theme.pixels(ROW) * len(bars) + bar_height + 6)


def _cells(bar: Bar, *, budget: bool) -> tuple[str, ...]:
    group = bar.group
    figures = [group.name]
    for sum_ in (group.applied, group.prioritised, group.if_funds_allow):
        figures += [formatting.count(sum_.count), formatting.money(sum_.support) if sum_.count else "–"]
    if budget:
        figures.append(formatting.money(bar.budget) if bar.budget is not None else "–")
    return tuple(figures)
