"""The rating control shows one rating and tells what a person chose, by mouse and by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.model import Rating
from ui.widgets.rating_control import RatingControl, Segment

STEPS = tuple((rating, word, f"ankare {word}") for rating, word in zip(Rating, "ABCD", strict=True))


@pytest.fixture
def control(qtbot: QtBot) -> RatingControl:
    made = RatingControl(STEPS, "Bedömning", ("1", "2", "3", "4"))
    qtbot.addWidget(made)
    made.resize(500, 60)
    made.show()
    qtbot.waitExposed(made)
    return made


def segments(control: RatingControl) -> list[Segment]:
    return control.findChildren(Segment)


def test_a_click_tells_the_rating_and_a_second_one_clears_it(qtbot: QtBot, control: RatingControl) -> None:
    told: list[object] = []
    control.rated.connect(told.append)
    second = segments(control)[1]
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    control.show_rating(Rating.PARTLY)
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told == [Rating.PARTLY, None]


def test_showing_a_rating_tells_nobody(qtbot: QtBot, control: RatingControl) -> None:
    with qtbot.assertNotEmitted(control.rated):
        control.show_rating(Rating.MET)
    assert [s.isChecked() for s in segments(control)] == [True, False, False, False]


def test_arrows_move_the_focus_and_space_chooses(qtbot: QtBot, control: RatingControl) -> None:
    control.activateWindow()
    qtbot.waitActive(control)
    first = segments(control)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert segments(control)[1].hasFocus()
    with qtbot.waitSignal(control.rated) as told:
        qtbot.keyClick(segments(control)[1], Qt.Key.Key_Space)
    assert told.args == [Rating.PARTLY]


def test_a_screen_reader_hears_word_key_and_anchor(qtbot: QtBot, control: RatingControl) -> None:
    heard = QAccessible.queryAccessibleInterface(segments(control)[2])
    assert heard is not None
    assert heard.text(QAccessible.Text.Name) == "C, tangent 3"
    assert heard.text(QAccessible.Text.Description) == "ankare C"
    assert heard.role() in (QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton)


def test_four_segments_stand_in_two_rows_where_there_is_no_room(qtbot: QtBot, control: RatingControl) -> None:
    around = QWidget()
    narrow = RatingControl(STEPS, "Bedömning", ("1", "2", "3", "4"))
    QVBoxLayout(around).addWidget(narrow)
    qtbot.addWidget(around)
    around.resize(150, 160)
    around.show()
    qtbot.waitUntil(lambda: len({s.y() for s in segments(narrow)}) == 2)
    assert len({s.y() for s in segments(control)}) == 1
