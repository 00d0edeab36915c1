"""The parts of a filled-in sheet in the sheet's own order, each typed from top to bottom by keyboard alone."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import assess, recuse
from esf_desktop.i18n import _
from esf_desktop.model import Answer, ApplicationId, Criterion, CriterionId, Declaration, Draft, Rating, Recommendation
from ui import formatting, theme
from ui.assessor.evidence_line import EvidenceLine
from ui.desk import Desk
from ui.widgets.keyed_choice import KeyedChoice, Option
from ui.widgets.plain import label
from ui.widgets.saving_edit import SavingEdit


class Field(Protocol):
    """What a part asks of its fields; every one is a `QWidget` too."""

    def begin(self) -> None:
        """Put the focus here."""


class TextField(SavingEdit):
    """A text of the sheet; Ctrl+Enter goes on, since Enter is a new line."""

    passed = Signal(int)

    def begin(self) -> None:
        """Put the focus here, after what is written."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.passed.emit(+1)
            return
        super().keyPressEvent(event)


class PaperPart(QWidget):
    """Fields under a heading; leaving the last one leaves the part."""

    left = Signal(int)
    """The person goes on to the next part (+1) or back to the one before (-1)."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__()
        self.name, self.heading = name, heading
        self._fields: list[Field] = []
        self._column = QVBoxLayout(self)
        side = theme.pixels(1.6)
        self._column.setContentsMargins(side, theme.pixels(1.2), side, theme.pixels(1.2))
        self._column.setSpacing(theme.pixels(0.7))
        self._column.addWidget(label(f"{name}  {heading}".strip(), "title", wrap=True))

    def begin(self) -> None:
        """Put the focus on the first field."""
        self._fields[0].begin()

    def show_draft(self, draft: Draft) -> None:
        """Show what is on disk."""

    def said(self, draft: Draft) -> str:
        """What the part says so far, in a word."""
        return ""

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        return True

    def _add(self, field: KeyedChoice | TextField | EvidenceLine) -> None:
        place = len(self._fields)
        self._fields.append(field)
        field.passed.connect(lambda step: self._pass(place + step))
        self._column.addWidget(field)

    def _finish(self) -> None:
        self._column.addStretch(1)

    def _pass(self, place: int) -> None:
        if 0 <= place < len(self._fields):
            self._fields[place].begin()
        else:
            self.left.emit(+1 if place > 0 else -1)


class DeclarationPart(PaperPart):
    """The answer on conflict of interest; two of the three ask for a reason first."""

    def __init__(self, desk: Desk, application: ApplicationId) -> None:
        super().__init__("", _("Conflict of interest"))
        self._desk, self._application = desk, application
        self._waiting: Declaration | None = None
        words = {answer: wording.declaration_word(answer) for answer in Declaration}
        self._choice = KeyedChoice(
            "", [Option(str(n), words[answer], answer) for n, answer in enumerate(Declaration, 1)]
        )
        self._choice.chosen.connect(self._choose)
        self._choice.passed.connect(self._go_on)
        self._reason = QLineEdit()
        self._reason.setAccessibleName(_("The reason, for the secretariat"))
        self._reason.setPlaceholderText(_("The reason, for the secretariat. Enter goes on."))
        self._reason.returnPressed.connect(self._say_and_go_on)
        self._fields.append(self._choice)
        self._column.addWidget(self._choice)
        self._column.addWidget(self._reason)
        self._finish()

    def show_draft(self, draft: Draft) -> None:
        declared = draft.conflict_of_interest
        self._choice.show_value(self._waiting or (declared.answer if declared else None))
        asked = self._waiting or (declared.answer if declared else Declaration.NONE)
        self._reason.setVisible(asked is not Declaration.NONE)
        if self._waiting is None and not self._reason.isModified():
            self._reason.setText(declared.reason if declared else "")

    def said(self, draft: Draft) -> str:
        declared = draft.conflict_of_interest
        return wording.declaration_word(declared.answer) if declared else ""

    def flush(self) -> bool:
        declared = self._desk.workspace.draft(self._application).conflict_of_interest
        answer = self._waiting or (declared.answer if declared and self._reason.isModified() else None)
        if answer is None:
            return True
        if self._desk.do(recuse.declare, self._application, answer, self._reason.text().strip()) is None:
            return False
        self._waiting = None
        self._reason.setModified(False)
        return True

    def _choose(self, answer: Declaration | None) -> None:
        draft = self._desk.workspace.draft(self._application)
        if answer is None:
            self._waiting = None
        elif answer is Declaration.NONE:
            self._waiting = None
            self._reason.clear()
            self._desk.do(recuse.declare, self._application, answer, "")
        else:
            self._waiting = answer
        self.show_draft(self._desk.workspace.draft(self._application) if answer else draft)

    def _go_on(self, step: int) -> None:
        if self._waiting is not None and step > 0:
            self._reason.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit(step)

    def _say_and_go_on(self) -> None:
        if self.flush():
            self.left.emit(+1)


class CriterionPart(PaperPart):
    """One principle or area: questions, rating, comment, evidence, as on the sheet."""

    def __init__(self, desk: Desk, application: ApplicationId, criterion: Criterion) -> None:
        super().__init__(criterion.id, criterion.title.spoken())
        self._desk, self._application, self._criterion = desk, application, criterion.id
        call = desk.call
        self._column.addWidget(label(criterion.description.spoken(), "small", wrap=True))
        self._questions = {
            n: self._question(n, question.text.spoken())
            for n, question in enumerate(criterion.questions)
            if call.asks(application, question)
        }
        steps = [
            Option(str(n), wording.rating_word(call, criterion.id, rating), rating)
            for n, rating in enumerate(call.scale.ratings, 1)
        ]
        self._rating = KeyedChoice(_("Rating"), steps)
        self._rating.chosen.connect(self._rate)
        self._comment = TextField(
            self._save_comment,
            name=_("Comment on {criterion}").format(criterion=self.heading),
            hint=_("Comment. Tab goes on."),
        )
        self._evidence = EvidenceLine(
            desk, application, criterion.id, [known.id for known in call.criteria].index(criterion.id)
        )
        fields: list[KeyedChoice | TextField | EvidenceLine] = [*self._questions.values()]
        for field in [*fields, self._rating, self._comment, self._evidence]:
            self._add(field)
        self._finish()

    def show_draft(self, draft: Draft) -> None:
        judgement = draft.judgement(self._criterion)
        for number, question in self._questions.items():
            question.show_value(judgement.questions[number] if number < len(judgement.questions) else None)
        self._rating.show_value(judgement.rating)
        self._comment.show_text(judgement.comment)
        self._evidence.show_evidence(judgement.evidence)

    def said(self, draft: Draft) -> str:
        rating = draft.judgement(self._criterion).rating
        return wording.rating_word(self._desk.call, self._criterion, rating) if rating else ""

    def flush(self) -> bool:
        return self._comment.flush() and self._evidence.flush()

    def _question(self, number: int, text: str) -> KeyedChoice:
        words = {answer: formatting.answer_word(answer) for answer in Answer}
        made = KeyedChoice(text, [Option(word[0].upper(), word, answer) for answer, word in words.items()], beside=True)
        made.chosen.connect(lambda given: self._answer(number, given))
        return made

    def _answer(self, number: int, given: Answer | None) -> None:
        self._desk.do(assess.answer, self._application, self._criterion, number, given)

    def _rate(self, rating: Rating | None) -> None:
        self._desk.do(assess.rate, self._application, self._criterion, rating)

    def _save_comment(self, text: str) -> bool:
        return self._desk.do(assess.comment, self._application, self._criterion, text) is not None


class WeighingPart(PaperPart):
    """Main area, overall assessment and recommendation: the sheet's last part."""

    def __init__(self, desk: Desk, application: ApplicationId) -> None:
        super().__init__("", _("Overall assessment and recommendation"))
        self._desk, self._application = desk, application
        areas = [Option(str(n), a.title.spoken(), a.id) for n, a in enumerate(desk.call.areas_for(application), 1)]
        self._area = KeyedChoice(_("Main area, one at most"), areas)
        self._area.chosen.connect(self._choose_area)
        self._overall = TextField(self._save, name=_("Overall assessment"), hint=_("Overall assessment"), lines=6)
        words = [Option(str(n), wording.recommendation_word(r), r) for n, r in enumerate(Recommendation, 1)]
        self._recommendation = KeyedChoice(_("Recommendation"), words)
        self._recommendation.chosen.connect(self._recommend)
        self._add(self._area)
        self._add(self._overall)
        self._add(self._recommendation)
        self._finish()

    def show_draft(self, draft: Draft) -> None:
        self._area.show_value(draft.main_area)
        self._overall.show_text(draft.overall)
        self._recommendation.show_value(draft.recommendation)

    def said(self, draft: Draft) -> str:
        return wording.recommendation_word(draft.recommendation) if draft.recommendation else ""

    def flush(self) -> bool:
        return self._overall.flush()

    def _choose_area(self, area: CriterionId | None) -> None:
        self._desk.do(assess.choose_main_area, self._application, area)

    def _recommend(self, recommendation: Recommendation | None) -> None:
        self._desk.do(assess.recommend, self._application, recommendation)

    def _save(self, text: str) -> bool:
        return self._desk.do(assess.write_overall, self._application, text) is not None


def make_parts(desk: Desk, application: ApplicationId) -> Sequence[PaperPart]:
    """All parts of one application's sheet, in its order."""
    return [
        DeclarationPart(desk, application),
        *(CriterionPart(desk, application, criterion) for criterion in desk.call.criteria_for(application)),
        WeighingPart(desk, application),
    ]
