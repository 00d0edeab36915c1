"""A search through the document on top: every hit is marked and listed, one of them is shown and selected."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from esf_desktop.documents.client import OpenDocument
from esf_desktop.documents.values import Hit
from ui.assessor.document_bar import SearchField
from ui.assessor.document_panel import DocumentPanel
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.text_canvas import TextCanvas
from ui.tasks import Task, Tasks


class DocumentSearch(QObject):
    """Searches in the background; a new search takes the place of the one before."""

    found = Signal(int)
    """How many hits there are."""

    def __init__(
        self, tasks: Tasks, field: SearchField, panel: DocumentPanel, pages: PageCanvas, text: TextCanvas
    ) -> None:
        super().__init__(field)
        self._tasks, self._field, self._panel, self._pages, self._text = tasks, field, panel, pages, text
        self._document: OpenDocument | None = None
        self._searching: Task | None = None
        self._hits: tuple[Hit, ...] = ()
        self._shown: int | None = None
        field.searched.connect(self._search)
        field.stepped.connect(self.step)
        panel.hit_wanted.connect(self._show)

    def look_in(self, document: OpenDocument | None) -> None:
        """Search this document from now on, and forget what was found in another."""
        self._cancel()
        self._document = document
        self._hits, self._shown = (), None
        self._field.forget()
        self.found.emit(0)

    def begin(self, words: str) -> None:
        """Give the keyboard to the field, with these words in it unless a hit is shown."""
        if words and self._shown is None:
            self._field.field.setText(words)
        self._field.ask()

    def step(self, step: int) -> None:
        """Show the next hit (+1) or the one before (-1), round and round."""
        if self._hits:
            self._show((-1 if self._shown is None and step > 0 else self._shown or 0) + step)

    def _cancel(self) -> None:
        if self._searching:
            self._searching.cancel()
            self._searching = None

    def _search(self, words: str) -> None:
        self._cancel()
        if self._document is None or not words:
            self._take(())
            return
        self._searching = self._tasks.run(partial(_hits, self._document, words), owner=self, done=self._take)

    def _take(self, hits: tuple[Hit, ...]) -> None:
        self._searching = None
        self._hits, self._shown = hits, None
        self._pages.set_hits(hits)
        self._text.set_hits(hits)
        self._panel.show_hits(hits, self._document.info.pages if self._document else ())
        self.found.emit(len(hits))
        if hits:
            here = self._pages.page
            self._show(next((n for n, hit in enumerate(hits) if (hit.page or 0) >= here), 0))
        else:
            self._field.show_hits(None, 0)

    def _show(self, number: int) -> None:
        number %= len(self._hits)
        hit, self._shown = self._hits[number], number
        if hit.page is not None:
            self._pages.select(hit.page, hit.start, hit.end)
            self._pages.reveal(hit.page, hit.rects)
        elif hit.block is not None:
            self._text.select(hit.block, hit.start, hit.end)
        self._field.show_hits(number, len(self._hits))
        self._panel.show_hit(number)


def _hits(document: OpenDocument, words: str, task: Task) -> tuple[Hit, ...]:
    found = []
    for n, hit in enumerate(document.hits(words)):
        task.step(n, 0)
        found.append(hit)
    return tuple(found)
