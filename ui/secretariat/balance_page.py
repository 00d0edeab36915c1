"""Balance (Balans): what is sought and proposed, by part of the budget, place, area, kind and sector."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from esf_desktop.secretariat import consensus, proposal
from esf_desktop.secretariat.balance import Balance, Breakdown, Dimension, balance
from ui import theme
from ui.secretariat.balance_section import Section
from ui.secretariat.bar_chart import Bar, BarChart, Legend
from ui.secretariat.register_desk import RegisterDesk
from ui.secretariat.tile_map import TileMap
from ui.widgets.columns import scrolled
from ui.widgets.flow import Flow
from ui.widgets.picker import Picker
from ui.widgets.plain import area, button, label, with_key

TWO = 84
"""The width from which sections stand two beside each other, in heights of a letter."""


class BalancePage(QWidget):
    """Shows every chart, or the table behind each."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._stale, self._tables, self._columns = True, False, 0
        self._stack = QStackedLayout(self)
        nothing = area("surface")
        words = label(_("Nothing to sum up yet. Add the call in the inbox."), "muted", wrap=True)
        QVBoxLayout(nothing).addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make())
        shortcut = QShortcut(QKeySequence("T"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.turn)
        self.setFocusProxy(self._turn)
        desk.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the register again, when somebody sees it."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        comparison = self._desk.comparison()
        self._stack.setCurrentIndex(1 if comparison is not None else 0)
        if comparison is None:
            return
        register = self._desk.register
        outcomes = proposal.proposal(register).outcomes
        self._show(balance(comparison, outcomes, consensus.main_areas(register)))

    def turn(self) -> None:
        """Show tables in the place of charts, or charts again."""
        self._tables = not self._tables
        for section in self._sections:
            section.turn(tables=self._tables)
        self._legend.setVisible(not self._tables)
        self._arrange()
        self._name_turn()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _make(self) -> QWidget:
        ground = area("surface")
        column = QVBoxLayout(ground)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, theme.pixels(0.9), side, side)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Balance"), "title"))
        self._about = label("", "small", wrap=True)
        column.addWidget(self._about)
        bar = QWidget()
        flow = Flow(gap=theme.pixels(0.8), spread=False)
        bar.setLayout(flow)
        self._measure = Picker(_("What the charts show"), 14)
        self._measure.offer([(_("Sought support"), True), (_("Number of applications"), False)], True)
        self._measure.picked.connect(lambda _support: self.refresh())
        flow.addWidget(self._measure)
        self._turn = button("")
        self._turn.clicked.connect(self.turn)
        flow.addWidget(with_key(self._turn, "T"))
        self._name_turn()
        column.addWidget(bar)
        self._legend = Legend()
        column.addWidget(self._legend)
        self._parts = Section(BarChart(), ground)
        self._map = Section(TileMap(), ground)
        self._charts = {
            dimension: Section(BarChart(), ground) for dimension in Dimension if dimension is not Dimension.MUNICIPALITY
        }
        self._sections = (self._parts, *self._charts.values(), self._map)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.pixels(2.6))
        self._grid.setVerticalSpacing(theme.pixels(1.4))
        column.addLayout(self._grid)
        column.addStretch(1)
        return scrolled(ground)

    def _arrange(self) -> None:
        """One section below the other, or two columns of charts with the map on the right; tables take the width."""
        columns = 2 if self.width() >= theme.pixels(TWO) and not self._tables else 1
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.count():
            self._grid.takeAt(0)
        order = (self._parts, *self._charts.values())
        if columns == 1:
            for row, section in enumerate((*order, self._map)):
                self._grid.addWidget(section, row, 0, Qt.AlignmentFlag.AlignTop)
        else:
            left, right = QVBoxLayout(), QVBoxLayout()
            for holder, sections in ((left, order[:4]), (right, (self._map, *order[4:]))):
                holder.setSpacing(theme.pixels(1.4))
                for section in sections:
                    holder.addWidget(section)
                holder.addStretch(1)
            self._grid.addLayout(left, 0, 0)
            self._grid.addLayout(right, 0, 1)
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def _show(self, found: Balance) -> None:
        support = bool(self._measure.currentData())
        self._about.setText(" ".join(_remarks(found)))
        bars = [Bar(part.group, part.budget) for part in found.parts]
        self._parts.show_bars(_("Against the budget"), "", bars, support=support)
        for dimension, section in self._charts.items():
            breakdown = found.by(dimension)
            section.show_bars(dimension.title(), dimension.note(), _bars(breakdown), support=support)
        municipal = found.by(Dimension.MUNICIPALITY)
        self._map.show_map(municipal, found.tiles, support=support)

    def _name_turn(self) -> None:
        self._turn.setText(_("Show charts") if self._tables else _("Show tables"))


def _bars(breakdown: Breakdown) -> Sequence[Bar]:
    return [Bar(group) for group in breakdown.groups]


def _remarks(found: Balance) -> list[str]:
    """What is summed up, and what is not in the sums."""
    said = [found.total.sentence() + "."]
    if not found.decided:
        said.append(_("Nothing is proposed yet."))
    if found.without_amount:
        words = plural(
            "{n} application says no amount: {applications}.",
            "{n} applications say no amount: {applications}.",
            len(found.without_amount),
        )
        said.append(words.format(n=len(found.without_amount), applications=", ".join(found.without_amount)))
    return said
