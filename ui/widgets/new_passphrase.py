"""The field for a new passphrase: six words are proposed, one's own is judged honestly while it is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop import passphrases
from esf_desktop.i18n import _
from esf_desktop.passphrases import Strength
from ui import theme
from ui.widgets.plain import button, label


class NewPassphrase(QWidget):
    """Shows what is typed, so that nothing has to be typed twice; `usable` once it is long enough."""

    changed = Signal()
    entered = Signal()
    """Enter was pressed on a usable passphrase."""

    def __init__(self, *, proposed: bool = True, name: str = "") -> None:
        super().__init__()
        self._proposal = passphrases.propose() if proposed else ""
        self._field = QLineEdit(self._proposal)
        self._field.setAccessibleName(name or _("Passphrase"))
        self._strength = label("", "small", wrap=True)
        again = button(_("Propose another"), "link")
        again.clicked.connect(self._propose)
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.5))
        row.addWidget(self._strength, 1)
        row.addWidget(again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.35))
        column.addWidget(self._field)
        column.addLayout(row)
        self._field.textChanged.connect(self._judge)
        self._field.returnPressed.connect(self._enter)
        self.setFocusProxy(self._field)
        self._judge()

    @property
    def text(self) -> str:
        """The passphrase as it stands."""
        return passphrases.normal(self._field.text())

    @property
    def usable(self) -> bool:
        """Whether it is long enough to be one."""
        return passphrases.strength(self.text) is not Strength.SHORT

    def set_text(self, text: str) -> None:
        """Put a passphrase in the field."""
        self._field.setText(text)

    def clear(self) -> None:
        """Forget what was typed."""
        self._proposal = ""
        self._field.clear()

    def _propose(self) -> None:
        self._proposal = passphrases.propose()
        self._field.setText(self._proposal)

    def _judge(self) -> None:
        if self._proposal and self.text == self._proposal:
            words = _(
                "Six words chosen at random from nine thousand. Nobody can guess it in our lifetime. Write it down."
            )
        else:
            words = passphrases.strength(self.text).sentence() if self.text else ""
        self._strength.setText(words)
        self._field.setAccessibleDescription(words)
        self.changed.emit()

    def _enter(self) -> None:
        if self.usable:
            self.entered.emit()
