"""The history in words, earlier texts in reach by keyboard and menu, and undo that names its step and its limit."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess, recuse
from esf_desktop.i18n import Language, use
from esf_desktop.model import Declaration, Rating, Recommendation
from esf_desktop.workspace.fields import Signed
from tests.rounds import FIRST, RUS, SAM, later, quote
from tests.ui.assessor.test_accessible import nameless
from tests.ui.desks import Room, room
from ui.assessor.history_panel import HistoryPanel
from ui.desk import now


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    made, close = room(qtbot, tmp_path)
    made.declare()
    yield made
    close()


def panel(desk: Room) -> HistoryPanel:
    (found,) = desk.window.findChildren(HistoryPanel)
    return found


def rows(shown: HistoryPanel) -> list[str]:
    return [str(shown.model.data(shown.model.index(n))) for n in range(shown.model.rowCount())]


def write(desk: Room, *texts: str) -> None:
    """Texts of one comment, ten minutes apart, the last an hour ago."""
    for number, text in enumerate(texts):
        at = now() - timedelta(minutes=60 + 10 * (len(texts) - number))
        desk.desk.tell(assess.comment(desk.desk.workspace, FIRST, SAM, text, at=at))


def test_ctrl_h_says_when_what_and_from_what_to_what(desk: Room) -> None:
    desk.open(SAM)
    desk.press("1")
    write(desk, "Åtta kommuner.", "Nio kommuner.")
    desk.press("Ctrl+H")
    shown = panel(desk)
    assert shown.isVisible()
    assert nameless(shown) == []
    words = rows(shown)
    assert "Motivering för SAM" in words[0]
    assert "Åtta … → Nio …" in words[0]
    assert "Ej bedömd → Uppfylld" in words[2]
    assert "Jäv" in words[3]
    shown.close()


def test_in_a_comment_it_shows_that_comments_criterion_and_the_menu_opens_it_too(desk: Room) -> None:
    desk.open(SAM)
    desk.press("1")
    desk.desk.do(assess.rate, FIRST, RUS, Rating.PARTLY)
    assert desk.form.body is not None
    edit = desk.form.body.comment
    edit.setFocus()
    menu = edit.context_menu(edit.textCursor())
    next(action for action in menu.actions() if action.text() == "Historik…").trigger()
    menu.close()
    shown = panel(desk)
    assert rows(shown)
    assert all("SAM" in row for row in rows(shown))
    shown.close()


def test_an_earlier_text_is_taken_back_and_that_can_be_undone(desk: Room) -> None:
    desk.open(SAM)
    write(desk, "Den första texten.", "Den andra texten, som är längre.")
    desk.press("Ctrl+H")
    shown = panel(desk)
    assert shown.before.shown.toPlainText() == "Den första texten."
    assert not shown.after.taken.isEnabled(), "that text stands there now"
    desk.click(shown.before.taken)
    assert desk.draft().judgement(SAM).comment == "Den första texten."
    assert "Hämtade tillbaka en tidigare text" in rows(shown)[0]
    shown.close()
    desk.window.actions_["undo"].trigger()
    assert desk.draft().judgement(SAM).comment == "Den andra texten, som är längre."
    assert desk.errors == []


def test_what_differs_is_seen_without_colour(desk: Room) -> None:
    desk.open(SAM)
    write(desk, "Åtta kommuner deltar.", "Nio kommuner deltar.")
    desk.press("Ctrl+H")
    shown = panel(desk)
    struck, added = shown.before.shown.textCursor(), shown.after.shown.textCursor()
    for cursor in (struck, added):
        cursor.setPosition(2)
    assert struck.charFormat().fontStrikeOut()
    assert added.charFormat().fontUnderline()
    assert added.charFormat().fontWeight() == QFont.Weight.DemiBold
    added.setPosition(12)
    assert not added.charFormat().fontUnderline()
    shown.close()


def test_it_can_be_filtered_and_follows_the_work(desk: Room) -> None:
    desk.open(SAM)
    desk.press("Ctrl+H")
    shown = panel(desk)
    shown._choose(RUS)
    assert rows(shown) == []
    assert not shown._none.isHidden()
    desk.desk.do(assess.rate, FIRST, RUS, Rating.PARTLY)
    assert len(rows(shown)) == 1
    shown._choose("")
    desk.desk.do(assess.recommend, FIRST, Recommendation.DISCUSS)
    assert "Diskutera först" in rows(shown)[0]
    shown.close()


def test_undo_says_that_it_stops_at_the_signing(desk: Room) -> None:
    from esf_desktop.exchange.canonical import identity
    from esf_desktop.history import Kind
    from esf_desktop.model import Assessment

    desk.open(SAM)
    desk.press("1")
    draft = desk.draft()
    assert draft.conflict_of_interest is not None
    said = Assessment("i", FIRST, (), 1, (), "0" * 64, draft.conflict_of_interest, (), None, "", None, later(1))
    with desk.desk.workspace.write(at=now(), kind=Kind.SEAL) as work:
        work.put(FIRST, "signed", (Signed(identity(said), said, "b", "paket.esfbundle", "0" * 64),))
    desk.desk.tell(work.change)
    undo = desk.window.actions_["undo"]
    assert (undo.isEnabled(), undo.text()) == (False, "Inget att ångra sedan signeringen")
    desk.press("Ctrl+H")
    shown = panel(desk)
    assert "Du kan ångra tillbaka till" in shown._limit.text()
    assert "signering" in shown._limit.text()
    assert "Revision 1" in rows(shown)[0]
    shown.close()


def test_every_kind_of_step_has_words_in_both_languages(desk: Room) -> None:
    desk.open(SAM)
    for deed, given in (
        (assess.rate, (SAM, Rating.MET)),
        (assess.choose_main_area, ("LAR",)),
        (assess.write_overall, ("Sammanvägt.",)),
        (assess.recommend, (Recommendation.PRIORITISE,)),
        (recuse.declare, (Declaration.RECUSED, "Släkt.")),
    ):
        desk.desk.do(deed, FIRST, *given)
    from esf_desktop.assessor import evidence

    desk.desk.do(recuse.declare, FIRST, Declaration.NONE, "")
    desk.desk.do(evidence.add, FIRST, SAM, quote())
    desk.press("Ctrl+H")
    shown = panel(desk)
    for language in Language:
        use(language)
        shown.refresh()
        assert all("→" in row for row in rows(shown))
    shown.close()


def test_a_history_of_thousands_reads_only_what_is_new(desk: Room) -> None:
    work = desk.desk.workspace
    from esf_desktop.history import Kind

    with work.write(at=now(), kind=Kind.DO) as doing:
        doing.put(FIRST, "overall", "0")
    for number in range(300):
        at = later(600 * number)
        assess.write_overall(work, FIRST, f"text {number}", at=at)
    before = work.steps(FIRST)
    assess.write_overall(work, FIRST, "sist", at=now())
    after = work.steps(FIRST)
    assert after[0] is before[0], "the earlier steps are not made anew"
    desk.open(SAM)
    desk.press("Ctrl+H")
    assert panel(desk).model.rowCount() >= 300
    panel(desk).close()
