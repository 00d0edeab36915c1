"""A small field on a scanned page, where the words in a rectangle are typed so that they can be quoted."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from esf_desktop.documents.selection import quote
from esf_desktop.i18n import _
from esf_desktop.model import Rect
from ui import theme
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.page_frame import page_rect
from ui.assessor.page_hand import PageHand
from ui.assessor.page_selection import Region
from ui.assessor.page_text import quotable
from ui.widgets.own_escape import OwnEscape


class QuoteField(QFrame):
    """Appears under a drawn rectangle and follows it; what is typed selects the rectangle with its words."""

    typed = Signal()

    def __init__(self, canvas: PageCanvas, hand: PageHand) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._place: tuple[int, Rect] | None = None
        self.setProperty("role", "card")
        words = QLabel(_("The page is a picture. Type what the rectangle says, to quote it:"))
        words.setProperty("role", "small")
        words.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Words of the rectangle"))
        self.field.setMaxLength(2000)
        words.setBuddy(self.field)
        OwnEscape(self.field)
        done = QPushButton(_("Use as quote"))
        done.clicked.connect(self._accept)
        self.field.returnPressed.connect(self._accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.addWidget(words)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(done)
        column.addLayout(row)
        self.setFixedWidth(theme.pixels(26))
        self.hide()
        hand.drawn.connect(self.ask)
        canvas.scrolled.connect(self._follow)
        canvas.zoom_changed.connect(self._follow)
        canvas.selection.changed.connect(self.dismiss)
        canvas.emptied.connect(self.dismiss)

    def ask(self, page: int, rect: Rect, words: str = "") -> None:
        """Ask for the words of a rectangle; those that are known stand there already."""
        self._place = page, rect
        self._canvas.rubber = page, rect
        self.field.setText(words)
        self.adjustSize()
        self._follow()
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Ask no more."""
        if self._place is not None:
            self._place = None
            self._canvas.rubber = None
            self.hide()
            self._canvas.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        words = self.field.text()
        words = quotable(quote(words, 0, len(words)))
        if words and self._place:
            page, rect = self._place
            self.dismiss()
            self._canvas.selection.set_region(Region(page, rect, words))
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self.typed.emit()

    def _follow(self) -> None:
        if self._place is None:
            return
        room = self._canvas.viewport().rect()
        place: QRectF = self._canvas.on_viewport(*self._place)
        left = max(4, min(round(place.left()), room.width() - self.width() - 4))
        below = round(place.bottom()) + 8
        top = below if below + self.height() < room.height() else round(place.top()) - self.height() - 8
        self.move(QPoint(left, max(4, top)))


def visible_rect(canvas: PageCanvas, page: int) -> Rect:
    """The part of a page that can be seen, for who cannot draw with a mouse."""
    return page_rect(canvas, page, QRectF(canvas.viewport().rect()))
