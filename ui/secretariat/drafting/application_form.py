"""One application: what the call says of it, beside what its documents say, with the differences marked."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Partner, ProjectType, replace
from esf_desktop.secretariat.drafting import cells
from esf_desktop.secretariat.drafting.draft import FACTS, DraftApplication, with_application
from esf_desktop.secretariat.drafting.joining import differing
from esf_desktop.secretariat.drafting.words import field_word, shown, type_word
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.fields import SavingLine, read_day, read_money, show_day, show_money
from ui.secretariat.drafting.grounds_room import within
from ui.widgets.icon import Icon
from ui.widgets.picker import Picker
from ui.widgets.plain import button, clear, label

WIDEST = 2**24 - 1
"""Pixels: as wide as the column lets it be."""
PICKED = ("project_type", "sector", "budget_part")
"""Facts that are chosen from a list where there is one."""


class ApplicationForm(QWidget):
    """Shows the chosen application; each field saves itself."""

    renamed = Signal(str)
    """The diary number that the application has now."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk, self._number = desk, ""
        self._edits: dict[str, SavingLine | Picker] = {}
        self._said: dict[str, QLabel] = {}
        self._take: dict[str, QPushButton] = {}
        self._marks: dict[str, Icon] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.6))
        self._problem = label("", "refusal", wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(0.35))
        grid.setVerticalSpacing(theme.pixels(0.35))
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        grid.addWidget(label(_("In the call"), "caption"), 0, 1)
        grid.addWidget(label(_("In the documents"), "caption"), 0, 3)
        for row, field in enumerate(("id", *FACTS), start=1):
            self._add_row(grid, row, field)
        column.addLayout(grid)
        column.addWidget(self._problem)
        column.addWidget(label(_("Documents"), "strong"))
        more = button(_("Add documents…"))
        more.clicked.connect(self._add_files)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._files = QVBoxLayout()
        column.addLayout(self._files)

    def show_application(self, number: str) -> None:
        """Show the application of that number."""
        self._number = number
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again."""
        application = self._desk.draft.application(self._number)
        self.setVisible(application is not None)
        if application is None:
            return
        guess = self._desk.facts(application.documents)
        apart = differing(application, guess) if guess else ()
        for field in ("id", *FACTS):
            self._show_fact(application, field)
            there = getattr(guess, "diary_number" if field == "id" else field, None) if guess else None
            self._said[field].setText(shown(field, there))
            self._said[field].setProperty("role", "warning" if field in apart else "muted")
            self._said[field].style().polish(self._said[field])
            self._marks[field].setVisible(field in apart)
            self._take[field].setVisible(field in apart or (bool(there) and not getattr(application, field)))
        self._show_files(application)

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        saved = [edit.flush() for edit in self._edits.values() if isinstance(edit, SavingLine)]
        return all(saved)

    def _add_row(self, grid: QGridLayout, row: int, field: str) -> None:
        words = field_word(field)
        edit = self._picker(field) if field in PICKED else self._line(field)
        self._edits[field] = edit
        named = label(words, "muted", wrap=True)
        named.setBuddy(edit)
        self._said[field] = label("", "muted", wrap=True)
        self._marks[field] = Icon("warning", "partly", 1.0)
        said = _("Take over {field} from the documents").format(field=words)
        self._take[field] = button(_("Take over"), "link", described=said)
        self._take[field].setAccessibleName(said)
        self._take[field].clicked.connect(partial(self._take_over, field))
        for place, part in enumerate((named, edit, self._marks[field], self._said[field], self._take[field])):
            grid.addWidget(part, row, place)

    def _line(self, field: str) -> SavingLine:
        read: Any = cells.tidy
        show: Any = partial(shown, field)
        if field in ("requested_support", "co_financing", "total_budget"):
            read, show = read_money, show_money
        elif field in ("start_date", "end_date"):
            read, show = read_day, show_day
        elif field == "municipalities":
            read = cells.places
        elif field == "partners":
            read = self._read_partners
        elif field == "organisation_number":
            read = cells.organisation_number
        line = SavingLine(field_word(field), partial(self._put, field), read=read, show=show)
        line.misread.connect(self._problem.setText)
        return line

    def _picker(self, field: str) -> Picker:
        picker = Picker(field_word(field), 13)
        picker.setMinimumWidth(theme.pixels(4))
        picker.setMaximumWidth(WIDEST)
        picker.picked.connect(partial(self._put, field))
        return picker

    def _show_fact(self, application: DraftApplication, field: str) -> None:
        value, edit = getattr(application, field), self._edits[field]
        if isinstance(edit, SavingLine):
            edit.show_value(value)
        elif field == "project_type":
            edit.offer([("–", None), *((type_word(kind), kind) for kind in ProjectType)], value)
        else:
            draft = self._desk.draft
            known = draft.sectors if field == "sector" else tuple(part.name for part in draft.budget if part.name)
            names = tuple(dict.fromkeys((*known, *((value,) if value else ()))))
            edit.offer([("–", ""), *((name, name) for name in names)], value)

    def _read_partners(self, text: str) -> tuple[Partner, ...]:
        """The partners of these names; one that was there keeps what is known of it."""
        application = self._desk.draft.application(self._number)
        known = {partner.name: partner for partner in application.partners} if application else {}
        return tuple(known.get(name, Partner(name)) for name in cells.names(text))

    def _put(self, field: str, value: object) -> bool:
        application = self._desk.draft.application(self._number)
        if application is None:
            return True
        was = self._number
        if field == "id" and value != was and self._desk.draft.application(str(value)) is not None:
            self._problem.setText(_("{number} is in the call already; it is not saved yet.").format(number=value))
            return False
        if field == "id":
            self._number = str(value)
        self._problem.setText("")
        if not self._desk.change(with_application(self._desk.draft, replace(application, **{field: value}), was=was)):
            self._number = was
            return False
        if self._number != was:
            self.renamed.emit(self._number)
        return True

    def _take_over(self, field: str) -> None:
        application = self._desk.draft.application(self._number)
        guess = self._desk.facts(application.documents) if application else None
        if guess is not None:
            self._put(field, getattr(guess, "diary_number" if field == "id" else field))
            self._edits[field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_files(self, application: DraftApplication) -> None:
        clear(self._files)
        for path in application.documents or ():
            row = QHBoxLayout()
            row.addWidget(label(path, wrap=True), 1)
            gone = button(_("Remove"), "quiet", described=_("Remove {file}").format(file=path))
            gone.clicked.connect(partial(self._remove_file, path))
            row.addWidget(gone)
            self._files.addLayout(row)
        if not application.documents:
            self._files.addWidget(label(_("There is no document."), "muted"))

    def _remove_file(self, path: str) -> None:
        application = self._desk.draft.application(self._number)
        if application is not None:
            self._put("documents", tuple(name for name in application.documents or () if name != path))

    def _add_files(self) -> None:
        kinds = "*.pdf *.docx *.odt *.xlsx;;*"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add documents"), str(self._desk.folder), kinds)
        application = self._desk.draft.application(self._number)
        if names and application is not None:
            more = [within(Path(name), self._desk.folder) for name in names]
            self._put("documents", tuple(dict.fromkeys((*(application.documents or ()), *more))))
            self._desk.read_facts()
