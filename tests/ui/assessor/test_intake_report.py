"""A newer call is taken only when its changes have been read: the report lists them, and its button takes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess, recuse
from esf_desktop.documents.client import Documents
from esf_desktop.model import Declaration, Rating, Text, replace
from esf_desktop.settings import Settings, Theme
from tests.packages import desk_with_call, package, packed_call
from tests.rounds import AT, FIRST, SECOND
from ui import theme
from ui.assessor.application_list import ApplicationList
from ui.assessor.intake_report import IntakeReport
from ui.assessor.main_page import AssessPage
from ui.assessor.review_strip import ReviewStrip
from ui.main_window import MainWindow
from ui.session import Options, Session

REWORDED = packed_call()[0].framework.principles[0].id


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    """A window on a round whose first application has an answer to what is about to get other words."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    with Documents() as documents:
        work = desk_with_call(tmp_path, documents)
    recuse.declare(work, FIRST, Declaration.NONE, at=AT)
    assess.rate(work, FIRST, REWORDED, Rating.MET, at=AT)
    work.close()
    window = MainWindow(Settings(theme=Theme.LIGHT))
    qtbot.addWidget(window)
    made = Session(window, Options(workspace=tmp_path / "desk"))
    window.show()
    qtbot.waitActive(window)
    made.start()
    qtbot.waitUntil(lambda: made.desk is not None, timeout=20_000)
    yield made
    window.close()


def asked(qtbot: QtBot, session: Session, folder: Path) -> IntakeReport:
    """The report after a second version of the call was given, with other words and one application fewer."""
    call, _contents = packed_call()
    first, *others = call.framework.principles
    changed = replace(first, description=Text("En ny mening.", "A new sentence."))
    framework = replace(call.framework, principles=(changed, *others))
    session.take([package(folder, replace(call, call_version=2, framework=framework, withdrawn=(SECOND,)))])
    return shown(qtbot, session)


def shown(qtbot: QtBot, session: Session) -> IntakeReport:
    """The report that is open once all files were read."""

    def visible() -> list[IntakeReport]:
        return [report for report in session.window.findChildren(IntakeReport) if report.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()) and not session.tasks.busy, timeout=20_000)
    (report,) = visible()
    return report


def marked(session: Session) -> tuple[bool, bool]:
    """Whether the list and the open form ask for another look."""
    page = session.window.page("assess")
    assert isinstance(page, AssessPage)
    session.window.show_page("assess")
    page.open(FIRST, REWORDED)
    QApplication.processEvents()
    assert isinstance(page.list, ApplicationList)
    strips = [strip for strip in page.findChildren(ReviewStrip) if strip.isVisible()]
    return page.list._model.row_at(0).said == "Se över", len(strips) == 1


def test_the_changes_are_read_and_taken_and_what_was_answered_is_marked(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    desk = session.desk
    assert desk is not None
    assert marked(session) == (False, False)
    before = desk.workspace.logical_hash()
    report = asked(qtbot, session, tmp_path / "2")
    words = "\n".join(label.text() for label in report.findChildren(QLabel))
    assert "En ny mening." in words
    assert f"{SECOND} är återkallad" in words
    assert desk.workspace.logical_hash() == before
    (take,) = [button for button in report.findChildren(QPushButton) if button.text() == "Ta emot version 2"]
    take.click()
    shown(qtbot, session).reject()
    assert desk.workspace.draft(FIRST).to_review == (REWORDED,)
    assert marked(session) == (True, True)
    page = session.window.page("assess")
    assert isinstance(page, AssessPage)
    assert page.list._model.row_at(1).said == "Återkallad"
    assert desk.workspace.draft(FIRST).judgement(REWORDED).rating is Rating.MET


def test_a_newer_call_that_is_not_wanted_changes_nothing(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    desk = session.desk
    assert desk is not None
    before = desk.workspace.logical_hash()
    asked(qtbot, session, tmp_path / "2").reject()
    qtbot.waitUntil(lambda: not session.tasks.busy, timeout=20_000)
    assert desk.workspace.logical_hash() == before
    assert marked(session) == (False, False)
