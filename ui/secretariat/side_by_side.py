"""One application with every assessor side by side, and beside them the document where one of them quotes it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Evidence
from ui import theme
from ui.secretariat.readings import one_reading
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolled
from ui.widgets.plain import area, button, clear, label, line

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Line, Reading
    from ui.secretariat.document_pane import DocumentPane

COLUMN = 17
"""The width of an assessor's column, in heights of a letter."""


class SideBySide(QWidget):
    """A column for each assessor, a row for each criterion; evidence opens the document beside."""

    stepped = Signal(int)
    """The next application (+1) or the one before (-1) is wanted."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Comparison, Line] | None = None
        self.pane: DocumentPane | None = None
        self._split = QSplitter()
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._split)
        left = area("surface")
        column = QVBoxLayout(left)
        side = theme.pixels(1.2)
        column.setContentsMargins(side, theme.pixels(0.7), 0, 0)
        column.setSpacing(theme.pixels(0.3))
        head = QHBoxLayout()
        self._title, self._about = label("", "title", wrap=True), label("", "muted", wrap=True)
        head.addWidget(self._title, 1)
        for words, step in ((_("Previous"), -1), (_("Next"), +1)):
            made = button(words)
            made.setAccessibleName(_("{what} application").format(what=words))
            made.clicked.connect(lambda _on=False, step=step: self.stepped.emit(step))
            head.addWidget(made)
        head.addSpacing(side)
        column.addLayout(head)
        column.addWidget(self._about)
        inside = area("surface")
        around = QVBoxLayout(inside)
        around.setContentsMargins(theme.pixels(0.5), theme.pixels(0.4), side, side)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.pixels(1.4))
        self._grid.setVerticalSpacing(theme.pixels(0.5))
        around.addLayout(self._grid)
        around.addStretch(1)
        self._scroll = scrolled(inside, read=_("Every assessor side by side"))
        column.addWidget(self._scroll, 1)
        self._split.addWidget(left)
        self.setFocusProxy(self._scroll)

    @property
    def application(self) -> ApplicationId | None:
        """The application that is shown."""
        return self._shown[1].application.id if self._shown else None

    def show_line(self, comparison: "Comparison", shown: "Line") -> None:
        """Show every assessor of the application."""
        another = self.application != shown.application.id
        self._shown = comparison, shown
        application = shown.application
        self._title.setText(application.project_name)
        met = _("{range} met").format(range=shown.met_words())
        self._about.setText(" · ".join((application.id, application.applicant_name, met)))
        clear(self._grid)
        call = comparison.call
        readings = [one for one in shown.readings if one.mark.value != "not_asked"]
        for place, reading in enumerate(readings):
            self._grid.addWidget(label(reading.person.name, "strong", wrap=True), 0, place)
            self._grid.setColumnMinimumWidth(place, theme.pixels(COLUMN))
            self._grid.setColumnStretch(place, 1)
        self._add_row(1, _("On the whole"), None, readings)
        for number, criterion in enumerate(call.criteria_for(application.id)):
            title = f"{criterion.id} · {criterion.title.spoken()}"
            self._add_row(4 + 3 * number, title, criterion.id, readings)
        if another:
            self._scroll.verticalScrollBar().setValue(0)
            if self.pane is not None:
                self.pane.hide()

    def _add_row(self, row: int, title: str, criterion: CriterionId | None, readings: "list[Reading]") -> None:
        assert self._shown is not None
        call, wide = self._shown[0].call, max(len(readings), 1)
        self._grid.addWidget(line(), row, 0, 1, wide)
        self._grid.addWidget(label(title, "caption"), row + 1, 0, 1, wide)
        for place, reading in enumerate(readings):
            cell = one_reading(call, reading, criterion, self._opener(criterion), named=False)
            self._grid.addWidget(cell, row + 2, place, Qt.AlignmentFlag.AlignTop)

    def _opener(self, criterion: CriterionId | None) -> Callable[[Evidence], None]:
        return lambda evidence: self.open(evidence, criterion)

    def open(self, evidence: Evidence, criterion: CriterionId | None) -> None:
        """Show the document at the place of the evidence."""
        if self._shown is None or criterion is None:
            return
        comparison, shown = self._shown
        if self.pane is None:
            from ui.secretariat.document_pane import DocumentPane

            self.pane = DocumentPane(self._desk, self._desk.documents())
            self.pane.left.connect(self.pane.hide)
            self._split.addWidget(self.pane)
            self._split.setSizes([self.width() // 2, self.width() // 2])
        self.pane.show()
        self.pane.show_evidence(comparison.call, shown.application.id, evidence, criterion)
