"""The inbox (Inkorg): the register's call, what came of each file, whose keys wait, and who has delivered what."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.formatting import groups
from esf_desktop.i18n import _, plural
from ui import theme
from ui.desk import now
from ui.secretariat.deliveries import Deliveries
from ui.secretariat.officer import officer
from ui.secretariat.register_desk import RegisterDesk
from ui.secretariat.watching import Watching
from ui.secretariat.what_came import WhatCame
from ui.widgets.columns import scrolling
from ui.widgets.flow import Flow
from ui.widgets.icon import Icon
from ui.widgets.plain import button, clear, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.inbox import Received, WaitingCall, WaitingEnrolment
    from esf_desktop.secretariat.merge import Row
    from esf_desktop.secretariat.register import Register

WIDTH = 64
"""Of the column of text, in heights of a letter."""


class InboxPage(QWidget):
    """Shows what has arrived; new files are dropped anywhere in the window."""

    wished = Signal(str)
    """One of: receive, receipts, fingerprints, age_key, watch, watch_no_more."""

    def __init__(self, desk: RegisterDesk, watching: Watching) -> None:
        super().__init__()
        self._desk, self._watching = desk, watching
        self._received: Received | None = None
        self._waiting: tuple[WaitingEnrolment, ...] = ()
        self._renewed: tuple[WaitingCall, ...] = ()
        self._column = scrolling(self, WIDTH)
        self._column.setSpacing(theme.pixels(0.5))
        desk.changed.connect(self.refresh)
        watching.changed.connect(self.refresh)
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
        receive = button(_("Receive files…"), "primary")
        receive.clicked.connect(lambda: self.wished.emit("receive"))
        receipts = button(_("Write receipts…"))
        receipts.setEnabled(bool(self._desk.register.bundles()))
        receipts.clicked.connect(lambda: self.wished.emit("receipts"))
        watch = button(_("Watch a folder…"))
        watch.clicked.connect(lambda: self.wished.emit("watch"))
        ways = QWidget()
        ways.setLayout(Flow(receive, receipts, watch, spread=False))
        self._column.addWidget(ways)
        receive.setMinimumWidth(receive.sizeHint().width())  # with the focus it would ask for less
        self._column.addWidget(label(_("or drop files and folders anywhere in this window"), "small", wrap=True))
        self._add_watched()
        self.setFocusProxy(receive)
        self._add_waiting()
        self._add_renewed()
        if self._received is not None:
            came = WhatCame(self._received)
            came.age_key_wished.connect(lambda: self.wished.emit("age_key"))
            self._column.addWidget(came)
        self._column.addWidget(Deliveries(self._desk))
        self._column.addStretch(1)

    def show_received(self, received: "Received") -> None:
        """Show what came of the files that arrived just now."""
        from esf_desktop.secretariat.inbox import together

        self._received = together(self._received, received)
        still = {one.fingerprint: one for one in (*self._waiting, *received.enrolments)}
        self._waiting = tuple(still.values())
        self._renewed = tuple({one.fingerprint: one for one in (*self._renewed, *received.renewed)}.values())
        self.refresh()

    def _add_watched(self) -> None:
        folder = self._watching.folder
        if folder is None:
            return
        row = QHBoxLayout()
        row.addWidget(Icon("folder", "muted"))
        said = _("Watching {folder}.").format(folder=folder)
        if count := len(self._watching.unfinished):
            being = plural("{n} file is not whole yet.", "{n} files are not whole yet.", count).format(n=count)
            said = f"{said} {being}"
        row.addWidget(label(said, "muted", wrap=True), 1)
        stop = button(_("Stop watching"), "link")
        stop.clicked.connect(lambda: self.wished.emit("watch_no_more"))
        row.addWidget(stop)
        self._column.addLayout(row)

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
            named = " · ".join(part for part in (one.name, one.organisation, one.device) if part)
            self._add_card(named, one.name, one.fingerprint, functools.partial(self._compare, one))

    def _add_renewed(self) -> None:
        if self._renewed:
            self._column.addSpacing(theme.pixels(0.8))
            self._column.addWidget(label(_("A call that is signed by another key"), "title"))
        for one in self._renewed:
            self._add_card(one.file, one.file, one.fingerprint, functools.partial(self._compare_call, one))

    def _add_card(self, title: str, name: str, fingerprint: str, compare: "Callable[[], None]") -> None:
        card = QFrame()
        card.setProperty("role", "card")
        inside = QHBoxLayout(card)
        words = QVBoxLayout()
        words.addWidget(label(title, "strong", wrap=True))
        shown = label(groups(fingerprint), wrap=True)
        shown.setFont(theme.code_font(0.85))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(shown)
        inside.addLayout(words, 1)
        begin = button(_("Compare…"), "primary", described=_("Compare the fingerprint with {name}").format(name=name))
        begin.clicked.connect(compare)
        inside.addWidget(begin)
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
        from ui.secretariat.compare_fingerprint import CompareFingerprint, of_person

        known = self._desk.register.enrolled()
        earlier = [other for other in known if other.assessor == one.assessor and other.revoked is None]
        dialog = CompareFingerprint(self, of_person(one, len(earlier)))
        dialog.agreed.connect(lambda replaces: self._enrol(one, [k.fingerprint for k in earlier] if replaces else []))
        dialog.differed.connect(lambda: self._decline(one))
        dialog.open()

    def _compare_call(self, one: "WaitingCall") -> None:
        from ui.secretariat.compare_fingerprint import CompareFingerprint, of_call

        dialog = CompareFingerprint(self, of_call(one))
        dialog.agreed.connect(lambda _replaces: self._add_call(one))
        dialog.differed.connect(lambda: self._leave_call(one))
        dialog.open()

    def _add_call(self, one: "WaitingCall") -> None:
        from esf_desktop.secretariat.inbox import received_call

        def added(came: "Received") -> None:
            self._renewed = tuple(other for other in self._renewed if other != one)
            self.show_received(came)

        self._desk.do(self, lambda register: received_call(register, one, at=now()), added)

    def _leave_call(self, one: "WaitingCall") -> None:
        self._renewed = tuple(other for other in self._renewed if other != one)
        self._desk.announced.emit(_("The call is not added; ask the secretariat what has happened to its key."))
        self.refresh()

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
