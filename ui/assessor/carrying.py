"""A selection carried by mouse from the document to a criterion in the form, where it is let down as evidence."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import CriterionId, Evidence
from ui import theme
from ui.assessor.checklist import Checklist
from ui.assessor.document_view import DocumentView

_SHOWN = 48
"""Characters of the quote on what is carried."""
Put = Callable[[tuple[Evidence, ...], CriterionId], None]


class Carrying(QObject):
    """Watches the pages and the text: a press within the selection that moves is a carry; one that does not, clears."""

    def __init__(self, document: DocumentView, form: Callable[[], Checklist | None], put: Put) -> None:
        super().__init__(document)
        self._document, self._form, self._put = document, form, put
        self._pressed: QPoint | None = None
        self._load: tuple[Evidence, ...] = ()
        self._label: QLabel | None = None
        self._target: CriterionId | None = None
        self._rolling = QTimer(self, interval=40)
        self._rolling.timeout.connect(self._roll)
        for viewport in (document.pages.viewport(), document.text.viewport()):
            viewport.installEventFilter(self)

    @property
    def under_way(self) -> bool:
        """Whether something is being carried."""
        return self._label is not None

    def give_up(self) -> None:
        """Let the selection stay where it was."""
        self._rolling.stop()
        self._pressed, self._load = None, ()
        if self._label is not None:
            self._label.hide()
            self._label.deleteLater()
            self._label = None
        self._aim(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress:
                return self._press(cast(QMouseEvent, event))
            case QEvent.Type.MouseMove if self._pressed is not None:
                self._move(cast(QMouseEvent, event).globalPosition().toPoint())
                return True
            case QEvent.Type.MouseButtonRelease if self._pressed is not None:
                self._release()
                return True
        return False

    def _press(self, event: QMouseEvent) -> bool:
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if not plain or not self._on_selection(event.position()):
            return False
        self._pressed, self._load = event.globalPosition().toPoint(), self._document.selections()
        return True

    def _move(self, point: QPoint) -> None:
        assert self._pressed is not None
        if self._label is None:
            if (point - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._label = self._lift()
        window = self._label.parentWidget()
        assert window is not None
        self._label.move(window.mapFromGlobal(point) + QPoint(theme.pixels(0.8), theme.pixels(0.8)))
        form = self._form()
        self._aim(form.criterion_at(point) if form is not None else None)
        if form is not None and form.edge_at(point):
            self._rolling.start()
        else:
            self._rolling.stop()
        self._last = point

    def _release(self) -> None:
        target, load, carried = self._target, self._load, self._label is not None
        self.give_up()
        if not carried:
            self._document.clear_selection()
        elif target is not None:
            self._put(load, target)

    def _roll(self) -> None:
        form = self._form()
        if form is not None:
            form.roll(form.edge_at(self._last))
            self._aim(form.criterion_at(self._last))

    def _aim(self, criterion: CriterionId | None) -> None:
        self._target = criterion
        form = self._form()
        if form is not None:
            form.show_target(criterion)
        if self._label is not None:
            words = " ".join(one.quote for one in self._load)
            quote = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
            said = _("“{quote}”").format(quote=quote)
            self._label.setText(f"{criterion}  {said}" if criterion else said)
            self._label.adjustSize()

    def _lift(self) -> QLabel:
        made = QLabel(self._window())
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setProperty("role", "carried")
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.show()
        made.raise_()
        return made

    def _window(self) -> QWidget:
        form = self._form()
        return form.window() if form is not None else self._document.window()

    def _on_selection(self, point: QPointF) -> bool:
        opened = self._document.shelf.get(self._document.document)
        if opened is None:
            return False
        if opened.is_text:
            cursor = self._document.text.textCursor()
            position = self._document.text.cursorForPosition(point.toPoint()).position()
            return cursor.hasSelection() and cursor.selectionStart() <= position < cursor.selectionEnd()
        pages = self._document.pages
        return any(pages.on_viewport(p.page, rect).contains(point) for p in pages.parts() for rect in p.rects)
