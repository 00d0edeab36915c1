"""Documents are read, searched, selected in and marked, by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from esf_desktop.model import CriterionId, Evidence, Rect
from tests.conftest import REAL_PDFS
from tests.ui.assessor.papers import LINES, Table, docx, pdf, scanned, table, write
from ui.assessor.marks import Mark
from ui.assessor.page_layout import Fit, PageLayout, fitting

SAM, MET = CriterionId("SAM"), CriterionId("MET")
LEFT = Qt.MouseButton.LeftButton
PARTS = "åtta kommuner i båda länen"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Table]:
    made, clear = table(qtbot)
    yield made
    clear()


def drag(desk: Table, start: QPointF, end: QPointF) -> None:
    port = desk.view.pages.viewport()
    desk.qtbot.mousePress(port, LEFT, pos=start.toPoint())
    for share in (0.3, 0.6, 1.0):
        desk.qtbot.mouseMove(port, (start + (end - start) * share).toPoint())
    desk.qtbot.mouseRelease(port, LEFT, pos=end.toPoint())


def press(desk: Table, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    desk.qtbot.keyClick(desk.view.pages, key, held)


SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def mark(desk: Table, words: str, criterion: CriterionId = SAM, colour: int = 0) -> Mark:
    document = desk.view.document
    assert document
    evidence = Evidence(document.sha256, words, page=0, label="1", rects=(desk.place(words),))
    return Mark(criterion, colour, evidence, "Bred samverkan")


def quoted(desk: Table) -> str | None:
    chosen = desk.view.selection()
    return chosen.quote if chosen else None


def test_the_first_document_is_shown_from_its_first_page(desk: Table) -> None:
    desk.lay(pdf(), pdf(5))
    assert desk.view.document
    assert desk.view.document.name == "ansokan.pdf"
    assert desk.view.bar.page_field.text() == "1 av 3"
    assert desk.view.place() == desk.view.place()


def test_a_page_is_painted_sharp_in_the_papers_colour(desk: Table) -> None:
    desk.lay(pdf())
    picture = desk.view.pages.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    at = desk.point("Projektet") * ratio
    row = [picture.pixelColor(int(at.x()) + x, int(at.y())).lightness() for x in range(60)]
    assert min(row) < 100
    assert max(row) > 240


def test_words_dragged_over_are_evidence_with_page_label_and_rectangle(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    with qtbot.waitSignal(desk.view.selected):
        drag(desk, desk.point(PARTS), desk.point(PARTS, share=1))
    chosen = desk.view.selection()
    assert chosen
    assert desk.view.document
    assert (chosen.document, chosen.page, chosen.label, chosen.quote) == (desk.view.document.sha256, 0, "1", PARTS)
    assert len(chosen.rects) == 1


def test_a_quote_over_two_lines_has_two_rectangles_and_one_space(desk: Table) -> None:
    desk.lay(pdf())
    drag(desk, desk.point("båda länen"), desk.point("och bygger", share=1))
    chosen = desk.view.selection()
    assert chosen
    assert chosen.quote == "båda länen och bygger"
    assert len(chosen.rects) == 2


def test_a_double_click_selects_the_word_and_one_click_more_its_line(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    port, point = desk.view.pages.viewport(), desk.point("kommuner", share=0.5).toPoint()
    qtbot.mouseDClick(port, LEFT, pos=point)
    assert quoted(desk) == "kommuner"
    qtbot.mouseClick(port, LEFT, pos=point)
    assert quoted(desk) == LINES[1]


def test_shift_and_arrows_select_without_a_mouse(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    for _ in range(5):
        press(desk, Qt.Key.Key_Right, SHIFT)
    assert quoted(desk) == "Sidan"
    press(desk, Qt.Key.Key_Right, SHIFT, CONTROL)
    press(desk, Qt.Key.Key_Down, SHIFT)
    chosen = desk.view.selection()
    assert chosen
    assert chosen.quote.startswith("Sidan 1 av ansökan. Projek")
    press(desk, Qt.Key.Key_Escape)
    assert desk.view.selection() is None


def test_the_caret_walks_from_page_to_page(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    press(desk, Qt.Key.Key_F7)
    press(desk, Qt.Key.Key_End, CONTROL)
    press(desk, Qt.Key.Key_Right)
    press(desk, Qt.Key.Key_End, SHIFT)
    chosen = desk.view.selection()
    assert chosen
    assert (chosen.page, chosen.quote) == (1, "Sidan 2 av ansökan.")


def test_a_selection_over_a_page_break_is_evidence_for_each_page(desk: Table) -> None:
    desk.lay(pdf())
    desk.view.focus_document()
    press(desk, Qt.Key.Key_F7)
    press(desk, Qt.Key.Key_End, CONTROL, SHIFT)
    press(desk, Qt.Key.Key_Right, SHIFT)
    press(desk, Qt.Key.Key_End, SHIFT)
    desk.rest()
    assert [chosen.page for chosen in desk.view.selections()] == [0, 1]


def test_copying_puts_the_quote_on_the_clipboard(desk: Table) -> None:
    desk.lay(pdf())
    drag(desk, desk.point(PARTS), desk.point(PARTS, share=1))
    press(desk, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == PARTS


def test_a_search_marks_every_hit_lists_them_and_counts_them(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf(4))
    desk.find("åtta kommuner")
    assert desk.view.bar.search.count.text() == "1 av 4"
    assert desk.view.panel.hits.count() == 4
    assert "Parterna kommer från åtta kommuner i båda" in desk.view.panel.hits.item(0).text()
    qtbot.keyClick(desk.view.bar.search.field, Qt.Key.Key_Return)
    assert desk.view.bar.search.count.text() == "2 av 4"
    desk.view.find_previous()
    desk.view.find_previous()
    assert desk.view.bar.search.count.text() == "4 av 4"
    desk.rest()
    assert desk.view.pages.page == 3


def test_a_search_hit_counts_as_selected(desk: Table) -> None:
    desk.lay(pdf(40))
    desk.find("sidan 37")
    desk.rest()
    chosen = desk.view.selection()
    assert chosen
    assert (chosen.page, chosen.quote) == (36, "Sidan 37")


def test_words_that_are_not_there_give_no_hit(desk: Table) -> None:
    desk.lay(pdf())
    desk.find("enhörning")
    assert desk.view.bar.search.count.text() == "Inga"
    desk.view.find_next()
    assert desk.view.selection() is None


def test_a_page_is_gone_to_by_number_and_nonsense_is_passed_over(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf(9))
    field = desk.view.bar.page_field
    for typed, shown in (("7", "7 av 9"), ("70", "7 av 9"), ("sju", "7 av 9"), ("1", "1 av 9")):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == shown


def test_backspace_returns_to_where_one_was_before_a_jump(desk: Table) -> None:
    desk.lay(pdf(9))
    desk.view.go_to_page(5)
    desk.rest()
    before = desk.view.place()
    document = desk.view.document
    assert document
    desk.view.jump_to(Evidence(document.sha256, PARTS, page=1, label="2", rects=(desk.place(PARTS, 5),)))
    assert desk.view.pages.page == 1
    press(desk, Qt.Key.Key_Backspace)
    assert desk.view.place() == before


def test_a_jump_opens_the_document_that_the_evidence_is_in(desk: Table) -> None:
    first, second = pdf(3), pdf(9)
    desk.lay(first, second)
    desk.view.pages.scroll_to(2)
    other = desk.view.shelf.documents[1]
    desk.view.jump_to(Evidence(other.sha256, PARTS, page=7, label="8", rects=(Rect(7200, 13000, 20000, 14000),)))
    desk.rest()
    assert desk.view.document == other
    assert desk.view.pages.page == 7
    desk.view.go_back()
    desk.rest()
    assert desk.view.document == desk.view.shelf.documents[0]
    assert desk.view.pages.page == 2


def test_each_document_is_shown_again_where_it_was_left(desk: Table) -> None:
    desk.lay(pdf(9), pdf(4))
    desk.view.go_to_page(6)
    first, second = desk.view.shelf.documents
    desk.view.show_document(second.sha256)
    desk.rest()
    assert desk.view.pages.page == 0
    desk.view.show_document(first.sha256)
    desk.rest()
    assert desk.view.pages.page == 6


def test_a_mark_is_seen_told_and_clicked(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    shown = mark(desk, PARTS)
    port = desk.view.pages.viewport()
    before = port.grab().toImage()
    desk.view.set_evidence([shown])
    after = port.grab().toImage()
    below = [(desk.point(PARTS) + QPointF(0, step)).toPoint() for step in range(8)]
    ground = next(place for place in below if before.pixelColor(place) == QColor("white"))
    assert after.pixelColor(ground) in (shown.fill, shown.line)
    assert desk.view.pages.marks_at(desk.point(PARTS)) == [shown]
    with qtbot.waitSignal(desk.view.evidence_clicked) as clicked:
        qtbot.mouseClick(port, LEFT, pos=desk.point(PARTS, share=0.5).toPoint())
    assert clicked.args == [shown]


def test_marks_of_several_criteria_lie_on_one_place(desk: Table) -> None:
    desk.lay(pdf())
    one, other = mark(desk, PARTS), mark(desk, "kommuner i båda", MET, 1)
    desk.view.set_evidence([one, other])
    assert desk.view.pages.marks_at(desk.point("kommuner")) == [one, other]


def test_marks_stay_under_their_words_when_pages_are_zoomed_and_turned(desk: Table) -> None:
    desk.lay(pdf())
    shown = mark(desk, PARTS)
    desk.view.set_evidence([shown])
    for act in (desk.view.zoom_in, desk.view.turn, desk.view.fit_page, desk.view.turn, desk.view.zoom_out):
        act()
        desk.view.pages.reveal(0, shown.evidence.rects)
        middle = desk.view.pages.on_viewport(0, shown.evidence.rects[0]).center()
        assert desk.view.pages.marks_at(middle) == [shown]


def test_a_rectangle_on_a_scanned_page_becomes_evidence_when_its_words_are_typed(desk: Table, qtbot: QtBot) -> None:
    desk.lay(scanned())
    drag(desk, QPointF(150, 150), QPointF(400, 260))
    field = desk.view.quote_field
    assert field.isVisible()
    assert desk.view.selection() is None
    write(field.field, "  Projektet omfattar   åtta kommuner ")
    qtbot.keyClick(field.field, Qt.Key.Key_Return)
    chosen = desk.view.selection()
    assert chosen
    assert chosen.quote == "Projektet omfattar åtta kommuner"
    assert len(chosen.rects) == 1
    assert not field.isVisible()


def test_a_rectangle_is_given_up_by_escape(desk: Table, qtbot: QtBot) -> None:
    desk.lay(scanned())
    drag(desk, QPointF(150, 150), QPointF(400, 260))
    qtbot.keyClick(desk.view.quote_field.field, Qt.Key.Key_Escape)
    assert not desk.view.quote_field.isVisible()
    assert desk.view.selection() is None


def test_a_text_document_has_the_same_selection_search_and_marks(desk: Table, qtbot: QtBot) -> None:
    desk.lay(docx(("Samverkan", "Parterna kommer från åtta kommuner.", "Slut.")), names=("bilaga.docx",))
    assert not desk.view.bar.page_field.isVisible()
    desk.find("åtta kommuner")
    chosen = desk.view.selection()
    assert chosen
    assert (chosen.page, chosen.quote) == (None, "åtta kommuner")
    shown = Mark(SAM, 0, chosen, "Bred samverkan")
    desk.view.set_evidence([shown])
    desk.view.clear_selection()
    desk.view.jump_to(chosen)
    assert [cursor.selectedText() for _mark, cursor in desk.view.text._marks] == ["åtta kommuner"]
    desk.view.text.selectAll()
    assert [e.quote for e in desk.view.selections()] == ["Samverkan", LINES[1][:34] + ".", "Slut."]


def test_a_damaged_document_says_so_and_the_others_still_open(desk: Table) -> None:
    desk.lay(b"%PDF-1.7\nnothing more", pdf())
    assert "ansokan.pdf" in desk.view.message.sentence
    assert desk.view.selection() is None
    desk.view.show_document(desk.view.shelf.documents[1].sha256)
    desk.rest()
    assert desk.view.ready


def test_an_application_without_documents_says_what_to_do(desk: Table) -> None:
    desk.lay(pdf()).lay()
    assert desk.view.document is None
    assert "Släpp filer" in desk.view.message.sentence


def test_the_contents_lead_to_their_pages(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf(6, outline=True))
    outline = desk.view.panel.outline
    items = [item for n in range(6) if (item := outline.topLevelItem(n)) is not None]
    assert [item.text(0) for item in items] == [f"Kapitel {n + 1}" for n in range(6)]
    outline.itemActivated.emit(items[4], 0)
    assert desk.view.pages.page == 4


def test_thumbnails_are_drawn_when_they_are_unfolded(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf(30))
    thumbnails = desk.view.panel.thumbnails
    assert thumbnails.pictures
    assert not thumbnails.pictures.kept()
    desk.view.folds.buttons[0].click()
    qtbot.waitUntil(lambda: thumbnails.pictures is not None and len(thumbnails.pictures.kept()) > 2)
    desk.rest()
    assert len(thumbnails.pictures.kept()) < 12


def test_pages_far_past_are_never_drawn(desk: Table) -> None:
    desk.lay(pdf(60))
    for page in range(60):
        desk.view.pages.scroll_to(page)
    desk.rest()
    pictures = desk.view.pages._pictures
    assert pictures
    assert {p.page for p in pictures.kept()} <= {0, 1, 2, 3, 57, 58, 59}


@pytest.mark.skipif(not REAL_PDFS.is_dir(), reason="the real PDF files are not here")
def test_a_locked_document_opens_with_its_password(desk: Table, qtbot: QtBot) -> None:
    desk.lay((REAL_PDFS / "libreoffice-writer-password.pdf").read_bytes())
    field = desk.view.message.password
    for typed, ready in (("fel", False), ("openpassword", True)):
        qtbot.keyClicks(field, typed)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        desk.rest()
        assert desk.view.ready == ready


SIZES = st.lists(st.tuples(st.floats(50, 2000), st.floats(50, 2000)), min_size=1, max_size=8)


@given(SIZES, st.floats(0.1, 8.0), st.integers(0, 3), st.data())
def test_a_point_of_a_page_is_found_again_on_the_sheet(
    sizes: list[tuple[float, float]], zoom: float, turn: int, data: st.DataObject
) -> None:
    layout = PageLayout(sizes, 600, zoom, turn)
    page = data.draw(st.integers(0, len(sizes) - 1))
    point = QPointF(data.draw(st.floats(0, sizes[page][0])), data.draw(st.floats(0, sizes[page][1])))
    on_sheet = layout.transform(page).map(point)
    assert layout.rects[page].adjusted(-1, -1, 1, 1).contains(on_sheet)
    back = layout.on_page(page, on_sheet) / 100
    assert abs(back.x() - point.x()) < 0.01
    assert abs(back.y() - point.y()) < 0.01


@given(SIZES, st.integers(0, 3), st.floats(200, 3000))
def test_the_widest_page_fills_the_width_unless_a_limit_is_met(
    sizes: list[tuple[float, float]], turn: int, width: float
) -> None:
    zoom = fitting(sizes, turn, Fit.WIDTH, 0, QSizeF(width, 800))
    layout = PageLayout(sizes, width, zoom, turn)
    if 0.1 < zoom < 8:
        assert abs(max(rect.width() for rect in layout.rects) - (width - 28)) < 0.01


def test_the_wheel_with_control_zooms_around_the_pointer(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    before = desk.point("kommuner")
    desk.view.pages.set_zoom(desk.view.pages.zoom * 2, before)
    assert (desk.point("kommuner") - before).manhattanLength() < 3
    assert desk.view.bar.zoom.text() == f"{round(desk.view.pages.zoom * 100)}\N{NO-BREAK SPACE}%"


def test_the_context_menu_asks_for_evidence_of_a_criterion(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    desk.view.set_criteria([(SAM, "Bred samverkan"), (MET, "Metodutveckling")])
    drag(desk, desk.point(PARTS), desk.point(PARTS, share=1))
    menu = desk.view._menu()
    [inner] = [found for found in menu.findChildren(QMenu) if found.actions()]
    with qtbot.waitSignal(desk.view.evidence_requested) as asked:
        inner.actions()[1].trigger()
    assert asked.args == [desk.view.selection(), MET]
    menu.close()


def test_every_control_has_a_name_for_a_screen_reader(desk: Table) -> None:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLineEdit

    desk.lay(pdf())
    for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QAbstractScrollArea):
        for widget in desk.view.findChildren(kind):
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_"):
                name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                assert name, widget


def test_a_click_beside_the_text_selects_nothing(desk: Table, qtbot: QtBot) -> None:
    desk.lay(pdf())
    drag(desk, desk.point(PARTS), desk.point(PARTS, share=1))
    qtbot.mouseClick(desk.view.pages.viewport(), LEFT, pos=QPoint(300, 600))
    assert desk.view.selection() is None


def test_a_rectangle_that_waits_for_its_words_is_given_up_with_its_document(desk: Table) -> None:
    desk.lay(scanned(), pdf())
    drag(desk, QPointF(150, 150), QPointF(400, 260))
    desk.view.show_document(desk.view.shelf.documents[1].sha256)
    desk.rest()
    assert not desk.view.quote_field.isVisible()
    desk.view.pages.scroll_to(1)


def test_what_was_found_in_one_document_is_not_shown_in_another(desk: Table) -> None:
    desk.lay(pdf(), pdf(5))
    desk.find("Projektet")
    desk.view.show_document(desk.view.shelf.documents[1].sha256)
    desk.rest()
    desk.view.find_next()
    assert desk.view.selection() is None
    assert desk.view.panel.hits.count() == 0
    assert desk.view.bar.search.field.text() == ""


def test_a_screen_reader_is_told_the_page_and_what_it_says(desk: Table) -> None:
    desk.lay(pdf(5))
    desk.view.go_to_page(3)
    desk.rest()
    assert desk.view.pages.accessibleName() == "Sida 4 av 5"
    assert desk.view.pages.accessibleDescription() == " ".join(("Sidan 4 av ansökan.", *LINES))
