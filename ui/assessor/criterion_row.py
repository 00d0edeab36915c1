"""One criterion in the checklist: a heading that unfolds into everything that is said about it."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.assessor import assess
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Call, Criterion, Draft
from ui import theme
from ui.actions import Actions
from ui.assessor.criterion_body import CriterionBody
from ui.assessor.review_strip import ReviewStrip
from ui.desk import Desk
from ui.widgets.row_header import RowHeader


class CriterionRow(QWidget):
    """The heading, and the body while it is the open one."""

    pressed = Signal()
    evidence_opened = Signal(object)
    evidence_removed = Signal(object)
    change_wanted = Signal(object)
    change_stored = Signal()
    change_given_up = Signal()
    reference_opened = Signal(str)
    grown = Signal()
    """Something was unfolded in the body."""
    caret_moved = Signal(object)
    """The text field with the focus, whose caret is to stay in sight."""

    def __init__(self, desk: Desk, actions: Actions, application: ApplicationId, criterion: Criterion) -> None:
        super().__init__()
        self.criterion = criterion
        self._desk, self._actions, self._application = desk, actions, application
        badge = _("Phrased as a requirement") if criterion.requirement else ""
        self._header = RowHeader(criterion.title.spoken(), code=criterion.id, badge=badge)
        self._header.setToolTip(criterion.description.spoken())
        self._header.clicked.connect(self.pressed)
        self.body: CriterionBody | None = None
        self._target = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._review = ReviewStrip()
        self._review.reviewed.connect(lambda: desk.do(assess.reviewed, application, criterion.id))
        self._column.addWidget(self._review)

    def show_draft(self, call: Call, draft: Draft) -> None:
        """Show what is on disk."""
        judgement = draft.judgement(self.criterion.id)
        self._review.setVisible(self.criterion.id in draft.to_review)
        self._header.show_value(wording.rating_word(call, self.criterion.id, judgement.rating), judgement.rating)
        if self.body is not None:
            self.body.show_judgement(judgement)

    def unfold(self, opened: bool) -> None:
        """Show the body, or take it away after saving what was typed."""
        self._header.setChecked(opened)
        if opened and self.body is None:
            self.body = CriterionBody(self._desk, self._actions, self._application, self.criterion)
            for told, passed_on in (
                (self.body.evidence_opened, self.evidence_opened),
                (self.body.evidence_removed, self.evidence_removed),
                (self.body.change_wanted, self.change_wanted),
                (self.body.change_stored, self.change_stored),
                (self.body.change_given_up, self.change_given_up),
                (self.body.reference_opened, self.reference_opened),
                (self.body.grown, self.grown),
                (self.body.caret_moved, self.caret_moved),
            ):
                told.connect(passed_on)
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

    def show_target(self, on: bool) -> None:
        """Frame the row while something that it would take is carried over it."""
        if on != self._target:
            self._target = on
            self.update()

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.body is not None:
            gradient = QLinearGradient(QPointF(0, 0), QPointF(whole.width(), 0))
            gradient.setColorAt(0, theme.colour("selected"))
            gradient.setColorAt(1, theme.colour("surface"))
            painter.fillRect(whole, gradient)
        painter.fillRect(QRectF(0, whole.bottom() - 1, whole.width(), 1), theme.colour("line"))
        if self._target:
            painter.fillRect(whole, theme.colour("selected"))
            painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(whole.adjusted(3, 3, -3, -3), 6, 6)
        painter.end()
