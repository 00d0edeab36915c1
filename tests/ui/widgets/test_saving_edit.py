"""A text field saves itself, and keeps what could not be saved."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.saving_edit import LONGEST, SavingEdit


def shown(qtbot: QtBot, kept: list[str], *, works: bool = True) -> SavingEdit:
    def save(text: str) -> bool:
        if works:
            kept.append(text)
        return works

    edit = SavingEdit(save, name="Motivering")
    qtbot.addWidget(edit)
    edit.resize(300, 100)
    edit.show()
    edit.activateWindow()
    qtbot.waitActive(edit)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit


def test_it_saves_once_after_the_last_key(qtbot: QtBot) -> None:
    kept: list[str] = []
    edit = shown(qtbot, kept)
    qtbot.keyClicks(edit, "ett ord")
    assert kept == []
    qtbot.waitUntil(lambda: kept == ["ett ord"], timeout=5_000)


def test_it_saves_on_leaving(qtbot: QtBot) -> None:
    kept: list[str] = []
    edit = shown(qtbot, kept)
    qtbot.keyClicks(edit, "hej")
    edit.clearFocus()
    assert kept == ["hej"]


def test_nothing_changed_is_nothing_saved(qtbot: QtBot) -> None:
    kept: list[str] = []
    edit = shown(qtbot, kept)
    edit.show_text("som det var")
    assert edit.flush()
    edit.clearFocus()
    assert kept == []


def test_what_could_not_be_saved_stays_and_is_not_overwritten(qtbot: QtBot) -> None:
    edit = shown(qtbot, [], works=False)
    edit.show_text("gammal")
    edit.selectAll()
    qtbot.keyClicks(edit, "ny")
    assert not edit.flush()
    edit.show_text("gammal")
    assert edit.toPlainText() == "ny"
    assert edit.unsaved


def test_it_grows_with_its_text(qtbot: QtBot) -> None:
    edit = shown(qtbot, [])
    before = edit.height()
    edit.show_text("rad\n" * 12)
    QApplication.processEvents()
    assert edit.height() > 2 * before
    edit.show_text("")
    QApplication.processEvents()
    assert edit.height() == before


def test_a_text_longer_than_may_travel_stays_in_the_field_and_is_told_of_once(qtbot: QtBot) -> None:
    tried: list[str] = []

    def save(text: str) -> bool:
        tried.append(text)
        return len(text) <= LONGEST

    edit = SavingEdit(save, name="Motivering")
    qtbot.addWidget(edit)
    edit.setPlainText("a" * (LONGEST + 5))
    assert not edit.flush()
    edit.insertPlainText("b")
    assert not edit.flush()
    assert len(edit.toPlainText()) == LONGEST + 6
    assert len(tried) == 1
    edit.setPlainText("a" * LONGEST)
    assert edit.flush()
    assert not edit.unsaved
