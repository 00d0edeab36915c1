"""One more reader: which applications need one by the call's rule, and appointing somebody, or taking it back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, AssessorId, Call, UnsetType
from ui import theme
from ui.desk import now
from ui.secretariat.officer import officer
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolling
from ui.widgets.flow import Flow
from ui.widgets.plain import button, clear, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.appointments import Appointed, Wanted
    from esf_desktop.secretariat.compare import Comparison, Line

WIDTH = 64


class ReadersView(QWidget):
    """A card for each application that needs one more reader or was given one."""

    application_wanted = Signal(object)

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("One more reader"), "huge"))
        self._rule, self._count = label("", "muted", wrap=True), label("", "strong", wrap=True)
        column.addWidget(self._rule)
        column.addWidget(self._count)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.pixels(0.8))
        column.addLayout(self._cards)
        self._other = QVBoxLayout()
        column.addSpacing(theme.pixels(0.8))
        column.addLayout(self._other)
        column.addStretch(1)

    def show_comparison(self, comparison: "Comparison") -> None:
        """Show who needs one more, and who has been appointed."""
        from esf_desktop.secretariat.appointments import appointed, wanted

        found = wanted(comparison, appointed(self._desk.register))
        lines = {line.application.id: line for line in comparison.lines}
        self._rule.setText(rule_words(comparison.call))
        waiting = sum(one.needs_one for one in found)
        self._count.setText(
            plural("{n} application needs one more reader.", "{n} applications need one more reader.", waiting).format(
                n=waiting
            )
            if found
            else _("No application needs one more reader.")
        )
        clear(self._cards)
        for one in found:
            self._cards.addWidget(self._card(comparison, lines[one.application], one))
        clear(self._other)
        self._add_other(comparison)

    def _card(self, comparison: "Comparison", line: "Line", one: "Wanted") -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*(theme.pixels(0.9),) * 4)
        column.setSpacing(theme.pixels(0.4))
        title = button(f"{line.application.id} {line.application.project_name}", "link")
        title.clicked.connect(lambda: self.application_wanted.emit(line.application.id))
        column.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
        for reason in one.reasons():
            column.addWidget(label(reason, wrap=True))
        for given in one.appointed:
            column.addWidget(self._given(line, given))
        if one.needs_one:
            column.addWidget(self._choice(comparison, line))
        return card

    def _given(self, line: "Line", given: "Appointed") -> QWidget:
        told = given.appointment
        mark = next((r.mark for r in line.readings if r.person.id == told.assessor), None)
        state = _("has delivered") if mark is not None and mark.value == "rated" else mark.word() if mark else ""
        words = _("Appointed {date}: {name}").format(date=given.at[:10], name=told.name)
        said = label(" · ".join(filter(None, (words, told.reason, state))), "strong", wrap=True)
        back = button(_("Take back"), "quiet")
        back.setAccessibleName(
            _("Take back the appointment of {name} to {application}").format(
                name=told.name, application=told.application
            )
        )
        back.clicked.connect(lambda: self._release(told.application, told.assessor))
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(said, 1)
        across.addWidget(back)
        return row

    def _choice(self, comparison: "Comparison", line: "Line") -> QWidget:
        from esf_desktop.secretariat.appointments import candidates

        free = candidates(comparison, self._desk.register.people(), line.application.id)
        if not free:
            return label(_("Everybody who is known reads it already or abstains; enrol one more assessor."), wrap=True)
        who = QComboBox()
        who.setAccessibleName(_("Who is to read {application}").format(application=line.application.id))
        loads = {reading.person.id: 0 for each in comparison.lines for reading in each.readings}
        for each in comparison.lines:
            for reading in each.readings:
                loads[reading.person.id] += reading.mark.value != "not_asked"
        for person in free:
            load = loads.get(person.id, 0)
            words = plural("{name}, reads {n} application", "{name}, reads {n} applications", load)
            who.addItem(words.format(name=person.name, n=load), person.id)
        reason = QLineEdit()
        reason.setPlaceholderText(_("Why, for the log (may be left out)"))
        reason.setAccessibleName(_("Why {application} needs one more").format(application=line.application.id))
        reason.setMinimumWidth(theme.pixels(16))
        appoint = button(_("Appoint"), "primary")
        appoint.setAccessibleName(_("Appoint a reader of {application}").format(application=line.application.id))

        def act() -> None:
            self._appoint(line.application.id, AssessorId(who.currentData()), reason.text())

        appoint.clicked.connect(act)
        reason.returnPressed.connect(act)
        row = QWidget()
        row.setLayout(Flow(who, reason, appoint, spread=False))
        return row

    def _add_other(self, comparison: "Comparison") -> None:
        """An application that needs nobody by the rule can be given one more all the same."""
        lines = [line for line in comparison.lines if not line.withdrawn]
        if not lines:
            return
        self._other.addWidget(label(_("Another application"), "title"))
        which = QComboBox()
        which.setAccessibleName(_("Another application"))
        which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        which.setMinimumContentsLength(20)
        which.addItem(_("Choose an application"), "")
        for line in lines:
            which.addItem(f"{line.application.id} {line.application.project_name}", line.application.id)
        place = QVBoxLayout()
        self._other.addWidget(which)
        self._other.addLayout(place)

        def show() -> None:
            clear(place)
            found = next((line for line in lines if line.application.id == which.currentData()), None)
            if found is not None:
                place.addWidget(self._choice(comparison, found))

        which.activated.connect(show)

    def _appoint(self, application: ApplicationId, assessor: AssessorId, reason: str) -> None:
        from esf_desktop.secretariat.appointments import appoint

        done = self._desk.decide(
            lambda register: appoint(register, application, assessor, at=now(), by=officer(), reason=reason)
        )
        if done is not None:
            (made,) = done
            self._desk.announced.emit(
                _("{name} is appointed to read {application}.").format(
                    name=made.appointment.name, application=application
                )
            )

    def _release(self, application: ApplicationId, assessor: AssessorId) -> None:
        from esf_desktop.secretariat.appointments import release

        done = self._desk.decide(lambda register: release(register, application, assessor, at=now(), by=officer()))
        if done is not None:
            (gone,) = done
            self._desk.announced.emit(
                _("{name} is no longer appointed to read {application}.").format(
                    name=gone.appointment.name, application=application
                )
            )


def rule_words(call: Call) -> str:
    """The call's rule in words, and what happens when somebody is appointed."""
    rule = call.third_assessor
    if rule is None:
        said = _("The call has no rule on this; listed is where conflicts of interest leave too few readers.")
    elif isinstance(rule.recommendations_apart, UnsetType):
        said = _("The call's rule: ratings {n} steps apart ask for one more reader.").format(n=rule.steps_apart)
    else:
        said = _(
            "The call's rule: ratings {n} steps apart, or recommendations {m} steps apart, ask for one more reader."
        ).format(n=rule.steps_apart, m=rule.recommendations_apart)
    after = _("Who is appointed stands in the next version of the call.")
    return f"{said} {after}"
