"""One run of the program: opens a workspace, gives its desk to the window, takes in files, and closes in good order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QWidget

from esf_desktop import i18n, log, paths, settings
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import CallId, replace
from esf_desktop.settings import Settings
from ui import errors, theme
from ui.desk import Desk, now
from ui.main_window import MainWindow, PageMaker
from ui.tasks import Task, Tasks
from ui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from esf_desktop.assessor.intake import Intake
    from esf_desktop.secretariat.register import Register
    from esf_desktop.workspace import Workspace
    from ui.secretariat.register_window import RegisterWindow


@dataclass(frozen=True, slots=True)
class Options:
    """What the program was started with."""

    files: tuple[Path, ...] = ()
    workspace: Path | None = None
    practice: bool = False


class Session(QObject):
    """Holds what is open for as long as the window stands."""

    filled = Signal()
    """The desk's pages stand in the window."""

    def __init__(self, window: MainWindow, options: Options) -> None:
        super().__init__(window)
        self.window, self.options = window, options
        self.tasks = Tasks(self)
        self.desk: Desk | None = None
        self.registers: list[RegisterWindow] = []
        self._waiting = list(options.files)
        self._asking = False
        self.tasks.failed.connect(self._tell)
        window.given.connect(self.take)
        window.chosen.connect(self._choose)
        window.wished.connect(self._wish)
        window.left.connect(self.close)

    @property
    def folder(self) -> Path:
        """Where the work lies that this run is about."""
        if self.options.workspace is not None:
            return self.options.workspace
        return paths.data_folder() / "practice" if self.options.practice else paths.data_folder()

    @property
    def stands(self) -> bool:
        """Whether the window shows what it is for: the round with its list, or a question that comes before it."""
        if self.desk is None:
            return self.window.isVisible() and self._asking
        filled = bool(self.desk.workspace.applications()) or not self.options.practice
        return self.window.isVisible() and self.window.current_page != "" and filled

    def start(self) -> None:
        """Open the workspace, or first ask who works here."""
        log.start(paths.log_folder())
        if self.options.practice or (self.folder / "work.esfdb").exists():
            self.open(None)
            return
        from ui.assessor.first_start import FirstStart

        page = FirstStart()
        page.finished.connect(self._begin)
        self._ask(page)

    def open(self, passphrase: str | None) -> None:
        """Open the workspace in a thread, because stretching a passphrase takes its time."""
        folder, practice = self.folder, self.options.practice

        def work(task: Task) -> "Workspace":
            from esf_desktop.workspace import Workspace

            opened = Workspace.open(folder, passphrase)
            if practice and opened.call() is None:
                from esf_desktop.documents.client import Documents
                from esf_desktop.practice.worked import put_on_desk

                try:
                    with Documents() as documents:
                        put_on_desk(opened, documents, at=now(), step=task.step)
                except BaseException:
                    opened.close()
                    raise
            return opened

        making = practice and not (folder / "work.esfdb").exists()
        waiting = Waiting(_("Making the practice round…") if making else _("Opening…"))
        self.window.show_alone(waiting)
        self.tasks.run(
            work, owner=self.window, done=self._opened, failed=self._not_opened, progress=waiting.show_progress
        )

    def take(self, given: Sequence[Path], confirm: str | None = None, agreed: frozenset[str] = frozenset()) -> None:
        """Take in files and folders in a thread, and say what came of them; a newer call only when it was agreed to."""
        if self.desk is None:
            self._waiting += given
            return
        desk = self.desk
        if not self.window.flush():
            return

        def work(task: Task) -> "Intake":
            from esf_desktop.assessor.intake import take_files

            return take_files(
                desk.workspace, desk.documents, given, at=now(), confirm=confirm, agreed=agreed, progress=task.step
            )

        from ui.assessor.intake_report import IntakeReport

        report = IntakeReport(self.window)
        report.confirmed.connect(lambda fingerprint: self.take(given, fingerprint, agreed))
        report.agreed.connect(lambda sha256: self.take(given, confirm, agreed | {sha256}))
        task = self.tasks.run(work, owner=report, done=report.show_intake, progress=report.show_progress)
        report.cancelled.connect(task.cancel)
        report.taken.connect(self._taken)
        report.wait()

    def close(self) -> None:
        """Close everything; what was typed is saved already."""
        kept = self.window.settings
        if self.window.current_page and self.desk is not None:
            page = self.window.page("assess")
            kept = replace(
                kept,
                columns=getattr(page, "columns", ()),
                document_window=getattr(page, "document_window", kept.document_window),
            )
        self.tasks.close()
        if self.desk is not None:
            self.desk.documents.close()
            self.desk.workspace.close()
            self.desk = None
        settings.write(paths.settings_file(), kept)

    def _begin(self, assessor: object, passphrase: str, wish: str) -> None:
        """After the first start: make the workspace, introduce the person, go the way they chose."""
        folder = self.folder

        def work(task: Task) -> "Workspace":
            from esf_desktop.assessor import identity
            from esf_desktop.model import Assessor
            from esf_desktop.workspace import Workspace

            assert isinstance(assessor, Assessor)
            opened = Workspace.open(folder, passphrase or None)
            try:
                identity.introduce(opened, assessor, at=now())
            except BaseException:
                opened.close()
                raise
            return opened

        def done(opened: "Workspace") -> None:
            self._opened(opened)
            self._wish(wish)

        self.tasks.run(work, owner=self.window, done=done)

    def _opened(self, workspace: "Workspace") -> None:
        from esf_desktop.documents.client import Documents

        self.desk = Desk(workspace, Documents(), self.tasks, self)
        self.desk.refused.connect(self._tell)
        self.window.fill(self.desk, self._pages)
        self.filled.emit()
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.take(waiting)

    def _not_opened(self, error: Exception) -> bool:
        if isinstance(error, EsfError) and error.code in ("passphrase_needed", "wrong_passphrase"):
            from ui.assessor.unlock import Unlock

            page = Unlock(error.sentence() if error.code == "wrong_passphrase" else "")
            page.entered.connect(self.open)
            self._ask(page)
            return True
        if isinstance(error, EsfError):
            from ui.assessor.not_opened import NotOpened

            problem = NotOpened(error.sentence())
            problem.again.connect(lambda: self.open(None))
            problem.left.connect(self.window.close)
            self._ask(problem)
            return True
        return False

    def _ask(self, page: QWidget) -> None:
        """Show a page that comes before the desk."""
        self._asking = True
        self.window.show_alone(page)
        page.setFocus()
        self.filled.emit()

    def _pages(self) -> Sequence[PageMaker]:
        from ui.assessor.pages import make_pages

        assert self.desk is not None
        return make_pages(self.window, self.desk)

    def _taken(self, intake: "Intake") -> None:
        if self.desk is not None:
            self.desk.tell(intake.change)
            applications = [one.application for one in intake.taken if one.application is not None]
            if len(applications) == 1:
                self.window.open_application(applications[0])
            elif self.window.current_page != "assess":
                self.window.show_page("round")

    def _choose(self, chosen: Settings) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        speak(application, chosen.language)
        theme.apply(application, chosen.theme, chosen.text_size)
        settings.write(paths.settings_file(), chosen)
        self.window.build()
        for register in self.registers:
            register.build()

    def _wish(self, wish: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "open": self.window.offer_choices,
            "open_folder": self.window.offer_folder,
            "practice": self._practise,
            "sign": lambda: self.window.show_page("sign"),
            "sheet": lambda: self._print(one=True),
            "all_sheets": lambda: self._print(one=False),
            "blank_sheet": lambda: self._print(one=False, blank=True),
            "paper": self._enter_paper,
            "signed_sheet": self._give_out,
            "card": self._show_card,
            "details": self._show_details,
            "rounds": self._show_rounds,
            "purge_round": self._purge_current,
            "open_register": self._ask_for_register,
            "keys": self._show_keys,
            "about": self._show_about,
            "log": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_folder()))),
        }
        if wish in acts:
            acts[wish]()

    def _practise(self) -> None:
        """Turn to the practice workspace, which lies beside the real one."""
        if self.options.practice or not self.window.flush():
            return
        self._turn_to(Options(practice=True))

    def _turn_to(self, options: Options) -> None:
        if self.desk is not None:
            old, self.desk = self.desk, None
            old.closing.emit()
            self.window.empty()
            old.documents.close()
            old.workspace.close()
            old.deleteLater()
        self.options = options
        QTimer.singleShot(0, self.start)

    def open_register(self, path: Path, passphrase: str | None = None) -> None:
        """Open the secretariat's window over a register, which is made when it is missing."""

        def work(task: Task) -> "Register":
            from esf_desktop.secretariat.register import Register

            return Register.open(path, passphrase)

        def failed(error: Exception) -> bool:
            if not isinstance(error, EsfError) or error.code not in ("passphrase_needed", "wrong_passphrase"):
                return False
            words, given = QInputDialog.getText(
                self.window, _("Open register"), error.sentence(), QLineEdit.EchoMode.Password
            )
            if given and words:
                self.open_register(path, words)
            return True

        self.tasks.run(work, owner=self.window, done=self._show_register, failed=failed)

    def _ask_for_register(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self.window,
            _("Open a register, or name a new one"),
            str(Path.home() / "register.esfdb"),
            _("Registers") + " (*.esfdb)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.open_register(Path(name))

    def _show_register(self, register: "Register") -> None:
        from ui.secretariat.register_window import RegisterWindow

        window = RegisterWindow(register)
        self.registers.append(window)
        window.closed.connect(lambda: self.registers.remove(window))
        window.show()

    def _print(self, *, one: bool, blank: bool = False) -> None:
        """Make the sheet of the open application, or of all."""
        from ui.assessor.main_page import AssessPage
        from ui.assessor.printing import Printing

        if self.desk is None or self.desk.workspace.call() is None or not self.window.flush():
            return
        page = self.window.page("assess")
        application = page.application if one and isinstance(page, AssessPage) else None
        Printing(self.window, self.desk).ask(application, blank=blank)

    def _enter_paper(self) -> None:
        """Type in the filled-in sheet of the open application, or of the first one."""
        from ui.assessor.main_page import AssessPage
        from ui.assessor.paper_entry import PaperEntry

        if self.desk is None or not self.desk.workspace.applications() or not self.window.flush():
            return
        page = self.window.page("assess")
        PaperEntry(self.window, self.desk, page.application if isinstance(page, AssessPage) else None).open()

    def _show_rounds(self) -> None:
        from ui.assessor.rounds_dialog import RoundsDialog

        if self.desk is not None and self.window.flush():
            rounds = RoundsDialog(self.window, self.desk)
            rounds.purging.connect(self._purge)
            rounds.open()

    def _purge_current(self) -> None:
        if self.desk is None or not self.desk.workspace.round:
            self._show_rounds()
        else:
            self._purge(self.desk.workspace.round)

    def _purge(self, round_: str) -> None:
        from ui.assessor.purge_dialog import PurgeDialog

        if self.desk is not None and self.window.flush():
            dialog = PurgeDialog(self.window, self.desk, CallId(round_))
            dialog.open()
            dialog.begin()

    def _give_out(self) -> None:
        """Give out the sheet of the open application."""
        from ui.assessor.give_out import GiveOut
        from ui.assessor.main_page import AssessPage

        if self.desk is None or self.desk.workspace.call() is None or not self.window.flush():
            return
        page = self.window.page("assess")
        if isinstance(page, AssessPage) and page.application:
            GiveOut(self.window, self.desk, page.application).open()

    def _show_card(self) -> None:
        from ui.assessor.card_dialog import CardDialog

        CardDialog(self.window, self.tasks).open()

    def _show_details(self) -> None:
        from ui.assessor.details import Details

        if self.desk is not None:
            Details(self.window, self.desk).open()

    def _show_keys(self) -> None:
        from ui.widgets.key_sheet import KeySheet

        KeySheet(self.window, self.window.actions_).open()

    def _show_about(self) -> None:
        from ui.widgets.about import About

        About(self.window).open()

    def _tell(self, error: BaseException) -> None:
        errors.tell(self.window, error)


def speak(application: QApplication, language: i18n.Language) -> None:
    """Speak the language from now on, in Qt's own dialogs too."""
    i18n.use(language)
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.value), "qtbase", "_", folder):
        application.installTranslator(translator)
