"""The round's page: filters, sorting, the way on, several rounds, and purging one with the id typed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess, purge, recuse
from esf_desktop.history import Kind
from esf_desktop.i18n import Language, use
from esf_desktop.model import Application, ApplicationId, CallId, Declaration, Rating, Recommendation, replace
from tests import rounds
from tests.rounds import FIRST, SAM, SECOND, later
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import LEFT, Room, room
from ui import formatting
from ui.assessor.purge_dialog import PurgeDialog
from ui.assessor.purge_receipt import PurgeReceipt
from ui.assessor.round_table import NUMBER, PROJECT, RATINGS, SUPPORT
from ui.assessor.rounds_dialog import RoundsDialog
from ui.assessor.start_page import StartPage
from ui.desk import now
from ui.session import Options, Session

THIRD, OTHER = ApplicationId("2026/00118"), CallId("2026-ON-2")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path / "w")
    work = made.desk.workspace
    known = made.desk.call
    money = (7_000_000, 2_000_000)
    described = [
        replace(a, requested_support=m, municipalities=("2480",))
        for a, m in zip(known.applications, money, strict=True)
    ]
    third = Application(THIRD, "Ärliga händer", "Bruket", municipalities=("2584",))
    with work.write(at=later(1), kind=Kind.SEAL) as doing:
        doing.put("", "call", replace(known, applications=(*described, third)), round_=known.id)
    made.window.build()
    QApplication.processEvents()
    yield made
    close()


def page(desk: Room) -> StartPage:
    found = desk.window.page("round")
    assert isinstance(found, StartPage)
    return found


def listed(desk: Room) -> list[str]:
    table = page(desk).table
    items = [table.item(row, NUMBER) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None] if not table.isHidden() else []


def heading(desk: Room) -> str:
    item = page(desk).table.horizontalHeaderItem(SUPPORT)
    return item.text() if item is not None else ""


def said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def field(widget: QWidget) -> QLineEdit:
    return next(f for f in widget.findChildren(QLineEdit) if f.isVisible())


def test_a_click_on_a_heading_sorts_and_another_turns_it_and_it_is_remembered(desk: Room) -> None:
    header = page(desk).table.horizontalHeader()
    for expected in ([SECOND, FIRST, THIRD], [FIRST, SECOND, THIRD]):
        place = header.sectionPosition(SUPPORT) + header.sectionSize(SUPPORT) // 2
        desk.qtbot.mouseClick(header.viewport(), LEFT, pos=QPoint(place, 5))
        assert listed(desk) == expected
    assert heading(desk) == "Sökt stöd ▼"
    assert desk.window.settings.order == "-support"
    desk.window.build()
    assert listed(desk) == [FIRST, SECOND, THIRD]
    assert "▼" in heading(desk)


def test_the_keyboard_alone_sorts_filters_and_opens(desk: Room) -> None:
    desk.window.resize(1360, 850)
    sort = page(desk)._filter._sort
    assert sort.accessibleName() == "Sortera efter"
    sort.setFocus()
    desk.press("Down")
    assert desk.window.settings.order == "project"
    assert listed(desk) == [FIRST, SECOND, THIRD]
    desk.press("Tab")
    assert QApplication.focusWidget().accessibleName() == "Stigande ordning"  # type: ignore[union-attr]
    desk.press("Space")
    assert listed(desk) == [THIRD, SECOND, FIRST]
    field(page(desk)).setFocus()
    desk.type("ärliga")
    desk.press("Return")
    assert listed(desk) == [THIRD]
    table = page(desk).table
    table.setFocus()
    table.setCurrentCell(0, PROJECT)
    desk.press("Return")
    assert desk.window.current_page == "assess"
    assert desk.page.application == THIRD


def test_a_filter_that_nothing_meets_says_what_to_do_and_gives_everything_back(desk: Room) -> None:
    field(page(desk)).setFocus()
    desk.type("finns inte")
    desk.press("Return")
    assert listed(desk) == []
    assert "Ingen ansökan passar" in said(page(desk))
    button = next(b for b in page(desk)._none.findChildren(QPushButton) if b.isVisible())
    desk.click(button)
    assert listed(desk) == [FIRST, SECOND, THIRD]
    assert field(page(desk)).text() == ""


def test_state_and_municipality_can_be_chosen_and_how_many_is_said(desk: Room) -> None:
    desk.desk.do(recuse.declare, SECOND, Declaration.RECUSED, "")
    filters = page(desk)._filter
    filters._state.setCurrentIndex(filters._state.findText("Jäv"))
    filters._state.activated.emit(filters._state.currentIndex())
    assert listed(desk) == [SECOND]
    assert "1 av 3 visas" in said(page(desk))
    desk.click(filters._clear)
    filters._place.setCurrentIndex(filters._place.findText("Kiruna"))
    filters._place.activated.emit(filters._place.currentIndex())
    assert listed(desk) == [THIRD]


def test_the_filter_stays_when_the_window_is_built_anew(desk: Room) -> None:
    field(page(desk)).setFocus()
    desk.type("åtta")
    desk.press("Return")
    desk.window.build()
    assert listed(desk) == [SECOND]


def test_nothing_is_said_of_the_time_left_before_three_are_done_by_hand_and_then_it_is(desk: Room) -> None:
    work, call = desk.desk.workspace, desk.desk.call
    assert "takt" not in said(page(desk))
    extra = tuple(Application(ApplicationId(f"2026/0020{n}"), f"Projekt {n}", "S") for n in range(3))
    with work.write(at=later(2), kind=Kind.SEAL) as doing:
        doing.put("", "call", replace(call, applications=(*call.applications, *extra)), round_=call.id)
    clock = later(100)
    for application in extra:
        recuse.declare(work, application.id, Declaration.NONE, at=clock)
        for criterion in call.criteria:
            clock += timedelta(minutes=4)
            assess.rate(work, application.id, criterion.id, Rating.NOT_MET, at=clock)
            assess.comment(work, application.id, criterion.id, "Nej.", at=clock)
        assess.write_overall(work, application.id, "Nej.", at=clock)
        assess.recommend(work, application.id, Recommendation.DO_NOT_PRIORITISE, at=clock)
    page(desk).refresh()
    assert "ungefär 2 timmar kvar i din takt" in said(page(desk))


def test_a_low_window_with_large_text_keeps_rows_of_the_list_in_sight(desk: Room) -> None:
    from ui import theme

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, desk.window.settings.theme, 200)
    desk.window.build()
    desk.window.resize(1280, 800)
    desk.qtbot.waitUntil(lambda: desk.window.height() == 800)
    QApplication.processEvents()
    table = page(desk).table
    assert table.viewport().height() >= 2 * table.rowHeight(0)
    assert table.isColumnHidden(NUMBER)
    assert not table.isColumnHidden(RATINGS)
    assert table.columnWidth(PROJECT) > theme.pixels(14)


def test_rounds_are_turned_from_the_dialog_and_every_page_follows(desk: Room) -> None:
    desk.declare()
    desk.open(SAM)
    add_round(desk)
    dialog = open_rounds(desk)
    assert nameless(dialog) == []
    wanted = dialog.findChild(QListWidget)
    assert wanted is not None
    assert wanted.currentRow() == 0
    desk.press("Down", "Return")
    assert desk.desk.workspace.round == OTHER
    assert listed_after(desk) == [FIRST]
    desk.window.show_page("assess")
    assert desk.page.application == FIRST
    assert desk.draft().conflict_of_interest is None
    assert desk.form.open_part is None, "the form is of the other round, although the number is the same"


def test_a_round_is_purged_only_when_its_id_is_typed_and_the_receipt_can_be_kept(desk: Room, tmp_path: Path) -> None:
    desk.declare()
    desk.desk.do(assess.comment, FIRST, SAM, "Ett hemligt ord: abborrpinne.")
    add_round(desk)
    dialog = purge_dialog(desk)
    assert "1 bedömning är påbörjad" in said(dialog)
    assert nameless(dialog) == []
    assert dialog._act.isVisible()
    assert not dialog._act.isEnabled()
    desk.press("Return")
    assert len(desk.desk.workspace.rounds()) == 2
    desk.type("2026-ON-1")
    desk.press("Return")
    desk.qtbot.waitUntil(lambda: bool(desk.window.findChildren(PurgeReceipt)), timeout=20_000)
    desk.rest()
    assert [call.id for call in desk.desk.workspace.rounds()] == [OTHER]
    files = [path for path in (tmp_path / "w").rglob("*") if path.is_file()]
    assert not any(b"abborrpinne" in path.read_bytes() for path in files)
    (receipt,) = desk.window.findChildren(PurgeReceipt)
    text = receipt.findChild(QPlainTextEdit)
    assert text is not None
    assert "Omgång: 2026-ON-1" in text.toPlainText()
    receipt.save(tmp_path / "kvitto.txt")
    assert (tmp_path / "kvitto.txt").read_text("utf-8").replace("\u00a0", " ") == text.toPlainText()
    receipt.close()
    assert desk.errors == []


def test_leaving_the_question_purges_nothing(desk: Room) -> None:
    before = desk.desk.workspace.logical_hash()
    dialog = purge_dialog(desk)
    desk.press("Esc")
    assert not dialog.isVisible()
    assert desk.desk.workspace.logical_hash() == before


def test_an_interrupted_purge_is_shown_among_the_rounds_and_completed_there(desk: Room) -> None:
    work = desk.desk.workspace
    add_round(desk)
    purge._begin(work, purge.outline(work, rounds.call().id), now())
    dialog = open_rounds(desk)
    assert dialog._complete.isVisible()
    desk.click(dialog._complete)
    desk.qtbot.waitUntil(lambda: not purge.unfinished(work), timeout=20_000)
    desk.rest()
    for receipt in desk.window.findChildren(PurgeReceipt):
        receipt.close()
    assert not dialog._complete.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("days", "swedish", "english"),
    [
        (2, "2 dagar kvar", "2 days left"),
        (1, "sista dagen i morgon", "last day tomorrow"),
        (0, "sista dagen i dag", "last day today"),
        (-1, "sista dagen var i går", "the deadline passed yesterday"),
        (-9, "sista dagen var för 9 dagar sedan", "the deadline passed 9 days ago"),
    ],
)
def test_the_days_to_the_deadline_are_words(days: int, swedish: str, english: str) -> None:
    today = date(2026, 12, 1)
    assert formatting.days_left(today + timedelta(days=days), today) == swedish
    use(Language.ENGLISH)
    assert formatting.days_left(today + timedelta(days=days), today) == english


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "ungefär 5 minuter kvar i din takt"),
        (43, "ungefär 45 minuter kvar i din takt"),
        (61, "ungefär 1 timme kvar i din takt"),
        (95, "ungefär 1,5 timmar kvar i din takt"),
        (1300, "ungefär 22 timmar kvar i din takt"),
    ],
)
def test_the_time_left_is_no_finer_than_one_can_know(minutes: int, words: str) -> None:
    assert formatting.time_left(timedelta(minutes=minutes)) == words


def add_round(desk: Room) -> None:
    """Another round whose application has the same number as one of the first."""
    work = desk.desk.workspace
    with work.write(at=later(9), kind=Kind.SEAL) as doing:
        one = replace(rounds.call(), id=OTHER, title="En annan", applications=rounds.call().applications[:1])
        doing.put("", "call", one, round_=OTHER)


def session(desk: Room) -> Session:
    made = Session(desk.window, Options())
    made.desk = desk.desk
    return made


def open_rounds(desk: Room) -> RoundsDialog:
    desk.window.show_page("round")
    session(desk)
    desk.window.actions_["rounds"].trigger()
    (dialog,) = desk.window.findChildren(RoundsDialog)
    desk.qtbot.waitActive(dialog)
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.findChild(QListWidget))
    return dialog


def purge_dialog(desk: Room) -> PurgeDialog:
    desk.window.show_page("round")
    session(desk)
    desk.window.actions_["purge_round"].trigger()
    (dialog,) = desk.window.findChildren(PurgeDialog)
    desk.qtbot.waitUntil(lambda: "ansökning" in said(dialog), timeout=20_000)
    return dialog


def listed_after(desk: Room) -> list[str]:
    QApplication.processEvents()
    return listed(desk)
