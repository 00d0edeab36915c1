"""The calm question before a key is trusted: is this the fingerprint that the person reads out?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.fitting import Body, fit
from ui.widgets.plain import button, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.inbox import WaitingEnrolment
    from esf_desktop.secretariat.register import Enrolled


class CompareFingerprint(QDialog):
    """Tells whether the fingerprints agreed; closing it decides nothing."""

    agreed = Signal(bool)
    """The key is to be trusted; whether it takes the place of the person's earlier ones."""
    differed = Signal()

    def __init__(self, parent: QWidget, one: "WaitingEnrolment", earlier: "Sequence[Enrolled]") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Compare the fingerprint"))
        outer = QVBoxLayout(self)
        side = theme.pixels(1.8)
        outer.setContentsMargins(side, side, side, side)
        outer.setSpacing(theme.pixels(0.8))
        body = Body(theme.pixels(38) - 2 * side)
        outer.addWidget(body)
        column = body.column
        column.setSpacing(theme.pixels(0.8))
        column.addWidget(label(one.name, "huge", wrap=True))
        about = " · ".join(part for part in (one.organisation, one.device) if part)
        if about:
            column.addWidget(label(about, "muted", wrap=True))
        said = _(
            "Reach the person in a way that you know already. Let them read the fingerprint from their own screen "
            "(File, Your details), and follow it here, line by line."
        )
        column.addWidget(label(said, wrap=True))
        column.addWidget(Fingerprint(one.fingerprint))
        column.addWidget(label(_("One group that differs is enough: then the key must not be trusted."), "muted"))
        self._replaces: Choice | None = None
        if earlier:
            self._ask_about_earlier(column, len(earlier))
        outer.addWidget(line())
        feet = QHBoxLayout()
        later, differs = button(_("Decide later")), button(_("They differ"))
        same = button(_("They are the same: trust it"), "primary")
        later.clicked.connect(self.reject)
        differs.clicked.connect(self._differ)
        same.clicked.connect(self._agree)
        feet.addWidget(later)
        feet.addStretch(1)
        feet.addWidget(differs)
        feet.addWidget(same)
        outer.addLayout(feet)
        self.setMinimumWidth(theme.pixels(38))
        later.setFocus()  # so that a hurried Enter trusts nobody
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def _ask_about_earlier(self, column: QVBoxLayout, count: int) -> None:
        words = plural(
            "This person has {n} trusted key already. Ask which it is:",
            "This person has {n} trusted keys already. Ask which it is:",
            count,
        )
        column.addWidget(label(words.format(n=count), "strong", wrap=True))
        keep = Choice(_("Another computer or card: the earlier key is trusted as well"), mark=True)
        self._replaces = Choice(_("A new key in place of the old: the earlier key is blocked"), mark=True)
        either = QButtonGroup(self)
        for choice in (keep, self._replaces):
            either.addButton(choice)
            column.addWidget(choice)
        keep.setChecked(True)

    def _agree(self) -> None:
        self.agreed.emit(self._replaces is not None and self._replaces.isChecked())
        self.accept()

    def _differ(self) -> None:
        self.differed.emit()
        self.accept()
