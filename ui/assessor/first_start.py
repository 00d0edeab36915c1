"""The first start in three short steps: who you are, whether your work is encrypted, and how to begin."""

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import button, label
from ui.widgets.ways_in import WaysIn

SHORTEST = 12
"""Characters of a passphrase of one's own."""


class FirstStart(QWidget):
    """Tells who the person is, their passphrase (empty for none) and the way in that they chose."""

    finished = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._steps = QStackedWidget()
        in_the_middle(self, self._steps, 36)
        self._steps.addWidget(self._who())
        self._steps.addWidget(self._encrypt())
        ways = WaysIn(_("Begin"), _("You can do the others later, from the menu File."))
        ways.wished.connect(self._finish)
        self._steps.addWidget(ways)
        self.setFocusProxy(self._name)

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
        column.addWidget(self._next_button, 0, Qt.AlignmentFlag.AlignRight)
        return page

    def _encrypt(self) -> QWidget:
        page, column = self._page(
            2,
            _("Encrypt your work"),
            _("A passphrase protects what you write if the computer is lost. Nobody can recover it: keep it safe."),
        )
        self._with = Choice(_("With a passphrase"), mark=True)
        self._without = Choice(_("Without: this computer's disk is encrypted already"), mark=True)
        self._passphrase = QLineEdit()
        self._passphrase.setAccessibleName(_("Passphrase"))
        self._passphrase.setText(_proposal())
        self._hint = label(
            _("Six words are proposed; you may write your own, at least 12 characters."), "small", wrap=True
        )
        self._plain_hint = label(
            _("The signing key is then protected only by the rights to its file."), "warning", wrap=True
        )
        self._with.clicked.connect(lambda: self._choose(True))
        self._without.clicked.connect(lambda: self._choose(False))
        for part in (self._with, self._passphrase, self._hint, self._without, self._plain_hint):
            column.addWidget(part)
        row = QHBoxLayout()
        back, self._go = button(_("Back")), button(_("Next"), "primary")
        back.clicked.connect(lambda: self._steps.setCurrentIndex(0))
        self._go.clicked.connect(lambda: self._steps.setCurrentIndex(2))
        self._passphrase.textChanged.connect(self._check)
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
        for part in (self._passphrase, self._hint):
            part.setVisible(encrypted)
        self._plain_hint.setVisible(not encrypted)
        self._check()

    def _check(self) -> None:
        self._next_button.setEnabled(bool(self._name.text().strip()))
        if hasattr(self, "_go"):
            enough = len(self._passphrase.text().strip()) >= SHORTEST
            self._go.setEnabled(self._without.isChecked() or enough)

    def _next(self) -> None:
        if self._next_button.isEnabled():
            self._steps.setCurrentIndex(1)

    def _finish(self, wish: str) -> None:
        from esf_desktop.assessor.identity import new_assessor

        person = new_assessor(self._name.text(), self._organisation.text(), self._email.text())
        passphrase = self._passphrase.text().strip() if self._with.isChecked() else ""
        self.finished.emit(person, passphrase, wish)


def _proposal() -> str:
    """Six made-up words that can be said aloud, each one of 7,776: 77 bits by chance."""
    return "-".join(secrets.choice(_ONSETS) + secrets.choice(_RIMES) + secrets.choice(_ENDS) for _word in range(6))


_ONSETS = ("b", "br", "d", "f", "fl", "g", "gr", "h", "j", "k", "kl", "kr", "l", "m", "n", "p", "r", "s")
_RIMES = ("al", "an", "ar", "ed", "el", "er", "il", "in", "od", "ol", "or", "ud", "un", "ys", "åd", "år", "äl", "ön")
_ENDS = (
    "a",
    "e",
    "ing",
    "ig",
    "as",
    "ar",
    "or",
    "en",
    "et",
    "na",
    "ka",
    "te",
    "de",
    "la",
    "ra",
    "sk",
    "st",
    "um",
    "el",
    "is",
    "on",
    "ad",
    "ek",
    "ut",
)
