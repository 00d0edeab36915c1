"""The sheet of keyboard shortcuts (Kortkommandon)."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.actions import MENUS, SPECS, Actions
from ui.widgets.columns import scrolled
from ui.widgets.plain import label

WIDTH = 54
"""Heights of text that two columns take."""


class KeySheet(QDialog):
    """Every action that has a key, in the order of the menus, in two columns where there is room."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(theme.pixels(1.0))
        grid.setVerticalSpacing(theme.pixels(0.4))
        narrow, place = parent.width() < theme.pixels(WIDTH), 0
        for side, menus in enumerate((("file", "edit", "view", "help"), ("document", "assess"))):
            column, place = (0, place) if narrow else (side, 0)
            for name, title in MENUS:
                if name not in menus:
                    continue
                heading = label(title().replace("&", ""), "caption")
                heading.setContentsMargins(0, theme.pixels(0.6) if place else 0, 0, 0)
                grid.addWidget(heading, place, 3 * column, 1, 2)
                place += 1
                for spec in SPECS:
                    keys = [
                        key.toString(QKeySequence.SequenceFormat.NativeText) for key in actions[spec.name].shortcuts()
                    ]
                    if spec.menu == name and keys:
                        grid.addWidget(label(spec.text().rstrip("…")), place, 3 * column)
                        cap = label(keys[0], "key")
                        cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
                        grid.addWidget(cap, place, 3 * column + 1)
                        place += 1
        grid.setColumnMinimumWidth(2, theme.pixels(2))
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = scrolled(inside, read=_("Keyboard shortcuts"))
        close = QDialogButtonBox()
        close.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        column_ = QVBoxLayout(self)
        column_.addWidget(
            label(_("Single keys work when no text field has the focus; Esc leaves a field."), "muted", wrap=True)
        )
        column_.addWidget(scroll)
        column_.addWidget(close)
        self.resize(min(theme.pixels(WIDTH), parent.width() - 40), min(theme.pixels(36), parent.height() - 40))
        self.finished.connect(self.deleteLater)
