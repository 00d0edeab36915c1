"""The assessor's pages as they stand in the window's row, and how one leads to another."""

from PySide6.QtWidgets import QWidget

from esf_desktop.i18n import _
from ui.assessor.main_page import AssessPage
from ui.assessor.start_page import StartPage
from ui.desk import Desk
from ui.main_window import MainWindow


def make_pages(window: MainWindow, desk: Desk) -> tuple[tuple[str, str, QWidget], ...]:
    """Each page with its name and its words, in the row's order."""
    start = StartPage(desk)
    assess = AssessPage(desk, window.actions_, window.settings.columns)

    start.opened.connect(window.open_application)
    start.wished.connect(window.wished)
    assess.all_done.connect(lambda: window.show_page("round"))
    return (("round", _("The round"), start), ("assess", _("Assess"), assess))
