"""The assessor's pages as they stand in the window's row, and how one leads to another."""

from PySide6.QtWidgets import QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId
from ui.assessor.main_page import AssessPage
from ui.assessor.signing_page import SigningPage
from ui.assessor.start_page import StartPage
from ui.desk import Desk
from ui.main_window import MainWindow


def make_pages(window: MainWindow, desk: Desk) -> tuple[tuple[str, str, QWidget], ...]:
    """Each page with its name and its words, in the row's order."""
    start = StartPage(desk)
    assess = AssessPage(desk, window.actions_, window.settings.columns)
    signing = SigningPage(desk)
    start.opened.connect(window.open_application)
    start.wished.connect(window.wished)
    assess.all_done.connect(lambda: window.show_page("round"))
    signing.opened.connect(lambda application, criterion: _open_criterion(window, assess, application, criterion))
    signing.wished.connect(window.wished)
    return (("round", _("The round"), start), ("assess", _("Assess"), assess), ("sign", _("Sign"), signing))


def _open_criterion(window: MainWindow, assess: AssessPage, application: str, criterion: str) -> None:
    window.show_page("assess")
    assess.open(ApplicationId(application), CriterionId(criterion) if criterion else None)
