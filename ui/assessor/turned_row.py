"""One application in the list of a principle: a heading that unfolds into the same form as in the checklist."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import evidence, recuse
from esf_desktop.i18n import _
from esf_desktop.model import Application, Criterion, Declaration, Evidence, Rating
from ui import theme
from ui.actions import Actions
from ui.assessor.conflict import ConflictQuestion
from ui.assessor.criterion_body import CriterionBody
from ui.desk import Desk
from ui.widgets.plain import button, label, line
from ui.widgets.row_header import RowHeader


class TurnedRow(QFrame):
    """The heading says how the application is rated; unfolded it is rated here, or the question on jäv is answered."""

    pressed = Signal()
    evidence_opened = Signal(object)

    def __init__(self, desk: Desk, actions: Actions, application: Application, criterion: Criterion) -> None:
        super().__init__()
        self.application = application.id
        self.criterion = criterion
        self._desk, self._actions = desk, actions
        self._asked_again = False
        self._header = RowHeader(application.project_name, badge=application.id)
        self._header.clicked.connect(self.pressed)
        self.body: CriterionBody | None = None
        self._before: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._inside)
        self._column.addWidget(line())
        self.refresh()

    @property
    def rating(self) -> Rating | None:
        """How the application is rated on disk."""
        return self._desk.workspace.draft(self.application).judgement(self.criterion.id).rating

    def refresh(self) -> None:
        """Show what is on disk."""
        call, draft = self._desk.call, self._desk.workspace.draft(self.application)
        judgement = draft.judgement(self.criterion.id)
        declared = draft.conflict_of_interest
        if declared is None:
            self._header.show_value(_("Conflict of interest: not answered"))
        elif draft.recused:
            self._header.show_value(wording.declaration_word(declared.answer))
        else:
            self._header.show_value(wording.rating_word(call, self.criterion.id, judgement.rating), judgement.rating)
        if self._header.isChecked():
            self._show_inside()
            if self.body is not None:
                self.body.show_judgement(judgement)

    def unfold(self, opened: bool) -> None:
        """Show the form, or take it away after saving what was typed."""
        if self._header.isChecked() and not opened:
            self.flush()
        self._header.setChecked(opened)
        self._asked_again = False
        self.setProperty("role", "open" if opened else "")
        self.style().polish(self)
        self._show_inside()
        self.refresh()

    def _remove(self, found: Evidence) -> None:
        kept = self._desk.workspace.draft(self.application).judgement(self.criterion.id).evidence
        if found in kept:
            self._desk.do(evidence.remove, self.application, self.criterion.id, kept.index(found))

    def flush(self) -> bool:
        """Save what was typed; False when something could not be saved."""
        before = self._before.flush() if isinstance(self._before, ConflictQuestion) else True
        return (self.body is None or self.body.flush()) and before

    def focus_heading(self) -> None:
        """Put the focus on the heading, or on the question that comes first."""
        if isinstance(self._before, ConflictQuestion):
            self._before.focus_first()
        else:
            self._header.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_inside(self) -> None:
        """Put the form there, or what stands in its way."""
        draft = self._desk.workspace.draft(self.application)
        opened = self._header.isChecked()
        asked = opened and (draft.conflict_of_interest is None or self._asked_again)
        closed = opened and draft.recused and not asked
        wanted = opened and not asked and not closed
        if wanted != (self.body is not None):
            self._show_body(wanted)
        kind = ConflictQuestion if asked else QFrame if closed else None
        if (type(self._before) if self._before else None) is kind:
            return
        if self._before is not None:
            self._inside.removeWidget(self._before)
            self._before.hide()
            self._before.deleteLater()
            self._before = None
        if asked:
            question = ConflictQuestion(self._declare)
            if draft.conflict_of_interest is not None:
                question.show_answer(draft.conflict_of_interest)
            self._before = question
        elif closed:
            self._before = self._closed()
        if self._before is not None:
            self._inside.addWidget(self._before)

    def _show_body(self, wanted: bool) -> None:
        if wanted:
            self.body = CriterionBody(self._desk, self._actions, self.application, self.criterion, whole=False)
            self.body.evidence_removed.connect(self._remove)
            self.body.evidence_opened.connect(self.evidence_opened)
            self._inside.addWidget(self.body)
        elif self.body is not None:
            self._inside.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
            self.body = None

    def _closed(self) -> QFrame:
        frame = QFrame()
        column = QVBoxLayout(frame)
        side = theme.pixels(1.28)
        column.setContentsMargins(side, 0, side, theme.pixels(0.7))
        column.addWidget(
            label(
                _("You abstain from this application. The form is closed, and nothing that you wrote here is sent."),
                "small",
                wrap=True,
            )
        )
        again = button(_("Change the answer on conflict of interest"), "link")
        again.clicked.connect(self._ask_again)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _ask_again(self) -> None:
        self._asked_again = True
        self._show_inside()
        self.focus_heading()

    def _declare(self, answer: Declaration, reason: str) -> bool:
        if self._desk.do(recuse.declare, self.application, answer, reason) is None:
            return False
        self._asked_again = False
        self.refresh()
        self._header.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
