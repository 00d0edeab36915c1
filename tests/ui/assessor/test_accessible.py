"""Everything that can be used on the assessor's pages has a name for a screen reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop import i18n
from tests.rounds import LAR, SAM
from tests.ui.desks import Room, room
from ui.assessor.checklist import OVERALL

USABLE = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QAbstractItemView, QProgressBar)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    yield made
    close()


def nameless(root: QWidget) -> list[str]:
    """The usable and visible widgets under this one that a screen reader cannot name."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), (QComboBox, QAbstractItemView)
        )
        if not isinstance(widget, USABLE) or not widget.isVisible() or inner:
            continue
        heard = QAccessible.queryAccessibleInterface(widget)
        if not heard.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("language", list(i18n.Language))
def test_every_control_has_a_name(desk: Room, language: i18n.Language) -> None:
    i18n.use(language)
    desk.window.build()
    assert nameless(desk.window) == []
    desk.declare()
    for part in (SAM, LAR, OVERALL):
        desk.open(SAM)
        desk.form.open(part)
        desk.form.write_note()
        desk.form.guide()
        assert nameless(desk.window) == [], part
    desk.window.show_page("sign")
    assert nameless(desk.window) == []


def test_the_row_of_an_application_says_all_that_it_shows(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.press("1")
    view = desk.page.list.findChild(QAbstractItemView)
    assert view is not None
    heard = QAccessible.queryAccessibleInterface(view)
    assert heard is not None
    first = heard.child(0)
    assert first is not None
    words = first.text(QAccessible.Text.Name)
    assert "Kompetenskliv Inland" in words
    assert "Påbörjad" in words
    assert "SAM Uppfylld" in words


def test_at_400_per_cent_both_edges_of_a_page_are_reached_by_keys(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    desk.qtbot.waitUntil(lambda: desk.page.document.ready, timeout=20_000)
    pages = desk.page.document.pages
    pages.set_zoom(4.0)
    across = pages.horizontalScrollBar()
    assert across.maximum() > 0
    across.setValue(across.maximum() // 2)
    pages.setFocus()
    desk.press(*["Right"] * 100)
    assert across.value() == across.maximum()
    desk.press(*["Left"] * 200)
    assert across.value() == 0
