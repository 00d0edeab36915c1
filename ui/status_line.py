"""The line at the foot of the window: when something was saved, the call, the keys, whether the work is encrypted."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar

from esf_desktop.i18n import _
from ui.actions import Actions
from ui.widgets import spoken
from ui.widgets.plain import button

ANNOUNCED = 6000
"""Milliseconds that a good sentence stands in the status line."""
CALM = 10_000
"""Milliseconds in which a screen reader is told at most once that something was saved: text is, after every pause."""


class StatusLine(QStatusBar):
    """Says what is so, and for a moment what went well."""

    def __init__(self, actions: Actions, saved: str = "") -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._saved = saved
        self._said, self._call = QLabel(saved), QLabel()
        keys = button(f"{actions.key('keys')} {_('Keyboard shortcuts')}", "quiet")
        keys.clicked.connect(actions["keys"].trigger)
        self._lock, self._lock_key = button("", "quiet"), actions.key("lock")
        self._lock.clicked.connect(actions["lock"].trigger)
        self.addWidget(self._said)
        self.addWidget(self._call)
        self.addPermanentWidget(keys)
        self.addPermanentWidget(self._lock)
        self._quiet = QTimer(self, singleShot=True, interval=ANNOUNCED)
        self._quiet.timeout.connect(self._show_saved)
        self._told = QTimer(self, singleShot=True, interval=CALM)
        self._show_saved()

    def say_saved(self, words: str) -> None:
        """Say when something was on disk, to a screen reader now and then."""
        self._saved = words
        self._show_saved()
        if not self._told.isActive():
            self._told.start()
            spoken.say(words, self)

    def announce(self, sentence: str) -> None:
        """Say a good sentence, to a screen reader too."""
        self._said.setText(sentence)
        self._said.show()
        self._quiet.start()
        spoken.say(sentence, self)

    def show_call(self, words: str) -> None:
        """Say which call is open."""
        self._call.setText(words)

    def show_protection(self, encrypted: bool | None) -> None:
        """Say whether the work is encrypted, and how it is locked; None for no work."""
        self._lock.setVisible(encrypted is not None)
        if encrypted:
            self._lock.setText(" ".join(part for part in (self._lock_key, _("Encrypted · Lock now")) if part))
        else:
            self._lock.setText(_("Not encrypted"))

    def _show_saved(self) -> None:
        self._quiet.stop()
        self._said.setText(self._saved)
        self._said.setVisible(bool(self._saved))
