"""A group of choices of which one holds, as the settings ask for them."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.plain import label


class Choices(QWidget):
    """Shows a title and its options under each other, and tells the one that a person picks."""

    def __init__(
        self, title: str, options: Sequence[tuple[object, str]], now: object, picked: Callable[[object], None]
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.pixels(0.5))
        column.setSpacing(theme.pixels(0.15))
        column.addWidget(label(title, "strong"))
        group = QButtonGroup(self)
        for value, words in options:
            made = QRadioButton(words)
            made.setChecked(value == now)
            made.setAccessibleDescription(title)
            made.clicked.connect(lambda _on=False, value=value: picked(value))
            group.addButton(made)
            column.addWidget(made)
