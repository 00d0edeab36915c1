"""A small toggle with a chevron that shows and hides one widget."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui import theme
from ui.widgets import icon


class Fold(QToolButton):
    """Shows its widget when pressed, hides it when pressed again."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setCheckable(True)
        self.setProperty("role", "quiet")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(theme.pixels(0.75), theme.pixels(0.75)))
        self.setMinimumWidth(theme.pixels(5))
        self.clicked.connect(self.unfold)
        self.unfold(False)

    def say(self, words: str) -> None:
        """What the toggle says."""
        self.setText(words)
        self.setAccessibleName(words)

    def unfold(self, shown: bool) -> None:
        """Show or hide the widget."""
        self.setChecked(shown)
        self._inside.setVisible(shown)
        self.setIcon(icon.icon("chevron_down" if shown else "chevron_right", "muted"))
