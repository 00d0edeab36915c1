"""What is judged: principles and areas, their wording, the scale, and what to read beside."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from esf_desktop import framework as frameworks
from esf_desktop.i18n import _, plural
from esf_desktop.model import Criterion, CriterionId, Scale, replace
from esf_desktop.secretariat.drafting.draft import DraftReference
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.fields import SavingLine
from ui.secretariat.drafting.wording_dialog import WordingDialog
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, clear, label, line
from ui.widgets.saving_edit import SavingEdit

WIDTH = 50
"""Of the column of text, in heights of a letter."""


class GroundsRoom(QWidget):
    """Boxes for the criteria with a way to their wording, the scale, and the strategies."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk = desk
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Grounds"), "huge"))
        said = _("Assessors rate what is ticked. The official wording can be pasted in, in both languages.")
        column.addWidget(label(said, "muted", wrap=True))
        self._boxes: dict[CriterionId, QCheckBox] = {}
        self._titles: dict[CriterionId, _Title] = {}
        for title, criteria in (
            (_("Principles"), desk.framework.principles),
            (_("Priority areas"), desk.framework.areas),
        ):
            column.addSpacing(theme.pixels(0.4))
            column.addWidget(label(title, "title"))
            for criterion in criteria:
                column.addWidget(self._row(criterion))
        self._own = label("", "muted", wrap=True)
        self._back = button(_("Use the program's own wording again"), "link")
        self._back.clicked.connect(lambda: desk.change(framework=frameworks.builtin()))
        column.addWidget(self._own)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._make_scale(column)
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Strategies to read beside the applications"), "title"))
        self._references: list[_Reference] = []
        self._cards = QVBoxLayout()
        column.addLayout(self._cards)
        self._more = button(_("Add a strategy"))
        self._more.clicked.connect(self._add_reference)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setFocusProxy(next(iter(self._boxes.values())))
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again."""
        draft, framework = self._desk.draft, self._desk.framework
        chosen = {criterion for group in draft.chosen(framework) for criterion in group}
        for criterion in (*framework.principles, *framework.areas):
            if criterion.id in self._boxes:
                self._boxes[criterion.id].setChecked(criterion.id in chosen)
                self._boxes[criterion.id].setAccessibleName(f"{criterion.id} {criterion.title.spoken()}")
                self._titles[criterion.id].setText(criterion.title.spoken())
        own = framework != frameworks.builtin()
        self._own.setText(_("The call has a wording of its own.") if own else "")
        self._own.setVisible(own)
        self._back.setVisible(own)
        for scale, button_ in self._scales.items():
            button_.setChecked(draft.scale is scale)
        self._show_references(draft.references)

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        saved = [card.flush() for card in self._references]
        return all(saved)

    def _row(self, criterion: Criterion) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        box = QCheckBox(criterion.id)
        box.setFont(theme.code_font(0.9))
        title = _Title(box)
        self._titles[criterion.id] = title
        box.clicked.connect(lambda on: self._choose(criterion.id, on))
        self._boxes[criterion.id] = box
        said = _("Wording of {criterion}").format(criterion=criterion.id)
        worded = button(_("Wording…"), "link", described=said)
        worded.setAccessibleName(said)
        worded.clicked.connect(lambda: WordingDialog(self, self._desk, criterion.id).open())
        row.addWidget(box)
        row.addWidget(title, 1)
        row.addWidget(worded)
        return made

    def _choose(self, criterion: CriterionId, on: bool) -> None:
        framework, draft = self._desk.framework, self._desk.draft
        principles, areas = (set(group) for group in draft.chosen(framework))
        group = principles if any(one.id == criterion for one in framework.principles) else areas
        (group.add if on else group.discard)(criterion)

        def ordered(known: tuple[Criterion, ...], ids: set[CriterionId]) -> tuple[CriterionId, ...] | None:
            found = tuple(one.id for one in known if one.id in ids)
            return None if len(found) == len(known) else found

        self._desk.set(
            selected_principles=ordered(framework.principles, principles),
            selected_areas=ordered(framework.areas, areas),
        )

    def _make_scale(self, column: QVBoxLayout) -> None:
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Scale"), "title"))
        words = {
            Scale.ANCHORED: _("Four steps: met, partly, not shown, cannot be assessed"),
            Scale.TICK: _("Two steps: met, not shown"),
        }
        self._scales = {}
        for scale in Scale:
            choice = QRadioButton(words[scale])
            choice.clicked.connect(partial(self._desk.set, scale=scale))
            self._scales[scale] = choice
            column.addWidget(choice)

    def _show_references(self, references: tuple[DraftReference, ...]) -> None:
        if len(references) != len(self._references):
            clear(self._cards)
            self._references = [_Reference(self._desk, place) for place in range(len(references))]
            for card in self._references:
                self._cards.addWidget(card)
        for card, reference in zip(self._references, references, strict=True):
            card.show_reference(reference)

    def _add_reference(self) -> None:
        self._desk.set(references=(*self._desk.draft.references, DraftReference(_("Strategy"))))
        self._references[-1].begin()


class _Title(QLabel):
    """The words beside a box; a click on them is a click on the box."""

    def __init__(self, box: QCheckBox) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._box.click()


class _Reference(QFrame):
    """A strategy: its title, its document, and its goals, one on each line."""

    def __init__(self, desk: CallDesk, place: int) -> None:
        super().__init__()
        self._desk, self._place = desk, place
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        self._title = SavingLine(_("Title of the strategy"), lambda text: self._put(title=text))
        column.addWidget(self._title)
        row = QHBoxLayout()
        self._document = label("", "muted", wrap=True)
        choose = button(_("Choose the document…"))
        choose.clicked.connect(self._choose)
        gone = button(_("Remove"), "quiet", described=_("Remove the strategy"))
        gone.clicked.connect(self._remove)
        row.addWidget(self._document, 1)
        row.addWidget(choose)
        row.addWidget(gone)
        column.addLayout(row)
        column.addWidget(line())
        self._count = label("", "small", wrap=True)
        column.addWidget(self._count)
        self._goals = SavingEdit(
            self._keep_goals, name=_("Goals to pick from for RUS"), hint=_("Paste the goals, one on each line"), lines=3
        )
        column.addWidget(self._goals)

    def begin(self) -> None:
        """Put the focus on the title."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.selectAll()

    def flush(self) -> bool:
        """Save what was typed."""
        saved = [self._title.flush(), self._goals.flush()]
        return all(saved)

    def show_reference(self, reference: DraftReference) -> None:
        """Show what is on disk."""
        self._title.show_value(reference.title)
        self._document.setText(reference.document or _("No document is chosen."))
        self._goals.show_text("\n".join(reference.goals))
        count = len(reference.goals)
        said = plural("{n} goal to pick from for RUS", "{n} goals to pick from for RUS", count)
        self._count.setText(said.format(n=count))

    def _keep_goals(self, text: str) -> bool:
        return self._put(goals=tuple(dict.fromkeys(goal.strip() for goal in text.split("\n") if goal.strip())))

    def _put(self, **fields: object) -> bool:
        references = list(self._desk.draft.references)
        references[self._place] = replace(references[self._place], **fields)
        return self._desk.set(references=tuple(references))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the document"), str(self._desk.folder), "*.pdf *.docx;;*"
        )
        if name:
            self._put(document=within(Path(name), self._desk.folder))

    def _remove(self) -> None:
        references = self._desk.draft.references
        self._desk.set(references=references[: self._place] + references[self._place + 1 :])


def within(path: Path, folder: Path) -> str:
    """The path as a draft in the folder names it; one that lies elsewhere keeps its whole path."""
    near = path.resolve().is_relative_to(folder.resolve())
    return (path.resolve().relative_to(folder.resolve()) if near else path.resolve()).as_posix()
