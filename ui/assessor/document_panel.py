"""The side of a document that can be folded out: thumbnails, table of contents, search hits, the page's text."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from esf_desktop.documents.client import OpenDocument
from esf_desktop.documents.values import Hit, OutlineItem, PageInfo
from esf_desktop.i18n import _
from ui import theme
from ui.assessor.page_painting import HIT
from ui.assessor.page_text_pane import PageTextPane
from ui.assessor.pictures import THUMBNAIL_BOUND, Picture, Pictures
from ui.tasks import Tasks

_THUMBNAIL = 120
"""Pixels across the widest page."""
_ROLE = int(Qt.ItemDataRole.UserRole)


class DocumentPanel(QStackedWidget):
    """Three lists and a text, of which one is seen; choosing in a list tells where to go."""

    page_wanted = Signal(int)
    hit_wanted = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setMinimumWidth(theme.pixels(8))
        self.thumbnails = Thumbnails(tasks)
        self.thumbnails.chosen.connect(self.page_wanted)
        self.outline = QTreeWidget()
        self.outline.setHeaderHidden(True)
        self.outline.setAccessibleName(_("Contents"))
        self.outline.setIndentation(14)
        self.outline.itemActivated.connect(self._contents_chosen)
        self.outline.itemClicked.connect(self._contents_chosen)
        self.hits = QListWidget()
        self.hits.setAccessibleName(_("Search hits"))
        self.hits.setItemDelegate(_HitDelegate(self.hits))
        self.hits.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.itemActivated.connect(self._hit_chosen)
        self.hits.itemClicked.connect(self._hit_chosen)
        self.page_text = PageTextPane()
        for part in (self.thumbnails, self.outline, self.hits, self.page_text):
            self.addWidget(part)

    def focus_shown(self) -> None:
        """Give the keyboard to the list, or the text, that is seen."""
        shown = self.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_document(self, document: OpenDocument | None) -> None:
        """Show the document's pages and contents, and no hits."""
        self.thumbnails.show_document(document)
        self._show_outline(document.info.outline if document else ())
        self.hits.clear()

    def show_hits(self, hits: Sequence[Hit], pages: Sequence[PageInfo]) -> None:
        """List the hits with the text around each."""
        self.hits.clear()
        for hit in hits:
            where = ""
            if hit.page is not None:
                where = _("p. {n}").format(n=pages[hit.page].label or hit.page + 1)
            item = QListWidgetItem(f"{where} {hit.before}{hit.match}{hit.after}".strip())
            item.setData(_ROLE, (where, hit.before[-40:], hit.match, hit.after))
            self.hits.addItem(item)

    def show_hit(self, number: int) -> None:
        """Point out the hit that is shown."""
        self.hits.setCurrentRow(number)

    def _show_outline(self, items: Sequence[OutlineItem]) -> None:
        self.outline.clear()
        above: list[tuple[int, QTreeWidgetItem]] = []
        for item in items:
            line = QTreeWidgetItem([item.title])
            line.setToolTip(0, item.title)
            line.setData(0, _ROLE, item.page)
            while above and above[-1][0] >= item.level:
                above.pop()
            if above:
                above[-1][1].addChild(line)
            else:
                self.outline.addTopLevelItem(line)
            above.append((item.level, line))
        self.outline.expandToDepth(1)

    def _contents_chosen(self, item: QTreeWidgetItem) -> None:
        page = item.data(0, _ROLE)
        if page is not None:
            self.page_wanted.emit(page)

    def _hit_chosen(self, item: QListWidgetItem) -> None:
        self.hit_wanted.emit(self.hits.row(item))


