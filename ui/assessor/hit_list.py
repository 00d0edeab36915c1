"""A list of places with the words found in them: a caption, the text around with the words marked, and headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.assessor.page_painting import HIT

Index = QModelIndex | QPersistentModelIndex
SHOWN = Qt.ItemDataRole.UserRole
_INK = "#1E2A27"
"""Of found words, which stand on a marker's yellow in every theme."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: where it stands, the text in pieces of which every second was found, and what it leads to."""

    caption: str
    pieces: tuple[str, ...] = ()
    target: object = None
    """None for a heading, which leads nowhere."""
    aside: str = ""
    """Said at the right edge of a heading."""

    @property
    def words(self) -> str:
        """The row for a screen reader."""
        text = "".join(self.pieces)
        return ", ".join(part for part in (self.caption, self.aside, text) if part)


class HitList(QListWidget):
    """Tells which place a person opens, by click, Enter or Space."""

    chosen = Signal(object)
    pointed = Signal(object)
    """The place that the arrow keys or the mouse have come to."""

    def __init__(self, name: str, *, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.setAccessibleName(name)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)
        self.currentItemChanged.connect(self._point)

    def show_rows(self, rows: Sequence[Shown]) -> None:
        """Show these instead; nothing is pointed at."""
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.words)
            item.setData(SHOWN, row)
            if row.target is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.blockSignals(False)

    def step(self, step: int) -> object | None:
        """Point at the next place (+1) or the one before (-1), and answer what it leads to; None at the end."""
        row = self.currentRow()
        while 0 <= (row := row + step) < self.count():
            item = self.item(row)
            if item.data(SHOWN).target is not None:
                self.setCurrentItem(item)
                self.scrollToItem(item)
                return item.data(SHOWN).target  # type: ignore[no-any-return]
        return None

    def begin(self) -> None:
        """Give the keyboard to the first place."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.currentRow() < 0:
            self.step(+1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentRow() >= 0:
            self._choose(self.currentItem())
            return
        if event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        target = item.data(SHOWN).target
        if target is not None:
            self.chosen.emit(target)

    def _point(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None and item.data(SHOWN).target is not None:
            self.pointed.emit(item.data(SHOWN).target)


class _Delegate(QStyledItemDelegate):
    """Draws a heading, or a caption with the text around what was found."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(SHOWN).target is None:
            return QSize(0, theme.pixels(2.9))
        return QSize(0, theme.pixels(1.0) + theme.pixels(1.3) + round(self._lines() * self._line()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown, rect = index.data(SHOWN), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if shown.target is None:
            self._paint_heading(painter, QRectF(rect), shown)
        else:
            state = option.state
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            over = bool(state & QStyle.StateFlag.State_MouseOver)
            painter.fillRect(rect, theme.colour("selected" if chosen else "hover" if over else "surface"))
            self._paint_place(painter, QRectF(rect), shown)
            if chosen:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("line"))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, shown: Shown) -> None:
        painter.fillRect(rect, theme.colour("window"))
        inner = rect.adjusted(theme.pixels(1.0), theme.pixels(0.4), -theme.pixels(1.0), 0)
        painter.setFont(theme.font(0.86))
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown.aside)
        room = inner.width() - QFontMetricsF(theme.font(0.86)).horizontalAdvance(shown.aside) - theme.pixels(1)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink"))
        cut = QFontMetricsF(theme.font(bold=True)).elidedText(shown.caption, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cut)

    def _paint_place(self, painter: QPainter, rect: QRectF, shown: Shown) -> None:
        inner = rect.adjusted(theme.pixels(1.0), theme.pixels(0.5), -theme.pixels(0.8), -theme.pixels(0.4))
        painter.setFont(theme.font(0.86, bold=True))
        painter.setPen(theme.colour("accent"))
        caption = QFontMetricsF(theme.font(0.86, bold=True)).elidedText(
            shown.caption, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), theme.pixels(1.25)), caption)
        painter.setPen(theme.colour("ink"))
        layout, marks = _layout(shown.pieces)
        layout.beginLayout()
        for n in range(self._lines()):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(inner.width())
            line.setPosition(QPointF(0, n * self._line()))
        layout.endLayout()
        layout.draw(painter, QPointF(inner.left(), inner.top() + theme.pixels(1.3)), marks)

    def _lines(self) -> int:
        hits = self.parent()
        assert isinstance(hits, HitList)
        return hits.lines

    @staticmethod
    def _line() -> float:
        return QFontMetricsF(theme.font(0.93)).lineSpacing()


def _layout(pieces: Sequence[str]) -> tuple[QTextLayout, list[QTextLayout.FormatRange]]:
    layout = QTextLayout("".join(pieces), theme.font(0.93))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    marks, at = [], 0
    for n, piece in enumerate(pieces):
        length = len(piece.encode("utf-16-le")) // 2
        if n % 2:
            mark = QTextLayout.FormatRange()
            mark.start, mark.length = at, length
            mark.format = QTextCharFormat()
            mark.format.setBackground(HIT)
            mark.format.setForeground(QColor(_INK))
            mark.format.setFontWeight(600)
            marks.append(mark)
        at += length
    layout.setFormats(marks)
    return layout, marks
