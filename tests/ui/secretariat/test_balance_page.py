"""The balance on screen: charts with their figures in words, and the tables behind them one key away."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QToolTip

from esf_desktop.model import BudgetPart, ProjectType, replace
from esf_desktop.secretariat import proposal, trust
from esf_desktop.secretariat.balance import LEVELS
from esf_desktop.secretariat.order import Outcome
from esf_desktop.settings import Theme
from tests.secretariat import files
from tests.secretariat.samples import AT, application_id
from tests.ui.assessor.test_accessible import nameless
from tests.ui.secretariat.test_register_window import Office, empty, full
from ui import theme
from ui.secretariat.balance_page import BalancePage
from ui.secretariat.balance_section import Section
from ui.secretariat.bar_chart import BarChart
from ui.secretariat.tile_map import TileMap, colours
from ui.widgets.picker import Picker

__all__ = ["empty", "full"]

A, B, C = (application_id(n) for n in range(3))


@pytest.fixture
def office(full: Office) -> Office:
    """Three applications in two counties, of which one is prioritised."""
    places = (("2480",), ("2480", "2584"), ())
    applications = tuple(
        replace(
            one,
            requested_support=4_000_000,
            municipalities=there,
            project_type=ProjectType.IMPLEMENTATION,
            sector="Industri",
        )
        for one, there in zip(files.CALL.applications, places, strict=True)
    )
    call = replace(files.CALL, call_version=2, applications=applications, budget=(BudgetPart("Allt", 9_000_000),))
    trust.add_call(full.register, files.package(call), file="b.esfcall", at=AT)
    proposal.propose(full.register, {A: Outcome.PRIORITISED}, at=AT)
    full.window.show_page("balance")
    QApplication.processEvents()
    return full


def section(office: Office, title: str) -> Section:
    """The section under that heading."""
    return section_of(office.window.balance, title)


def section_of(page: BalancePage, title: str) -> Section:
    return next(one for one in page.findChildren(Section) if one.table.accessibleName() == title)


def rows(table: QTableWidget) -> list[list[str]]:
    """What stands in the table, row by row."""
    found = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        found.append([item.text().replace("\u00a0", " ") for item in items if item is not None])
    return found


def test_a_register_without_a_call_says_that_there_is_nothing(empty: Office) -> None:
    empty.window.show_page("balance")
    assert "inget att summera än" in empty.words


def test_every_chart_tells_its_figures_in_words(office: Office) -> None:
    charts = office.window.balance.findChildren(BarChart)
    told = {one.accessibleName(): one.accessibleDescription().replace("\u00a0", " ") for one in charts}
    assert told["Län"].split("\n") == [
        "Västerbottens län: 2 ansökningar, 6 000 000 kr; prioriterad 1 ansökan, 4 000 000 kr",
        "Norrbottens län: 1 ansökan, 2 000 000 kr",
        "Ej angivet: 1 ansökan, 4 000 000 kr",
    ]
    assert told["Mot budgeten"].endswith("; budget 9 000 000 kr")
    (shown,) = office.window.balance.findChildren(TileMap)
    assert shown.accessibleDescription().startswith("Kiruna: 1 ansökan")
    assert nameless(office.window.balance) == []


def test_one_key_turns_charts_into_tables_and_back(office: Office) -> None:
    page = office.window.balance
    counties = section(office, "Län")
    assert counties.chart.isVisible()
    assert not counties.table.isVisible()
    page.setFocus()
    office.qtbot.keyClick(page, Qt.Key.Key_T)
    assert counties.table.isVisible()
    assert not counties.chart.isVisible()
    assert rows(counties.table)[0] == ["Västerbottens län", "2", "6 000 000 kr", "1", "4 000 000 kr", "0", "–"]
    assert rows(section(office, "Mot budgeten").table) == [
        ["Hela budgeten", "3", "12 000 000 kr", "1", "4 000 000 kr", "0", "–", "9 000 000 kr"]
    ]
    assert len(rows(section(office, "Kommun").table)) == 30, "all municipalities, and what says none"
    office.press("Visa diagram")
    assert counties.chart.isVisible()


def test_charts_follow_the_measure_and_what_is_proposed(office: Office) -> None:
    counties = section(office, "Län").chart
    before = counties.grab().toImage()
    proposal.everything_fits(office.register, at=AT)
    office.window.desk.changed.emit()
    assert "prioriterad 2 ansökningar" in counties.accessibleDescription().replace("\u00a0", " ")
    after = counties.grab().toImage()
    assert before != after
    (measure,) = office.window.balance.findChildren(Picker)
    measure.setCurrentIndex(1)
    measure.activated.emit(1)
    assert counties.grab().toImage() != after


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tile_and_a_bar_tell_their_figures_under_the_mouse(office: Office) -> None:
    (shown,) = office.window.balance.findChildren(TileMap)
    for widget, at, words in (
        (shown, QPoint(3 * shown.width() // 6 + 20, 20), "Kiruna"),
        (section(office, "Län").chart, QPoint(20, 20), "Västerbottens län"),
    ):
        event = QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)
        assert QToolTip.text().startswith(words)
    QToolTip.hideText()


@pytest.mark.parametrize("look", [Theme.LIGHT, Theme.DARK, Theme.CONTRAST])
def test_the_words_of_a_tile_are_clear_on_every_shade(qapp: QApplication, look: Theme) -> None:
    theme.apply(qapp, look, 100)
    for level in range(LEVELS + 1):
        ground, ink = colours(level)
        assert theme.contrast(ground, ink) >= 4.5, level


def test_an_application_without_an_amount_is_named(full: Office) -> None:
    full.window.show_page("balance")
    QApplication.processEvents()
    assert f"3 ansökningar anger inget belopp: {A}, {B}, {C}." in full.words
    assert "Inget är föreslaget än." in full.words


def test_a_narrow_page_has_one_column_and_tables_have_the_whole_width(office: Office) -> None:
    page = BalancePage(office.window.desk)
    office.qtbot.addWidget(page)
    page.show()
    for width, tables, beside in ((1300, False, True), (900, False, False), (1300, True, False), (1300, False, True)):
        page.resize(width, 800)
        if tables == section_of(page, "Län").chart.isVisible():
            page.turn()
        QApplication.processEvents()
        counties, municipalities = (section_of(page, title).mapTo(page, QPoint(0, 0)) for title in ("Län", "Kommun"))
        assert (municipalities.x() > counties.x()) == beside, (width, tables)
