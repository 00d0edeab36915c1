"""What the menus wish for, done for the session: sheets, dialogs, the register, the practice round."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QWidget

from esf_desktop import paths, settings
from esf_desktop.errors import EsfError
from esf_desktop.files import readable
from esf_desktop.i18n import _
from esf_desktop.model import CallId, replace
from ui.tasks import Task

if TYPE_CHECKING:
    from esf_desktop.secretariat.register import Register
    from esf_desktop.secretariat.server import Address
    from ui.session import Session


ASKS = ("passphrase_needed", "wrong_passphrase", "server_password_needed")
"""Refusals that a word from the person may answer."""


def grant(session: "Session", wish: str) -> None:
    """Do what the wish names; a name that is not known here is done elsewhere."""
    window = session.window
    acts: dict[str, Callable[[], object]] = {
        "open": window.offer_choices,
        "open_folder": window.offer_folder,
        "practice": session.practise,
        "lock": session.lock,
        "sign": lambda: window.show_page("sign"),
        "sheet": lambda: _print(session, one=True),
        "all_sheets": lambda: _print(session, one=False),
        "blank_sheet": lambda: _print(session, one=False, blank=True),
        "paper": lambda: _enter_paper(session),
        "details": lambda: _show_details(session),
        "rounds": lambda: _show_rounds(session),
        "purge_round": lambda: _purge_current(session),
        "signed_sheet": lambda: _give_out(session),
        "card": lambda: _show_card(session),
        "backups": lambda: _show_backups(session),
        "settings": lambda: _show_settings(session),
        "new_call": lambda: show_call(session),
        "open_register": lambda: _ask_for_register(session),
        "open_on_server": lambda: _ask_for_server(session),
        "user_guide": lambda: _show_guide(session),
        "keys": lambda: _show_keys(session),
        "error_report": lambda: _show_report(session),
        "about": lambda: _show_about(session),
        "log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_folder()))),
    }
    if wish in acts:
        acts[wish]()


def open_register(
    session: "Session", place: "Path | Address | str", passphrase: str | None = None, files: Sequence[Path] = ()
) -> None:
    """Open the window over a register in a file or on a server, made when it is missing, and give it the files."""

    def work(task: Task) -> "Register":
        from esf_desktop.secretariat.register import Register

        return Register.open(place, passphrase)

    def failed(error: Exception) -> bool:
        if not isinstance(error, EsfError) or error.code not in ASKS:
            return False
        words, given = QInputDialog.getText(
            session.window, _("Open register"), error.sentence(), QLineEdit.EchoMode.Password
        )
        if given and words:
            open_register(session, place, words, files)
        return True

    def done(register: "Register") -> None:
        _show_register(session, register, files)

    session.tasks.run(work, owner=session.window, done=done, failed=failed)


def show_call(session: "Session") -> None:
    """Open the window in which a call is made."""
    from ui.secretariat.drafting.call_window import CallWindow

    window = CallWindow()
    session.calls.append(window)
    window.closed.connect(lambda: session.calls.remove(window))
    window.register_wished.connect(lambda package: _ask_for_register(session, (package,)))
    window.show()


def give_to_register(session: "Session", given: Sequence[Path], files: Sequence[str]) -> None:
    """Give those of the files to the register whose window is open, or to one that the person chooses."""
    wanted = [path for path in given if path.is_dir() or readable(path.name) in files]
    if len(session.registers) == 1:
        (window,) = session.registers
        to_front(window)
        window.take(wanted)
    else:
        _ask_for_register(session, wanted)


def _ask_for_register(session: "Session", files: Sequence[Path] = ()) -> None:
    name, _kind = QFileDialog.getSaveFileName(
        session.window,
        _("Open a register, or name a new one"),
        str((files[0].parent if files else Path.home()) / "register.esfdb"),
        _("Registers") + " (*.esfdb)",
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    if name:
        session.open_register(Path(name), files=files)


def _ask_for_server(session: "Session") -> None:
    from ui.secretariat.server_dialog import ServerDialog

    def chosen(address: str, password: str) -> None:
        session.window.settings = replace(session.window.settings, server=address)
        settings.write(paths.settings_file(), session.window.settings)
        session.open_register(address, password or None)

    dialog = ServerDialog(session.window, session.window.settings.server)
    dialog.chosen.connect(chosen)
    dialog.open()


def _show_register(session: "Session", register: "Register", files: Sequence[Path] = ()) -> None:
    from ui.secretariat.register_window import RegisterWindow

    window = RegisterWindow(register)
    session.registers.append(window)
    window.closed.connect(lambda: session.registers.remove(window))
    window.show()
    if files:
        window.take(files)


def to_front(window: QWidget) -> None:
    """Put a window in front of the others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.raise_()
    window.activateWindow()


