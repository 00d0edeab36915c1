"""How far the assessors agree, for the round and for each principle, with what the figures say and do not say."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from esf_desktop.formatting import decimal, percent
from esf_desktop.i18n import _, plural
from ui import theme
from ui.widgets.columns import scrolling
from ui.widgets.plain import button, clear, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.agreement import Agreement
    from esf_desktop.secretariat.compare import Comparison

WIDTH = 64
FIRST = 5
"""Applications that are named to be discussed first."""


class AgreementView(QWidget):
    """Plain agreement first, then alpha; nothing before the round is large enough for the figures to say anything."""

    application_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        column = scrolling(self, WIDTH)
        column.setSpacing(theme.pixels(0.7))
        column.addWidget(label(_("Agreement"), "huge"))
        self._figures, self._words = label("", "title", wrap=True), label("", "muted", wrap=True)
        column.addWidget(self._figures)
        column.addWidget(self._words)
        self._meaning = label(
            _(
                "Plain agreement: how many of all pairs of ratings of the same thing are the same. Alpha "
                "(Krippendorff, ordered steps): 1 is full agreement, 0 is what chance would give. What cannot be "
                "assessed and conflicts of interest are left out."
            ),
            "small",
            wrap=True,
        )
        column.addWidget(self._meaning)
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(
            [_("Principle"), _("Rated by two or more"), _("Plain agreement"), _("Alpha")]
        )
        self.table.setAccessibleName(_("Agreement on each principle"))
        self.table.setProperty("role", "listing")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        first = self.table.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        column.addWidget(self.table)
        self._first = QVBoxLayout()
        self._first.setSpacing(theme.pixels(0.1))
        column.addLayout(self._first)
        column.addStretch(1)
        self.setFocusProxy(self.table)

    def show_comparison(self, comparison: "Comparison") -> None:
        """Show the figures of the round."""
        from esf_desktop.secretariat.agreement import in_words
        from esf_desktop.secretariat.compare import round_agreement

        whole = round_agreement(comparison)
        for part in (self._meaning, self.table):
            part.setVisible(whole is not None)
        if whole is None:
            self._figures.setText(_("Shown from 5 applications and 2 assessors on."))
            self._words.setText(_too_few(comparison))
        else:
            self._figures.setText(
                _("{share} of the pairs are the same · alpha {alpha}").format(share=_share(whole), alpha=_alpha(whole))
            )
            self._words.setText(in_words(whole))
            self._fill(comparison)
        self._name_first(comparison)

    def _fill(self, comparison: "Comparison") -> None:
        from esf_desktop.secretariat.compare import round_agreement

        principles = comparison.call.principles
        self.table.setRowCount(len(principles))
        for row, principle in enumerate(principles):
            found = round_agreement(comparison, principle.id)
            assert found is not None
            title = f"{principle.id}  {principle.title.spoken()}"
            for place, words in enumerate((title, str(found.units), _share(found), _alpha(found))):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, place, item)
        high = theme.pixels(2.3)
        self.table.verticalHeader().setDefaultSectionSize(high)
        self.table.setFixedHeight(high * len(principles) + self.table.horizontalHeader().sizeHint().height() + 6)

    def _name_first(self, comparison: "Comparison") -> None:
        from esf_desktop.secretariat.compare import Order, ordered

        clear(self._first)
        apart = [line for line in ordered(comparison.lines, Order.SPREAD) if any(cell.apart for cell in line.cells)]
        if not apart:
            return
        self._first.addSpacing(theme.pixels(0.8))
        self._first.addWidget(label(_("Discuss first"), "title"))
        self._first.addWidget(
            label(_("Where the assessors are furthest apart; discussion helps where it is aimed."), "small", wrap=True)
        )
        for line in apart[:FIRST]:
            letters = ", ".join(cell.criterion for cell in line.cells if cell.apart)
            made = button(f"{line.application.id} {line.application.project_name} ({letters})", "link")
            made.clicked.connect(
                lambda _on=False, application=line.application.id: self.application_wanted.emit(application)
            )
            self._first.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


def _too_few(comparison: "Comparison") -> str:
    read = [line for line in comparison.lines if any(reading.counted for reading in line.readings)]
    readers = {reading.person.id for line in read for reading in line.readings if reading.counted}
    applications = plural("{n} application has been assessed", "{n} applications have been assessed", len(read))
    return _("So far {applications}, by {n} in all.").format(
        applications=applications.format(n=len(read)), n=len(readers)
    )


def _share(found: "Agreement") -> str:
    return "–" if found.plain is None else percent(found.plain)


def _alpha(found: "Agreement") -> str:
    """Two decimals; a dash where it is not defined."""
    return "–" if found.alpha is None else decimal(found.alpha, 2)
