"""The two ways in which a page holds one column of text: in the middle of the window, or scrolling down it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.plain import area


def in_the_middle(page: QWidget, inside: QWidget, width: float) -> None:
    """Put a widget of that width, in heights of a letter, a little above the middle; it scrolls if it must."""
    ground, outer, scroll = area("surface"), QVBoxLayout(page), QScrollArea()
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(ground)
    inside.setFixedWidth(theme.pixels(width))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(inside)
    row.addStretch(1)
    around = QVBoxLayout(ground)
    around.addStretch(2)
    around.addLayout(row)
    around.addStretch(3)


def scrolling(page: QWidget, width: float) -> QVBoxLayout:
    """A column of at most that width, in heights of a letter, in the middle of an empty page that scrolls."""
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    outer.addWidget(scroll)
    ground = area("surface")
    scroll.setWidget(ground)
    middle = QHBoxLayout(ground)
    middle.setContentsMargins(theme.pixels(1), theme.pixels(2), theme.pixels(1), theme.pixels(2))
    inside = QWidget()
    inside.setMaximumWidth(theme.pixels(width))
    middle.addStretch(1)
    middle.addWidget(inside, 20)
    middle.addStretch(1)
    return QVBoxLayout(inside)
