"""The wording of one criterion in both languages, side by side; the official text can be pasted in."""

from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Criterion, CriterionId, Framework, GuidingQuestion, Text, replace
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.widgets.fitting import Body, fit
from ui.widgets.plain import button, label
from ui.widgets.saving_edit import SavingEdit

LANGUAGES = ("sv", "en")
PARTS = ("title", "description", "questions")


class WordingDialog(QDialog):
    """Edits title, description and guiding questions; each field saves itself."""

    def __init__(self, parent: QWidget, desk: CallDesk, criterion: CriterionId) -> None:
        super().__init__(parent)
        self._desk, self._id = desk, criterion
        self.setWindowTitle(_("Wording of {criterion}").format(criterion=criterion))
        column = QVBoxLayout(self)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        body = Body(theme.pixels(50))
        column.addWidget(body, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.pixels(0.8))
        grid.addWidget(label("Svenska", "strong"), 0, 0)
        grid.addWidget(label("English", "strong"), 0, 1)
        words = {
            "title": _("Title"),
            "description": _("Description"),
            "questions": _("Guiding questions, one on each line"),
        }
        self._fields: dict[tuple[str, str], SavingEdit] = {}
        for row, part in enumerate(PARTS):
            grid.addWidget(label(words[part], "small", wrap=True), 2 * row + 1, 0, 1, 2)
            for place, language in enumerate(LANGUAGES):
                name = f"{words[part]} ({('Svenska', 'English')[place]})"
                field = SavingEdit(partial(self._keep, part, language), name=name, lines=(1, 2, 4)[row])
                self._fields[part, language] = field
                grid.addWidget(field, 2 * row + 2, place)
        body.column.addLayout(grid)
        self._study = QCheckBox(_("Feasibility studies are judged by it too"))
        self._study.clicked.connect(lambda on: self._put(replace(self._criterion, for_feasibility_study=on)))
        body.column.addWidget(self._study)
        body.column.addStretch(1)
        feet = QHBoxLayout()
        feet.addWidget(label(_("Saved as you write."), "small"), 1)
        close = button(_("Close"), "primary")
        close.clicked.connect(self.accept)
        feet.addWidget(close)
        column.addLayout(feet)
        desk.changed.connect(self.refresh)
        self.refresh()
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit(self)

    def refresh(self) -> None:
        """Show what is on disk."""
        criterion = self._criterion
        for (part, language), field in self._fields.items():
            field.show_text(_said(criterion, part, language))
        self._study.setChecked(criterion.for_feasibility_study)

    def done(self, result: int) -> None:
        """Close once everything that was typed is saved."""
        saved = [field.flush() for field in self._fields.values()]
        if all(saved):
            super().done(result)

    @property
    def _criterion(self) -> Criterion:
        framework = self._desk.framework
        return next(one for one in (*framework.principles, *framework.areas) if one.id == self._id)

    def _keep(self, part: str, language: str, text: str) -> bool:
        criterion = self._criterion
        if part == "questions":
            return self._put(replace(criterion, questions=_with_questions(criterion.questions, language, text)))
        said = " ".join(text.split()) if part == "title" else text.strip()
        return self._put(replace(criterion, **{part: replace(getattr(criterion, part), **{language: said})}))

    def _put(self, changed: Criterion) -> bool:
        return self._desk.change(framework=_with(self._desk.framework, changed))


def _said(criterion: Criterion, part: str, language: str) -> str:
    if part == "questions":
        return "\n".join(getattr(question.text, language) for question in criterion.questions)
    return str(getattr(getattr(criterion, part), language))


def _with_questions(known: tuple[GuidingQuestion, ...], language: str, text: str) -> tuple[GuidingQuestion, ...]:
    """The questions with one language's lines; the n-th line is the n-th question in both languages."""
    lines = [" ".join(line.split()) for line in text.rstrip().split("\n")]
    made = []
    for place in range(max(len(known), len(lines))):
        before = known[place] if place < len(known) else GuidingQuestion(Text("", ""))
        said = lines[place] if place < len(lines) else ""
        made.append(replace(before, text=replace(before.text, **{language: said})))
    while len(made) > 1 and made[-1].text == Text("", ""):
        made.pop()
    return tuple(made)


def _with(framework: Framework, changed: Criterion) -> Framework:
    return replace(
        framework,
        principles=tuple(changed if one.id == changed.id else one for one in framework.principles),
        areas=tuple(changed if one.id == changed.id else one for one in framework.areas),
    )
