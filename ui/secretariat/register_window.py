"""The secretariat's window over one register: inbox, comparison, basis. Somebody who only assesses never sees it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, CriterionId, Evidence
from ui import errors
from ui.desk import now
from ui.formatting import clock
from ui.guide.opener import Guide
from ui.secretariat import given, remembered, writing_receipts
from ui.secretariat.age_key import ask, beside, reader
from ui.secretariat.balance_page import BalancePage
from ui.secretariat.basis_page import BasisPage
from ui.secretariat.compare_page import ComparePage
from ui.secretariat.consensus_page import ConsensusPage
from ui.secretariat.drafting.call_page import CallPage
from ui.secretariat.inbox_page import InboxPage
from ui.secretariat.proposal_page import ProposalPage
from ui.secretariat.register_desk import RegisterDesk
from ui.secretariat.trust_page import TrustPage
from ui.secretariat.watching import Watching
from ui.tasks import Tasks
from ui.widgets import spoken
from ui.widgets.page_tabs import PageTabs
from ui.widgets.plain import area, label
from ui.widgets.saving_edit import SavingEdit
from ui.widgets.unsaved import close_all_the_same

if TYPE_CHECKING:
    from esf_desktop.model import Call
    from esf_desktop.secretariat.inbox import Received
    from esf_desktop.secretariat.register import Register

ANNOUNCED = 6000
"""Milliseconds that a good sentence stands in the status line."""


class RegisterWindow(QMainWindow):
    """Shows one register; it owns it and closes it."""

    closed = Signal()

    def __init__(self, register: "Register") -> None:
        super().__init__()
        self.setWindowTitle(f"{register.name} – ESF Desktop")
        self.setAcceptDrops(True)
        self.resize(1360, 850)
        self.tasks = Tasks(self)
        self.tasks.failed.connect(lambda error: errors.tell(self, error))
        self.desk = RegisterDesk(register, self.tasks, self)
        self.desk.changed.connect(self.refresh)
        self.desk.saved.connect(lambda at: self._say(_("Saved {time}").format(time=clock(at))))
        self.desk.announced.connect(self._announce)
        self.watching = Watching(self, lambda: self.tasks.busy)
        self.watching.arrived.connect(lambda paths: self.take(paths, watched=True))
        self.guide = Guide(self, lambda: self._stack.currentWidget(), self.closed)
        self._kept = ""
        self._unread: tuple[Path, ...] = ()
        """What was given when something in it could not be decrypted."""
        self._status, self._call = QLabel(), QLabel()
        self._quiet = QTimer(self, singleShot=True, interval=ANNOUNCED)
        self._quiet.timeout.connect(self._show_kept)
        self.build()
        self.watching.watch(remembered.path(self.desk.home, "watched"))

    def build(self) -> None:
        """Make everything anew, in the language and colours of now."""
        before = self._stack.currentWidget() if self.centralWidget() else None
        shown = before.objectName() if before else "inbox"
        self._make_frame()
        self.call = CallPage(self.tasks, _("Add it to this register"), self._known, self.desk.home)
        self.call.signed.connect(lambda package: self.take([package]))
        self.call.announced.connect(self._announce)
        self.call.saved.connect(self.desk.saved)
        self.call.refused.connect(lambda error: errors.tell(self, error))
        self.desk.changed.connect(self.call.refresh)
        self.inbox = InboxPage(self.desk, self.watching)
        self.inbox.wished.connect(self._wish)
        self.compare = ComparePage(self.desk)
        self.consensus = ConsensusPage(self.desk)
        self.compare.consensus_wanted.connect(self._open_consensus)
        self.consensus.evidence_wanted.connect(self._open_evidence)
        self.proposal = ProposalPage(self.desk)
        self.balance = BalancePage(self.desk)
        self.basis = BasisPage(self.desk)
        self.trust = TrustPage(self.desk)
        self.trust.wished.connect(self._wish)
        pages = (
            ("call", _("The call"), self.call),
            ("inbox", _("Inbox"), self.inbox),
            ("compare", _("Compare"), self.compare),
            ("consensus", _("Joint assessment"), self.consensus),
            ("proposal", _("Proposal"), self.proposal),
            ("balance", _("Balance"), self.balance),
            ("basis", _("Basis"), self.basis),
            ("trust", _("Trust"), self.trust),
        )
        view = self._make_menu()
        for place, (name, words, page) in enumerate(pages, start=1):
            page.setObjectName(name)
            self._stack.addWidget(page)
            self._tabs.add(name, words, f"Ctrl+{place}")
            turn = view.addAction(words)
            turn.setShortcut(QKeySequence(f"Ctrl+{place}"))
            turn.triggered.connect(lambda _on=False, name=name: self.show_page(name))
        self.show_page(shown)
        self.refresh()

    def show_page(self, name: str) -> None:
        """Turn to a page by its name."""
        for place in range(self._stack.count()):
            page = self._stack.widget(place)
            if page is not None and page.objectName() == name:
                self._stack.setCurrentIndex(place)
                page.setFocus()
        self._tabs.mark(name)
        if name == "call":
            self._draft_appointed()

    def _draft_appointed(self) -> None:
        """Put everybody who was appointed into the draft of the call's next version, and say so."""
        from esf_desktop.secretariat.appointments import appointed, draft_with_appointed

        known, drafting = self._known(), self.call.desk
        if known is None or drafting is None or drafting.draft.id != known.id:
            return
        wanted = draft_with_appointed(drafting.draft, appointed(self.desk.register))
        if wanted != drafting.draft and drafting.change(wanted):
            self._announce(_("Those who were appointed are in the draft of the call now."))

    def _open_evidence(self, application: ApplicationId, evidence: Evidence, criterion: CriterionId | None) -> None:
        self.show_page("compare")
        self.compare.open_evidence(application, evidence, criterion)

    def _open_consensus(self, application: ApplicationId, criterion: CriterionId | None) -> None:
        self.show_page("consensus")
        self.consensus.open(application, criterion)

    def refresh(self) -> None:
        """Say how far the round has come."""
        from esf_desktop.secretariat.coverage import deliveries

        comparison = self.desk.comparison()
        self._banner.setVisible(comparison is not None and comparison.call.practice)
        if comparison is None:
            self._progress.setText("")
            return
        all_ = deliveries(comparison)
        done = sum(bool(one.delivered or one.recused) for one in all_)
        self._progress.setText(
            plural("{n} of {m} assessor has delivered", "{n} of {m} assessors have delivered", len(all_)).format(
                n=done, m=len(all_)
            )
        )
        count = len(self.desk.register.bundles())
        bundles = plural("{n} bundle, every one checked", "{n} bundles, every one checked", count).format(n=count)
        self._call.setText(f"{_('Call {id}').format(id=comparison.call.id)} · {bundles}")

    def take(self, paths: Sequence[Path], age_key: Path | None = None, *, watched: bool = False) -> None:
        """Receive files and folders; encrypted ones with that key, or with the one that lies beside the register.

        Of a watched folder only what is new is told of.
        """
        key = age_key or beside(self.desk.register.place)

        def work(register: "Register") -> "Received":
            from esf_desktop.secretariat.inbox import receive

            return receive(register, given.arrived(paths), at=now(), age_key=reader(key))

        def received(result: "Received") -> None:
            from esf_desktop.secretariat.inbox import only_new

            result = only_new(result) if watched else result
            self._unread = tuple(paths) if result.encrypted else ()
            self._received(result, watched=watched)

        self.desk.do(self, work, received)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.call.flush() and not close_all_the_same(self):
            event.ignore()
            return
        for field in self.findChildren(SavingEdit):
            field.flush()  # pages flush when they are hidden, and then the register is closed
        self.watching.stop()
        self.desk.close()
        self.call.close_draft()
        self.closed.emit()
        super().closeEvent(event)

    def _known(self) -> "Call | None":
        known = self.desk.register.call()
        return known.call if known else None

    def _received(self, received: "Received", *, watched: bool = False) -> None:
        self.inbox.show_received(received)
        if not watched and (received.enrolments or received.rows or received.refused):
            self.show_page("inbox")

    def _wish(self, wish: str) -> None:
        if wish == "receive":
            names, _kind = QFileDialog.getOpenFileNames(self, _("Receive files"), "", f"{given.PATTERNS};;*")
            if names:
                self.take([Path(name) for name in names])
        elif wish == "receipts":
            if chosen := writing_receipts.ask(self, self.desk):
                self.write_receipts(*chosen, None)
        elif wish == "fingerprints":
            self.trust.print_list(self.inbox.waiting)
        elif wish == "watch":
            folder = QFileDialog.getExistingDirectory(self, _("Watch a folder"), str(self.watching.folder or ""))
            if folder:
                self._watch(Path(folder))
        elif wish == "watch_no_more":
            self._watch(None)
        elif wish == "age_key" and (key := ask(self)):
            self.take(self._unread, key)

    def _watch(self, folder: Path | None) -> None:
        remembered.keep(self.desk.home, "watched", folder)
        self.watching.watch(folder)

    def write_receipts(self, key: Path, folder: Path, passphrase: str | None) -> None:
        """Write a receipt for every bundle that has none, signed with that key."""
        writing_receipts.write(self, self.desk, key, folder, refused=self.inbox.rows, passphrase=passphrase)

    def _make_frame(self) -> None:
        bar = area("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 5, 12, 5)
        self._tabs = PageTabs()
        self._tabs.chosen.connect(self.show_page)
        self._progress = label("", "small")
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self._progress)
        self._banner = QFrame()
        self._banner.setProperty("role", "banner")
        inside = QHBoxLayout(self._banner)
        inside.setContentsMargins(14, 4, 14, 4)
        inside.addWidget(label(_("Practice: everything here is fictional and stays in the practice round."), wrap=True))
        self._stack = QStackedWidget()
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (bar, self._banner):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self.setCentralWidget(central)
        self.statusBar().setSizeGripEnabled(False)
        for old in self.statusBar().findChildren(QLabel):
            self.statusBar().removeWidget(old)
            old.deleteLater()
        self._status, self._call = QLabel(self._kept), QLabel()
        self.statusBar().addWidget(self._status)
        self._status.setVisible(bool(self._kept))
        self.statusBar().addWidget(self._call)

    def _make_menu(self) -> QMenu:
        """The menus; the one to which each page adds itself is given back."""
        bar = self.menuBar()
        bar.clear()
        file = bar.addMenu(_("&File"))
        new = file.addAction(_("New call…"))
        new.setShortcut(QKeySequence("Ctrl+N"))
        new.triggered.connect(self._make_call)
        receive = file.addAction(_("Receive files…"))
        receive.setShortcut(QKeySequence("Ctrl+O"))
        receive.triggered.connect(lambda: self._wish("receive"))
        file.addAction(_("Watch a folder…")).triggered.connect(lambda: self._wish("watch"))
        file.addAction(_("Write receipts…")).triggered.connect(lambda: self._wish("receipts"))
        file.addAction(_("Fingerprints on paper…")).triggered.connect(lambda: self._wish("fingerprints"))
        file.addSeparator()
        close = file.addAction(_("Close the register"))
        close.setShortcut(QKeySequence("Ctrl+W"))
        close.triggered.connect(self.close)
        view = bar.addMenu(_("&View"))
        self.guide.put_in(bar)
        return view

    def _make_call(self) -> None:
        self.show_page("call")
        self.call.choose_folder()

    def _say(self, words: str) -> None:
        self._kept = words
        self._show_kept()

    def _show_kept(self) -> None:
        self._status.setText(self._kept)
        self._status.setVisible(bool(self._kept))

    def _announce(self, words: str) -> None:
        self._status.setText(words)
        self._status.show()
        self._quiet.start()
        spoken.say(words, self)
