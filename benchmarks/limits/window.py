"""A bare window with one label, from the start of the process to its first paint."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """A window that says when it was painted, and goes."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        print("bare_window", flush=True)
        QTimer.singleShot(0, QApplication.quit)


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Window()
    window.resize(1200, 800)
    window.show()
    sys.exit(application.exec())
