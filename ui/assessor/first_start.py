"""The first start in three short steps: who you are, whether your work is encrypted, and how to begin."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.files import safe_name
from esf_desktop.i18n import _
from ui import formatting, theme
from ui.assessor.recovery_offer import RecoveryOffer
from ui.widgets.choice import Choice
from ui.widgets.columns import in_the_middle
from ui.widgets.new_passphrase import NewPassphrase
from ui.widgets.plain import button, label, line
from ui.widgets.ways_in import WaysIn

WHO, ENCRYPT = 0, 1


class FirstStart(QWidget):
    """Tells who works here and under which passphrase, then how they begin; the session does what they say."""

    introduced = Signal(object, str)
    """The person, and their passphrase: empty for none."""
    sheet_wanted = Signal(object)
    enrolment_wanted = Signal(object)
    moving = Signal(object)
    """The folder with work from another computer."""
    finished = Signal(str)
    """The way in that was chosen; empty for none of them."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = QStackedWidget()
        in_the_middle(self, self._steps, 36)
        self._steps.addWidget(self._who())
        self._steps.addWidget(self._encrypt())
        self.offer: RecoveryOffer | None = None
        self._enrolled = label("", "small", wrap=True)
        self._enrolled.hide()
        self.setFocusProxy(self._name)

    def place(self) -> object:
        """What was typed, and which step is shown, so that a page in another language can go on."""
        said = tuple(field.text() for field in (self._name, self._organisation, self._email))
        return said, self._passphrase.text, self._with.isChecked(), self._steps.currentIndex()

    def return_to(self, place: object) -> None:
        """Go on from there."""
        match place:
            case (tuple() as said, str() as passphrase, bool() as encrypted, int() as step):
                for field, text in zip((self._name, self._organisation, self._email), said, strict=True):
                    field.setText(text)
                self._passphrase.set_text(passphrase)
                self._choose(encrypted)
                self._turn(min(step, ENCRYPT))

    def show_refusal(self, sentence: str) -> None:
        """Say why the work could not be made, where the passphrase was chosen."""
        self._refusal.setText(sentence)
        self._refusal.show()
        self._set_busy(busy=False)

    def show_recovery(self, code: str, fingerprint: str) -> None:
        """Show the recovery code that was made, and then how to begin."""
        page, column = self._page(
            2,
            _("If you forget the passphrase"),
            _("This recovery code then opens your work and your signing key. Nothing else does."),
        )
        self.offer = RecoveryOffer(code, self._name.text().strip())
        self.offer.wanted.connect(self.sheet_wanted)
        column.addWidget(self.offer)
        further = button(_("Next"), "primary")
        further.clicked.connect(lambda: self.show_ways(fingerprint))
        column.addSpacing(theme.pixels(0.5))
        column.addWidget(further, 0, Qt.AlignmentFlag.AlignRight)
        self._steps.addWidget(page)
        self._steps.setCurrentWidget(page)
        further.setFocus()

    def show_ways(self, fingerprint: str) -> None:
        """Show the last step: the ways in, and the enrolment for the secretariat."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.5))
        ways = WaysIn(_("Begin"), _("You can do the others later, from the menu File."), alone=False)
        ways.wished.connect(self.finished)
        column.addStretch(1)
        column.addWidget(label(_("Step {n} of 3").format(n=3), "caption"))
        column.addWidget(ways)
        column.addWidget(line())
        column.addWidget(label(_("Your enrolment for the secretariat"), "strong", wrap=True))
        column.addWidget(
            label(
                _("Save the file, send it, and read out your key's fingerprint over the telephone."), "muted", wrap=True
            )
        )
        digits = label(formatting.fingerprint(fingerprint))
        digits.setFont(theme.code_font(0.86))
        digits.setAccessibleName(_("Key fingerprint"))
        digits.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column.addWidget(digits)
        row = QHBoxLayout()
        save, skip = button(_("Save enrolment file…")), button(_("Skip"))
        save.clicked.connect(self._ask_enrolment)
        skip.clicked.connect(lambda: self.finished.emit(""))
        row.addWidget(save)
        row.addStretch(1)
        row.addWidget(skip)
        column.addLayout(row)
        column.addWidget(self._enrolled)
        column.addStretch(1)
        self._steps.addWidget(page)
        self._steps.setCurrentWidget(page)
        ways.setFocus()

    def show_enrolled(self, words: str) -> None:
        """Say what came of the enrolment file."""
        self._enrolled.setText(words)
        self._enrolled.show()

    def _ask_enrolment(self) -> None:
        proposed = safe_name(self._name.text().strip()) + ".esfenrol"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save enrolment file"), proposed, "*.esfenrol")
        if chosen:
            self.enrolment_wanted.emit(Path(chosen))

    def _who(self) -> QWidget:
        page, column = self._page(
            1, _("Who are you?"), _("Your name stands on what you sign. Nothing is sent by itself.")
        )
        self._name, self._organisation, self._email = QLineEdit(), QLineEdit(), QLineEdit()
        for field, title in (
            (self._name, _("Name")),
            (self._organisation, _("Organisation")),
            (self._email, _("E-mail")),
        ):
            heading = label(title, "small")
            heading.setBuddy(field)
            field.setAccessibleName(title)
            field.returnPressed.connect(self._next)
            column.addWidget(heading)
            column.addWidget(field)
        self._name.textChanged.connect(self._check)
        self._next_button = button(_("Next"), "primary")
        self._next_button.clicked.connect(self._next)
        self._next_button.setEnabled(False)
        column.addSpacing(theme.pixels(0.5))
        moving = button(_("Work from another computer…"), "link")
        moving.clicked.connect(self._ask_moving)
        row = QHBoxLayout()
        row.addWidget(moving)
        row.addStretch(1)
        row.addWidget(self._next_button)
        column.addLayout(row)
        return page

    def _ask_moving(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, _("The folder that was made on the other computer")):
            self.moving.emit(Path(name))

    def _encrypt(self) -> QWidget:
        page, column = self._page(
            2, _("Encrypt your work"), _("A passphrase protects what you write if the computer is lost.")
        )
        self._with = Choice(_("With a passphrase"), mark=True)
        self._without = Choice(_("Without: this computer's disk is encrypted already"), mark=True)
        self._passphrase = NewPassphrase()
        self._plain_hint = label(
            _("What you write and your signing key are then protected only by the rights to their files."),
            "warning",
            wrap=True,
        )
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        self._with.clicked.connect(lambda: self._choose(True))
        self._without.clicked.connect(lambda: self._choose(False))
        for part in (self._with, self._passphrase, self._without, self._plain_hint, self._refusal):
            column.addWidget(part)
        row = QHBoxLayout()
        back, self._skip, self._go = button(_("Back")), button(_("Skip")), button(_("Next"), "primary")
        self._skip.setAccessibleDescription(_("Begins without a passphrase; you can encrypt later in the settings."))
        self._skip.setToolTip(self._skip.accessibleDescription())
        back.clicked.connect(lambda: self._turn(WHO))
        self._skip.clicked.connect(lambda: self._introduce(""))
        self._go.clicked.connect(self._encrypted)
        self._passphrase.entered.connect(self._encrypted)
        self._passphrase.changed.connect(self._check)
        row.addWidget(self._skip)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self._go)
        column.addSpacing(theme.pixels(0.5))
        column.addLayout(row)
        self._choose(True)
        return page

    def _page(self, step: int, title: str, words: str) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(theme.pixels(0.5))
        column.addStretch(1)
        column.addWidget(label(_("Step {n} of 3").format(n=step), "caption"))
        column.addWidget(label(title, "huge", wrap=True))
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(theme.pixels(0.5))
        inner = QVBoxLayout()
        inner.setSpacing(theme.pixels(0.45))
        column.addLayout(inner)
        column.addStretch(1)
        return page, inner

    def _choose(self, encrypted: bool) -> None:
        self._with.setChecked(encrypted)
        self._without.setChecked(not encrypted)
        self._passphrase.setVisible(encrypted)
        self._plain_hint.setVisible(not encrypted)
        self._check()

    def _check(self) -> None:
        self._next_button.setEnabled(bool(self._name.text().strip()))
        if hasattr(self, "_go"):
            self._go.setEnabled(self._without.isChecked() or self._passphrase.usable)

    def _next(self) -> None:
        if self._next_button.isEnabled():
            self._turn(ENCRYPT)

    def _turn(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        (self._name if step == WHO else self._with).setFocus()

    def _encrypted(self) -> None:
        self._introduce(self._passphrase.text if self._with.isChecked() else "")

    def _introduce(self, passphrase: str) -> None:
        from esf_desktop.assessor.identity import new_assessor

        self._refusal.hide()
        self._set_busy(busy=True)
        person = new_assessor(self._name.text(), self._organisation.text(), self._email.text())
        self.introduced.emit(person, passphrase)

    def _set_busy(self, *, busy: bool) -> None:
        self._skip.setEnabled(not busy)
        self._go.setEnabled(not busy)
        self._go.setText(_("Making keys…") if busy else _("Next"))
