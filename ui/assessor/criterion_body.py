"""What is open of one criterion: rating, comment, evidence, guiding questions, goals, private note."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import assess, notes
from esf_desktop.i18n import _
from esf_desktop.model import Answer, ApplicationId, Criterion, Evidence, Judgement, Rating
from ui import theme
from ui.actions import Actions
from ui.assessor.evidence_list import EvidenceList
from ui.assessor.goals import Goals
from ui.assessor.marks import Mark, marks_of
from ui.assessor.questions import Questions
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.plain import label, with_key
from ui.widgets.private_note import PrivateNote
from ui.widgets.rating_control import RatingControl
from ui.widgets.saving_edit import SavingEdit


class CriterionBody(QWidget):
    """Everything that a person says about one criterion."""

    evidence_opened = Signal(object)
    evidence_removed = Signal(object)
    change_wanted = Signal(object)
    change_stored = Signal()
    change_given_up = Signal()
    reference_opened = Signal(str)
    grown = Signal()
    """Something was unfolded."""
    caret_moved = Signal(object)
    """The `SavingEdit` with the focus, whose caret is to stay in sight."""

    def __init__(
        self, desk: Desk, actions: Actions, application: ApplicationId, criterion: Criterion, *, whole: bool = True
    ) -> None:
        """With `whole` false the extent of evidence is not changed here, and references are not read from here."""
        super().__init__()
        self._desk, self._application, self.criterion = desk, application, criterion
        call = desk.call
        self._title = criterion.title.spoken()
        self._changing: Evidence | None = None
        self._anchors = {step.rating: step.anchor.spoken() for step in call.framework.steps}
        ratings = call.scale.ratings
        steps = tuple(
            (rating, wording.rating_word(call, criterion.id, rating), self._anchors.get(rating, ""))
            for rating in ratings
        )
        keys = tuple(actions.key(f"rate_{n}") for n in range(1, len(ratings) + 1))
        self.control = RatingControl(steps, _("Rating of {criterion}").format(criterion=self._title), keys)
        self.control.rated.connect(self._rate)
        self._anchor = label("", "small", wrap=True)
        self.comment = SavingEdit(
            self._save_comment,
            name=_("Comment on {criterion}").format(criterion=self._title),
            hint=_("Why? The applicant gets to read your reasons. Key {key}.").format(key=actions.key("comment")),
        )
        self._evidence = EvidenceList(actions if whole else None)
        self._evidence.opened.connect(self.evidence_opened)
        self._evidence.removed.connect(self.evidence_removed)
        self._evidence.change_wanted.connect(self.change_wanted)
        self._evidence.changed.connect(self.change_stored)
        self._evidence.change_given_up.connect(self.change_given_up)
        words = _("Select in the document and press {key}, or drag the selection here.")
        self._no_evidence = label(words.format(key=actions.key("evidence")), "small", wrap=True)
        asked = {n: question for n, question in enumerate(criterion.questions) if call.asks(application, question)}
        self._questions = Questions(asked)
        self._asked = len(asked)
        self._questions.answered.connect(self._answer)
        self.note = PrivateNote(self._save_note)
        references = call.references if criterion.requirement else ()
        self._goals = Goals(references, readable=whole) if references else None
        self._question_fold, self._note_fold = Fold(self._questions), Fold(self.note)
        self._goals_fold = Fold(self._goals) if self._goals is not None else None
        self._note_fold.say(_("Note, never leaves the computer"))
        self._lay_out(actions)
        self.note.edit.show_text(desk.workspace.note(application, criterion.id))
        self._note_fold.unfold(bool(self.note.edit.toPlainText()))
        for edit in (self.comment, self.note.edit):
            for changed in (edit.cursorPositionChanged, edit.resized):
                changed.connect(lambda edit=edit: self._tell_caret(edit))
        for fold in filter(None, (self._question_fold, self._note_fold, self._goals_fold)):
            fold.clicked.connect(self.grown)

    def show_judgement(self, judgement: Judgement) -> None:
        """Show what is on disk."""
        self.control.show_rating(judgement.rating)
        chosen = judgement.rating
        self._anchor.setText(self._anchors.get(chosen, "") if chosen else self.criterion.description.spoken())
        self.comment.show_text(judgement.comment)
        self._show_evidence()
        self._no_evidence.setVisible(not judgement.evidence)
        self._questions.show_answers(judgement.questions)
        answered = sum(answer is not None for answer in judgement.questions)
        self._question_fold.say(_("Guiding questions {n} of {m}").format(n=answered, m=self._asked))
        self.note.edit.show_text(self._desk.workspace.note(self._application, self.criterion.id))

    def write_note(self) -> None:
        """Unfold the private note and put the focus there."""
        self._note_fold.unfold(True)
        self.note.edit.setFocus()

    def show_questions(self) -> None:
        """Unfold the guiding questions and put the focus on the first answer."""
        self._question_fold.unfold(True)
        self._questions.focus_first()
        self.grown.emit()

    def show_goals(self) -> bool:
        """Unfold the goals of the strategies and put the focus there; False when this criterion has none."""
        if self._goals is None or self._goals_fold is None:
            return False
        self._goals_fold.unfold(True)
        self._goals.focus_first()
        self.grown.emit()
        return True

    def show_changing(self, evidence: Evidence | None) -> None:
        """Say at this evidence how its extent is changed."""
        if evidence != self._changing:
            self._changing = evidence
            self._show_evidence()

    def evidence_in_hand(self) -> Evidence | None:
        """The evidence that has the focus, or else the last one."""
        return self._evidence.in_hand()

    def press(self, place: int) -> None:
        """Rate by the step in that place, from 0; the one that is set is cleared."""
        rating = self.control.rating_of_key(place)
        if rating is not None:
            now = self._desk.workspace.draft(self._application).judgement(self.criterion.id).rating
            self._rate(None if now is rating else rating)

    def flush(self) -> bool:
        """Save what was typed."""
        saved = (self.comment.flush(), self.note.edit.flush())
        return all(saved)

    def _lay_out(self, actions: Actions) -> None:
        column = QVBoxLayout(self)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, 0, side, theme.pixels(0.7))
        column.setSpacing(theme.pixels(0.45))
        folds = Flow(
            with_key(self._question_fold, actions.key("guide")), with_key(self._note_fold, actions.key("note"))
        )
        for part in (self.control, self._anchor, self.comment, self._evidence, self._no_evidence):
            column.addWidget(part)
        if self._goals is not None and self._goals_fold is not None:
            self._goals_fold.say(_("Goals of the strategies"))
            self._goals.picked.connect(self._write_goal)
            self._goals.opened.connect(self.reference_opened)
            pair = with_key(self._goals_fold, actions.key("goals"))
            column.addWidget(pair, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(self._goals)
        column.addLayout(folds)
        column.addWidget(self._questions)
        column.addWidget(self.note)

    def _show_evidence(self) -> None:
        work = self._desk.workspace
        draft, documents = work.draft(self._application), work.application(self._application).documents
        marks = marks_of(self._desk.call, draft, documents)
        own: list[Mark] = [mark for mark in marks if mark.criterion == self.criterion.id]
        self._evidence.show_marks(own, self._changing)

    def _write_goal(self, goal: str) -> None:
        """Put the goal into the comment as typing would, so that the field's own undo takes it back."""
        cursor = self.comment.textCursor()
        before = self.comment.toPlainText()[: cursor.position()]
        space = "" if not before or before.endswith((" ", "\n")) else " "
        cursor.beginEditBlock()
        cursor.insertText(space + _("“{quote}”").format(quote=goal) + " ")
        cursor.endEditBlock()
        self.comment.setTextCursor(cursor)
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_caret(self, edit: SavingEdit) -> None:
        if edit.hasFocus():
            self.caret_moved.emit(edit)

    def _rate(self, rating: Rating | None) -> None:
        self._desk.do(assess.rate, self._application, self.criterion.id, rating)

    def _save_comment(self, text: str) -> bool:
        return self._desk.do(assess.comment, self._application, self.criterion.id, text) is not None

    def _save_note(self, text: str) -> bool:
        return self._desk.do(notes.write, self._application, self.criterion.id, text) is not None

    def _answer(self, number: int, given: Answer | None) -> None:
        self._desk.do(assess.answer, self._application, self.criterion.id, number, given)
