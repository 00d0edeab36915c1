"""The recovery code as it was just made, with the sheet to keep it on; it is shown this once."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.files import safe_name
from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import button, label


class RecoveryOffer(QWidget):
    """Shows the code and tells where the sheet is wanted."""

    wanted = Signal(object)
    """The path of the sheet that is to be written."""

    def __init__(self, code: str, person: str) -> None:
        super().__init__()
        self._person = person
        groups = code.split("-")
        self._code = label("\n".join("   ".join(groups[at : at + 3]) for at in (0, 3)))
        self._code.setFont(theme.code_font(1.4))
        self._code.setAccessibleName(_("Recovery code"))
        self._code.setAccessibleDescription(", ".join(" ".join(group) for group in groups))
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._said = label("", "small", wrap=True)
        self._said.hide()
        self._save = button(_("Save the recovery sheet…"))
        self._save.clicked.connect(self._ask)
        self._open = button(_("Open to print"), "link")
        self._open.hide()
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addWidget(self._open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(self._code)
        column.addWidget(
            label(
                _("Print the sheet and keep it away from the computer, or copy the code by hand. It is shown once."),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(row)
        column.addWidget(self._said)

    def show_saved(self, target: Path) -> None:
        """Say that the sheet lies there."""
        self._tell(
            _("The sheet is saved as “{file}”. Print it, and then take it off the computer.").format(file=target)
        )
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))))
        self._open.show()

    def show_refusal(self, sentence: str) -> None:
        """Say why the sheet was not written."""
        self._tell(sentence)

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()
        self._save.setAccessibleDescription(words)

    def _ask(self) -> None:
        proposed = safe_name(_("Recovery sheet") + f" {self._person}") + ".pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), proposed, "PDF (*.pdf)")
        if chosen:
            self.wanted.emit(Path(chosen))
