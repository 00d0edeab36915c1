"""The assessor's pages as they stand in the window's row, and how one leads to another."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId
from ui.assessor.start_page import StartPage
from ui.desk import Desk
from ui.main_window import MainWindow, PageMaker

if TYPE_CHECKING:
    from esf_desktop.assessor.search import SearchHit
    from ui.assessor.main_page import AssessPage


def make_pages(window: MainWindow, desk: Desk) -> tuple[PageMaker, ...]:
    """Each page's name, words and maker, in the row's order; a page is imported when it is made."""

    def start() -> QWidget:
        page = StartPage(desk, window.settings.order)
        page.opened.connect(window.open_application)
        page.ordered.connect(window.keep_order)
        page.wished.connect(window.wished)
        return page

    def assess() -> QWidget:
        from ui.assessor.main_page import AssessPage

        page = AssessPage(desk, window.actions_, window.settings.columns, window.settings.document_window)
        page.all_done.connect(lambda: window.show_page("round"))
        return page

    def turned() -> QWidget:
        from ui.assessor.principle_page import PrinciplePage

        return PrinciplePage(desk, window.actions_)

    def overview() -> QWidget:
        from ui.assessor.overview_page import OverviewPage

        page = OverviewPage(desk)
        page.opened.connect(lambda application, part: _open_part(window, application, part))
        return page

    def search() -> QWidget:
        from ui.assessor.search_page import SearchPage

        page = SearchPage(desk)
        page.opened.connect(lambda hit: _open_hit(window, hit))
        return page

    def sign() -> QWidget:
        from ui.assessor.signing_page import SigningPage

        page = SigningPage(desk)
        page.opened.connect(lambda application, part: _open_part(window, application, CriterionId(part)))
        page.wished.connect(window.wished)
        return page

    return (
        ("round", _("The round"), start),
        ("assess", _("Assess"), assess),
        ("turned", _("One principle at a time"), turned),
        ("overview", _("Overview"), overview),
        ("search", _("Search"), search),
        ("sign", _("Sign"), sign),
    )


def _assess_page(window: MainWindow) -> "AssessPage":
    from ui.assessor.main_page import AssessPage

    window.show_page("assess")
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    return page


def _open_part(window: MainWindow, application: str, part: CriterionId | None) -> None:
    """Show a part of an application's form: letters, empty for the overall text, or none."""
    page = _assess_page(window)
    page.open(ApplicationId(application))
    if part is not None and page.checklist is not None:
        page.checklist.open(part, focus=True)


def _open_hit(window: MainWindow, hit: "SearchHit") -> None:
    """Show the place that a search found, with the keyboard where one goes on."""
    from esf_desktop.assessor.search import Where

    page = _assess_page(window)
    page.open(hit.application, hit.criterion)
    form = page.checklist
    match hit.where:
        case Where.DOCUMENT if hit.document is not None:
            page.document.show_passage(hit.document, hit.place, hit.start, hit.end)
            page.document.focus_document()
        case Where.EVIDENCE if hit.evidence is not None:
            page.document.jump_to(hit.evidence)
        case Where.COMMENT if form is not None:
            form.write_comment()
        case Where.NOTE if form is not None:
            if hit.criterion is None:
                form.open(CriterionId(""))
            form.write_note()
        case Where.OVERALL if form is not None:
            form.open(CriterionId(""))
            form.write_comment()
