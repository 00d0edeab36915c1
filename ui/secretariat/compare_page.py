"""Compare (Jämför): where the assessors differ, side by side, how far they agree, and who is to read besides."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Evidence
from ui import theme
from ui.secretariat.agreement_view import AgreementView
from ui.secretariat.compare_matrix import CompareMatrix
from ui.secretariat.readers_view import ReadersView
from ui.secretariat.register_desk import RegisterDesk
from ui.secretariat.side_by_side import SideBySide
from ui.widgets.page_tabs import PageTabs
from ui.widgets.plain import area, label

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Order


class ComparePage(QWidget):
    """Shows the comparison in one of its views; a page that nobody sees is brought up to date when it is turned to."""

    consensus_wanted = Signal(object, object)
    """An application's id, and the letters of a criterion or None: its joint assessment is to be opened."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk, self._stale = desk, True
        self._comparison: Comparison | None = None
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

    def refresh(self) -> None:
        """Read the register again, when somebody sees it."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        from esf_desktop.secretariat.appointments import appointed, wanted

        self._comparison = comparison = self._desk.comparison()
        ready = comparison is not None and bool(comparison.people)
        self._stack.setCurrentIndex(1 if ready else 0)
        if comparison is None or not ready:
            return
        waiting = sum(one.needs_one for one in wanted(comparison, appointed(self._desk.register)))
        name = _("One more reader ({n})").format(n=waiting) if waiting else _("One more reader")
        self._tabs.rename("readers", name)
        self._fill()

    def _fill(self) -> None:
        """Bring the view that is seen up to date; the others are when they are turned to."""
        from esf_desktop.secretariat.compare import ordered
        from esf_desktop.secretariat.consensus import consensus

        comparison, view = self._comparison, self._views.currentWidget()
        if comparison is None or not comparison.people:
            return
        if view is self.matrix:
            lines = ordered(comparison.lines, self._wanted_order())
            self.matrix.show_lines(comparison, lines, consensus(self._desk.register))
        elif view is self.application and (line := self.matrix.table.line) is not None:
            self.application.show_line(comparison, line)
        elif view is self.agreement:
            self.agreement.show_comparison(comparison)
        elif view is self.readers:
            self.readers.show_comparison(comparison)

    def order(self, name: str) -> None:
        """Put the lines in another order, by its name."""
        self._order.setCurrentIndex(self._order.findData(name))
        self._fill()

    def show_view(self, name: str) -> None:
        """Turn to a view by its name."""
        for place in range(self._views.count()):
            view = self._views.widget(place)
            if view is not None and view.objectName() == name:
                self._views.setCurrentIndex(place)
                self._fill()
                view.setFocus()
        self._tabs.mark(name)
        self._order.setVisible(name == "matrix")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _make(self) -> QWidget:
        whole = area("window")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.4))
        above = QHBoxLayout()
        edge = theme.pixels(0.8)
        above.setContentsMargins(edge, theme.pixels(0.4), edge, 0)
        self._tabs = PageTabs()
        self._tabs.setAccessibleName(_("Views of the comparison"))
        self._tabs.chosen.connect(self.show_view)
        above.addWidget(self._tabs, 1)
        self._order = QComboBox()
        self._order.setAccessibleName(_("Order of the applications"))
        for name, words in (
            ("spread", _("Widest difference first")),
            ("met", _("Most met first")),
            ("area", _("By main area")),
            ("diary_number", _("By diary number")),
        ):
            self._order.addItem(words, name)
        self._order.activated.connect(self._fill)
        above.addWidget(self._order)
        column.addLayout(above)
        self._views = QStackedWidget()
        self.matrix = CompareMatrix()
        self.matrix.consensus_wanted.connect(self._to_consensus)
        self.matrix.opened.connect(lambda: self.show_view("application"))
        self.matrix.evidence_wanted.connect(self._open_evidence)
        self.application = SideBySide(self._desk)
        self.application.stepped.connect(self._step)
        self.agreement = AgreementView()
        self.readers = ReadersView(self._desk)
        for told in (self.agreement, self.readers):
            told.application_wanted.connect(self._to_matrix)
        views: tuple[tuple[str, str, QWidget], ...] = (
            ("matrix", _("Matrix"), self.matrix),
            ("application", _("Side by side"), self.application),
            ("agreement", _("Agreement"), self.agreement),
            ("readers", _("One more reader"), self.readers),
        )
        for place, (name, words, view) in enumerate(views, start=1):
            view.setObjectName(name)
            self._views.addWidget(view)
            self._tabs.add(name, words, f"Alt+{place}")
            shortcut = QShortcut(
                QKeySequence(f"Alt+{place}"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(lambda name=name: self.show_view(name))
        column.addWidget(self._views, 1)
        self.setFocusProxy(self.matrix)
        self.show_view("matrix")
        return whole

    def _wanted_order(self) -> "Order":
        from esf_desktop.secretariat.compare import Order

        return Order(self._order.currentData())

    def _to_matrix(self, application: ApplicationId) -> None:
        self.show_view("matrix")
        self.matrix.table.go_to(application, 0)

    def _step(self, by: int) -> None:
        self.matrix.table.step(by)
        self._fill()

    def open_evidence(self, application: ApplicationId, evidence: Evidence, criterion: CriterionId | None) -> None:
        """Show the application side by side, and the document at the place of the evidence."""
        self.show_view("matrix")
        self.matrix.table.go_to(application, 0)
        self.show_view("application")
        self.application.open(evidence, criterion)

    def _open_evidence(self, evidence: Evidence) -> None:
        cell = self.matrix.table.cell
        self.show_view("application")
        self.application.open(evidence, cell.criterion if cell else None)

    def _to_consensus(self) -> None:
        cell = self.matrix.table.cell
        self.consensus_wanted.emit(self.matrix.table.application, cell.criterion if cell else None)
