"""Keys and what they do."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from esf_desktop.i18n import Language
from ui.actions import SPECS
from ui.session import speak


def test_no_two_actions_have_the_same_key(qtbot: QtBot) -> None:
    keys = Counter(QKeySequence(key).toString() for spec in SPECS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_keys_are_named_as_on_a_keyboard_of_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    def names() -> tuple[str, str]:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        keys = QKeySequence("Ctrl+Shift+F3").toString(QKeySequence.SequenceFormat.NativeText)
        return keys, box.buttons()[0].text()

    speak(qapp, Language.SWEDISH)
    assert names() == ("Ctrl+Skift+F3", "Avbryt")
    speak(qapp, Language.ENGLISH)
    assert names() == ("Ctrl+Shift+F3", "Cancel")
