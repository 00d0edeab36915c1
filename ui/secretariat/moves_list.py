"""Every move of the proposal with its author, time and reason, and a field in which the reason can be given after."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.plain import label
from ui.widgets.saving_edit import SavingEdit

if TYPE_CHECKING:
    from esf_desktop.secretariat.moves import Move

MOVE = Qt.ItemDataRole.UserRole
MEASURED = MOVE + 1
"""The width at which a row was measured, and its words then."""
LEAST = 12
"""Of the list's height, in heights of a letter."""


class MovesList(QWidget):
    """Shows the moves, newest first; the reason of the chosen one saves itself."""

    left = Signal()
    """Somebody is done with the reason and goes back to the order."""

    def __init__(self, save: Callable[[int, str], bool]) -> None:
        super().__init__()
        self._keep = save
        self._moves: tuple[Move, ...] = ()
        self._number: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.5))
        column.addWidget(label(_("Moves"), "title"))
        self.list = _Wrapped()
        self.list.currentItemChanged.connect(self._show_reason)
        column.addWidget(self.list, 1)
        self._about = label("", "small", wrap=True)
        column.addWidget(self._about)
        self.reason = _Reason(self._save, name=_("Reason for the move"), hint=_("Why? Now or later."), lines=2)
        self.reason.done.connect(self.left)
        self._about.setBuddy(self.reason)
        column.addWidget(self.reason)
        self._show_reason()

    def show_moves(self, moves: "Sequence[Move]") -> None:
        """Show these moves; a new one is chosen, so that its reason can be typed at once."""
        newest = moves[-1].number if moves else None
        new = bool(moves) and (not self._moves or self._moves[-1].number != newest)
        wanted = newest if new else self._number
        if new:
            self.reason.flush()
        self._moves = tuple(moves)
        self.list.blockSignals(True)
        while self.list.count() > len(self._moves):
            self.list.takeItem(0)
        while self.list.count() < len(self._moves):
            self.list.insertItem(0, QListWidgetItem())
        for row, one in enumerate(reversed(self._moves)):
            item = self.list.item(row)
            if item.data(MOVE) != one:
                item.setText(_told(one))
                item.setData(MOVE, one)
            if one.number == wanted:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.fit()
        self._show_reason()

    def _show_reason(self) -> None:
        row = self.list.currentRow()
        chosen: Move | None = self.list.item(row).data(MOVE) if row >= 0 else None
        number = chosen.number if chosen else None
        if number != self._number:
            self.reason.flush()
            self._number = number
        self.reason.setEnabled(chosen is not None)
        self._about.setText(
            _("Reason for {move}").format(move=chosen.sentence()) if chosen else _("No move has been made yet.")
        )
        self.reason.show_text(chosen.reason if chosen else "")

    def _save(self, text: str) -> bool:
        return self._number is None or self._keep(self._number, text)


class _Wrapped(QListWidget):
    """A list whose rows are as high as their words need."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Moves"))
        self.setProperty("role", "lined")
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(theme.pixels(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Measure the rows at the width of now; Qt forgets what the style puts around their words."""
        width = self.viewport().width() - theme.pixels(1.9)
        for row in range(self.count()):
            item = self.item(row)
            if item.data(MEASURED) == [width, item.text()]:
                continue
            item.setData(MEASURED, [width, item.text()])
            room = QRect(0, 0, max(width, 1), 100_000)
            words = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), item.text())
            item.setSizeHint(QSize(0, words.height() + theme.pixels(1.3)))


class _Reason(SavingEdit):
    """A field that Enter and Esc are done with."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.flush()
            self.done.emit()
            return
        super().keyPressEvent(event)


def _told(one: "Move") -> str:
    """Number, time and author; what was done; why."""
    words = _("{move} (undone)").format(move=one.sentence()) if one.undone else one.sentence()
    reason = one.reason
    if reason and one.reason_by != one.proposed.by:
        reason = _("{reason} ({name})").format(reason=reason, name=one.reason_by)
    head = " · ".join(filter(None, (str(one.number), one.at[:16].replace("T", " "), one.proposed.by)))
    return "\n".join(filter(None, (head, words, f"– {reason}" if reason else "")))
