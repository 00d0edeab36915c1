"""A list as it is read: above each column what it holds, and every odd cell marked."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from esf_desktop.documents.values import Sheet
from esf_desktop.i18n import _
from esf_desktop.secretariat.drafting.columns import letter
from esf_desktop.secretariat.drafting.listing import Doubt
from esf_desktop.secretariat.drafting.words import FIELDS, field_word
from ui import theme
from ui.widgets.icon import icon
from ui.widgets.picker import Picker

MOST_ROWS, MOST_COLUMNS = 200, 40
"""That are shown; all of them are read."""
WIDTH = 11
"""Of a column, in heights of a letter."""


class ListTable(QTableWidget):
    """Shows a sheet; its first row says which fact each column holds, and a person may say otherwise."""

    mapped = Signal(object)
    """What the columns hold now: by field, the column from 0."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The list"))
        self.setProperty("role", "listing")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(theme.pixels(1.15), theme.pixels(1.15)))
        self.verticalHeader().setDefaultSectionSize(theme.pixels(2.1))
        self._columns: dict[str, int] = {}
        self._pickers: list[Picker] = []
        self._numbers: list[int] = []

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the rows of a sheet."""
        rows = sheet.rows[:MOST_ROWS]
        width = min(max((len(row.cells) for row in rows), default=0), MOST_COLUMNS)
        self.clear()
        self.setRowCount(len(rows) + 1)
        self.setColumnCount(width)
        self.setHorizontalHeaderLabels([letter(column) for column in range(width)])
        self._numbers = [row.number for row in rows]
        self.setVerticalHeaderLabels(["", *map(str, self._numbers)])
        self._pickers = []
        for column in range(width):
            picker = Picker(_("Column {letter} holds").format(letter=letter(column)), WIDTH)
            picker.picked.connect(partial(self._say, column))
            self._pickers.append(picker)
            self.setCellWidget(0, column, picker)
            self.setColumnWidth(column, theme.pixels(WIDTH))
        self.setRowHeight(0, theme.pixels(2.6))
        for place, row in enumerate(rows, start=1):
            for column, text in enumerate(row.cells[:width]):
                item = QTableWidgetItem(" ".join(text.split())[:200])
                item.setToolTip(text[:500])
                self.setItem(place, column, item)

    def show_columns(self, columns: Mapping[str, int], heading: int | None, doubts: tuple[Doubt, ...]) -> None:
        """Show what the columns hold, which row the headings stand in, and what is odd."""
        self._columns = dict(columns)
        fields = {column: field for field, column in columns.items()}
        offered: list[tuple[str, object]] = [("–", "")]
        offered += [(field_word(field), field) for field in FIELDS]
        for column, picker in enumerate(self._pickers):
            picker.offer(offered, fields.get(column, ""))
        marked = {doubt.cell: doubt for doubt in doubts if doubt.cell}
        whole = {doubt.row: doubt for doubt in doubts if not doubt.cell or doubt.leaves_out}
        for place, number in enumerate(self._numbers, start=1):
            for column in range(self.columnCount()):
                item = self.item(place, column)
                doubt = marked.get(f"{letter(column)}{number}") or (whole.get(number) if column == 0 else None)
                if item is None and doubt is not None:
                    item = QTableWidgetItem()
                    self.setItem(place, column, item)
                if item is not None:
                    _mark(item, doubt, head=number == heading)

    def show_cell(self, doubt: Doubt) -> None:
        """Go to the cell that is odd."""
        if doubt.row not in self._numbers:
            return
        place = self._numbers.index(doubt.row) + 1
        column = next((c for c in range(self.columnCount()) if f"{letter(c)}{doubt.row}" == doubt.cell), 0)
        self.setCurrentCell(place, column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, column: int, field: object) -> None:
        others = {known: place for known, place in self._columns.items() if place != column and known != field}
        self.mapped.emit({**others, **({str(field): column} if field else {})})


def _mark(item: QTableWidgetItem, doubt: Doubt | None, *, head: bool) -> None:
    font = item.font()
    font.setBold(head)
    item.setFont(font)
    item.setIcon(icon("warning", "partly") if doubt else QIcon())
    item.setForeground(theme.colour("partly") if doubt else theme.colour("ink"))
    item.setBackground(theme.colour("partly_ground") if doubt else QColor(Qt.GlobalColor.transparent))
    if doubt:
        item.setToolTip(doubt.sentence())
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, doubt.sentence())
