"""The call itself: whose it is, what it is called, until when, for how much, and what it demands."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.model import UNSET, BudgetPart, ThirdAssessor, replace
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.fields import SavingLine, add, form, read_day, read_money, show_day, show_money
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, clear, label
from ui.widgets.saving_edit import SavingEdit

WIDTH = 46
"""Of the column of text, in heights of a letter."""
TEXTS = ("body", "title", "id", "diary_number")
APART = (2, 1)
"""Steps between two ratings that can call for one more reader."""
CONFLICT = 2
"""Steps from prioritising to not prioritising."""


class CallRoom(QWidget):
    """A form over the call's own facts."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk = desk
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("The call"), "huge"))
        self._problem = label("", "refusal", wrap=True)
        column.addLayout(self._make_form())
        column.addWidget(self._problem)
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Budget"), "title"))
        self._rows: list[_Part] = []
        self._parts = QVBoxLayout()
        self._parts.setSpacing(theme.pixels(0.4))
        column.addLayout(self._parts)
        self._more = button(_("Add a part"))
        self._more.clicked.connect(self._add_part)
        self._sum = label("", "muted", wrap=True)
        feet = QHBoxLayout()
        feet.addWidget(self._more)
        feet.addWidget(self._sum, 1)
        column.addLayout(feet)
        self._make_rules(column)
        self._make_sectors(column)
        column.addStretch(1)
        self.setFocusProxy(self._lines["body"])
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again."""
        draft = self._desk.draft
        for name, field in self._lines.items():
            field.show_value(getattr(draft, name))
        self._deadline.show_value(draft.deadline)
        self._version.setText(str(draft.call_version))
        self._show_parts(draft.budget)
        self._comments.setChecked(draft.require.comments)
        self._evidence.setChecked(draft.require.evidence)
        apart = draft.third_assessor.steps_apart if draft.third_assessor else 0
        for steps, box in self._thirds.items():
            box.setChecked(steps == apart)
        self._conflicts.setChecked(bool(draft.third_assessor and draft.third_assessor.recommendations_apart))
        self._practice.setChecked(draft.practice)
        self._sectors.show_text("\n".join(draft.sectors))

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        lines = (*self._lines.values(), self._deadline, *(line for row in self._rows for line in row.lines))
        saved = [*(line.flush() for line in lines), self._sectors.flush()]
        return all(saved)

    def _make_form(self) -> QFormLayout:
        made = form()
        names = {
            "body": (_("Deciding body"), ""),
            "title": (_("Title"), ""),
            "id": (_("Call number"), "2026-ON-1"),
            "diary_number": (_("Diary number"), "2026/00042"),
        }
        self._lines = {
            field: SavingLine(name, partial(self._set, field), hint=hint) for field, (name, hint) in names.items()
        }
        for field, line in self._lines.items():
            add(made, names[field][0], line)
        self._deadline = SavingLine(
            _("Last day for assessments"),
            partial(self._set, "deadline"),
            read=read_day,
            show=show_day,
            hint="2026-12-08",
        )
        self._deadline.misread.connect(self._say)
        add(made, _("Last day for assessments"), self._deadline)
        self._version = label("", "muted")
        until = label(_("Until the end of that day, 24:00 Swedish time."), "small", wrap=True)
        made.addRow("", until)
        made.addRow(label(_("Version"), "muted"), self._version)
        return made

    def _make_rules(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(label(_("What is demanded"), "title"))
        self._comments = _box(
            _("A comment for each principle before signing"), lambda on: self._require("comments", on)
        )
        self._evidence = _box(_("Evidence for each principle that is met"), lambda on: self._require("evidence", on))
        words = {
            2: _("One more reader when two ratings are two steps apart"),
            1: _("One more reader as soon as two ratings differ"),
        }
        self._conflicts = _box(_("One more reader when recommendations conflict, too"), self._conflict)
        self._thirds = {steps: self._third_box(steps, words[steps]) for steps in APART}
        self._practice = _box(
            _("This is an exercise, and no real register takes it"), lambda on: self._set("practice", on)
        )
        for box in (self._comments, self._evidence, *self._thirds.values(), self._conflicts, self._practice):
            column.addWidget(box)

    def _make_sectors(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Sectors"), "title"))
        column.addWidget(
            label(_("One on each line; partners and applications are counted by them."), "muted", wrap=True)
        )

        def save(text: str) -> bool:
            return self._desk.set(
                sectors=tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
            )

        self._sectors = SavingEdit(save, name=_("Sectors"), lines=3)
        column.addWidget(self._sectors)

    def _set(self, field: str, value: object) -> bool:
        return self._desk.set(**{field: value})

    def _require(self, field: str, on: bool) -> None:
        self._desk.set(require=replace(self._desk.draft.require, **{field: on}))

    def _third_box(self, steps: int, words: str) -> QCheckBox:
        return _box(words, lambda on: self._third(steps, on))

    def _third(self, steps: int, on: bool) -> None:
        rule = self._desk.draft.third_assessor or ThirdAssessor()
        self._desk.set(third_assessor=replace(rule, steps_apart=steps) if on else None)

    def _conflict(self, on: bool) -> None:
        rule = self._desk.draft.third_assessor or ThirdAssessor()
        self._desk.set(third_assessor=replace(rule, recommendations_apart=CONFLICT if on else UNSET))

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)

    def _show_parts(self, parts: tuple[BudgetPart, ...]) -> None:
        if len(parts) != len(self._rows):
            clear(self._parts)
            self._rows = []
            for place in range(len(parts)):
                row = _Part(place, self._change_part, self._remove_part)
                row.lines[1].misread.connect(self._say)
                self._rows.append(row)
                self._parts.addWidget(row)
        for row, part in zip(self._rows, parts, strict=True):
            row.lines[0].show_value(part.name)
            row.lines[1].show_value(part.amount or None)
        total = sum(part.amount for part in parts)
        said = plural("{n} part, {sum} together", "{n} parts, {sum} together", len(parts))
        self._sum.setText(said.format(n=len(parts), sum=formatting.money(total)) if parts else "")

    def _add_part(self) -> None:
        self._desk.set(budget=(*self._desk.draft.budget, BudgetPart("", 0)))
        self._rows[-1].lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_part(self, place: int, changed: dict[str, object]) -> bool:
        parts = list(self._desk.draft.budget)
        before, parts[place] = parts[place], replace(parts[place], **changed)
        applications = self._desk.draft.applications
        if "name" in changed and before.name:
            applications = tuple(
                replace(one, budget_part=parts[place].name) if one.budget_part == before.name else one
                for one in applications
            )
        return self._desk.set(budget=tuple(parts), applications=applications)

    def _remove_part(self, place: int) -> None:
        parts = self._desk.draft.budget
        self._more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.set(budget=(*parts[:place], *parts[place + 1 :]))


class _Part(QWidget):
    """A part of the budget: its name and its amount."""

    def __init__(
        self, place: int, change: Callable[[int, dict[str, object]], bool], remove: Callable[[int], None]
    ) -> None:
        super().__init__()
        number = place + 1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.lines = (
            SavingLine(
                _("Name of part {n}").format(n=number),
                lambda name: change(place, {"name": name}),
                hint=_("Name of the part"),
            ),
            SavingLine(
                _("Amount of part {n}").format(n=number),
                lambda amount: change(place, {"amount": amount or 0}),
                read=read_money,
                show=show_money,
                hint="27 000 000",
            ),
        )
        self.lines[1].setAlignment(Qt.AlignmentFlag.AlignRight)
        gone = button(_("Remove"), "quiet", described=_("Remove part {n}").format(n=number))
        gone.clicked.connect(lambda: remove(place))
        row.addWidget(self.lines[0], 3)
        row.addWidget(self.lines[1], 2)
        row.addWidget(gone)


def _box(words: str, act: Callable[[bool], object]) -> QCheckBox:
    box = QCheckBox(words)
    box.clicked.connect(act)
    return box
