"""The compare page of forty applications and 25 assessors: from the register to the painted page, and sorted."""

import shutil
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from benchmarks.rounds import repeatedly
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Theme
from ui import theme
from ui.secretariat.register_window import RegisterWindow

TIMES = 25
ORDERS = ("spread", "met", "area", "diary_number")


class Painted(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def main(material: Path, own: Path) -> None:
    """Turn to the page again and again as if it were new, then choose each order in turn."""
    application = QApplication(sys.argv)
    theme.apply(application, Theme.LIGHT, 100)
    window = RegisterWindow(Register.open(Path(shutil.copy(material / "compared.esfdb", own / "compared.esfdb"))))
    window.resize(1280, 800)
    window.show()
    page, painted = window.compare, Painted()
    viewport = page.matrix.table.viewport()
    viewport.installEventFilter(painted)

    def seen() -> None:
        before = painted.count
        viewport.update()
        while painted.count == before:
            application.processEvents()

    def shown() -> None:
        window.desk.forget()
        window.show_page("compare")
        page.refresh()
        seen()

    def turned_away() -> None:
        window.show_page("trust")
        application.processEvents()

    window.show_page("compare")
    seen()
    assert page.matrix.table.lines.rowCount() == 40
    repeatedly("compare_shown", shown, times=TIMES, before=turned_away)
    window.show_page("compare")
    orders = iter(ORDERS * TIMES)

    def sort() -> None:
        page.order(next(orders))
        seen()

    repeatedly("compare_sorted", sort, times=TIMES)
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
