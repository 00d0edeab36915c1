"""One application's documents, side by side with the form: read, searched, selected in, and marked with evidence."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.documents.client import Documents
from esf_desktop.documents.errors import LockedDocumentError
from esf_desktop.documents.selection import rects_of
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import CriterionId, Document, DocumentId, Evidence, Rect
from esf_desktop.workspace.reading import Place
from ui import theme
from ui.assessor.document_bar import DocumentBar
from ui.assessor.document_folds import PAGE_TEXT, DocumentFolds
from ui.assessor.document_menu import Offers, document_menu
from ui.assessor.document_message import DocumentMessage
from ui.assessor.document_panel import DocumentPanel
from ui.assessor.document_places import DocumentPlaces
from ui.assessor.document_search import DocumentSearch
from ui.assessor.document_shelf import DocumentShelf, Opened
from ui.assessor.marks import Mark
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.page_hand import PageHand
from ui.assessor.page_layout import Fit
from ui.assessor.page_selection import Span
from ui.assessor.quote_field import QuoteField, visible_rect
from ui.assessor.text_canvas import TextCanvas
from ui.tasks import Tasks

_STEPS_BACK = 50
_FEW = 60
"""Selected characters that are taken over into the search field."""


_REST = 1200
"""Milliseconds of rest until the place is remembered."""


class DocumentView(QWidget):
    """Shows one of the documents at a time; the others are a click away."""

    selected = Signal(object)
    """The selection as `Evidence`, or None."""
    evidence_clicked = Signal(object)
    """The `Mark` of evidence that was clicked in the document."""
    evidence_requested = Signal(object, object)
    """`Evidence`, and the criterion that was picked for it, or None to be asked for."""
    document_shown = Signal(object)
    """The `Document` whose pages are there now."""

    def __init__(self, documents: Documents, tasks: Tasks, places: DocumentPlaces | None = None) -> None:
        super().__init__()
        self._tasks = tasks
        self.shelf = DocumentShelf(documents, tasks, self)
        self._current: Document | None = None
        self._places = places or DocumentPlaces()
        self._back: list[Place] = []
        self._marks: tuple[Mark, ...] = ()
        self._criteria: tuple[tuple[CriterionId, str], ...] = ()
        self._then: Callable[[], None] | None = None
        self._build(tasks)
        self._connect()
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self.remember_place)
        self._show_nothing()

    def _build(self, tasks: Tasks) -> None:
        self.bar = DocumentBar()
        self.panel = DocumentPanel(tasks)
        self.pages = PageCanvas(tasks)
        self.hand = PageHand(self.pages)
        self.quote_field = QuoteField(self.pages, self.hand)
        self.text = TextCanvas()
        self.message = DocumentMessage()
        self._stack = QStackedWidget()
        for page in (self.message, self.pages, self.text):
            self._stack.addWidget(page)
        self._notice = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._notice.setProperty("role", "small")
        self._notice.setContentsMargins(14, 4, 14, 4)
        self._splitter = QSplitter()
        self._splitter.addWidget(self.panel)
        self._splitter.addWidget(self._stack)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setCollapsible(1, False)
        self.panel.hide()
        self.folds = DocumentFolds()
        self.search = DocumentSearch(tasks, self.bar.search, self.panel, self.pages, self.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._notice)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.folds)

    def _connect(self) -> None:
        self.shelf.opened.connect(self._opened)
        self.shelf.refused.connect(self._refused)
        self.bar.document_chosen.connect(lambda n: self.show_document(self.shelf.documents[n].sha256))
        self.bar.page_wanted.connect(self.go_to_page)
        self.shelf.counted.connect(self._show_names)
        self.bar.zoom_chosen.connect(self._set_zoom)
        self.bar.left.connect(self.focus_document)
        self.panel.page_wanted.connect(self.go_to_page)
        self.folds.folded.connect(self._fold)
        self.search.found.connect(self.folds.count_hits)
        self.pages.page_changed.connect(self._page_changed)
        self.pages.page_read.connect(self._show_page_text)
        self.pages.scrolled.connect(lambda: self._resting.start())
        self.text.verticalScrollBar().valueChanged.connect(lambda: self._resting.start())
        self.panel.page_text.selected.connect(self._selected_in_text)
        self.panel.page_text.left.connect(self.step_page)
        for canvas in (self.pages, self.text):
            canvas.zoom_changed.connect(self.bar.show_zoom)
            canvas.selection_changed.connect(self._selection_changed)
            canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.hand.mark_clicked.connect(self.evidence_clicked)
        self.text.mark_clicked.connect(self.evidence_clicked)
        self.message.password_typed.connect(self._open_locked)

    # what is shown

    def show_documents(
        self,
        documents: tuple[Document, ...],
        load: Callable[[DocumentId], bytes],
        beside: tuple[Document, ...] = (),
    ) -> None:
        """Show an application's documents, the one read last or the first on top; those open before are let go.

        `beside` can be read there too, but is never on top by itself while there are others.
        """
        if (*documents, *beside) == self.shelf.documents:
            return
        self._leave()
        self._current, self._back = None, []
        self.pages.show_document(None)
        self.panel.show_document(None)
        self.shelf.fill((*documents, *beside), load)
        if self.shelf.documents:
            self.show_document(self._places.latest(d.sha256 for d in documents) or self.shelf.documents[0].sha256)
        else:
            self._show_nothing()

    def show_document(self, document: DocumentId) -> None:
        """Put this document on top, where it was left; one that is not here is passed over."""
        wanted = self.shelf.find(document)
        if wanted is None:
            return
        self._leave()
        self._current = wanted
        self._show_names()
        known = self.shelf.get(wanted)
        if known is not None:
            self._show(wanted, known)
        else:
            self._open(wanted)

    def set_evidence(self, marks: Sequence[Mark]) -> None:
        """Mark this evidence, whichever of the documents it is in."""
        self._marks = tuple(marks)
        self._show_marks()

    def set_criteria(self, criteria: Sequence[tuple[CriterionId, str]]) -> None:
        """Offer these criteria, letters and title, in the context menu."""
        self._criteria = tuple(criteria)

    @property
    def document(self) -> Document | None:
        """The document on top."""
        return self._current

    @property
    def ready(self) -> bool:
        """Whether the document on top is open."""
        return self.shelf.get(self._current) is not None

    # selection

    def selections(self) -> tuple[Evidence, ...]:
        """What is selected as evidence: one for each page or block that the selection touches."""
        opened = self.shelf.get(self._current)
        if opened is None or self._current is None:
            return ()
        document = self._current.sha256
        if opened.is_text:
            return tuple(Evidence(document, part.quote, block=part.block) for part in self.text.parts())
        labels = [page.label for page in opened.document.info.pages]
        return tuple(
            Evidence(document, part.quote, page=part.page, label=labels[part.page], rects=part.rects)
            for part in self.pages.parts()
        )

    def selection(self) -> Evidence | None:
        """What is selected as evidence, the first page of it; a search hit that is shown counts as selected."""
        return next(iter(self.selections()), None)

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pages.selection.clear()
        cursor = self.text.textCursor()
        cursor.clearSelection()
        self.text.setTextCursor(cursor)

    def copy(self) -> None:
        """Put the selected words on the clipboard."""
        words = "\n".join(part.quote for part in self.selections())
        if words:
            QGuiApplication.clipboard().setText(words)

    # moving about

    def jump_to(self, evidence: Evidence) -> None:
        """Show the place of the evidence, point it out, and remember where one was."""
        if self.shelf.find(evidence.document) is None:
            return
        self._remember()

        def point_out() -> None:
            if evidence.page is not None:
                self.pages.reveal(evidence.page, evidence.rects, flash=True)
            elif evidence.block is not None:
                self.text.reveal(evidence.block, evidence.quote)

        self._with(evidence.document, point_out)

    def show_passage(self, document: DocumentId, place: int, start: int, end: int) -> None:
        """Select characters of a page's text or of a block, bring them into sight, and remember where one was."""
        if self.shelf.find(document) is None:
            return
        self._remember()
        self._with(document, lambda: self._select_passage(place, start, end))

    def _select_passage(self, place: int, start: int, end: int) -> None:
        opened = self.shelf.get(self._current)
        if opened is None or opened.is_text:
            self.text.select(place, start, end)
            return
        reading = opened.document

        def reveal(rects: tuple[Rect, ...]) -> None:
            self.pages.reveal(place, rects)

        self.pages.select(place, start, end)
        self._tasks.run(lambda _task: rects_of(reading.text(place), start, end), owner=self, done=reveal)

    def go_back(self) -> None:
        """Return to where one was before the last jump."""
        if self._back:
            self.restore_place(self._back.pop())

    def place(self) -> Place | None:
        """Where one reads, or None before the document is open."""
        opened = self.shelf.get(self._current)
        if opened is None or self._current is None:
            return None
        if opened.is_text:
            return Place(self._current.sha256, *self.text.place(), self.text.zoom)
        zoom = self.pages.zoom_choice
        page, share = self.pages.place()
        return Place(self._current.sha256, page, share, zoom.value if isinstance(zoom, Fit) else zoom, self.pages.turn)

    def restore_place(self, place: Place) -> None:
        """Go to a place that was remembered; one in a document that is not here is passed over."""
        if self.shelf.find(place.document):
            self._places.put(place)
            self._with(place.document, lambda: self._go(place))

    def go_to_page(self, page: int) -> None:
        """Show a page from its upper edge, and remember where one was."""
        self._remember()
        self.pages.scroll_to(page)
        self.focus_document()

    def step_page(self, step: int) -> None:
        """Show the next page (+1) or the one before (-1); who reads the page's text goes on reading there."""
        pane = self.panel.page_text
        if self._canvas() is not self.pages or not self.pages.pages:
            return
        here = pane.page if pane.hasFocus() and pane.page is not None else self.pages.page
        page = max(0, min(self.pages.pages - 1, here + step))
        if page == here:
            return
        self.pages.scroll_to(page)
        if pane.hasFocus():
            self._put_page_text(page, at_end=step < 0)

    def ask_page(self) -> None:
        """Give the keyboard to the field where a page is typed."""
        if self.bar.page_field.isVisible():
            self.bar.page_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step_document(self, step: int) -> None:
        """Put the next document of the application (+1) on top, or the one before (-1), round and round."""
        here = self.shelf.documents
        if self._current is not None and len(here) > 1:
            self.show_document(here[(here.index(self._current) + step) % len(here)].sha256)
            self.focus_document()

    def remember_place(self) -> None:
        """Remember where one reads, so that the document is opened there the next time."""
        place = self.place()
        if place:
            self._places.put(place)

    def mark_by_keys(self) -> None:
        """Let the arrows move a caret in the text, or a rectangle on a page that is a picture."""
        if self._canvas() is self.pages:
            self.focus_document()
            self.hand.mark_by_keys()

    def focus_document(self) -> None:
        """Give the keyboard to the document."""
        if self.ready:
            self._canvas().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.message.take_focus()

    # search and zoom

    def start_search(self) -> None:
        """Give the keyboard to the search field, with the selected words in it if they are few."""
        chosen = self.selection()
        self.search.begin(chosen.quote if chosen and len(chosen.quote) <= _FEW else "")

    def find_next(self) -> None:
        """Show the next hit."""
        self.search.step(+1)

    def find_previous(self) -> None:
        """Show the hit before."""
        self.search.step(-1)

    def zoom_in(self) -> None:
        """Zoom to the next step."""
        self._canvas().zoom_in()

    def zoom_out(self) -> None:
        """Zoom to the step before."""
        self._canvas().zoom_out()

    def fit_width(self) -> None:
        """Let the widest page fill the window's width."""
        self._set_zoom(Fit.WIDTH)

    def fit_page(self) -> None:
        """Let a whole page be seen."""
        self._set_zoom(Fit.PAGE)

    def turn(self, quarters: int = 1) -> None:
        """Turn the pages clockwise."""
        self.pages.set_turn(self.pages.turn + quarters)

    # opening

    def _open(self, document: Document, password: str | None = None) -> None:
        self._show_message(_("Opening “{name}” …").format(name=document.name))
        self.shelf.open(document, password)

    def _open_locked(self, password: str) -> None:
        if self._current:
            self._open(self._current, password)

    def _opened(self, document: DocumentId) -> None:
        opened = self.shelf.get(self._current)
        if self._current and opened and self._current.sha256 == document:
            self._show(self._current, opened)

    def _refused(self, error: EsfError) -> None:
        self._then = None
        self._show_message(
            error.sentence(), locked=isinstance(error, LockedDocumentError) and error.opens_with_password
        )

    def _show(self, document: Document, opened: Opened) -> None:
        info = opened.document.info
        self.pages.show_document(None if opened.is_text else opened.document)
        self.text.show_blocks(opened.blocks)
        self._stack.setCurrentWidget(self.text if opened.is_text else self.pages)
        self.bar.show_pages(info.pages, readable=True)
        self.panel.show_document(opened.document)
        self.folds.offer(info)
        self.search.look_in(opened.document)
        self._notice.setText(" ".join(notice.sentence(document.name) for notice in info.notices))
        self._notice.setVisible(bool(info.notices))
        self._show_marks()
        place = self._places.get(document.sha256)
        if place is not None:
            self._go(place)
        self.bar.show_zoom(self._canvas().zoom)
        self.document_shown.emit(document)
        then, self._then = self._then, None
        if then:
            then()

    def _show_message(self, sentence: str, *, locked: bool = False) -> None:
        self.pages.show_document(None)
        self.text.show_blocks(())
        self.message.say(sentence, locked=locked)
        self._stack.setCurrentWidget(self.message)
        self.bar.show_pages((), readable=False)
        self.panel.show_document(None)
        self.folds.offer(None)
        self.search.look_in(None)
        self._notice.hide()

    def _show_nothing(self) -> None:
        self._current = None
        self.bar.show_documents([], 0)
        self._show_message(_("There are no documents in this application. Drop files on the window to add some."))

    def _show_marks(self) -> None:
        here = [m for m in self._marks if self._current and m.evidence.document == self._current.sha256]
        self._canvas().set_marks(here)

    def _leave(self) -> None:
        """Remember the place in the document on top, and stop what is done for it."""
        self._resting.stop()
        self.remember_place()
        self.shelf.cancel()
        self._then = None

    def _with(self, document: DocumentId, act: Callable[[], None]) -> None:
        """Do something once the document is open and on top."""
        if self._current is None or self._current.sha256 != document:
            self.show_document(document)
        if self.ready:
            act()
        else:
            self._then = act

    # moving

    def _remember(self) -> None:
        place = self.place()
        if place:
            self._back = [*self._back[-_STEPS_BACK:], place]

    def _go(self, place: Place) -> None:
        if self._canvas() is self.text:
            self.text.set_zoom(1.0 if isinstance(place.zoom, str) else place.zoom)
            self.text.scroll_to(place.page, place.share)
            return
        self.pages.set_turn(place.turn)
        fits = [fit.value for fit in Fit]
        zoom = place.zoom if isinstance(place.zoom, float) else Fit(place.zoom) if place.zoom in fits else Fit.WIDTH
        self.pages.set_zoom(zoom)
        self.pages.scroll_to(place.page, place.share)

    def _canvas(self) -> PageCanvas | TextCanvas:
        return self.text if self._stack.currentWidget() is self.text else self.pages

    def _set_zoom(self, zoom: float | Fit) -> None:
        if self._canvas() is self.pages:
            self.pages.set_zoom(zoom)
        else:
            self.text.set_zoom(1.0 if isinstance(zoom, Fit) else zoom)

    def _page_changed(self, page: int) -> None:
        self.bar.show_page(page)
        self.panel.thumbnails.show_page(page)
        self._show_page_text(page)

    def _show_names(self) -> None:
        if self._current in self.shelf.documents:
            names = [document.name for document in self.shelf.documents]
            counts = [self.shelf.count(document) for document in self.shelf.documents]
            self.bar.show_documents(names, self.shelf.documents.index(self._current), counts)

    def _show_page_text(self, page: int) -> None:
        """Follow the page that is read, unless its text is being read by itself."""
        pane = self.panel.page_text
        if pane.isVisible() and (page == pane.page or not pane.hasFocus()):
            self._put_page_text(page)

    def _put_page_text(self, page: int, *, at_end: bool = False) -> None:
        opened = self.shelf.get(self._current)
        if opened is not None and page < len(opened.document.info.pages):
            label = opened.document.info.pages[page].label
            self.panel.page_text.show_page(page, label, self.pages.text(page), at_end=at_end)
            self.panel.page_text.show_span(self.pages.selection.span)

    def _selected_in_text(self, span: Span) -> None:
        self.pages.selection.set(span)
        self.pages.show_caret()

    def _fold(self, which: int | None) -> None:
        self.panel.setVisible(which is not None)
        if which is None:
            self.focus_document()
            return
        self.panel.setCurrentIndex(which)
        side = min(theme.pixels(24 if which == PAGE_TEXT else 16), self._splitter.width() // 2)
        if self._splitter.sizes()[0] < (side if which == PAGE_TEXT else theme.pixels(3)):
            self._splitter.setSizes([side, self._splitter.width() - side])
        if which == PAGE_TEXT:
            self._put_page_text(self.pages.page)
        self.panel.focus_shown()

    # events

    def _selection_changed(self) -> None:
        span, pane = self.pages.selection.span, self.panel.page_text
        if span is not None and pane.isVisible():
            if pane.page not in span.pages:
                self._put_page_text(span.caret.page)
            pane.show_span(span)
        self.selected.emit(self.selection())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.ready or not self._stack.rect().contains(self._stack.mapFrom(self, event.pos())):
            return
        self._menu().popup(event.globalPos() if event.reason() is QContextMenuEvent.Reason.Mouse else self._at_caret())

    def _menu(self) -> QMenu:
        chosen = self.selection()
        page = self.pages.page
        text = self.pages.text(page) if self._canvas() is self.pages else None
        picture = text is not None and text.empty
        offers = Offers(
            self.copy,
            lambda letters: self.evidence_requested.emit(chosen, letters),
            (lambda: self.quote_field.ask(page, visible_rect(self.pages, page))) if picture else None,
        )
        return document_menu(self, offers, self._criteria, selected=chosen is not None)

    def _at_caret(self) -> QPoint:
        canvas = self._canvas()
        return canvas.mapToGlobal(canvas.rect().center())
