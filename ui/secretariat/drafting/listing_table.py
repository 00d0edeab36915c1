"""A table of rows to choose from, whose wide columns share the room and never become too narrow to read."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget

from ui import theme

LEAST = 11
"""Of a wide column, in heights of a letter."""


class ListingTable(QTableWidget):
    """Rows are chosen whole; other columns are as wide as what stands in them."""

    def __init__(self, name: str, headings: Sequence[str], wide: Sequence[int]) -> None:
        super().__init__(0, len(headings))
        self._wide = wide
        self.setAccessibleName(name)
        self.setProperty("role", "listing")
        self.setHorizontalHeaderLabels(list(headings))
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setIconSize(QSize(theme.pixels(1.15), theme.pixels(1.15)))
        self.verticalHeader().setDefaultSectionSize(theme.pixels(2.2))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(headings)):
            mode = QHeaderView.ResizeMode.Interactive if column in wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)

    def share(self) -> None:
        """Give the wide columns what the others leave."""
        others = sum(self.columnWidth(column) for column in range(self.columnCount()) if column not in self._wide)
        each = max((self.viewport().width() - others) // len(self._wide), theme.pixels(LEAST))
        for column in self._wide:
            self.setColumnWidth(column, each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()
