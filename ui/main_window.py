"""The window and its pages; what stands in it is the desk's, what stands around the pages is the frame's.

Little is imported here, so that the window is on screen before the rest of the program is loaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget

from esf_desktop.i18n import _
from ui import window_place
from ui.widgets.unsaved import close_all_the_same

if TYPE_CHECKING:
    from esf_desktop.settings import Settings
    from ui.actions import Actions
    from ui.desk import Desk
    from ui.frame import Frame


@dataclass(frozen=True, slots=True)
class Places:
    """The page on top, and where the person is on each."""

    shown: str
    pages: dict[str, object]


PageMaker = tuple[str, str, Callable[[], QWidget]]
"""A page's name, its words in the row, and what makes it."""
IDLE = 300
"""Milliseconds until the pages that nobody has asked for are made."""
BETWEEN = 30
"""Milliseconds between two of them."""


class Page(Protocol):
    """What the window asks of a page; every page is a `QWidget` too."""

    def refresh(self) -> None:
        """Read again what is shown."""

    def place(self) -> object:
        """Where the person is on the page, so that one built anew can return there."""

    def return_to(self, place: object) -> None:
        """Return to a place of the same page before it was built anew."""

    def flush(self) -> bool:
        """Save what was typed; False when it could not be saved."""


class Opening(Protocol):
    """A page that can open one application."""

    def open(self, application: str) -> None:
        """Show the application."""


