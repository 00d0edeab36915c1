"""The assessor's pages as they stand in the window's row, and how one leads to another."""

from PySide6.QtWidgets import QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId
from ui.assessor.start_page import StartPage
from ui.desk import Desk
from ui.main_window import MainWindow, PageMaker


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

    def sign() -> QWidget:
        from ui.assessor.signing_page import SigningPage

        page = SigningPage(desk)
        page.opened.connect(lambda application, criterion: _open_criterion(window, application, criterion))
        page.wished.connect(window.wished)
        return page

    return (("round", _("The round"), start), ("assess", _("Assess"), assess), ("sign", _("Sign"), sign))


def _open_criterion(window: MainWindow, application: str, criterion: str) -> None:
    from ui.assessor.main_page import AssessPage

    window.show_page("assess")
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    page.open(ApplicationId(application), CriterionId(criterion) if criterion else None)
