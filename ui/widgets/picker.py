"""One of several values in a list that folds out."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from ui import theme


class Picker(QComboBox):
    """Shows the chosen value's words; tells the value, an object of the caller's, when a person chooses another."""

    picked = Signal(object)

    def __init__(self, name: str, width: float) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFixedWidth(theme.pixels(width))
        self.activated.connect(lambda _place: self.picked.emit(self.currentData()))

    def offer(self, values: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer these words with their values; an unknown chosen value is the first one."""
        if [(self.itemText(n), self.itemData(n)) for n in range(self.count())] != list(values):
            self.clear()
            for words, value in values:
                self.addItem(words, value)
            self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.pixels(2))
        found = next((n for n, (_words, value) in enumerate(values) if value == chosen), 0)
        self.setCurrentIndex(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel scrolls the page and changes nothing here."""
        event.ignore()
