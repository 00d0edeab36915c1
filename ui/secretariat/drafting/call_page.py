"""The call (Utlysning): rooms at the left with what is left to look at, at the right what each lets a person edit."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _, plural
from esf_desktop.model import Call
from esf_desktop.secretariat.drafting.problems import Room
from ui import theme
from ui.secretariat import remembered
from ui.secretariat.drafting.applications_room import ApplicationsRoom
from ui.secretariat.drafting.assessors_room import AssessorsRoom
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.call_room import CallRoom
from ui.secretariat.drafting.grounds_room import GroundsRoom
from ui.secretariat.drafting.import_dialog import ImportDialog
from ui.secretariat.drafting.package_room import PackageRoom
from ui.tasks import Tasks
from ui.widgets.columns import in_the_middle
from ui.widgets.plain import button, label

PACKAGE = "package"


class CallPage(QWidget):
    """Begins or opens a draft, and shows its rooms; everything saves itself."""

    saved = Signal(object)
    announced = Signal(str)
    refused = Signal(object)
    signed = Signal(object)
    """Where a package lies that was signed just now, and is to be used further."""
    began = Signal(object)
    """The folder of the draft that is open now."""

    def __init__(
        self, tasks: Tasks, offer: str, known: Callable[[], Call | None] = lambda: None, home: str = ""
    ) -> None:
        super().__init__()
        self._tasks, self._offer, self._known, self._home = tasks, offer, known, home
        self.desk: CallDesk | None = None
        self._rooms: dict[str, CallRoom | GroundsRoom | ApplicationsRoom | AssessorsRoom | PackageRoom] = {}
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._inside = QWidget()
        self._outer.addWidget(self._inside)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo)
        self._show_beginning()
        if home and (last := remembered.path(home, "draft")):
            self.open(last, quietly=True)

    def open(self, place: Path, *, quietly: bool = False) -> bool:
        """Open the draft of a folder, or a call file; a folder without one begins a new draft."""
        from esf_desktop.secretariat.drafting import draft_file

        try:
            drafted = draft_file.begin(place) if place.is_dir() else draft_file.read(place)
        except EsfError as error:
            if not quietly:
                self.refused.emit(error)
            return False
        if not self.flush():
            return False
        self.close_draft()
        self.desk = CallDesk(drafted, self._tasks, self, self._known)
        self.desk.saved.connect(self.saved)
        self.desk.announced.connect(self.announced)
        self.desk.refused.connect(self.refused)
        self.desk.changed.connect(self._count)
        if self._home:
            remembered.keep(self._home, "draft", place)
        self._show_rooms()
        self.desk.read_facts()
        self.began.emit(drafted.folder)
        return True

    def refresh(self) -> None:
        """Look again at what is known of the call."""
        package = self._rooms.get(PACKAGE)
        if package is not None:
            package.refresh()

    def show_room(self, name: str, about: str = "") -> None:
        """Turn to a room, and to what it is about in it."""
        names = list(self._rooms)
        if name in names:
            self._list.setCurrentRow(names.index(name))
            room = self._rooms[name]
            if isinstance(room, ApplicationsRoom) and about:
                room.choose(about)
            room.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring(self) -> None:
        """Open the dialog that brings applications."""
        if self.desk is not None and self.flush():
            ImportDialog(self, self.desk).open()

    def undo(self) -> None:
        """Take the last change back."""
        if self.desk is not None and self.flush():
            self.desk.undo()

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        saved = [room.flush() for room in self._rooms.values()]
        return all(saved)

    def close_draft(self) -> None:
        """Let the draft go."""
        self._rooms = {}
        if self.desk is not None:
            self.desk.close()
            self.desk.deleteLater()
            self.desk = None

    def choose_folder(self) -> None:
        """Begin, or go on with, the draft of a folder."""
        chosen = QFileDialog.getExistingDirectory(self, _("The folder of the application files"))
        if chosen:
            self.open(Path(chosen))

    def choose_file(self) -> None:
        """Open a call file."""
        name, _kind = QFileDialog.getOpenFileName(self, _("Open a call file"), "", "*.toml;;*")
        if name:
            self.open(Path(name))

    def _renew(self) -> QWidget:
        self._outer.removeWidget(self._inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = QWidget()
        self._outer.addWidget(self._inside)
        return self._inside

    def _show_beginning(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("The call"), "huge"))
        said = _(
            "A call is made in the folder where the application files lie: one folder for each, or files named by "
            "their diary numbers. What you write is saved there as CALL.toml, which “esf call pack” reads too."
        )
        column.addWidget(label(said, wrap=True))
        self._begin = button(_("New call from a folder…"), "primary")
        self._begin.clicked.connect(self.choose_folder)
        file = button(_("Open a call file…"))
        file.clicked.connect(self.choose_file)
        for choice in (self._begin, file):
            column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        in_the_middle(self._renew(), inside, 34)
        self.setFocusProxy(self._begin)

    def _show_rooms(self) -> None:
        assert self.desk is not None
        inside = self._renew()
        applications = ApplicationsRoom(self.desk)
        applications.wished.connect(lambda _wish: self.bring())
        package = PackageRoom(self.desk, self._offer)
        package.opened.connect(self.show_room)
        package.signed.connect(self.signed)
        self._rooms = {
            Room.CALL.value: CallRoom(self.desk),
            Room.GROUNDS.value: GroundsRoom(self.desk),
            Room.APPLICATIONS.value: applications,
            Room.ASSESSORS.value: AssessorsRoom(self.desk),
            PACKAGE: package,
        }
        self._list = QListWidget()
        self._list.setAccessibleName(_("Parts of the call"))
        self._list.setProperty("role", "rooms")
        stack = QStackedWidget()
        for room in self._rooms.values():
            self._list.addItem("")
            stack.addWidget(room)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addWidget(stack, 1)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.desk.drafted.by_hand:
            column.addWidget(_by_hand())
        column.addLayout(row, 1)
        self._list.currentRowChanged.connect(lambda _place: self.flush())
        self._list.currentRowChanged.connect(stack.setCurrentIndex)
        self._list.setCurrentRow(0)
        self._count()
        self.setFocusProxy(self._list)

    def _count(self) -> None:
        """Say beside each room how much there is to look at."""
        if self.desk is None:
            return
        words = {
            Room.CALL.value: _("The call"),
            Room.GROUNDS.value: _("Grounds"),
            Room.APPLICATIONS.value: _("Applications"),
            Room.ASSESSORS.value: _("Assessors"),
            PACKAGE: _("The package"),
        }
        found = self.desk.problems()
        for place, name in enumerate(self._rooms):
            count = sum(problem.room.value == name for problem in found)
            said = plural("{n} thing to look at", "{n} things to look at", count).format(n=count)
            item = self._list.item(place)
            if item is not None:
                item.setText(f"{words[name]}\n{said}" if count else words[name])
        self._list.setFixedWidth(max(theme.pixels(11), self._list.sizeHintForColumn(0) + theme.pixels(3)))


def _by_hand() -> QFrame:
    made = QFrame()
    made.setProperty("role", "banner")
    row = QHBoxLayout(made)
    row.setContentsMargins(14, 4, 14, 4)
    said = _(
        "This file was written by hand. When you change something here, its comments and its order are not kept; "
        "the file as it is now stays beside it as CALL.före.toml."
    )
    row.addWidget(label(said, wrap=True))
    return made
