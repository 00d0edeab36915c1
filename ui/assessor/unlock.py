"""The page that asks for the passphrase of encrypted work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import button, label


class Unlock(QWidget):
    """Tells the passphrase that was entered; it is not kept here."""

    entered = Signal(str)

    def __init__(self, refused: str) -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 26)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Your work is encrypted"), "huge", wrap=True))
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(_("Passphrase"))
        self._field.setPlaceholderText(_("Passphrase"))
        self._field.returnPressed.connect(self._enter)
        column.addWidget(self._field)
        if refused:
            column.addWidget(label(refused, "refusal", wrap=True))
        self._open = button(_("Open"), "primary")
        self._open.clicked.connect(self._enter)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self._field)

    def _enter(self) -> None:
        if text := self._field.text():
            self._open.setEnabled(False)
            self._field.clear()
            self.entered.emit(text)
