"""The receipt of a purge, to read, copy and keep as a text file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.files import safe_name
from esf_desktop.i18n import _
from ui import theme
from ui.desk import Desk
from ui.widgets.plain import button

if TYPE_CHECKING:
    from esf_desktop.workspace.fields import Purged


class PurgeReceipt(QDialog):
    """Shows one receipt."""

    def __init__(self, parent: QWidget, desk: Desk, receipt: "Purged") -> None:
        from esf_desktop.assessor.purge_lines import receipt_text

        super().__init__(parent)
        self._desk, self._receipt = desk, receipt
        self.setWindowTitle(_("Purge receipt"))
        text = QPlainTextEdit(receipt_text(receipt))
        text.setReadOnly(True)
        text.setAccessibleName(_("Purge receipt"))
        save = button(_("Save as a text file…"))
        save.clicked.connect(self._ask_where)
        close = button(_("Close"), "primary")
        close.clicked.connect(self.reject)
        feet = QHBoxLayout()
        feet.addWidget(save)
        feet.addStretch(1)
        feet.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(text)
        column.addLayout(feet)
        self.resize(
            min(theme.pixels(46), parent.width()), min(theme.pixels(32), max(parent.height(), theme.pixels(20)))
        )
        self.finished.connect(self.deleteLater)

    def save(self, target: Path) -> None:
        """Write the receipt there, and say so."""
        from esf_desktop.assessor.purge_lines import save_receipt

        try:
            save_receipt(self._receipt, target)
        except EsfError as error:
            self._desk.refused.emit(error)
        else:
            self._desk.announced.emit(_("Saved as {file}").format(file=target.name))

    def _ask_where(self) -> None:
        name = safe_name(f"{_('Purge receipt')} {self._receipt.round}") + ".txt"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the receipt"), str(Path.home() / name))
        if chosen:
            self.save(Path(chosen))
