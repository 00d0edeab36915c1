"""The assessors and who reads what: a row for each assessor, a column for each application."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTableWidget, QTableWidgetItem, QWidget

from esf_desktop.errors import EsfError, UnreadableFileError
from esf_desktop.i18n import _, plural
from esf_desktop.model import replace
from esf_desktop.secretariat.drafting.dealing import deal
from esf_desktop.secretariat.drafting.draft import DraftReader, readers_of
from esf_desktop.secretariat.drafting.problems import ENOUGH_READERS
from ui import theme
from ui.secretariat.drafting.call_desk import CallDesk
from ui.widgets.columns import scrolling
from ui.widgets.flow import Flow
from ui.widgets.icon import icon
from ui.widgets.picker import Picker
from ui.widgets.plain import button, label

WIDTH = 84
"""Of the column, in heights of a letter."""
NAME, IDENTITY, FIRST = 0, 1, 2
"""Columns of the matrix: who, by which identity, and from where on the applications stand."""
MOST_ROWS = 16
"""That the matrix shows at once; more are scrolled."""
MOST_READERS, USUAL_READERS = 10, 3
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class AssessorsRoom(QWidget):
    """A matrix whose boxes say who reads what; it can be dealt out evenly."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk = desk
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Assessors"), "huge"))
        said = _("An assessor's enrolment file says who they are. Names can be changed in the table (F2).")
        column.addWidget(label(said, "muted", wrap=True))
        self._fetch = button(_("From enrolment files…"), "primary")
        self._fetch.clicked.connect(self._choose)
        by_hand = button(_("Add by hand"))
        by_hand.clicked.connect(self._add_by_hand)
        self._gone = button(_("Remove"))
        self._gone.clicked.connect(self._remove)
        ways = QWidget()
        ways.setLayout(Flow(self._fetch, by_hand, self._gone, spread=False))
        column.addWidget(ways)
        self._refusal = label("", "refusal", wrap=True)
        column.addWidget(self._refusal)
        column.addWidget(label(_("Who reads what"), "title"))
        self._count = Picker(_("Readers for each application"), 4)
        self._count.offer([(str(n), n) for n in range(1, MOST_READERS + 1)], USUAL_READERS)
        self._deal = button(_("Deal out evenly"))
        self._deal.clicked.connect(self._deal_out)
        self._all = button(_("Everybody reads everything"))
        self._all.clicked.connect(lambda: self._put(((),) * len(self._desk.draft.assessors)))
        dealing = QWidget()
        dealing.setLayout(
            Flow(label(_("Readers for each application")), self._count, self._deal, self._all, spread=False)
        )
        column.addWidget(dealing)
        self.matrix = QTableWidget()
        self.matrix.setAccessibleName(_("Who reads what"))
        self.matrix.setProperty("role", "listing")
        self.matrix.setTabKeyNavigation(False)
        self.matrix.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.matrix.itemChanged.connect(self._edited)
        self.matrix.itemSelectionChanged.connect(self._check)
        column.addWidget(self.matrix)
        self._thin = label("", "warning", wrap=True)
        column.addWidget(self._thin)
        column.addStretch(1)
        self.setFocusProxy(self._fetch)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the draft again."""
        draft = self._desk.draft
        row, column = self.matrix.currentRow(), self.matrix.currentColumn()
        self.matrix.blockSignals(True)  # what is filled in here is no edit
        self.matrix.setRowCount(len(draft.assessors) + 1)
        self.matrix.setColumnCount(FIRST + len(draft.applications))
        numbers = [one.id for one in draft.applications]
        self.matrix.setHorizontalHeaderLabels([_("Name"), _("Identity"), *(_short(number) for number in numbers)])
        self.matrix.setVerticalHeaderLabels([""] * self.matrix.rowCount())
        self.matrix.verticalHeader().hide()
        for place, reader in enumerate(draft.assessors):
            self._fill(place, reader, numbers)
        self._fill_counts(len(draft.assessors), numbers)
        self._arrange(numbers)
        self.matrix.setCurrentCell(min(max(row, 0), self.matrix.rowCount() - 1), max(column, 0))
        self.matrix.blockSignals(False)
        self.matrix.setVisible(bool(draft.assessors))
        some = bool(draft.assessors and draft.applications)
        for part in (self._deal, self._all, self._count):
            part.setEnabled(some)
        thin = [number for number in numbers if len(readers_of(draft, number)) < ENOUGH_READERS]
        said = plural(
            "{n} application is read by fewer than two.", "{n} applications are read by fewer than two.", len(thin)
        )
        self._thin.setText(said.format(n=len(thin)) if thin and draft.assessors else "")
        self._check()

    @property
    def _readers(self) -> int:
        """How many are to read each application."""
        return int(self._count.currentData())

    def flush(self) -> bool:
        """An edit in the table is saved when it ends."""
        return True

    def fetch(self, paths: list[Path]) -> None:
        """Add the assessors of these enrolment files; one that is refused says why and stops no other."""
        from esf_desktop.exchange.enrolment import read_enrolment

        readers = list(self._desk.draft.assessors)
        refused = []
        for path in paths:
            try:
                person = read_enrolment(_content(path), file=path.name).value.assessor
            except EsfError as error:
                refused.append(error.sentence())
                continue
            if all(reader.id != person.id for reader in readers):
                readers.append(DraftReader(person.id, person.name))
        self._refusal.setText("\n".join(refused))
        added = len(readers) - len(self._desk.draft.assessors)
        if self._desk.set(assessors=tuple(readers)):
            self._desk.announced.emit(
                plural("{n} assessor is added.", "{n} assessors are added.", added).format(n=added)
            )

    def _fill(self, row: int, reader: DraftReader, numbers: list[str]) -> None:
        name = QTableWidgetItem(reader.name)
        reads = len(reader.reads) or len(numbers)
        name.setToolTip(plural("{n} application to read", "{n} applications to read", reads).format(n=reads))
        self.matrix.setItem(row, NAME, name)
        identity = QTableWidgetItem(reader.id or reader.enrolment)
        identity.setToolTip(reader.id or reader.enrolment)
        self.matrix.setItem(row, IDENTITY, identity)
        for place, number in enumerate(numbers, start=FIRST):
            item = QTableWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            read = not reader.reads or number in reader.reads
            item.setCheckState(CHECKED if read else UNCHECKED)
            said = _("{name} reads {number}") if read else _("{name} does not read {number}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said.format(name=reader.name, number=number))
            self.matrix.setItem(row, place, item)

    def _fill_counts(self, row: int, numbers: list[str]) -> None:
        texts = [_("Read by"), "", *(str(len(readers_of(self._desk.draft, number))) for number in numbers)]
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if place >= FIRST and int(text) < ENOUGH_READERS:
                item.setIcon(icon("warning", "partly"))
            self.matrix.setItem(row, place, item)

    def _arrange(self, numbers: list[str]) -> None:
        self.matrix.setColumnWidth(NAME, theme.pixels(14))
        self.matrix.setColumnWidth(IDENTITY, theme.pixels(7))
        for place, number in enumerate(numbers, start=FIRST):
            head = self.matrix.horizontalHeaderItem(place)
            if head is not None:
                head.setToolTip(number)
            self.matrix.setColumnWidth(place, theme.pixels(4.2))
        height = theme.pixels(2.1)
        for row in range(self.matrix.rowCount()):
            self.matrix.setRowHeight(row, height)
        bar = self.matrix.horizontalScrollBar().sizeHint().height()
        wanted = self.matrix.horizontalHeader().sizeHint().height() + self.matrix.rowCount() * height + bar + 6
        self.matrix.setFixedHeight(min(wanted, MOST_ROWS * height))

    def _check(self) -> None:
        self._gone.setEnabled(0 <= self.matrix.currentRow() < len(self._desk.draft.assessors))

    def _edited(self, item: QTableWidgetItem) -> None:
        draft = self._desk.draft
        if item.row() >= len(draft.assessors):
            return
        readers = list(draft.assessors)
        reader = readers[item.row()]
        if item.column() == NAME:
            readers[item.row()] = replace(reader, name=" ".join(item.text().split()))
        elif item.column() == IDENTITY:
            readers[item.row()] = replace(reader, id=item.text().strip().lower(), enrolment="")
        else:
            numbers = [one.id for one in draft.applications]
            number = numbers[item.column() - FIRST]
            read = set(reader.reads or numbers)
            (read.add if item.checkState() is CHECKED else read.discard)(number)
            if not read:
                self._desk.announced.emit(_("Somebody who reads nothing is no assessor; remove them instead."))
                self.refresh()
                return
            readers[item.row()] = replace(reader, reads=_reads(read, numbers))
        if not self._desk.set(assessors=tuple(readers)):
            self.refresh()

    def _deal_out(self) -> None:
        draft = self._desk.draft
        numbers = [one.id for one in draft.applications if one.id not in draft.withdrawn]
        dealt = deal(numbers, [str(place) for place in range(len(draft.assessors))], self._readers)
        if len(numbers) * self._readers < len(draft.assessors):
            self._desk.announced.emit(_("There are more assessors than readings; raise the number of readers."))
            return
        self._put(tuple(dealt.values()))

    def _put(self, dealt: tuple[tuple[str, ...], ...]) -> None:
        numbers, readers = [one.id for one in self._desk.draft.applications], self._desk.draft.assessors
        reading = (_reads(set(reads), numbers) for reads in dealt)
        self._desk.set(assessors=tuple(map(_reading, readers, reading)))

    def _add_by_hand(self) -> None:
        names = {reader.name for reader in self._desk.draft.assessors}
        name = next(made for n in range(1, 10_000) if (made := _("Assessor {n}").format(n=n)) not in names)
        if self._desk.set(assessors=(*self._desk.draft.assessors, DraftReader("", name))):
            row = len(self._desk.draft.assessors) - 1
            self.matrix.setCurrentCell(row, NAME)
            self.matrix.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        row, readers = self.matrix.currentRow(), self._desk.draft.assessors
        if self._desk.set(assessors=readers[:row] + readers[row + 1 :]):
            said = _("{name} is removed; Ctrl+Z takes it back.").format(name=readers[row].name)
            self._desk.announced.emit(said)

    def _choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("From enrolment files…"), str(self._desk.folder), "*.esfenrol;;*"
        )
        if names:
            self.fetch([Path(name) for name in names])


def _reading(reader: DraftReader, reads: tuple[str, ...]) -> DraftReader:
    return replace(reader, reads=reads)


def _reads(read: set[str], numbers: list[str]) -> tuple[str, ...]:
    """What an assessor reads, in the call's order; nothing listed means all."""
    return () if read >= set(numbers) else tuple(number for number in numbers if number in read)


def _short(number: str) -> str:
    """The part of a diary number that tells applications of a year apart."""
    return number.rpartition("/")[2] or number


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path.name) from error
