"""Signing and sending: what is missing, exactly what would leave the computer, and the one file of it."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.completeness import Missing
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId
from ui import theme
from ui.assessor.answered import Answered
from ui.assessor.leaving import Leaving
from ui.assessor.signed_result import SignedResult
from ui.desk import Desk, now
from ui.tasks import Task
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.assessor.export import Exported, Preview
    from esf_desktop.signing.smartcard import CardKey
    from ui.assessor.card_dialog import CardDialog

WIDTH = 54
"""Of the column of text, in heights of a letter."""
SHOWN_PROBLEMS = 8


class SigningPage(QWidget):
    """Shows what signing now would send, signs it, and says where the file lies."""

    opened = Signal(str, str)
    """An application and the criterion in it, or an empty text for its overall part, that a person wants to go to."""
    wished = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self._make()
        desk.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read again what is missing and what would leave, when somebody looks."""
        if not self.isVisible():
            return
        from esf_desktop.assessor.export import preview

        try:
            seen = preview(self._desk.workspace, at=now())
        except EsfError as error:
            self._show_nothing(error)
            return
        self._answered.refresh()
        self._show_problems(seen)
        self._show_leaving(seen)
        self._result.refresh()

    def flush(self) -> bool:
        """Nothing typed here is kept."""
        return True

    def put_in(self, folder: Path) -> None:
        """Put the file into this folder from now on."""
        self._folder = folder
        self._show_folder()

    def place(self) -> object:
        """What was signed just now, what its check told, and the chosen folder stay when the page is built anew."""
        return self._result.place(), self._folder

    def return_to(self, place: object) -> None:
        """Show again what was signed."""
        assert isinstance(place, tuple)
        signed, self._folder = place
        self._result.return_to(signed)
        self._show_folder()
        self.refresh()

    def showEvent(self, event: object) -> None:
        self.refresh()

    def focusInEvent(self, event: object) -> None:
        # Not a focus proxy: Tab would pass by everything before the proxy.
        if self._signing.isVisible():
            (self._passphrase if self._passphrase.isVisible() else self._sign_button).setFocus()

    def _make(self) -> None:
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Sign and send"), "huge"))
        self._subject = label("", "muted", wrap=True)
        column.addWidget(self._subject)
        self._result = SignedResult(self._desk)
        column.addWidget(self._result)
        self._answered = Answered(self._desk)
        column.addWidget(self._answered)
        self._problem_area, self._problems = _section(column)
        column.addSpacing(theme.pixels(0.6))
        self._heading = label("", "title", wrap=True)
        self._behind = label("", "muted", wrap=True)
        self._leaving = Leaving(self._desk)
        column.addWidget(self._heading)
        column.addWidget(self._leaving)
        column.addWidget(self._behind)
        column.addWidget(self._make_signing())
        column.addStretch(1)

    def _make_signing(self) -> QWidget:
        self._signing = QFrame()
        self._signing.setProperty("role", "card")
        column = QVBoxLayout(self._signing)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.6))
        warning = _(
            "What you send may become an official document as soon as it arrives. Private notes never leave the "
            "computer."
        )
        column.addWidget(label(warning, wrap=True))
        where = QHBoxLayout()
        self._where = label("", "muted", wrap=True)
        other = button(_("Another folder…"), "link")
        other.clicked.connect(self._choose_folder)
        where.addWidget(self._where, 1)
        where.addWidget(other)
        column.addLayout(where)
        column.addWidget(self._make_encryption())
        row = QHBoxLayout()
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setPlaceholderText(_("Passphrase"))
        self._passphrase.setAccessibleName(_("Passphrase"))
        self._passphrase.returnPressed.connect(self._sign)
        self._sign_button = button(_("Sign the bundle"), "primary")
        self._sign_button.clicked.connect(self._sign)
        self._card_button = button(_("Sign with a card…"))
        self._card_button.clicked.connect(self._ask_for_card)
        row.addWidget(self._passphrase, 1)
        row.addWidget(self._sign_button)
        row.addWidget(self._card_button)
        row.addStretch(1)
        column.addLayout(row)
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        self._show_folder()
        return self._signing

    def _make_encryption(self) -> QWidget:
        """The choice that a call with recipients gives; encrypted unless a person says otherwise."""
        self._encryption = QWidget()
        column = QVBoxLayout(self._encryption)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.2))
        self._encrypt = QCheckBox(_("Encrypt the file, so that only the secretariat can read it"))
        self._encrypt.setChecked(True)
        self._encrypt.toggled.connect(self._show_encryption)
        self._unprotected = label(
            _("The file will be readable by anybody who gets hold of it. Do this only if the secretariat asks for it."),
            "warning",
            wrap=True,
        )
        column.addWidget(self._encrypt)
        column.addWidget(self._unprotected)
        self._show_encryption()
        return self._encryption

    def _show_encryption(self) -> None:
        self._unprotected.setVisible(not self._encrypt.isChecked())

    def _show_nothing(self, error: EsfError) -> None:
        self._subject.setText(error.sentence())
        parts = (self._problem_area, self._leaving, self._heading, self._behind, self._signing, self._result)
        for part in (*parts, self._answered):
            part.hide()
        if error.code == "not_introduced":
            clear(self._problems)
            tell = button(_("Your details…"), "primary")
            tell.clicked.connect(lambda: self.wished.emit("details"))
            self._problems.addWidget(tell, 0, Qt.AlignmentFlag.AlignLeft)
            self._problem_area.show()

    def _show_problems(self, seen: "Preview") -> None:
        clear(self._problems)
        call = seen.call
        self._subject.setText(f"{call.title} · {call.body}")
        self._problem_area.setVisible(bool(seen.problems))
        if not seen.problems:
            return
        self._problems.addWidget(label(_("Left to do"), "title"))
        by_application: dict[ApplicationId, list[Missing]] = {}
        for one in seen.problems:
            by_application.setdefault(one.application, []).append(one)
        for application, missing in by_application.items():
            known = self._desk.workspace.application(application)
            self._problems.addWidget(label(f"{application}  {known.project_name}", "strong", wrap=True))
            for one in missing[:SHOWN_PROBLEMS]:
                said = (
                    one.sentence()
                    if one.required
                    else _("{sentence} It can be signed all the same.").format(sentence=one.sentence())
                )
                go = button(said, "link")
                go.clicked.connect(functools.partial(self.opened.emit, application, one.criterion or ""))
                self._problems.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
            if len(missing) > SHOWN_PROBLEMS:
                more = len(missing) - SHOWN_PROBLEMS
                said = plural("and {n} more thing", "and {n} more things", more).format(n=more)
                self._problems.addWidget(label(said, "small"))
        self._problems.addWidget(line())

    def _show_leaving(self, seen: "Preview") -> None:
        some = bool(seen.leaving)
        count = len(seen.leaving)
        words = plural("{n} assessment leaves the computer", "{n} assessments leave the computer", count)
        self._heading.setText(words.format(n=count) if some else _("Nothing new to sign"))
        self._heading.show()
        self._leaving.setVisible(some)
        self._leaving.show_assessments(seen.call, seen.assessor, seen.leaving)
        self._signing.setVisible(some)
        left = len(seen.unfinished)
        stays = plural("{n} unfinished assessment stays here.", "{n} unfinished assessments stay here.", left)
        self._behind.setText(stays.format(n=left))
        self._behind.setVisible(bool(left))
        self._passphrase.setVisible(self._desk.workspace.encrypted)
        self._encryption.setVisible(bool(seen.call.recipients))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where to put the bundle"), str(self._folder))
        if chosen:
            self.put_in(Path(chosen))

    def _show_folder(self) -> None:
        self._where.setText(_("The file is put in {folder}.").format(folder=self._folder))

    def _sign(self) -> None:
        workspace, folder = self._desk.workspace, self._folder
        passphrase, plain = self._passphrase.text() or None, not self._encrypt.isChecked()
        self._passphrase.clear()
        self._refusal.hide()
        self._sign_button.setEnabled(False)

        def work(task: Task) -> "Exported":
            from esf_desktop.assessor import export, identity

            key = identity.signing_key(workspace, passphrase, at=now())
            return export.export(workspace, key, folder, at=now(), plain=plain)

        self._desk.tasks.run(work, owner=self, done=self._signed, failed=self._refused)

    def _ask_for_card(self) -> None:
        from ui.assessor.card_dialog import CardDialog

        dialog = CardDialog(self, self._desk.tasks, _("Sign the bundle"))
        dialog.chosen.connect(lambda key, pin: self._sign_with_card(dialog, key, pin))
        dialog.open()

    def _sign_with_card(self, dialog: "CardDialog", key: "CardKey", pin: str) -> None:
        workspace, folder, plain = self._desk.workspace, self._folder, not self._encrypt.isChecked()

        def work(task: Task) -> "Exported":
            from esf_desktop.assessor import export
            from esf_desktop.signing import smartcard

            with smartcard.opened_card(key, pin) as signer:
                export.check_owner(workspace, signer)
                return export.export(workspace, signer, folder, at=now(), plain=plain)

        def done(exported: "Exported") -> None:
            dialog.accept()
            self._signed(exported)

        self._desk.tasks.run(work, owner=dialog, done=done, failed=dialog.refuse)

    def _signed(self, done: "Exported") -> None:
        self._sign_button.setEnabled(True)
        self._result.tell(done)
        self._desk.tell(done.change)
        self.refresh()

    def _refused(self, error: Exception) -> bool:
        self._sign_button.setEnabled(True)
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        self._refusal.show()
        self._passphrase.setFocus()
        return True


def _section(column: QVBoxLayout) -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    inside = QVBoxLayout(part)
    inside.setContentsMargins(0, theme.pixels(0.8), 0, 0)
    inside.setSpacing(theme.pixels(0.45))
    column.addWidget(part)
    return part, inside
