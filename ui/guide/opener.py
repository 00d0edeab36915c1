"""F1 over one window: the guide at the place that fits its page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from esf_desktop.i18n import _
from ui.guide.chapters import slug
from ui.guide.places import place_of
from ui.guide.window import GuideWindow


class Guide(QObject):
    """Holds the guide's window for as long as the window beside it is there."""

    def __init__(self, window: QWidget, page: Callable[[], QWidget | None], closed: SignalInstance) -> None:
        super().__init__(window)
        self._page = page
        self.window: GuideWindow | None = None
        closed.connect(self._close)

    def show(self) -> None:
        """Open the guide, or turn the open one, to what fits the page on top."""
        if self.window is None:
            self.window = GuideWindow()
        chapter, heading = place_of(self._page())
        self.window.look_for("")
        self.window.open(chapter, slug(heading))
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def put_in(self, bar: QMenuBar) -> None:
        """Add the menu Help with the guide in it."""
        action = bar.addMenu(_("&Help")).addAction(_("User guide"))
        action.setShortcut(QKeySequence("F1"))
        action.triggered.connect(self.show)

    def _close(self) -> None:
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
