"""How the work is protected: locking, the passphrase, the recovery code, and encryption on or off."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _, plural
from esf_desktop.model import replace
from esf_desktop.settings import LOCK_MINUTES, Settings
from ui import theme
from ui.assessor.recovery_offer import RecoveryOffer
from ui.desk import now
from ui.settings.choices import Choices
from ui.tasks import Task
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from ui.desk import Desk


class Protection(QWidget):
    """Shows what holds now; each change opens its own short form below."""

    turned = Signal(str, bool)
    """Encrypt under this passphrase, or take the encryption off with it."""

    def __init__(
        self, desk: "Desk | None", settings: Callable[[], Settings], choose: Callable[[Settings], None]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.pixels(0.6))
        self._form = QVBoxLayout()
        self._form.setSpacing(theme.pixels(0.5))
        if desk is None:
            self._column.addWidget(label(_("Open your work first; then you can protect it here."), "muted", wrap=True))
        elif desk.workspace.encrypted:
            self._show_encrypted(settings, choose)
        else:
            self._show_plain()
        self._column.addLayout(self._form)

    def _show_encrypted(self, settings: Callable[[], Settings], choose: Callable[[Settings], None]) -> None:
        self._column.addWidget(label(_("Your work and your signing key are encrypted."), wrap=True))
        options = [
            (minutes, _("after {n} minutes without a key or the mouse").format(n=minutes) if minutes else _("never"))
            for minutes in sorted(LOCK_MINUTES, key=lambda minutes: minutes or 10_000)
        ]

        def pick(value: object) -> None:
            if isinstance(value, int):
                choose(replace(settings(), lock_minutes=value))

        self._column.addWidget(Choices(_("Lock automatically"), options, settings().lock_minutes, pick))
        self._column.addWidget(line())
        self._offer(
            (_("Change the passphrase…"), self._ask_change),
            (_("Make a new recovery code…"), self._ask_code),
            (_("Take off the encryption…"), self._ask_decrypt),
        )

    def _show_plain(self) -> None:
        self._column.addWidget(label(_("Your work is not encrypted."), "strong", wrap=True))
        words = _("What you write and your signing key are then protected only by the rights to their files.")
        self._column.addWidget(label(words, "warning", wrap=True))
        self._column.addWidget(
            label(_("It cannot be locked either, because there is no passphrase to open it."), "muted", wrap=True)
        )
        self._offer((_("Encrypt your work…"), self._ask_encrypt))

    def _offer(self, *acts: tuple[str, Callable[[], None]]) -> None:
        for words, act in acts:
            made = button(words)
            made.clicked.connect(act)
            row = QHBoxLayout()
            row.addWidget(made)
            row.addStretch(1)
            self._column.addLayout(row)

    def _ask_change(self) -> None:
        self._open(_("Change the passphrase"), _("The recovery code stays as it is."))
        present, new = self._add_present(), self._add_new(_("New passphrase"))
        go, told = self._add_go(_("Change the passphrase"))
        self._follow(go, present, new)
        go.clicked.connect(lambda: self._change(present.text(), new, go, told))

    def _change(self, present: str, new: NewPassphrase, go: QPushButton, told: QLabel) -> None:
        folder, words = self._folder, new.text

        def work(task: Task) -> None:
            from esf_desktop.assessor import protection

            protection.change_passphrase(folder, present, words)

        self._run(work, lambda _done: self._say(_("The passphrase is changed.")), go, told)

    def _ask_code(self) -> None:
        self._open(
            _("Make a new recovery code"), _("An earlier code, and the sheet it stands on, open nothing after this.")
        )
        present = self._add_present()
        go, told = self._add_go(_("Make a new recovery code"))
        self._follow(go, present)
        go.clicked.connect(lambda: self._make_code(present.text(), go, told))

    def _make_code(self, present: str, go: QPushButton, told: QLabel) -> None:
        folder = self._folder

        def work(task: Task) -> str:
            from esf_desktop.assessor import protection

            return protection.new_code(folder, present)

        self._run(work, lambda code: self._show_code(str(code), present), go, told)

    def _show_code(self, code: str, present: str) -> None:
        assert self._desk is not None
        desk = self._desk
        person = desk.workspace.assessor()
        self._open(_("Recovery code"), "")
        offer = RecoveryOffer(code, person.name if person else "")
        self._form.addWidget(offer)

        def write(target: Path) -> None:
            def work(task: Task) -> None:
                from esf_desktop.assessor.recovery_sheet import write_recovery_sheet

                write_recovery_sheet(desk.workspace, present, code, target, at=now())

            def failed(error: Exception) -> bool:
                if isinstance(error, EsfError):
                    offer.show_refusal(error.sentence())
                return isinstance(error, EsfError)

            desk.tasks.run(work, owner=offer, done=lambda _: offer.show_saved(target), failed=failed)

        offer.wanted.connect(write)

    def _ask_decrypt(self) -> None:
        self._open(
            _("Take off the encryption"),
            _("What you write and your signing key are then protected only by the rights to their files."),
        )
        present = self._add_present()
        go, told = self._add_go(_("Take off the encryption"))
        self._follow(go, present)
        go.clicked.connect(lambda: self._decrypt(present.text(), go, told))

    def _decrypt(self, present: str, go: QPushButton, told: QLabel) -> None:
        assert self._desk is not None
        workspace = self._desk.workspace
        self._run(
            lambda task: workspace.check_passphrase(present), lambda _: self.turned.emit(present, False), go, told
        )

    def _ask_encrypt(self) -> None:
        self._open(_("Encrypt your work"), _("A passphrase protects what you write if the computer is lost."))
        new = self._add_new(_("Passphrase"))
        if count := self._plain_backups():
            words = plural(
                "{n} backup that anybody can read is replaced by an encrypted one.",
                "{n} backups that anybody can read are replaced by an encrypted one.",
                count,
            )
            self._form.addWidget(label(words.format(n=count), "muted", wrap=True))
        go, _told = self._add_go(_("Encrypt your work"))
        self._follow(go, None, new)
        go.clicked.connect(lambda: self.turned.emit(new.text, True))

    def _plain_backups(self) -> int:
        from esf_desktop.assessor import protection

        return len(protection.plain_backups(self._folder))

    @property
    def _folder(self) -> Path:
        assert self._desk is not None
        return self._desk.workspace.folder

    def _open(self, title: str, words: str) -> None:
        clear(self._form)
        self._reveal()
        self._form.addWidget(line())
        self._form.addWidget(label(title, "strong", wrap=True))
        if words:
            self._form.addWidget(label(words, "muted", wrap=True))

    def _reveal(self) -> None:
        """Scroll to the end of the form once it has its height."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            bar = above.verticalScrollBar()
            bar.rangeChanged.connect(lambda _low, end: bar.setValue(end), Qt.ConnectionType.SingleShotConnection)

    def _say(self, words: str) -> None:
        clear(self._form)
        self._form.addWidget(line())
        self._form.addWidget(label(words, wrap=True))
        if self._desk is not None:
            self._desk.announced.emit(words)

    def _add_present(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(_("Current passphrase"))
        heading = label(_("Current passphrase"), "small")
        heading.setBuddy(field)
        self._form.addWidget(heading)
        self._form.addWidget(field)
        field.setFocus()
        return field

    def _add_new(self, title: str) -> NewPassphrase:
        new = NewPassphrase(name=title)
        self._form.addWidget(label(title, "small"))
        self._form.addWidget(new)
        return new

    def _add_go(self, words: str) -> tuple[QPushButton, QLabel]:
        told = label("", "refusal", wrap=True)
        told.hide()
        go = button(words, "primary")
        row = QHBoxLayout()
        row.addWidget(go)
        row.addStretch(1)
        self._form.addWidget(told)
        self._form.addLayout(row)
        return go, told

    def _follow(self, go: QPushButton, present: QLineEdit | None, new: NewPassphrase | None = None) -> None:
        """Let the button be pressed once all that it needs is there, by Enter too."""

        def check() -> None:
            go.setEnabled((present is None or bool(present.text())) and (new is None or new.usable))

        if present is not None:
            present.textChanged.connect(check)
            present.returnPressed.connect(go.click)
        if new is not None:
            new.changed.connect(check)
            new.entered.connect(go.click)
        check()

    def _run(
        self, work: Callable[[Task], object], done: Callable[[object], None], go: QPushButton, told: QLabel
    ) -> None:
        assert self._desk is not None
        go.setEnabled(False)

        def failed(error: Exception) -> bool:
            go.setEnabled(True)
            if isinstance(error, EsfError):
                told.setText(error.sentence())
                told.show()
            return isinstance(error, EsfError)

        self._desk.tasks.run(work, owner=go, done=done, failed=failed)
