"""The applications that a list tells of, and what in it a person should look at, row and cell named."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from esf_desktop.description import warnings
from esf_desktop.documents.values import Sheet, SheetRow
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Partner, ProjectType, Value, replace
from esf_desktop.secretariat.drafting import cells
from esf_desktop.secretariat.drafting.cells import Unreadable
from esf_desktop.secretariat.drafting.columns import NEEDED, Columns, factor, letter, number
from esf_desktop.secretariat.drafting.draft import DraftApplication
from esf_desktop.secretariat.drafting.words import field_word

_SUM = re.compile(r"(?:summa|totalt?|antal|medel|sum|total)\b", re.IGNORECASE)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
AMOUNTS = ("requested_support", "co_financing", "total_budget")


class Kind(StrEnum):
    """What is odd in a list."""

    NO_COLUMN = "no_column"
    NO_NUMBER = "no_number"
    TWICE = "twice"
    NO_AMOUNT = "no_amount"
    LOST_DIGITS = "lost_digits"
    NO_DAY = "no_day"
    TWO_DAYS = "two_days"
    NO_TYPE = "no_type"
    MERGED = "merged"
    LETTERS = "letters"
    TOO_MANY_CELLS = "too_many_cells"
    ODD = "odd"


class Doubt(Value, frozen=True):
    """One oddity; `cell` is as a spreadsheet names it, `B5`, or empty when a whole row or column is meant."""

    kind: Kind
    row: int = 0
    cell: str = ""
    value: str = ""

    @property
    def leaves_out(self) -> bool:
        """Whether the row cannot be taken as it is."""
        return self.kind in (Kind.NO_NUMBER, Kind.TWICE)

    def sentence(self) -> str:
        """What is odd, and what is done about it."""
        return _SENTENCES[self.kind]().format(row=self.row, cell=self.cell, value=self.value)


_SENTENCES = {
    Kind.NO_COLUMN: lambda: _("No column holds “{value}”; say which one does, or fill it in afterwards."),
    Kind.NO_NUMBER: lambda: _("Row {row} has no diary number, so it is left out."),
    Kind.TWICE: lambda: _("Row {row}, cell {cell}: {value} stands in the list already, so the row is left out."),
    Kind.NO_AMOUNT: lambda: _("Row {row}, cell {cell}: “{value}” is not an amount; the field is left empty."),
    Kind.LOST_DIGITS: lambda: _("Row {row}, cell {cell}: “{value}” has lost digits; widen the column and save again."),
    Kind.NO_DAY: lambda: _("Row {row}, cell {cell}: “{value}” is not a day; the field is left empty."),
    Kind.TWO_DAYS: lambda: _("Row {row}, cell {cell}: “{value}” can be two days; write it as 2027-01-31."),
    Kind.NO_TYPE: lambda: _("Row {row}, cell {cell}: “{value}” is no project type; the field is left empty."),
    Kind.MERGED: lambda: _("Row {row}: the cells {cell} are merged; “{value}” is taken for each row."),
    Kind.LETTERS: lambda: _("Row {row}, cell {cell}: letters are lost in “{value}”; choose other characters."),
    Kind.TOO_MANY_CELLS: lambda: _("Row {row} has more cells than there are headings; look at its separators."),
    Kind.ODD: lambda: _("Row {row}: {value}"),
}


class Listed(Value, frozen=True):
    """An application as one row tells of it."""

    row: int
    application: DraftApplication


class Listing(Value, frozen=True):
    """What a list says: its applications in order, and what is odd."""

    entries: tuple[Listed, ...]
    doubts: tuple[Doubt, ...]


def read(sheet: Sheet, heading: int | None, columns: Columns) -> Listing:
    """The applications below the row of headings; without one, every row is an application."""
    width = next((len(row.cells) for row in sheet.rows if row.number == heading), 0)
    named = next((row.cells for row in sheet.rows if row.number == heading), ())
    factors = {field: factor(named[columns[field]]) for field in AMOUNTS if columns.get(field, width) < len(named)}
    doubts = [Doubt(Kind.NO_COLUMN, value=field_word(field)) for field in NEEDED if field not in columns]
    entries: list[Listed] = []
    seen: set[str] = set()
    filled, merged = _filled(sheet, heading or 0)
    for row in filled:
        if row.number <= (heading or 0) or _is_sum(row, columns):
            continue
        found = _Row(row, columns, factors)
        doubts += [doubt for doubt in merged if doubt.row == row.number]
        if width and any(cell.strip() for cell in row.cells[width:]):
            doubts.append(Doubt(Kind.TOO_MANY_CELLS, row.number))
        diary_number = cells.diary_number(found.text("id"))
        if not diary_number:
            doubts.append(Doubt(Kind.NO_NUMBER, row.number))
        elif diary_number in seen:
            doubts.append(Doubt(Kind.TWICE, row.number, found.cell("id"), diary_number))
        else:
            seen.add(diary_number)
            application = found.application(diary_number)
            entries.append(Listed(row.number, application))
            doubts += [*found.doubts, *_odd(row.number, application)]
    return Listing(tuple(entries), tuple(doubts))


class _Row:
    """A row being read: its values by field, and what is odd in its cells."""

    def __init__(self, row: SheetRow, columns: Columns, factors: dict[str, int]) -> None:
        self._row, self._columns, self._factors = row, columns, factors
        self.doubts: list[Doubt] = []

    def cell(self, field: str) -> str:
        """The name of the field's cell."""
        return f"{letter(self._columns[field])}{self._row.number}"

    def text(self, field: str) -> str:
        """The text in the field's cell."""
        column = self._columns.get(field)
        return self._row.cells[column] if column is not None and column < len(self._row.cells) else ""

    def application(self, number: str) -> DraftApplication:
        """The application of that number, as the row describes it."""
        for field in self._columns:
            if "\ufffd" in self.text(field):
                self._doubt(Kind.LETTERS, field)
        return DraftApplication(
            id=number,
            project_name=cells.tidy(self.text("project_name")),
            applicant_name=cells.tidy(self.text("applicant_name")),
            documents=cells.names(self.text("documents")) or None,
            organisation_number=cells.organisation_number(self.text("organisation_number")),
            project_type=self._project_type(),
            programme_area=cells.tidy(self.text("programme_area")),
            specific_objective=cells.tidy(self.text("specific_objective")),
            municipalities=cells.places(self.text("municipalities")),
            partners=tuple(Partner(name) for name in cells.names(self.text("partners"))),
            target_group=cells.tidy(self.text("target_group")),
            sector=cells.tidy(self.text("sector")),
            budget_part=cells.tidy(self.text("budget_part")),
            start_date=self._day("start_date"),
            end_date=self._day("end_date"),
            requested_support=self._amount("requested_support"),
            co_financing=self._amount("co_financing"),
            total_budget=self._amount("total_budget"),
        )

    def _amount(self, field: str) -> int | None:
        if not self.text(field).strip(" -–"):
            return None
        found = cells.amount(self.text(field), self._factors.get(field, 1))
        if isinstance(found, int):
            return found
        self._doubt(found, field)
        return None

    def _day(self, field: str) -> date | None:
        if not self.text(field).strip():
            return None
        found = cells.day(self.text(field), last=field == "end_date")
        if isinstance(found, date):
            return found
        self._doubt(found, field)
        return None

    def _project_type(self) -> ProjectType | None:
        if not self.text("project_type").strip():
            return None
        found = cells.project_type(self.text("project_type"))
        if isinstance(found, ProjectType):
            return found
        self._doubt(found, "project_type")
        return None

    def _doubt(self, kind: Kind | Unreadable, field: str) -> None:
        self.doubts.append(Doubt(Kind(kind.value), self._row.number, self.cell(field), self.text(field).strip()[:60]))


