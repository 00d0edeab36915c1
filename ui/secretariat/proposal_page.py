"""Proposal (Förslag): the applications in an order made by hand, each with an outcome; every move has its reason."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.files import write_whole
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from esf_desktop.secretariat import consensus, order, order_file, proposal
from esf_desktop.secretariat.funds import BudgetLine, by_the_line
from esf_desktop.secretariat.moves import outcomes_told
from esf_desktop.secretariat.order import Outcome
from esf_desktop.secretariat.proposal import Proposal
from ui import theme
from ui.desk import now
from ui.secretariat.move_to import MoveTo
from ui.secretariat.moves_list import MovesList
from ui.secretariat.officer import officer
from ui.secretariat.order_rows import OrderRow, rows
from ui.secretariat.order_table import OrderTable
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolled
from ui.widgets.flow import Flow
from ui.widgets.plain import area, button, label, with_key

if TYPE_CHECKING:
    from esf_desktop.secretariat.register import Register

BESIDE = 80
"""The width from which the moves stand beside the order and not below it, in heights of a letter."""
LEAST = 16
"""Of the order's height; where there is no room for it, the page scrolls."""


class ProposalPage(QWidget):
    """Shows what is proposed, and makes moves of what a person does with it."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._proposal: Proposal | None = None
        self._rows: tuple[OrderRow | BudgetLine, ...] = ()
        self._stale = True
        self._stack = QStackedLayout(self)
        nothing = area("surface")
        words = label(_("Nothing to propose yet. Add the call in the inbox."), "muted", wrap=True)
        QVBoxLayout(nothing).addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make())
        for key, deed in ((QKeySequence.StandardKey.Undo, self._undo), (QKeySequence.StandardKey.Redo, self._redo)):
            shortcut = QShortcut(key, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed.click)
        self.setFocusProxy(self.table)
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
        found = self._proposal = proposal.proposal(self._desk.register)
        agreed = {one: written.consensus for one, written in consensus.consensus(self._desk.register).items()}
        self._rows = rows(found, comparison, agreed)
        self.table.show_rows(self._rows)
        self.moves.show_moves(found.history.moves)
        self._say_funds(found)
        for made, move in ((self._undo, found.history.undo), (self._redo, found.history.redo)):
            made.setEnabled(move is not None)
            made.setToolTip(move.sentence() if move else "")
            made.setAccessibleDescription(move.sentence() if move else "")
        self._check()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.moves.reason.flush()

    def _make(self) -> QWidget:
        ground = area("surface")
        column = QVBoxLayout(ground)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, theme.pixels(0.9), side, side)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Proposal"), "title"))
        said = _(
            "The order is made by hand: nothing is added up to points. Drag a row between others, or onto one to make "
            "it equal. Every move is kept with who made it and why."
        )
        column.addWidget(label(said, "small", wrap=True))
        self.table = OrderTable()
        self.table.setMinimumSize(theme.pixels(LEAST), theme.pixels(LEAST))
        self.table.moved.connect(self._drop)
        self.table.wished.connect(self._wish)
        self.table.itemSelectionChanged.connect(self._check)
        column.addWidget(self._make_moving())
        column.addWidget(self._make_outcomes())
        self._funds = label("", "strong", wrap=True)
        column.addWidget(self._funds)
        self.moves = MovesList(self._give_reason)
        self.moves.left.connect(self.table.setFocus)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.pixels(1.2))
        self._beside.addWidget(self.table, 7)
        self._beside.addWidget(self.moves, 2)
        column.addLayout(self._beside, 1)
        return scrolled(ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.pixels(BESIDE)
        self._beside.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _make_moving(self) -> QWidget:
        """What is done to the chosen application, and to the order as a whole."""
        bar = QWidget()
        flow = Flow(gap=theme.pixels(0.8), spread=False)
        bar.setLayout(flow)
        self._moving: list[QPushButton] = []
        for words, key, wish in (
            (_("Up"), "Alt+↑", "up"),
            (_("Down"), "Alt+↓", "down"),
            (_("Equal with the one above"), "=", "equal"),
            (_("To place…"), "P", "place"),
            (_("Reason"), "R", "reason"),
        ):
            made = button(words)
            made.clicked.connect(partial(self._wish, wish))
            self._moving.append(made)
            flow.addWidget(with_key(made, key))
        self._undo, self._redo = button(_("Undo")), button(_("Redo"))
        self._undo.clicked.connect(lambda: self._act(proposal.undo))
        self._redo.clicked.connect(lambda: self._act(proposal.redo))
        for made, standard in ((self._undo, "Ctrl+Z"), (self._redo, "Ctrl+Y")):
            flow.addWidget(with_key(made, standard))
        return bar

    def _make_outcomes(self) -> QWidget:
        bar = QWidget()
        flow = Flow(gap=theme.pixels(0.8), spread=False)
        bar.setLayout(flow)
        self._outcomes: list[QPushButton] = []
        for words, key in (
            (_("Prioritised"), "1"),
            (_("If funds allow"), "2"),
            (_("Not prioritised"), "3"),
            (_("No outcome"), "0"),
        ):
            made = button(words)
            made.clicked.connect(partial(self._wish, key))
            self._outcomes.append(made)
            flow.addWidget(with_key(made, key))
        self._fits = button(_("Everything fits"))
        self._fits.clicked.connect(lambda: self._act(proposal.everything_fits))
        self._line = button(_("By the budget line"))
        self._line.clicked.connect(lambda: self._act(proposal.follow_the_line))
        write, read = button(_("Order to a text file…")), button(_("Order from a text file…"))
        write.clicked.connect(self._choose_target)
        read.clicked.connect(self._choose_source)
        for made in (self._fits, self._line, write, read):
            flow.addWidget(made)
        return bar

    def _check(self) -> None:
        chosen = bool(self.table.chosen)
        first, last = self._ends()
        for made, able in zip(
            self._moving,
            (not first, not last, self.table.above is not None, True, self._moves_made()),
            strict=True,
        ):
            made.setEnabled(able and (chosen or made is self._moving[-1]))
        for made in self._outcomes:
            made.setEnabled(chosen)

    def _ends(self) -> tuple[bool, bool]:
        """Whether the current application stands alone first, or alone last."""
        current, found = self.table.current, self._proposal
        if current is None or found is None:
            return True, True
        return found.order[0] == (current,), found.order[-1] == (current,)

    def _moves_made(self) -> bool:
        return self._proposal is not None and bool(self._proposal.history.moves)

    def _say_funds(self, found: Proposal) -> None:
        asked = sum(claim.asked for claim in found.claims.values())
        short = [line for line in found.lines if not line.enough]
        if not found.lines:
            words = _("Sought together: {amount}. The call says nothing of its budget.")
        elif short:
            words = _("Sought together: {amount}. The budget is not enough for everything.")
        else:
            words = _("Sought together: {amount}. Everything fits in the budget.")
        self._funds.setText(words.format(amount=formatting.money(asked)))
        self._line.setEnabled(bool(found.lines))
        every = dict.fromkeys(found.applications, Outcome.PRIORITISED)
        for made, outcomes in ((self._fits, every), (self._line, by_the_line(found.claims, found.outcomes))):
            would = outcomes_told(found.outcomes, outcomes) or _("It stands so already.")
            made.setToolTip(would)
            made.setAccessibleDescription(would)

    def _wish(self, wish: str, *_clicked: bool) -> None:
        current, above = self.table.current, self.table.above
        outcomes = dict(zip("1230", (*Outcome, None), strict=True))
        if wish == "reason":
            self.moves.reason.setFocus()
        elif current is None:
            return
        elif wish in outcomes:
            self._act(
                partial(proposal.propose, outcomes=dict.fromkeys(self.table.chosen or (current,), outcomes[wish]))
            )
        elif wish == "place":
            self.ask_for_place(current)
        elif wish == "equal":
            if above is not None:
                self._act(partial(proposal.move, application=current, change=partial(order.equal_to, other=above)))
        else:
            self._act(partial(proposal.move, application=current, change=order.up if wish == "up" else order.down))

    def _drop(self, application: ApplicationId, where: str, other: ApplicationId) -> None:
        rules = {"before": order.before, "after": order.after, "equal_to": order.equal_to}
        self._act(partial(proposal.move, application=application, change=partial(rules[where], other=other)))

    def ask_for_place(self, application: ApplicationId) -> None:
        """Ask to which place the application is to be moved."""
        shown = [row for row in self._rows if isinstance(row, OrderRow)]
        row = next(row for row in shown if row.application.id == application)
        dialog = MoveTo(self, row, len(shown))
        dialog.confirmed.connect(partial(self._move_to, application))
        dialog.open()

    def _move_to(self, application: ApplicationId, place: int, reason: str) -> None:
        change = partial(order.at_place, number=place)
        self._act(partial(proposal.move, application=application, change=change, reason=reason))

    def _give_reason(self, number: int, reason: str) -> bool:
        given = partial(proposal.give_reason, number=number, reason=reason)
        return self._desk.decide(lambda register: given(register, at=now(), by=officer())) is not None

    def _act(self, deed: Callable[..., Proposal]) -> None:
        """Do one of the deeds of `proposal`, and say the move that it made."""
        before = self._newest
        done = self._desk.decide(lambda register: deed(register, at=now(), by=officer()))
        if done is not None:
            self._tell(before, done[0])

    @property
    def _newest(self) -> int:
        """The number of the latest move; 0 before there is any."""
        moves = self._proposal.history.moves if self._proposal else ()
        return moves[-1].number if moves else 0

    def _tell(self, before: int, after: Proposal) -> None:
        """Say the move that came after the one of that number; that nothing changed when none did."""
        newest = after.history.moves[-1:]
        new = newest and newest[0].number != before
        self._desk.announced.emit(newest[0].sentence() if new else _("It stands so already; nothing was changed."))

    def _choose_target(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, _("Order to a text file"), _("Order") + ".txt", "*.txt")
        if name:
            self.write_order(Path(name))

    def _choose_source(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Order from a text file"), "", "*.txt;;*")
        if name:
            self.read_order(Path(name))

    def write_order(self, target: Path) -> None:
        """Write the order as a text file to edit."""

        def work(register: "Register") -> None:
            write_whole(target, order_file.written(proposal.proposal(register)).encode(), mode=0o644)

        said = _("The order is written to {file}.").format(file=target.name)
        self._desk.do(self, work, lambda _done: self._desk.announced.emit(said))

    def read_order(self, source: Path) -> None:
        """Take the order from a text file, once every line of it is right."""

        def work(register: "Register") -> Proposal:
            ranks = order_file.read(source, proposal.proposal(register))
            return proposal.read(register, ranks, at=now(), by=officer(), reason=source.name)

        self._desk.do(self, work, partial(self._tell, self._newest))
