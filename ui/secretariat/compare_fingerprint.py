"""The calm question before a key is trusted: is this the fingerprint that the person reads out?"""

from typing import TYPE_CHECKING, NamedTuple

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
    from esf_desktop.secretariat.inbox import WaitingCall, WaitingEnrolment


class Question(NamedTuple):
    """Whose key it is, how its holder is reached, the fingerprint, and how many keys of theirs are trusted already."""

    whose: str
    about: str
    said: str
    fingerprint: str
    earlier: int = 0


def of_person(one: "WaitingEnrolment", earlier: int) -> Question:
    """The question about the key that somebody sent to be enrolled."""
    about = " · ".join(part for part in (one.organisation, one.device) if part)
    said = _(
        "Reach the person in a way that you know already. Let them read the fingerprint from their own screen "
        "(File, Your details), and follow it here, line by line."
    )
    return Question(one.name, about, said, one.fingerprint, earlier)


def of_call(one: "WaitingCall") -> Question:
    """The question about the key that signed a version of the call, when it is not the one of before."""
    said = _(
        "The call is signed by another key than before. Reach the person who keeps the secretariat’s keys in a way "
        "that you know already, let them read the fingerprint, and follow it here, line by line."
    )
    return Question(_("The secretariat’s new key"), one.file, said, one.fingerprint)


class CompareFingerprint(QDialog):
    """Tells whether the fingerprints agreed; closing it decides nothing."""

    agreed = Signal(bool)
    """The key is to be trusted; whether it takes the place of the person's earlier ones."""
    differed = Signal()

    def __init__(self, parent: QWidget, question: Question) -> None:
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
        column.addWidget(label(question.whose, "huge", wrap=True))
        if question.about:
            column.addWidget(label(question.about, "muted", wrap=True))
        column.addWidget(label(question.said, wrap=True))
        column.addWidget(Fingerprint(question.fingerprint))
        column.addWidget(label(_("One group that differs is enough: then the key must not be trusted."), "muted"))
        self._replaces: Choice | None = None
        if question.earlier:
            self._ask_about_earlier(column, question.earlier)
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
