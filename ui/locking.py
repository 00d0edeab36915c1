"""When the desk locks itself: nobody touched keyboard or mouse for the chosen time, asleep or awake."""

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from shiboken6 import isValid

LOOKED = 5_000
"""Milliseconds between looks at the clock."""
_ACTIVE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.Drop,
}


class Idle(QObject):
    """Tells when nobody has done anything for some minutes by the clock on the wall, which goes on while asleep."""

    elapsed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds, self._last = 0.0, time.time()
        self._watched: QWindow | None = None
        self._clock = QTimer(self, interval=LOOKED)
        self._clock.timeout.connect(self.look)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._follow)

    def watch(self, minutes: float) -> None:
        """Watch from now on; 0 for not at all."""
        self._seconds, self._last = minutes * 60, time.time()
        self._follow(QGuiApplication.focusWindow())
        (self._clock.start if minutes else self._clock.stop)()

    def look(self) -> bool:
        """Tell when the time is over; the answer is whether it was."""
        if not self._seconds or not self._last <= time.time() < self._last + self._seconds:
            over = bool(self._seconds)
            self._last = time.time()
            if over:
                self.elapsed.emit()
            return over
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVE:
            # The first touch after a sleep must not count before the clock was looked at.
            if self.look():
                return True
            self._last = time.time()
        return False

    def _follow(self, window: QWindow | None) -> None:
        """Listen to the window that keys and mouse go to; the whole application would cost every paint."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window if self._seconds else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def hide_all_but(window: QWidget) -> list[QWidget]:
    """Close every dialog and menu, and hide the other windows; those are the answer, to be shown again."""
    hidden = []
    for other in QApplication.topLevelWidgets():
        if other is window or not other.isVisible():
            continue
        if isinstance(other, QDialog | QMenu):
            other.close()
        if other.isVisible():
            other.hide()
            hidden.append(other)
    return hidden