class MainWindow(QMainWindow):
    """Shows one page at a time, and tells what a person asks of the program as a whole."""

    painted = Signal()
    """The window has been on screen once."""
    given = Signal(list)
    """Paths of files or folders that a person chose or dropped."""
    chosen = Signal(object)
    """Changed `Settings`."""
    wished = Signal(str)
    """The name of an action that concerns the whole program: practice, new_call, open_register, sign, details …"""
    page_shown = Signal(str)
    left = Signal()
    """The window is closing, and everything that was typed is saved."""

    settings: "Settings"
    """What the person has chosen; nothing is built before it is there."""

    def __init__(self, settings: "Settings | None" = None) -> None:
        super().__init__()
        if settings is not None:
            self.settings = settings
        self.desk: Desk | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        """Those that were made; the others are when they are needed, or when there is time."""
        self._build_pages: Callable[[], Sequence[PageMaker]] | None = None
        self._told = False
        self.setWindowTitle("ESF Desktop")
        self.setAcceptDrops(True)
        window_place.restore(self)
        self._saved_words = ""
        self._frame: Frame | None = None

    def places(self) -> Places:
        """Where the person is on every page that was made."""
        shown = self.current_page if self._pages else ""
        return Places(shown, {name: cast(Page, page).place() for name, page in self._pages.items()})

    def build(self, kept: Places | None = None) -> None:
        """Make everything anew, in the language and colours of now; pages come back as they were, or as kept."""
        from ui.frame import Frame

        kept = kept or self.places()
        self._frame = Frame(self, self.settings, self._saved_words)
        self.show_recent()
        self._pages, self._makers = {}, {}
        for name, text, maker in self._build_pages() if self._build_pages else ():
            self._makers[name] = maker
            self.frame.add_page(name, text)
        self.frame.end_row()
        for name, place in kept.pages.items():
            if name in self._makers:
                cast(Page, self.page(name)).return_to(place)
        if self._makers:
            self.show_page(kept.shown if kept.shown in self._makers else next(iter(self._makers)))
            QTimer.singleShot(IDLE, self, self._make_others)
        self.refresh()

    def fill(self, desk: "Desk", pages: Callable[[], Sequence[PageMaker]], kept: Places | None = None) -> None:
        """Show the desk with its pages: name, words and maker of each, called again when the language changes."""
        self.desk, self._build_pages = desk, pages
        desk.changed.connect(self.refresh)
        desk.saved.connect(self._saved)
        desk.announced.connect(self.announce)
        self.build(kept)

    def empty(self) -> None:
        """Take out the desk and its pages."""
        if self.desk is not None:
            self.desk.changed.disconnect(self.refresh)
            self.desk.saved.disconnect(self._saved)
            self.desk.announced.disconnect(self.announce)
        self.desk, self._build_pages, self._saved_words = None, None, ""
        self.build()

    def show_alone(self, page: QWidget) -> None:
        """Show a page outside the row, such as the first start."""
        self.frame.stack.addWidget(page)
        self.frame.stack.setCurrentWidget(page)

    def show_page(self, name: str) -> None:
        """Turn to a page, after saving what was typed on the one before."""
        if name not in self._makers or not self.flush():
            return
        page = self.page(name)
        self.frame.stack.setCurrentWidget(page)
        self.frame.tabs.mark(name)
        cast(Page, page).refresh()
        page.setFocus()
        self.page_shown.emit(name)

    def page(self, name: str) -> QWidget:
        """A page by its name, made when it is missing; KeyError when there is none of that name."""
        if name not in self._pages:
            made = self._makers[name]()
            made.setObjectName(name)
            self._pages[name] = made
            self.frame.stack.addWidget(made)
        return self._pages[name]

    def open_application(self, application: str) -> None:
        """Turn to the assess page with this application."""
        self.show_page("assess")
        cast(Opening, self.page("assess")).open(application)

    @property
    def frame(self) -> "Frame":
        """What stands around the pages; made when it is first asked for."""
        if self._frame is None:
            self.build()
        assert self._frame is not None
        return self._frame

    @property
    def actions_(self) -> "Actions":
        """Everything that a key or a menu can do."""
        return self.frame.actions

    @property
    def current_page(self) -> str:
        """The name of the page on top; empty for one outside the row."""
        shown = self.frame.stack.currentWidget()
        return shown.objectName() if shown else ""

    def flush(self) -> bool:
        """Save what was typed anywhere; False when something could not be saved."""
        saved = [cast(Page, page).flush() for page in self._pages.values()]
        return all(saved)

    def refresh(self) -> None:
        """Say how far the round has come, and what can be done now."""
        self.frame.refresh(self.desk, pages=bool(self._makers))

    def announce(self, sentence: str) -> None:
        """Say a good sentence in the status line and to a screen reader."""
        self.frame.status.announce(sentence)

    def show_recent(self) -> None:
        """Show which files were opened lately."""
        self.frame.show_recent(
            self.settings,
            lambda path: self.given.emit([path]),
            self._forget_recent,
        )

    def offer_choices(self) -> None:
        """Ask for files by the system's own dialog."""
        from PySide6.QtWidgets import QFileDialog

        kinds = (
            _("Everything that can be opened")
            + " (*.esfcall *.esfreceipt *.pdf *.docx *.odt *.xlsx);;"
            + _("All files")
            + " (*)"
        )
        names, _kind = QFileDialog.getOpenFileNames(self, _("Open"), "", kinds)
        if names:
            self.given.emit([Path(name) for name in names])

    def offer_folder(self) -> None:
        """Ask for a folder of applications by the system's own dialog."""
        from PySide6.QtWidgets import QFileDialog

        if name := QFileDialog.getExistingDirectory(self, _("Open a folder with applications")):
            self.given.emit([Path(name)])

    def choose(self, settings: "Settings") -> None:
        """Take over changed choices and build the window anew with them."""
        if settings == self.settings or not self.flush():
            return
        self.settings = settings
        self.chosen.emit(settings)

    def keep_order(self, order: str) -> None:
        """Remember by what the round is sorted; nothing is built anew."""
        from esf_desktop.model import replace

        self.settings = replace(self.settings, order=order)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := _paths(event.mimeData()):
            event.acceptProposedAction()
            self.given.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.flush() and not close_all_the_same(self):
            event.ignore()
            return
        window_place.keep(self, self.palette().window().color())
        self.left.emit()
        super().closeEvent(event)

    def _forget_recent(self) -> None:
        from esf_desktop.model import replace

        self.choose(replace(self.settings, recent=()))

    def _make_others(self) -> None:
        """Make the next page that nobody has asked for yet, with room for the person between two of them."""
        missing = next((name for name in self._makers if name not in self._pages), None)
        if missing is not None and self.isVisible():
            self.page(missing)
            QTimer.singleShot(BETWEEN, self, self._make_others)

    def leave_field(self) -> None:
        """Put the focus outside every text field."""
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
            self.frame.stack.setFocus()

    def _saved(self, at: datetime) -> None:
        from ui import formatting

        self._saved_words = _("Saved {time}").format(time=formatting.clock(at))
        self.frame.status.say_saved(self._saved_words)


def _paths(content: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
