"""One run of the program: opens a workspace, gives its desk to the window, takes in files, and closes in good order."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from esf_desktop import i18n, log, paths, settings, spelling
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import replace
from esf_desktop.settings import Settings
from ui import errors, theme
from ui.desk import Desk, now
from ui.keeping import Keeper
from ui.locking import Idle, hide_all_but
from ui.main_window import MainWindow, PageMaker, Places
from ui.opening import MissingWorkError, NoBackupsThereError, Opening
from ui.tasks import Task, Tasks
from ui.widgets import spell_check
from ui.widgets.waiting import Waiting
from ui.wishes import give_to_register, grant, open_register, show_recovered, to_front

if TYPE_CHECKING:
    from esf_desktop.assessor.intake import Intake
    from esf_desktop.secretariat.server import Address
    from esf_desktop.workspace import Workspace
    from ui.beginning import Beginning
    from ui.guide.opener import Guide
    from ui.secretariat.drafting.call_window import CallWindow
    from ui.secretariat.register_window import RegisterWindow

SPELLER_AFTER = 1_500
"""Milliseconds from the first page until the dictionaries are looked for."""


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
        self.keeper: Keeper | None = None
        self.unclosed: datetime | None = None
        """When the window before this one had started, if it ended without being closed; told of once."""
        self.registers: list[RegisterWindow] = []
        self.calls: list[CallWindow] = []
        self.guide: Guide | None = None
        self._waiting = list(options.files)
        self._asked: Callable[[], QWidget] | None = None
        """What makes the page that is shown before the desk."""
        self._beginning: Beginning | None = None
        self._places: Places | None = None
        self._hidden: list[QWidget] = []
        self._idle = Idle(self)
        self._idle.elapsed.connect(self.lock)
        self._follow_system()
        self.tasks.failed.connect(self._tell)
        window.given.connect(self.take)
        window.chosen.connect(self._choose)
        window.wished.connect(lambda wish: grant(self, wish))
        window.left.connect(self.close)

    @property
    def folder(self) -> Path:
        """Where the work lies that this run is about."""
        if self.options.workspace is not None:
            return self.options.workspace
        return paths.workspace(self.options.practice)

    @property
    def stands(self) -> bool:
        """Whether the window shows what it is for: the round with its list, or a question that comes before it."""
        if self.desk is None:
            return self.window.isVisible() and self._asked is not None
        filled = bool(self.desk.workspace.applications()) or not self.options.practice
        return self.window.isVisible() and self.window.current_page != "" and filled

    def start(self) -> None:
        """Open the workspace, or first ask who works here."""
        log.start(paths.log_folder())
        log.logger.info("started")
        self.look()

    def look(self) -> None:
        """Open what lies in the folder; ask who works here when nothing does, and which backup when only those do."""
        begun = any((self.folder / name).exists() for name in ("work.esfdb", ".restoring", ".turning"))
        if self.options.practice or begun:
            self.open(None)
            return
        from esf_desktop.workspace import backup

        if backup.made_in(self.folder / "backups"):
            self._opening().tell(MissingWorkError())
            return
        from ui.beginning import Beginning

        self._beginning = Beginning(self.tasks, self.window, self.folder)
        self._beginning.finished.connect(self._begun)
        self._beginning.moving.connect(self.move_here)
        self._ask(self._beginning.make)

    def open(self, passphrase: str | None) -> None:
        """Open the workspace; what stands in the way is asked or told."""
        self._opening().open(passphrase)

    def come_forward(self, files: Sequence[Path]) -> None:
        """Show the window before all others, and take the files that a second start was given."""
        to_front(self.window)
        if files:
            self.take(files)

    def lock(self) -> None:
        """Hide everything and forget the key, once all is saved; the passphrase brings the same place back."""
        if self.desk is None:
            return
        if not self.desk.workspace.encrypted:
            self.window.announce(_("Work without a passphrase cannot be locked. Encrypt it in the settings first."))
        elif not self.window.flush():
            return
        elif self.tasks.busy:
            self.window.announce(_("Locks as soon as what is under way is done."))
            self.tasks.idle.connect(self.lock, Qt.ConnectionType.SingleShotConnection)
        else:
            self._hidden = hide_all_but(self.window)
            if self._put_away():
                self._opening().ask_locked()

    def turn(self, passphrase: str, *, encrypt: bool) -> None:
        """Put the work under the passphrase, or take it off that, and return to the same place."""
        if self.desk is None or not self._backed_up() or not self._put_away():
            return
        folder, passphrase_after = self.folder, passphrase if encrypt else None

        def work(task: Task) -> None:
            from esf_desktop.assessor import protection

            if encrypt:
                protection.encrypt(folder, passphrase, at=now(), progress=task.step)
            else:
                protection.decrypt(folder, passphrase, progress=task.step)

        def failed(error: Exception) -> bool:
            self._tell(error)
            self.open(None if encrypt else passphrase)
            return True

        waiting = Waiting(_("Encrypting your work…") if encrypt else _("Taking off the encryption…"))
        self.window.show_alone(waiting)
        self.tasks.run(
            work,
            owner=self.window,
            done=lambda _: self.open(passphrase_after),
            failed=failed,
            progress=waiting.show_progress,
        )

    def restore(self, place: Path, secret: str) -> None:
        """Put a backup in the place of what is here, which is moved aside, and open it."""
        if self.desk is not None and not self._put_away():
            return
        folder, opening = self.folder, self._opening()

        def work(task: Task) -> Path:
            from esf_desktop.workspace import backup

            return backup.restore(place, folder, secret or None, at=now())

        def done(aside: Path) -> None:
            words = _("The backup is back.")
            if aside.is_dir():
                words = _("The backup is back. What was here lies in {folder}.").format(folder=aside)
            self.filled.connect(lambda: self.window.announce(words), Qt.ConnectionType.SingleShotConnection)
            self.open(None if not secret or _is_code(secret) else secret)

        def failed(error: Exception) -> bool:
            if not isinstance(error, EsfError):
                return False
            log.refusal(error)
            opening.ask_backup([place.parent], error.sentence())
            return True

        self.window.show_alone(Waiting(_("Putting the backup back…")))
        self.tasks.run(work, owner=self.window, done=done, failed=failed)

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
            from esf_desktop.workspace import backup

            try:
                backup.back_up_if_changed(desk.workspace, at=now(), why=backup.Why.INTAKE)
            except EsfError as error:
                log.refusal(error)  # what is taken in is added, so nothing depends on it
            return take_files(
                desk.workspace, desk.documents, given, at=now(), confirm=confirm, agreed=agreed, progress=task.step
            )

        from ui.assessor.intake_report import IntakeReport

        report = IntakeReport(self.window)
        report.confirmed.connect(lambda fingerprint: self.take(given, fingerprint, agreed))
        report.agreed.connect(lambda sha256: self.take(given, confirm, agreed | {sha256}))
        report.registered.connect(lambda files: give_to_register(self, given, files))
        task = self.tasks.run(work, owner=report, done=report.show_intake, progress=report.show_progress)
        report.cancelled.connect(task.cancel)
        report.taken.connect(self._taken)
        report.taken.connect(lambda _intake: self._remember(given))
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
        if self._beginning is not None:
            self._beginning.close()
        if self.keeper is not None:
            self.window.hide()  # nobody waits for the backup
            self.keeper.finish()
            self.keeper = None
        if self.desk is not None:
            self.desk.documents.close()
            self.desk.workspace.close()
            self.desk = None
        settings.write(paths.settings_file(), kept)
        log.logger.info("ended")

    def _opening(self) -> Opening:
        opening = Opening(self.tasks, self.window, self.folder, self.window.show_alone, practice=self.options.practice)
        opening.opened.connect(self._opened)
        opening.asking.connect(self._ask)
        opening.left.connect(self.window.close)
        opening.restoring.connect(self.restore)
        opening.given_up.connect(self.look)
        return opening

    def move_here(self, folder: Path) -> None:
        """Show the backups of another computer's work that lie in a folder, or the one that the folder is."""
        from esf_desktop.workspace import backup

        places = [one for one in (folder, folder.parent, *sorted(folder.iterdir())) if one.is_dir()]
        holding = [one for one in places if backup.made_in(one)]
        if self._beginning is not None and holding:
            self._beginning.close()
            self._beginning = None
            self._opening().ask_backup(holding)
        else:
            errors.tell(self.window, NoBackupsThereError(folder.name))

    def _second_place(self) -> Path | None:
        """Where backups go too, when it was chosen for this work."""
        from esf_desktop.workspace import backup

        chosen = self.window.settings.backup_folder
        if self.desk is None or not chosen or self.options.practice:
            return None
        return Path(chosen) if backup.knows(self.desk.workspace, Path(chosen)) else None

    def _begun(self, workspace: "Workspace", wish: str) -> None:
        """After the first start: show the desk, go the way the person chose."""
        self._beginning = None
        self._opened(workspace)
        QTimer.singleShot(0, self, lambda: grant(self, wish))  # the pressed button's page is going: let its click end

    def _opened(self, workspace: "Workspace") -> None:
        from esf_desktop.documents.client import Documents

        self._asked = None
        self.desk = Desk(workspace, Documents(), self.tasks, self)
        self.desk.refused.connect(self._tell)
        self.keeper = Keeper(self.desk, self._second_place)
        self.keeper.begin()
        places, self._places = self._places, None
        self.window.fill(self.desk, self._pages, places)
        for other in self._hidden:
            if isValid(other):
                other.show()
        self._hidden = []
        self._watch()
        if spell_check.speller() is None:
            QTimer.singleShot(SPELLER_AFTER, self, self._load_speller)
        self.filled.emit()
        if self.unclosed is not None:
            since, self.unclosed = self.unclosed, None
            QTimer.singleShot(0, self, lambda: show_recovered(self, since))
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.take(waiting)

    def _load_speller(self) -> None:
        """Find the dictionaries once the first page stands and nobody waits for it."""
        spell_check.use(choice=self.window.settings.spelling)
        if self.desk is not None and spell_check.speller() is None:
            self.tasks.run(lambda task: spelling.load(), owner=self.window, done=spell_check.use)

    def _backed_up(self) -> bool:
        """Back up what has changed before something is done to all of it; False when that failed, which is told."""
        from esf_desktop.workspace import backup

        if self.desk is None or not self.window.flush():
            return False
        try:
            backup.back_up_if_changed(self.desk.workspace, at=now(), why=backup.Why.TURNING)
        except EsfError as error:
            self._tell(error)
            return False
        return True

    def _put_away(self) -> bool:
        """Close the desk and remember where the person was; False when something could not be saved."""
        if self.desk is None or not self.window.flush():
            return False
        self._places = self.window.places()
        self._close_desk()
        self._idle.watch(0)
        gc.collect()
        return True

    def _close_desk(self) -> None:
        if self.desk is not None:
            old, self.desk, self.keeper = self.desk, None, None
            old.closing.emit()
            self.window.empty()
            old.documents.close()
            old.workspace.close()
            old.deleteLater()

    def _watch(self) -> None:
        """Lock when nobody is there, for as long as the work is encrypted."""
        encrypted = self.desk is not None and self.desk.workspace.encrypted
        self._idle.watch(self.window.settings.lock_minutes if encrypted else 0)

    def _ask(self, make: Callable[[], QWidget]) -> None:
        """Show a page that comes before the desk."""
        self._asked = make
        page = make()
        self.window.show_alone(page)
        page.setFocus()
        self.filled.emit()

    def _pages(self) -> Sequence[PageMaker]:
        from ui.assessor.pages import make_pages

        assert self.desk is not None
        return make_pages(self.window, self.desk)

    def _remember(self, given: Sequence[Path]) -> None:
        self.window.settings = settings.opened(self.window.settings, [path for path in given if path.exists()])
        settings.write(paths.settings_file(), self.window.settings)
        self.window.show_recent()

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
        settings.write(paths.settings_file(), chosen)
        spell_check.use(choice=chosen.spelling)
        self._watch()
        self._build_anew()

    def _build_anew(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.apply(application, self.window.settings.theme, self.window.settings.text_size)
        self.window.build()
        if self._asked is not None:
            self._ask(self._asked)
        for register in self.registers:
            register.build()
        for call in self.calls:
            call.build()

    def _follow_system(self) -> None:
        """Take over the system's colours when they change, while they are the chosen ones."""
        hints = QGuiApplication.styleHints()
        for changed in (hints.colorSchemeChanged, hints.accessibility().contrastPreferenceChanged):
            changed.connect(self._system_changed)

    def _system_changed(self) -> None:
        if self.window.settings.theme is settings.Theme.SYSTEM and self.window.flush():
            self._build_anew()

    def practise(self) -> None:
        """Turn to the practice workspace, which lies beside the real one."""
        if not self.options.practice and self.window.flush():
            self._close_desk()
            self.options = Options(practice=True)
            QTimer.singleShot(0, self.start)

    def open_register(
        self, place: "Path | Address | str", passphrase: str | None = None, files: Sequence[Path] = ()
    ) -> None:
        """Open the secretariat's window over a register, which is made when it is missing, and give it the files."""
        open_register(self, place, passphrase, files)

    def _tell(self, error: BaseException) -> None:
        errors.tell(self.window, error)


def _is_code(secret: str) -> bool:
    """Whether the words are a recovery code, which opens the keys but is no passphrase."""
    from esf_desktop.workspace import recovery_code

    try:
        recovery_code.read(secret)
    except EsfError:
        return False
    return True


class _KeyNames(QTranslator):
    """The word on a Swedish key that Qt's own table lacks."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        return "Skift" if (context, text) == ("QShortcut", "Shift") else None


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
    if language is i18n.Language.SWEDISH:
        application.installTranslator(_KeyNames(application))
