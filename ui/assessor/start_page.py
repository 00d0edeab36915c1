"""The round (Omgången): call, deadline, how far one has come, every application, and the way on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.assessor.answered import state_word
from ui.assessor.round_filter import RoundFilter
from ui.assessor.round_head import RoundHead
from ui.assessor.round_order import Line, Order, Wish, matching, ordered
from ui.assessor.round_table import RoundTable
from ui.desk import Desk
from ui.widgets.plain import area, button, label, line
from ui.widgets.ways_in import WaysIn

LOW = 34
"""Heights of text below which the page saves room for its list."""
NARROW = 84


class StartPage(QWidget):
    """Shows the round and tells which application a person opens, or which way in they choose."""

    opened = Signal(str)
    wished = Signal(str)
    """One of: open, open_folder, practice, rounds."""
    ordered = Signal(str)
    """The order that the person chose, to be kept among their choices."""

    def __init__(self, desk: Desk, order: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._wish, self._order = Wish(), Order.read(order)
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
        self._head.show_round(call, states, {a.id: a.project_name for a in applications})
        lines = [Line(a, drafts[a.id], states[a.id], state_word(work, a.id, states[a.id])) for a in applications]
        found = matching(lines, self._wish)
        self._filter.offer(call, lines, self._wish, self._order, len(found))
        self.table.show_lines(call, ordered(call, found, self._order), self._order)
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < theme.pixels(LOW)
        self._head.squeeze(low)
        self._filter.fold(low or self.width() < theme.pixels(NARROW))

    def flush(self) -> bool:
        """Nothing is typed here that is kept."""
        return True

    def place(self) -> object:
        """What is filtered, so that a page built anew shows the same."""
        return self._wish

    def return_to(self, place: object) -> None:
        """Filter as before."""
        if isinstance(place, Wish):
            self._show(place)

    def _make_round(self) -> QWidget:
        page = area("surface")
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._head = RoundHead(self._desk)
        self._head.opened.connect(self.opened)
        self._head.turned.connect(lambda: self.wished.emit("rounds"))
        self.setFocusProxy(self._head.go_on)
        self._filter = RoundFilter()
        side = theme.pixels(2.8)
        self._filter.setContentsMargins(side, theme.pixels(0.7), side, theme.pixels(0.5))
        self._filter.wished.connect(self._show)
        self._filter.ordered.connect(self._sort)
        self.table = RoundTable()
        self.table.opened.connect(self.opened)
        self.table.sorted.connect(lambda column: self._sort(self._order.pressed(column)))
        self._none = self._make_none()
        for part in (self._head, line(), self._filter):
            outer.addWidget(part)
        outer.addWidget(self.table, 1)
        outer.addWidget(self._none, 1)
        return page

    def _make_none(self) -> QWidget:
        none = QWidget()
        column = QVBoxLayout(none)
        column.setSpacing(theme.pixels(0.6))
        words = label(_("No application matches. Change the filter, or show all of them."), "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        everything = button(_("Show all"))
        everything.clicked.connect(self._filter.clear)
        column.addStretch(2)
        column.addWidget(words)
        column.addWidget(everything, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return none

    def _show(self, wish: Wish) -> None:
        self._wish = wish
        self.refresh()

    def _sort(self, order: Order) -> None:
        self._order = order
        self.ordered.emit(str(order))
        self.refresh()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()
