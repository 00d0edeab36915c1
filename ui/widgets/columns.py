"""The ways in which a page holds a column of text: in the middle of the window, or scrolling down it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.plain import area


def in_the_middle(page: QWidget, inside: QWidget, width: float) -> None:
    """Put a widget of that width, in heights of a letter, a little above the middle; it scrolls if it must."""
    ground, outer = area("surface"), QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(ground))
    inside.setFixedWidth(theme.pixels(width))
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(inside)
    row.addStretch(1)
    around = QVBoxLayout(ground)
    around.addStretch(2)
    around.addLayout(row)
    around.addStretch(3)


def scrolled(inside: QWidget, *, read: str = "") -> QScrollArea:
    """What scrolls over a widget; named by `read` it is a stop of the Tab key, for text that holds no stop itself."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if read else Qt.FocusPolicy.NoFocus)
    if read:
        made.setProperty("role", "read")
        made.setAccessibleName(read)
    else:
        made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidget(inside)
    return made


def scrolling(page: QWidget, width: float) -> QVBoxLayout:
    """A column of at most that width, in heights of a letter, in the middle of an empty page that scrolls."""
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    ground = area("surface")
    outer.addWidget(scrolled(ground))
    middle = QHBoxLayout(ground)
    middle.setContentsMargins(theme.pixels(1), theme.pixels(2), theme.pixels(1), theme.pixels(2))
    inside = QWidget()
    inside.setMaximumWidth(theme.pixels(width))
    middle.addStretch(1)
    middle.addWidget(inside, 20)
    middle.addStretch(1)
    return QVBoxLayout(inside)
