"""Who can read the bundles: the public age keys that the call names, and a way to make one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.widgets.plain import button, label
from ui.widgets.saving_edit import SavingEdit


class EncryptionPart(QWidget):
    """A line for each key; what is no key is told of and not saved."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.pixels(0.4), 0, 0)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Encryption of the bundles"), "title"))
        said = _("Public age keys, one on each line and two at most: the secretariat's, and one for recovery.")
        column.addWidget(label(said, "muted", wrap=True))
        self._recipients = SavingEdit(self._keep, name=_("Public age keys"), hint="age1…", lines=2)
        column.addWidget(self._recipients)
        self._problem = label("", "refusal", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        made = button(_("Make an age key…"))
        made.clicked.connect(self._make)
        column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Read the draft again."""
        self._recipients.show_text("\n".join(self._desk.draft.recipients))

    def flush(self) -> bool:
        """Save what was typed; False when it is no key."""
        return self._recipients.flush()

    def _keep(self, text: str) -> bool:
        from esf_desktop.signing.encryption import checked_recipients

        given = [line.strip() for line in text.split("\n") if line.strip()]
        try:
            checked = checked_recipients(given) if given else ()
        except EsfError as error:
            self._tell(error)
            return False
        self._problem.hide()
        return self._desk.set(recipients=checked)

    def _make(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Make an age key…"), str(self._desk.folder / "register.agekey"), "*.agekey"
        )
        if not name:
            return
        from esf_desktop.secretariat.drafting import keys

        try:
            recipient = keys.make_age_key(Path(name))
        except EsfError as error:
            self._tell(error)
            return
        self._problem.hide()
        self._desk.set(recipients=(*self._desk.draft.recipients, recipient)[-2:])

    def _tell(self, error: EsfError) -> None:
        self._problem.setText(error.sentence())
        self._problem.show()
