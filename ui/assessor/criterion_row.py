"""One criterion in the checklist: a heading that unfolds into rating, comment, evidence, questions and private note."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QLinearGradient, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import assess, evidence, notes
from esf_desktop.i18n import _
from esf_desktop.model import Answer, ApplicationId, Call, Criterion, Draft, Evidence, Judgement, Rating
from ui import theme
from ui.actions import Actions
from ui.assessor.evidence_list import EvidenceList
from ui.assessor.marks import Mark
from ui.assessor.questions import Questions
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.plain import label
from ui.widgets.private_note import PrivateNote
from ui.widgets.rating_control import RatingControl
from ui.widgets.row_header import RowHeader
from ui.widgets.saving_edit import SavingEdit


class CriterionRow(QWidget):
    """The heading, and the body while it is the open one."""

    pressed = Signal()
    evidence_opened = Signal(object)

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId, criterion: Criterion) -> None:
        super().__init__()
        self.criterion = criterion
        self._desk, self._actions, self._application = desk, actions, application
        badge = _("Phrased as a requirement") if criterion.requirement else ""
        self._header = RowHeader(criterion.title.spoken(), code=criterion.id, badge=badge)
        self._header.setToolTip(criterion.description.spoken())
        self._header.clicked.connect(self.pressed)
        self.body: CriterionBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)

    def show_draft(self, call: Call, draft: Draft) -> None:
        """Show what is on disk."""
        judgement = draft.judgement(self.criterion.id)
        self._header.show_value(wording.rating_word(call, self.criterion.id, judgement.rating), judgement.rating)
        if self.body is not None:
            self.body.show_judgement(judgement)

    def unfold(self, opened: bool) -> None:
        """Show the body, or take it away after saving what was typed."""
        self._header.setChecked(opened)
        if opened and self.body is None:
            self.body = CriterionBody(self._desk, self._actions, self._application, self.criterion)
            self.body.evidence_opened.connect(self.evidence_opened)
            self._column.addWidget(self.body)
            self.body.show_judgement(self._desk.workspace.draft(self._application).judgement(self.criterion.id))
        elif not opened and self.body is not None:
            self.body.flush()
            self.body.hide()
            self.body.deleteLater()
            self.body = None
        self._header.updateGeometry()
        self.update()

    def focus_heading(self) -> None:
        """Put the focus on the heading."""
        self._header.setFocus()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.body is not None:
            gradient = QLinearGradient(QPointF(0, 0), QPointF(whole.width(), 0))
            gradient.setColorAt(0, theme.colour("selected"))
            gradient.setColorAt(1, theme.colour("surface"))
            painter.fillRect(whole, gradient)
        painter.fillRect(QRectF(0, whole.bottom() - 1, whole.width(), 1), theme.colour("line"))
        painter.end()


class CriterionBody(QWidget):
    """Everything that a person says about one criterion."""

    evidence_opened = Signal(object)

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId, criterion: Criterion) -> None:
        super().__init__()
        self._desk, self._application, self.criterion = desk, application, criterion
        call = desk.call
        place = [known.id for known in call.criteria].index(criterion.id)
        self._colour, self._title = place, criterion.title.spoken()
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
        self._evidence = EvidenceList()
        self._evidence.opened.connect(self.evidence_opened)
        self._evidence.removed.connect(self._remove_evidence)
        asked = {n: question for n, question in enumerate(criterion.questions) if call.asks(application, question)}
        self._questions = Questions(asked)
        self._asked = len(asked)
        self._questions.answered.connect(self._answer)
        self.note = PrivateNote(self._save_note)
        self._question_fold, self._note_fold = Fold(self._questions), Fold(self.note)
        self._note_fold.say(_("Note, never leaves the computer"))
        self._lay_out()
        self.note.edit.show_text(desk.workspace.note(application, criterion.id))
        self._note_fold.unfold(bool(self.note.edit.toPlainText()))

    def show_judgement(self, judgement: Judgement) -> None:
        """Show what is on disk."""
        self.control.show_rating(judgement.rating)
        chosen = judgement.rating
        self._anchor.setText(self._anchors.get(chosen, "") if chosen else self.criterion.description.spoken())
        self.comment.show_text(judgement.comment)
        self._evidence.show_marks(
            [Mark(self.criterion.id, self._colour, one, self._title) for one in judgement.evidence]
        )
        self._questions.show_answers(judgement.questions)
        answered = sum(answer is not None for answer in judgement.questions)
        self._question_fold.say(_("Guiding questions {n} of {m}").format(n=answered, m=self._asked))
        self.note.edit.show_text(self._desk.workspace.note(self._application, self.criterion.id))

    def write_note(self) -> None:
        """Unfold the private note and put the focus there."""
        self._note_fold.unfold(True)
        self.note.edit.setFocus()

    def show_questions(self) -> None:
        """Unfold the guiding questions."""
        self._question_fold.unfold(True)

    def press(self, place: int) -> None:
        """Rate by the step in that place, from 0; the one that is set is cleared."""
        rating = self.control.rating_of_key(place)
        if rating is not None:
            now = self._desk.workspace.draft(self._application).judgement(self.criterion.id).rating
            self._rate(None if now is rating else rating)

    def add_evidence(self, found: Evidence) -> bool:
        """Tie the passage to this criterion."""
        return self._desk.do(evidence.add, self._application, self.criterion.id, found) is not None

    def flush(self) -> bool:
        """Save what was typed."""
        saved = (self.comment.flush(), self.note.edit.flush())
        return all(saved)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, 0, side, theme.pixels(0.7))
        column.setSpacing(theme.pixels(0.45))
        folds = Flow(self._question_fold, self._note_fold)
        for part in (self.control, self._anchor, self.comment, self._evidence):
            column.addWidget(part)
        column.addLayout(folds)
        column.addWidget(self._questions)
        column.addWidget(self.note)

    def _rate(self, rating: Rating | None) -> None:
        self._desk.do(assess.rate, self._application, self.criterion.id, rating)

    def _save_comment(self, text: str) -> bool:
        return self._desk.do(assess.comment, self._application, self.criterion.id, text) is not None

    def _save_note(self, text: str) -> bool:
        return self._desk.do(notes.write, self._application, self.criterion.id, text) is not None

    def _answer(self, number: int, given: Answer | None) -> None:
        self._desk.do(assess.answer, self._application, self.criterion.id, number, given)

    def _remove_evidence(self, number: int) -> None:
        self._desk.do(evidence.remove, self._application, self.criterion.id, number)
