"""The program from the start of its process to its first paint, and to a round of 40 shown from disk, clickable."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTableWidget

from ui import app
from ui.main_window import MainWindow

if TYPE_CHECKING:
    from ui.session import Session


class Painted(MainWindow):
    """The window, which says when it was painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.property("said"):
            self.setProperty("said", True)
            print("first_paint", flush=True)


class Watch(QObject):
    """Says when the list can be clicked, and clicks it."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self._session = session
        session.filled.connect(self._watch)

    def _watch(self) -> None:
        found = self._session.window.page("round").findChild(QTableWidget)
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
        window, desk = self._session.window, self._session.desk
        assert desk is not None
        assert self._table.rowCount() == len(desk.workspace.applications()) > 1
        item = self._table.item(1, 1)
        assert item is not None
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        row = self._table.visualItemRect(item).center()
        for click in (QTest.mouseClick, QTest.mouseDClick):
            click(self._table.viewport(), Qt.MouseButton.LeftButton, pos=row)
        assert window.current_page == "assess", "a click on the list does not open an application"
        window.close()
        QApplication.exit(0)


if __name__ == "__main__":
    app.__dict__["MainWindow"] = Painted
    sys.exit(app.main(["--workspace", f"{sys.argv[1]}/forty"], watch=Watch))
