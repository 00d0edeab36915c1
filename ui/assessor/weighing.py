"""The end of the checklist: the assessor's own overall text, the recommendation and a note on the application."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import assess, notes
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Draft, Recommendation
from ui import theme
from ui.actions import Actions
from ui.desk import Desk
from ui.widgets.choice import Choice
from ui.widgets.fold import Fold
from ui.widgets.plain import label, with_key
from ui.widgets.private_note import PrivateNote
from ui.widgets.saving_edit import SavingEdit


class Weighing(QWidget):
    """Edits overall text and recommendation; a chosen recommendation is cleared by pressing it again."""

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId) -> None:
        super().__init__()
        self._desk, self._application = desk, application
        self.overall = SavingEdit(
            self._save_overall,
            name=_("Overall assessment"),
            hint=_("Weigh it together in your own words. No points are counted."),
            lines=4,
        )
        self._choices: dict[Recommendation, Choice] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.pixels(0.4))
        for place, value in enumerate(Recommendation):
            key = actions.key(f"rate_{place + 1}")
            made = Choice(wording.recommendation_word(value), mark=True, key=key)
            made.clicked.connect(lambda on, value=value: self._recommend(value if on else None))
            grid.addWidget(made, place // 2, place % 2)
            self._choices[value] = made
        self.note = PrivateNote(self._save_note)
        self._fold = Fold(self.note)
        self._fold.say(_("Note, never leaves the computer"))
        column = QVBoxLayout(self)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, 0, side, theme.pixels(0.9))
        column.setSpacing(theme.pixels(0.55))
        column.addWidget(self.overall)
        column.addWidget(label(_("Recommendation"), "caption"))
        column.addLayout(grid)
        column.addWidget(with_key(self._fold, actions.key("note")), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.note)

    def show_draft(self, draft: Draft) -> None:
        """Show what is on disk."""
        self.overall.show_text(draft.overall)
        for value, choice in self._choices.items():
            choice.setChecked(value is draft.recommendation)
        note = self._desk.workspace.note(self._application)
        self.note.edit.show_text(note)
        if note:
            self._fold.unfold(True)

    def press(self, place: int) -> None:
        """Recommend what stands in that place, from 0; what was recommended already is cleared."""
        value = list(self._choices)[place]
        self._recommend(None if self._choices[value].isChecked() else value)

    def write_note(self) -> None:
        """Unfold the private note and put the focus there."""
        self._fold.unfold(True)
        self.note.edit.setFocus()

    def flush(self) -> bool:
        """Save what was typed."""
        saved = (self.overall.flush(), self.note.edit.flush())
        return all(saved)

    def _recommend(self, value: Recommendation | None) -> None:
        self._desk.do(assess.recommend, self._application, value)

    def _save_overall(self, text: str) -> bool:
        return self._desk.do(assess.write_overall, self._application, text) is not None

    def _save_note(self, text: str) -> bool:
        return self._desk.do(notes.write, self._application, None, text) is not None
