"""A draft as the rooms of the editor are given it: they read from it, change it, and hear when it has changed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from esf_desktop.documents.client import Documents
from esf_desktop.documents.metadata import Guess
from esf_desktop.errors import EsfError, UnusablePlaceError
from esf_desktop.model import Call, Framework, replace
from esf_desktop.secretariat.drafting.draft import CallDraft
from esf_desktop.secretariat.drafting.problems import Problem, problems
from ui.desk import now
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from esf_desktop.secretariat.drafting.draft_file import Drafted

STEPS = 200
"""Changes that can be taken back."""


class CallDesk(QObject):
    """Holds the draft as it lies on disk; a change that the disk refuses is no change."""

    changed = Signal()
    read = Signal()
    """What the documents say is known now."""
    saved = Signal(object)
    """The time at which something was on disk."""
    announced = Signal(str)
    refused = Signal(object)

    def __init__(
        self, drafted: "Drafted", tasks: Tasks, parent: QObject, known: Callable[[], Call | None] = lambda: None
    ) -> None:
        super().__init__(parent)
        self.tasks, self.known = tasks, known
        self.documents = Documents()
        self._drafted = drafted
        self._before: list[Drafted] = []
        self._facts: dict[tuple[str, ...], Guess | None] = {}
        self._wanted: dict[tuple[str, ...], None] = {}
        self._task: Task | None = None

    @property
    def drafted(self) -> "Drafted":
        """The draft with its place and its wording."""
        return self._drafted

    @property
    def draft(self) -> CallDraft:
        """The call's own value."""
        return self._drafted.draft

    @property
    def framework(self) -> Framework:
        """The wording that the call uses."""
        return self._drafted.framework

    @property
    def folder(self) -> "Path":
        """Where the documents lie."""
        return self._drafted.folder

    def change(self, draft: CallDraft | None = None, framework: Framework | None = None) -> bool:
        """Put the draft, or its wording, on disk; False when it could not be."""
        from dataclasses import replace as with_parts

        wanted = with_parts(self._drafted, draft=draft or self.draft, framework=framework or self.framework)
        if (wanted.draft, wanted.framework) == (self.draft, self.framework):
            return True
        before = self._drafted
        if not self._write(wanted):
            return False
        self._before = [*self._before[-STEPS:], before]
        return True

    def set(self, **fields: object) -> bool:
        """Put these fields of the call on disk."""
        return self.change(replace(self.draft, **fields))

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._before)

    def undo(self) -> None:
        """Take the last change back."""
        if self._before and self._write(self._before[-1]):
            self._before.pop()

    def problems(self) -> tuple[Problem, ...]:
        """Everything to look at."""
        return problems(
            self.draft, self.framework, today=now().date(), is_there=lambda path: (self.folder / path).exists()
        )

    def facts(self, files: tuple[str, ...] | None) -> Guess | None:
        """What these documents say, as far as they were read."""
        return self._facts.get(files or ())

    @property
    def reading(self) -> bool:
        """Whether documents are being read."""
        return self._task is not None

    def read_facts(self, wanted: Mapping[str, tuple[str, ...]] | None = None) -> None:
        """Read in the background what the documents of the draft, or these, say; `read` tells when it is known."""
        lists = wanted.values() if wanted is not None else (one.documents for one in self.draft.applications)
        self._wanted |= dict.fromkeys(files for files in lists if files and files not in self._facts)
        if self._task is None:
            self._read_wanted()

    def close(self) -> None:
        """Let the documents go."""
        if self._task is not None:
            self._task.cancel()
        self.documents.close()

    def _read_wanted(self) -> None:
        missing = tuple(files for files in self._wanted if files not in self._facts)
        self._wanted.clear()
        if not missing:
            return
        documents, folder = self.documents, self.folder

        def work(task: Task) -> dict[tuple[str, ...], Guess | None]:
            from esf_desktop.secretariat.drafting.joining import read_facts

            found = {}
            try:
                for number, files in enumerate(missing):
                    task.step(number, len(missing))
                    found[files] = read_facts(documents, folder, files)
            finally:
                if task.cancelled:  # the draft was closed while a document was being read
                    documents.close()
            return found

        self._task = self.tasks.run(work, owner=self, done=self._keep_facts, failed=self._not_read)

    def _keep_facts(self, found: dict[tuple[str, ...], Guess | None]) -> None:
        self._task = None
        self._facts |= found
        self._read_wanted()
        self.read.emit()

    def _not_read(self, error: Exception) -> bool:
        self._task = None
        self._wanted.clear()
        self.read.emit()
        return False

    def _write(self, wanted: "Drafted") -> bool:
        from esf_desktop.secretariat.drafting import draft_file

        try:
            self._drafted = draft_file.write(wanted)
        except OSError:
            self.refused.emit(UnusablePlaceError(str(self.folder)))
            return False
        except EsfError as error:
            self.refused.emit(error)
            return False
        self.changed.emit()
        self.saved.emit(now())
        return True
