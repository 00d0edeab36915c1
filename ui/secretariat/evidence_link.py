"""One piece of evidence as it was quoted, on as many lines as it needs; pressing it opens its place."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from esf_desktop.i18n import _
from esf_desktop.model import Evidence
from ui import theme
from ui.assessor.evidence_list import place_word


class EvidenceLink(QAbstractButton):
    """Shows where a quote stands, and the quote."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self._place, self._quote = place_word(evidence), _("“{quote}”").format(quote=evidence.quote)
        said = _("{place}: “{quote}”").format(place=self._place, quote=evidence.quote)
        self.setAccessibleName(said)
        self.setAccessibleDescription(_("Opens the document there"))
        self.setToolTip(_("Opens the document there"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        wanted = theme.pixels(14)
        return QSize(wanted, self.heightForWidth(max(self.width(), wanted)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(6), theme.pixels(1.6))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._laid_out(width).boundingRect().height()) + 2 * self._edge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid, edge = self._laid_out(self.width()), self._edge()
        painter.setPen(theme.colour("accent" if self.underMouse() else "muted"))
        laid.draw(painter, QRectF(edge, edge, 0, 0).topLeft())
        painter.setFont(theme.font(0.86, bold=True))
        painter.setPen(theme.colour("accent"))
        first = laid.lineAt(0)
        painter.drawText(QRectF(edge, edge, self.width(), first.height()), Qt.AlignmentFlag.AlignVCenter, self._place)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        """The quote in lines, the first of which leaves room for the place."""
        laid = QTextLayout(self._quote, theme.font(0.86))
        laid.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        room = max(width - 2 * self._edge(), theme.pixels(4))
        before = QFontMetricsF(theme.font(0.86, bold=True)).horizontalAdvance(self._place) + theme.pixels(0.4)
        laid.beginLayout()
        top = 0.0
        while (line := laid.createLine()).isValid():
            indent = before if top == 0 else 0
            line.setLineWidth(room - indent)
            line.setPosition(QRectF(indent, top, 0, 0).topLeft())
            top += line.height()
        laid.endLayout()
        return laid

    def _edge(self) -> int:
        return theme.pixels(0.2)
