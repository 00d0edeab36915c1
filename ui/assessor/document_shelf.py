"""An application's documents, each opened when it is first asked for and then kept until the next application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from esf_desktop.documents.client import Documents, OpenDocument
from esf_desktop.documents.values import Block
from esf_desktop.errors import EsfError
from esf_desktop.model import Document, DocumentId
from ui.tasks import Task, Tasks


@dataclass(frozen=True)
class Opened:
    """An open document, with its blocks when it is one of text."""

    document: OpenDocument
    blocks: tuple[Block, ...]

    @property
    def is_text(self) -> bool:
        """Whether it has blocks instead of pages."""
        return self.document.info.kind == "text"


class DocumentShelf(QObject):
    """Opens one document at a time in the background; the latest wish wins."""

    opened = Signal(object)
    """The identity of a document that can be had now."""
    counted = Signal()
    """The number of pages of one more document is known."""
    refused = Signal(object)
    """The `EsfError` that says why the document cannot be had."""

    def __init__(self, documents: Documents, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = documents
        self._tasks = tasks
        self._load: Callable[[DocumentId], bytes] = _nothing
        self._open: dict[DocumentId, Opened] = {}
        self._opening: Task | None = None
        self._counting: Task | None = None
        self._counts: dict[DocumentId, int] = {}
        self.documents: tuple[Document, ...] = ()

    def fill(self, documents: Sequence[Document], load: Callable[[DocumentId], bytes]) -> None:
        """Hold these documents, and let go of those that were open."""
        self.cancel()
        before = tuple(opened.document for opened in self._open.values())
        if before:
            self._tasks.run(partial(_close, before), owner=self, done=_ignore)
        self._open = {}
        self.documents, self._load = tuple(documents), load
        if self._counting:
            self._counting.cancel()
            self._counting = None

    def find(self, document: DocumentId) -> Document | None:
        """The document of that identity, or None when it is not here."""
        return next((known for known in self.documents if known.sha256 == document), None)

    def get(self, document: Document | None) -> Opened | None:
        """The document if it is open."""
        return self._open.get(document.sha256) if document else None

    def count(self, document: Document) -> int | None:
        """How many pages the document has; None before that is known, 0 when it has none or cannot be opened."""
        return self._counts.get(document.sha256)

    def open(self, document: Document, password: str | None = None) -> None:
        """Open the document, and say by signal when it is there or why not."""
        self.cancel()
        try:
            content = self._load(document.sha256)
        except EsfError as error:
            self.refused.emit(error)
            return
        self._opening = self._tasks.run(
            partial(_open, self._reader, content, document.name, password),
            owner=self,
            done=partial(self._put, document),
            failed=self._refuse,
        )

    def cancel(self) -> None:
        """Open nothing that has not come yet."""
        if self._opening:
            self._opening.cancel()
            self._opening = None

    def _put(self, document: Document, opened: Opened) -> None:
        self._opening = None
        self._open[document.sha256] = opened
        self._counts[document.sha256] = len(opened.document.info.pages)
        self.opened.emit(document.sha256)
        self._count_next()

    def _count_next(self) -> None:
        """Count the pages of the others, one after the other, while the first is read."""
        document = next((d for d in self.documents if d.sha256 not in self._counts), None)
        if document is not None and self._counting is None:
            load = self._load
            self._counting = self._tasks.run(
                lambda task: _count(self._reader, load, document),
                owner=self,
                done=partial(self._keep_count, document.sha256),
            )

    def _keep_count(self, document: DocumentId, count: int) -> None:
        self._counting = None
        self._counts[document] = count
        self.counted.emit()
        self._count_next()

    def _refuse(self, error: Exception) -> bool:
        self._opening = None
        if not isinstance(error, EsfError):
            return False
        self.refused.emit(error)
        return True


def _open(reader: Documents, content: bytes, name: str, password: str | None, task: Task) -> Opened:
    document = reader.open(content, name, password)
    return Opened(document, document.blocks() if document.info.kind == "text" else ())


def _count(reader: Documents, load: Callable[[DocumentId], bytes], document: Document) -> int:
    """The number of pages; a document that cannot be opened says why when it is chosen."""
    try:
        with reader.open(load(document.sha256), document.name) as opened:
            return len(opened.info.pages)
    except EsfError:
        return 0


def _close(documents: Sequence[OpenDocument], task: Task) -> None:
    for document in documents:
        document.close()


def _nothing(document: DocumentId) -> bytes:
    raise LookupError(document)


def _ignore(result: object) -> None:
    return None
