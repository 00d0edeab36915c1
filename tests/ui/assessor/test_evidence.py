"""Passages become evidence by key, picker, menu and drag; marks, side list and form tell the same; nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import evidence as deeds
from esf_desktop.model import CriterionId, Document, DocumentId, Evidence, Rect, replace
from tests import rounds
from tests.rounds import FIRST, RUS, SAM
from tests.ui.desks import Room, room
from ui import theme
from ui.assessor.criterion_picker import CriterionPicker
from ui.assessor.evidence_list import Quote
from ui.assessor.marks import COLOURS, Mark

WORDS = "åtta kommuner"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    made.declare()
    made.open(SAM)
    made.qtbot.waitUntil(lambda: made.page.document.ready)
    yield made
    close()
    assert made.errors == []


def find(desk: Room, words: str = WORDS) -> None:
    """Find the words in the document by keys, and stay in the document with the first hit selected."""
    desk.press("Ctrl+F")
    desk.type(words)
    desk.press("Return")
    desk.rest()
    desk.qtbot.waitUntil(lambda: bool(desk.page.document.selections()))
    desk.press("Escape")


def quotes(desk: Room, criterion: CriterionId = SAM) -> list[str]:
    return [one.quote for one in desk.draft().judgement(criterion).evidence]


def listed(desk: Room) -> list[str]:
    """The rows of the side list, as a screen reader gets them."""
    rows = desk.page.evidence.list
    return [rows.item(n).text() for n in range(rows.count())]


def in_form(desk: Room) -> list[Quote]:
    return [quote for quote in desk.form.findChildren(Quote) if quote.isVisible()]


def centre(desk: Room, part: int = 0) -> QPoint:
    """The middle of what is selected, in the canvas's viewport."""
    pages = desk.page.document.pages
    found = pages.parts()[part]
    return pages.on_viewport(found.page, found.rects[0]).center().toPoint()


def test_a_search_hit_becomes_evidence_by_e_and_is_in_form_list_and_document(desk: Room) -> None:
    find(desk)
    desk.press("E")
    assert quotes(desk) == [WORDS]
    assert [quote.mark.evidence.quote for quote in in_form(desk)] == [WORDS]
    desk.press("B")
    assert desk.page.evidence.isVisible()
    assert listed(desk) == ["ansokan.pdf", f"SAM s. 1 ”{WORDS}”"]
    assert "Belägg (1)" in [button.text() for button in desk.page.document.folds.buttons]


def test_the_picker_takes_letters_and_enter(desk: Room) -> None:
    find(desk)
    desk.press("Shift+E")
    picker = desk.window.findChild(CriterionPicker)
    assert picker is not None
    desk.qtbot.waitExposed(picker)
    picker.field.setFocus()
    desk.type("ru")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    desk.rest()
    assert quotes(desk, RUS) == [WORDS]
    assert quotes(desk) == []


def test_the_picker_takes_words_and_arrows_and_escape_takes_nothing(desk: Room) -> None:
    find(desk)
    for keys, taken in (((Qt.Key.Key_Escape,), []), ((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return), [WORDS])):
        desk.press("Shift+E")
        picker = desk.window.findChild(CriterionPicker)
        assert picker is not None
        picker.field.setFocus()
        desk.type("samverkan")
        for key in keys:
            QTest.keyClick(picker.field, key)
        desk.rest()
        assert quotes(desk) == taken
        desk.window.activateWindow()
        desk.qtbot.waitUntil(desk.window.isActiveWindow)
        desk.page.document.focus_document()
    assert desk.window.findChild(CriterionPicker) is None


def test_the_picker_keeps_what_was_chosen_when_nothing_fits(desk: Room) -> None:
    find(desk)
    desk.press("Shift+E")
    picker = desk.window.findChild(CriterionPicker)
    assert picker is not None
    picker.field.setFocus()
    desk.type("xyz")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert picker.isVisible()
    QTest.keyClick(picker.field, Qt.Key.Key_Escape)


