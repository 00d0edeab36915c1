"""What came of opened files: progress while they are read, then a row for each that needs a word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from ui import theme
from ui.widgets.columns import scrolled
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.icon import Icon
from ui.widgets.plain import button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.assessor.intake import Intake, Taken
    from esf_desktop.errors import EsfError

ASKED = {
    "unconfirmed_secretariat": lambda: _("Telephone the secretariat and compare every group:"),
    "other_secretariat": lambda: _(
        "If the secretariat has renewed its key: telephone it on a number that you know, and compare every group:"
    ),
}
"""What a person does about a key that is new here, by the code of the refusal."""
BELONGS_IN_REGISTER = ("for_secretariat", "encrypted")
"""Refusals of files that a register would take."""
PATIENCE = 300
"""Milliseconds before a window shows that something takes time."""


class IntakeReport(QDialog):
    """Opens when reading takes time, or when there is something to say; closes itself when all went well."""

    confirmed = Signal(str)
    """The fingerprint of a secretariat that the person has compared."""
    agreed = Signal(str)
    """The hash of a newer call whose changes the person has seen and wants."""
    registered = Signal(tuple)
    """The names of the files that the person wants to give to a register."""
    cancelled = Signal()
    taken = Signal(object)
    """The `Intake`, once it is there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Opening files"))
        self.setModal(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Reading the files"))
        self._words = label(_("Reading the files…"), "strong", wrap=True)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(*(theme.pixels(0.6),) * 4)
        self._scroll = scrolled(self._inside, read=_("What was taken in"))
        self._scroll.hide()
        self._accept = button(_("They are the same: take it"), "primary")
        self._accept.hide()
        self._register = button(_("Give it to a register…"))
        self._register.hide()
        self._close = button(_("Cancel"))
        self._close.clicked.connect(self.reject)
        feet = QHBoxLayout()
        feet.addWidget(self._register)
        feet.addStretch(1)
        feet.addWidget(self._accept)
        feet.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.7))
        for part in (self._words, self._bar, self._scroll):
            column.addWidget(part)
        column.addLayout(feet)
        self.resize(min(theme.pixels(42), parent.width() - 40), theme.pixels(9))
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._soon.timeout.connect(self.open)
        self.rejected.connect(self.cancelled)
        self.finished.connect(self.deleteLater)

    def wait(self) -> None:
        """Open in a moment, unless it is done by then."""
        self._soon.start()

    def show_progress(self, n: int, total: int) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, total)
        self._bar.setValue(n)
        self._words.setText(_("Reading file {n} of {m}…").format(n=min(n + 1, total), m=total))

    def show_intake(self, intake: "Intake") -> None:
        """Say what came of each file, or nothing when all went well."""
        self._soon.stop()
        self.rejected.disconnect(self.cancelled)
        self.taken.emit(intake)
        telling = [one for one in intake.taken if one.error is not None or one.note]
        if not telling:
            self.done(0)
            return
        self._bar.hide()
        good = len(intake.taken) - sum(one.error is not None for one in intake.taken)
        self._words.setText(
            plural("{n} file was taken in.", "{n} files were taken in.", good).format(n=good)
            if good
            else _("Nothing was taken in.")
        )
        clear(self._rows)
        for one in telling:
            self._add(one)
        self._rows.addStretch(1)
        belonging = tuple(one.file for one in telling if one.error and one.error.code in BELONGS_IN_REGISTER)
        self._register.setVisible(bool(belonging))
        self._register.clicked.connect(lambda: self._give(belonging))
        self._scroll.show()
        self._close.setText(_("Close"))
        parent = self.parentWidget()
        wanted = theme.pixels(11) + self._inside.sizeHint().height()
        self.resize(self.width(), min(wanted, parent.height() - 60 if parent else wanted))
        self.open()

    def _add(self, one: "Taken") -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.6))
        sound = one.error is None or one.error.code == "for_secretariat"
        picture = Icon("document", "muted") if sound else Icon("warning", "not_met")
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.pixels(0.2))
        words.addWidget(label(one.error.sentence() if one.error else f"{one.file}: {one.note}", wrap=True))
        fingerprint = getattr(one.error, "fingerprint", "") if one.error else ""
        if one.error is not None and fingerprint and one.error.code in ASKED:
            words.addWidget(label(ASKED[one.error.code](), "small", wrap=True))
            words.addWidget(Fingerprint(fingerprint, size=1.05))
            self._accept.show()
            self._accept.clicked.connect(lambda: self._confirm(fingerprint))
        if one.error is not None and one.error.code == "for_secretariat":
            self._add_told(one.error, words)
        if one.error is not None and one.error.code == "newer_call":
            self._add_changes(one.error, words)
        row.addLayout(words, 1)
        self._rows.addLayout(row)
        self._rows.addWidget(line())

    def _add_changes(self, error: "EsfError", words: QVBoxLayout) -> None:
        """What a newer call changes, and the button that takes it."""
        from esf_desktop.assessor.intake import NewerCallError

        assert isinstance(error, NewerCallError)
        for sentence in error.news.lines() or (_("Nothing that you see has changed."),):
            words.addWidget(label(f"• {sentence}", wrap=True))
        take = button(_("Take version {n}").format(n=error.news.after), "primary")
        sha256 = error.sha256
        take.clicked.connect(lambda: self._agree(sha256))
        words.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_told(self, error: "EsfError", words: QVBoxLayout) -> None:
        """What a file for the secretariat says, and who signed it."""
        from esf_desktop.assessor.for_secretariat import ForSecretariatError

        assert isinstance(error, ForSecretariatError)
        for sentence in error.told:
            words.addWidget(label(f"• {sentence}", wrap=True))
        words.addWidget(label(_("The key that signed it:"), "small", wrap=True))
        words.addWidget(Fingerprint(error.signer, size=0.9))

    def _give(self, files: tuple[str, ...]) -> None:
        self.done(0)
        self.registered.emit(files)

    def _agree(self, sha256: str) -> None:
        self.done(0)
        self.agreed.emit(sha256)

    def _confirm(self, fingerprint: str) -> None:
        self.done(0)
        self.confirmed.emit(fingerprint)
