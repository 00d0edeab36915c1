"""A dialog as high as its text needs: Qt takes wrapped text for shorter than it is when the text is large."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

ROOM = 60
"""Pixels of a screen that a dialog leaves free above and below."""


class Body(QScrollArea):
    """The part of a dialog above its buttons: as high as what stands in it, and scrolled where the screen ends."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "plain")
        inside = QWidget()
        inside.setObjectName("body")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._be_reached)

    def _be_reached(self) -> None:
        """Be a stop of the Tab key where something is out of sight and nothing in it is such a stop."""
        stops = (part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in self.viewport().findChildren(QWidget))
        alone = self.verticalScrollBar().maximum() > 0 and not any(stops)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if alone else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.window().windowTitle() if alone else "")

    def sizeHint(self) -> QSize:
        self.column.activate()
        width = max(self._width, self.column.minimumSize().width())
        return QSize(width, self.column.totalHeightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.column.minimumSize().width(), 0)


def fit(dialog: QDialog) -> None:
    """Make the dialog as high as everything in it needs at its width, or as the screen lets it be."""
    layout = dialog.layout()
    if layout is None:
        return
    for body in dialog.findChildren(Body):
        body.updateGeometry()
    layout.activate()
    wanted = dialog.sizeHint()
    width = max(dialog.width() if dialog.isVisible() else 0, dialog.minimumWidth(), wanted.width())
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else 0
    most = dialog.screen().availableGeometry().height() - ROOM
    dialog.resize(width, min(max(height, wanted.height()), most))
