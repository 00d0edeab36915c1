"""The desk: what every page is given. It runs deeds, and tells every page what changed and when it was on disk."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from esf_desktop.errors import DiskFullError, LastRoomError
from esf_desktop.model import Call
from ui.tasks import Tasks

if TYPE_CHECKING:
    from esf_desktop.documents.client import Documents
    from esf_desktop.workspace import Change, Workspace


def now() -> datetime:
    """The clock of this computer, with its zone."""
    return datetime.now().astimezone()


def today() -> date:
    """The day where the reader is."""
    return now().date()


class Desk(QObject):
    """One open workspace with its documents; pages read from it and do everything through `do`."""

    changed = Signal(object)
    """A `Change`: those whose applications it names read again."""
    saved = Signal(object)
    """The time at which something was on disk."""
    refused = Signal(object)
    """An exception that a person is to be told about: an `EsfError`, or a bug."""
    announced = Signal(str)
    """A sentence about something that went well, for the status line and the screen reader."""

    closing = Signal()
    """The workspace is about to be closed: what reads it in other threads stops first."""

    def __init__(
        self, workspace: "Workspace", documents: "Documents", tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.documents = documents
        self.tasks = tasks

    def do(self, deed: "Callable[..., Change]", *args: object) -> "Change | None":
        """Run the deed now; None when it failed: then a person was told, and the pages show what is on disk."""
        try:
            change = self._done(deed, args)
        except Exception as error:  # noqa: BLE001 - the one place where a deed's failure becomes a sentence
            self.refused.emit(error)
            self.changed.emit(self._everything())
            return None
        self.tell(change)
        return change

    def tell(self, change: "Change") -> None:
        """Tell the pages of a change that was made elsewhere, such as in a task."""
        self.changed.emit(change)
        self.saved.emit(change.at)

    def _done(self, deed: "Callable[..., Change]", args: tuple[object, ...]) -> "Change":
        """Run the deed; when the disk was full and the reserve was given up for it, once more, and say so."""
        try:
            change = deed(self.workspace, *args, at=now())
        except DiskFullError:
            if not self.workspace.on_reserve:
                raise
            change = deed(self.workspace, *args, at=now())
            self.refused.emit(LastRoomError())
        if self.workspace.on_reserve:
            self.workspace.refill()
        return change

    @property
    def call(self) -> Call:
        """The call of the current round; only for pages that are shown when there is one."""
        call = self.workspace.call()
        assert call is not None
        return call

    def _everything(self) -> "Change":
        from esf_desktop.workspace import Change

        call = self.workspace.call()
        every = frozenset(application.id for application in call.applications) if call else frozenset()
        return Change(every, False, now())
