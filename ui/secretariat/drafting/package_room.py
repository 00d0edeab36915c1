"""The package: what is left to look at, what this version changes, who can read the bundles, and the signature."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.errors import EsfError
from esf_desktop.files import safe_name
from esf_desktop.formatting import groups
from esf_desktop.i18n import _, plural
from esf_desktop.model import Call
from esf_desktop.secretariat.drafting.problems import Problem
from ui import theme
from ui.desk import now
from ui.secretariat import remembered
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.encryption_part import EncryptionPart
from ui.tasks import Task
from ui.widgets.columns import scrolling
from ui.widgets.flow import Flow
from ui.widgets.icon import icon
from ui.widgets.plain import button, clear, label

if TYPE_CHECKING:
    from esf_desktop.exchange.call_package import SignedCall

WIDTH = 52
"""Of the column of text, in heights of a letter."""
PROBLEM = Qt.ItemDataRole.UserRole
MOST_SHOWN = 8
"""Problems that are seen at once; more are scrolled."""


class PackageRoom(QWidget):
    """Signs the call as `esf call pack` would."""

    opened = Signal(str, str)
    """The room, and the application or assessor in it, that a problem is about."""
    signed = Signal(object)
    """Where the signed package lies."""

    def __init__(self, desk: CallDesk, offer: str) -> None:
        super().__init__()
        self._desk = desk
        self._key = remembered.path(str(desk.folder.absolute()), "key")
        self._done: tuple[Path, str] | None = None
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("The call package"), "huge"))
        self._state = label("", "muted", wrap=True)
        column.addWidget(self._state)
        self.problems = QListWidget()
        self.problems.setAccessibleName(_("To look at"))
        self.problems.setProperty("role", "lined")
        self.problems.setWordWrap(True)
        self.problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problems.itemActivated.connect(self._go)
        self.problems.itemClicked.connect(self._go)
        column.addWidget(self.problems)
        self._news_title = label(_("What this version changes"), "title")
        self._news = QVBoxLayout()
        column.addWidget(self._news_title)
        column.addLayout(self._news)
        self._encryption = EncryptionPart(desk)
        column.addWidget(self._encryption)
        column.addWidget(self._make_signing(offer))
        column.addStretch(1)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again, when somebody looks."""
        self._encryption.refresh()
        version = self.version
        self._sign.setText(_("Sign version {n}…").format(n=version) if version > 1 else _("Sign the call package…"))
        if self.isVisible():
            self._show_problems(self._desk.problems())
            self._compare()

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        return self._encryption.flush()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def focusInEvent(self, event: object) -> None:
        # Not a focus proxy: Tab would pass by everything before the proxy.
        self._sign.setFocus()

    @property
    def version(self) -> int:
        """The number that the package will have: one more than the version that the register knows."""
        known = self._known
        return max(self._desk.draft.call_version, known.call_version + 1) if known else self._desk.draft.call_version

    @property
    def _known(self) -> Call | None:
        known = self._desk.known()
        return known if known is not None and known.id == self._desk.draft.id else None

    def _make_signing(self, offer: str) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Signature"), "title"))
        said = _("Assessors compare the fingerprint of the key once, and then take only what is signed with it.")
        column.addWidget(label(said, "muted", wrap=True))
        self._key_words = label("", wrap=True)
        column.addWidget(self._key_words)
        choose, make = button(_("Choose the key…")), button(_("Make a new key…"))
        choose.clicked.connect(self._choose_key)
        make.clicked.connect(self._make_key)
        keys = QWidget()
        keys.setLayout(Flow(choose, make, spread=False))
        column.addWidget(keys)
        row = QHBoxLayout()
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setPlaceholderText(_("The key's passphrase, if it has one"))
        self._passphrase.setAccessibleName(_("The key's passphrase, if it has one"))
        self._passphrase.returnPressed.connect(self._ask_where)
        self._sign = button(_("Sign the call package…"), "primary")
        self._sign.clicked.connect(self._ask_where)
        row.addWidget(self._passphrase, 1)
        row.addWidget(self._sign)
        column.addLayout(row)
        self._refusal = label("", "refusal", wrap=True)
        column.addWidget(self._refusal)
        self._result = QWidget()
        inside = QVBoxLayout(self._result)
        inside.setContentsMargins(0, 0, 0, 0)
        self._result_words = label("", wrap=True)
        self._fingerprint = label("", wrap=True)
        self._fingerprint.setFont(theme.code_font(0.85))
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show, further = button(_("Show in folder"), "link"), button(offer, "primary")
        show.clicked.connect(self._show_file)
        further.clicked.connect(self._use_further)
        for part in (self._result_words, self._fingerprint):
            inside.addWidget(part)
        ways = QWidget()
        ways.setLayout(Flow(further, show, spread=False))
        inside.addWidget(ways)
        column.addWidget(self._result)
        self._result.hide()
        self._show_key()
        return card

    def _show_problems(self, found: tuple[Problem, ...]) -> None:
        needed = [problem for problem in found if problem.needed]
        self.problems.clear()
        for problem in sorted(found, key=lambda problem: not problem.needed):
            sign = icon("not_met", "not_met") if problem.needed else icon("warning", "partly")
            words = _("Needed: {sentence}").format(sentence=problem.sentence) if problem.needed else problem.sentence
            item = QListWidgetItem(sign, words)
            item.setData(PROBLEM, problem)
            self.problems.addItem(item)
        self.problems.setVisible(bool(found))
        row = max(self.problems.sizeHintForRow(0), theme.pixels(2.8)) if found else 0
        self.problems.setFixedHeight(min(len(found), MOST_SHOWN) * row + 6)
        if needed:
            said = plural(
                "{n} thing is needed before it can be signed.",
                "{n} things are needed before it can be signed.",
                len(needed),
            )
            self._state.setText(said.format(n=len(needed)))
        elif found:
            self._state.setText(_("It can be signed. What is listed only looks odd."))
        else:
            self._state.setText(_("Everything is there."))

    def _compare(self) -> None:
        known = self._known
        self._news_title.setVisible(known is not None)
        clear(self._news)
        if known is None:
            return
        drafted = self._desk.drafted
        before = known

        def work(task: Task) -> tuple[str, ...]:
            from esf_desktop.assessor.news import news
            from esf_desktop.secretariat.drafting import draft_file

            return news(before, draft_file.call_of(drafted)[0]).lines()

        self._desk.tasks.run(work, owner=self, done=self._show_news, failed=lambda error: isinstance(error, EsfError))

    def _show_news(self, lines: tuple[str, ...]) -> None:
        clear(self._news)
        known = self._known
        if known is None:
            return
        said = _("Beside version {n} in the register. The assessors are told:").format(n=known.call_version)
        self._news.addWidget(label(said if lines else _("Nothing differs from version {n} in the register.").format(
            n=known.call_version), "muted", wrap=True))  # fmt: skip
        for sentence in lines:
            self._news.addWidget(label(f"• {sentence}", wrap=True))

    def _go(self, item: QListWidgetItem) -> None:
        problem = item.data(PROBLEM)
        self.opened.emit(problem.room.value, problem.about)

    def _choose_key(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("The secretariat's signing key"), str(self._desk.folder))
        if name:
            self._use_key(Path(name))

    def _make_key(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Make a new key…"), str(self._desk.folder / "sekretariat.esfkey"), "*.esfkey"
        )
        if not name:
            return
        path, passphrase, body = Path(name), self._passphrase.text() or None, self._desk.draft.body

        def work(task: Task) -> Path:
            from esf_desktop.secretariat.drafting import keys

            keys.make_signing_key(path, body, passphrase, at=now())
            return path

        self._desk.tasks.run(work, owner=self, done=self._use_key, failed=self._refuse)

    def _use_key(self, path: Path) -> None:
        self._key = path
        remembered.keep(str(self._desk.folder.absolute()), "key", path)
        self._refusal.setText("")
        self._show_key()

    def _show_key(self) -> None:
        self._key_words.setText(
            _("Signed with the key {file}.").format(file=self._key) if self._key else _("No key is chosen yet.")
        )
        self._sign.setEnabled(self._key is not None)

    def _ask_where(self) -> None:
        if self._key is None:
            return
        stem = safe_name(f"{self._desk.draft.id or 'utlysning'} v{self.version}")
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Where to put the call package"), str(self._desk.folder / f"{stem}.esfcall"), "*.esfcall"
        )
        if name:
            self.sign(Path(name))

    def sign(self, target: Path) -> None:
        """Sign the call with the chosen key into this file."""
        key, passphrase = self._key, self._passphrase.text() or None
        if key is None or not self._desk.set(call_version=self.version):
            return
        self._passphrase.clear()
        self._refusal.setText("")
        self._result.hide()
        self._sign.setEnabled(False)
        drafted = self._desk.drafted

        def work(task: Task) -> "SignedCall":
            from esf_desktop.secretariat.drafting import draft_file
            from esf_desktop.signing.keys import load_key

            signer = load_key(key, passphrase)
            call, documents = draft_file.call_of(drafted)
            return draft_file.pack(target, call, documents, signer, at=now())

        def done(signed: "SignedCall") -> None:
            self._sign.setEnabled(True)
            self._done = (target, signed.fingerprint)
            said = _("Version {n} is signed and checked: {file}. Read out the fingerprint to those who ask:")
            self._result_words.setText(said.format(n=signed.call.call_version, file=target.name))
            self._fingerprint.setText(groups(signed.fingerprint))
            self._result.show()
            self._desk.announced.emit(_("The call package is signed."))

        self._desk.tasks.run(work, owner=self, done=done, failed=self._refuse)

    def _refuse(self, error: Exception) -> bool:
        self._sign.setEnabled(self._key is not None)
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        return True

    def _use_further(self) -> None:
        if self._done:
            self.signed.emit(self._done[0])

    def _show_file(self) -> None:
        if self._done:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done[0].parent)))