def _is_sum(row: SheetRow, columns: Columns) -> bool:
    """Whether the row only adds the others up."""
    column = columns.get("id", -1)
    number = row.cells[column] if 0 <= column < len(row.cells) else ""
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    return (not number.strip() or number.strip() == first) and _SUM.match(first) is not None


def _odd(row: int, application: DraftApplication) -> Iterator[Doubt]:
    for warning in warnings(as_application(application)):
        yield Doubt(Kind.ODD, row, value=warning.sentence())


def as_application(drafted: DraftApplication) -> Application:
    """The application as the rules for its facts know it; its documents apart."""
    facts = {name: getattr(drafted, name) for name in Application.__struct_fields__ if name not in ("id", "documents")}
    return Application(id=ApplicationId(drafted.id), **facts)


def _filled(sheet: Sheet, heading: int) -> tuple[Sequence[SheetRow], list[Doubt]]:
    """The rows with the value of merged cells below the headings in each of them, and a word about it."""
    rows = {row.number: list(row.cells) for row in sheet.rows}
    doubts = []
    for merged in sheet.merged:
        corners = [(number(name), int(row)) for name, row in _CELL.findall(merged)]
        if len(corners) != 2 or corners[1][1] <= heading:
            continue
        (left, top), (_right, bottom) = corners
        value = rows[top][left] if top in rows and left < len(rows[top]) else ""
        if not value.strip():
            continue
        for below in (row for row in rows if top < row <= bottom):
            rows[below] += [""] * (left + 1 - len(rows[below]))
            rows[below][left] = rows[below][left] or value
        doubts.append(Doubt(Kind.MERGED, top, merged, cells.tidy(value)[:60]))
    return [replace(row, cells=tuple(rows[row.number])) for row in sheet.rows], doubts
