"""Opening a register that lies on a server: which server, which database, and who asks."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui import theme
from ui.widgets.fitting import fit
from ui.widgets.plain import button, label, line


class ServerDialog(QDialog):
    """Asks for the address of a register, part by part or whole."""

    chosen = Signal(str, str)
    """The address, without a password, and the password, which may be empty."""

    def __init__(self, parent: QWidget, address: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Register on a server"))
        column = QVBoxLayout(self)
        side = theme.pixels(1.6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Open a register on a server"), "title", wrap=True))
        said = _(
            "Several officers can work in it at the same time. Whoever runs the server gives you these words; "
            "an empty database becomes a new register."
        )
        column.addWidget(label(said, "muted", wrap=True))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._server = self._field(form, _("Server"), _("Its name, or a whole address: postgresql://…"))
        self._database = self._field(form, _("Database"))
        self._user = self._field(form, _("Your name there"))
        self._password = self._field(form, _("Password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        column.addLayout(form)
        self._problem = label("", "refusal", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addWidget(line())
        feet = QHBoxLayout()
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self._open = button(_("Open the register"), "primary")
        self._open.setDefault(True)
        self._open.clicked.connect(self._choose)
        feet.addStretch(1)
        feet.addWidget(cancel)
        feet.addWidget(self._open)
        column.addLayout(feet)
        for edit in (self._server, self._database):
            edit.textChanged.connect(self._check)
        self._server.editingFinished.connect(lambda: self._take_apart(self._server.text()))
        self._take_apart(address)
        self._check()
        self.setMinimumWidth(theme.pixels(32))
        (self._password if address else self._server).setFocus()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _field(self, form: QFormLayout, name: str, placeholder: str = "") -> QLineEdit:
        edit = QLineEdit()
        edit.setAccessibleName(name)
        edit.setPlaceholderText(placeholder)
        form.addRow(name, edit)
        return edit

    def _take_apart(self, text: str) -> None:
        """Put the parts of a whole address, such as one that was pasted, into their fields."""
        from esf_desktop.secretariat.server import Address, is_address

        if not is_address(text):
            return
        try:
            address = Address.read(text)
        except EsfError:
            return
        self._server.setText(address.where)
        for edit, part in (
            (self._database, address.url.database),
            (self._user, address.url.username),
            (self._password, address.url.password),
        ):
            if part:
                edit.setText(str(part))

    def _check(self) -> None:
        self._open.setEnabled(bool(self._server.text().strip() and self._database.text().strip()))

    def _choose(self) -> None:
        from esf_desktop.secretariat.server import Address

        self._take_apart(self._server.text())
        try:
            address = Address.of(self._server.text(), self._database.text(), self._user.text())
        except EsfError as problem:
            self._problem.setText(problem.sentence())
            self._problem.show()
            fit(self)
            return
        password = self._password.text()
        self._password.clear()
        self.accept()
        self.chosen.emit(str(address), password)
