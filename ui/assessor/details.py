"""Who works at this desk, and the file that introduces the person's key to the secretariat."""

import platform
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.files import safe_name
from esf_desktop.i18n import _
from esf_desktop.model import replace
from ui import theme
from ui.desk import Desk, now
from ui.tasks import Task
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.fitting import fit
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.model import Assessor
    from esf_desktop.signing.smartcard import CardKey
    from ui.assessor.card_dialog import CardDialog


class Details(QDialog):
    """Shows and changes the person's details; makes the enrolment file."""

    enrolled = Signal(object)
    """The path of the enrolment file that was written."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Your details"))
        self.setMinimumWidth(theme.pixels(36))
        known = desk.workspace.assessor()
        self._name, self._organisation, self._email = (
            QLineEdit(text) for text in ((known.name, known.organisation, known.email) if known else ("", "", ""))
        )
        form = QFormLayout()
        form.setSpacing(theme.pixels(0.6))
        for title, field in (
            (_("Name"), self._name),
            (_("Organisation"), self._organisation),
            (_("E-mail"), self._email),
        ):
            field.setAccessibleName(title)
            form.addRow(title, field)
        self._name.textChanged.connect(self._check)
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setAccessibleName(_("Passphrase"))
        if desk.workspace.encrypted:
            form.addRow(_("Passphrase"), self._passphrase)
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        self._fingerprints = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.8))
        column.addLayout(form)
        column.addWidget(line())
        explanation = _(
            "The secretariat must know your key. Save the enrolment file, send it, and read out the fingerprint over "
            "the telephone."
        )
        column.addWidget(label(explanation, "muted", wrap=True))
        column.addLayout(self._fingerprints)
        column.addWidget(self._refusal)
        feet = QHBoxLayout()
        self._enrol = button(_("Save enrolment file…"))
        self._enrol.clicked.connect(self._save_enrolment)
        self._save = button(_("Save"), "primary")
        self._save.clicked.connect(self._save_and_close)
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        self._card = button(_("Enrol a card…"))
        self._card.clicked.connect(self._ask_for_card)
        feet.addWidget(self._enrol)
        feet.addWidget(self._card)
        feet.addStretch(1)
        feet.addWidget(close)
        feet.addWidget(self._save)
        column.addLayout(feet)
        self._check()
        self._show_known()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def enrol(self, target: Path) -> None:
        """Write the enrolment file there, with a key that is made when it is missing."""
        if not self._introduce():
            return
        workspace, passphrase = self._desk.workspace, self._passphrase.text() or None
        self._refusal.hide()

        def work(task: Task) -> str:
            from esf_desktop.assessor import identity

            key = identity.signing_key(workspace, passphrase, at=now())
            identity.enrolment(workspace, key, target, device=platform.node(), at=now())
            return key.fingerprint

        self._desk.tasks.run(work, owner=self, done=lambda made: self._done(made, target), failed=self._refused)

    def enrol_card(self, dialog: "CardDialog", key: "CardKey", pin: str, target: Path) -> None:
        """Write the enrolment file of a card there."""
        if not self._introduce():
            return
        workspace = self._desk.workspace

        def work(task: Task) -> str:
            from esf_desktop.assessor import identity
            from esf_desktop.signing import smartcard

            with smartcard.opened_card(key, pin) as signer:
                identity.enrolment(workspace, signer, target, device=key.card, at=now())
            return key.fingerprint

        def done(fingerprint: str) -> None:
            dialog.accept()
            self._done(fingerprint, target)

        self._desk.tasks.run(work, owner=dialog, done=done, failed=dialog.refuse)

    def show_fingerprint(self, fingerprint: str) -> None:
        """Show the fingerprint to read out; the last one that was made is the one in question."""
        clear(self._fingerprints)
        self._fingerprints.addWidget(label(_("Your key’s fingerprint, to read out"), "strong"))
        self._fingerprints.addWidget(Fingerprint(fingerprint))
        fit(self)

    def _done(self, fingerprint: str, target: Path) -> None:
        self.show_fingerprint(fingerprint)
        self.enrolled.emit(target)

    def _ask_for_card(self) -> None:
        from ui.assessor.card_dialog import CardDialog

        dialog = CardDialog(self, self._desk.tasks, _("Save enrolment file…"))
        dialog.chosen.connect(lambda key, pin: self._card_chosen(dialog, key, pin))
        dialog.open()

    def _card_chosen(self, dialog: "CardDialog", key: "CardKey", pin: str) -> None:
        if target := self._where(f"{self._name.text().strip()} ({key.card})"):
            self.enrol_card(dialog, key, pin, target)

    def _show_known(self) -> None:
        from esf_desktop.assessor.identity import introduced

        if known := introduced(self._desk.workspace):
            self.show_fingerprint(known[-1])

    def _save_enrolment(self) -> None:
        if target := self._where(self._name.text().strip()):
            self.enrol(target)

    def _where(self, name: str) -> Path | None:
        proposed = safe_name(name) + ".esfenrol"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save enrolment file"), proposed, "*.esfenrol")
        return Path(chosen) if chosen else None

    def _save_and_close(self) -> None:
        if self._introduce():
            self.accept()

    def _introduce(self) -> bool:
        from esf_desktop.assessor import identity

        person = self._person()
        return person == self._desk.workspace.assessor() or self._desk.do(identity.introduce, person) is not None

    def _person(self) -> "Assessor":
        from esf_desktop.assessor.identity import new_assessor

        said = new_assessor(self._name.text(), self._organisation.text(), self._email.text())
        known = self._desk.workspace.assessor()
        return replace(said, id=known.id) if known else said

    def _check(self) -> None:
        named = bool(self._name.text().strip())
        for part in (self._save, self._enrol, self._card):
            part.setEnabled(named)

    def _refused(self, error: Exception) -> bool:
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        self._refusal.show()
        fit(self)
        return True
