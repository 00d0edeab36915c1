"""Documents as the program sees them: opened by a worker process that is started when first needed and replaced when
it dies, so that a bad document costs its own sentence and nothing else."""

import itertools
import math
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TypeVar

import msgspec

from esf_desktop.documents.area import SCRATCH, Area
from esf_desktop.documents.errors import (
    CannotShowError,
    DamagedDocumentError,
    HeavyDocumentError,
    ImpossiblePageError,
    LockedDocumentError,
    TooManyPagesError,
)
from esf_desktop.documents.media import PDF, media_type
from esf_desktop.documents.messages import (
    MOST_PAGES,
    Answer,
    Blocks,
    Done,
    Found,
    Message,
    Open,
    Opened,
    Page,
    Put,
    ReadBlocks,
    ReadPage,
    ReadSheets,
    ReadTexts,
    Refused,
    Render,
    Search,
    Sheets,
    Texts,
)
from esf_desktop.documents.process import DeadError, WorkerProcess
from esf_desktop.documents.values import Bitmap, Block, DocumentInfo, Hit, PageText, Sheet
from esf_desktop.errors import EmptyFileError, TooLargeError

LARGEST = 256 << 20
"""Bytes of a document."""
MOST_OPEN = 12
"""Documents that the worker holds at once; the others are opened again when asked for."""
MOST_CONTENT = 300 << 20
"""Bytes of them."""

A = TypeVar("A", bound=Message)
T = TypeVar("T")


