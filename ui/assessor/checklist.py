"""The form beside the document: jäv, principles, areas, overall text; one part is open at a time."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from esf_desktop import completeness, wording
from esf_desktop.assessor import evidence, recuse
from esf_desktop.completeness import Lack
from esf_desktop.i18n import _, plural
from esf_desktop.model import ApplicationId, CriterionId, Declaration, Draft, Evidence
from ui import formatting, theme
from ui.actions import Actions
from ui.assessor.areas import Areas
from ui.assessor.conflict import ConflictQuestion
from ui.assessor.criterion_row import CriterionBody, CriterionRow
from ui.assessor.facts import Facts, summary
from ui.assessor.left_out import LeftOut
from ui.assessor.weighing import Weighing
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.fold import Fold
from ui.widgets.plain import area, button, label, line
from ui.widgets.row_header import RowHeader

OVERALL = CriterionId("")
"""The part after the last criterion: overall text and recommendation."""


class Checklist(QWidget):
    """The whole form for one application."""

    opened = Signal(str)
    """The letters of the criterion that was opened; empty for none of them."""
    evidence_opened = Signal(object)
    finished = Signal()
    """Nothing that signing needs is missing any more, and the person wants to go on."""

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId) -> None:
        super().__init__()
        self.application = application
        self._desk, self._actions = desk, actions
        self._open: CriterionId | None = None
        self._asked_again = False
        self._rows: dict[CriterionId, CriterionRow] = {}
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(self._scroll, 1)
        column.addWidget(self._make_foot())
        self._scroll.setWidget(self._make_form())
        self.refresh()
        draft = desk.workspace.draft(application)
        if draft.conflict_of_interest is not None and not draft.recused:
            self.open(self._first_unrated(draft))

    def refresh(self) -> None:
        """Show what is on disk."""
        call, draft = self._desk.call, self._desk.workspace.draft(self.application)
        application = self._desk.workspace.application(self.application)
        self._title.setText(application.project_name)
        self._applicant.setText(application.applicant_name)
        self._applicant.setVisible(bool(application.applicant_name))
        odd = self.facts.refresh()
        odd_words = plural("{n} thing looks odd", "{n} things look odd", odd).format(n=odd) if odd else ""
        words = summary(application) or _("About the application")
        self._fold.say(" · ".join(part for part in (words, odd_words) if part))
        self._show_conflict(draft)
        met, selected = completeness.met_count(call, draft)
        count = _("{n} of {m}").format(n=met, m=selected)
        self._met.setText(_("{count} selected principles met").format(count=f"<b>{count}</b>"))
        for row in self._rows.values():
            row.show_draft(call, draft)
        self._areas.show_draft(call, draft)
        self._weighing.show_draft(draft)
        chosen = draft.recommendation
        self._overall_header.show_value(wording.recommendation_word(chosen) if chosen else "")
        lacking = [lack for lack in completeness.missing(call, draft) if lack.required]
        self._left.setText(
            ""
            if draft.recused
            else plural("{n} thing left before signing", "{n} things left before signing", len(lacking)).format(
                n=len(lacking)
            )
            if lacking
            else _("Ready to sign")
        )
        self._left.setToolTip("\n".join(lack.sentence() for lack in lacking))

    @property
    def open_criterion(self) -> CriterionId | None:
        """The letters of the open criterion; None when it is another part, or none."""
        return self._open or None

    @property
    def open_part(self) -> CriterionId | None:
        """What is unfolded: a criterion, the overall text (empty letters), or nothing."""
        return self._open

    @property
    def body(self) -> CriterionBody | None:
        """What is open of the open criterion."""
        row = self._rows.get(self._open) if self._open else None
        return row.body if row else None

    def open(self, part: CriterionId | None, *, focus: bool = False) -> None:
        """Unfold this part and fold the one that was open; None folds everything."""
        if part is not None and not self.workable:
            return
        focused = QApplication.focusWidget()
        within = focused is not None and self._work.isAncestorOf(focused)
        self._open = part
        self._areas.unfold(part is not None and self._desk.call.is_area(part))
        if part is not None and (focus or within):
            (self._rows[part].focus_heading if part else self._overall_header.setFocus)()
        for letters, row in self._rows.items():
            row.unfold(letters == part)
        self._overall_header.setChecked(part == OVERALL)
        self._weighing.setVisible(part == OVERALL)
        if part is not None:
            QTimer.singleShot(0, self._reveal)
        self.opened.emit(part or "")

    def turn(self, step: int) -> None:
        """Open the next or the previous part."""
        order = self._order()
        place = order.index(self._open) + step if self._open in order else 0
        if 0 <= place < len(order):
            self.open(order[place])

    def press(self, place: int) -> None:
        """Rate the open criterion by the step in that place, from 0."""
        if self.body is not None:
            self.body.press(place)

    def write_comment(self) -> None:
        """Put the focus on the text of the open part."""
        if self._open == OVERALL:
            self._weighing.overall.setFocus()
        elif self.body is not None:
            self.body.comment.setFocus()

    def write_note(self) -> None:
        """Put the focus on the private note of the open part."""
        if self.body is not None:
            self.body.write_note()
        elif self.workable:
            self.open(OVERALL)
            self._weighing.write_note()

    def add_evidence(self, found: Evidence, criterion: CriterionId | None = None) -> CriterionId | None:
        """Tie a passage to a criterion, the open one if none is named; the answer is which, or None if it failed."""
        wanted = criterion or self.open_criterion
        if wanted is None:
            return None
        change = self._desk.do(evidence.add, self.application, wanted, found)
        return wanted if change is not None else None

    def guide(self) -> None:
        """Unfold the guiding questions of the open criterion."""
        if self.body is not None:
            self.body.show_questions()

    def finish(self) -> None:
        """Go on when nothing is missing; otherwise open the first part where something is."""
        if not self.flush():
            return
        draft = self._desk.workspace.draft(self.application)
        lacking = [lack for lack in completeness.missing(self._desk.call, draft) if lack.required]
        if not lacking:
            self.finished.emit()
            return
        first = lacking[0]
        self._desk.announced.emit(first.sentence())
        if first.lack is Lack.DECLARATION:
            self._conflict.focus_first()
        else:
            self.open(first.criterion or OVERALL, focus=first.lack is Lack.RATING)
            if first.lack in (Lack.COMMENT, Lack.OVERALL):
                self.write_comment()

    def flush(self) -> bool:
        """Save what was typed, a reason for a declaration too; False when something could not be saved."""
        bodies = [row.body for row in self._rows.values() if row.body is not None]
        saved = [self.facts.flush(), *(body.flush() for body in bodies), self._weighing.flush()]
        return all([*saved, self._conflict.flush()])

    @property
    def workable(self) -> bool:
        """Whether the question on conflict of interest is answered, and not by abstaining."""
        draft = self._desk.workspace.draft(self.application)
        return draft.conflict_of_interest is not None and not draft.recused

    def _make_head(self) -> QWidget:
        head = area("surface")
        side = theme.pixels(1.28)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, theme.pixels(0.9), 0, 0)
        column.setSpacing(theme.pixels(0.3))
        self._title = label("", "title", wrap=True)
        self._applicant = label("", "small", wrap=True)
        self._conflict_button = button("", "quiet", described=_("Change the answer on conflict of interest"))
        self._conflict_button.clicked.connect(self._ask_again)
        self._met = label("", "small")
        self._met.setTextFormat(Qt.TextFormat.RichText)
        row = Flow(self._conflict_button, self._met)
        row.setContentsMargins(side - theme.pixels(0.36), 0, side, 0)
        self.facts = Facts(self._desk, self.application)
        self._facts_area = area("window")
        facts_column = QVBoxLayout(self._facts_area)
        facts_column.setContentsMargins(0, theme.pixels(0.8), 0, 0)
        facts_column.setSpacing(0)
        facts_column.addWidget(self.facts)
        facts_column.addWidget(line())
        self._fold = Fold(self._facts_area)
        self._fold.clicked.connect(lambda: self._scroll.verticalScrollBar().setValue(0))
        fold_row = QHBoxLayout()
        fold_row.setContentsMargins(side - theme.pixels(0.36), 0, side, 0)
        fold_row.addWidget(self._fold)
        fold_row.addStretch(1)
        for part in (self._title, self._applicant):
            part.setContentsMargins(side, 0, side, 0)
            column.addWidget(part)
        column.addLayout(fold_row)
        column.addLayout(row)
        column.addSpacing(theme.pixels(0.5))
        column.addWidget(line())
        return head

    def _make_form(self) -> QWidget:
        call = self._desk.call
        form = area("surface")
        self._form = column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._conflict = ConflictQuestion(self._declare)
        self._closed = label(
            _("You abstain from this application. The form is closed, and nothing that you wrote here is sent."),
            wrap=True,
        )
        self._closed.setContentsMargins(*(theme.pixels(1.28),) * 4)
        column.addWidget(self._facts_area)
        column.addWidget(self._conflict)
        column.addWidget(self._closed)
        self._work = QWidget()
        column.addWidget(self._work)
        column.addStretch(1)
        inner = QVBoxLayout(self._work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for criterion in call.principles_for(self.application):
            inner.addWidget(self._row(criterion.id))
        self.left_out = LeftOut(call, self.application)
        inner.addWidget(self.left_out)
        self._areas = Areas(self._desk, self.application, [self._row(a.id) for a in call.areas_for(self.application)])
        self._areas.pressed.connect(self._toggle_areas)
        inner.addWidget(self._areas)
        self._overall_header = RowHeader(_("Overall assessment and recommendation"))
        self._overall_header.clicked.connect(lambda: self.open(None if self._open == OVERALL else OVERALL))
        self._weighing = Weighing(self._desk, self.application)
        self._weighing.hide()
        inner.addWidget(self._overall_header)
        inner.addWidget(self._weighing)
        inner.addWidget(line())
        return form

    def _make_foot(self) -> QWidget:
        foot = area("surface")
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(line())
        self._left = label("", "small")
        self._next = button(_("Done, next"))
        key = self._actions.key("finish")
        self._next.setToolTip(key)
        self._next.setAccessibleDescription(key)
        self._next.clicked.connect(self.finish)
        onward = QWidget()
        pair = QHBoxLayout(onward)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.addWidget(label(key, "key"))
        pair.addWidget(self._next)
        row = Flow(self._left, onward)
        row.setContentsMargins(theme.pixels(1.28), theme.pixels(0.5), theme.pixels(1.28), theme.pixels(0.6))
        column.addLayout(row)
        return foot

    def _row(self, letters: CriterionId) -> CriterionRow:
        row = CriterionRow(self._desk, self._actions, self.application, self._desk.call.criterion(letters))
        row.pressed.connect(lambda: self.open(None if self._open == letters else letters))
        row.evidence_opened.connect(self.evidence_opened)
        self._rows[letters] = row
        return row

    def _show_conflict(self, draft: Draft) -> None:
        declared = draft.conflict_of_interest
        word = formatting.declaration_word(declared.answer) if declared else _("not answered")
        tick = " ✓" if declared and declared.answer is Declaration.NONE else ""
        self._conflict_button.setText(_("Conflict of interest: {answer}").format(answer=word) + tick)
        if declared is None or not self._asked_again:
            self._conflict.setVisible(declared is None)
        self._closed.setVisible(draft.recused)
        self._work.setVisible(not draft.recused)
        self._work.setEnabled(declared is not None)
        self._met.setVisible(not draft.recused)

    def _ask_again(self) -> None:
        draft = self._desk.workspace.draft(self.application)
        self._asked_again = not self._asked_again and draft.conflict_of_interest is not None
        self._conflict.show_answer(draft.conflict_of_interest)
        self._conflict.setVisible(self._asked_again or draft.conflict_of_interest is None)
        if self._conflict.isVisible():
            self._scroll.ensureWidgetVisible(self._conflict)
            self._conflict.focus_first()

    def _declare(self, answer: Declaration, reason: str) -> bool:
        if not self.flush() or self._desk.do(recuse.declare, self.application, answer, reason) is None:
            return False
        self._asked_again = False
        self._conflict.hide()
        if answer is Declaration.RECUSED:
            self.open(None)
        elif self._open is None:
            self.open(self._first_unrated(self._desk.workspace.draft(self.application)))
        return True

    def _toggle_areas(self) -> None:
        shown = self._open is not None and self._desk.call.is_area(self._open)
        self.open(None if shown else self._desk.call.areas_for(self.application)[0].id)

    def _first_unrated(self, draft: Draft) -> CriterionId:
        unrated = (c.id for c in self._desk.call.criteria_for(self.application) if draft.judgement(c.id).rating is None)
        return next(unrated, OVERALL)

    def _order(self) -> list[CriterionId]:
        return [*(c.id for c in self._desk.call.criteria_for(self.application)), OVERALL]

    def _reveal(self) -> None:
        shown = self._weighing if self._open == OVERALL else self._rows.get(self._open) if self._open else None
        if shown is not None:
            self._form.activate()
            self._scroll.ensureWidgetVisible(shown, 0, theme.pixels(1))
