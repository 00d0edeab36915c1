"""The one way in which a sentence is said to a screen reader without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say(sentence: str, where: QWidget) -> None:
    """Say it once what is being said is done, in the window that holds the widget."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(where.window(), sentence))
