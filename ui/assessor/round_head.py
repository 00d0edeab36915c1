"""The top of the round: whose call it is, until when, how far one has come, how long the rest takes, and the way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from esf_desktop import formatting, pace
from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Call
from ui import theme
from ui.desk import Desk, today
from ui.formatting import days_left, time_left
from ui.widgets.flow import Flow
from ui.widgets.plain import area, button, label

URGENT = 3
"""Days to the deadline from which it is said more strongly."""


class RoundHead(QWidget):
    """Shows the round as a whole; tells when a person goes on with an application, or wants another round."""

    opened = Signal(str)
    turned = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._next: ApplicationId | None = None
        self._low: bool | None = None
        ground = area("window")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        self._column = QVBoxLayout(ground)
        self._body, self._title = label("", "small", wrap=True), label("", "huge", wrap=True)
        self._deadline = label("", "muted", wrap=True)
        self._turn = button("", "link")
        self._turn.clicked.connect(self.turned)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._count = label("", "strong")
        self._left = label("", "muted")
        self._coming = label("", "muted")
        self.go_on = button(_("Continue"), "primary")
        self.go_on.clicked.connect(self._continue)
        self._onward = QWidget()
        onward = QHBoxLayout(self._onward)
        onward.setContentsMargins(0, 0, 0, 0)
        onward.setSpacing(theme.pixels(1.0))
        onward.addWidget(self._coming)
        onward.addWidget(self.go_on)
        self._said = QWidget()
        said = Flow(self._count, self._left, gap=theme.pixels(0.7), spread=False)
        self._said.setLayout(said)
        top = QHBoxLayout()
        top.addWidget(self._body, 1)
        top.addWidget(self._turn)
        self._upper, self._middle, self._below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._middle, self._below):
            row.setSpacing(theme.pixels(1.0))
        self._upper.addWidget(self._title, 1)
        self._middle.addWidget(self._deadline, 1)
        self._column.addLayout(top)
        self._column.addLayout(self._upper)
        self._column.addLayout(self._middle)
        self._column.addSpacing(theme.pixels(0.4))
        self._column.addWidget(self._progress)
        self._column.addLayout(self._below)
        self.squeeze(False)

    def squeeze(self, low: bool) -> None:
        """Take less room where the window is low for its text: the way on beside the title, and no count."""
        side, over, under = theme.pixels(2.8), theme.pixels(0.7 if low else 2.0), theme.pixels(0.9 if low else 1.7)
        self._column.setContentsMargins(side, over, side, under)
        self._column.setSpacing(theme.pixels(0.2 if low else 0.4))
        self._body.setVisible(not low and bool(self._body.text()))
        self._coming.setVisible(not low)
        self._count.setVisible(not low)
        if low == self._low:
            return
        self._low = low
        said, onward = (self._middle, self._upper) if low else (self._below, self._below)
        said.addWidget(self._said, 0 if low else 1, Qt.AlignmentFlag.AlignVCenter)
        onward.addWidget(self._onward)

    def show_round(self, call: Call, states: dict[ApplicationId, State], projects: dict[ApplicationId, str]) -> None:
        """Show how it stands."""
        self._title.setText(call.title)
        self._body.setText(" · ".join(part for part in (call.body, call.diary_number) if part))
        self._body.setVisible(bool(self._body.text()) and not self._coming.isHidden())
        others = len(self._desk.workspace.rounds()) - 1
        self._turn.setText(_("Change round…"))
        self._turn.setVisible(others > 0)
        self._show_deadline(call)
        done = sum(state.finished for state in states.values())
        self._progress.setRange(0, len(states))
        self._progress.setValue(done)
        words = _("{n} of {m} done").format(n=done, m=len(states))
        self._progress.setAccessibleName(words)
        self._count.setText(words)
        self._show_time(states)
        self._next = next((application for application in projects if not states[application].finished), None)
        self.go_on.setVisible(self._next is not None)
        started = any(state is not State.NOT_STARTED for state in states.values())
        self.go_on.setText(_("Continue") if started else _("Begin"))
        project = projects[self._next] if self._next else ""
        coming = _("Next: {project}").format(project=project) if self._next else _("Everything is assessed.")
        self._coming.setText(coming)
        self.go_on.setAccessibleDescription(coming)
        self.go_on.setToolTip(coming)

    def _show_deadline(self, call: Call) -> None:
        urgent = False
        if call.deadline is None:
            self._deadline.setText(_("No deadline"))
        else:
            day, left = formatting.day(call.deadline), days_left(call.deadline, today())
            self._deadline.setText(_("To be signed by {day} · {left}").format(day=day, left=left))
            urgent = (call.deadline - today()).days <= URGENT
        role = "urgent" if urgent else "muted"
        if self._deadline.property("role") != role:
            self._deadline.setProperty("role", role)
            self._deadline.style().polish(self._deadline)

    def _show_time(self, states: dict[ApplicationId, State]) -> None:
        by_hand = [a for a, state in states.items() if state.finished and state is not State.RECUSED]
        left = [a for a, state in states.items() if not state.finished]
        rest = pace.time_left(pace.spent(self._desk.workspace.moments()), by_hand, left) if left else None
        self._left.setText("" if rest is None else time_left(rest))
        self._left.setToolTip(_("From the median of the time you have worked on each that is done."))
        self._left.setVisible(rest is not None)

    def _continue(self) -> None:
        if self._next is not None:
            self.opened.emit(self._next)
