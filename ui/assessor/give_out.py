"""Giving out one sheet alone: what it is good for, with which key it is signed, and where it lies."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui import theme
from ui.assessor.card_dialog import CardDialog
from ui.desk import Desk, now
from ui.tasks import Task
from ui.widgets.fitting import fit
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.signing.cms import Signer
    from esf_desktop.signing.smartcard import CardKey


class GiveOut(QDialog):
    """Writes the sheet of one application as a PDF with a signature of its own."""

    written = Signal(object)
    """The path of the file."""

    def __init__(self, parent: QWidget, desk: Desk, application: ApplicationId) -> None:
        from esf_desktop.assessor import signed_sheet

        super().__init__(parent)
        self._desk, self._application = desk, application
        self._card: CardDialog | None = None
        known = desk.workspace.application(application)
        self.setWindowTitle(_("Give out a signed sheet"))
        self.setMinimumWidth(theme.pixels(36))
        column = QVBoxLayout(self)
        side = theme.pixels(1.5)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(f"{known.id}  {known.project_name}", "title", wrap=True))
        said = _(
            "The sheet becomes a PDF that carries your signature, and anybody can check it in a PDF reader. It goes to "
            "nobody by itself, and does not take the place of the bundle to the secretariat."
        )
        column.addWidget(label(said, wrap=True))
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setPlaceholderText(_("Passphrase"))
        self._passphrase.setAccessibleName(_("Passphrase"))
        self._passphrase.setVisible(desk.workspace.encrypted)
        column.addWidget(self._passphrase)
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        column.addWidget(line())
        feet = QHBoxLayout()
        cancel, self._with_card = button(_("Cancel")), button(_("Sign with a card…"))
        self._save = button(_("Sign and save…"), "primary")
        cancel.clicked.connect(self.reject)
        self._with_card.clicked.connect(self._ask_for_card)
        self._save.clicked.connect(self._ask_where)
        feet.addWidget(self._with_card)
        feet.addStretch(1)
        feet.addWidget(cancel)
        feet.addWidget(self._save)
        column.addLayout(feet)
        if not signed_sheet.can_be_given_out(desk.workspace, application):
            self._refuse(signed_sheet.NotSignedError())
            for part in (self._save, self._with_card, self._passphrase):
                part.setEnabled(False)
        (self._passphrase if desk.workspace.encrypted else self._save).setFocus()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def write(self, target: Path) -> None:
        """Sign with the desk's own key and write the file."""
        workspace, passphrase = self._desk.workspace, self._passphrase.text() or None
        self._passphrase.clear()

        def work(task: Task) -> None:
            from esf_desktop.assessor import identity

            self._write(identity.signing_key(workspace, passphrase, at=now()), target)

        self._run(work, target)

    def write_with_card(self, target: Path, key: "CardKey", pin: str) -> None:
        """Sign with a card and write the file."""
        workspace = self._desk.workspace

        def work(task: Task) -> None:
            from esf_desktop.assessor import export
            from esf_desktop.signing import smartcard

            with smartcard.opened_card(key, pin) as signer:
                export.check_owner(workspace, signer)
                self._write(signer, target)

        self._run(work, target)

    def _write(self, signer: "Signer", target: Path) -> None:
        from esf_desktop.assessor import signed_sheet

        signed_sheet.write(self._desk.workspace, target, self._application, signer, at=now())

    def _run(self, work: "Callable[[Task], None]", target: Path) -> None:
        self._refusal.hide()

        def done(_nothing: None) -> None:
            if self._card is not None:
                self._card.accept()
            self._desk.announced.emit(_("“{file}” is written.").format(file=target.name))
            self.written.emit(target)
            self.accept()

        self._desk.tasks.run(work, owner=self, done=done, failed=self._refuse)

    def _refuse(self, error: Exception) -> bool:
        if self._card is not None:
            return self._card.refuse(error)
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        self._refusal.show()
        fit(self)
        return True

    def _ask_for_card(self) -> None:
        self._card = CardDialog(self, self._desk.tasks, _("Sign and save…"))
        self._card.chosen.connect(self._card_chosen)
        self._card.finished.connect(self._forget_card)
        self._card.open()

    def _forget_card(self) -> None:
        self._card = None

    def _card_chosen(self, key: "CardKey", pin: str) -> None:
        if target := self._where():
            self.write_with_card(target, key, pin)

    def _ask_where(self) -> None:
        if target := self._where():
            self.write(target)

    def _where(self) -> Path | None:
        from esf_desktop.assessor import signed_sheet

        proposed = signed_sheet.name_of(self._desk.workspace, self._application)
        name, _kind = QFileDialog.getSaveFileName(self, _("Give out a signed sheet"), proposed, "PDF (*.pdf)")
        return Path(name) if name else None
