"""Keeps the documents of the round searchable: reads in the background what the index lacks, and says how far."""

from PySide6.QtCore import QObject, Signal

from ui.desk import Desk
from ui.tasks import Task


class Indexing(QObject):
    """One for each desk; it starts by itself whenever the round has documents that are not indexed."""

    moved = Signal()
    """One more document can be searched, or there is nothing left to read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._task: Task | None = None
        self.done, self.total = 0, 0
        desk.changed.connect(lambda change: self.start() if change.round else None)
        desk.closing.connect(self.stop)
        self.start()

    @classmethod
    def of(cls, desk: Desk) -> "Indexing":
        """The one of this desk, made when it is missing."""
        return desk.findChild(cls) or cls(desk)

    @property
    def under_way(self) -> bool:
        """Whether documents are being read."""
        return self._task is not None

    def start(self) -> None:
        """Read what is missing, unless that is under way or nothing is."""
        from esf_desktop.assessor import indexing

        if self._task is not None or not indexing.waiting(self._desk.workspace):
            return
        desk = self._desk

        def work(task: Task) -> int:
            from esf_desktop.documents.client import Documents

            with Documents() as documents:
                return indexing.build(desk.workspace, documents, progress=task.step)

        self._task = desk.tasks.run(work, owner=self, done=self._finished, failed=self._failed, progress=self._step)

    def stop(self) -> None:
        """Read no more, and wait until the document under way is done with."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait()
            self._task = None

    def _step(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.moved.emit()

    def _finished(self, _count: int) -> None:
        self._task = None
        self.moved.emit()
        self.start()

    def _failed(self, _error: Exception) -> bool:
        self._task = None
        self.moved.emit()
        return False
