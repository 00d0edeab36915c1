"""A window for making a call, before there is a register."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow

from esf_desktop.i18n import _
from ui import errors
from ui.formatting import clock
from ui.guide.opener import Guide
from ui.secretariat.drafting.call_page import CallPage
from ui.tasks import Tasks
from ui.widgets import spoken
from ui.widgets.unsaved import close_all_the_same

ANNOUNCED = 6000
"""Milliseconds that a good sentence stands in the status line."""


class CallWindow(QMainWindow):
    """Shows one draft; a signed package can be taken into a register from here."""

    closed = Signal()
    register_wished = Signal(object)
    """Where the signed package lies for which a register is to be made or opened."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(1360, 850)
        self.tasks = Tasks(self)
        self.tasks.failed.connect(lambda error: errors.tell(self, error))
        self._place: Path | None = None
        self._kept = ""
        self.guide = Guide(self, lambda: self.page, self.closed)
        self._quiet = QTimer(self, singleShot=True, interval=ANNOUNCED)
        self._status = QLabel()
        self._quiet.timeout.connect(self._show_kept)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self._status)
        self.build()

    def build(self) -> None:
        """Make everything anew, in the language and colours of now."""
        place = self._place
        self.page = CallPage(self.tasks, _("Open a register with this call…"))
        self.page.saved.connect(self._saved)
        self.page.announced.connect(self._announce)
        self.page.refused.connect(lambda error: errors.tell(self, error))
        self.page.signed.connect(self.register_wished)
        self.page.began.connect(self._began)
        self.setCentralWidget(self.page)
        self._make_menu()
        self._show_title()
        if place is not None:
            self.page.open(place)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.page.flush() and not close_all_the_same(self):
            event.ignore()
            return
        self.tasks.close()
        self.page.close_draft()
        self.closed.emit()
        super().closeEvent(event)

    def _make_menu(self) -> None:
        bar = self.menuBar()
        bar.clear()
        file = bar.addMenu(_("&File"))
        for words, keys, act in (
            (_("New call from a folder…"), "Ctrl+N", self.page.choose_folder),
            (_("Open a call file…"), "Ctrl+O", self.page.choose_file),
            (_("Applications from the folder and a list…"), "Ctrl+I", self.page.bring),
            (_("Close"), "Ctrl+W", self.close),
        ):
            action = file.addAction(words)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _on=False, act=act: act())
        self.guide.put_in(bar)

    def _began(self, folder: Path) -> None:
        desk = self.page.desk
        self._place = desk.drafted.path if desk is not None and desk.drafted.path.exists() else folder
        self._show_title()

    def _show_title(self) -> None:
        name = f"{self._place.name if self._place.is_dir() else self._place.parent.name} – " if self._place else ""
        self.setWindowTitle(f"{name}{_('The call')} – ESF Desktop")

    def _saved(self, at: datetime) -> None:
        self._kept = _("Saved {time}").format(time=clock(at))
        self._show_kept()

    def _show_kept(self) -> None:
        self._status.setText(self._kept)

    def _announce(self, words: str) -> None:
        self._status.setText(words)
        self._quiet.start()
        spoken.say(words, self)
