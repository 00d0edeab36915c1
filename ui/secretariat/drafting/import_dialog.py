"""Bringing applications from the folder and a list: what was read, what is odd, what would be taken."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.documents.metadata import Guess
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat.drafting import columns, joining, listing
from esf_desktop.secretariat.drafting.folder import Folder
from esf_desktop.secretariat.drafting.joining import Joined
from esf_desktop.secretariat.drafting.listing import Listing
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.joined_table import JoinedTable
from ui.secretariat.drafting.list_table import ListTable
from ui.tasks import Task
from ui.widgets.flow import Flow
from ui.widgets.icon import icon
from ui.widgets.page_tabs import PageTabs
from ui.widgets.picker import Picker
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.drafting.table_file import TableFile

DOUBT = Qt.ItemDataRole.UserRole
SEPARATORS = {";": ";", ",": ",", "\t": "Tab", "|": "|"}
ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows", "mac_roman": "Mac", "cp850": "DOS", "utf-16": "UTF-16"}


class ImportDialog(QDialog):
    """Nothing is taken into the draft until the button is pressed."""

    def __init__(self, parent: QWidget, desk: CallDesk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = Folder((), (), ())
        self._path: Path | None = None
        self._table: TableFile | None = None
        self._heading: int | None = None
        self._columns: columns.Columns = {}
        self._listing = Listing((), ())
        self._joined: tuple[Joined, ...] = ()
        self.setWindowTitle(_("Applications from the folder and a list"))
        self._build()
        desk.read.connect(self._show_joined)
        self.finished.connect(self.deleteLater)
        self._look_into()

    def read_list(self, path: Path, encoding: str | None = None, separator: str | None = None) -> None:
        """Read this list in a thread and show it."""
        self._path = path
        self._refusal.hide()
        documents = self._desk.documents

        def work(task: Task) -> "TableFile":
            from esf_desktop.errors import UnreadableFileError
            from esf_desktop.secretariat.drafting import table_file

            try:
                content = path.read_bytes()
            except OSError as error:
                raise UnreadableFileError(path.name) from error
            return table_file.read(content, path.name, documents, encoding=encoding, separator=separator)

        self._desk.tasks.run(work, owner=self, done=self._show_list, failed=self._refuse)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.pixels(0.5))
        self._about = label("", wrap=True)
        column.addWidget(self._about)
        choose = button(_("Choose a list (CSV or XLSX)…"))
        choose.clicked.connect(self._choose)
        self._file = label("", "muted")
        self._sheet = Picker(_("Sheet"), 12)
        self._sheet.picked.connect(lambda _value: self._read_sheet())
        self._encoding = Picker(_("Characters"), 8)
        self._separator = Picker(_("Separator"), 6)
        for picker in (self._encoding, self._separator):
            picker.picked.connect(lambda _value: self._read_again())
        ways = QWidget()
        ways.setLayout(Flow(choose, self._file, self._sheet, self._encoding, self._separator, spread=False))
        column.addWidget(ways)
        self._refusal = label("", "refusal", wrap=True)
        self._refusal.hide()
        column.addWidget(self._refusal)
        self._tabs = PageTabs()
        self._tabs.chosen.connect(self.turn)
        self._pages = QStackedWidget()
        self.list = ListTable()
        self.list.mapped.connect(self._map)
        self.applications = JoinedTable()
        self.doubts = QListWidget()
        self.doubts.setAccessibleName(_("To look at"))
        self.doubts.setProperty("role", "lined")
        self.doubts.setWordWrap(True)
        self.doubts.itemActivated.connect(self._go_to)
        for name, words, page in (
            ("applications", _("Applications"), self.applications),
            ("list", _("The list"), self.list),
            ("doubts", _("To look at"), self.doubts),
        ):
            self._tabs.add(name, words, "")
            page.setObjectName(name)
            self._pages.addWidget(page)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        self._told = label("", "muted", wrap=True)
        self._take = button("", "primary")
        self._take.clicked.connect(self._take_all)
        cancel = button(_("Cancel"))
        cancel.clicked.connect(self.reject)
        feet = QHBoxLayout()
        feet.addWidget(self._told, 1)
        feet.addWidget(cancel)
        feet.addWidget(self._take)
        column.addLayout(feet)
        for picker in (self._sheet, self._encoding, self._separator):
            picker.hide()
        parent = self.parentWidget()
        room = parent.window().size() if parent else self.size()
        self.resize(max(room.width() - 60, theme.pixels(40)), max(room.height() - 60, theme.pixels(30)))
        self.turn("applications")

    def _look_into(self) -> None:
        folder, apart = self._desk.folder, (self._path,) if self._path else ()

        def work(task: Task) -> Folder:
            from esf_desktop.secretariat.drafting.folder import look_into

            return look_into(folder, apart=apart)

        self._desk.tasks.run(work, owner=self, done=self._show_folder, failed=self._refuse)

    def _show_folder(self, folder: Folder) -> None:
        self._folder = folder
        self._desk.read_facts({one.name: one.files for one in folder.applications})
        self._show_joined()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a list (CSV or XLSX)…"), str(self._desk.folder), "*.csv *.xlsx *.xlsm *.txt;;*"
        )
        if name:
            self.read_list(Path(name))

    def _show_list(self, table: "TableFile") -> None:
        self._table = table
        self._file.setText(table.name)
        self._sheet.offer([(sheet.name, place) for place, sheet in enumerate(table.sheets)], 0)
        self._sheet.setVisible(len(table.sheets) > 1)
        if table.encoding:
            self._encoding.offer([(words, name) for name, words in ENCODINGS.items()], table.encoding)
            self._separator.offer([(words, sign) for sign, words in SEPARATORS.items()], table.separator)
        self._encoding.setVisible(bool(table.encoding))
        self._separator.setVisible(bool(table.encoding))
        self._read_sheet()
        self._look_into()
        self.turn("list")

    def _read_again(self) -> None:
        if self._path is not None:
            self.read_list(self._path, str(self._encoding.currentData()), str(self._separator.currentData()))

    def _read_sheet(self) -> None:
        assert self._table is not None
        sheet = self._table.sheets[max(self._sheet.currentIndex(), 0)]
        self._heading, guessed = columns.guess(sheet.rows)
        self.list.show_sheet(sheet)
        self._map(guessed)

    def _map(self, chosen: columns.Columns) -> None:
        assert self._table is not None
        self._columns = chosen
        sheet = self._table.sheets[max(self._sheet.currentIndex(), 0)]
        self._listing = listing.read(sheet, self._heading, chosen)
        self.list.show_columns(chosen, self._heading, self._listing.doubts)
        self.doubts.clear()
        for doubt in self._listing.doubts:
            item = QListWidgetItem(icon("warning", "partly"), doubt.sentence())
            item.setData(DOUBT, doubt)
            self.doubts.addItem(item)
        self._show_joined()

    def _show_joined(self) -> None:
        read: dict[str, Guess] = {}
        for one in self._folder.applications:
            if (guess := self._desk.facts(one.files)) is not None:
                read[one.name] = guess
        self._joined = joining.join(self._listing.entries, self._folder.applications, read, self._desk.draft)
        self.applications.show_joined(self._joined)
        files = sum(len(one.files) for one in self._folder.applications)
        said = plural(
            "{n} document for applications lies in {folder}.", "{n} documents for applications lie in {folder}.", files
        )
        self._about.setText(said.format(n=files, folder=self._desk.folder))
        new = sum(one.before is None for one in self._joined)
        changed = sum(bool(one.changed) for one in self._joined)
        left = sum(doubt.leaves_out for doubt in self._listing.doubts)
        apart = sum(bool(one.differing) for one in self._joined)
        doubts, loose = len(self._listing.doubts), len(self._folder.loose)
        told = [
            words.format(n=n)
            for n, words in (
                (new, _("{n} new")),
                (changed, _("{n} changed")),
                (left, _("{n} left out")),
                (doubts, _("{n} to look at in the list")),
                (apart, _("{n} where the documents say otherwise")),
                (loose, plural("{n} document belongs to none", "{n} documents belong to none", loose)),
            )
            if n
        ]
        self._told.setText(" · ".join(told))
        count = new + changed
        self._take.setText(plural("Take {n} application", "Take {n} applications", count).format(n=count))
        self._take.setEnabled(bool(count) and not self._desk.reading)
        if self._desk.reading:
            self._told.setText(_("Reading the files…"))

    def _take_all(self) -> None:
        wanted = [one for one in self._joined if one.before is None or one.changed]
        if self._desk.change(joining.take(self._desk.draft, wanted)):
            said = plural("{n} application is taken in.", "{n} applications are taken in.", len(wanted))
            self._desk.announced.emit(said.format(n=len(wanted)))
            self._desk.read_facts()
            self.accept()

    def _go_to(self, item: QListWidgetItem) -> None:
        self.turn("list")
        self.list.show_cell(item.data(DOUBT))

    def turn(self, name: str) -> None:
        """Turn to the applications, the list, or what is to look at in it."""
        for place in range(self._pages.count()):
            page = self._pages.widget(place)
            if page is not None and page.objectName() == name:
                self._pages.setCurrentIndex(place)
        self._tabs.mark(name)

    def _refuse(self, error: Exception) -> bool:
        if not isinstance(error, EsfError):
            return False
        self._refusal.setText(error.sentence())
        self._refusal.show()
        return True
