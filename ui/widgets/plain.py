"""Labels, lines and buttons in the roles that the style sheet knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QWidget


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label; `role` is title, huge, strong, muted, small, caption, warning, refusal or key. Never rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, role: str = "", *, described: str = "") -> QPushButton:
    """A push button; `role` is primary, quiet, link or choice."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if described:
        made.setAccessibleDescription(described)
        made.setToolTip(described)
    return made


def line() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def area(role: str) -> QWidget:
    """A part of the window with a ground of its own."""
    made = QWidget()
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setProperty("role", role)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it be deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
