"""Keys and what they do."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from ui.actions import SPECS


def test_no_two_actions_have_the_same_key(qtbot: QtBot) -> None:
    keys = Counter(QKeySequence(key).toString() for spec in SPECS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []
