"""The row over a document: which one, where in it, how large, and what is searched for."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget

from esf_desktop.documents.values import PageInfo
from esf_desktop.i18n import _, plural
from ui import theme
from ui.actions import Actions
from ui.widgets.icon import icon
from ui.widgets.own_escape import OwnEscape

_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_PAUSE = 250
"""Milliseconds of rest in typing before a search begins."""


class DocumentBar(QWidget):
    """Tells what a person asks of the document view, and shows where it is."""

    document_chosen = Signal(int)
    page_wanted = Signal(int)
    zoom_chosen = Signal(float)
    """A share, 1.0 for 100 %."""
    left = Signal()
    """A field was left by Escape or has done its work: the document should have the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = ""
        self._pages: tuple[PageInfo, ...] = ()
        self._page = 0
        self._for_pages: list[QAction] = []
        self._which: list[QAction] = []
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 12, 4)
        row.setSpacing(6)
        self.chooser = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setProperty("role", "quiet")
        self.chooser.setMinimumWidth(theme.pixels(4))
        self.chooser.setFont(theme.font(0.93, bold=True))
        self.chooser.setStyleSheet(
            f"QToolButton {{ color: {theme.tokens().ink}; font-weight: 600; padding: 3px 6px; }}"
            "QToolButton::menu-indicator { image: none; width: 0; }"
        )
        self._documents = QMenu(self)
        self.chooser.setMenu(self._documents)
        self._page_word = QLabel(_("Page"))
        self._page_word.setProperty("role", "small")
        self.page_field = PageField()
        self._page_word.setBuddy(self.page_field)
        self.page_field.wanted.connect(self._go)
        self.page_field.escaped.connect(self.left)
        self.smaller = self._tool("minus", _("Zoom out"))
        self.larger = self._tool("plus", _("Zoom in"))
        self.zoom = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setProperty("role", "quiet")
        self.zoom.setStyleSheet("QToolButton::menu-indicator { image: none; width: 0; }")
        self.zoom.setToolTip(_("Zoom and turn"))
        self.away = self._tool("window", "")
        self.search = SearchField()
        self.search.escaped.connect(self.left)
        row.addWidget(self.chooser)
        row.addStretch(1)
        for part in (self._page_word, self.page_field, self.smaller, self.zoom, self.larger, self.search, self.away):
            row.addWidget(part)

    def show_keys(self, actions: Actions) -> None:
        """Let the controls do what the actions do, and print their keys."""
        for tool, name in (
            (self.smaller, "zoom_out"),
            (self.larger, "zoom_in"),
            (self.search.previous, "find_previous"),
            (self.search.next, "find_next"),
            (self.away, "own_window"),
        ):
            tool.clicked.connect(actions[name].trigger)
            tool.setAccessibleName(actions[name].text())
            tool.setToolTip(actions.with_key(name, actions[name].text()))
        self.page_field.setToolTip(actions.with_key("go_to_page", _("A number or a printed page label")))
        self.search.field.setToolTip(actions.with_key("find", _("Search the document")))
        menu = QMenu(self)
        menu.addActions([actions["fit_width"], actions["fit_page"]])
        menu.addSeparator()
        for share in _ZOOMS:
            action = menu.addAction(_("{n} %").format(n=round(share * 100)))
            action.triggered.connect(lambda _checked=False, share=share: self.zoom_chosen.emit(share))
        menu.addSeparator()
        menu.addActions([actions["turn_right"], actions["turn_left"]])
        self._for_pages = [actions[name] for name in ("fit_page", "turn_right", "turn_left", "go_to_page")]
        self.zoom.setMenu(menu)
        self._which = [actions["next_document"], actions["previous_document"]]

    def show_documents(self, names: Sequence[str], chosen: int, pages: Sequence[int | None] = ()) -> None:
        """Offer these documents, each with its number of pages where that is known."""
        self._documents.clear()
        group = QActionGroup(self._documents)
        counts = [*pages, *[None] * (len(names) - len(pages))]
        for n, (name, count) in enumerate(zip(names, counts, strict=True)):
            words = name.replace("&", "&&")
            if count:
                words += "\t" + plural("{n} page", "{n} pages", count).format(n=count)
            action = group.addAction(self._documents.addAction(words))
            action.setCheckable(True)
            action.setChecked(n == chosen)
            action.triggered.connect(lambda _checked, n=n: self.document_chosen.emit(n))
        if len(names) > 1:
            self._documents.addSeparator()
            self._documents.addActions(self._which)
        self._name = names[chosen] if names else ""
        self.chooser.setVisible(bool(names))
        self.chooser.setAccessibleName(_("Document: {name}").format(name=self._name))
        self._shorten()

    def show_pages(self, pages: Sequence[PageInfo], *, readable: bool) -> None:
        """Offer these pages; a text document has none."""
        self._pages = tuple(pages)
        self.page_field.setVisible(bool(pages))
        self._shorten()
        for part in (self.smaller, self.zoom, self.larger, self.search):
            part.setEnabled(readable)
        for action in self._for_pages:
            action.setEnabled(bool(pages))
        self.show_page(0)

    def show_page(self, page: int) -> None:
        """Say which page is read."""
        self._page = page
        if self._pages:
            label = self._pages[page].label
            place = _("{n} of {m}").format(n=page + 1, m=len(self._pages))
            self.page_field.show_place(f"{label} ({place})" if label not in ("", str(page + 1)) else place)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the pages are."""
        self.zoom.setText(_("{n} %").format(n=round(zoom * 100)))
        self.zoom.setAccessibleName(_("Zoom: {n} %").format(n=round(zoom * 100)))

    def _go(self, wanted: str) -> None:
        labels = [page.label.casefold() for page in self._pages]
        if wanted.casefold() in labels:
            self.page_wanted.emit(labels.index(wanted.casefold()))
        elif wanted.isdecimal() and 0 < int(wanted) <= len(labels):
            self.page_wanted.emit(int(wanted) - 1)
        self.show_page(self._page)
        self.left.emit()

    @staticmethod
    def _tool(name: str, words: str) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(name))
        tool.setToolTip(words)
        tool.setAccessibleName(words)
        return tool

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        width = self.width()
        wide = width > theme.pixels(44)
        self._page_word.setVisible(bool(self._pages) and wide)
        self.search.show_steps(room=wide)
        # Where there is little room, what a key or the menu does too stands back.
        for part, least in ((self.smaller, 32), (self.larger, 32), (self.zoom, 26), (self.away, 22)):
            part.setVisible(width > theme.pixels(least))
        rest = (self._page_word, self.page_field, self.smaller, self.zoom, self.larger, self.search, self.away)
        taken = sum(part.minimumSizeHint().width() + 8 for part in rest if not part.isHidden())
        room = max(theme.pixels(4), self.width() - taken - theme.pixels(4))
        shown = self.chooser.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.chooser.setText(shown.replace("&", "&&") + "  ▾")
        self.chooser.setToolTip(self._name)


class PageField(QLineEdit):
    """Shows `14 of 62`; a number or a printed page label typed into it is gone to."""

    wanted = Signal(str)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._place = ""
        self.setAccessibleName(_("Page"))
        self.setFont(theme.font(0.93))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        OwnEscape(self)
        self.returnPressed.connect(lambda: self.wanted.emit(self.text().strip()))

    def show_place(self, place: str) -> None:
        """Show where one is, unless something is being typed."""
        self._place = place
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in (place, "00 av 00"))
        self.setFixedWidth(widest + theme.pixels(1.8))
        if not self.hasFocus() or not self.isModified():
            self.setText(place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._place)
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class SearchField(QWidget):
    """A field whose words are searched for as they are typed, with the number of the hit and steps between hits."""

    searched = Signal(str)
    stepped = Signal(int)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search the document"))
        self.field.setAccessibleName(_("Search the document"))
        self.field.setFont(theme.font(0.93))
        self.field.setMinimumWidth(theme.pixels(4.5))
        self.field.setMaximumWidth(theme.pixels(13))
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        OwnEscape(self.field)
        self.count = QLabel(self.field)
        self.count.setProperty("role", "small")
        self.previous = self._step("chevron_up")
        self.next = self._step("chevron_down")
        for part in (self.field, self.previous, self.next):
            row.addWidget(part)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._search)
        self.words = ""
        self._count, self._room = 0, True
        self.show_hits(None, 0)

    def show_hits(self, number: int | None, count: int) -> None:
        """Say which hit is shown, of how many."""
        text = ""
        if self.words:
            text = _("{n} of {m}").format(n=number + 1 if number is not None else "–", m=count) if count else _("None")
        self.count.setText(text)
        self.count.adjustSize()
        self.count.move(self.field.width() - self.count.width() - 8, (self.field.height() - self.count.height()) // 2)
        self.field.setTextMargins(0, 0, self.count.width() + 4 if text else 0, 0)
        self.field.setAccessibleDescription(text)
        self._count = count
        self.show_steps(room=self._room)

    def show_steps(self, *, room: bool) -> None:
        """Show the buttons for other hits when there are some, and room."""
        self._room = room
        for step in (self.previous, self.next):
            step.setVisible(room and self._count > 0)

    def ask(self) -> None:
        """Put the focus here, ready for other words."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def forget(self) -> None:
        """Search for nothing."""
        self._pause.stop()
        self.field.clear()
        self.words = ""
        self.show_hits(None, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.count.move(
                self.field.width() - self.count.width() - 8, (self.field.height() - self.count.height()) // 2
            )
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if self._pause.isActive() or self.field.text().strip() != self.words:
                    self._search()
                else:
                    self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            case _:
                return False
        return True

    def _typed(self) -> None:
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        self.words = self.field.text().strip()
        self.searched.emit(self.words)

    @staticmethod
    def _step(name: str) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(name))
        return tool
