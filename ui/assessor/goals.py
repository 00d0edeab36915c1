"""The strategies of a call beside the principle that asks for them: their goals to pick from, themselves to read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Reference
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.plain import button, label


class Goals(QWidget):
    """Tells which goal a person picks, and which reference they open."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, references: Sequence[Reference], *, readable: bool = True) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.pixels(0.3))
        column.setSpacing(theme.pixels(0.35))
        column.addWidget(label(_("A goal that you pick is written into the comment."), "small", wrap=True))
        self._first: QWidget | None = None
        for reference in references:
            column.addWidget(label(reference.title, "strong", wrap=True))
            if readable and reference.document is not None:
                read = button(_("Read it beside the form"), "link")
                read.setAccessibleName(_("Read “{title}” beside the form").format(title=reference.title))
                read.clicked.connect(lambda _on=False, sha256=reference.document: self.opened.emit(sha256))
                column.addWidget(read, 0, Qt.AlignmentFlag.AlignLeft)
                self._first = self._first or read
            for goal in reference.goals:
                choice = Choice(goal)
                choice.clicked.connect(lambda _on=False, goal=goal: self.picked.emit(goal))
                column.addWidget(choice)
                self._first = choice if not isinstance(self._first, Choice) else self._first

    def focus_first(self) -> None:
        """Put the focus on the first goal, from where arrows lead on."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)
