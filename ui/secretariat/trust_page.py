"""Trust (Förtroende): whose keys the register trusts, and every decision about them with who took it, when and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from ui import theme
from ui.desk import now
from ui.secretariat.officer import officer
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.decisions import Decision
    from esf_desktop.secretariat.register import Enrolled, Register

WHAT = Qt.ItemDataRole.UserRole
WIDTH = 120
"""Of the tables, in heights of a letter."""
LEAST = 13
"""Of a table's height; where there is no room for it, the page scrolls."""


class TrustPage(QWidget):
    """Shows keys and decisions, both filtered by what is chosen and written above them."""

    wished = Signal(str)

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._keys: tuple[Enrolled, ...] = ()
        self._decisions: tuple[Decision, ...] = ()
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.6))
        column.addWidget(label(_("Trust"), "huge"))
        said = _(
            "A key is trusted when somebody has compared its fingerprint with the person, and until it is blocked."
        )
        column.addWidget(label(said, "muted", wrap=True))
        self._make_filter(column)
        self.keys = _table(_("Keys"), [_("Name"), _("Organisation"), _("Device"), _("Standing"), _("Fingerprint")])
        self.keys.itemSelectionChanged.connect(self._check)
        column.addWidget(self.keys, 3)
        self._make_buttons(column)
        column.addWidget(label(_("Every decision"), "title"))
        names = [_("No."), _("When"), _("Decision"), _("Device"), _("Reason"), _("By"), _("Fingerprint")]
        self.log = _table(_("Every decision"), names)
        column.addWidget(self.log, 2)
        self.setFocusProxy(self._words)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the register again."""
        from esf_desktop.secretariat.decisions import decisions

        self._keys = self._desk.register.enrolled()
        self._decisions = decisions(self._desk.register)
        self._show()

    def _make_filter(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self._words = QLineEdit()
        self._words.setPlaceholderText(_("Filter by name, organisation, device, reason or fingerprint"))
        self._words.setAccessibleName(_("Filter by name, organisation, device, reason or fingerprint"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._show)
        self._which = QComboBox()
        self._which.setAccessibleName(_("Which keys"))
        for words, which in ((_("All keys"), ""), (_("Trusted"), "trusted"), (_("Blocked"), "blocked")):
            self._which.addItem(words, which)
        self._which.currentIndexChanged.connect(self._show)
        self._kind = QComboBox()
        self._kind.setAccessibleName(_("Which decisions"))
        kinds = (
            (_("All decisions"), ""),
            (_("Trusted"), "enrolled"),
            (_("Blocked"), "revoked"),
            (_("Did not agree"), "differed"),
            (_("The secretariat's own"), "call_added"),
        )
        for words, kind in kinds:
            self._kind.addItem(words, kind)
        self._kind.currentIndexChanged.connect(self._show)
        row.addWidget(self._words, 1)
        row.addWidget(self._which)
        row.addWidget(self._kind)
        column.addLayout(row)

    def _make_buttons(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self._block = button(_("Block the key…"))
        self._block.clicked.connect(self._ask_to_block)
        printed = button(_("List on paper…"), described=_("All fingerprints as PDF, with a box to tick for each"))
        printed.clicked.connect(lambda: self.wished.emit("fingerprints"))
        row.addWidget(self._block)
        row.addWidget(printed)
        row.addStretch(1)
        column.addLayout(row)

    def _show(self) -> None:
        from esf_desktop.secretariat.decisions import state

        which, kind = self._which.currentData(), self._kind.currentData()
        _fill(
            self.keys,
            [
                (one, (one.name, one.organisation, one.device, state(one), groups(one.fingerprint)))
                for one in self._keys
                if which in ("", "trusted" if one.revoked is None else "blocked")
            ],
            self._words.text(),
        )
        shown = [one for one in reversed(self._decisions) if kind in ("", one.kind.value)]
        _fill(self.log, [(one, _cells(one)) for one in shown], self._words.text())
        self._check()

    def _chosen(self) -> "Enrolled | None":
        item = self.keys.item(self.keys.currentRow(), 0) if self.keys.selectedItems() else None
        return item.data(WHAT) if item else None

    def _check(self) -> None:
        chosen = self._chosen()
        self._block.setEnabled(chosen is not None and chosen.revoked is None)

    def _ask_to_block(self) -> None:
        from ui.secretariat.block_key import BlockKey

        if (chosen := self._chosen()) is not None:
            dialog = BlockKey(self, chosen)
            dialog.confirmed.connect(lambda reason: self.block(chosen, reason))
            dialog.open()

    def block(self, one: "Enrolled", reason: str) -> None:
        """Trust the key no longer."""

        def work(register: "Register") -> "Enrolled":
            from esf_desktop.secretariat import trust

            return trust.revoke(register, one.fingerprint, reason=reason, at=now(), by=officer())

        said = _("The key of {name} is blocked.").format(name=one.name)
        self._desk.do(self, work, lambda _done: self._desk.announced.emit(said))

    def print_list(self, waiting: Sequence[tuple[str, bytes]]) -> None:
        """Ask where, and write the list of fingerprints."""
        name, _kind = QFileDialog.getSaveFileName(self, _("List on paper"), _("Fingerprints") + ".pdf", "*.pdf")
        if name:
            self.write_list(Path(name), waiting)

    def write_list(self, target: Path, waiting: Sequence[tuple[str, bytes]]) -> None:
        """Write the list of fingerprints: those that wait, then those that are decided."""

        def work(register: "Register") -> int:
            from esf_desktop.secretariat import fingerprint_list

            return fingerprint_list.write(register, target, waiting)

        said = _("The list is written to {file}.").format(file=target.name)
        self._desk.do(self, work, lambda _done: self._desk.announced.emit(said))


def _cells(one: "Decision") -> tuple[str, ...]:
    when = one.at[:16].replace("T", " ")
    return (str(one.number), when, one.sentence(), one.device, one.reason, one.by, groups(one.fingerprint[:16]) + " …")


def _table(name: str, headers: Sequence[str]) -> QTableWidget:
    made = QTableWidget(0, len(headers))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(headers)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    made.horizontalHeader().setStretchLastSection(True)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme.pixels(2.2))
    made.setMinimumHeight(theme.pixels(LEAST))
    made.setProperty("role", "listing")
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setTabKeyNavigation(False)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    return made


def _fill(table: QTableWidget, rows: Sequence[tuple[object, Sequence[str]]], wanted: str) -> None:
    """Show the rows in which every wanted word stands somewhere; groups of a fingerprint too."""
    words = wanted.casefold().split()
    fitting = [(what, cells) for what, cells in rows if all(w in " ".join(cells).casefold() for w in words)]
    table.setRowCount(len(fitting))
    for place, (what, cells) in enumerate(fitting):
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setData(WHAT, what)
            if column == len(cells) - 1:
                item.setFont(theme.code_font(0.8))
            table.setItem(place, column, item)