class Documents:
    """All open documents and the one worker that reads them; any thread may ask, one is answered at a time."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._area: Area | None = None
        self._worker: WorkerProcess | None = None

    def __enter__(self) -> "Documents":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, content: bytes, name: str, password: str | None = None) -> "OpenDocument":
        """Open a document; its kind is told by its content.

        Raises:
            CannotShowError, EmptyFileError, TooLargeError, UnknownDocumentError, ProgramError: with its sentence.
        """
        if not content:
            raise EmptyFileError(name)
        if len(content) > LARGEST:
            raise TooLargeError(name, len(content), LARGEST)
        return OpenDocument(self, next(self._numbers), content, name, password)

    def warm(self) -> None:
        """Start the worker before it is needed."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the worker; what was read stays readable."""
        with self._lock:
            self._drop()
            if self._area:
                self._area.close()
                self._area = None

    def ask(self, document: "OpenDocument", request: Message, kind: type[A]) -> A:
        """The worker's answer about a document, in a new worker when the one at hand dies of others' leavings."""
        with self._lock:
            worker = self._running()
            fresh = not worker.open
            try:
                return self._answered(worker, document, request, kind)
            except DeadError as dead:
                self._drop()
                if fresh or dead.of_time:
                    raise _death(dead, document.name) from dead
            try:
                return self._answered(self._running(), document, request, kind)
            except DeadError as dead:
                self._drop()
                raise _death(dead, document.name) from dead

    def draw(self, document: "OpenDocument", request: Render) -> Bitmap:
        """A bitmap in shared memory; copied out of it only when the memory is full."""
        size = 4 * request.width * request.height
        with self._lock:
            self._running()
            assert self._area
            taken = self._area.take(size)
            if taken is None:
                self.ask(document, request, Done)
                pixels = self._area.scratch(size)
            else:
                offset, look = taken
                self.ask(document, msgspec.structs.replace(request, offset=offset), Done)
                pixels = memoryview(look)
        return Bitmap(request.width, request.height, 4 * request.width, pixels)

    def forget(self, number: int) -> None:
        """Let the worker forget a document."""
        with self._lock:
            if self._worker and number in self._worker.open:
                try:
                    self._worker.forget(number)
                except DeadError:
                    self._drop()

    def _answered(self, worker: WorkerProcess, document: "OpenDocument", request: Message, kind: type[A]) -> A:
        assert self._area
        if not isinstance(request, Open) and document.number not in worker.open:
            self._send_in(worker, document)
        if isinstance(request, Open):
            answer: Answer = self._send_in(worker, document)
        else:
            answer = worker.ask(request)
        if isinstance(answer, Refused):
            raise _refusal(answer, document)
        if not isinstance(answer, kind):
            raise DeadError(of_time=False, of_memory=False)
        return answer

    def _send_in(self, worker: WorkerProcess, document: "OpenDocument") -> Answer:
        """Put the content into the shared memory, piece by piece, and open it."""
        assert self._area
        while worker.open and (
            len(worker.open) >= MOST_OPEN or sum(worker.open.values()) + len(document.content) > MOST_CONTENT
        ):
            worker.forget(next(iter(worker.open)))
        *earlier, last = (document.content[at : at + SCRATCH] for at in range(0, len(document.content), SCRATCH))
        for piece in earlier:
            self._area.put(piece)
            worker.ask(Put(len(piece)))
        self._area.put(last)
        answer = worker.ask(Open(document.number, len(last), document.media_type, document.password))
        if isinstance(answer, Opened):
            worker.open[document.number] = len(document.content)
        elif isinstance(answer, Refused):
            raise _refusal(answer, document)
        return answer

    def _running(self) -> WorkerProcess:
        if self._area is None:
            self._area = Area()
        if self._worker is not None and not self._worker.alive:
            self._drop()
        if self._worker is None:
            self._worker = WorkerProcess(self._area)
        return self._worker

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class OpenDocument:
    """An open document; it stays usable when the worker is replaced."""

    def __init__(self, documents: Documents, number: int, content: bytes, name: str, password: str | None) -> None:
        self._documents = documents
        self._refusals: dict[Message, CannotShowError] = {}
        self.number = number
        self.content = content
        self.name = name
        self.password = password
        self.media_type = media_type(content, name)
        self.info: DocumentInfo = self._ask(Open(number, 0, self.media_type, password), Opened).info

    def __enter__(self) -> "OpenDocument":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def render(self, page: int, scale: float, clip: tuple[int, int, int, int] | None = None) -> Bitmap:
        """A page at `scale` pixels a point, or the part (left, top, width, height) of it, in pixels.

        Raises:
            HeavyDocumentError: the bitmap would be larger than 128 MiB; ask for parts.
        """
        info = self.info.pages[page]
        left, top, width, height = clip or (0, 0, math.ceil(info.width * scale), math.ceil(info.height * scale))
        if width < 1 or height < 1 or 4 * width * height > SCRATCH:
            raise HeavyDocumentError(self.name)
        request = Render(self.number, page, scale, left, top, width, height, 0)
        return self._guarded(request, lambda: self._documents.draw(self, request))

    def text(self, page: int) -> PageText:
        """The text of a page with a box for each character."""
        return self._ask(ReadPage(self.number, page), Page).text

    def texts(self) -> Iterator[str]:
        """The text of each page or block, read as it is asked for: what an index wants."""
        if self.info.kind == "text":
            yield from (block.text for block in self.blocks())
            return
        first: int | None = 0
        while first is not None:
            answer = self._ask(ReadTexts(self.number, first), Texts)
            yield from answer.texts
            first = answer.following

    def hits(self, words: str) -> Iterator[Hit]:
        """The places of the words, found as they are asked for, so that a search can be left."""
        first: int | None = 0
        while first is not None:
            answer = self._ask(Search(self.number, words, first), Found)
            yield from answer.hits
            first = answer.following

    def search(self, words: str) -> tuple[Hit, ...]:
        """All places of the words."""
        return tuple(self.hits(words))

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of a text document; none for pages."""
        return self._ask(ReadBlocks(self.number), Blocks).blocks

    def sheets(self) -> tuple[Sheet, ...]:
        """The visible sheets of a spreadsheet, cell by cell; none for other kinds."""
        return self._ask(ReadSheets(self.number), Sheets).sheets

    def close(self) -> None:
        """Let the worker forget the document."""
        self._documents.forget(self.number)

    def _ask(self, request: Message, kind: type[A]) -> A:
        return self._guarded(request, lambda: self._documents.ask(self, request, kind))

    def _guarded(self, request: Message, act: Callable[[], T]) -> T:
        """What the act gives; a request that was refused once is refused again without asking."""
        if request in self._refusals:
            raise self._refusals[request].with_traceback(None)
        try:
            return act()
        except CannotShowError as error:
            self._refusals[request] = error
            raise


def _refusal(answer: Refused, document: OpenDocument) -> CannotShowError:
    name = document.name
    match answer.reason:
        case "damaged":
            return DamagedDocumentError(name)
        case "locked":
            return LockedDocumentError(name, document.media_type == PDF)
        case "too_heavy":
            return HeavyDocumentError(name)
        case "impossible_page":
            return ImpossiblePageError(name, answer.number)
        case "too_many_pages":
            return TooManyPagesError(name, answer.number, MOST_PAGES)


def _death(dead: DeadError, name: str) -> CannotShowError:
    return HeavyDocumentError(name) if dead.of_time or dead.of_memory else DamagedDocumentError(name)
