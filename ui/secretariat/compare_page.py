"""Compare (Jämför): where the assessors differ, and beside it what each of them says."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _
from esf_desktop.model import Evidence
from esf_desktop.wording import rating_word, recommendation_word
from ui import theme
from ui.secretariat.compare_table import SHOWN, CompareTable
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolled
from ui.widgets.plain import area, clear, label, line
from ui.widgets.rating_chip import RatingChip

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Line, Order, Reading


class ComparePage(QWidget):
    """Shows the comparison and tells of one cell at a time."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._comparison: Comparison | None = None
        self._lines: tuple[Line, ...] = ()
        self._stack = QStackedLayout(self)
        nothing = area("surface")
        QVBoxLayout(nothing).addWidget(
            label(_("Nothing to compare yet. Add the call and the bundles in the inbox."), "muted", wrap=True),
            0,
            Qt.AlignmentFlag.AlignCenter,
        )
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make())
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the register again."""
        from esf_desktop.secretariat.compare import ordered

        self._comparison = self._desk.comparison()
        ready = self._comparison is not None and bool(self._comparison.people)
        self._stack.setCurrentIndex(1 if ready else 0)
        if self._comparison is None or not ready:
            return
        row, column = self._table.currentRow(), self._table.currentColumn()
        self._lines = ordered(self._comparison.lines, self._wanted_order())
        self._table.show_lines(self._comparison, self._lines)
        self._table.setCurrentCell(max(row, 0), max(column, 1))
        self._tell()

    def _make(self) -> QWidget:
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        left = area("window")
        column = QVBoxLayout(left)
        column.setContentsMargins(theme.pixels(0.8), theme.pixels(0.8), theme.pixels(0.8), theme.pixels(0.8))
        self._order = QComboBox()
        self._order.setAccessibleName(_("Order of the applications"))
        for name, words in (
            ("spread", _("Widest difference first")),
            ("met", _("Most met first")),
            ("diary_number", _("By diary number")),
        ):
            self._order.addItem(words, name)
        self._order.activated.connect(self.refresh)
        above = QHBoxLayout()
        above.addWidget(label(_("Compare"), "title"))
        above.addStretch(1)
        above.addWidget(self._order)
        column.addLayout(above)
        self._table = CompareTable()
        self._table.currentCellChanged.connect(self._tell)
        column.addWidget(self._table, 1)
        legend = _(
            "A frame: two assessors are two steps apart. Last column: from the assessor who finds least met to the one "
            "who finds most. Nothing is added up to points."
        )
        column.addWidget(label(legend, "small", wrap=True))
        split.addWidget(left)
        inside = area("surface")
        scroll = scrolled(inside, read=_("What each assessor says"))
        scroll.setMinimumWidth(theme.pixels(20))
        self._panel = QVBoxLayout(inside)
        side = theme.pixels(1.2)
        self._panel.setContentsMargins(side, side, side, side)
        self._panel.setSpacing(theme.pixels(0.5))
        split.addWidget(scroll)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.pixels(72), theme.pixels(25)])
        self.setFocusProxy(self._table)
        return split

    def _wanted_order(self) -> "Order":
        from esf_desktop.secretariat.compare import Order

        return Order(self._order.currentData())

    def _tell(self) -> None:
        clear(self._panel)
        row = self._table.currentRow()
        if self._comparison is None or not 0 <= row < len(self._lines):
            return
        line_ = self._lines[row]
        criterion = getattr(self._table.currentItem().data(SHOWN), "criterion", None)
        call = self._comparison.call
        self._panel.addWidget(label(line_.application.project_name, "title", wrap=True))
        about = f"{criterion} · {call.criterion(criterion).title.spoken()}" if criterion else line_.application.id
        self._panel.addWidget(label(about, "muted", wrap=True))
        for reading in line_.readings:
            self._panel.addWidget(line())
            self._add_reading(reading, criterion)
        self._panel.addStretch(1)

    def _add_reading(self, reading: "Reading", criterion: object) -> None:
        assert self._comparison is not None
        call = self._comparison.call
        head = QHBoxLayout()
        head.addWidget(label(reading.person.name, "strong", wrap=True), 1)
        self._panel.addLayout(head)
        assessment = reading.assessment
        if assessment is None or assessment.recused:
            self._panel.addWidget(label(reading.mark.word(), "muted", wrap=True))
            return
        if reading.possible_conflict:
            self._panel.addWidget(
                label(_("Possible conflict of interest: ask before the meeting."), "warning", wrap=True)
            )
        if isinstance(criterion, str):
            judgement = next((j for j in assessment.judgements if j.criterion == criterion), None)
            if judgement is None:
                return
            if judgement.rating is not None:
                head.addWidget(RatingChip(judgement.rating, rating_word(call, judgement.criterion, judgement.rating)))
            if judgement.comment:
                self._panel.addWidget(label(judgement.comment, wrap=True))
            for evidence in judgement.evidence:
                self._panel.addWidget(label(_quoted(evidence), "small", wrap=True))
            return
        if assessment.recommendation is not None:
            head.addWidget(label(recommendation_word(assessment.recommendation), "muted"))
        self._panel.addWidget(label(assessment.overall, wrap=True))


def _quoted(evidence: Evidence) -> str:
    place = _("p. {page}").format(page=evidence.label or evidence.page + 1) + " " if evidence.page is not None else ""
    return f"{place}”{evidence.quote}”"
