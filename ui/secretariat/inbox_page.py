"""The inbox (Inkorg): the register's call, what came of each file, whose keys wait, and who has delivered what."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.formatting import groups
from esf_desktop.i18n import _, plural
from ui import theme
from ui.desk import now
from ui.secretariat.officer import officer
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolling
from ui.widgets.icon import Icon
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.coverage import Delivery
    from esf_desktop.secretariat.inbox import Received, WaitingEnrolment
    from esf_desktop.secretariat.merge import Row
    from esf_desktop.secretariat.register import Register

ICONS = {"registered": ("met", "met"), "duplicate": ("document", "muted"), "waiting": ("partly", "partly")}

WIDTH = 64
"""Of the column of text, in heights of a letter."""


class InboxPage(QWidget):
    """Shows what has arrived; new files are dropped anywhere in the window."""

    wished = Signal(str)
    """One of: receive, receipts, fingerprints, age_key."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._received: Received | None = None
        self._waiting: tuple[WaitingEnrolment, ...] = ()
        self._column = scrolling(self, WIDTH)
        self._column.setSpacing(theme.pixels(0.5))
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the register again."""
        clear(self._column)
        known = self._desk.register.call()
        call = known.call if known else None
        self._column.addWidget(label(call.title if call else _("Inbox"), "huge", wrap=True))
        about = _("Add the call package first, then the assessors' enrolment files and bundles.")
        if call is not None:
            parts = [call.body, call.id, _("version {n}").format(n=call.call_version)]
            parts += [formatting.day(call.deadline)] if call.deadline else []
            about = " · ".join(part for part in parts if part)
        self._column.addWidget(label(about, "muted", wrap=True))
        buttons = QHBoxLayout()
        receive = button(_("Receive files…"), "primary")
        receive.clicked.connect(lambda: self.wished.emit("receive"))
        receipts = button(_("Write receipts…"))
        receipts.setEnabled(bool(self._desk.register.bundles()))
        receipts.clicked.connect(lambda: self.wished.emit("receipts"))
        buttons.addWidget(receive)
        buttons.addWidget(receipts)
        buttons.addWidget(label(_("or drop files and folders anywhere in this window"), "small", wrap=True), 1)
        self._column.addLayout(buttons)
        self.setFocusProxy(receive)
        self._add_waiting()
        self._add_received()
        self._add_deliveries()
        self._column.addStretch(1)

    def show_received(self, received: "Received") -> None:
        """Show what came of the files that arrived just now."""
        self._received = received
        still = {one.fingerprint: one for one in (*self._waiting, *received.enrolments)}
        self._waiting = tuple(still.values())
        self.refresh()

    def _add_waiting(self) -> None:
        if not self._waiting:
            return
        self._column.addSpacing(theme.pixels(0.8))
        row = QHBoxLayout()
        row.addWidget(label(_("Compare the fingerprint"), "title"), 1)
        printed = button(_("List on paper…"), described=_("All fingerprints as PDF, with a box to tick for each"))
        printed.clicked.connect(lambda: self.wished.emit("fingerprints"))
        row.addWidget(printed)
        self._column.addLayout(row)
        said = _("Telephone each person and compare every group. Trust a key only when all of them are the same.")
        self._column.addWidget(label(said, "muted", wrap=True))
        for one in self._waiting:
            card = QFrame()
            card.setProperty("role", "card")
            inside = QHBoxLayout(card)
            words = QVBoxLayout()
            named = " · ".join(part for part in (one.name, one.organisation, one.device) if part)
            words.addWidget(label(named, "strong", wrap=True))
            shown = label(groups(one.fingerprint), wrap=True)
            shown.setFont(theme.code_font(0.85))
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(shown)
            inside.addLayout(words, 1)
            compare = button(
                _("Compare…"), "primary", described=_("Compare the fingerprint with {name}").format(name=one.name)
            )
            compare.clicked.connect(functools.partial(self._compare, one))
            inside.addWidget(compare)
            self._column.addWidget(card)

    @property
    def rows(self) -> "tuple[Row, ...]":
        """What came of the bundles that arrived just now, those that were refused too."""
        return self._received.rows if self._received is not None else ()

    @property
    def waiting(self) -> tuple[tuple[str, bytes], ...]:
        """The enrolment files that nobody has decided about."""
        return tuple((one.file, one.content) for one in self._waiting)

    def _compare(self, one: "WaitingEnrolment") -> None:
        from ui.secretariat.compare_fingerprint import CompareFingerprint

        known = self._desk.register.enrolled()
        earlier = [other for other in known if other.assessor == one.assessor and other.revoked is None]
        dialog = CompareFingerprint(self, one, earlier)
        dialog.agreed.connect(lambda replaces: self._enrol(one, [k.fingerprint for k in earlier] if replaces else []))
        dialog.differed.connect(lambda: self._decline(one))
        dialog.open()

    def _enrol(self, one: "WaitingEnrolment", replacing: list[str]) -> None:
        from esf_desktop.secretariat import trust

        def work(register: "Register") -> object:
            return trust.enrol(register, one.content, file=one.file, at=now(), by=officer(), replacing=replacing)

        self._decide(one, work, _("{name} is enrolled.").format(name=one.name))

    def _decline(self, one: "WaitingEnrolment") -> None:
        from esf_desktop.secretariat import trust

        said = _("The key is not trusted; tell {name} that the file holds another key.").format(name=one.name)
        self._decide(
            one, lambda register: trust.decline(register, one.content, file=one.file, at=now(), by=officer()), said
        )

    def _decide(self, one: "WaitingEnrolment", work: "Callable[[Register], object]", said: str) -> None:
        def done(_done: object) -> None:
            self._waiting = tuple(other for other in self._waiting if other.fingerprint != one.fingerprint)
            self._desk.announced.emit(said)
            self.refresh()

        self._desk.do(self, work, done)

    def _add_received(self) -> None:
        if self._received is None:
            return
        received = self._received
        self._column.addSpacing(theme.pixels(0.8))
        self._column.addWidget(label(_("What came of the files"), "title"))
        for file, added in received.calls:
            self._add_row("met", "met", file, _("The call, version {n}.").format(n=added.registered.call.call_version))
        for row in received.rows:
            self._add_bundle(row)
        for error in received.refused:
            title = " · ".join(part for part in (getattr(error, "file", ""), _("Refused")) if part)
            self._add_row("warning", "not_met", title, error.sentence())
        if received.encrypted:
            choose = button(_("Choose the age key…"))
            choose.clicked.connect(lambda: self.wished.emit("age_key"))
            self._column.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        if not (received.calls or received.rows or received.refused):
            self._column.addWidget(label(_("Nothing new."), "muted"))

    def _add_bundle(self, row: "Row") -> None:
        icon, colour = ICONS.get(row.outcome.value, ("warning", "not_met"))
        who = f"{row.outcome.word()} · {row.assessor}" if row.assessor else row.outcome.word()
        said = row.sentence()
        self._add_row(icon, colour, f"{row.file} · {who}", "" if said == f"{row.outcome.word()}." else said)

    def _add_row(self, icon: str, colour: str, title: str, sentence: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        row.addWidget(Icon(icon, colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.1))
        words.addWidget(label(title, "strong", wrap=True))
        if sentence:
            words.addWidget(label(sentence, "muted", wrap=True))
        row.addLayout(words, 1)
        self._column.addLayout(row)
        self._column.addWidget(line())

    def _add_deliveries(self) -> None:
        from esf_desktop.secretariat.coverage import deliveries, reminder, thinly_read

        comparison = self._desk.comparison()
        if comparison is None:
            return
        self._column.addSpacing(theme.pixels(0.8))
        self._column.addWidget(label(_("Who has delivered"), "title"))
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.pixels(0.5))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        self._column.addLayout(grid)
        for place, one in enumerate(deliveries(comparison)):
            grid.addWidget(label(one.person.name, "strong", wrap=True), 2 * place, 0)
            grid.addWidget(label(_delivered(one), "muted", wrap=True), 2 * place, 1)
            if one.missing or one.unsettled:
                text = reminder(one, comparison)
                copy = button(_("Copy a reminder"), "link")
                copy.clicked.connect(functools.partial(self._copy, text))
                grid.addWidget(copy, 2 * place, 2)
            grid.addWidget(line(), 2 * place + 1, 0, 1, 3)
        if thin := thinly_read(comparison):
            numbers = ", ".join(line_.application.id for line_ in thin)
            said = plural(
                "{n} application has fewer than two assessments without conflict of interest: {numbers}",
                "{n} applications have fewer than two assessments without conflict of interest: {numbers}",
                len(thin),
            )
            self._column.addWidget(label(said.format(n=len(thin), numbers=numbers), "warning", wrap=True))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.announced.emit(_("The reminder is copied; paste it into a mail."))


def _delivered(one: "Delivery") -> str:
    said = [_("{n} of {m} delivered").format(n=len(one.delivered) + len(one.recused), m=one.asked)]
    if one.recused:
        said.append(_("{n} with conflict of interest").format(n=len(one.recused)))
    if one.unsettled:
        said.append(_("{n} to settle").format(n=len(one.unsettled)))
    return ", ".join(said)
