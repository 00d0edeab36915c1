"""Everything in a document is done from the keyboard, and each key is printed on its control."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esf_desktop.model import CriterionId, Evidence, Rect
from tests import rounds
from tests.documents import making
from tests.ui.assessor.papers import LINES, Table, docx, pdf, scanned, table, write
from tests.ui.desks import room
from ui.actions import Actions
from ui.assessor.document_home import DocumentHome
from ui.assessor.marks import Mark

SHORT = ("Projektet drivs gemensamt.", "Parterna kommer från åtta", "kommuner i båda länen.")


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Table]:
    made, clear = table(qtbot)
    yield made
    clear()


def press(*keys: str) -> None:
    """Press keys where the focus is, as a person does."""
    for key in keys:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keySequence(focused, QKeySequence(key))
        QApplication.processEvents()


def quoted(desk: Table) -> list[str]:
    return [evidence.quote for evidence in desk.view.selections()]


def test_pages_and_documents_are_turned_by_keys(desk: Table) -> None:
    desk.lay(pdf(5), pdf(9))
    desk.view.focus_document()
    press("Alt+PgDown", "Alt+PgDown")
    assert desk.view.pages.page == 2
    press("Alt+PgUp")
    assert desk.view.pages.page == 1
    press("Ctrl+PgDown")
    desk.rest()
    assert desk.view.document == desk.view.shelf.documents[1]
    assert desk.view.pages.pages == 9
    press("Ctrl+PgDown")
    assert desk.view.document == desk.view.shelf.documents[0]
    assert desk.view.pages.page == 1


def test_zoom_fit_and_turn_have_their_usual_keys(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    before = desk.view.pages.zoom
    press("Ctrl++")
    assert desk.view.pages.zoom > before
    press("Ctrl+0")
    assert desk.view.pages.zoom_choice == "width"
    press("Ctrl+9")
    assert desk.view.pages.zoom_choice == "page"
    press("Ctrl+R")
    assert desk.view.pages.turn == 1
    press("Ctrl+Shift+R", "Ctrl+Shift+R")
    assert desk.view.pages.turn == 3


def test_zoom_goes_from_ten_to_eight_hundred_per_cent(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    press(*["Ctrl+-"] * 20)
    assert desk.view.bar.zoom.text() == "10\N{NO-BREAK SPACE}%"
    press(*["Ctrl++"] * 30)
    assert desk.view.bar.zoom.text() == "800\N{NO-BREAK SPACE}%"


def test_a_printed_label_or_a_number_leads_to_its_page(desk: Table) -> None:
    desk.lay(making.pdf([[(72, 700, f"Sida {n}")] for n in range(9)]))
    press("Ctrl+G")
    for typed, page, shown in (("ii", 1, "ii (2 av 9)"), ("3", 4, "3 (5 av 9)"), ("9", 8, "7 (9 av 9)"), ("i", 0, "")):
        press("Ctrl+G")
        field = desk.view.bar.page_field
        field.selectAll()
        write(field, typed)
        press("Return")
        assert desk.view.pages.page == page
        assert shown in field.text()


def test_the_sides_are_folded_out_and_in_by_keys(desk: Table) -> None:
    desk.lay(pdf(4, outline=True))
    panel = desk.view.panel
    for key, part in (("Alt+1", panel.thumbnails), ("Alt+2", panel.outline), ("Alt+3", panel.hits)):
        press(key)
        assert part.isVisible()
        assert part.hasFocus()
    press("Alt+3")
    assert not panel.isVisible()
    assert desk.view.pages.hasFocus()


def test_hits_are_stepped_through_by_f3(desk: Table) -> None:
    desk.lay(pdf(4))
    desk.find("åtta kommuner")
    desk.view.focus_document()
    press("F3", "F3")
    assert desk.view.bar.search.count.text() == "3 av 4"
    press("Shift+F3")
    assert desk.view.bar.search.count.text() == "2 av 4"
    assert quoted(desk) == ["åtta kommuner"]


def test_every_control_has_its_key_printed_on_it(desk: Table) -> None:
    desk.lay(pdf())
    bar = desk.view.bar
    for control, key in (
        (bar.larger, "Ctrl++"),
        (bar.smaller, "Ctrl+-"),
        (bar.search.next, "F3"),
        (bar.away, "Ctrl+Skift+D"),
        (bar.page_field, "Ctrl+G"),
        (bar.search.field, "Ctrl+F"),
        (desk.view.folds.buttons[3], "Alt+4"),
    ):
        assert control.toolTip().replace("Shift", "Skift").endswith(f"({key})")
    menu = bar.zoom.menu()
    assert menu is not None
    keys = {action.shortcut().toString() for action in menu.actions()}
    assert {"Ctrl+0", "Ctrl+9", "Ctrl+R", "Ctrl+Shift+R"} <= keys


def test_escape_in_the_page_field_and_the_search_field_returns_to_the_document(desk: Table) -> None:
    desk.lay(pdf())
    for key in ("Ctrl+G", "Ctrl+F"):
        press(key)
        assert not desk.view.pages.hasFocus()
        press("Esc")
        assert desk.view.pages.hasFocus()


def test_a_page_of_text_is_selected_and_copied_clean(desk: Table) -> None:
    desk.lay(pdf(lines=(LINES[0], "En sam\xadver-", "kan"), pages=2))
    desk.view.focus_document()
    press("Ctrl+A", "Ctrl+C")
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Sidan 1 av ansökan. Projektet drivs")
    assert "\n" not in words
    assert "\xad" not in words
    assert "\x02" not in words


def test_the_caret_goes_a_windows_height_with_page_down(desk: Table) -> None:
    desk.lay(pdf(6))
    desk.view.focus_document()
    press("F7", "PgDown", "PgDown")
    span = desk.view.pages.selection.span
    assert span
    assert span.empty
    assert span.caret.page > 0
    press("Shift+PgDown")
    assert quoted(desk)[0].startswith("Sidan")


def test_home_and_end_go_along_the_line_and_the_word_key_by_words(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    press("F7", "Down", "Shift+End")
    assert quoted(desk) == [LINES[0]]
    press("Home", "Ctrl+Right", "Shift+Ctrl+Right")
    assert quoted(desk) == ["drivs"]


def test_up_and_down_keep_to_their_column_over_short_lines(desk: Table) -> None:
    desk.lay(pdf(2, lines=(LINES[0], "kort", LINES[0])))
    desk.view.focus_document()
    press("F7", "Down", "End", "Ctrl+Left")
    place = desk.view.pages.caret_place()
    press("Down", "Down")
    below = desk.view.pages.caret_place()
    assert place
    assert below
    assert abs(place.left() - below.left()) < 1
    press("Up", "Up")
    assert desk.view.pages.caret_place() == place


def test_the_caret_is_seen(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    press("F7", "Down", "End")
    place = desk.view.pages.caret_place()
    assert place
    seen = desk.view.pages.viewport().grab(place.toAlignedRect().adjusted(-1, 0, 2, 0)).toImage()
    column = [seen.pixelColor(x, seen.height() // 2) for x in range(seen.width())]
    assert min(colour.lightness() for colour in column) < 60


def test_a_rectangle_is_drawn_and_its_words_typed_without_a_mouse(desk: Table) -> None:
    desk.lay(scanned())
    desk.view.focus_document()
    press("F7")
    assert desk.view.pages.rubber
    _page, before = desk.view.pages.rubber
    press("Right", "Down", "Shift+Right", "Shift+Ctrl+Down")
    _page, after = desk.view.pages.rubber
    assert after.left > before.left
    assert after.top > before.top
    assert after.right - after.left > before.right - before.left
    assert 0 < (after.bottom - after.top) - (before.bottom - before.top) < 400
    press("Return")
    field = desk.view.quote_field.field
    assert field.hasFocus()
    write(field, "Bilden säger åtta kommuner")
    press("Return")
    [chosen] = desk.view.selections()
    assert (chosen.quote, chosen.rects) == ("Bilden säger åtta kommuner", (after,))


def test_a_rectangle_of_the_keyboard_is_given_up_by_escape(desk: Table) -> None:
    desk.lay(scanned())
    desk.view.focus_document()
    press("F7", "Esc")
    assert desk.view.pages.rubber is None
    assert desk.view.selections() == ()


def test_the_pages_text_is_read_by_a_screen_reader_line_by_line(desk: Table) -> None:
    desk.lay(pdf(3, lines=SHORT))
    desk.view.focus_document()
    press("Alt+4")
    pane = desk.view.panel.page_text
    assert pane.hasFocus()
    heard = QAccessible.queryAccessibleInterface(pane)
    assert heard.text(QAccessible.Text.Name) == "Texten på sida 1"
    reader = heard.textInterface()
    lines = []
    for _line in range(4):
        before = reader.text(0, reader.cursorPosition())
        lines.append(reader.text(0, reader.characterCount()).splitlines()[before.count("\n")])
        press("Down")
    assert lines == ["Sidan 1 av ansökan.", *SHORT]
    assert heard.text(QAccessible.Text.Name) == "Texten på sida 2"


def test_what_is_selected_in_the_pages_text_is_selected_on_the_page(desk: Table) -> None:
    desk.lay(pdf(3, lines=SHORT))
    desk.view.focus_document()
    press("Alt+4", "Down", "Down", "Home", "Shift+Ctrl+Right")
    [chosen] = desk.view.selections()
    assert (chosen.page, chosen.quote) == (0, "Parterna")
    assert chosen.rects[0].left == desk.place("Parterna").left
    heard = QAccessible.queryAccessibleInterface(desk.view.panel.page_text).textInterface()
    assert heard is not None
    assert heard.selectionCount() == 1
    press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "Parterna"


def test_what_is_selected_on_the_page_is_selected_in_its_text(desk: Table) -> None:
    desk.lay(pdf(3))
    press("Alt+4", "Ctrl+F")
    desk.find("båda länen")
    assert desk.view.panel.page_text.textCursor().selectedText() == "båda länen"


def test_the_pages_text_goes_on_with_the_next_page(desk: Table) -> None:
    desk.lay(pdf(3, lines=SHORT))
    press("Alt+4", *["Down"] * 4)
    desk.rest()
    assert desk.view.panel.page_text.page == 1
    press("Up")
    assert desk.view.panel.page_text.page == 0
    assert desk.view.panel.page_text.textCursor().blockNumber() == 3
    press("Alt+PgDown")
    desk.rest()
    assert desk.view.panel.page_text.toPlainText().startswith("Sidan 2")


def test_a_picture_says_that_it_has_no_text_to_read_out(desk: Table) -> None:
    desk.lay(scanned())
    press("Alt+4")
    assert "bild" in desk.view.panel.page_text.accessibleDescription()


def test_the_picker_tells_how_many_pages_each_document_has(desk: Table) -> None:
    desk.lay(pdf(3), pdf(9), b"%PDF-1.7\nnothing more")
    desk.rest()
    menu = desk.view.bar.chooser.menu()
    assert menu is not None
    names = [action.text() for action in menu.actions()[:3]]
    assert names == ["ansokan.pdf\t3 sidor", "bilaga.pdf\t9 sidor", "budget.pdf"]


def test_a_document_moves_to_a_window_of_its_own_and_back(desk: Table) -> None:
    desk.lay(pdf(5))
    desk.view.focus_document()
    press("Alt+PgDown", "Ctrl+Shift+D")
    away = desk.home.window_away
    assert away is not None
    assert away.windowTitle() == "ansokan.pdf"
    assert desk.view.window() is away
    desk.qtbot.waitActive(away)
    assert desk.view.pages.page == 1
    desk.view.focus_document()
    press("Alt+PgDown")
    assert desk.view.pages.page == 2
    away.close()
    assert desk.home.window_away is None
    assert desk.view.window() is desk.home.window()
    assert desk.view.isVisible()
    assert desk.view.pages.page == 2


def test_the_documents_window_stands_where_it_stood_the_last_time(desk: Table) -> None:
    desk.lay(pdf())
    assert desk.home.window_place == ""
    press("Ctrl+Shift+D")
    away = desk.home.window_away
    assert away is not None
    away.resize(640, 480)
    place = desk.home.window_place
    desk.home.take_back()
    assert desk.home.window_place == place
    again = DocumentHome(desk.view, Actions(desk.view.window(), {}), place)
    desk.qtbot.addWidget(again)
    again.take_out()
    assert again.window_away is not None
    assert again.window_away.size() == QSize(640, 480)
    again.take_back()
    desk.home.addWidget(desk.view)


def test_the_focus_frame_leaves_the_marks_alone(desk: Table) -> None:
    desk.lay(pdf())
    document = desk.view.document
    assert document
    evidence = Evidence(document.sha256, "Parterna", page=0, label="1", rects=(Rect(7200, 10000, 9000, 11000),))
    desk.view.set_evidence([Mark(CriterionId("SAM"), 0, evidence, "Samverkan")])
    desk.view.focus_document()
    picture = desk.view.pages.viewport().grab().toImage()
    assert picture.pixelColor(QPoint(380, 700)) == QColor("white")


# the whole window


def test_a_document_is_opened_where_it_was_left_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    first, close = room(qtbot, tmp_path)
    first.open()
    first.page.document.focus_document()
    first.press("Ctrl++", "Ctrl++", "Ctrl+R", "Alt+PgDown")
    left = first.page.document.place()
    assert left
    assert (first.page.document.pages.page, left.turn) == (1, 1)
    journal = first.desk.workspace.journal_head()
    close()
    second, close = room(qtbot, tmp_path)
    second.open()
    found = second.page.document.place()
    assert found
    assert second.page.document.pages.page == 1
    assert (found.document, found.page, found.zoom, found.turn) == (left.document, left.page, left.zoom, left.turn)
    assert abs(found.share - left.share) < 0.01
    assert second.desk.workspace.journal_head() == journal
    close()


def test_the_place_is_that_of_the_content_whatever_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    made, close = room(qtbot, tmp_path)
    made.open()
    made.page.document.go_to_page(2)
    made.page.open(rounds.SECOND)
    made.rest()
    assert made.page.document.pages.page == 2
    close()


def test_evidence_is_marked_from_the_documents_own_window(qtbot: QtBot, tmp_path: Path) -> None:
    made, close = room(qtbot, tmp_path)
    made.declare()
    made.open()
    made.page.document.focus_document()
    made.press("Ctrl+Shift+D")
    away = made.page.home.window_away
    assert away is not None
    qtbot.waitActive(away)
    made.page.document.focus_document()
    made.press("Shift+End", "E")
    [evidence] = made.draft().judgement(rounds.SAM).evidence
    assert evidence.quote == "Sidan 1 av ansökan."
    made.press("1")
    assert made.draft().judgement(rounds.SAM).rating is not None
    made.page.open(rounds.SECOND)
    made.rest()
    assert made.page.home.window_away is away
    assert made.page.document.ready
    made.window.build()
    made.rest()
    assert made.page.home.window_away is not None
    assert made.page.document.window() is made.page.home.window_away
    close()
    assert made.errors == []


def test_a_line_that_a_screen_reader_reads_becomes_evidence(qtbot: QtBot, tmp_path: Path) -> None:
    made, close = room(qtbot, tmp_path)
    made.declare()
    made.open()
    made.page.document.focus_document()
    made.press("Alt+4", "Shift+End")
    assert made.page.document.panel.page_text.hasFocus()
    made.press("E")
    [evidence] = made.draft().judgement(rounds.SAM).evidence
    assert (evidence.quote, evidence.page, len(evidence.rects)) == ("Sidan 1 av ansökan.", 0, 1)
    close()
    assert made.errors == []


def test_a_text_document_is_read_and_copied_by_keys(desk: Table) -> None:
    desk.lay(docx(("Samverkan", "Parterna kommer från åtta kommuner.", "Slut.")), names=("bilaga.docx",))
    desk.view.focus_document()
    press("Ctrl+A", "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "Samverkan\nParterna kommer från åtta kommuner.\nSlut."
    press("Ctrl+Home", "Down", "Shift+End")
    assert quoted(desk) == ["Parterna kommer från åtta kommuner."]
