"""What stands around the pages: menus, the row of pages, the banner of practice and the status line; made anew with
each language and look."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Call
from esf_desktop.settings import Settings
from ui import formatting, menus
from ui.actions import SPECS, Actions
from ui.desk import Desk, today
from ui.status_line import StatusLine
from ui.widgets.page_tabs import PageTabs
from ui.widgets.plain import area, button, label

if TYPE_CHECKING:
    from ui.main_window import MainWindow

OF_A_ROUND = ("sign", "page_assess", "page_turned", "page_overview", "page_search", "page_sign", "paper")
"""What can only be done when there is a call."""
WISHES = (
    "practice",
    "rounds",
    "purge_round",
    "lock",
    "settings",
    "new_call",
    "open_register",
    "open_on_server",
    "sign",
    "sheet",
    "all_sheets",
    "blank_sheet",
    "paper",
    "signed_sheet",
    "card",
    "details",
    "backups",
    "user_guide",
    "keys",
    "log",
    "error_report",
    "about",
)
"""Actions that concern the program as a whole."""


class Frame:
    """Holds the window's surroundings; the pages stand in its stack."""

    def __init__(self, window: "MainWindow", settings: Settings, saved: str) -> None:
        for action in window.actions():
            window.removeAction(action)
            action.deleteLater()
        self.actions = Actions(window, settings.keys)
        self._recent = menus.fill(window.menuBar(), self.actions, settings, window.choose)
        self._connect(window)
        self._bar = self._make_bar(window)
        self.status = StatusLine(self.actions, saved)
        window.setStatusBar(self.status)
        old = window.takeCentralWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self.stack = QStackedWidget()
        self._banner = _banner()
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._banner)
        column.addWidget(self.stack, 1)
        window.setCentralWidget(central)
        central.show()  # at once, so that what is put into it can take the focus

    def add_page(self, name: str, words: str) -> None:
        """Put a page into the row, with the key that leads to it."""
        known = any(spec.name == f"page_{name}" for spec in SPECS)
        self.tabs.add(name, words, self.actions.key(f"page_{name}") if known else "")

    def end_row(self) -> None:
        """Put what leads onward behind the last page of the row."""
        self.tabs.end_with(self._onward)

    def show_recent(self, settings: Settings, open_: Callable[..., None], forget: Callable[[], None]) -> None:
        """Show which files were opened lately."""
        menus.fill_recent(self._recent, settings.recent, open_, forget)

    def refresh(self, desk: Desk | None, *, pages: bool) -> None:
        """Say how far the round has come, and what can be done now."""
        call = desk.workspace.call() if desk else None
        self._bar.setVisible(desk is not None and pages)
        self._banner.setVisible(call is not None and call.practice)
        self._progress.setText(_progress(desk, call) if desk and call else "")
        self.status.show_call(_("Call {id}").format(id=call.id) if call else "")
        self.status.show_protection(desk.workspace.encrypted if desk else None)
        self.sign.setEnabled(call is not None)
        self.actions.enable(OF_A_ROUND, on=call is not None)
        self.actions.enable(("details", "backups", "lock"), on=desk is not None)

    def _make_bar(self, window: "MainWindow") -> QWidget:
        bar = area("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 5, 12, 5)
        self.tabs = PageTabs()
        self.tabs.chosen.connect(window.show_page)
        self._progress = label("", "small")
        self.sign = button(_("Sign and send…"), "primary")
        self.sign.clicked.connect(self.actions["sign"].trigger)
        self._onward = QWidget()
        onward = QHBoxLayout(self._onward)
        onward.setContentsMargins(0, 0, 0, 0)
        onward.setSpacing(16)
        onward.addWidget(self._progress)
        onward.addWidget(self.sign)
        row.addWidget(self.tabs)
        return bar

    def _connect(self, window: "MainWindow") -> None:
        for name, act in (
            ("open", window.offer_choices),
            ("open_folder", window.offer_folder),
            ("quit", window.close),
            ("leave", window.leave_field),
        ):
            self.actions[name].triggered.connect(lambda _on=False, act=act: act())
        for spec in SPECS:
            name = spec.name.removeprefix("page_")
            if name != spec.name:
                self.actions[spec.name].triggered.connect(lambda _on=False, name=name: window.show_page(name))
        for name in WISHES:
            self.actions[name].triggered.connect(lambda _on=False, wish=name: window.wished.emit(wish))


def _banner() -> QFrame:
    banner = QFrame()
    banner.setProperty("role", "banner")
    row = QHBoxLayout(banner)
    row.setContentsMargins(14, 4, 14, 4)
    row.addWidget(label(_("Practice: everything here is fictional and stays in the practice round."), wrap=True))
    return banner


def _progress(desk: Desk, call: Call) -> str:
    states = desk.workspace.states()
    done = sum(state.finished for state in states.values())
    parts = [_("{n} of {m} done").format(n=done, m=len(states))]
    if call.deadline is not None:
        parts.append(formatting.days_left(call.deadline, today()))
    return " · ".join(parts)
