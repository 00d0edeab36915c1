"""Unknown words get a wave after a pause, are named to a screen reader, and can be put right from the menu."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from esf_desktop import spelling
from esf_desktop.settings import Spelling
from esf_desktop.spelling import Speller
from ui.widgets import spell_check
from ui.widgets.saving_edit import SavingEdit

WAVE = QTextCharFormat.UnderlineStyle.SpellCheckUnderline


@pytest.fixture
def edit(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SavingEdit:
    found = spelling.load()
    if not found.languages:
        pytest.skip("no dictionary here: hunspell-sv")
    monkeypatch.setattr(spell_check, "_speller", Speller(found._dictionaries, tmp_path / "words.txt"))
    monkeypatch.setattr(spell_check, "_choice", Spelling.SWEDISH)
    made = SavingEdit(lambda text: True, name="Motivering")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def waves(edit: SavingEdit) -> list[str]:
    return [one.cursor.selectedText() for one in edit.extraSelections() if one.format.underlineStyle() is WAVE]


def menu_over(edit: SavingEdit, place: int) -> dict[str, QAction]:
    cursor = edit.textCursor()
    cursor.setPosition(place)
    menu = QMenu(edit)
    menu.addAction("Kopiera")
    edit.spelling.add_to(menu, cursor)
    return {action.text(): action for action in menu.actions()}


def test_an_unknown_word_gets_a_wave_after_a_pause_and_a_description(qtbot: QtBot, edit: SavingEdit) -> None:
    qtbot.keyClicks(edit, "Parterna sammarbetar brett. ")
    assert waves(edit) == []
    qtbot.waitUntil(lambda: waves(edit) == ["sammarbetar"], timeout=5_000)
    assert edit.accessibleDescription() == "Finns inte i ordlistan: sammarbetar"


def test_the_word_that_is_being_written_is_left_alone(qtbot: QtBot, edit: SavingEdit) -> None:
    qtbot.keyClicks(edit, "Parterna sammarb")
    edit.spelling.check()
    assert waves(edit) == []


def test_a_suggestion_takes_the_words_place_and_can_be_undone(edit: SavingEdit) -> None:
    edit.setPlainText("Parterna sammarbetar brett.")
    menu_over(edit, 12)["samarbetar"].trigger()
    assert edit.toPlainText() == "Parterna samarbetar brett."
    edit.undo()
    assert edit.toPlainText() == "Parterna sammarbetar brett."


def test_an_added_word_loses_its_wave(edit: SavingEdit) -> None:
    edit.setPlainText("Gällivarebygdens parter.")
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    edit.spelling.check()
    if waves(edit):
        menu_over(edit, 3)["Lägg till ”Gällivarebygdens” i mina ord"].trigger()
    assert waves(edit) == []
    assert list(menu_over(edit, 3)) == ["Kopiera"]


def test_switched_off_nothing_is_marked(monkeypatch: pytest.MonkeyPatch, edit: SavingEdit) -> None:
    monkeypatch.setattr(spell_check, "_choice", Spelling.OFF)
    edit.setPlainText("sammarbetar brett")
    edit.spelling.check()
    assert waves(edit) == []
    assert list(menu_over(edit, 3)) == ["Kopiera"]
