"""The evidence of one criterion: page and quote in a line each; a click leads to the place, a cross lets it go."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Evidence
from ui import theme
from ui.assessor.marks import Mark
from ui.widgets import icon
from ui.widgets.plain import clear


def place_word(evidence: Evidence) -> str:
    """Where the quote stands: `p. 14`, or the paragraph of a text document."""
    if evidence.page is not None:
        return _("p. {page}").format(page=evidence.label or evidence.page + 1)
    return _("para. {n}").format(n=(evidence.block or 0) + 1)


class EvidenceList(QWidget):
    """Shows marks and tells which one a person opens or lets go, by its place in the list."""

    opened = Signal(object)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Mark, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these, in this order."""
        if tuple(marks) == self._shown:
            return
        self._shown = tuple(marks)
        clear(self._column)
        for number, mark in enumerate(marks):
            self._column.addWidget(self._row(number, mark))
        self.setVisible(bool(marks))

    def _row(self, number: int, mark: Mark) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        quote = Quote(mark)
        quote.clicked.connect(lambda: self.opened.emit(mark.evidence))
        remove = QToolButton()
        remove.setProperty("role", "quiet")
        remove.setIcon(icon.icon("close", "muted"))
        remove.setIconSize(QSize(theme.pixels(0.75), theme.pixels(0.75)))
        remove.setAccessibleName(_("Remove the evidence on {place}").format(place=place_word(mark.evidence)))
        remove.setToolTip(_("Remove the evidence"))
        remove.clicked.connect(lambda: self.removed.emit(number))
        line.addWidget(quote, 1)
        line.addWidget(remove)
        return row


class Quote(QAbstractButton):
    """One piece of evidence in a line; pressing it leads to its place."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        place, quote = place_word(mark.evidence), mark.evidence.quote
        self.setAccessibleName(_("{place}: “{quote}”").format(place=place, quote=quote))
        self.setToolTip(_("{place}: “{quote}”").format(place=place, quote=quote))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(12), theme.pixels(1.8))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        bold, small = theme.font(0.86, bold=True), theme.font(0.86)
        place = place_word(self._mark.evidence)
        swatch = QRectF(1, whole.center().y() - theme.pixels(0.55), 4, theme.pixels(1.1))
        painter.setPen(QPen(self._mark.line, 1))
        painter.setBrush(self._mark.fill)
        painter.drawRoundedRect(swatch, 1.5, 1.5)
        left = swatch.right() + theme.pixels(0.5)
        painter.setFont(bold)
        painter.setPen(theme.colour("accent"))
        width = QFontMetricsF(bold).horizontalAdvance(place)
        side = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, width + 2, whole.height()), side, place)
        left += width + theme.pixels(0.6)
        painter.setFont(small)
        painter.setPen(theme.colour("ink"))
        quote = QFontMetricsF(small).elidedText(
            _("“{quote}”").format(quote=self._mark.evidence.quote), Qt.TextElideMode.ElideRight, whole.right() - left
        )
        painter.drawText(QRectF(left, 0, whole.right() - left, whole.height()), side, quote)
        if self.underMouse():
            painter.setPen(QPen(theme.colour("accent"), 1))
            drawn = QFontMetricsF(small).horizontalAdvance(quote)
            bottom = whole.center().y() + theme.pixels(0.6)
            painter.drawLine(round(left), round(bottom), round(left + drawn), round(bottom))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
