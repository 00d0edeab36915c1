"""The window stands where it stood, in the colour of its ground, before anything else of the program is loaded."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ui import window_place


def test_a_window_comes_back_where_it_stood_in_its_colour(qtbot: QtBot) -> None:
    first, again = QMainWindow(), QMainWindow()
    for window in (first, again):
        qtbot.addWidget(window)
    window_place.restore(first)
    assert (first.width(), first.height()) == window_place.SIZE
    first.setGeometry(40, 60, 700, 600)
    window_place.keep(first, QColor("#151D1A"))
    window_place.restore(again)
    assert again.size() == first.size()
    assert again.palette().window().color() == QColor("#151D1A")
