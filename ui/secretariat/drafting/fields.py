"""Fields of a form over the draft: each saves itself, and says what it cannot read."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.secretariat.drafting import cells
from ui import theme
from ui.widgets.plain import label
from ui.widgets.saving_edit import PAUSE


class MisreadError(Exception):
    """Something typed that cannot be read; says how to write it."""


class SavingLine(QLineEdit):
    """One value on a line, saved after a pause, by Enter and on leaving; what cannot be read stays and is told of."""

    misread = Signal(str)
    """How to write it; empty when what stands there is read."""

    def __init__(
        self,
        name: str,
        save: Callable[[Any], object],
        *,
        read: Callable[[str], object] = cells.tidy,
        show: Callable[[Any], str] = str,
        hint: str = "",
    ) -> None:
        super().__init__()
        self._save, self._read, self._show = save, read, show
        self._stored = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(lambda: self._keep(told=False))
        self.textEdited.connect(lambda _text: self._pause.start())
        self.editingFinished.connect(self.flush)

    def show_value(self, value: object) -> None:
        """Show what is on disk, unless a person has written something else that is not saved."""
        text = self._show(value)
        if self.text() in (self._stored, text) or not self.isModified():
            if self.text() != text and not (self.hasFocus() and self._same(value)):
                self.setText(text)
                self.setCursorPosition(0)
            self._stored = self.text()
            self.setModified(False)

    def flush(self) -> bool:
        """Save now; False when it cannot be read or saved, and then it stays in the field."""
        return self._keep(told=True)

    def _keep(self, *, told: bool) -> bool:
        self._pause.stop()
        text = self.text()
        if text == self._stored:
            return True
        try:
            value = self._read(text)
        except MisreadError as error:
            if told:
                self.misread.emit(str(error))
            return False
        before, self._stored = self._stored, text
        self.setModified(False)
        if self._save(value) is False:
            self._stored = before
            self.setModified(True)
            return False
        self.misread.emit("")
        return True

    def _same(self, value: object) -> bool:
        """Whether what stands here says the value already, in a spelling of its own."""
        try:
            return bool(self._read(self.text()) == value)
        except MisreadError:
            return False


def read_money(text: str) -> int | None:
    """Whole SEK; nothing written is nothing."""
    if not text.strip():
        return None
    found = cells.amount(text)
    if not isinstance(found, int):
        raise MisreadError(_("Write the amount in whole crowns, such as 3 912 000; it is not saved yet."))
    return found


def read_day(text: str) -> date | None:
    """A day; nothing written is nothing."""
    if not text.strip():
        return None
    found = cells.day(text)
    if not isinstance(found, date):
        raise MisreadError(_("Write the date as 2027-01-31; it is not saved yet."))
    return found


def show_money(amount: int | None) -> str:
    """The amount in a field."""
    return "" if amount is None else formatting.money(amount)


def show_day(day: date | None) -> str:
    """The day in a field."""
    return "" if day is None else formatting.day(day)


def form() -> QFormLayout:
    """A form whose fields stand beside their names, or below them where there is no room."""
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setHorizontalSpacing(theme.pixels(1))
    made.setVerticalSpacing(theme.pixels(0.5))
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


def add(made: QFormLayout, title: str, field: QWidget) -> None:
    """A named field last in the form."""
    named = label(title, "muted")
    named.setBuddy(field)
    made.addRow(named, field)
