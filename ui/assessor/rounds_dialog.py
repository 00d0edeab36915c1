"""Every round on this computer: turn to another, purge a finished one, read the receipts of those that were."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from esf_desktop import formatting
from esf_desktop.assessor import rounds
from esf_desktop.i18n import _
from esf_desktop.model import Call, CallId
from ui import theme
from ui.assessor.purge_receipt import PurgeReceipt
from ui.desk import Desk, today
from ui.formatting import days_left
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.workspace.fields import Purged

HELD = Qt.ItemDataRole.UserRole


class RoundsDialog(QDialog):
    """Lists the rounds, the open one first marked; tells which one a person wants to purge."""

    purging = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(_("Rounds"))
        self._none = label(_("No round here yet. Open a call package or application files."), "muted", wrap=True)
        self._rounds = self._list(_("Rounds on this computer"))
        self._rounds.itemSelectionChanged.connect(self._choose)
        self._rounds.itemActivated.connect(lambda _item: self._turn())
        self._open = button(_("Turn to this round"), "primary")
        self._open.clicked.connect(self._turn)
        self._purge = button(_("Purge…"))
        self._purge.clicked.connect(lambda: self._ask_to_purge(self._rounds))
        self._receipts = self._list(_("Purged rounds"))
        self._receipts.itemSelectionChanged.connect(self._choose)
        self._receipts.itemActivated.connect(lambda _item: self._read())
        self._shown = button(_("Show the receipt"))
        self._shown.clicked.connect(self._read)
        self._complete = button(_("Complete the purge…"))
        self._complete.clicked.connect(lambda: self._ask_to_purge(self._receipts))
        close = button(_("Close"))
        close.clicked.connect(self.reject)
        self._title = label(_("Purged rounds"), "caption")
        column = QVBoxLayout(self)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(self._none)
        column.addWidget(self._rounds, 3)
        column.addLayout(_row(self._open, self._purge))
        column.addSpacing(theme.pixels(0.6))
        column.addWidget(self._title)
        column.addWidget(self._receipts, 2)
        column.addLayout(_row(self._shown, self._complete))
        column.addLayout(_row(None, close))
        self.resize(min(theme.pixels(44), parent.width() - 40), min(theme.pixels(34), parent.height() - 40))
        desk.changed.connect(self.refresh)
        self.finished.connect(self.deleteLater)
        self.refresh()
        self._rounds.setFocus()

    def refresh(self) -> None:
        """Read again which rounds there are."""
        work = self._desk.workspace
        current, calls, receipts = work.round, work.rounds(), work.purged()
        self._fill(self._rounds, [(self._words(call, call.id == current), call.id) for call in calls])
        self._rounds.setCurrentRow(next((n for n, call in enumerate(calls) if call.id == current), 0))
        self._fill(self._receipts, [(_receipt_words(receipt), receipt) for receipt in receipts])
        self._receipts.setCurrentRow(0)
        self._none.setVisible(not calls)
        self._rounds.setVisible(bool(calls))
        for part in (self._title, self._receipts, self._shown):
            part.setVisible(bool(receipts))
        self._choose()

    def _words(self, call: Call, current: bool) -> str:
        states = self._desk.workspace.states(call.id)
        done = sum(state.finished for state in states.values())
        parts = [call.id, _("{n} of {m} done").format(n=done, m=len(states))]
        if call.deadline is not None:
            parts.append(f"{formatting.day(call.deadline)}, {days_left(call.deadline, today())}")
        if current:
            parts.append(_("shown now"))
        return f"{call.title}\n{' · '.join(parts)}"

    def _fill(self, shown: QListWidget, rows: "list[tuple[str, CallId]] | list[tuple[str, Purged]]") -> None:
        shown.blockSignals(True)
        shown.clear()
        for words, held in rows:
            item = QListWidgetItem(words)
            item.setData(HELD, held)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words.replace("\n", ", "))
            shown.addItem(item)
        shown.blockSignals(False)

    def _choose(self) -> None:
        chosen, receipt = self._held(self._rounds), self._held(self._receipts)
        self._open.setEnabled(isinstance(chosen, str) and chosen != self._desk.workspace.round)
        self._purge.setEnabled(isinstance(chosen, str))
        unfinished = receipt is not None and getattr(receipt, "finished_at", None) is None
        self._complete.setVisible(unfinished)

    def _turn(self) -> None:
        chosen = self._held(self._rounds)
        if isinstance(chosen, str) and self._desk.do(rounds.turn_to, CallId(chosen)) is not None:
            self.accept()

    def _ask_to_purge(self, where: QListWidget) -> None:
        held = self._held(where)
        if held is not None:
            self.purging.emit(held if isinstance(held, str) else held.round)

    def _read(self) -> None:
        receipt = self._held(self._receipts)
        if receipt is not None and not isinstance(receipt, str):
            PurgeReceipt(self, self._desk, receipt).open()

    @staticmethod
    def _held(shown: QListWidget) -> "CallId | Purged | None":
        held: CallId | Purged | None = shown.currentItem().data(HELD) if shown.count() else None
        return held

    @staticmethod
    def _list(name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(name)
        made.setProperty("role", "lined")
        made.setWordWrap(True)
        made.setSpacing(0)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made


def _row(*parts: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.pixels(0.6))
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    if None not in parts:
        row.addStretch(1)
    return row


def _receipt_words(receipt: "Purged") -> str:
    when = receipt.finished_at
    said = (
        _("purged {time}").format(time=formatting.moment(when))
        if when
        else _("interrupted; not everything is gone yet")
    )
    return f"{receipt.title}\n{receipt.round} · {said}"
