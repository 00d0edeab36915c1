"""Files that the system opens with a program that runs, as macOS does; they come as events, before the desk too."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent


class OpenedBySystem(QObject):
    """Watches the application for such events, and keeps what comes before somebody listens."""

    given = Signal(list)
    """The paths of the files."""

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        self._early: list[Path] = []
        self._heard = False
        application.installEventFilter(self)

    def listen(self) -> None:
        """From now on somebody listens; what came before is given at once."""
        self._heard = True
        if self._early:
            early, self._early = self._early, []
            self.given.emit(early)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return False
        file = Path(event.file())
        if self._heard:
            self.given.emit([file])
        else:
            self._early.append(file)
        return True
