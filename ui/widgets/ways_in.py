"""The three ways to begin, for a page that has nothing to show yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esf_desktop.i18n import _
from ui import theme
from ui.widgets.choice import Choice
from ui.widgets.plain import area, label

WIDTH = 34
"""Of the column in the middle, in heights of text."""


class WaysIn(QWidget):
    """Tells which way a person chose: open, open_folder or practice."""

    wished = Signal(str)

    def __init__(self, title: str, words: str, *, alone: bool = True) -> None:
        super().__init__()
        ground = area("surface")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        around = QVBoxLayout(ground)
        inside = QWidget()
        if alone:
            inside.setMaximumWidth(theme.pixels(WIDTH))
        column = QVBoxLayout(inside)
        if alone:
            around.addStretch(2)
            around.addWidget(inside)
            around.setAlignment(inside, Qt.AlignmentFlag.AlignHCenter)
            around.addStretch(3)
        else:
            around.setContentsMargins(0, 0, 0, 0)
            column.setContentsMargins(0, 0, 0, 0)
            around.addWidget(inside)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(title, "huge", wrap=True))
        column.addWidget(label(words, "muted", wrap=True))
        column.addSpacing(theme.pixels(0.6))
        for wish, name, text in (
            ("open", "package", _("Open a call package or application files…")),
            ("open_folder", "folder", _("Open a folder with applications…")),
            ("practice", "compass", _("Try the practice round: fictional applications, worked examples")),
        ):
            made = Choice(text, picture=name, tall=True)
            made.clicked.connect(lambda _on=False, wish=wish: self.wished.emit(wish))
            column.addWidget(made)
        if alone:
            inside.setMinimumWidth(min(theme.pixels(WIDTH), 640))