def _print(session: "Session", *, one: bool, blank: bool = False) -> None:
    """Make the sheet of the open application, or of all."""
    from ui.assessor.main_page import AssessPage
    from ui.assessor.printing import Printing

    if session.desk is None or session.desk.workspace.call() is None or not session.window.flush():
        return
    page = session.window.page("assess")
    application = page.application if one and isinstance(page, AssessPage) else None
    Printing(session.window, session.desk).ask(application, blank=blank)


def _enter_paper(session: "Session") -> None:
    """Type in the filled-in sheet of the open application, or of the first one."""
    from ui.assessor.main_page import AssessPage
    from ui.assessor.paper_entry import PaperEntry

    if session.desk is None or not session.desk.workspace.applications() or not session.window.flush():
        return
    page = session.window.page("assess")
    PaperEntry(session.window, session.desk, page.application if isinstance(page, AssessPage) else None).open()


def _show_rounds(session: "Session") -> None:
    from ui.assessor.rounds_dialog import RoundsDialog

    if session.desk is not None and session.window.flush():
        rounds = RoundsDialog(session.window, session.desk)
        rounds.purging.connect(lambda round_: _purge(session, round_))
        rounds.open()


def _purge_current(session: "Session") -> None:
    if session.desk is None or not session.desk.workspace.round:
        _show_rounds(session)
    else:
        _purge(session, session.desk.workspace.round)


def _purge(session: "Session", round_: str) -> None:
    from ui.assessor.purge_dialog import PurgeDialog

    if session.desk is not None and session.window.flush():
        dialog = PurgeDialog(session.window, session.desk, CallId(round_))
        dialog.open()
        dialog.begin()


def _give_out(session: "Session") -> None:
    """Give out the sheet of the open application."""
    from ui.assessor.give_out import GiveOut
    from ui.assessor.main_page import AssessPage

    if session.desk is None or session.desk.workspace.call() is None or not session.window.flush():
        return
    page = session.window.page("assess")
    if isinstance(page, AssessPage) and page.application:
        GiveOut(session.window, session.desk, page.application).open()


def _show_card(session: "Session") -> None:
    from ui.assessor.card_dialog import CardDialog

    CardDialog(session.window, session.tasks).open()


def _show_details(session: "Session") -> None:
    from ui.assessor.details import Details

    if session.desk is not None:
        Details(session.window, session.desk).open()


def _show_backups(session: "Session") -> None:
    from ui.assessor.backups_dialog import BackupsDialog

    if session.desk is not None and session.window.flush():
        dialog = BackupsDialog(session.window, session.desk)
        dialog.restoring.connect(session.restore)
        if session.keeper is not None:
            dialog.placed.connect(session.keeper.follow)
            session.keeper.made.connect(dialog.refresh)
        dialog.open()


def show_recovered(session: "Session", since: datetime) -> None:
    """Say what is there again after a start of the program that was not closed."""
    from ui.assessor.recovered import Recovered

    if session.desk is not None:
        dialog = Recovered(session.window, session.desk, since)
        dialog.opened.connect(session.window.open_application)
        dialog.open()


def _show_report(session: "Session") -> None:
    from ui.assessor.recovered import ErrorReport

    ErrorReport(session.window, session.desk, text_size=session.window.settings.text_size).open()


def _show_settings(session: "Session") -> None:
    from ui.settings.dialog import SettingsDialog

    dialog = SettingsDialog(session.window, session.desk)
    dialog.turned.connect(lambda passphrase, encrypt: session.turn(passphrase, encrypt=encrypt))
    dialog.open()


def _show_guide(session: "Session") -> None:
    from ui.guide.opener import Guide

    window = session.window
    if session.guide is None:
        session.guide = Guide(window, lambda: window.frame.stack.currentWidget(), window.left)
    session.guide.show()


def _show_keys(session: "Session") -> None:
    from ui.widgets.key_sheet import KeySheet

    KeySheet(session.window, session.window.actions_).open()


def _show_about(session: "Session") -> None:
    from ui.widgets.about import About

    About(session.window).open()
