"""The list of applications: number, state, project and a row of ratings for each; the open one is marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from esf_desktop import wording
from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Call, Rating
from ui import theme
from ui.assessor.answered import state_word
from ui.desk import Desk
from ui.widgets import chip, tiles
from ui.widgets.plain import label

Index = QModelIndex | QPersistentModelIndex
NARROW = 14
"""Of the list, in heights of text."""
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One application as the list shows it."""

    application: ApplicationId
    project: str
    state: State
    ratings: tuple[Rating | None, ...]
    said: str
    """The state in words, or that something waits for another look."""
    words: str


class ApplicationList(QWidget):
    """Shows the round's applications and tells which one a person opens."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._model = Model(self)
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setItemDelegate(Delegate(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setMouseTracking(True)
        self._view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setAccessibleName(_("Applications"))
        self._view.selectionModel().currentChanged.connect(self._moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        heading = label(_("Applications"), "caption")
        heading.setContentsMargins(14, 12, 14, 6)
        heading.setBuddy(self._view)
        self.setFocusProxy(self._view)
        column.addWidget(heading)
        column.addWidget(self._view, 1)
        self.setMinimumWidth(theme.pixels(9))

    def show_all(self) -> None:
        """Read every application again."""
        work = self._desk.workspace
        call, drafts, states = work.call(), work.drafts(), work.states()
        current = self.current
        rows = (
            []
            if call is None
            else [
                row(
                    call,
                    a.id,
                    a.project_name,
                    states[a.id],
                    tuple(drafts[a.id].judgement(p.id).rating for p in call.principles_for(a.id)),
                    to_review=bool(drafts[a.id].to_review),
                    said=state_word(work, a.id, states[a.id]),
                )
                for a in work.applications()
            ]
        )
        self._model.show_rows(rows)
        if current is not None:
            self.mark(current)

    def show_one(self, application: ApplicationId) -> None:
        """Read one application again."""
        work = self._desk.workspace
        call = self._desk.call
        draft, state = work.draft(application), work.state(application)
        ratings = tuple(draft.judgement(principle.id).rating for principle in call.principles_for(application))
        self._model.show_row(
            row(
                call,
                application,
                work.application(application).project_name,
                state,
                ratings,
                to_review=bool(draft.to_review),
                said=state_word(work, application, state),
            )
        )

    def mark(self, application: ApplicationId) -> None:
        """Mark this application as the open one, without telling anybody."""
        place = self._model.place(application)
        if place is not None:
            selection = self._view.selectionModel()
            selection.blockSignals(True)
            self._view.setCurrentIndex(self._model.index(place))
            selection.blockSignals(False)
            self._view.scrollTo(self._model.index(place))
            self._view.viewport().update()

    @property
    def current(self) -> ApplicationId | None:
        """The marked application."""
        index = self._view.currentIndex()
        return self._model.row_at(index.row()).application if index.isValid() else None

    @property
    def order(self) -> tuple[ApplicationId, ...]:
        """The applications from top to bottom."""
        return tuple(self._model.row_at(n).application for n in range(self._model.rowCount()))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._model.row_at(current.row()).application)


def row(
    call: Call,
    application: ApplicationId,
    project: str,
    state: State,
    ratings: Sequence[Rating | None],
    *,
    to_review: bool = False,
    said: str = "",
) -> Row:
    """The row with everything it shows said in words too."""
    rated = (
        f"{principle.id} {wording.rating_word(call, principle.id, rating)}"
        for principle, rating in zip(call.principles_for(application), ratings, strict=True)
        if rating is not None
    )
    word = _("Look again") if to_review else said or state.word()
    return Row(application, project, state, tuple(ratings), word, ", ".join((project, application, word, *rated)))


class Model(QAbstractListModel):
    """The rows for the view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        shown = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown.project
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return shown.words
            case _ if role == ROW:
                return shown
        return None

    def show_rows(self, rows: list[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_row(self, changed: Row) -> None:
        """Show this in the place of the same application."""
        place = self.place(changed.application)
        if place is not None:
            self._rows[place] = changed
            self.dataChanged.emit(self.index(place), self.index(place))

    def row_at(self, place: int) -> Row:
        """The row in that place."""
        return self._rows[place]

    def place(self, application: ApplicationId) -> int | None:
        """Where the application stands; None when it does not."""
        return next((n for n, shown in enumerate(self._rows) if shown.application == application), None)


class Delegate(QStyledItemDelegate):
    """Draws one application in three lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.pixels(10), theme.pixels(6.6 if self._narrow() else 5.25))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Row = index.data(ROW)
        rect, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        inner = rect.adjusted(theme.pixels(1.2), theme.pixels(0.75), -theme.pixels(1.0), 0)
        self._first_line(painter, shown, inner)
        self._second_line(painter, shown, inner)
        self._third_line(painter, shown, inner)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _narrow(self) -> bool:
        """Whether number and state need a line each."""
        view = self.parent()
        return isinstance(view, QListView) and view.viewport().width() < theme.pixels(NARROW)

    def _first_line(self, painter: QPainter, shown: Row, inner: QRectF) -> None:
        small = theme.font(0.86)
        painter.setFont(small)
        metrics = QFontMetricsF(small)
        word, top = shown.said, QRectF(inner.left(), inner.top(), inner.width(), theme.pixels(1.2))
        painter.setPen(theme.colour("muted"))
        if self._narrow():
            below = top.translated(0, theme.pixels(4.2))
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            left = inner.right()
        elif shown.state is State.RECUSED:
            left = inner.right() - chip.width(word, with_icon=False)
            ink, ground = theme.tokens().rating(Rating.CANNOT_ASSESS)
            chip.draw(painter, QPointF(left, inner.top() - theme.pixels(0.2)), word, ink, ground)
        else:
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
            left = inner.right() - metrics.horizontalAdvance(word)
        room = left - inner.left() - theme.pixels(0.4)
        number = metrics.elidedText(shown.application, Qt.TextElideMode.ElideRight, room)
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number)

    def _second_line(self, painter: QPainter, shown: Row, inner: QRectF) -> None:
        bold = theme.font(1.0, bold=True)
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        place = QRectF(inner.left(), inner.top() + theme.pixels(1.3), inner.width(), theme.pixels(1.35))
        text = QFontMetricsF(bold).elidedText(shown.project, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _third_line(self, painter: QPainter, shown: Row, inner: QRectF) -> None:
        top = inner.top() + theme.pixels(2.85)
        if shown.state is State.RECUSED:
            small = theme.font(0.86)
            painter.setFont(small)
            painter.setPen(theme.colour("muted"))
            text = QFontMetricsF(small).elidedText(
                _("You abstain. The form is closed."), Qt.TextElideMode.ElideRight, inner.width()
            )
            place = QRectF(inner.left(), top, inner.width(), theme.pixels(1.2))
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        else:
            tiles.draw(painter, QPointF(inner.left(), top), shown.ratings)
