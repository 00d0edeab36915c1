"""All evidence of an application in the order of its documents; that of one criterion alone if wished."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _
from esf_desktop.model import CriterionId, Document
from ui import theme
from ui.actions import Actions
from ui.assessor.evidence_list import place_word
from ui.assessor.marks import Mark, in_document_order
from ui.widgets.plain import label, with_key

_MARK = int(Qt.ItemDataRole.UserRole)
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_LONGEST = 110
"""Characters of a quote; the rest is in its tool tip."""


class EvidenceSide(QWidget):
    """Shows marks under the names of their documents; tells which one is opened or let go."""

    opened = Signal(object)
    removed = Signal(object)
    filtered = Signal(bool)

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self._actions = actions
        self.only = QToolButton()
        self.only.setCheckable(True)
        self.only.setProperty("role", "answer")
        self.only.setMinimumWidth(theme.pixels(3))
        self.only.clicked.connect(self.filtered)
        row = QHBoxLayout()
        row.setContentsMargins(theme.pixels(0.6), theme.pixels(0.4), theme.pixels(0.6), theme.pixels(0.4))
        key = actions.key("only_this")
        self.only.setAccessibleDescription(key)
        row.addWidget(with_key(self.only, key))
        row.addStretch(1)
        self.list = _List()
        self.list.setAccessibleName(_("Evidence in this application"))
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        self.list.let_go.connect(self._remove)
        self._nothing = label("", "small", wrap=True)
        self._nothing.setContentsMargins(*(theme.pixels(0.7),) * 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def show_marks(self, marks: Sequence[Mark], documents: Sequence[Document], only: CriterionId | None) -> None:
        """Show these, which are those of one criterion if one is named."""
        self.only.setChecked(only is not None)
        self.only.setText(_("Only {criterion}").format(criterion=only) if only else _("Only the open criterion"))
        place = self.list.currentRow()
        self.list.clear()
        names = {document.sha256: document.name for document in documents}
        document = None
        for mark in in_document_order(marks, documents):
            if mark.evidence.document != document:
                document = mark.evidence.document
                heading = QListWidgetItem(names.get(document, _("In a document that is not here")))
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(heading)
            self.list.addItem(_item(mark))
        self.list.setVisible(bool(marks))
        self.setFocusProxy(self.list if marks else self.only)
        self._nothing.setVisible(not marks)
        key = self._actions.key("evidence")
        self._nothing.setText(
            _("Nothing yet. Select words in the document and press {key}, or drag them to a criterion.").format(key=key)
        )
        if marks:
            self.list.setCurrentRow(max(1, min(place, self.list.count() - 1)))

    def _open(self, item: QListWidgetItem) -> None:
        mark = item.data(_MARK)
        if mark is not None:
            self.opened.emit(mark)

    def _remove(self) -> None:
        item = self.list.currentItem()
        mark = item.data(_MARK) if self.list.count() else None
        if mark is not None:
            self.removed.emit(mark)


class _List(QListWidget):
    """The list itself; Delete lets go of the current row."""

    let_go = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.let_go.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Delegate(QStyledItemDelegate):
    """A document's name, or the criterion's letters in its colour, the place, and the quote below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        mark = index.data(_MARK)
        if mark is None:
            return QSize(0, theme.pixels(2.0))
        return QSize(0, round(self._head() + self._quote(mark, self._room()).height() + theme.pixels(1.0)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        mark = index.data(_MARK)
        chosen = bool(state & QStyle.StateFlag.State_Selected) and mark is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("selected" if chosen else "surface"))
        left = rect.left() + theme.pixels(0.7)
        if mark is None:
            painter.setFont(theme.font(0.86, bold=True))
            painter.setPen(theme.colour("muted"))
            room = rect.width() - theme.pixels(1.4)
            name = QFontMetricsF(painter.font()).elidedText(index.data(), Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(QRectF(left, rect.top(), rect.width(), rect.height()), _MIDDLE, name)
        else:
            self._paint_mark(painter, QRectF(rect), left, mark)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRectF, left: float, mark: Mark) -> None:
        top = rect.top() + theme.pixels(0.45)
        letters = theme.code_font(0.78)
        width = QFontMetricsF(letters).horizontalAdvance(mark.criterion) + theme.pixels(0.6)
        tag = QRectF(left, top, width, theme.pixels(1.2))
        painter.setPen(QPen(mark.edge, 1))
        painter.setBrush(mark.fill)
        painter.drawRoundedRect(tag, 3, 3)
        painter.setFont(letters)
        painter.setPen(mark.line)
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), mark.criterion)
        painter.setFont(theme.font(0.86, bold=True))
        painter.setPen(theme.colour("accent"))
        place = QRectF(tag.right() + theme.pixels(0.5), top, rect.right() - tag.right(), tag.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), place_word(mark.evidence))
        quote = self._quote(mark, self._room())
        painter.setFont(theme.font(0.9))
        painter.setPen(theme.colour("ink"))
        painter.drawText(quote.translated(left, rect.top() + self._head()), _WRAP, _words(mark))

    @staticmethod
    def _head() -> float:
        return theme.pixels(1.85)

    def _room(self) -> float:
        view = self.parent()
        assert isinstance(view, QListWidget)
        return max(60.0, view.viewport().width() - theme.pixels(1.3))

    @staticmethod
    def _quote(mark: Mark, width: float) -> QRectF:
        metrics = QFontMetricsF(theme.font(0.9))
        box = metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAP, _words(mark))
        return QRectF(0, 0, width, box.height())


def _item(mark: Mark) -> QListWidgetItem:
    item = QListWidgetItem(f"{mark.criterion} {place_word(mark.evidence)} {_words(mark)}")
    item.setData(_MARK, mark)
    item.setToolTip(mark.words)
    return item


def _words(mark: Mark) -> str:
    words = mark.evidence.quote
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    quote = _("“{quote}”").format(quote=words)
    return f"{mark.fault} {quote}" if mark.fault else quote
