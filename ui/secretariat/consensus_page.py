"""Joint assessment (Gemensam bedömning): what the meeting agrees on, beside what each one wrote alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId
from ui import theme
from ui.desk import now
from ui.secretariat.consensus_sheet import ConsensusSheet
from ui.secretariat.officer import officer
from ui.secretariat.readings import Readings
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.columns import scrolled
from ui.widgets.flow import Flow
from ui.widgets.plain import area, button, clear, label, with_key

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Line
    from esf_desktop.secretariat.consensus import Consensus, Written
    from esf_desktop.secretariat.register import Register
    from ui.secretariat.consensus_sheet import Change

LEAST_LARGE, MOST_LARGE, LINES = 150, 230, 5
"""The type for a projector in per cent, at least and at most; between them the window's height through so much."""
ID = Qt.ItemDataRole.UserRole


class ConsensusPage(QWidget):
    """A list of applications, the record of one, and what each assessor says; every change is saved at once."""

    evidence_wanted = Signal(object, object, object)
    """An application's id, the `Evidence` whose place somebody wants to see, and the criterion that it is about."""

    def __init__(self, desk: RegisterDesk) -> None:
        super().__init__()
        self._desk = desk
        self._comparison: Comparison | None = None
        self._lines: tuple[Line, ...] = ()
        self._application: ApplicationId | None = None
        self._criterion: CriterionId | None = None
        self._sheet: ConsensusSheet | None = None
        self._large = self._stale = False
        self._stack = QStackedLayout(self)
        nothing = area("surface")
        words = label(_("Nothing to agree on yet. Add the call and the bundles in the inbox."), "muted", wrap=True)
        QVBoxLayout(nothing).addWidget(words, 0, Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._make())
        for keys, act in (
            ("F11", self.turn_large),
            ("Alt+Right", lambda: self._step(+1)),
            ("Alt+Left", lambda: self._step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the register again, when somebody sees it."""
        if not self.isVisible():
            self._stale = True
            return
        from esf_desktop.secretariat.compare import Order, ordered

        self._stale = False
        before, self._comparison = self._comparison, self._desk.comparison()
        ready = self._comparison is not None and bool(self._comparison.lines)
        self._stack.setCurrentIndex(1 if ready else 0)
        if self._comparison is None or not ready:
            return
        self._lines = ordered([one for one in self._comparison.lines if not one.withdrawn], Order.SPREAD)
        self._show_list()
        if before is not self._comparison:
            self._make_sheet()
        self._show_record()

    def open(self, application: ApplicationId, criterion: CriterionId | None = None) -> None:
        """Show the joint assessment of an application, with a criterion unfolded."""
        self._criterion = criterion
        self._go(application)

    @property
    def criterion(self) -> CriterionId | None:
        """The criterion that is unfolded; None when it is the whole."""
        return self._criterion

    def turn_large(self) -> None:
        """Make the type so large that it can be read from a projector, or as it was."""
        self._flush()
        self._large = not self._large
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        large = max(LEAST_LARGE, min(MOST_LARGE, self.window().height() // LINES))
        theme.enlarge(application, large if self._large else 0)
        self._list.setVisible(not self._large)
        self._name_large()
        self._make_sheet()
        self._show_record()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale or self._comparison is None:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._flush()
        if self._large:
            self.turn_large()

    def _make(self) -> QWidget:
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        self._list = QListWidget()
        self._list.setProperty("role", "parts")
        self._list.setAccessibleName(_("Applications"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentItemChanged.connect(self._chosen)
        self._list.setMinimumWidth(theme.pixels(13))
        split.addWidget(self._list)
        split.addWidget(self._make_middle())
        inside = area("surface")
        self._beside = QVBoxLayout(inside)
        side = theme.pixels(1.2)
        self._beside.setContentsMargins(side, side, side, side)
        self._about = label("", "title", wrap=True)
        self._beside.addWidget(self._about)
        self._beside.addWidget(label(_("As each one wrote it; it is not changed here."), "small", wrap=True))
        self.readings = Readings()
        self.readings.evidence_wanted.connect(self._open_evidence)
        self._beside.addWidget(self.readings)
        self._beside.addStretch(1)
        scroll = scrolled(inside, read=_("What each assessor says"))
        scroll.setMinimumWidth(theme.pixels(16))
        split.addWidget(scroll)
        for place, share in enumerate((2, 5, 3)):
            split.setStretchFactor(place, share)
        split.setSizes([theme.pixels(17), theme.pixels(48), theme.pixels(26)])
        self.setFocusProxy(self._list)
        return split

    def _make_middle(self) -> QWidget:
        middle = area("surface")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = area("bar")
        row = Flow(gap=theme.pixels(0.8), spread=False)
        bar.setLayout(row)
        row.setContentsMargins(12, 5, 12, 5)
        for words, key, step in ((_("Previous"), "Alt+←", -1), (_("Next"), "Alt+→", +1)):
            made = button(words, described=_("{what} ({key})").format(what=words, key=key))
            made.clicked.connect(lambda _on=False, step=step: self._step(step))
            row.addWidget(with_key(made, key))
        row.addWidget(label(_("J and K: criterion, C: reasons"), "small"))
        self._larger = button("")
        self._larger.clicked.connect(self.turn_large)
        self._name_large()
        row.end_with(with_key(self._larger, "F11"))
        column.addWidget(bar)
        inside = area("surface")
        self._place = QVBoxLayout(inside)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(inside)
        column.addWidget(self._scroll, 1)
        return middle

    def _name_large(self) -> None:
        self._larger.setText(_("Ordinary type") if self._large else _("Large type"))
        self._larger.setAccessibleDescription(_("For a projector (F11)"))
        self._larger.setToolTip(_("For a projector (F11)"))

    def _show_list(self) -> None:
        from esf_desktop.secretariat.consensus import consensus

        agreed = consensus(self._desk.register)
        self._list.blockSignals(True)
        if self._list.count() != len(self._lines):
            self._list.clear()
            for _line in self._lines:
                self._list.addItem(QListWidgetItem())
        for place, line in enumerate(self._lines):
            item, application = self._list.item(place), line.application
            done = agreed.get(application.id)
            state = _("written") if done else _("not begun")
            item.setText(f"{application.id} · {state}\n{application.project_name}")
            item.setData(ID, application.id)
            item.setSizeHint(QSize(theme.pixels(10), theme.pixels(4.4)))
        here = [line.application.id for line in self._lines]
        if self._application not in here:
            self._application = here[0] if here else None
        if self._application is not None:
            self._list.setCurrentRow(here.index(self._application))
        self._list.blockSignals(False)

    def _chosen(self) -> None:
        item = self._list.currentItem()
        if item.data(ID) != self._application:
            self._criterion = None
            self._go(item.data(ID))

    def _go(self, application: ApplicationId) -> None:
        self._flush()
        self._application = application
        if self._comparison is None or self._stale or not self.isVisible():
            return
        self._show_list()
        self._make_sheet()
        self._show_record()
        self._scroll.verticalScrollBar().setValue(0)

    def _step(self, by: int) -> None:
        here = [line.application.id for line in self._lines]
        if self._application in here and 0 <= (place := here.index(self._application) + by) < len(here):
            self._criterion = None
            self._go(here[place])

    @property
    def _line(self) -> "Line | None":
        return next((one for one in self._lines if one.application.id == self._application), None)

    def _make_sheet(self) -> None:
        clear(self._place)
        self._sheet = None
        line, comparison = self._line, self._comparison
        if line is None or comparison is None:
            return
        self._sheet = ConsensusSheet(comparison.call, line, self._change)
        self._sheet.criterion_opened.connect(self._tell)
        self._sheet.restore_wanted.connect(self._restore)
        self._place.addWidget(self._sheet)
        self._sheet.open(self._criterion)

    def _show_record(self) -> None:
        from esf_desktop.secretariat.consensus import remarks, sittings

        line, comparison = self._line, self._comparison
        if line is None or comparison is None or self._sheet is None:
            return
        said, all_ = self._record(self._desk.register)
        told = remarks(said, comparison.call, line) if all_ else ()
        self._sheet.show_written(said, sittings(all_), told)

    def _record(self, register: "Register") -> "tuple[Consensus, tuple[Written, ...]]":
        """The record as it stands, or what one begins with; and everything that was written of it."""
        from esf_desktop.secretariat.consensus import begun, written

        assert self._line is not None
        all_ = written(register).get(self._line.application.id, ())
        return (all_[-1].consensus if all_ and not all_[-1].consensus.empty else begun(self._line)), all_

    def _change(self, change: "Change") -> bool:
        from esf_desktop.secretariat.consensus import write

        def work(register: "Register") -> object:
            said, all_ = self._record(register)
            return write(register, change(said), at=now(), by=officer(), after=all_[-1].number if all_ else 0)

        return self._desk.decide(work) is not None

    def _restore(self, one: "Written") -> None:
        if self._change(lambda _said: one.consensus):
            self._desk.announced.emit(_("The earlier joint assessment is written again."))

    def _tell(self, criterion: CriterionId | None) -> None:
        self._criterion = criterion
        line, comparison = self._line, self._comparison
        if line is None or comparison is None:
            return
        title = comparison.call.criterion(criterion).title.spoken() if criterion else ""
        self._about.setText(f"{criterion} · {title}" if criterion else _("On the whole"))
        self.readings.show_line(comparison.call, line, criterion)

    def _open_evidence(self, evidence: object) -> None:
        self.evidence_wanted.emit(self._application, evidence, self._criterion)

    def _flush(self) -> None:
        if self._sheet is not None:
            self._sheet.flush()
