"""Blocking a key: whose, why, and what it means, before it is done."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.fitting import fit
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.register import Enrolled


class BlockKey(QDialog):
    """Tells the reason for which a key is blocked."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget, one: "Enrolled") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Block the key"))
        column = QVBoxLayout(self)
        side = theme.pixels(1.6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Block the key of {name}?").format(name=one.name), "title", wrap=True))
        column.addWidget(Fingerprint(one.fingerprint, size=0.9, code=False))
        said = _(
            "What was registered before stays. What comes after is refused, whatever time it says that it was signed. "
            "It cannot be undone; the person can make a new key."
        )
        column.addWidget(label(said, "muted", wrap=True))
        self._reason = QComboBox()
        self._reason.setEditable(True)
        self._reason.setAccessibleName(_("Reason"))
        self._reason.addItems(
            [
                _("The computer or card is lost or stolen"),
                _("Replaced by a new key"),
                _("The person has left the assignment"),
            ]
        )
        self._reason.setCurrentText("")
        named = label(_("Reason"))
        named.setBuddy(self._reason)
        column.addWidget(named)
        column.addWidget(self._reason)
        column.addWidget(line())
        feet = QHBoxLayout()
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self._block = button(_("Block the key"), "primary")
        self._block.clicked.connect(self._confirm)
        feet.addStretch(1)
        feet.addWidget(cancel)
        feet.addWidget(self._block)
        column.addLayout(feet)
        self._reason.currentTextChanged.connect(self._check)
        self._check()
        self.setMinimumWidth(theme.pixels(32))
        self._reason.setFocus()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _check(self) -> None:
        self._block.setEnabled(bool(self._reason.currentText().strip()))

    def _confirm(self) -> None:
        self.confirmed.emit(self._reason.currentText().strip())
        self.accept()
