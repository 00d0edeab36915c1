"""Moving an application to a place by its number, with the reason if there is one to give at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.fitting import fit
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from ui.secretariat.order_rows import OrderRow


class MoveTo(QDialog):
    """Tells the place and the reason."""

    confirmed = Signal(int, str)

    def __init__(self, parent: QWidget, row: "OrderRow", count: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Move to a place"))
        column = QVBoxLayout(self)
        side = theme.pixels(1.6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(row.application.project_name, "title", wrap=True))
        column.addWidget(label(f"{row.application.id} · {row.place_words}", "muted", wrap=True))
        self.place = QLineEdit(str(row.place.number))
        self.place.setValidator(QIntValidator(1, count, self.place))
        self.place.setAccessibleName(_("To place"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Why? Now or later."))
        to_place = _("To place, 1 to {n}").format(n=count)
        for words, field in ((to_place, self.place), (_("Reason"), self.reason)):
            named = label(words)
            named.setBuddy(field)
            column.addWidget(named)
            column.addWidget(field)
        column.addWidget(line())
        feet = QHBoxLayout()
        cancel, self._move = button(_("Cancel")), button(_("Move"), "primary")
        cancel.clicked.connect(self.reject)
        self._move.clicked.connect(self._confirm)
        self._move.setDefault(True)
        feet.addStretch(1)
        feet.addWidget(cancel)
        feet.addWidget(self._move)
        column.addLayout(feet)
        self.setMinimumWidth(theme.pixels(28))
        self.place.textChanged.connect(lambda _text: self._move.setEnabled(self.place.hasAcceptableInput()))
        self.place.selectAll()
        self.place.setFocus()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _confirm(self) -> None:
        self.confirmed.emit(int(self.place.text()), self.reason.text())
        self.accept()
