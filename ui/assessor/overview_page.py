"""Overview (Överblick): one's own ratings side by side, to see whether one yardstick was used; cells open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from esf_desktop import completeness, wording
from esf_desktop.i18n import _
from esf_desktop.model import Application, Call, Criterion, CriterionId, Draft, Rating, Recommendation
from ui import theme
from ui.assessor.answered import state_word
from ui.assessor.overview_table import Cell, Column, Count, Last, Name, OverviewTable, Tile
from ui.desk import Desk
from ui.widgets.flow import Flow
from ui.widgets.plain import area, label

OVERALL = CriterionId("")
_RATINGS = (*Rating, None)
Row = tuple[tuple[Cell, str], ...]


class OverviewPage(QWidget):
    """Shows every application's ratings, in an order that a person chooses."""

    opened = Signal(str, object)
    """An application, and the part of its form: letters, empty for the overall text, or None for none of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._columns: tuple[Column, ...] = ()
        self._rows: list[Row] = []
        self._sort, self._descending = 0, False
        self._stack = QStackedLayout(self)
        nothing = area("surface")
        QVBoxLayout(nothing).addWidget(
            label(_("Nothing to look over yet. Open a call package or applications on the first page."), "muted"),
            0,
            Qt.AlignmentFlag.AlignCenter,
        )
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make())
        self.setFocusProxy(self._table)
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Read every application again."""
        work = self._desk.workspace
        call = work.call()
        applications = work.applications()
        self._stack.setCurrentIndex(1 if call and applications else 0)
        if call is None:
            return
        drafts, states = work.drafts(), work.states()
        self._columns = _columns(call)
        self._show_orders()
        self._rows = [_row(call, one, drafts[one.id], state_word(work, one.id, states[one.id])) for one in applications]
        self._show()

    def place(self) -> object:
        """The order and the current cell."""
        return self._sort, self._descending, self._table.currentRow(), self._table.currentColumn()

    def return_to(self, place: object) -> None:
        """Take up that order and cell again."""
        match place:
            case (int() as sort, bool() as descending, int() as row, int() as column):
                self._sort, self._descending = sort, descending
                self.refresh()
                self._table.setCurrentCell(row, column)

    def flush(self) -> bool:
        """Nothing is typed here."""
        return True

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _make(self) -> QWidget:
        ground = area("window")
        column = QVBoxLayout(ground)
        side = theme.pixels(0.8)
        column.setContentsMargins(side, side, side, side)
        self._table = OverviewTable()
        self._table.opened.connect(self._open)
        self._table.sorted_by.connect(self._sort_by)
        self._order = QComboBox()
        self._order.setAccessibleName(_("Order of the applications"))
        self._order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._order.setMaximumWidth(theme.pixels(22))
        self._order.activated.connect(lambda _n: self._sort_by(self._order.currentData(), anew=True))
        title = label(_("Overview"), "title")
        title.setContentsMargins(theme.pixels(1.2), 0, 0, 0)
        above = Flow(title, self._order)
        column.addLayout(above)
        column.addWidget(self._table, 1)
        below = QHBoxLayout()
        below.setContentsMargins(theme.pixels(1.2), 0, 0, 0)
        legend = _("Each cell opens its place. Dashed: not assessed yet. A dash: you abstain, or it is not asked.")
        below.addWidget(label(legend, "small", wrap=True))
        column.addLayout(below)
        return ground

    def _show_orders(self) -> None:
        if self._order.count() == len(self._columns):
            return
        self._order.clear()
        for place, column in enumerate(self._columns):
            self._order.addItem(
                _("By diary number") if place == 0 else _("By {column}").format(column=column.title), place
            )

    def _show(self) -> None:
        self._sort = self._sort if self._sort < len(self._columns) else 0
        at = (self._table.currentRow(), self._table.currentColumn())
        at = at if at[0] >= 0 else (0, min(1, len(self._columns) - 1))
        self._rows.sort(key=lambda row: _key(row[self._sort][0]), reverse=self._descending)
        self._table.show_cells(self._columns, self._rows)
        self._table.show_order(self._sort, descending=self._descending)
        self._order.setCurrentIndex(self._sort)
        if self._rows:
            self._table.setCurrentCell(*at)

    def _sort_by(self, column: int, *, anew: bool = False) -> None:
        self._descending = not self._descending if column == self._sort and not anew else False
        self._sort = column
        self._rows.sort(key=lambda row: _key(row[0][0]))
        self._show()

    def _open(self, row: int, column: int) -> None:
        self.opened.emit(self._rows[row][column][0].application, self._columns[column].part)


def _columns(call: Call) -> tuple[Column, ...]:
    def of(criterion: Criterion) -> Column:
        return Column(criterion.id, f"{criterion.id} {criterion.title.spoken()}", criterion.id)

    return (
        Column(_("Application"), _("Application"), None),
        *map(of, call.principles),
        Column(_("Met"), _("selected principles met"), None),
        *map(of, call.framework.areas),
        Column(_("Recommendation"), _("Recommendation"), OVERALL),
    )


def _row(call: Call, application: Application, draft: Draft, state: str) -> Row:
    asked = {criterion.id for criterion in call.criteria_for(application.id)}
    who = f"{application.id} {application.project_name}"

    def tile(criterion: Criterion) -> tuple[Cell, str]:
        rating = draft.judgement(criterion.id).rating
        closed = draft.recused or criterion.id not in asked
        word = (
            wording.declaration_word(draft.conflict_of_interest.answer)
            if draft.recused and draft.conflict_of_interest
            else wording.rating_word(call, criterion.id, rating)
            if not closed
            else _("Not asked of a feasibility study")
        )
        return Tile(application.id, criterion.id, rating, closed), f"{word}\n{criterion.id} {who}"

    met, of = completeness.met_count(call, draft)
    count = "–" if draft.recused else _("{n} of {m}").format(n=met, m=of)
    recommended = None if draft.recused else draft.recommendation
    words = wording.recommendation_word(recommended) if recommended else ""
    return (
        (Name(application.id, application.project_name, state), f"{who}\n{state}"),
        *map(tile, call.principles),
        (
            Count(application.id, met, 0 if draft.recused else of, count),
            f"{_('{count} selected principles met').format(count=count)}\n{who}",
        ),
        *map(tile, call.framework.areas),
        (Last(application.id, words), f"{words or _('No recommendation is chosen.')}\n{who}"),
    )


def _key(cell: Cell) -> tuple[int, str]:
    """What a column is sorted by: best first, then what is not assessed, then what is closed."""
    match cell:
        case Name():
            return 0, cell.application
        case Tile():
            return (len(_RATINGS) if cell.closed else _RATINGS.index(cell.rating)), ""
        case Count():
            return (-cell.met if cell.of else 1), ""
        case Last():
            order = [wording.recommendation_word(known) for known in Recommendation]
            return (order.index(cell.words) if cell.words in order else len(order)), ""