def drag(desk: Room, source: QWidget, start: QPoint, target: QPoint) -> None:
    """Press in one place, move to a point of the screen in steps, and let go there."""
    QTest.mousePress(source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    goal = source.mapFromGlobal(target)
    for step in range(1, 6):
        QTest.mouseMove(source, start + (goal - start) * step / 5)
        QApplication.processEvents()
    assert desk.page.carrying.under_way
    QTest.mouseRelease(source, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, goal)
    QApplication.processEvents()


def heading(desk: Room, criterion: CriterionId) -> QPoint:
    row = next(row for letters, row in desk.form.rows.items() if letters == criterion)
    return row.mapToGlobal(QPoint(row.width() // 3, theme.pixels(1.2)))


def test_a_selection_dragged_to_a_folded_criterion_is_its_evidence(desk: Room) -> None:
    find(desk)
    pages = desk.page.document.pages
    drag(desk, pages.viewport(), centre(desk), heading(desk, RUS))
    assert quotes(desk, RUS) == [WORDS]
    assert desk.form.open_criterion == SAM
    assert not desk.page.carrying.under_way


def test_a_selection_let_down_elsewhere_or_given_up_changes_nothing(desk: Room) -> None:
    find(desk)
    pages = desk.page.document.pages
    drag(desk, pages.viewport(), centre(desk), desk.page.list.mapToGlobal(QPoint(30, 30)))
    assert quotes(desk) == quotes(desk, RUS) == []
    start = centre(desk)
    QTest.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(pages.viewport(), pages.viewport().mapFromGlobal(heading(desk, RUS)))
    assert desk.page.carrying.under_way
    desk.window.actions_["leave"].trigger()
    assert not desk.page.carrying.under_way
    QTest.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    assert quotes(desk, RUS) == []


def test_a_click_in_the_selection_clears_it(desk: Room) -> None:
    find(desk)
    pages = desk.page.document.pages
    desk.qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=centre(desk))
    assert desk.page.document.selections() == ()


def test_the_menu_offers_every_criterion(desk: Room) -> None:
    find(desk)
    menu = desk.page.document._menu()
    inner = next(action.menu() for action in menu.actions() if action.text() == "Belägg för")
    assert isinstance(inner, QMenu)
    next(action for action in inner.actions() if action.text().startswith("RUS")).trigger()
    assert quotes(desk, RUS) == [WORDS]
    menu.deleteLater()


def test_one_criterion_alone_is_shown_in_list_and_document_and_then_all_again(desk: Room) -> None:
    for criterion, words in ((SAM, WORDS), (RUS, "båda länen")):
        desk.page.open(FIRST, criterion)
        find(desk, words)
        desk.press("E")
    desk.press("B")
    assert [row.split()[0] for row in listed(desk)] == ["ansokan.pdf", "SAM", "RUS"]
    desk.press("O")
    assert [row.split()[0] for row in listed(desk)] == ["ansokan.pdf", "RUS"]
    assert {mark.criterion for mark in desk.page.document._marks} == {RUS}
    assert desk.page.evidence.only.isChecked()
    assert desk.page.evidence.only.text() == "Bara RUS"
    desk.page.open(FIRST, SAM)
    assert [row.split()[0] for row in listed(desk)] == ["ansokan.pdf", "SAM"]
    desk.click(desk.page.evidence.only)
    assert {mark.criterion for mark in desk.page.document._marks} == {SAM, RUS}


def test_the_list_leads_to_the_place_and_backspace_leads_back(desk: Room) -> None:
    far = replace(_found(desk), page=2, label="3")
    desk.desk.do(deeds.add, FIRST, SAM, far)
    desk.press("B")
    side = desk.page.evidence.list
    side.setFocus()
    assert side.currentRow() == 1
    before = desk.page.document.pages.verticalScrollBar().value()
    QTest.keyClick(side, Qt.Key.Key_Return)
    assert desk.page.document.pages.page == 2
    assert QApplication.focusWidget() is side
    QTest.keyClick(side, Qt.Key.Key_Backspace)
    assert desk.page.document.pages.verticalScrollBar().value() == before


def test_evidence_goes_by_delete_and_comes_back_by_undo(desk: Room) -> None:
    for words in (WORDS, "båda länen"):
        find(desk, words)
        desk.press("E")
    first, _second = in_form(desk)
    first.setFocus()
    desk.press("Delete")
    assert quotes(desk) == ["båda länen"]
    (left,) = in_form(desk)
    assert QApplication.focusWidget() is left
    desk.press("Ctrl+Z")
    assert quotes(desk) == [WORDS, "båda länen"]
    desk.press("B")
    desk.page.evidence.list.setFocus()
    desk.press("Delete")
    assert quotes(desk) == ["båda länen"]


def test_the_extent_is_changed_by_selecting_anew(desk: Room) -> None:
    find(desk)
    desk.press("E")
    desk.press("Shift+B")
    view = desk.page.document
    desk.qtbot.waitUntil(lambda: [one.quote for one in view.selections()] == [WORDS])
    canvas = view.pages
    assert QApplication.focusWidget() is canvas
    for _sign in " i båda":
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert quotes(desk) == [f"{WORDS} i båda"]
    assert len(desk.draft().judgement(SAM).evidence[0].rects) == 1
    desk.press("Ctrl+Z")
    assert quotes(desk) == [WORDS]


def test_a_change_that_is_given_up_leaves_the_evidence_as_it_was(desk: Room) -> None:
    find(desk)
    desk.press("E")
    pencil = next(b for b in desk.form.findChildren(QToolButton) if b.accessibleName().startswith("Ändra omfånget"))
    desk.click(pencil)
    desk.qtbot.waitUntil(lambda: bool(desk.page.document.selections()))
    desk.press("Escape", "Escape")
    find(desk, "båda länen")
    desk.press("E")
    assert quotes(desk) == [WORDS, "båda länen"]


def test_two_marks_on_the_same_words_are_both_reached(desk: Room) -> None:
    for criterion in (SAM, RUS):
        desk.page.open(FIRST, criterion)
        find(desk)
        desk.press("E")
    find(desk, "kommer")
    place = in_form(desk)[0].mark.evidence
    pages = desk.page.document.pages
    assert place.page is not None
    middle = pages.on_viewport(place.page, place.rects[0]).center()
    desk.page.document.clear_selection()
    desk.qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=middle.toPoint())
    picker = desk.window.findChild(CriterionPicker)
    assert picker is not None
    assert [picker.list.item(n).text()[:3] for n in range(picker.list.count())] == ["RUS", "SAM"]
    picker.field.setFocus()
    desk.type("sam")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    desk.rest()
    assert desk.form.open_criterion == SAM
    desk.press("B")
    assert [row.split()[0] for row in listed(desk)] == ["ansokan.pdf", "RUS", "SAM"]


def test_evidence_survives_that_the_document_has_another_name(desk: Room) -> None:
    find(desk)
    desk.press("E")
    call = desk.desk.call
    renamed = tuple(
        replace(a, documents=tuple(replace(d, name="ansökan slutlig.pdf") for d in a.documents))
        for a in call.applications
    )
    rounds.take(desk.desk.workspace, replace(call, call_version=2, applications=renamed))
    desk.page.refresh()
    desk.page.open(rounds.SECOND)
    desk.page.open(FIRST, SAM)
    desk.qtbot.waitUntil(lambda: desk.page.document.ready)
    desk.press("B")
    assert listed(desk) == ["ansökan slutlig.pdf", f"SAM s. 1 ”{WORDS}”"]
    said: list[str] = []
    desk.desk.announced.connect(said.append)
    desk.click(in_form(desk)[0])
    assert said == []


@pytest.mark.parametrize("missing", [True, False])
def test_evidence_that_cannot_be_shown_says_so_and_stays(desk: Room, missing: bool) -> None:
    lost = Evidence(DocumentId("cd" * 32), "borta", 0, "1", (Rect(1, 1, 2, 2),))
    beyond = replace(_found(desk), page=70, label="71")
    desk.desk.do(deeds.add, FIRST, SAM, lost if missing else beyond)
    said: list[str] = []
    desk.desk.announced.connect(said.append)
    desk.rest()
    (quote,) = in_form(desk)
    desk.click(quote)
    assert said == [
        "Beläggets dokument hör inte till ansökan nu; citatet står kvar som det är."
        if missing
        else "Belägget pekar på sidan 71, men dokumentet har bara 3; citatet står kvar som det är."
    ]
    assert ("hör inte till" in quote.accessibleName()) is missing
    assert len(quotes(desk)) == 1


def test_a_reference_is_read_but_not_quoted(desk: Room) -> None:
    content = _reference()
    desk.desk.workspace.store.put(content)
    from hashlib import sha256

    from esf_desktop.model import Reference

    reference = Reference("Strategi", DocumentId(sha256(content).hexdigest()), ("Fler stannar",))
    rounds.take(desk.desk.workspace, replace(desk.desk.call, call_version=2, references=(reference,)))
    desk.page.open(rounds.SECOND)
    desk.page.open(FIRST, RUS)
    desk.qtbot.waitUntil(lambda: desk.page.document.ready)
    document = desk.page.document.document
    assert document is not None
    assert document.name == "ansokan.pdf"
    desk.form.reference_opened.emit(reference.document)
    desk.qtbot.waitUntil(lambda: desk.page.document.ready and desk.page.document.document != document)
    said: list[str] = []
    desk.desk.announced.connect(said.append)
    find(desk, "Fler stannar")
    desk.press("E")
    assert said[-1] == "Belägg hämtas ur ansökan. Hänvisa till det här dokumentet i motiveringen i stället."
    assert quotes(desk, RUS) == []


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_colours_of_criteria_differ_and_stand_out_from_paper_and_window(name: str) -> None:
    tokens = theme.read(name)
    for one in range(COLOURS):
        mark = Mark(SAM, one, _evidence(), "")
        assert theme.contrast(mark.line, mark.fill) >= 4.5
        assert theme.contrast(mark.line, QColor("white")) >= 3
        edge = max(theme.contrast(colour, QColor(tokens.surface)) for colour in (mark.line, mark.fill))
        assert edge >= 3
    lines = {Mark(SAM, one, _evidence(), "").line.name() for one in range(COLOURS)}
    assert len(lines) == COLOURS


def test_a_change_of_what_is_gone_meanwhile_adds_it_and_never_doubles(desk: Room) -> None:
    one, other = _found(desk), replace(_found(desk), page=1, label="2")
    for each in (one, other):
        desk.desk.do(deeds.add, FIRST, SAM, each)
    desk.desk.do(deeds.change, FIRST, SAM, one, other)
    assert desk.draft().judgement(SAM).evidence == (other,)
    desk.desk.do(deeds.change, FIRST, SAM, one, one)
    assert desk.draft().judgement(SAM).evidence == (other, one)


def _found(desk: Room) -> Evidence:
    document: Document = desk.desk.workspace.application(FIRST).documents[0]
    return Evidence(document.sha256, WORDS, 0, "1", (Rect(7200, 11000, 20000, 12000),))


def _evidence() -> Evidence:
    return Evidence(DocumentId("ab" * 32), "x", 0)


def _reference() -> bytes:
    import io

    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 700, "Fler stannar i arbetslivet.")
    canvas.showPage()
    canvas.save()
    return stream.getvalue()
