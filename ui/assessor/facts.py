"""The facts about an application, guessed from its documents or sent by the secretariat, for a person to correct."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop import description, formatting, municipalities
from esf_desktop.assessor import describe
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, ProjectType, replace
from esf_desktop.wording import project_type_word
from ui import theme
from ui.desk import Desk
from ui.widgets.plain import clear, label


class UnreadableError(Exception):
    """A fact that was typed in a way that cannot be read; says how to type it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its field in `Application`, its words, how it is shown, and how what is typed is read."""

    field: str
    title: Callable[[], str]
    show: Callable[[Application], str]
    read: Callable[[str], object]


class FactEdit(QLineEdit):
    """One fact in a field of its own; a person's number is masked and only ever typed anew."""

    misread = Signal(str)

    def __init__(self, fact: Fact, save: Callable[[str, object], bool]) -> None:
        super().__init__()
        self.fact, self._save, self._stored, self._masked, self._refused = fact, save, "", False, False
        self.setAccessibleName(fact.title())
        self.editingFinished.connect(self.flush)

    def show_fact(self, application: Application) -> None:
        """Show what is on disk, unless a person is writing here."""
        shown = self.fact.show(application)
        self._masked = self.fact.field == "organisation_number" and description.is_person(shown)
        shown = description.masked(shown) if self._masked else shown
        if not (self.hasFocus() or self._refused) or self.text() == self._stored:
            self._stored = shown
            self.setText(shown)
            self.setCursorPosition(0)

    def flush(self) -> bool:
        """Save a correction, if there is one; False when it could not be saved, and then it stays in the field."""
        text = self.text().strip()
        if text == self._stored or (self._masked and not text):
            self.setText(self._stored)
            return True
        try:
            value = self.fact.read(text)
        except UnreadableError as error:
            self.misread.emit(str(error))
            return True
        self._refused = True
        if self._save(self.fact.field, value):
            self._refused, self._stored = False, text
        return not self._refused

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._masked:
            self.clear()


class Facts(QWidget):
    """A form that saves each fact when its field is left, and says what looks odd."""

    def __init__(self, desk: Desk, application: ApplicationId) -> None:
        super().__init__()
        self._desk, self._application = desk, application
        self.edits = [FactEdit(fact, self._correct) for fact in FACTS]
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme.pixels(0.35))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for edit in self.edits:
            edit.misread.connect(self._say)
            self._add(form, edit.fact.title(), edit)
        self._type = QComboBox()
        self._type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._type.setMinimumContentsLength(8)
        for kind in (None, *ProjectType):
            self._type.addItem(project_type_word(kind) or "–", kind)
        self._type.setAccessibleName(_("Project type"))
        self._type.activated.connect(lambda place: self._correct("project_type", self._type.itemData(place)))
        self._add(form, _("Project type"), self._type)
        self._source = label("", "small", wrap=True)
        self._problem = label("", "refusal", wrap=True)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(2)
        column = QVBoxLayout(self)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, 0, side, theme.pixels(0.8))
        column.setSpacing(theme.pixels(0.5))
        column.addWidget(self._source)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addLayout(self._warnings)

    def refresh(self) -> int:
        """Show what is on disk; the answer is how many facts look odd."""
        application = self._desk.workspace.application(self._application)
        guessed = self._desk.workspace.package() is None
        self._source.setText(
            _("Read from the documents by the program: compare with the application, and correct what is wrong.")
            if guessed
            else _("From the secretariat. What you correct is for you alone and is not sent.")
        )
        for edit in self.edits:
            edit.show_fact(application)
        self._type.setCurrentIndex(max(0, self._type.findData(application.project_type)))
        self._problem.hide()
        clear(self._warnings)
        found = description.warnings(application)
        for warning in found:
            self._warnings.addWidget(label(warning.sentence(), "warning", wrap=True))
        return len(found)

    @property
    def problem(self) -> str:
        """What could not be read of what was typed last; empty when all was."""
        return self._problem.text() if self._problem.isVisibleTo(self) else ""

    def flush(self) -> bool:
        """Save what was typed; False when something could not be saved."""
        saved = [edit.flush() for edit in self.edits]
        return all(saved)

    def _add(self, form: QFormLayout, title: str, edit: QWidget) -> None:
        heading = label(title, "small")
        heading.setBuddy(edit)
        form.addRow(heading, edit)

    def _correct(self, field: str, value: object) -> bool:
        application = self._desk.workspace.application(self._application)
        return self._desk.do(describe.correct, replace(application, **{field: value})) is not None

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()


def summary(application: Application) -> str:
    """The facts that matter most, in a line."""
    parts = (
        formatting.money(application.requested_support) if application.requested_support is not None else "",
        ", ".join(place_name(code) for code in application.municipalities),
        formatting.period(application.start_date, application.end_date),
    )
    return " · ".join(part for part in parts if part)


def place_name(code: str) -> str:
    """A municipality's name; what is not known stays as it is."""
    known = municipalities.by_code(code)
    return known.name if known else code


def _text(text: str) -> str:
    return " ".join(text.split())


def _money(text: str) -> int | None:
    digits = re.sub(r"[\s\u00a0\u202f.,]|kr|SEK", "", text)
    if not digits:
        return None
    if not digits.isdecimal() or len(digits) > 12:
        raise UnreadableError(_("Write the amount in whole crowns, such as 3 912 000; it is not saved yet."))
    return int(digits)


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError(_("Write the date as 2027-01-31; it is not saved yet.")) from error


def _places(text: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = [municipalities.by_name(name) for name in names]
    return tuple(place.code if place else name for place, name in zip(known, names, strict=True))


def _money_text(value: int | None) -> str:
    return "" if value is None else formatting.money(value)


def _date_text(value: date | None) -> str:
    return "" if value is None else formatting.day(value)


FACTS = (
    Fact("project_name", lambda: _("Project name"), lambda a: a.project_name, _text),
    Fact("applicant_name", lambda: _("Applicant"), lambda a: a.applicant_name, _text),
    Fact("organisation_number", lambda: _("Organisation number"), lambda a: a.organisation_number, _text),
    Fact("start_date", lambda: _("Starts"), lambda a: _date_text(a.start_date), _date),
    Fact("end_date", lambda: _("Ends"), lambda a: _date_text(a.end_date), _date),
    Fact("requested_support", lambda: _("Sought support"), lambda a: _money_text(a.requested_support), _money),
    Fact("co_financing", lambda: _("Co-financing"), lambda a: _money_text(a.co_financing), _money),
    Fact("total_budget", lambda: _("Total budget"), lambda a: _money_text(a.total_budget), _money),
    Fact(
        "municipalities",
        lambda: _("Municipalities"),
        lambda a: ", ".join(place_name(code) for code in a.municipalities),
        _places,
    ),
)
