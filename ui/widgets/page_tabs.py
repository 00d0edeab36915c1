"""The row of pages: one button for each, the open one marked; it goes on in a second line where there is no room."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from esf_desktop.i18n import _
from ui.widgets.flow import Flow


class PageTabs(QWidget):
    """Shows which page is open and tells which one a person wants."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._row = Flow(gap=6, spread=False)
        self.setLayout(self._row)

    def add(self, name: str, text: str, key: str) -> None:
        """Add a page last in the row."""
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setProperty("role", "page")
        made.setToolTip(key)
        made.setAccessibleName(text)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(made)
        self._buttons[name] = made
        self._row.addWidget(made)

    def rename(self, name: str, text: str) -> None:
        """Let a page be called something else."""
        self._buttons[name].setText(text)
        self._buttons[name].setAccessibleName(text)

    def mark(self, name: str) -> None:
        """Show that this page is open."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def end_with(self, widget: QWidget) -> None:
        """Put a widget at the right end of the row."""
        self._row.end_with(widget)
