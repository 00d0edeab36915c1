"""Who works at this desk, and the file that introduces the person's key to the secretariat."""

import platform
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.files import safe_name
from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from esf_desktop.model import replace
from ui import theme
from ui.desk import Desk, now
from ui.tasks import Task
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.model import Assessor


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
        self._fingerprint = label("", wrap=True)
        self._fingerprint.setFont(theme.code_font(1.0))
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._fingerprint.hide()
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.8))
        column.addLayout(form)
        column.addWidget(line())
        explanation = _(
            "The secretariat must know your key. Save the enrolment file, send it, and read out the fingerprint over "
            "the telephone."
        )
        column.addWidget(label(explanation, "muted", wrap=True))
        column.addWidget(self._fingerprint)
        column.addWidget(self._refusal)
        feet = QHBoxLayout()
        self._enrol = button(_("Save enrolment file…"))
        self._enrol.clicked.connect(self._save_enrolment)
        self._save = button(_("Save"), "primary")
        self._save.clicked.connect(self._save_and_close)
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        feet.addWidget(self._enrol)
        feet.addStretch(1)
        feet.addWidget(close)
        feet.addWidget(self._save)
        column.addLayout(feet)
        self._check()
        self.finished.connect(self.deleteLater)

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

        def done(fingerprint: str) -> None:
            self._fingerprint.setText(groups(fingerprint))
            self._fingerprint.show()
            self.adjustSize()
            self.enrolled.emit(target)

        self._desk.tasks.run(work, owner=self, done=done, failed=self._refused)

    def _save_enrolment(self) -> None:
        proposed = safe_name(self._name.text().strip()) + ".esfenrol"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save enrolment file"), proposed, "*.esfenrol")
        if chosen:
            self.enrol(Path(chosen))

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
        self._save.setEnabled(named)
        self._enrol.setEnabled(named)

    def _refused(self, error: Exception) -> bool:
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        self._refusal.show()
        self.adjustSize()
        return True
