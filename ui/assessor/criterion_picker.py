"""A small window that asks for which criterion something is: letters are typed, or arrows pressed, then Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Criterion, CriterionId
from ui import theme
from ui.widgets.plain import label

_LETTERS = int(Qt.ItemDataRole.UserRole)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CriterionPicker(QDialog):
    """Offers criteria; those that do not begin with the typed letters, or hold the typed word, are put away."""

    picked = Signal(str)

    def __init__(self, parent: QWidget, criteria: Sequence[Criterion], chosen: CriterionId | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Letters or words of the criterion"))
        self.field.setPlaceholderText(_("Letters or words of the criterion"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._narrow)
        self.field.returnPressed.connect(self._take)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Criteria"))
        self.list.setProperty("role", "lined")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for criterion in criteria:
            item = QListWidgetItem(f"{criterion.id}   {criterion.title.spoken()}")
            item.setData(_LETTERS, criterion.id)
            self.list.addItem(item)
            if criterion.id == chosen:
                self.list.setCurrentItem(item)
        if chosen is None:
            self.list.setCurrentRow(0)
        self.list.itemClicked.connect(self._take)
        self.list.itemActivated.connect(self._take)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(label(_("Type letters or use the arrows, then Enter. Esc leaves it."), "small", wrap=True))
        row = max(1, self.list.sizeHintForRow(0))
        self.resize(theme.pixels(32), min(theme.pixels(34), (row + 6) * len(criteria) + theme.pixels(8)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self._move(-1 if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1)
            return True
        return False

    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        for item in self._items():
            fits = _letters(item).startswith(wanted) or (len(wanted) > 1 and wanted in item.text().casefold())
            item.setHidden(not fits)
        shown = self._shown()
        by_letters = [item for item in shown if _letters(item).startswith(wanted)]
        if shown:
            self.list.setCurrentItem((by_letters + shown)[0])

    def _move(self, step: int) -> None:
        shown = self._shown()
        current = self.list.currentItem()
        if shown:
            place = shown.index(current) + step if current in shown else 0
            self.list.setCurrentItem(shown[max(0, min(place, len(shown) - 1))])

    def _take(self) -> None:
        chosen = [item for item in self._shown() if item is self.list.currentItem()]
        if chosen:
            self.accept()
            self.picked.emit(chosen[0].data(_LETTERS))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(n) for n in range(self.list.count())]

    def _shown(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]


def _letters(item: QListWidgetItem) -> str:
    return str(item.data(_LETTERS)).casefold()