class Thumbnails(QListWidget):
    """Every page small, drawn when it comes into sight."""

    chosen = Signal(int)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._pictures: Pictures | None = None
        self._scale = 0.0
        self.setAccessibleName(_("Thumbnails"))
        self.setItemDelegate(_ThumbnailDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(lambda item: self.chosen.emit(self.row(item)))
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))

    def show_document(self, document: OpenDocument | None) -> None:
        """Show the document's pages, or nothing."""
        if self._pictures is not None:
            self._pictures.stop()
            self._pictures.deleteLater()
            self._pictures = None
        self.clear()
        if document is None or not document.info.pages:
            return
        self._pictures = Pictures(document, self._tasks, THUMBNAIL_BOUND, self)
        self._pictures.ready.connect(self._came)
        self._scale = _THUMBNAIL / max(page.width for page in document.info.pages)
        for n, page in enumerate(document.info.pages):
            item = QListWidgetItem(_("Page {n}").format(n=page.label or n + 1))
            item.setData(_ROLE, (page.width * self._scale, page.height * self._scale))
            self.addItem(item)

    def show_page(self, page: int) -> None:
        """Point out the page that is read."""
        if page < self.count():
            self.setCurrentRow(page)

    def picture(self, page: int) -> Picture:
        """The picture that is wanted of a page."""
        return Picture(page, round(self._scale * self.devicePixelRatioF(), 7), 0, "#ffffff")

    @property
    def pictures(self) -> Pictures | None:
        """The pictures that have come."""
        return self._pictures

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._pictures is not None:
            first = self.indexAt(self.viewport().rect().topLeft()).row()
            last = self.indexAt(self.viewport().rect().bottomLeft()).row()
            shown = range(max(0, first), (last if last >= 0 else self.count() - 1) + 1)
            self._pictures.want(self.picture(page) for page in shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _came(self, picture: Picture) -> None:
        self.viewport().update()


class _ThumbnailDelegate(QStyledItemDelegate):
    """A small page with its number under it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        _width, height = index.data(_ROLE)
        return QSize(_THUMBNAIL + 20, round(height) + theme.pixels(1.4) + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, chosen, focused = _ground(painter, option)
        width, height = index.data(_ROLE)
        page = QRectF(rect.left() + (rect.width() - width) / 2, rect.top() + 8, width, height)
        painter.fillRect(page.adjusted(-1, -1, 1, 1), theme.colour("border_strong"))
        painter.fillRect(page, QColor("white"))
        thumbnails = self.parent()
        assert isinstance(thumbnails, Thumbnails)
        image = thumbnails.pictures.nearest(thumbnails.picture(index.row())) if thumbnails.pictures else None
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, image)
        painter.setPen(theme.colour("accent" if chosen else "muted"))
        painter.setFont(theme.font(0.86, bold=chosen))
        words = QRectF(rect.left(), page.bottom() + 3, rect.width(), theme.pixels(1.4))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), index.data())
        _focus(painter, rect, focused=focused)
        painter.restore()


class _HitDelegate(QStyledItemDelegate):
    """The page of a hit, and its words in their context."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, round(self._text(index, self._room()).size().height()) + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect, _chosen, focused = _ground(painter, option)
        painter.translate(rect.left() + 10, rect.top() + 6)
        self._text(index, rect.width() - 20).drawContents(painter)
        painter.translate(-rect.left() - 10, -rect.top() - 6)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        _focus(painter, rect, focused=focused)
        painter.restore()

    def _room(self) -> int:
        hits = self.parent()
        assert isinstance(hits, QListWidget)
        return hits.viewport().width() - 20

    @staticmethod
    def _text(index: QModelIndex | QPersistentModelIndex, width: int) -> QTextDocument:
        where, before, match, after = index.data(_ROLE)
        colours = theme.tokens()
        text = QTextDocument()
        text.setDocumentMargin(0)
        text.setDefaultFont(theme.font(0.9))
        text.setTextWidth(max(60, width))
        place = f'<b style="color:{colours.accent}">{escape(where)}</b>&nbsp; ' if where else ""
        found = f'<b style="background:{HIT.name()};color:#1E2A27">{escape(match)}</b>'
        text.setHtml(
            f'<span style="color:{colours.ink}">{place}…{escape(before.lstrip())}{found}{escape(after)}…</span>'
        )
        return text


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> tuple[QRect, bool, bool]:
    """The row's place, whether it is chosen and whether it has the focus; its ground is painted. Saves the painter."""
    rect: QRect = option.rect
    state: QStyle.StateFlag = option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    painter.save()
    painter.fillRect(rect, theme.colour("selected" if chosen else "surface"))
    return rect, chosen, bool(state & QStyle.StateFlag.State_HasFocus)


def _focus(painter: QPainter, rect: QRect, *, focused: bool) -> None:
    if focused:
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
