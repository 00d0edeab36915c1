"""The guide in the program: F1 opens the place that fits the page, and what is looked for is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QKeySequence, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop import paths
from esf_desktop.secretariat.register import Register
from esf_desktop.settings import Theme
from tests.ui.desks import Room, room
from ui import theme
from ui.guide import chapters, places
from ui.guide.opener import Guide
from ui.guide.reader import Reader
from ui.guide.window import GuideWindow
from ui.secretariat.drafting.call_window import CallWindow
from ui.secretariat.register_window import RegisterWindow

Part = TypeVar("Part", bound=QWidget)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> GuideWindow:
    made = GuideWindow()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path / "desk")
    yield made
    close()


def only(window: GuideWindow, kind: type[Part]) -> Part:
    """The one part of that kind."""
    (found,) = window.findChildren(kind)
    return found


def reader(window: GuideWindow) -> Reader:
    """The text of the guide's window."""
    return only(window, Reader)


def listed(window: GuideWindow) -> list[str]:
    """What the list of contents names."""
    found = only(window, QListWidget)
    return [found.item(row).text().strip() for row in range(found.count())]


def seen(window: GuideWindow) -> list[str]:
    """The headings that are seen now, from the top."""
    shown = reader(window)
    found = []
    block = shown.document().begin()
    while block.isValid():
        place = shown.cursorRect(QTextCursor(block)).center()
        if block.blockFormat().headingLevel() and shown.viewport().rect().contains(place):
            found.append(block.text())
        block = block.next()
    return found


def test_every_page_of_both_windows_has_its_own_place(qtbot: QtBot, tmp_path: Path) -> None:
    known = {(section.chapter, section.title) for section in chapters.sections()}
    assert {places.FIRST, *places.PLACES.values()} <= known
    assessor, close = room(qtbot, tmp_path / "desk")
    names = [*assessor.window._makers]
    close()
    register = RegisterWindow(Register.open(tmp_path / "r.esfdb"))
    qtbot.addWidget(register)
    stack = register._stack
    pages = [page for place in range(stack.count()) if (page := stack.widget(place)) is not None]
    names += [page.objectName() for page in pages]
    register.close()
    assert len(names) == 14
    assert [name for name in names if name not in places.PLACES] == []


def test_a_section_is_shown_at_the_top_and_the_one_before_can_be_returned_to(window: GuideWindow) -> None:
    window.open("sekretariatet", "förslaget")
    assert seen(window)[0] == "Förslaget"
    window.open("signera", "smartkort")
    assert "Smartkort" in seen(window)
    next(b for b in window.findChildren(QPushButton) if "Alt+←" in b.text()).click()
    assert seen(window)[0] == "Förslaget"


def test_words_lead_to_the_sections_that_have_them_all(qtbot: QtBot, window: GuideWindow) -> None:
    window.open(*places.FIRST)
    field = only(window, QLineEdit)
    qtbot.keyClicks(field, "pinkod kort")
    assert listed(window) == ["Smartkort"]
    assert reader(window).chapter == "signera"
    assert reader(window).extraSelections()
    field.setText("xyzzy")
    assert listed(window) == []
    field.clear()
    assert len(listed(window)) == len(chapters.sections())
    assert not reader(window).extraSelections()


def test_a_link_within_the_guide_is_followed_and_one_outside_is_not(window: GuideWindow) -> None:
    window.open("sakerhet", "säkerhetskopior")
    link = "fragor-och-svar.md#hur-lägger-jag-tillbaka-en-säkerhetskopia"
    assert link in chapters.chapter("sakerhet")
    reader(window).anchorClicked.emit(QUrl("https://example.org/x.md"))
    assert reader(window).chapter == "sakerhet"
    reader(window).anchorClicked.emit(QUrl(link))
    assert "Hur lägger jag tillbaka en säkerhetskopia?" in seen(window)


def test_the_text_takes_the_colours_of_a_new_theme_while_it_is_open(window: GuideWindow, qapp: QApplication) -> None:
    window.open("bedoma", "jäv")
    theme.apply(qapp, Theme.DARK, 200)
    heading = reader(window).document().begin()
    assert heading.begin().fragment().charFormat().foreground().color() == QColor(theme.read("dark").ink)
    assert reader(window).document().defaultFont().pixelSize() == theme.pixels()


def test_f1_opens_what_fits_the_page_and_the_guide_goes_with_its_window(qtbot: QtBot, desk: Room) -> None:
    guide = Guide(desk.window, lambda: desk.window.frame.stack.currentWidget(), desk.window.left)
    desk.window.actions_["user_guide"].triggered.connect(guide.show)
    desk.window.show_page("search")
    desk.press("Esc", "F1")
    assert guide.window is not None
    assert seen(guide.window)[0] == "Sök"
    desk.window.show_page("sign")
    guide.show()
    assert seen(guide.window)[0] == "Signera och skicka"
    desk.window.close()
    assert guide.window is None


@pytest.mark.parametrize(("page", "heading"), [("compare", "Jämför"), ("trust", "Förtroende")])
def test_f1_in_the_secretariats_window(qtbot: QtBot, tmp_path: Path, page: str, heading: str) -> None:
    register = RegisterWindow(Register.open(tmp_path / "r.esfdb"))
    qtbot.addWidget(register)
    register.show()
    register.activateWindow()
    qtbot.waitActive(register)
    register.show_page(page)
    QApplication.processEvents()
    QTest.keySequence(QApplication.focusWidget() or register, QKeySequence("F1"))
    qtbot.waitUntil(lambda: register.guide.window is not None)
    assert register.guide.window is not None
    assert seen(register.guide.window)[0] == heading
    register.close()
    assert register.guide.window is None


def test_f1_where_a_call_is_made(qtbot: QtBot) -> None:
    call = CallWindow()
    qtbot.addWidget(call)
    call.show()
    call.activateWindow()
    qtbot.waitActive(call)
    QApplication.processEvents()
    QTest.keySequence(QApplication.focusWidget() or call, QKeySequence("F1"))
    qtbot.waitUntil(lambda: call.guide.window is not None)
    assert call.guide.window is not None
    assert seen(call.guide.window)[0] == "Utlysningen"
    call.close()


def test_escape_closes_it(qtbot: QtBot, window: GuideWindow) -> None:
    window.open(*places.FIRST)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_where_the_program_is_installed_the_guide_lies_among_its_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources" / "anvandare").mkdir(parents=True)
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert paths.guide() == tmp_path / "resources" / "anvandare"
