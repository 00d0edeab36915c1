"""The window of the user guide: what it contains and the search to the left, the text to the right."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from esf_desktop.i18n import _, plural
from ui import theme
from ui.guide import chapters
from ui.guide.chapters import Section
from ui.guide.reader import Reader
from ui.widgets.plain import area, button, label


class GuideWindow(QWidget):
    """Stands beside the program's own windows, and is read while one works."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._shown: tuple[Section, ...] = ()
        self._been: list[tuple[str, str]] = []
        self._here = ("", "")
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setProperty("role", "rooms")
        self._count = label("", "small", wrap=True)
        self._back = button("")
        self._close = button("")
        self._reader = Reader()
        self._lay_out()
        self._connect()
        self._speak()
        self._fill()
        self.resize(theme.pixels(70), theme.pixels(50))

    def open(self, chapter: str, anchor: str) -> None:
        """Turn to a place; the one before can be returned to."""
        if self._here[0] and self._here != (chapter, anchor):
            self._been.append(self._here)
        self._turn(chapter, anchor)

    def look_for(self, words: str) -> None:
        """Show only the sections in which the words stand, and open the first of them."""
        self._search.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._speak()
            self._fill()
        elif event.type() == QEvent.Type.StyleChange and self._here[0]:
            self._reader.read(*self._here, self._search.text())

    def _lay_out(self) -> None:
        side = area("window")
        column = QVBoxLayout(side)
        column.setContentsMargins(*[theme.pixels(0.6)] * 4)
        for part in (self._search, self._count):
            column.addWidget(part)
        column.addWidget(self._list, 1)
        text = QVBoxLayout()
        text.setContentsMargins(0, theme.pixels(0.6), theme.pixels(0.6), theme.pixels(0.6))
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        text.addWidget(self._reader, 1)
        text.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side, 3)
        row.addLayout(text, 7)

    def _connect(self) -> None:
        self._search.textChanged.connect(self._fill)
        self._search.returnPressed.connect(self._next)
        self._list.currentRowChanged.connect(self._chosen)
        self._reader.linked.connect(self.open)
        self._back.clicked.connect(self._return)
        self._close.clicked.connect(self.close)
        for keys, act in (
            ("Ctrl+F", self._to_search),
            ("Alt+Left", self._return),
            ("Esc", self.close),
            ("Ctrl+W", self.close),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _speak(self) -> None:
        self.setWindowTitle(_("User guide – ESF Desktop"))
        self._search.setPlaceholderText(_("Search the guide (Ctrl+F)"))
        self._search.setAccessibleName(_("Search the guide"))
        self._list.setAccessibleName(_("Contents"))
        self._reader.setAccessibleName(_("The guide's text"))
        self._back.setText(_("Back (Alt+←)"))
        self._close.setText(_("Close (Esc)"))

    def _fill(self) -> None:
        words = self._search.text().strip()
        self._shown = chapters.matching(words)
        self._list.blockSignals(True)
        self._list.clear()
        for section in self._shown:
            item = QListWidgetItem(section.title if section.level == 1 else f"    {section.title}")
            item.setFont(theme.font(1.0 if section.level == 1 else 0.93, bold=section.level == 1))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, section.title)
            self._list.addItem(item)
        self._list.blockSignals(False)
        said = plural("{n} place", "{n} places", len(self._shown)).format(n=len(self._shown))
        self._count.setText(said if self._shown else _("Nothing found. Try fewer or shorter words."))
        self._count.setVisible(bool(words))
        self._reader.mark(words)
        if words and self._shown:
            self._list.setCurrentRow(0)
        else:
            self._point()

    def _next(self) -> None:
        """The next section that was found; after the last comes the first."""
        if self._shown:
            self._list.setCurrentRow((self._list.currentRow() + 1) % len(self._shown))

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self._shown):
            section = self._shown[row]
            self.open(section.chapter, section.anchor)

    def _return(self) -> None:
        if self._been:
            self._turn(*self._been.pop())

    def _turn(self, chapter: str, anchor: str) -> None:
        self._here = (chapter, anchor)
        self._reader.read(chapter, anchor, self._search.text())
        self._back.setEnabled(bool(self._been))
        self._point()

    def _point(self) -> None:
        """Mark in the list where the reader is."""
        places = [(section.chapter, section.anchor) for section in self._shown]
        self._list.blockSignals(True)
        self._list.setCurrentRow(places.index(self._here) if self._here in places else -1)
        self._list.blockSignals(False)

    def _to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()
