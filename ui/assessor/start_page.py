"""The round (Omgången): call, deadline, how far one has come, every application, and the way on."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from esf_desktop import formatting
from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Call, Draft
from ui import theme
from ui.assessor.application_list import Index, Row, row
from ui.assessor.facts import place_name
from ui.desk import Desk, today
from ui.formatting import days_left
from ui.widgets import tiles
from ui.widgets.plain import area, button, label, line
from ui.widgets.ways_in import WaysIn

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
SHOWN = Qt.ItemDataRole.UserRole
PROJECT, SUPPORT, MUNICIPALITY, RATINGS, STATE = 1, 2, 3, 4, 5
TITLES: tuple[Callable[[], str], ...] = (
    lambda: _("Application"),
    lambda: _("Project and applicant"),
    lambda: _("Sought support"),
    lambda: _("Municipality"),
    lambda: _("Ratings"),
    lambda: _("State"),
)


class StartPage(QWidget):
    """Shows the round and tells which application a person opens, or which way in they choose."""

    opened = Signal(str)
    wished = Signal(str)
    """One of: open, open_folder, practice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stack = QStackedLayout(self)
        self._empty = WaysIn(
            _("Nothing to assess yet"),
            _("Open what the secretariat has sent you, or drop it anywhere in this window."),
        )
        self._empty.wished.connect(self.wished)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_round())
        desk.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the round again."""
        work = self._desk.workspace
        call, applications = work.call(), work.applications()
        self._stack.setCurrentIndex(1 if call is not None and applications else 0)
        if call is None or not applications:
            return
        states, drafts = work.states(), work.drafts()
        self._title.setText(call.title)
        self._body.setText(" · ".join(part for part in (call.body, call.diary_number) if part))
        self._body.setVisible(bool(self._body.text()))
        self._show_deadline(call)
        done = sum(state.finished for state in states.values())
        self._progress.setRange(0, len(states))
        self._progress.setValue(done)
        words = _("{n} of {m} done").format(n=done, m=len(states))
        self._progress.setAccessibleName(words)
        self._count.setText(words)
        self._next = next((a.id for a in applications if not states[a.id].finished), None)
        self._go_on.setVisible(self._next is not None)
        started = any(state is not State.NOT_STARTED for state in states.values())
        self._go_on.setText(_("Continue") if started else _("Begin"))
        coming = next((a.project_name for a in applications if a.id == self._next), "")
        self._coming.setText(_("Next: {project}").format(project=coming) if coming else _("Everything is assessed."))
        self._show_table(call, applications, states, drafts)

    def resizeEvent(self, event: object) -> None:
        self._table.setColumnHidden(MUNICIPALITY, self.width() < theme.pixels(62))
        self._table.setColumnHidden(SUPPORT, self.width() < theme.pixels(44))

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def place(self) -> object:
        """There is one place here."""
        return None

    def return_to(self, place: object) -> None:
        """There is one place here."""

    def _show_deadline(self, call: Call) -> None:
        if call.deadline is None:
            self._deadline.setText(_("No deadline"))
            return
        day = formatting.day(call.deadline)
        left = days_left(call.deadline, today())
        self._deadline.setText(_("To be signed by {day} · {left}").format(day=day, left=left))

    def _make_round(self) -> QWidget:
        page = area("surface")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = area("window")
        column = QVBoxLayout(head)
        side = theme.pixels(2.8)
        column.setContentsMargins(side, theme.pixels(2.0), side, theme.pixels(1.7))
        column.setSpacing(theme.pixels(0.4))
        self._body, self._title = label("", "small", wrap=True), label("", "huge", wrap=True)
        self._deadline = label("", "muted", wrap=True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._count = label("", "strong")
        self._coming = label("", "muted")
        self._go_on = button(_("Continue"), "primary")
        self._go_on.clicked.connect(self._continue)
        self.setFocusProxy(self._go_on)

        below = QHBoxLayout()
        below.setSpacing(theme.pixels(1.0))
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self._coming)
        below.addWidget(self._go_on)
        for part in (self._body, self._title, self._deadline):
            column.addWidget(part)
        column.addSpacing(theme.pixels(0.8))
        column.addWidget(self._progress)
        column.addLayout(below)
        outer.addWidget(head)
        outer.addWidget(line())
        self._table = self._make_table()
        outer.addWidget(self._table, 1)
        return page

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(TITLES))
        table.setItemDelegate(RoundDelegate(table))
        for column, title in enumerate(TITLES):
            item = QTableWidgetItem(title())
            item.setTextAlignment(_side(column))
            table.setHorizontalHeaderItem(column, item)
        table.setAccessibleName(_("Applications of the round"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setMouseTracking(True)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.pixels(4.0))
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PROJECT, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.pixels(5))
        table.cellActivated.connect(lambda place, _column: self._open_row(place))
        table.cellClicked.connect(lambda place, _column: self._open_row(place))
        return table

    def _show_table(
        self,
        call: Call,
        applications: tuple[Application, ...],
        states: dict[ApplicationId, State],
        drafts: dict[ApplicationId, Draft],
    ) -> None:
        self._table.setRowCount(len(applications))
        for place, application in enumerate(applications):
            draft = drafts[application.id]
            ratings = tuple(draft.judgement(principle.id).rating for principle in call.principles_for(application.id))
            shown = row(call, application.id, application.project_name, states[application.id], ratings)
            support = application.requested_support
            cells = (
                application.id,
                "\n".join(part for part in (application.project_name, application.applicant_name) if part),
                formatting.money(support) if support is not None else "",
                ", ".join(place_name(code) for code in application.municipalities),
                "",
                shown.state.word(),
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, shown.words if column == 0 else text)
                item.setData(SHOWN, shown)
                if column == SUPPORT:
                    item.setTextAlignment(_side(column))
                self._table.setItem(place, column, item)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _continue(self) -> None:
        if self._next is not None:
            self.opened.emit(self._next)

    def _open_row(self, place: int) -> None:
        item = self._table.item(place, 0)
        if item is not None:
            self.opened.emit(item.text())


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SUPPORT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class RoundDelegate(QStyledItemDelegate):
    """Draws the cells of the round: air around, project over applicant, ratings as tiles."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        shown: Row = index.data(SHOWN)
        if index.column() == RATINGS:
            width = tiles.width(len(shown.ratings))
        else:
            metrics = QFontMetrics(theme.font(bold=index.column() == STATE))
            width = max(metrics.horizontalAdvance(line_) for line_ in str(index.data()).split("\n"))
        return QSize(width + 2 * theme.pixels(0.9) + self._outer(index), theme.pixels(4.0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Row = index.data(SHOWN)
        rect, state = QRectF(option.rect), option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("selected" if chosen else "hover"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        outer = self._outer(index)
        inner = rect.adjusted(theme.pixels(0.9) + (outer if index.column() == 0 else 0), 0, -theme.pixels(0.9), 0)
        if index.column() == RATINGS and shown.state is not State.RECUSED:
            tiles.draw(painter, QPointF(inner.left(), inner.center().y() - tiles.height() / 2), shown.ratings)
        elif index.column() == PROJECT:
            self._paint_project(painter, str(index.data()), inner)
        else:
            self._paint_text(painter, str(index.data()), inner, index.column(), shown.state)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.colour("accent"))
        painter.restore()

    def _paint_project(self, painter: QPainter, text: str, inner: QRectF) -> None:
        project, _newline, applicant = text.partition("\n")
        middle = inner.center().y()
        upper = QRectF(inner.left(), middle - theme.pixels(1.35), inner.width(), theme.pixels(1.35))
        lower = QRectF(inner.left(), middle, inner.width(), theme.pixels(1.25))
        for words, place, font, colour in (
            (project, upper if applicant else inner, theme.font(bold=True), "ink"),
            (applicant, lower, theme.font(0.86), "muted"),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            cut = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, LEFT, cut)

    def _paint_text(self, painter: QPainter, text: str, inner: QRectF, column: int, state: State) -> None:
        strong = column == STATE and state in (State.READY, State.STARTED)
        font = theme.font(0.93, bold=strong)
        painter.setFont(font)
        quiet = column == 0 or (column == STATE and not strong)
        painter.setPen(theme.colour("muted" if quiet else "accent" if strong and state is State.READY else "ink"))
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT if column == SUPPORT else LEFT, cut)

    def _outer(self, index: Index) -> int:
        return theme.pixels(1.9) if index.column() in (0, STATE) else 0
