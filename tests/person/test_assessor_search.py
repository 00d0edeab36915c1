"""A person finds evidence by searching, with the keys and the mouse of the window alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import LEFT, Room, room


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    assert made.errors == []
    close()


def seen(desk: Room, kind: type[QWidget], words: str) -> QWidget:
    """The one visible widget of the kind that says these words."""
    found = [
        widget
        for widget in desk.window.findChildren(kind)
        if widget.isVisible() and (words in (widget.accessibleName() or getattr(widget, "text", str)()))
    ]
    assert len(found) == 1, [widget.accessibleName() for widget in found]
    return found[0]


def press(desk: Room, words: str) -> None:
    """Press the button that says these words, by mouse."""
    QTest.mouseClick(seen(desk, QAbstractButton, words), LEFT)
    QApplication.processEvents()


def click_row(rows: QListWidget, number: int) -> None:
    """Click a row of a list."""
    place = rows.visualItemRect(rows.item(number)).center()
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, QPoint(place))
    QApplication.processEvents()


def hits(desk: Room, name: str) -> QListWidget:
    """The list of that name, once it is seen and filled."""

    def filled() -> bool:
        return any(one.accessibleName() == name and one.count() > 1 for one in shown())

    def shown() -> list[QListWidget]:
        return [one for one in desk.window.findChildren(QListWidget) if one.isVisible()]

    desk.qtbot.waitUntil(filled, timeout=10_000)
    return next(one for one in shown() if one.accessibleName() == name)


def selected(desk: Room) -> str:
    """What is marked in the document, once it is open."""
    desk.qtbot.waitUntil(lambda: bool(desk.page.document.selections()), timeout=20_000)
    return desk.page.document.selections()[0].quote


def quotes(desk: Room) -> list[str]:
    """The quotes that stand under criteria on the page that is shown."""
    page = desk.window.page(desk.window.current_page)
    said = [one.accessibleName() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    return [words for words in said if "”" in words]


def test_a_phrase_is_searched_by_keyboard_and_the_hit_becomes_evidence(desk: Room) -> None:
    desk.press("Ctrl+Shift+F")
    desk.type('"atta kommuner"')
    desk.qtbot.waitUntil(lambda: seen_words(desk, "Prova färre ord"), timeout=10_000)
    desk.press("Ctrl+A")
    desk.type('"ÅTTA kommuner"')
    rows = hits(desk, "Sökträffar")
    desk.press("Down")
    assert "åtta kommuner" in rows.currentItem().text()
    desk.press("Return")
    assert selected(desk) == "åtta kommuner"
    press(desk, "Nej, inget")
    press(desk, "Bred samverkan")
    desk.page.document.setFocus()
    desk.press("E")
    desk.qtbot.waitUntil(lambda: any("åtta kommuner" in quote for quote in quotes(desk)), timeout=5_000)


def test_the_places_of_a_principle_are_walked_and_a_sentence_becomes_evidence(desk: Room) -> None:
    desk.press("Ctrl+3")
    press(desk, "Nej, inget")
    desk.press("J", "J")
    rows = hits(desk, "Ställen med sökorden")
    click_row(rows, 1)
    page = desk.window.page("turned")
    view = page.document  # type: ignore[attr-defined]
    desk.qtbot.waitUntil(lambda: bool(view.selections()), timeout=20_000)
    desk.press("E")
    wanted = "Parterna kommer från åtta kommuner i båda länen."
    desk.qtbot.waitUntil(lambda: any(wanted in quote for quote in quotes(desk)), timeout=5_000)
    desk.press("1")
    desk.press("Ctrl+4")
    assert desk.window.current_page == "overview"


def seen_words(desk: Room, words: str) -> bool:
    """Whether these words can be read somewhere."""
    return any(words in one.text() for one in desk.window.findChildren(QLabel) if one.isVisible())
