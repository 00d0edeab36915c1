"""What the compare page cannot do without: a thousand assessments decoded, a bare table of as many cells painted."""

import sqlite3
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.rounds import repeatedly
from esf_desktop.model import Assessment

TIMES, ROWS, COLUMNS = 25, 40, 14


class Cells(QAbstractTableModel):
    """As many cells as the page has, each with a short text."""

    def rowCount(self, parent: object = None) -> int:
        return ROWS

    def columnCount(self, parent: object = None) -> int:
        return COLUMNS

    def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "3–5 av 6" if role == Qt.ItemDataRole.DisplayRole else None


class Painted(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def main(material: Path) -> None:
    """Read every assessment from the database and paint the table, again and again."""
    application = QApplication(sys.argv)
    view, painted = QTableView(), Painted()
    view.setModel(Cells())
    view.resize(1280, 800)
    view.viewport().installEventFilter(painted)
    view.show()
    decoder = msgspec.json.Decoder(Assessment)

    def shown() -> None:
        with sqlite3.connect(material / "compared.esfdb") as connection:
            found = [decoder.decode(text) for (text,) in connection.execute("SELECT payload FROM assessment")]
        assert len(found) == 1000
        before = painted.count
        view.viewport().update()
        while painted.count == before:
            application.processEvents()

    repeatedly("raw_compare", shown, times=TIMES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
