"""The pages of a document under each other: laid out, scrolled, zoomed, turned, marked and painted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from esf_desktop.documents.client import OpenDocument
from esf_desktop.documents.values import Hit
from esf_desktop.i18n import _
from esf_desktop.model import Rect
from ui import theme
from ui.assessor import page_painting as paint
from ui.assessor.fetcher import Fetcher
from ui.assessor.marks import Mark
from ui.assessor.page_layout import LARGEST, SMALLEST, Fit, PageLayout, fitting, next_step
from ui.assessor.page_selection import Selection, Span, Spot
from ui.assessor.page_text import ReadPage
from ui.assessor.pictures import PICTURE_BOUND, Picture, Pictures, texts, tiles, turned, whole
from ui.tasks import Tasks

_AHEAD, _BEHIND = 2, 1
"""Pages drawn before they are seen."""
_NO_PAGES = PageLayout((), 0, 1.0, 0)


@dataclass(frozen=True)
class Part:
    """What is selected of one page."""

    page: int
    quote: str
    rects: tuple[Rect, ...]


class PageCanvas(QAbstractScrollArea):
    """Shows one open document of pages; positions on a page are hundredths of a point from its upper left."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    selection_changed = Signal()
    scrolled = Signal()
    page_read = Signal(int)
    """The text of a page has come."""
    emptied = Signal()
    """Another document, or none, is about to be shown."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._colours = paint.colours()
        self._document: OpenDocument | None = None
        self._pictures: Pictures | None = None
        self._texts: Fetcher[int, ReadPage] | None = None
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._layout = _NO_PAGES
        self._zoom: float | Fit = Fit.WIDTH
        self._turn = 0
        self._page = 0
        self._marks: dict[int, list[Mark]] = {}
        self._hits: dict[int, list[Hit]] = {}
        self._flash: tuple[int, tuple[Rect, ...]] | None = None
        self._flash_strength = 0.0
        self._focus_by_key = False
        self.rubber: tuple[int, Rect] | None = None
        """A rectangle being drawn on a page, or waiting for its words."""
        self.selection = Selection(self.text, self)
        self.selection.changed.connect(self._selection_changed)
        self._build()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Pages of the document"))
        self._fading = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=1600)
        self._fading.valueChanged.connect(self._fade)

    # what is shown

    def show_document(self, document: OpenDocument | None) -> None:
        """Show the document from its first page, or nothing."""
        self.emptied.emit()
        for fetcher in (self._pictures, self._texts):
            if fetcher is not None:
                fetcher.stop()
                fetcher.deleteLater()
        self._document, self._pictures, self._texts = document, None, None
        self._marks, self._hits, self._flash, self._turn, self._page = {}, {}, None, 0, 0
        self._sizes = tuple((page.width, page.height) for page in document.info.pages) if document else ()
        if document:
            self._pictures = Pictures(document, self._tasks, PICTURE_BOUND, self)
            self._pictures.ready.connect(self._picture_came)
            self._texts = texts(document, self._tasks, self)
            self._texts.ready.connect(self._text_came)
        self.selection.clear()
        self._relayout()
        self.verticalScrollBar().setValue(0)
        self.page_changed.emit(0)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks, those of other documents left out by the caller."""
        self._marks = {}
        for mark in marks:
            if mark.evidence.page is not None:
                self._marks.setdefault(mark.evidence.page, []).append(mark)
        self.viewport().update()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show where a search found something."""
        self._hits = {}
        for hit in hits:
            if hit.page is not None:
                self._hits.setdefault(hit.page, []).append(hit)
        self.viewport().update()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def page_size(self, page: int) -> tuple[float, float]:
        """The width and height of a page in points, before any turn."""
        return self._sizes[page]

    @property
    def page(self) -> int:
        """The page that is read: the one a third down the window."""
        return self._page

    def text(self, page: int) -> ReadPage | None:
        """The page's text, or None until it has come; asking fetches it."""
        if self._texts is None:
            return None
        found = self._texts.get(page)
        if found is None:
            self._texts.want([page, *self._shown()])
        return found

    @property
    def sharp(self) -> bool:
        """Whether everything that is seen has its picture at this zoom."""
        if self._pictures is None or not self._sizes:
            return False
        wanted = [picture for page in self._shown() for picture in (self._whole(page), *self._tiles(page))]
        return all(self._pictures.get(picture) is not None for picture in wanted)

    # where it is

    @property
    def zoom(self) -> float:
        """The zoom in use, 1.0 for 100 %."""
        return self._layout.zoom

    @property
    def zoom_choice(self) -> float | Fit:
        """The zoom that was chosen: a share, or one that follows the window."""
        return self._zoom

    def set_zoom(self, zoom: float | Fit, around: QPointF | None = None) -> None:
        """Zoom, and keep the point of the viewport (its upper middle by default) where it is."""
        self._zoom = zoom if isinstance(zoom, Fit) else max(SMALLEST, min(LARGEST, zoom))
        self._relayout(around)

    def zoom_in(self) -> None:
        """Zoom to the next step."""
        self.set_zoom(next_step(self.zoom, +1))

    def zoom_out(self) -> None:
        """Zoom to the step before."""
        self.set_zoom(next_step(self.zoom, -1))

    @property
    def turn(self) -> int:
        """Quarter turns clockwise."""
        return self._turn

    def set_turn(self, turn: int) -> None:
        """Turn every page."""
        place = self.place()
        self._turn = turn % 4
        self._relayout()
        self.scroll_to(*place)

    def place(self) -> tuple[int, float]:
        """The page at the upper edge and how much of its height is above it."""
        if not self._sizes:
            return 0, 0.0
        page = self._layout.page_at(self._offset().y())
        rect = self._layout.rects[page]
        return page, (self._offset().y() - rect.top()) / rect.height()

    def scroll_to(self, page: int, share: float = 0.0) -> None:
        """Bring a place of a page to the upper edge."""
        if self._sizes:
            rect = self._layout.rects[max(0, min(page, self.pages - 1))]
            margin = 8 if share == 0 else 0
            self.verticalScrollBar().setValue(round(rect.top() + share * rect.height() - margin))

    def reveal(self, page: int, rects: Sequence[Rect], *, flash: bool = False) -> None:
        """Bring the rectangles into sight, a third down when they were not; without any, the page."""
        if not 0 <= page < self.pages:
            return
        if not rects:
            self.scroll_to(page)
            return
        places = [self._layout.on_sheet(page, rect) for rect in rects]
        seen = QRectF(self._offset(), self.viewport().size().toSizeF()).adjusted(0, 24, 0, -24)
        if not all(seen.contains(place.center()) for place in places[:1]):
            self.verticalScrollBar().setValue(round(places[0].top() - self.viewport().height() / 3))
            left, right = min(p.left() for p in places), max(p.right() for p in places)
            if left < seen.left() or right > seen.right():
                self.horizontalScrollBar().setValue(round((left + right - self.viewport().width()) / 2))
        if flash:
            self._flash = page, tuple(rects)
            self._fading.stop()
            self._fading.start()

    def on_viewport(self, page: int, rect: Rect) -> QRectF:
        """Where a rectangle of a page is on the screen, from the viewport's upper left."""
        return self._layout.on_sheet(page, rect).translated(-self._offset())

    def page_near(self, point: QPointF) -> int:
        """The page at a point of the viewport, or the one nearest above it."""
        return self._layout.page_at(self._offset().y() + point.y())

    def on_page(self, page: int, point: QPointF) -> QPointF:
        """A point of the viewport in the page's hundredths of a point."""
        return self._layout.on_page(page, self._offset() + point)

    def holds(self, page: int, point: QPointF) -> bool:
        """Whether a point of the viewport lies on the page."""
        return self._layout.rects[page].contains(self._offset() + point)

    def marks_at(self, point: QPointF) -> list[Mark]:
        """The marks under a point of the viewport."""
        if not self._sizes:
            return []
        page = self.page_near(point)
        place = self.on_page(page, point)
        return [
            mark
            for mark in self._marks.get(page, ())
            if any(r.left <= place.x() <= r.right and r.top <= place.y() <= r.bottom + 200 for r in mark.evidence.rects)
        ]

    def parts(self) -> tuple[Part, ...]:
        """What is selected, page by page; pages whose text has not come yet are left out."""
        region = self.selection.region
        if region:
            return (Part(region.page, region.quote, (region.rect,)),)
        span = self.selection.span
        if span is None or span.empty:
            return ()
        found = []
        for page in span.pages:
            text = self.text(page)
            if text is not None:
                start, end = span.on(page, len(text))
                found.append(Part(page, text.quote(start, end), text.rects(start, end)))
        return tuple(part for part in found if part.quote)

    def show_caret(self) -> None:
        """Bring the caret into sight."""
        caret = self._caret()
        if caret:
            self.show_place(*caret)

    def show_place(self, page: int, rect: Rect) -> None:
        """Scroll just as far as is needed to see a rectangle."""
        place = self.on_viewport(page, rect)
        for bar, first, last, room in (
            (self.verticalScrollBar(), place.top(), place.bottom(), self.viewport().height()),
            (self.horizontalScrollBar(), place.left(), place.right(), self.viewport().width()),
        ):
            if first < 16:
                bar.setValue(round(bar.value() + first - 48))
            elif last > room - 16:
                bar.setValue(round(bar.value() + last - room + 48))

    def caret_place(self) -> QRectF | None:
        """Where the caret is on the screen, from the viewport's upper left; None without one."""
        caret = self._caret()
        return self.on_viewport(*caret) if caret else None

    def first_spot(self) -> Spot:
        """The beginning of the first line that can be seen."""
        for page in self._shown():
            text = self.text(page)
            for line in text.lines if text else ():
                if self.on_viewport(page, line.rect).top() >= 0:
                    return Spot(page, line.start)
        return Spot(self._page, 0)

    def select(self, page: int, start: int, end: int) -> None:
        """Select a stretch of a page's text."""
        self.selection.set(Span(Spot(page, start), Spot(page, end)))
        self.text(page)

    def select_all(self) -> None:
        """Select all text of the page that is read."""
        text = self.text(self._page)
        if text:
            self.select(self._page, 0, len(text))

    # layout

    def _caret(self) -> tuple[int, Rect] | None:
        span = self.selection.span
        text = self.text(span.caret.page) if span else None
        rect = text.caret(span.caret.index) if span and text else None
        return (span.caret.page, rect) if span and rect else None

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _shown(self) -> range:
        top = self._offset().y()
        return self._layout.visible(top, top + self.viewport().height())

    def _relayout(self, around: QPointF | None = None) -> None:
        room = self.viewport().size().toSizeF()
        around = around or QPointF(room.width() / 2, 0)
        held: tuple[int, QPointF] | None = None
        if self._sizes and len(self._layout.rects) == self.pages and self._layout.turn == self._turn:
            page = self._layout.page_at(self._offset().y() + around.y())
            held = page, self._layout.on_page(page, self._offset() + around)
        zoom = self._zoom
        if isinstance(zoom, Fit):
            zoom = fitting(self._sizes, self._turn, zoom, self._page, room) if self._sizes else 1.0
        changed = zoom != self._layout.zoom
        self._layout = PageLayout(self._sizes, room.width(), zoom, self._turn)
        self._set_bars(room)
        if held:
            page, point = held
            sheet = self._layout.transform(page).map(point / 100) - around
            self.horizontalScrollBar().setValue(round(sheet.x()))
            self.verticalScrollBar().setValue(round(sheet.y()))
        if changed:
            self.zoom_changed.emit(zoom)
        self._moved()

    def _set_bars(self, room: QSizeF) -> None:
        for bar, length, seen in (
            (self.horizontalScrollBar(), self._layout.width, room.width()),
            (self.verticalScrollBar(), self._layout.height, room.height()),
        ):
            bar.setRange(0, max(0, round(length - seen)))
            bar.setPageStep(round(seen * 0.9))
            bar.setSingleStep(24)

    def _moved(self) -> None:
        if self._sizes:
            page = self._layout.page_at(self._offset().y() + self.viewport().height() / 3)
            if page != self._page:
                self._page = page
                self.page_changed.emit(page)
                self._tell()
        self._want()
        self.viewport().update()

    # fetching

    def _pixels(self) -> float:
        return self._layout.scale * self.devicePixelRatioF()

    def _whole(self, page: int) -> Picture:
        return whole(page, self._sizes[page], self._pixels(), self._turn, self._colours.paper.name())

    def _tiles(self, page: int) -> list[Picture]:
        back, _ = self._layout.transform(page).inverted()
        seen = back.mapRect(QRectF(self._offset(), self.viewport().size().toSizeF()))
        return tiles(page, self._sizes[page], self._pixels(), self._turn, self._colours.paper.name(), seen)

    def _near(self) -> list[int]:
        shown = self._shown()
        middle = self._page
        ahead = range(shown.stop, shown.stop + _AHEAD)
        behind = range(shown.start - 1, shown.start - 1 - _BEHIND, -1)
        pages = [*sorted(shown, key=lambda page: abs(page - middle)), *ahead, *behind]
        return [page for page in pages if 0 <= page < self.pages]

    def _want(self) -> None:
        if self._pictures is not None and self._texts is not None and self.isVisible():
            near = self._near()
            shown = self._shown()
            over = [tile for page in near if page in shown for tile in self._tiles(page)]
            self._pictures.want_only([*(self._whole(page) for page in near), *over])
            self._texts.want(near)

    def _picture_came(self, picture: Picture) -> None:
        self._want()
        if picture.page in self._shown():
            place = self._layout.rects[picture.page].translated(-self._offset())
            self.viewport().update(place.toAlignedRect().adjusted(-2, -2, 2, 2))

    def _text_came(self, page: int) -> None:
        span = self.selection.span
        if span and page in span.pages:
            self.selection_changed.emit()
        if page in self._shown():
            self.viewport().update()
        self.page_read.emit(page)
        if page == self._page:
            self._tell()

    def _tell(self) -> None:
        """Let a screen reader know which page is read, and what it says."""
        text = self._texts.get(self._page) if self._texts else None
        self.setAccessibleName(_("Page {n} of {m}").format(n=self._page + 1, m=self.pages))
        self.setAccessibleDescription(text.quote(0, len(text)) if text else "")

    def _selection_changed(self) -> None:
        self.viewport().update()
        self.selection_changed.emit()

    def _fade(self, strength: float) -> None:
        self._flash_strength = strength
        self.viewport().update()

    # painting

    def _paint_page(self, painter: QPainter, page: int, rect: QRectF) -> None:
        paint.paint_paper(painter, rect, self._colours)
        if self._pictures is None:
            return
        wanted, ratio = self._whole(page), self.devicePixelRatioF()
        image = self._pictures.nearest(wanted)
        over = self._tiles(page)
        if image is not None:
            exact = self._pictures.get(wanted) is not None and not over
            paint.paint_picture(painter, rect, image, exact=exact, ratio=ratio)
        for tile in over:
            image = self._pictures.get(tile)
            if image is not None and tile.clip:
                right, down = turned(tile.clip, self._sizes[page], tile.scale, self._turn)
                corner = QPointF(round(rect.left() * ratio) + right, round(rect.top() * ratio) + down) / ratio
                paint.paint_picture(painter, QRectF(corner, rect.size()), image, exact=True, ratio=ratio)
        failure = self._pictures.failure(wanted)
        if failure is not None:
            paint.paint_sentence(painter, rect, failure.sentence(), self.font())
        self._paint_hits(painter, page)
        self._paint_marks(painter, page, rect)
        self._paint_selection(painter, page)
        if self._flash and self._flash[0] == page and self._flash_strength > 0:
            places = [self.on_viewport(page, r) for r in self._flash[1]]
            paint.paint_frame(painter, places, self._colours.flash, self._flash_strength)

    def _paint_hits(self, painter: QPainter, page: int) -> None:
        for hit in self._hits.get(page, ()):
            paint.paint_over(painter, [self.on_viewport(page, r) for r in hit.rects], paint.HIT)

    def _paint_marks(self, painter: QPainter, page: int, rect: QRectF) -> None:
        before: dict[int, float] = {}
        painted: list[list[QRectF]] = []
        for mark in self._marks.get(page, ()):
            places = [self.on_viewport(page, r) for r in mark.evidence.rects]
            level = sum(any(place.intersects(other) for place in places for other in old) for old in painted)
            paint.paint_over(painter, places, mark.fill)
            paint.paint_underline(painter, places, mark, level)
            painted.append(places)
            if places:
                row = round(places[0].top() / 12)
                before[row] = paint.paint_letters(
                    painter, rect, places[0].top(), mark, before.get(row, 0.0), theme.code_font(0.72)
                )

    def _paint_selection(self, painter: QPainter, page: int) -> None:
        region = self.selection.region
        if region and region.page == page:
            paint.paint_over(painter, [self.on_viewport(page, region.rect)], paint.SELECTION)
        if self.rubber and self.rubber[0] == page:
            place = self.on_viewport(page, self.rubber[1])
            paint.paint_over(painter, [place], paint.SELECTION)
            paint.paint_frame(painter, [place.adjusted(3, 2, -3, -3)], self._colours.flash)
        span = self.selection.span
        text = self.text(page) if span and page in span.pages else None
        if span is None or text is None:
            return
        start, end = span.on(page, len(text))
        paint.paint_over(painter, [self.on_viewport(page, r) for r in text.rects(start, end)], paint.SELECTION)
        caret = self._caret()
        if caret and caret[0] == page and self.hasFocus():
            paint.paint_caret(painter, self.on_viewport(*caret))

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._colours.desk)
        for page in self._shown():
            rect = self._layout.rects[page].translated(-self._offset())
            if rect.adjusted(-2, -2, 2, 2).intersects(event.rect().toRectF()):
                self._paint_page(painter, page, rect)
        if self.hasFocus() and self._focus_by_key:
            painter.setPen(QPen(self._colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._moved()
        self.scrolled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._relayout()
        self.scrolled.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._want()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._colours = paint.colours()
            self._want()
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._focus_by_key = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            marks = self.marks_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "\n\n".join(mark.words for mark in marks), self.viewport())
            return True
        return super().viewportEvent(event)
