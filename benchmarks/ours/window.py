"""The program from the start of its process to its first paint, and to the round shown from the database, clickable."""

import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget

from ui import app
from ui.main_window import MainWindow
from ui.session import Options, Session


class Watched(Session):
    """A run of the program that says when its window was painted and when its list could be clicked."""

    def __init__(self, window: MainWindow, options: Options) -> None:
        super().__init__(window, options)
        window.painted.connect(lambda: print("first_paint", flush=True))
        self.filled.connect(self._watch)

    def _watch(self) -> None:
        found = self.window.page("round").findChild(QTableWidget)
        assert isinstance(found, QTableWidget)
        self._table = found
        self._table.viewport().installEventFilter(self)
        self._table.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._usable)
        return False

    def _usable(self) -> None:
        print("usable", flush=True)
        assert self.desk is not None
        assert self._table.rowCount() == len(self.desk.workspace.applications()) > 1
        item = self._table.item(1, 1)
        assert item is not None
        row = self._table.visualItemRect(item).center()
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(self._table.viewport(), Qt.MouseButton.LeftButton, pos=row)
        assert self.window.current_page == "assess", "a click on the list does not open an application"
        self.window.close()
        QApplication.exit(0)


if __name__ == "__main__":
    app.__dict__["Session"] = Watched
    sys.exit(app.main(["--workspace", f"{sys.argv[1]}/workspace"]))
