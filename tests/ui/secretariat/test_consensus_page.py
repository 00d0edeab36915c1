"""The joint assessment on screen: agreed on by keys and mouse beside what each one wrote, large for a projector."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QMessageBox

from esf_desktop.model import CriterionId, Rating, Recommendation, replace
from esf_desktop.secretariat.consensus import Consensus, JointJudgement, consensus, write, written
from esf_desktop.settings import Theme
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id, person
from tests.ui.assessor.test_accessible import nameless
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui import theme
from ui.secretariat.consensus_page import ConsensusPage
from ui.secretariat.consensus_sheet import ConsensusSheet
from ui.widgets.choice import Choice

__all__ = ["empty", "full"]

FIRST, SECOND = application_id(0), application_id(1)
RUS, MET = CriterionId("RUS"), CriterionId("MET")


def opened(office: Office, criterion: CriterionId | None = RUS) -> ConsensusPage:
    """The page with the first application's record, a criterion unfolded."""
    office.window.show_page("consensus")
    office.window.consensus.open(FIRST, criterion)
    office.rest()
    return office.window.consensus


def sheet(page: ConsensusPage) -> ConsensusSheet:
    (found,) = [one for one in page.findChildren(ConsensusSheet) if one.isVisible()]
    return found


def said(office: Office) -> Consensus:
    """The first application's record as it is on disk."""
    return consensus(office.register)[FIRST].consensus


def key(office: Office, page: ConsensusPage, keys: str, on: object = None) -> None:
    office.qtbot.keyClicks(on or sheet(page).rows[RUS].head, keys)
    office.rest()


def test_a_meeting_rates_by_keys_and_everything_is_on_disk_at_once(full: Office) -> None:
    page = opened(full)
    key(full, page, "2")
    key(full, page, "j")
    key(full, page, "1", sheet(page).rows[MET].head)
    found = said(full)
    assert found.judgements == (JointJudgement(RUS, Rating.PARTLY), JointJudgement(MET, Rating.MET))
    assert "Sparat" in full.words
    key(full, page, "1", sheet(page).rows[MET].head)
    assert said(full).judgement(MET).rating is None, "the same key again takes it back"


def test_it_begins_with_those_who_delivered_and_who_abstained_stepped_aside(full: Office) -> None:
    page = opened(full)
    key(full, page, "1")
    assert [(one.name, one.conflict) for one in said(full).present] == [(person(0).name, False), (person(1).name, True)]


def test_reasons_are_saved_when_one_goes_on(full: Office) -> None:
    page = opened(full)
    rows = sheet(page).rows
    key(full, page, "c")
    assert rows[RUS].comment.hasFocus()
    full.qtbot.keyClicks(rows[RUS].comment, "Behovet visas.")
    sheet(page).text.setFocus()
    full.qtbot.keyClicks(sheet(page).text, "Bra 1 och J.")
    full.window.show_page("compare")
    full.rest()
    found = said(full)
    assert (found.judgement(RUS).comment, found.text) == ("Behovet visas.", "Bra 1 och J.")


def test_recommendation_and_area_and_who_was_there_are_chosen(full: Office) -> None:
    page = opened(full, None)
    (choice,) = [one for one in page.findChildren(Choice) if one.isVisible() and "mån av medel" in one.text()]
    full.qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
    (name,) = [f for f in page.findChildren(QLineEdit) if f.isVisible() and "var med" in f.accessibleName()]
    name.setText("Ordföranden")
    full.qtbot.keyClick(name, Qt.Key.Key_Return)
    (aside,) = [b for b in page.findChildren(QCheckBox) if b.accessibleName().startswith("Ordföranden avstod")]
    aside.click()
    full.rest()
    (conflict,) = [f for f in page.findChildren(QLineEdit) if f.accessibleName() == "Jävet för Ordföranden"]
    full.qtbot.keyClicks(conflict, "Styrelseledamot")
    full.qtbot.keyClick(conflict, Qt.Key.Key_Return)
    found = said(full)
    assert found.recommendation is Recommendation.IF_FUNDS_ALLOW
    last = found.present[-1]
    assert (last.name, last.assessor, last.conflict, last.reason) == ("Ordföranden", None, True, "Styrelseledamot")
    assert "Bara 1 person deltog." in full.words


def test_an_earlier_writing_is_written_again_from_the_history(full: Office) -> None:
    earlier = replace(Consensus(FIRST), text="Det första.")
    write(full.register, earlier, at=AT, by="a")
    write(full.register, replace(earlier, text="Det andra."), at=AT, by="b")
    page = opened(full, None)
    sheet(page).history.fold.click()
    full.press("Skriv igen")
    assert said(full).text == "Det första."
    assert len(written(full.register)[FIRST]) == 3


def test_what_somebody_else_wrote_in_the_meantime_is_kept_beside_ones_own(full: Office) -> None:
    page = opened(full)
    key(full, page, "1")
    theirs = replace(said(full), text="Skrivet på det andra kontoret.")
    write(full.register, theirs, at=AT, by="b")
    key(full, page, "2")
    found = said(full)
    assert (found.text, found.judgement(RUS).rating) == ("Skrivet på det andra kontoret.", Rating.PARTLY)


def test_a_text_that_is_too_long_is_told_of_and_stays_in_its_field(full: Office) -> None:
    page = opened(full, None)
    sheet(page).text.setPlainText("a" * 20_001)
    assert not sheet(page).flush()
    box = full.refusal()
    assert isinstance(box, QMessageBox)
    assert "20001" in box.text().replace("\u00a0", "")
    box.close()
    assert sheet(page).text.unsaved
    sheet(page).text.setPlainText("a")
    assert sheet(page).flush()


def test_applications_are_walked_through_by_keys_and_list(full: Office) -> None:
    page = opened(full)
    (list_,) = page.findChildren(QListWidget)
    names = [list_.item(n).text().splitlines()[1] for n in range(list_.count())]
    here = names.index("Projekt 1")
    step = Qt.Key.Key_Right if here == 0 else Qt.Key.Key_Left
    full.qtbot.keyClick(page, step, Qt.KeyboardModifier.AltModifier)
    full.rest()
    walked = 1 if here == 0 else here - 1
    assert (list_.currentRow(), names[walked] in full.words) == (walked, True)
    list_.setCurrentRow(here)
    full.rest()
    assert "Projekt 1" in full.words


def test_large_type_is_for_this_page_alone(full: Office) -> None:
    page = opened(full)
    before = theme.pixels()
    full.qtbot.keyClick(page, Qt.Key.Key_F11)
    full.rest()
    large = theme.pixels()
    assert large >= 1.5 * before
    assert nameless(full.window) == []
    key(full, page, "3")
    assert said(full).judgement(RUS).rating is Rating.NOT_MET, "a meeting writes in large type too"
    full.window.show_page("inbox")
    full.rest()
    assert theme.pixels() == before


@pytest.mark.parametrize("look", [Theme.DARK, Theme.CONTRAST])
def test_every_control_has_a_name_in_every_look(full: Office, look: Theme) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, look, 100)
    full.window.build()
    opened(full)
    assert nameless(full.window) == []


def test_there_is_nothing_to_agree_on_before_the_call_is_known(empty: Office, tmp_path: Path) -> None:
    empty.window.show_page("consensus")
    assert "Inget att enas om än" in empty.words
    empty.arrive(a_esfcall=files.call_package())
    empty.window.show_page("consensus")
    assert "Projekt 1" in empty.words
