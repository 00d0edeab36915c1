"""A calm sentence in the place of a document's pages, with a field when a password would open it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import label


class DocumentMessage(QWidget):
    """Says why there is nothing to read."""

    password_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words = label("", "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_("The document's password"))
        self.password.setAccessibleName(_("The document's password"))
        self.password.returnPressed.connect(self._open)
        self._unlock = QPushButton(_("Open"))
        self._unlock.clicked.connect(self._open)
        row = QHBoxLayout()
        self.password.setMaximumWidth(theme.pixels(15))
        row.addStretch(1)
        row.addWidget(self.password)
        row.addWidget(self._unlock)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addLayout(row)
        column.addStretch(3)

    def say(self, sentence: str, *, locked: bool = False) -> None:
        """Show the sentence, and ask for a password when one would help."""
        self._words.setText(sentence)
        self._fit()
        self.setAccessibleName(sentence)
        self.password.clear()
        self.password.setVisible(locked)
        self._unlock.setVisible(locked)

    def take_focus(self) -> None:
        """Give the keyboard to the field, when there is one."""
        (self.password if self.password.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep the words in lines that are good to read, where there is room."""
        width = max(theme.pixels(6), min(theme.pixels(22), self.width() - theme.pixels(2)))
        self._words.setFixedSize(width, self._words.heightForWidth(width))

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._words.text()

    def _open(self) -> None:
        if self.password.text():
            self.password_typed.emit(self.password.text())
