"""The applications: a table of them, ways to bring more, and the form of the chosen one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTableWidgetItem, QWidget

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat.drafting.draft import DraftApplication, with_application, without_applications
from esf_desktop.secretariat.drafting.joining import differing
from esf_desktop.secretariat.drafting.problems import Problem, Room
from esf_desktop.secretariat.drafting.words import shown
from ui import theme
from ui.secretariat.drafting.application_form import ApplicationForm
from ui.secretariat.drafting.call_desk import CallDesk
from ui.secretariat.drafting.listing_table import ListingTable
from ui.widgets.columns import scrolling
from ui.widgets.flow import Flow
from ui.widgets.icon import icon
from ui.widgets.plain import button, label

WIDTH = 72
"""Of the column, in heights of a letter."""
NUMBER = Qt.ItemDataRole.UserRole
MOST_ROWS = 9
"""That the table shows at once; more are scrolled."""


class ApplicationsRoom(QWidget):
    """Shows every application with what should be looked at."""

    wished = Signal(str)
    """`import`: applications are to be brought from the folder and a list."""

    def __init__(self, desk: CallDesk) -> None:
        super().__init__()
        self._desk = desk
        self._problems: list[Problem] = []
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Applications"), "huge"))
        self._about = label("", "muted", wrap=True)
        column.addWidget(self._about)
        self._import = button(_("From the folder and a list…"), "primary")
        self._import.clicked.connect(lambda: self.wished.emit("import"))
        add = button(_("Add one"))
        add.clicked.connect(self._add)
        self._withdraw = button(_("Withdraw"))
        self._withdraw.clicked.connect(self._turn_withdrawn)
        self._remove = button(_("Remove"))
        self._remove.clicked.connect(self._take_out)
        ways = QWidget()
        ways.setLayout(Flow(self._import, add, self._withdraw, self._remove, spread=False))
        column.addWidget(ways)
        headings = [_("Diary number"), _("Project name"), _("Applicant"), _("Sought support"), _("Documents")]
        self.table = ListingTable(_("Applications"), [*headings, _("To look at")], wide=(1, 2))
        self.table.itemSelectionChanged.connect(self._chosen)
        column.addWidget(self.table)
        self._title = label("", "title", wrap=True)
        column.addWidget(self._title)
        self._warnings = label("", "warning", wrap=True)
        column.addWidget(self._warnings)
        self.form = ApplicationForm(desk)
        self.form.renamed.connect(self.choose)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self._import)
        desk.changed.connect(self.refresh)
        desk.read.connect(self.refresh)
        self.refresh()

    @property
    def chosen(self) -> str:
        """The diary number of the chosen application; empty when none is."""
        items = self.table.selectedItems()
        return str(items[0].data(NUMBER)) if items else ""

    def choose(self, number: str) -> None:
        """Choose the application of that number."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(NUMBER) == number:
                self.table.selectRow(row)

    def refresh(self) -> None:
        """Read the draft again."""
        draft, chosen = self._desk.draft, self.chosen
        self._problems = [problem for problem in self._desk.problems() if problem.room is Room.APPLICATIONS]
        total = sum(one.requested_support or 0 for one in draft.applications)
        said = plural("{n} application, {sum} sought", "{n} applications, {sum} sought", len(draft.applications))
        none = _(
            "Bring them from the folder of the draft, with or without a list. Nothing is taken before you have seen it."
        )
        self._about.setText(
            said.format(n=len(draft.applications), sum=formatting.money(total)) if draft.applications else none
        )
        self.table.blockSignals(True)  # the selection is set again below
        self.table.setRowCount(len(draft.applications))
        for row, one in enumerate(draft.applications):
            self._fill(row, one)
        self.table.blockSignals(False)
        self._fit()
        self.table.setVisible(bool(draft.applications))
        numbers = [one.id for one in draft.applications]
        if numbers:
            self.table.selectRow(numbers.index(chosen) if chosen in numbers else 0)
        self._chosen()

    def flush(self) -> bool:
        """Save what was typed; False when something is not saved."""
        return self.form.flush()

    def _fill(self, row: int, one: DraftApplication) -> None:
        looks = self._looks(one)
        withdrawn = one.id in self._desk.draft.withdrawn
        texts = (
            one.id,
            one.project_name,
            one.applicant_name,
            shown("requested_support", one.requested_support),
            str(len(one.documents or ())),
            _("Withdrawn") if withdrawn else (str(looks) if looks else ""),
        )
        for place, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setData(NUMBER, one.id)
            item.setToolTip(text)
            if place in (3, 4):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if place == 5 and looks:
                item.setIcon(icon("warning", "partly"))
                said = plural("{n} thing to look at", "{n} things to look at", looks).format(n=looks)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                item.setToolTip(said)
            self.table.setItem(row, place, item)

    def _looks(self, one: DraftApplication) -> int:
        guess = self._desk.facts(one.documents)
        odd = sum(problem.about == one.id for problem in self._problems)
        return odd + (len(differing(one, guess)) if guess else 0)

    def _fit(self) -> None:
        """As high as its rows, up to a page of them."""
        self.table.share()
        rows = min(max(self.table.rowCount(), 1), MOST_ROWS)
        height = rows * self.table.verticalHeader().defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + height + bar)

    def _chosen(self) -> None:
        number = self.chosen
        one = self._desk.draft.application(number)
        self._withdraw.setEnabled(one is not None)
        self._remove.setEnabled(one is not None)
        withdrawn = number in self._desk.draft.withdrawn
        self._withdraw.setText(_("Take back the withdrawal") if withdrawn else _("Withdraw"))
        self._title.setText(f"{one.id}  {one.project_name}" if one else "")
        problems = [problem.sentence for problem in self._problems if one is not None and problem.about == one.id]
        self._warnings.setText("\n".join(problems))
        self._warnings.setVisible(bool(problems))
        self.form.show_application(number)

    def _add(self) -> None:
        number = next(
            candidate
            for n in range(1, 10_000)
            if self._desk.draft.application(candidate := _("New {n}").format(n=n)) is None
        )
        if self._desk.change(with_application(self._desk.draft, DraftApplication(number, documents=()))):
            self.choose(number)

    def _turn_withdrawn(self) -> None:
        draft, number = self._desk.draft, self.chosen
        kept = tuple(one for one in draft.withdrawn if one != number)
        self._desk.set(withdrawn=kept if number in draft.withdrawn else (*kept, number))

    def _take_out(self) -> None:
        number = self.chosen
        if self._desk.change(without_applications(self._desk.draft, [number])):
            self._desk.announced.emit(_("{number} is removed; Ctrl+Z takes it back.").format(number=number))
