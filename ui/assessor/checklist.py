"""The form beside the document: jäv, principles, areas, overall text; one part is open at a time."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from esf_desktop import completeness, wording
from esf_desktop.assessor import recuse
from esf_desktop.completeness import Lack
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Declaration, Draft, Evidence
from ui import theme
from ui.actions import Actions
from ui.assessor.areas import Areas
from ui.assessor.conflict import ConflictQuestion
from ui.assessor.criterion_body import CriterionBody
from ui.assessor.criterion_row import CriterionRow
from ui.assessor.facts import Facts
from ui.assessor.form_foot import FormFoot
from ui.assessor.form_head import FormHead
from ui.assessor.left_out import LeftOut
from ui.assessor.weighing import Weighing
from ui.desk import Desk
from ui.widgets.columns import scrolled
from ui.widgets.plain import area, label, line
from ui.widgets.row_header import RowHeader
from ui.widgets.saving_edit import SavingEdit

OVERALL = CriterionId("")
"""The part after the last criterion: overall text and recommendation."""
LOW = 30
"""Heights of text below which the head scrolls with the form, so that there is room to answer."""
_SETTLES = 150
"""Milliseconds in which a part that was opened may still grow to its height."""


class Checklist(QWidget):
    """The whole form for one application."""

    opened = Signal(str)
    """The letters of the criterion that was opened; empty for none of them."""
    evidence_opened = Signal(object)
    evidence_removed = Signal(str, object)
    change_wanted = Signal(str, object)
    """The letters of a criterion and its `Evidence` whose extent is to be another."""
    change_stored = Signal()
    change_given_up = Signal()
    reference_opened = Signal(str)
    """The identity of a reference of the call that is to be read."""
    finished = Signal()
    """Nothing that signing needs is missing any more, and the person wants to go on."""

    def __init__(
        self, desk: Desk, actions: Actions, application: ApplicationId, part: CriterionId | None = None
    ) -> None:
        super().__init__()
        self.application = application
        self._desk, self._actions = desk, actions
        self._open: CriterionId | None = None
        self._asked_again = False
        self.rows: dict[CriterionId, CriterionRow] = {}
        self._typed_in: SavingEdit | None = None
        self._growing = QTimer(self, singleShot=True, interval=0)
        self._growing.timeout.connect(self._show_caret)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES)
        self._scroll = scrolled(QWidget())
        self._scroll.verticalScrollBar().rangeChanged.connect(self._grown)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = FormHead(desk, application)
        self.head.conflict_pressed.connect(self._ask_again)
        self.head.facts_pressed.connect(lambda: self._scroll.verticalScrollBar().setValue(0))
        self._foot = FormFoot(actions)
        self._foot.turned.connect(self.turn)
        self._foot.finished.connect(self.finish)
        column.addWidget(self.head)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)
        self._inside = self._make_form()
        self._scroll.setWidget(self._inside)
        self.refresh()
        draft = desk.workspace.draft(application)
        if draft.conflict_of_interest is not None and not draft.recused:
            self.open(part if part in self._order() else self._first_unrated(draft))

    def refresh(self) -> None:
        """Show what is on disk."""
        call, draft = self._desk.call, self._desk.workspace.draft(self.application)
        self.head.show_draft(draft)
        self._show_conflict(draft)
        for row in self.rows.values():
            row.show_draft(call, draft)
        self._areas.show_draft(call, draft)
        self._weighing.show_draft(draft)
        chosen = draft.recommendation
        self._overall_header.show_value(wording.recommendation_word(chosen) if chosen else "")
        self._foot.show_draft(call, draft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = self._form if self.height() < theme.pixels(LOW) else self.layout()
        if isinstance(place, QVBoxLayout) and place.indexOf(self.head) < 0:
            place.insertWidget(0, self.head)

    @property
    def facts(self) -> Facts:
        """The facts about the application, which can be corrected."""
        return self.head.facts

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
        row = self.rows.get(self._open) if self._open else None
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
            (self.rows[part].focus_heading if part else self._overall_header.setFocus)()
        for letters, row in self.rows.items():
            row.unfold(letters == part)
        self._overall_header.setChecked(part == OVERALL)
        self._weighing.setVisible(part == OVERALL)
        if part is not None:
            self._bring_into_sight()
        self.opened.emit(part or "")

    def turn(self, step: int) -> None:
        """Open the next or the previous part."""
        order = self._order()
        place = order.index(self._open) + step if self._open in order else 0
        if 0 <= place < len(order):
            self.open(order[place])

    def press(self, place: int) -> None:
        """Answer the question on conflict of interest, rate the open criterion, or recommend, by place from 0."""
        if not self._conflict.isHidden():
            self._conflict.press(place)
        elif self._open == OVERALL:
            self._weighing.press(place)
        elif self.body is not None:
            self.body.press(place)

    def ask_again(self) -> None:
        """Show the question on conflict of interest with its answer, or put it away again."""
        self._ask_again()

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

    def pick_goal(self) -> None:
        """Offer the goals of the call's strategies, where the open criterion asks for them."""
        if self.body is None or not self.body.show_goals():
            self._desk.announced.emit(_("The goals are for the principle that is phrased as a requirement."))

    def mark_main_area(self) -> None:
        """Let the open area be the main one, or none if it was."""
        if self._open and self._desk.call.is_area(self._open):
            self._areas.press_main(self._open)
        elif self.workable:
            self._desk.announced.emit(_("Open the area that is the main one first."))

    def evidence_in_hand(self) -> tuple[CriterionId, Evidence] | None:
        """The evidence that has the focus, or else the last of the open criterion."""
        found = self.body.evidence_in_hand() if self.body is not None else None
        return (self._open, found) if self._open and found is not None else None

    def show_changing(self, changing: tuple[CriterionId, Evidence] | None) -> None:
        """Say at this evidence how its extent is changed."""
        if self.body is not None:
            here = changing is not None and changing[0] == self._open
            self.body.show_changing(changing[1] if changing and here else None)

    def focus_open(self) -> None:
        """Put the focus on the heading of what is open, or on the question that comes before all."""
        if self._open is None:
            self._conflict.focus_first()
        elif self._open:
            self.rows[self._open].focus_heading()
        else:
            self._overall_header.setFocus()

    # what is carried here by mouse

    def criterion_at(self, point: QPoint) -> CriterionId | None:
        """The criterion in sight at a point of the screen."""
        view = self._scroll.viewport()
        if not self.workable or not self.isVisible() or not view.rect().contains(view.mapFromGlobal(point)):
            return None
        rows = (row for row in self.rows.values() if row.isVisible())
        return next((row.criterion.id for row in rows if row.rect().contains(row.mapFromGlobal(point))), None)

    def edge_at(self, point: QPoint) -> int:
        """-1 at the upper edge of what scrolls, +1 at the lower, 0 elsewhere."""
        view = self._scroll.viewport()
        place, edge = view.mapFromGlobal(point), theme.pixels(1.5)
        if not view.rect().contains(place):
            return 0
        return -1 if place.y() < edge else 1 if place.y() > view.height() - edge else 0

    def roll(self, step: int) -> None:
        """Scroll a little."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * theme.pixels(1))

    def show_target(self, criterion: CriterionId | None) -> None:
        """Frame the criterion that would take what is carried."""
        for letters, row in self.rows.items():
            row.show_target(letters == criterion)

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
        bodies = [row.body for row in self.rows.values() if row.body is not None]
        saved = [self.head.facts.flush(), *(body.flush() for body in bodies), self._weighing.flush()]
        return all([*saved, self._conflict.flush()])

    @property
    def workable(self) -> bool:
        """Whether the question on conflict of interest is answered, and not by abstaining."""
        draft = self._desk.workspace.draft(self.application)
        return draft.conflict_of_interest is not None and not draft.recused

    def _make_form(self) -> QWidget:
        call = self._desk.call
        form = area("surface")
        self._form = column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        keys = tuple(self._actions.key(f"rate_{n}") for n in range(1, 4))
        self._conflict = ConflictQuestion(self._declare, keys)
        self._closed = label(
            _(
                "You abstain from this application. The form is closed, and nothing that you wrote here is sent. "
                "Change the answer above, and everything is there again."
            ),
            wrap=True,
        )
        self._closed.setContentsMargins(*(theme.pixels(1.28),) * 4)
        column.addWidget(self.head.facts_area)
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
        self._areas = Areas(
            self._desk, self._actions, self.application, [self._row(a.id) for a in call.areas_for(self.application)]
        )
        self._areas.pressed.connect(self._toggle_areas)
        inner.addWidget(self._areas)
        self._overall_header = RowHeader(_("Overall assessment and recommendation"))
        self._overall_header.clicked.connect(lambda: self.open(None if self._open == OVERALL else OVERALL))
        self._weighing = Weighing(self._desk, self._actions, self.application)
        self._weighing.hide()
        inner.addWidget(self._overall_header)
        inner.addWidget(self._weighing)
        inner.addWidget(line())
        return form

    def _row(self, letters: CriterionId) -> CriterionRow:
        row = CriterionRow(self._desk, self._actions, self.application, self._desk.call.criterion(letters))
        row.pressed.connect(lambda: self.open(None if self._open == letters else letters))
        row.evidence_opened.connect(self.evidence_opened)
        row.evidence_removed.connect(lambda found: self.evidence_removed.emit(letters, found))
        row.change_wanted.connect(lambda found: self.change_wanted.emit(letters, found))
        row.change_stored.connect(self.change_stored)
        row.change_given_up.connect(self.change_given_up)
        row.reference_opened.connect(self.reference_opened)
        row.grown.connect(self._bring_into_sight)
        row.caret_moved.connect(self._follow_caret)
        self.rows[letters] = row
        return row

    def _show_conflict(self, draft: Draft) -> None:
        declared = draft.conflict_of_interest
        if declared is None or not self._asked_again:
            self._conflict.setVisible(declared is None)
        self._closed.setVisible(draft.recused)
        self._work.setVisible(not draft.recused)
        self._work.setEnabled(declared is not None)

    def _ask_again(self) -> None:
        draft = self._desk.workspace.draft(self.application)
        self._asked_again = not self._asked_again and draft.conflict_of_interest is not None
        signed = bool(self._desk.workspace.signed(self.application))
        self._conflict.show_answer(draft.conflict_of_interest, signed=signed)
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

    def _bring_into_sight(self) -> None:
        """Reveal the open part once it has its place, and again while its parts still take theirs."""
        self._settling.start()
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """Bring all of the open part into sight, or as much as there is room for from its heading."""
        shown = self._weighing if self._open == OVERALL else self.rows.get(self._open) if self._open else None
        if shown is None:
            return
        self._form.activate()
        head = self._overall_header if self._open == OVERALL else shown
        top = head.mapTo(self._inside, QPoint(0, 0)).y()
        bottom = shown.mapTo(self._inside, QPoint(0, shown.height())).y()
        bar, room = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        if bottom > bar.value() + room:
            bar.setValue(bottom - room)
        if top < bar.value():
            bar.setValue(top)
        focused = QApplication.focusWidget()
        if focused is not None and shown.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, theme.pixels(0.5))

    def _follow_caret(self, edit: SavingEdit) -> None:
        """Let the line that is typed in never be below the edge, once the field has grown for it."""
        self._typed_in = edit
        self._growing.start()

    def _grown(self) -> None:
        if self._settling.isActive():
            self._reveal()
        self._show_caret()

    def _show_caret(self) -> None:
        if self._typed_in is QApplication.focusWidget() and self._typed_in is not None:
            caret = self._typed_in.cursorRect()
            place = self._inside.mapFromGlobal(self._typed_in.viewport().mapToGlobal(caret.center()))
            self._scroll.ensureVisible(0, place.y(), 0, caret.height() + theme.pixels(0.5))
