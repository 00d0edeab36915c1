"""A smart card: which key of it, its PIN, and a trial whose result can be copied; the PIN is forgotten at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.errors import EsfError
from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from ui import theme
from ui.tasks import Task, Tasks
from ui.widgets.fitting import Body, fit
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.signing.card_test import Line
    from esf_desktop.signing.smartcard import CardKey


class CardDialog(QDialog):
    """Finds the cards when it opens; tells the key and the PIN when a person wants to act, and never keeps the PIN."""

    chosen = Signal(object, str)
    """A `CardKey` and its PIN."""

    def __init__(self, parent: QWidget, tasks: Tasks, act: str = "", *, module: Path | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._module = tasks, module
        self._keys: tuple[CardKey, ...] = ()
        self.setWindowTitle(_("Smart card"))
        self.setMinimumWidth(theme.pixels(40))
        outer = QVBoxLayout(self)
        side = theme.pixels(1.5)
        outer.setContentsMargins(side, side, side, side)
        outer.setSpacing(theme.pixels(0.7))
        body = Body(theme.pixels(40) - 2 * side)
        outer.addWidget(body)
        column = body.column
        column.setSpacing(theme.pixels(0.7))
        said = _(
            "Put the card in the reader. The PIN is asked for each time and is kept nowhere; a wrong one counts on the "
            "card."
        )
        column.addWidget(label(said, "muted", wrap=True))
        column.addLayout(self._make_form())
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        self._make_trial(column)
        outer.addWidget(line())
        outer.addLayout(self._make_feet(act))
        self._check()
        self.finished.connect(self.deleteLater)
        self.search()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def search(self) -> None:
        """Look for cards, through the chosen software or all that is found."""
        module = self._module

        def work(task: Task) -> "tuple[CardKey, ...]":
            from esf_desktop.signing import card_choice

            return card_choice.find(module)

        self._refusal.hide()
        self._show_keys(())
        self._which.setPlaceholderText(_("Looking for cards…"))
        self._tasks.run(work, owner=self, done=self._show_keys, failed=self.refuse)

    def refuse(self, error: Exception) -> bool:
        """Say what went wrong; False for what nobody foresaw."""
        if not isinstance(error, EsfError):
            return False
        if not self._keys:
            self._which.setPlaceholderText(_("No card found"))
        self._refusal.setText(error.sentence())
        self._refusal.show()
        self._check()
        fit(self)
        return True

    def use_module(self, module: Path) -> None:
        """Look through this card software alone."""
        self._module = module
        self.search()

    def _make_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(theme.pixels(0.6))
        self._which = QComboBox()
        self._which.setAccessibleName(_("Key on the card"))
        self._which.currentIndexChanged.connect(self._check)
        self._fingerprint = label("", "small", wrap=True)
        self._fingerprint.setFont(theme.code_font(0.78))
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setAccessibleName(_("PIN"))
        self._pin.textChanged.connect(self._check)
        self._pin.returnPressed.connect(self._do)
        form.addRow(_("Key on the card"), self._which)
        form.addRow("", self._fingerprint)
        form.addRow(_("PIN"), self._pin)
        ways = QHBoxLayout()
        again, other = button(_("Look for cards again"), "link"), button(_("Choose card software…"), "link")
        again.clicked.connect(self.search)
        other.clicked.connect(self._choose_module)
        ways.addWidget(again)
        ways.addWidget(other)
        ways.addStretch(1)
        form.addRow("", ways)
        return form

    def _make_trial(self, column: QVBoxLayout) -> None:
        self._told = QPlainTextEdit()
        self._told.setReadOnly(True)
        self._told.setAccessibleName(_("What the trial found"))
        self._told.setFont(theme.code_font(0.78))
        self._told.setMinimumHeight(theme.pixels(7))
        self._told.hide()
        self._copy = button(_("Copy"), "link")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._told.toPlainText()))
        self._copy.hide()
        column.addWidget(self._told, 1)

    def _make_feet(self, act: str) -> QHBoxLayout:
        feet = QHBoxLayout()
        self._try = button(
            _("Try the card"), described=_("Looks through everything, and makes a trial signature when there is a PIN")
        )
        self._try.clicked.connect(self._diagnose)
        close = button(_("Cancel") if act else _("Close"))
        close.clicked.connect(self.reject)
        self._act = button(act, "primary")
        self._act.setVisible(bool(act))
        self._act.clicked.connect(self._do)
        feet.addWidget(self._try)
        feet.addWidget(self._copy)
        feet.addStretch(1)
        feet.addWidget(close)
        feet.addWidget(self._act)
        return feet

    def _show_keys(self, keys: "Sequence[CardKey]") -> None:
        self._keys = tuple(keys)
        self._which.clear()
        for key in self._keys:
            use = _("for signatures") if key.for_signatures else _("for logging in")
            self._which.addItem(" · ".join(part for part in (key.name, key.card, use) if part))
        self._which.setEnabled(bool(self._keys))
        self._which.setCurrentIndex(0 if self._keys else -1)
        self._check()
        if self._keys:
            self._pin.setFocus()
        fit(self)

    def _check(self) -> None:
        place = self._which.currentIndex()
        known = 0 <= place < len(self._keys)
        self._fingerprint.setText(groups(self._keys[place].fingerprint) if known else "")
        self._act.setEnabled(known and bool(self._pin.text()))

    def _do(self) -> None:
        if self._act.isVisible() and self._act.isEnabled():
            pin = self._pin.text()
            self._pin.clear()
            self._refusal.hide()
            self.chosen.emit(self._keys[self._which.currentIndex()], pin)

    def _diagnose(self) -> None:
        module, pin = self._module, self._pin.text() or None
        self._pin.clear()
        self._try.setEnabled(False)

        def work(task: Task) -> "tuple[Line, ...]":
            from esf_desktop.signing import card_test

            return card_test.diagnose(module, pin)

        def done(lines: "tuple[Line, ...]") -> None:
            from esf_desktop.signing import card_test

            self._try.setEnabled(True)
            self._told.setPlainText(card_test.text(lines))
            self._told.show()
            self._copy.show()
            fit(self)

        self._tasks.run(work, owner=self, done=done)

    def _choose_module(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose card software"), "", "PKCS#11 (*.so *.dll *.dylib);;*"
        )
        if name:
            self.use_module(Path(name))
