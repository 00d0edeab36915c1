"""One application's documents, side by side with the form: read, searched, selected in, and marked with evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.documents.client import Documents
from esf_desktop.documents.errors import LockedDocumentError
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import CriterionId, Document, DocumentId, Evidence
from ui import theme
from ui.assessor.document_bar import DocumentBar
from ui.assessor.document_folds import DocumentFolds
from ui.assessor.document_message import DocumentMessage
from ui.assessor.document_panel import DocumentPanel
from ui.assessor.document_search import DocumentSearch
from ui.assessor.document_shelf import DocumentShelf, Opened
from ui.assessor.marks import Mark
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.page_hand import PageHand
from ui.assessor.page_layout import Fit
from ui.assessor.quote_field import QuoteField, visible_rect
from ui.assessor.text_canvas import TextCanvas
from ui.tasks import Tasks

_STEPS_BACK = 50
_FEW = 60
"""Selected characters that are taken over into the search field."""


@dataclass(frozen=True)
class Place:
    """Where in a document one reads: page and share of it above the window, zoom and quarter turns."""

    document: DocumentId
    page: int = 0
    share: float = 0.0
    zoom: float | str = Fit.WIDTH.value
    turn: int = 0


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

    def __init__(self, documents: Documents, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shelf = DocumentShelf(documents, tasks, self)
        self._current: Document | None = None
        self._places: dict[DocumentId, Place] = {}
        self._back: list[Place] = []
        self._marks: tuple[Mark, ...] = ()
        self._criteria: tuple[tuple[CriterionId, str], ...] = ()
        self._then: Callable[[], None] | None = None
        self._build(tasks)
        self._connect()
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
        self.bar.zoom_stepped.connect(lambda step: self.zoom_in() if step > 0 else self.zoom_out())
        self.bar.zoom_chosen.connect(self._set_zoom)
        self.bar.turned.connect(lambda quarters: self.pages.set_turn(self.pages.turn + quarters))
        self.bar.left.connect(self.focus_document)
        self.panel.page_wanted.connect(self.go_to_page)
        self.folds.folded.connect(self._fold)
        self.search.found.connect(self.folds.count_hits)
        self.pages.page_changed.connect(self._page_changed)
        for canvas in (self.pages, self.text):
            canvas.zoom_changed.connect(self.bar.show_zoom)
            canvas.selection_changed.connect(self._selection_changed)
            canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.hand.mark_clicked.connect(self.evidence_clicked)
        self.text.mark_clicked.connect(self.evidence_clicked)
        self.message.password_typed.connect(self._open_locked)

    # what is shown

    def show_documents(self, documents: tuple[Document, ...], load: Callable[[DocumentId], bytes]) -> None:
        """Show an application's documents, the first on top; those that were open before are let go."""
        if documents == self.shelf.documents:
            return
        self._leave()
        self._current, self._back = None, []
        self.pages.show_document(None)
        self.panel.show_document(None)
        self.shelf.fill(documents, load)
        if documents:
            self.show_document(documents[0].sha256)
        else:
            self._show_nothing()

    def show_document(self, document: DocumentId) -> None:
        """Put this document on top, where it was left; one that is not here is passed over."""
        wanted = self.shelf.find(document)
        if wanted is None:
            return
        self._leave()
        self._current = wanted
        self.bar.show_documents([d.name for d in self.shelf.documents], self.shelf.documents.index(wanted))
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
            return Place(self._current.sha256, 0, self.text.place, self.text.zoom)
        zoom = self.pages.zoom_choice
        page, share = self.pages.place()
        return Place(self._current.sha256, page, share, zoom.value if isinstance(zoom, Fit) else zoom, self.pages.turn)

    def restore_place(self, place: Place) -> None:
        """Go to a place that was remembered; one in a document that is not here is passed over."""
        if self.shelf.find(place.document):
            self._places[place.document] = place
            self._with(place.document, lambda: self._go(place))

    def go_to_page(self, page: int) -> None:
        """Show a page from its upper edge, and remember where one was."""
        self._remember()
        self.pages.scroll_to(page)
        self.focus_document()

    def focus_document(self) -> None:
        """Give the keyboard to the document."""
        (self._canvas() if self.ready else self.message).setFocus(Qt.FocusReason.OtherFocusReason)

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

    def turn(self) -> None:
        """Turn the pages a quarter clockwise."""
        self.pages.set_turn(self.pages.turn + 1)

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
        self._show_message(error.sentence(), locked=isinstance(error, LockedDocumentError))

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
        if document.sha256 in self._places:
            self._go(self._places[document.sha256])
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
        place = self.place()
        if place:
            self._places[place.document] = place
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
            self.text.scroll_to(place.share)
            return
        self.pages.set_turn(place.turn)
        self.pages.set_zoom(Fit(place.zoom) if isinstance(place.zoom, str) else place.zoom)
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

    def _fold(self, which: int | None) -> None:
        self.panel.setVisible(which is not None)
        if which is None:
            self.focus_document()
            return
        self.panel.setCurrentIndex(which)
        if self._splitter.sizes()[0] < theme.pixels(3):
            side = theme.pixels(16)
            self._splitter.setSizes([side, max(side, self._splitter.width() - side)])
        (self.panel.thumbnails, self.panel.outline, self.panel.hits)[which].setFocus(Qt.FocusReason.OtherFocusReason)

    # events

    def _selection_changed(self) -> None:
        self.selected.emit(self.selection())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.ready or not self._stack.rect().contains(self._stack.mapFrom(self, event.pos())):
            return
        self._menu().popup(event.globalPos() if event.reason() is QContextMenuEvent.Reason.Mouse else self._at_caret())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self.selection()
        copy = menu.addAction(_("Copy"))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(self.copy)
        for action in (copy, *self._evidence_actions(menu, chosen)):
            action.setEnabled(chosen is not None)
        text = self.pages.text(self.pages.page) if self._canvas() is self.pages else None
        if text is not None and text.empty:
            page = self.pages.page
            typed = menu.addAction(_("Type a quote from the page…"))
            typed.triggered.connect(lambda: self.quote_field.ask(page, visible_rect(self.pages, page)))
        return menu

    def _evidence_actions(self, menu: QMenu, chosen: Evidence | None) -> list[QAction]:
        if not self._criteria:
            action = menu.addAction(_("Evidence for…"))
            action.triggered.connect(lambda: self.evidence_requested.emit(chosen, None))
            return [action]
        inner = menu.addMenu(_("Evidence for"))
        for letters, title in self._criteria:
            action = inner.addAction(f"{letters}  {title}".replace("&", "&&"))
            action.triggered.connect(
                lambda _checked=False, letters=letters: self.evidence_requested.emit(chosen, letters)
            )
        return [inner.menuAction()]

    def _at_caret(self) -> QPoint:
        canvas = self._canvas()
        return canvas.mapToGlobal(canvas.rect().center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = QKeySequence.StandardKey
        acts = (
            (keys.Copy, self.copy),
            (keys.Find, self.start_search),
            (keys.FindNext, self.find_next),
            (keys.FindPrevious, self.find_previous),
            (keys.ZoomIn, self.zoom_in),
            (keys.ZoomOut, self.zoom_out),
        )
        for key, act in acts:
            if event.matches(key):
                act()
                return
        if event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        elif event.key() == Qt.Key.Key_0 and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fit_width()
        else:
            super().keyPressEvent(event)
