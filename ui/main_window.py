"""The window: menus, the row of pages, the status line; what stands in it is the desk's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QByteArray, QMimeData, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _
from esf_desktop.model import replace
from esf_desktop.settings import Settings
from ui import formatting, menus
from ui.actions import SPECS, Actions
from ui.desk import Desk, today
from ui.status_line import StatusLine
from ui.widgets.page_tabs import PageTabs
from ui.widgets.plain import area, button, label


@dataclass(frozen=True, slots=True)
class Places:
    """The page on top, and where the person is on each."""

    shown: str
    pages: dict[str, object]


PageMaker = tuple[str, str, Callable[[], QWidget]]
"""A page's name, its words in the row, and what makes it."""
IDLE = 300
"""Milliseconds until the pages that nobody has asked for are made."""
PAGES_OF_A_ROUND = ("page_assess", "page_turned", "page_overview", "page_search", "page_sign")
"""What can only be shown when there is a call."""
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

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.desk: Desk | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        """Those that were made; the others are when they are needed, or when there is time."""
        self._build_pages: Callable[[], Sequence[PageMaker]] | None = None
        self._told = False
        self.setWindowTitle("ESF Desktop")
        self.setAcceptDrops(True)
        self.resize(1360, 850)
        if settings.window:
            self.restoreGeometry(QByteArray.fromBase64(settings.window.encode()))
        self._saved_words = ""
        self.build()

    def places(self) -> Places:
        """Where the person is on every page that was made."""
        shown = self.current_page if self._pages else ""
        return Places(shown, {name: cast(Page, page).place() for name, page in self._pages.items()})

    def build(self, kept: Places | None = None) -> None:
        """Make everything anew, in the language and colours of now; pages come back as they were, or as kept."""
        kept = kept or self.places()
        self._make_frame()
        self._pages, self._makers = {}, {}
        for name, text, maker in self._build_pages() if self._build_pages else ():
            self._makers[name] = maker
            self.tabs.add(name, text, self._key_of_page(name))
        self.tabs.end_with(self._onward)
        for name, place in kept.pages.items():
            if name in self._makers:
                cast(Page, self.page(name)).return_to(place)
        if self._makers:
            self.show_page(kept.shown if kept.shown in self._makers else next(iter(self._makers)))
            QTimer.singleShot(IDLE, self, self._make_others)
        self.refresh()

    def fill(self, desk: Desk, pages: Callable[[], Sequence[PageMaker]], kept: Places | None = None) -> None:
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
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def show_page(self, name: str) -> None:
        """Turn to a page, after saving what was typed on the one before."""
        if name not in self._makers or not self.flush():
            return
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self.tabs.mark(name)
        cast(Page, page).refresh()
        page.setFocus()
        self.page_shown.emit(name)

    def page(self, name: str) -> QWidget:
        """A page by its name, made when it is missing; KeyError when there is none of that name."""
        if name not in self._pages:
            made = self._makers[name]()
            made.setObjectName(name)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def open_application(self, application: str) -> None:
        """Turn to the assess page with this application."""
        self.show_page("assess")
        cast(Opening, self.page("assess")).open(application)

    @property
    def current_page(self) -> str:
        """The name of the page on top; empty for one outside the row."""
        shown = self._stack.currentWidget()
        return shown.objectName() if shown else ""

    def flush(self) -> bool:
        """Save what was typed anywhere; False when something could not be saved."""
        saved = [cast(Page, page).flush() for page in self._pages.values()]
        return all(saved)

    def refresh(self) -> None:
        """Say how far the round has come, and what undo would take back."""
        call = self.desk.workspace.call() if self.desk else None
        self._bar.setVisible(self.desk is not None and bool(self._makers))
        self._banner.setVisible(call is not None and call.practice)
        if self.desk is None or call is None:
            self._progress.setText("")
            self._status.show_call("")
        else:
            states = self.desk.workspace.states()
            done = sum(state.finished for state in states.values())
            parts = [_("{n} of {m} done").format(n=done, m=len(states))]
            if call.deadline is not None:
                parts.append(formatting.days_left(call.deadline, today()))
            self._progress.setText(" · ".join(parts))
            self._status.show_call(_("Call {id}").format(id=call.id))
        self.sign.setEnabled(call is not None)
        for name in ("sign", *PAGES_OF_A_ROUND, "paper", "details"):
            self.actions_[name].setEnabled(call is not None if name != "details" else self.desk is not None)
        self.actions_["lock"].setEnabled(self.desk is not None)
        self._status.show_protection(self.desk.workspace.encrypted if self.desk else None)

    def announce(self, sentence: str) -> None:
        """Say a good sentence in the status line and to a screen reader."""
        self._status.announce(sentence)

    def show_recent(self) -> None:
        """Show which files were opened lately."""
        menus.fill_recent(
            self._recent,
            self.settings.recent,
            lambda path: self.given.emit([path]),
            lambda: self.choose(replace(self.settings, recent=())),
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

    def choose(self, settings: Settings) -> None:
        """Take over changed choices and build the window anew with them."""
        if settings == self.settings or not self.flush():
            return
        self.settings = settings
        self.chosen.emit(settings)

    def keep_order(self, order: str) -> None:
        """Remember by what the round is sorted; nothing is built anew."""
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
        if not self.flush() and not self._close_all_the_same():
            event.ignore()
            return
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.settings = replace(self.settings, window=geometry)
        self.left.emit()
        super().closeEvent(event)

    def _close_all_the_same(self) -> bool:
        """Ask whether to close although the latest text could not be saved."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(_("The latest text could not be saved and stays only in this window."))
        stay = box.addButton(_("Stay"), QMessageBox.ButtonRole.RejectRole)
        close = box.addButton(_("Close without it"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.exec()
        return box.clickedButton() is close

    def _make_others(self) -> None:
        """Make the next page that nobody has asked for yet, with room for the person between two of them."""
        missing = next((name for name in self._makers if name not in self._pages), None)
        if missing is not None and self.isVisible():
            self.page(missing)
            QTimer.singleShot(BETWEEN, self, self._make_others)

    def _make_frame(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        self.actions_ = Actions(self, self.settings.keys)
        self._make_menus()
        self._make_bar()
        self._status = StatusLine(self.actions_, self._saved_words)
        self.setStatusBar(self._status)
        old = self.takeCentralWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._stack = QStackedWidget()
        self._banner = QFrame()
        self._banner.setProperty("role", "banner")
        row = QHBoxLayout(self._banner)
        row.setContentsMargins(14, 4, 14, 4)
        row.addWidget(label(_("Practice: everything here is fictional and stays in the practice round."), wrap=True))
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self._bar, self._banner):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(central)

    def _make_bar(self) -> None:
        self._bar = area("bar")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(12, 5, 12, 5)
        self.tabs = PageTabs()
        self.tabs.chosen.connect(self.show_page)
        self._progress = label("", "small")
        self.sign = button(_("Sign and send…"), "primary")
        self.sign.clicked.connect(self.actions_["sign"].trigger)
        self._onward = QWidget()
        onward = QHBoxLayout(self._onward)
        onward.setContentsMargins(0, 0, 0, 0)
        onward.setSpacing(16)
        onward.addWidget(self._progress)
        onward.addWidget(self.sign)
        row.addWidget(self.tabs)

    def _make_menus(self) -> None:
        self._recent = menus.fill(self.menuBar(), self.actions_, self.settings, self.choose)
        self.show_recent()
        self.actions_["open"].triggered.connect(self.offer_choices)
        self.actions_["open_folder"].triggered.connect(self.offer_folder)
        self.actions_["quit"].triggered.connect(self.close)
        for spec in SPECS:
            name = spec.name.removeprefix("page_")
            if name != spec.name:
                self.actions_[spec.name].triggered.connect(lambda _on=False, name=name: self.show_page(name))
        self.actions_["leave"].triggered.connect(self._leave_field)
        for name in (
            "practice",
            "rounds",
            "purge_round",
            "lock",
            "settings",
            "open_register",
            "sign",
            "sheet",
            "all_sheets",
            "blank_sheet",
            "paper",
            "signed_sheet",
            "card",
            "details",
            "keys",
            "log",
            "about",
        ):
            self.actions_[name].triggered.connect(lambda _on=False, wish=name: self.wished.emit(wish))

    def _leave_field(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
            self._stack.setFocus()

    def _key_of_page(self, name: str) -> str:
        known = {spec.name for spec in SPECS}
        return self.actions_.key(f"page_{name}") if f"page_{name}" in known else ""

    def _saved(self, at: datetime) -> None:
        self._saved_words = _("Saved {time}").format(time=formatting.clock(at))
        self._status.say_saved(self._saved_words)


def _paths(content: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
