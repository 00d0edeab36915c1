"""The evidence of one criterion: page and quote in a line each, which leads to the place, can be changed and let go."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Evidence
from ui import theme
from ui.actions import Actions
from ui.assessor.marks import Mark
from ui.widgets import icon
from ui.widgets.flow import Flow
from ui.widgets.plain import area, button, clear, label


def place_word(evidence: Evidence) -> str:
    """Where the quote stands: `p. 14`, or the paragraph of a text document."""
    if evidence.page is not None:
        return _("p. {page}").format(page=evidence.label or evidence.page + 1)
    return _("para. {n}").format(n=(evidence.block or 0) + 1)


class EvidenceList(QWidget):
    """Shows marks and tells what a person does with one of them; without actions, extents cannot be changed."""

    opened = Signal(object)
    """The `Evidence` whose place is to be shown."""
    change_wanted = Signal(object)
    """The `Evidence` whose extent is to be another."""
    changed = Signal()
    """What is selected now is the new extent."""
    change_given_up = Signal()
    removed = Signal(object)

    def __init__(self, actions: Actions | None = None) -> None:
        super().__init__()
        self._actions = actions
        self._shown: tuple[tuple[Mark, ...], Evidence | None] = (), None
        self._quotes: list[Quote] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_marks(self, marks: Sequence[Mark], changing: Evidence | None = None) -> None:
        """Show these, in this order; the one whose extent is being changed says how that is done."""
        shown = (tuple(marks), changing)
        if shown == self._shown:
            return
        place = next((n for n, quote in enumerate(self._quotes) if quote.row_has_focus), None)
        self._shown, self._quotes = shown, []
        clear(self._column)
        for mark in marks:
            self._column.addWidget(self._row(mark))
            if changing is not None and mark.evidence == changing:
                self._column.addWidget(self._how_to_change())
        self.setVisible(bool(marks))
        if place is not None and self._quotes:
            self._quotes[min(place, len(self._quotes) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def in_hand(self) -> Evidence | None:
        """The evidence that has the focus, or else the last one."""
        focused = next((quote for quote in self._quotes if quote.row_has_focus), None)
        chosen = focused or next(iter(self._quotes[::-1]), None)
        return chosen.mark.evidence if chosen is not None else None

    def _row(self, mark: Mark) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        quote = Quote(mark)
        quote.clicked.connect(lambda: self.opened.emit(mark.evidence))
        quote.let_go.connect(lambda: self.removed.emit(mark.evidence))
        place = place_word(mark.evidence)
        line.addWidget(quote, 1)
        if self._actions is not None:
            change = _tool("edit", _("Change the extent of the evidence on {place}").format(place=place))
            change.setToolTip(_("Change the extent ({key})").format(key=self._actions.key("change_evidence")))
            change.clicked.connect(lambda: self.change_wanted.emit(mark.evidence))
            line.addWidget(change)
        remove = _tool("close", _("Remove the evidence on {place}").format(place=place))
        remove.setToolTip(_("Remove the evidence (Delete)"))
        remove.clicked.connect(lambda: self.removed.emit(mark.evidence))
        line.addWidget(remove)
        self._quotes.append(quote)
        return row

    def _how_to_change(self) -> QWidget:
        box = area("selected")
        column = QVBoxLayout(box)
        column.setContentsMargins(*(theme.pixels(0.6),) * 4)
        column.addWidget(label(_("Select the new extent in the document, then store it."), "small", wrap=True))
        key = self._actions.key("evidence") if self._actions is not None else ""
        store = button(_("Store ({key})").format(key=key))
        store.clicked.connect(self.changed)
        leave = button(_("Leave as it was (Esc)"), "quiet")
        leave.clicked.connect(self.change_given_up)
        column.addLayout(Flow(store, leave, spread=False))
        return box


class Quote(QAbstractButton):
    """One piece of evidence in a line; pressing it leads to its place, Delete lets it go."""

    let_go = Signal()

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        place, quote = place_word(mark.evidence), mark.evidence.quote
        said = _("{place}: “{quote}”").format(place=place, quote=quote)
        self.setAccessibleName(" ".join(filter(None, (said, mark.fault))))
        self.setToolTip("\n".join(filter(None, (said, mark.fault))))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def row_has_focus(self) -> bool:
        """Whether the focus is on the quote, or on a button beside it."""
        row = self.parentWidget()
        return row is not None and row.focusWidget() is not None and row.focusWidget() is QApplication.focusWidget()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(12), theme.pixels(1.8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Delete:
                self.let_go.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        bold, small = theme.font(0.86, bold=True), theme.font(0.86)
        place = place_word(self.mark.evidence)
        swatch = QRectF(1, whole.center().y() - theme.pixels(0.55), theme.pixels(0.4), theme.pixels(1.1))
        painter.setPen(QPen(self.mark.edge, 1.5))
        painter.setBrush(self.mark.fill)
        painter.drawRoundedRect(swatch, 2, 2)
        left = swatch.right() + theme.pixels(0.5)
        painter.setFont(bold)
        painter.setPen(theme.colour("accent"))
        width = QFontMetricsF(bold).horizontalAdvance(place)
        side = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, width + 2, whole.height()), side, place)
        left += width + theme.pixels(0.6)
        if self.mark.fault:
            sign = theme.pixels(0.95)
            at = QRectF(left, whole.center().y() - sign / 2, sign, sign)
            icon.draw(painter, "warning", theme.colour("not_met"), at)
            left += sign + theme.pixels(0.3)
        painter.setFont(small)
        painter.setPen(theme.colour("ink"))
        quote = QFontMetricsF(small).elidedText(
            _("“{quote}”").format(quote=self.mark.evidence.quote), Qt.TextElideMode.ElideRight, whole.right() - left
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


def _tool(picture: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("role", "quiet")
    made.setIcon(icon.icon(picture, "muted"))
    made.setIconSize(QSize(theme.pixels(0.75), theme.pixels(0.75)))
    made.setAccessibleName(name)
    return made
