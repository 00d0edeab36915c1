"""The settings: rooms at the left, at the right what each lets a person choose; every choice acts at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _
from esf_desktop.settings import Settings
from ui import theme
from ui.settings.appearance import Appearance
from ui.settings.keys import Keys
from ui.settings.person import Person
from ui.settings.protection import Protection
from ui.settings.spelling import SpellingRoom
from ui.widgets.columns import scrolled
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.main_window import MainWindow


class SettingsDialog(QDialog):
    """Shows one room at a time; it is built anew when a choice changes its own words or colours."""

    turned = Signal(str, bool)
    """The work is to be put under this passphrase, or taken off it; the dialog closes first."""

    def __init__(self, window: "MainWindow", desk: "Desk | None") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None
        self.finished.connect(self.deleteLater)
        self._build(0)
        self._fit()

    def show_room(self, number: int) -> None:
        """Turn to a room, from 0."""
        self._rooms.setCurrentRow(number)

    def choose(self, settings: Settings) -> None:
        """Take over a choice, here too."""
        before = self._window.settings
        self._window.choose(settings)
        if (before.language, before.theme, before.text_size) != (
            settings.language,
            settings.theme,
            settings.text_size,
        ):
            QTimer.singleShot(0, self, lambda: self._build(self._rooms.currentRow()))

    def _build(self, room: int) -> None:
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.setWindowTitle(_("Settings"))
        self._inside = QWidget()
        self._column.addWidget(self._inside)
        self._rooms = QListWidget()
        self._rooms.setAccessibleName(_("Settings"))
        self._rooms.setProperty("role", "rooms")
        self._pages = QStackedWidget()
        for words, make in self._makers():
            self._rooms.addItem(words)
            self._pages.addWidget(self._scrolled(words, make()))
        self._rooms.setFixedWidth(max(theme.pixels(11), self._rooms.sizeHintForColumn(0) + theme.pixels(3)))
        self._rooms.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._rooms.setCurrentRow(max(room, 0))
        close = button(_("Close"))
        close.clicked.connect(self.accept)
        feet = QHBoxLayout()
        feet.setContentsMargins(theme.pixels(1), theme.pixels(0.6), theme.pixels(1), theme.pixels(0.8))
        feet.addStretch(1)
        feet.addWidget(close)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._rooms)
        row.addWidget(self._pages, 1)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addLayout(feet)
        self._rooms.setFocus()

    def _makers(self) -> tuple[tuple[str, Callable[[], QWidget]], ...]:
        window = self._window
        return (
            (_("Look"), lambda: Appearance(window.settings, self.choose)),
            (_("Keys"), lambda: Keys(lambda: window.settings, self.choose)),
            (_("Protection"), self._protection),
            (_("Spelling"), lambda: SpellingRoom(lambda: window.settings, self.choose)),
            (_("You and your files"), lambda: Person(window, self._desk)),
        )

    def _protection(self) -> QWidget:
        room = Protection(self._desk, lambda: self._window.settings, self.choose)
        room.turned.connect(self._turn)
        return room

    def _turn(self, passphrase: str, encrypt: bool) -> None:
        self.accept()
        self.turned.emit(passphrase, encrypt)

    def _scrolled(self, words: str, room: QWidget) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.pixels(1.6), theme.pixels(1.2), theme.pixels(1.6), theme.pixels(1))
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(words, "title"))
        column.addWidget(room)
        column.addStretch(1)
        return scrolled(inside)

    def _fit(self) -> None:
        parent = self._window
        self.resize(min(theme.pixels(58), parent.width() - 40), min(theme.pixels(42), parent.height() - 40))
