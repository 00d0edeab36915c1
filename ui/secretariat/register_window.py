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
    QInputDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.errors import EsfError, UnreadableFileError
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, CriterionId
from ui import errors
from ui.desk import now
from ui.formatting import clock
from ui.secretariat.age_key import ask, beside, reader
from ui.secretariat.basis_page import BasisPage
from ui.secretariat.compare_page import ComparePage
from ui.secretariat.consensus_page import ConsensusPage
from ui.secretariat.drafting.call_page import CallPage
from ui.secretariat.inbox_page import InboxPage
from ui.secretariat.proposal_page import ProposalPage
from ui.secretariat.register_desk import RegisterDesk
from ui.secretariat.trust_page import TrustPage
from ui.tasks import Tasks
from ui.widgets import spoken
from ui.widgets.page_tabs import PageTabs
from ui.widgets.plain import area, label

if TYPE_CHECKING:
    from esf_desktop.model import Call
    from esf_desktop.secretariat.inbox import Arrived, Received
    from esf_desktop.secretariat.register import Register

ANNOUNCED = 6000
"""Milliseconds that a good sentence stands in the status line."""
OURS = "*.esfbundle *.esfenrol *.esfcall"


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
        self._kept = ""
        self._unread: tuple[Path, ...] = ()
        """What was given when something in it could not be decrypted."""
        self._status, self._call = QLabel(), QLabel()
        self._quiet = QTimer(self, singleShot=True, interval=ANNOUNCED)
        self._quiet.timeout.connect(self._show_kept)
        self.build()

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
        self.inbox = InboxPage(self.desk)
        self.inbox.wished.connect(self._wish)
        self.compare = ComparePage(self.desk)
        self.consensus = ConsensusPage(self.desk)
        self.compare.consensus_wanted.connect(self._open_consensus)
        self.proposal = ProposalPage(self.desk)
        self.basis = BasisPage(self.desk)
        self.trust = TrustPage(self.desk)
        self.trust.wished.connect(self._wish)
        pages = (
            ("call", _("The call"), self.call),
            ("inbox", _("Inbox"), self.inbox),
            ("compare", _("Compare"), self.compare),
            ("consensus", _("Joint assessment"), self.consensus),
            ("proposal", _("Proposal"), self.proposal),
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

    def take(self, paths: Sequence[Path], age_key: Path | None = None) -> None:
        """Receive files and folders; encrypted ones with that key, or with the one that lies beside the register."""
        key = age_key or beside(self.desk.register.place)

        def work(register: "Register") -> "Received":
            from esf_desktop.secretariat.inbox import receive

            return receive(register, [_source(path) for path in _files(paths)], at=now(), age_key=reader(key))

        def received(result: "Received") -> None:
            self._unread = tuple(paths) if result.encrypted else ()
            self._received(result)

        self.desk.do(self, work, received)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.call.flush():
            event.ignore()
            return
        self.desk.close()
        self.call.close_draft()
        self.closed.emit()
        super().closeEvent(event)

    def _known(self) -> "Call | None":
        known = self.desk.register.call()
        return known.call if known else None

    def _received(self, received: "Received") -> None:
        self.inbox.show_received(received)
        if received.enrolments or received.rows or received.refused:
            self.show_page("inbox")

    def _wish(self, wish: str) -> None:
        if wish == "receive":
            names, _kind = QFileDialog.getOpenFileNames(self, _("Receive files"), "", f"{OURS};;*")
            if names:
                self.take([Path(name) for name in names])
        elif wish == "receipts":
            self._ask_for_receipts()
        elif wish == "fingerprints":
            self.trust.print_list(self.inbox.waiting)
        elif wish == "age_key" and (key := ask(self)):
            self.take(self._unread, key)

    def _ask_for_receipts(self) -> None:
        key, _kind = QFileDialog.getOpenFileName(self, _("The secretariat's signing key"))
        folder = QFileDialog.getExistingDirectory(self, _("Where to put the receipts")) if key else ""
        if folder:
            self.write_receipts(Path(key), Path(folder), None)

    def write_receipts(self, key: Path, folder: Path, passphrase: str | None) -> None:
        """Write a receipt for every bundle that has none, signed with that key."""

        refused = self.inbox.rows

        def work(task: object) -> int:
            from esf_desktop.secretariat.receipts import write_receipts
            from esf_desktop.signing.keys import load_key

            signer = load_key(key, passphrase)
            return len(write_receipts(self.desk.register, signer, folder, at=now(), refused=refused))

        def done(count: int) -> None:
            self.desk.changed.emit()
            said = plural("{n} receipt was written to {folder}.", "{n} receipts were written to {folder}.", count)
            none = _("There is no new receipt to write; all of them are in {folder}.")
            self._announce((said if count else none).format(n=count, folder=folder))

        def failed(error: Exception) -> bool:
            if not (isinstance(error, EsfError) and error.code == "wrong_passphrase" and passphrase is None):
                return False
            given, ok = QInputDialog.getText(self, _("Signing key"), _("Passphrase"), QLineEdit.EchoMode.Password)
            if ok and given:
                self.write_receipts(key, folder, given)
            return True

        self.tasks.run(work, owner=self, done=done, failed=failed)

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
        file.addAction(_("Write receipts…")).triggered.connect(lambda: self._wish("receipts"))
        file.addAction(_("Fingerprints on paper…")).triggered.connect(lambda: self._wish("fingerprints"))
        file.addSeparator()
        close = file.addAction(_("Close the register"))
        close.setShortcut(QKeySequence("Ctrl+W"))
        close.triggered.connect(self.close)
        return bar.addMenu(_("&View"))

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


def _files(paths: Sequence[Path]) -> list[Path]:
    suffixes = tuple(pattern.removeprefix("*") for pattern in OURS.split())
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and p.name.lower().endswith(suffixes))
        else:
            found.append(path)
    return found


def _source(path: Path) -> "Arrived":
    """The file's bytes; a call package, which may be large, is read in pieces where it lies."""
    if path.name.lower().endswith(".esfcall"):
        return path.name, path
    try:
        return path.name, path.read_bytes()
    except OSError:
        return path.name, UnreadableFileError(path.name)
