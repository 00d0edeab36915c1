"""The joint assessment of one application: what was agreed on, the reasons, who was present, and what is lacking."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import Call, CriterionId, Rating, Recommendation, replace
from esf_desktop.wording import recommendation_word
from ui import theme
from ui.secretariat.attendance import Attendance
from ui.secretariat.consensus_history import ConsensusHistory
from ui.secretariat.consensus_row import ConsensusRow
from ui.widgets.choice import Choice
from ui.widgets.plain import clear, label, line
from ui.widgets.saving_edit import SavingEdit

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Line
    from esf_desktop.secretariat.consensus import Consensus, Written

    Change = Callable[[Consensus], Consensus]


class ConsensusSheet(QWidget):
    """Shows what is on disk, and hands on each change as a function of it; `change` answers whether it was saved."""

    criterion_opened = Signal(object)
    """The letters of the criterion that is talked about; None when it is the whole."""
    restore_wanted = Signal(object)

    def __init__(self, call: Call, shown: "Line", change: "Callable[[Change], bool]") -> None:
        super().__init__()
        self._call, self._line, self._change = call, shown, change
        self._open: CriterionId | None = None
        column = QVBoxLayout(self)
        side = theme.pixels(1.28)
        column.setContentsMargins(0, theme.pixels(1), 0, theme.pixels(1.6))
        column.setSpacing(theme.pixels(0.3))
        self._column = column
        self._add_head(side)
        cells = {cell.criterion: cell for cell in shown.cells}
        self.rows: dict[CriterionId, ConsensusRow] = {}
        for criterion in call.criteria_for(shown.application.id):
            row = ConsensusRow(call, criterion, cells[criterion.id], self._saver(criterion.id))
            row.opened.connect(lambda letters=criterion.id: self.open(None if self._open == letters else letters))
            row.rated.connect(lambda rating, letters=criterion.id: self._rate(letters, rating))
            self.rows[criterion.id] = row
            column.addWidget(line())
            column.addWidget(row)
        column.addWidget(line())
        self._below = QVBoxLayout()
        self._below.setContentsMargins(side, theme.pixels(0.8), side, 0)
        self._below.setSpacing(theme.pixels(0.5))
        column.addLayout(self._below)
        self._add_whole()
        column.addStretch(1)

    def show_written(self, said: "Consensus", all_: "tuple[Written, ...]", remarks: tuple[str, ...]) -> None:
        """Show the record, its history and what a careful secretary would ask."""
        for letters, row in self.rows.items():
            row.show_judgement(said.judgement(letters))
        self.text.show_text(said.text)
        for value, choice in self._choices.items():
            choice.setChecked(value is said.recommendation)
        self._area.setCurrentIndex(max(0, self._area.findData(said.main_area or "")))
        self.attendance.show_present(said.present)
        met, of = said.met(self._call)
        self._agreed.setText(_("Jointly: {n} of {m} met").format(n=met, m=of) if said.judgements else "")
        self._agreed.setVisible(bool(said.judgements))
        clear(self._remarks)
        for remark in remarks:
            self._remarks.addWidget(label(remark, "warning", wrap=True))
        self.history.show_history(self._call, all_)

    def open(self, criterion: CriterionId | None, *, focus: bool = False) -> None:
        """Unfold one criterion and fold the others; what is typed is saved first."""
        self.flush()
        self._open = criterion
        for letters, row in self.rows.items():
            row.unfold(letters == criterion)
        if focus and criterion is not None:
            self.rows[criterion].head.setFocus(Qt.FocusReason.OtherFocusReason)
        self.criterion_opened.emit(criterion)

    def step(self, by: int) -> None:
        """Go to the next criterion (+1) or the one before (-1)."""
        letters = list(self.rows)
        here = letters.index(self._open) if self._open in letters else (-1 if by > 0 else len(letters))
        if 0 <= here + by < len(letters):
            self.open(letters[here + by], focus=True)

    def flush(self) -> bool:
        """Save what was typed."""
        self.attendance.flush()
        return all([*(row.comment.flush() for row in self.rows.values()), self.text.flush()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().lower()
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier or not key:
            super().keyPressEvent(event)
        elif key in "jk":
            self.step(+1 if key == "j" else -1)
        elif key == "c" and self._open is not None:
            self.rows[self._open].comment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif key == "\x1b" and self._open is not None:
            self.rows[self._open].head.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in "1234" and self._open is not None:
            self.rows[self._open].press(int(key) - 1)
        else:
            super().keyPressEvent(event)

    def _add_head(self, side: int) -> None:
        application = self._line.application
        money = formatting.money(application.requested_support) if application.requested_support is not None else ""
        head = QVBoxLayout()
        head.setContentsMargins(side, 0, side, theme.pixels(0.6))
        head.setSpacing(theme.pixels(0.2))
        head.addWidget(label(application.project_name, "huge", wrap=True))
        about = " · ".join(filter(None, (application.id, application.applicant_name, money)))
        head.addWidget(label(about, "muted", wrap=True))
        counts = QHBoxLayout()
        counts.setSpacing(theme.pixels(1.4))
        counts.addWidget(label(_("Each by themselves: {range} met").format(range=self._line.met_words()), "strong"))
        self._agreed = label("", "strong")
        counts.addWidget(self._agreed)
        counts.addStretch(1)
        head.addLayout(counts)
        self._column.addLayout(head)

    def _add_whole(self) -> None:
        below = self._below
        below.addWidget(label(_("Reasons on the whole"), "title"))
        self.text = SavingEdit(
            self._save_text,
            name=_("Reasons on the whole"),
            hint=_("What the meeting agreed on, in words. It is all that the applicant gets."),
            lines=3,
        )
        below.addWidget(self.text)
        below.addWidget(label(_("Recommendation"), "caption"))
        grid = QGridLayout()
        grid.setSpacing(theme.pixels(0.4))
        self._choices: dict[Recommendation, Choice] = {}
        for place, value in enumerate(Recommendation):
            count = sum(one is value for one in self._line.recommendations)
            words = recommendation_word(value)
            made = Choice(f"{words} ({count})" if count else words, mark=True)
            made.clicked.connect(lambda on, value=value: self._recommend(value if on else None))
            grid.addWidget(made, place // 2, place % 2)
            self._choices[value] = made
        below.addLayout(grid)
        below.addWidget(label(_("In brackets: how many of the assessors recommend it."), "small", wrap=True))
        row = QHBoxLayout()
        self._area = QComboBox()
        self._area.setAccessibleName(_("Main area"))
        self._area.addItem(_("No main area"), "")
        for area in self._call.areas_for(self._line.application.id):
            self._area.addItem(f"{area.id} · {area.title.spoken()}", area.id)
        self._area.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._area.setMinimumContentsLength(12)
        self._area.activated.connect(self._choose_area)
        row.addWidget(label(_("Main area"), "caption"))
        row.addWidget(self._area, 1)
        below.addLayout(row)
        below.addWidget(line())
        below.addWidget(label(_("Present"), "title"))
        self.attendance = Attendance(self._line)
        self.attendance.changed.connect(lambda present: self._change(lambda said: replace(said, present=present)))
        below.addWidget(self.attendance)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(theme.pixels(0.2))
        below.addLayout(self._remarks)
        self.history = ConsensusHistory()
        self.history.wanted.connect(self.restore_wanted)
        below.addWidget(self.history)

    def _rate(self, letters: CriterionId, rating: Rating | None) -> None:
        self._change(lambda said: _with(said, letters, rating=rating))

    def _saver(self, letters: CriterionId) -> Callable[[str], bool]:
        return lambda text: self._change(lambda said: _with(said, letters, comment=text))

    def _save_text(self, text: str) -> bool:
        return self._change(lambda said: replace(said, text=text))

    def _recommend(self, value: Recommendation | None) -> None:
        self._change(lambda said: replace(said, recommendation=value))

    def _choose_area(self) -> None:
        chosen = CriterionId(self._area.currentData()) or None
        self._change(lambda said: replace(said, main_area=chosen))


def _with(said: "Consensus", letters: CriterionId, **changed: object) -> "Consensus":
    """The record with something else on that criterion."""
    others = tuple(one for one in said.judgements if one.criterion != letters)
    return replace(said, judgements=(*others, replace(said.judgement(letters), **changed)))
