"""Where the assessors differ at a glance, and beside it what each of them says of the cell that is looked at."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId
from ui import theme
from ui.secretariat.compare_table import CompareTable
from ui.secretariat.readings import Readings
from ui.widgets.columns import scrolled
from ui.widgets.plain import area, button, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Line
    from esf_desktop.secretariat.consensus import Written


class CompareMatrix(QWidget):
    """The table and the panel that tells of one cell at a time."""

    opened = Signal()
    """The application is to be seen with everybody side by side."""
    consensus_wanted = Signal()
    evidence_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._agreed: Mapping[ApplicationId, Written] = {}
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        left = area("window")
        column = QVBoxLayout(left)
        edge = theme.pixels(0.8)
        column.setContentsMargins(edge, 0, edge, edge)
        self.table = CompareTable()
        self.table.current_changed.connect(self.tell)
        self.table.opened.connect(self.opened)
        column.addWidget(self.table, 1)
        legend = _(
            "A frame: two assessors are far apart. A marked corner: changed in a later revision. Last column: from the "
            "assessor who finds least met to the one who finds most. Nothing is added up to points."
        )
        column.addWidget(label(legend, "small", wrap=True))
        split.addWidget(left)
        split.addWidget(self._make_panel())
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.pixels(72), theme.pixels(25)])
        self.setFocusProxy(self.table)

    def show_lines(
        self, comparison: "Comparison", lines: "tuple[Line, ...]", agreed: "Mapping[ApplicationId, Written]"
    ) -> None:
        """Show these lines in this order; `agreed` is the joint assessment of each application that has one."""
        self._comparison, self._agreed = comparison, agreed
        self.table.show_lines(comparison, lines)
        self.tell()

    def tell(self) -> None:
        """Say in the panel what each one says of the current cell."""
        line, cell, comparison = self.table.line, self.table.cell, self._comparison
        if line is None or comparison is None:
            return
        call, criterion = comparison.call, cell.criterion if cell else None
        self._title.setText(line.application.project_name)
        title = call.criterion(criterion).title.spoken() if criterion else ""
        self._about.setText(f"{criterion} · {title}" if criterion else line.application.id)
        self.readings.show_line(call, line, criterion)
        written = self._agreed.get(line.application.id)
        if written is None:
            self._joint.setText(_("Written at the meeting. The assessors' own are not changed."))
        else:
            met, of = written.consensus.met(call)
            self._joint.setText(_("{n} of {m} met").format(n=met, m=of))
        self._begin.setText(_("Open…") if written else _("Begin…"))
        self._begin.setAccessibleName(_("Joint assessment of {project}").format(project=line.application.project_name))

    def _make_panel(self) -> QWidget:
        inside = area("surface")
        panel = QVBoxLayout(inside)
        side = theme.pixels(1.2)
        panel.setContentsMargins(side, side, side, side)
        panel.setSpacing(theme.pixels(0.5))
        self._title, self._about = label("", "title", wrap=True), label("", "muted", wrap=True)
        panel.addWidget(self._title)
        panel.addWidget(self._about)
        self.readings = Readings()
        self.readings.evidence_wanted.connect(self.evidence_wanted)
        panel.addWidget(self.readings)
        panel.addSpacing(theme.pixels(0.8))
        panel.addWidget(label(_("Joint assessment"), "title"))
        self._joint = label("", "small", wrap=True)
        panel.addWidget(self._joint)
        self._begin = button("")
        self._begin.clicked.connect(self.consensus_wanted)
        beside = button(_("Side by side"), described=_("All assessors of the application side by side (Enter)"))
        beside.clicked.connect(self.opened)
        row = QHBoxLayout()
        row.addWidget(self._begin)
        row.addWidget(beside)
        row.addStretch(1)
        panel.addLayout(row)
        panel.addStretch(1)
        scroll = scrolled(inside, read=_("What each assessor says"))
        scroll.setMinimumWidth(theme.pixels(20))
        return scroll
