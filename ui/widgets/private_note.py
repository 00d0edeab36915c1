"""The box of a private note: dashed, tinted and locked, so that nobody takes it for a comment."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from esf_desktop.i18n import _
from ui.widgets.icon import Icon
from ui.widgets.plain import label
from ui.widgets.saving_edit import SavingEdit


class PrivateNote(QFrame):
    """Edits one note that never leaves the computer."""

    def __init__(self, save: Callable[[str], bool]) -> None:
        super().__init__()
        self.setProperty("role", "note")
        heading = QHBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(Icon("lock", "note_ink", 0.9))
        heading.addWidget(label(_("Private note. Never leaves the computer."), wrap=True), 1)
        self.edit = SavingEdit(save, name=_("Private note, never leaves the computer"), lines=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(heading)
        column.addWidget(self.edit)
