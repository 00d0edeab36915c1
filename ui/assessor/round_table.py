"""The applications of the round in a table: sorted by a click on a heading, opened by a click on a row or by Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from esf_desktop import formatting
from esf_desktop.completeness import State
from esf_desktop.i18n import _
from esf_desktop.model import Call
from ui import theme
from ui.assessor.application_list import Index, Row, row
from ui.assessor.round_filter import column_words
from ui.assessor.round_order import COLUMNS, Line, Order, places
from ui.widgets import tiles

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
SHOWN = Qt.ItemDataRole.UserRole
NUMBER, PROJECT, SUPPORT, MUNICIPALITY, RATINGS, STATE = range(6)
ROOMY, ROOM = 62, 52
"""Widths, in heights of text, from which municipalities, and from which money and numbers, have a column."""


class RoundTable(QTableWidget):
    """Shows lines; tells which application is opened and by which column the person wants them sorted."""

    opened = Signal(str)
    sorted = Signal(str)

    def __init__(self) -> None:
        super().__init__(0, len(COLUMNS))
        self.setItemDelegate(RoundDelegate(self))
        for column in range(len(COLUMNS)):
            item = QTableWidgetItem()
            item.setTextAlignment(_side(column))
            self.setHorizontalHeaderItem(column, item)
        self.setAccessibleName(_("Applications of the round"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.pixels(4.0))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setToolTip(_("Press to sort; again to turn the order."))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(theme.pixels(5))
        self._fit()
        header.sectionClicked.connect(lambda column: self.sorted.emit(COLUMNS[column]))
        self.cellActivated.connect(lambda place, _column: self._open_row(place))
        self.cellClicked.connect(lambda place, _column: self._open_row(place))

    def show_lines(self, call: Call, lines: Sequence[Line], order: Order) -> None:
        """Show these lines, with the order marked in its heading; the chosen application stays chosen."""
        chosen = self._application(self.currentRow())
        self._mark(order)
        self.setRowCount(len(lines))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # else each cell measures them all
        for place, line in enumerate(lines):
            self._fill(call, place, line)
        self._fit()
        kept = next((n for n, line in enumerate(lines) if line.application.id == chosen), None)
        if kept is not None and kept != self.currentRow():
            self.setCurrentCell(kept, max(self.currentColumn(), 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.rowCount():
            self.setCurrentCell(0, PROJECT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        self.setColumnHidden(MUNICIPALITY, width < theme.pixels(ROOMY))
        for column in (SUPPORT, NUMBER):
            self.setColumnHidden(column, width < theme.pixels(ROOM))

    def _fit(self) -> None:
        """Let each column be as wide as what stands in it, and the project have the rest."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(PROJECT, QHeaderView.ResizeMode.Stretch)

    def _mark(self, order: Order) -> None:
        for column, (name, words) in enumerate(column_words().items()):
            arrow = (" ▼" if order.downwards else " ▲") if name == order.column else ""
            item = self.horizontalHeaderItem(column)
            title = _("Project and applicant") if name == "project" else words
            if item is not None and item.text() != title + arrow:
                item.setText(title + arrow)

    def _fill(self, call: Call, place: int, line: Line) -> None:
        application, draft = line.application, line.draft
        ratings = tuple(draft.judgement(principle.id).rating for principle in call.principles_for(application.id))
        review, name = bool(draft.to_review), application.project_name
        shown = row(call, application.id, name, line.state, ratings, to_review=review, said=line.said)
        support = application.requested_support
        cells = (
            application.id,
            "\n".join(part for part in (application.project_name, application.applicant_name) if part),
            formatting.money(support) if support is not None else "",
            places(application),
            "",
            shown.said,
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            whole = column in (NUMBER, PROJECT)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, shown.words if whole else text)
            item.setData(SHOWN, shown)
            if column == SUPPORT:
                item.setTextAlignment(_side(column))
            self.setItem(place, column, item)

    def _application(self, place: int) -> str:
        item = self.item(place, NUMBER)
        return item.text() if item is not None else ""

    def _open_row(self, place: int) -> None:
        if application := self._application(place):
            self.opened.emit(application)


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
        first = self._outer(index) if index.column() != STATE else 0
        inner = rect.adjusted(theme.pixels(0.9) + first, 0, -theme.pixels(0.9), 0)
        if index.column() == RATINGS and shown.state is not State.RECUSED:
            tiles.draw(painter, QPointF(inner.left(), inner.center().y() - tiles.height() / 2), shown.ratings)
        elif index.column() == PROJECT:
            self._paint_project(painter, shown, str(index.data()), inner)
        else:
            self._paint_text(painter, str(index.data()), inner, index.column(), shown.state)
        view = self.parent()
        if chosen and isinstance(view, QTableWidget) and view.hasFocus():
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.colour("accent"))
        painter.restore()

    def _paint_project(self, painter: QPainter, shown: Row, text: str, inner: QRectF) -> None:
        project, _newline, applicant = text.partition("\n")
        if self._numberless():
            applicant = " · ".join(part for part in (shown.application, applicant) if part)
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
        quiet = column == NUMBER or (column == STATE and not strong)
        painter.setPen(theme.colour("muted" if quiet else "accent" if strong and state is State.READY else "ink"))
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT if column == SUPPORT else LEFT, cut)

    def _numberless(self) -> bool:
        view = self.parent()
        return isinstance(view, QTableWidget) and view.isColumnHidden(NUMBER)

    def _outer(self, index: Index) -> int:
        first = PROJECT if self._numberless() else NUMBER
        return theme.pixels(1.9) if index.column() in (first, STATE) else 0
