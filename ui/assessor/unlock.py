"""The page that asks for the passphrase of encrypted work, and the one for who has forgotten it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui import theme
from ui.widgets.columns import in_the_middle
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.plain import button, label


class Unlock(QWidget):
    """Tells the passphrase that was entered; it is not kept here."""

    entered = Signal(str)
    forgotten = Signal()
    """The person wants to use the recovery code."""

    def __init__(self, refused: str = "", *, locked: bool = False) -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 26)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Locked") if locked else _("Your work is encrypted"), "huge", wrap=True))
        if locked:
            column.addWidget(label(_("Everything is saved. You return to where you were."), "muted", wrap=True))
        self._field = QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setAccessibleName(_("Passphrase"))
        self._field.setPlaceholderText(_("Passphrase"))
        self._field.returnPressed.connect(self._enter)
        column.addWidget(self._field)
        self._refusal = label(refused, "refusal", wrap=True)
        self._refusal.setVisible(bool(refused))
        column.addWidget(self._refusal)
        if refused:
            self._field.setAccessibleDescription(refused)
        self._open = button(_("Open"), "primary")
        self._open.clicked.connect(self._enter)
        forgotten = button(_("Use the recovery code"), "link")
        forgotten.clicked.connect(self.forgotten)
        row = QHBoxLayout()
        row.addWidget(forgotten)
        row.addStretch(1)
        row.addWidget(self._open)
        column.addLayout(row)
        self.setFocusProxy(self._field)

    def _enter(self) -> None:
        if text := self._field.text():
            self._open.setEnabled(False)
            self._field.clear()
            self.entered.emit(text)


class CodeField(QLineEdit):
    """The recovery code as it is copied from the sheet, put in its groups while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.code_font(1.0))
        self.setAccessibleName(_("Recovery code"))
        self.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhPreferUppercase)
        self.textEdited.connect(self._group)

    def _group(self, typed: str) -> None:
        if self.cursorPosition() != len(typed):
            return
        signs = "".join(sign for sign in typed.upper() if sign.isalnum())
        grouped = "-".join(signs[at : at + 5] for at in range(0, len(signs), 5))
        if typed.endswith("-") and signs and len(signs) % 5 == 0:
            grouped += "-"
        if grouped != typed:
            self.setText(grouped)


class Recovering(QWidget):
    """Tells the recovery code and the new passphrase once both can be used."""

    entered = Signal(str, str)
    left = Signal()

    def __init__(self, refused: str = "") -> None:
        super().__init__()
        inside = QWidget()
        in_the_middle(self, inside, 34)
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Use the recovery code"), "huge", wrap=True))
        column.addWidget(
            label(_("Copy the code from your recovery sheet, and choose a new passphrase."), "muted", wrap=True)
        )
        self._code = CodeField()
        self._refusal = label(refused, "refusal", wrap=True)
        self._refusal.setVisible(bool(refused))
        self._new = NewPassphrase(name=_("New passphrase"))
        heading = label(_("Recovery code"), "small")
        heading.setBuddy(self._code)
        column.addWidget(heading)
        column.addWidget(self._code)
        column.addWidget(self._refusal)
        column.addSpacing(theme.pixels(0.3))
        column.addWidget(label(_("New passphrase"), "small"))
        column.addWidget(self._new)
        back = button(_("Back"))
        back.clicked.connect(self.left)
        self._go = button(_("Set the passphrase and open"), "primary")
        self._go.clicked.connect(self._enter)
        self._new.entered.connect(self._enter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self._go)
        column.addLayout(row)
        self._code.textChanged.connect(self._check)
        self._new.changed.connect(self._check)
        self._check()
        self.setFocusProxy(self._code)

    def _check(self) -> None:
        from esf_desktop.workspace import recovery_code

        typed, complete = self._code.text(), False
        try:
            recovery_code.read(typed)
            complete, words = True, ""
        except recovery_code.IncompleteCodeError:
            words = ""
        except EsfError as error:
            words = error.sentence()
        if typed:
            self._refusal.setText(words)
            self._refusal.setVisible(bool(words))
            self._code.setAccessibleDescription(words)
        self._go.setEnabled(complete and self._new.usable)

    def _enter(self) -> None:
        if self._go.isEnabled():
            self._go.setEnabled(False)
            self.entered.emit(self._code.text(), self._new.text)
