"""The document's place on the page, from where it can move to a window of its own, for a second screen, and back."""

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import Document
from ui.actions import Actions
from ui.assessor.document_view import DocumentView
from ui.widgets.plain import area, button, label

_AWAY = (900, 1000)
"""The size of the window when nobody has chosen another."""


class DocumentHome(QStackedWidget):
    """Holds the document view, or says where it is; the view itself is the same, with its place and its selection."""

    def __init__(self, view: DocumentView, actions: Actions, window_place: str = "") -> None:
        super().__init__()
        self._view, self._actions = view, actions
        self._window: _DocumentWindow | None = None
        self._geometry = bytes(QByteArray.fromBase64(window_place.encode()).data()) or None
        self._elsewhere = area("desk")
        column = QVBoxLayout(self._elsewhere)
        words = label(_("The document is in a window of its own."), "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = button(_("Take it back"), described=actions.with_key("own_window", _("Take it back")))
        self.back.clicked.connect(self.take_back)
        column.addStretch(2)
        column.addWidget(words)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.addWidget(view)
        self.addWidget(self._elsewhere)
        actions["own_window"].triggered.connect(self._turn)

    @property
    def away(self) -> bytes | None:
        """Where the document's own window stands, as Qt writes it; None when the document is here."""
        return None if self._window is None else bytes(self._window.saveGeometry().data())

    @property
    def window_place(self) -> str:
        """Where the document's own window stands, or stood the last time, in base64; empty when it has had none."""
        return bytes(QByteArray(self.away or self._geometry or b"").toBase64().data()).decode()

    @property
    def window_away(self) -> QWidget | None:
        """The document's own window, when it has one."""
        return self._window

    def take_out(self, geometry: bytes | None = None) -> None:
        """Move the document to a window of its own, where that stood the last time."""
        if self._window is not None:
            return
        self.removeWidget(self._view)
        self._window = _DocumentWindow(self, self._view)
        self._window.addActions(self._actions.all())
        self._window.closed.connect(self.take_back)
        self._window.resize(*_AWAY)
        geometry = geometry or self._geometry
        if geometry:
            self._window.restoreGeometry(QByteArray(geometry))
        self._view.document_shown.connect(self._name)
        self._name(self._view.document)
        self.window().installEventFilter(self)
        self._window.show()
        self._view.show()
        self._view.focus_document()

    def take_back(self) -> None:
        """Show the document on the page again."""
        if self._window is None:
            return
        window, self._geometry = self._window, self.away
        self._window = None
        self.window().removeEventFilter(self)
        self._view.document_shown.disconnect(self._name)
        self.insertWidget(0, self._view)
        self.setCurrentWidget(self._view)
        window.hide()
        window.deleteLater()
        self.window().activateWindow()
        self._view.focus_document()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The document's window goes with the window that it came from, which is closed, not only put away."""
        if event.type() is QEvent.Type.Hide and not event.spontaneous() and self._window is not None:
            self._window.hide()
        return False

    def _turn(self) -> None:
        if self._window is not None:
            self.take_back()
        elif self.isVisible():
            self.take_out()

    def _name(self, document: Document | None) -> None:
        if self._window is not None:
            self._window.setWindowTitle(document.name if document else "ESF Desktop")


class _DocumentWindow(QWidget):
    """A window around the document view; closing it sends the document home."""

    closed = Signal()

    def __init__(self, home: QWidget, view: DocumentView) -> None:
        super().__init__(home, Qt.WindowType.Window)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
