"""Labels, lines and buttons in the roles that the style sheet knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget


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


def with_key(control: QWidget, key: str, *, before: bool = False) -> QWidget:
    """The control with its key printed beside it; the control alone when it has none."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(control)
    if key:
        cap = label(key, "key")
        cap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.insertWidget(0 if before else 1, cap, 0, Qt.AlignmentFlag.AlignVCenter)
    return pair
