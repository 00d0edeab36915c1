"""The page where applications are judged: list, document and form side by side, each a view of the same desk."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, DocumentId
from esf_desktop.workspace import Change
from ui import theme
from ui.actions import Actions
from ui.assessor import undoing
from ui.assessor.application_list import ApplicationList
from ui.assessor.carrying import Carrying
from ui.assessor.checklist import Checklist
from ui.assessor.citing import Citing
from ui.assessor.document_home import DocumentHome
from ui.assessor.document_keys import connect
from ui.assessor.document_places import DocumentPlaces
from ui.assessor.document_view import DocumentView
from ui.assessor.evidence_side import EvidenceSide
from ui.assessor.references import reference_documents
from ui.desk import Desk
from ui.widgets.saving_edit import SavingEdit

if TYPE_CHECKING:
    from ui.assessor.history_panel import HistoryPanel

SHARES = (0.173, 0.515, 0.312)
"""Of the window's width, for list, document and form."""


class MissingDocumentError(EsfError):
    """A document that the round names and this computer does not have."""

    code = "missing_document"

    def sentence(self) -> str:
        return _("This document is not on this computer; open the call package again. Your work is as it was.")


class AssessPage(QWidget):
    """Shows one application at a time."""

    all_done = Signal()
    """Nothing is left to assess."""

    def __init__(self, desk: Desk, actions: Actions, columns: Sequence[int] = (), document_window: str = "") -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._application: ApplicationId | None = None
        self._round = desk.workspace.round
        self._history: HistoryPanel | None = None
        self.list = ApplicationList(desk)
        self.document = DocumentView(desk.documents, desk.tasks, DocumentPlaces(desk.workspace.store.places))
        self.home = DocumentHome(self.document, actions, document_window)
        self.evidence = EvidenceSide(actions)
        self.document.panel.addWidget(self.evidence)
        self.citing = Citing(desk, actions, self.document, self.evidence, self)
        self.carrying = Carrying(self.document, lambda: self.checklist, self.citing.add)
        self.checklist: Checklist | None = None
        self._parts: dict[ApplicationId, CriterionId | None] = {}
        """What was open of each application when it was left."""
        self.home.setMinimumWidth(320)
        self._place = QWidget()
        self._place.setMinimumWidth(theme.pixels(19))
        QHBoxLayout(self._place).setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter()
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(True)
        for part in (self.list, self.home, self._place):
            self._splitter.addWidget(part)
        for number, stretch in enumerate((0, 1, 0)):
            self._splitter.setStretchFactor(number, stretch)
        self._splitter.setCollapsible(2, False)
        self._columns = tuple(columns)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._connect()
        self.setFocusProxy(self.list)
        self.list.show_all()

    def refresh(self) -> None:
        """Read everything again."""
        self.list.show_all()
        order = self.list.order
        turned, self._round = self._round != self._desk.workspace.round, self._desk.workspace.round
        if turned or self._application not in order:
            self._application = None
            self._show_form(None)
            self.document.show_documents((), self._load)
            if order:
                self.open(order[0])
        else:
            self._refresh_open()

    def flush(self) -> bool:
        """Save what was typed, and where one reads."""
        self.document.remember_place()
        return self.checklist is None or self.checklist.flush()

    def open(self, application: ApplicationId, criterion: CriterionId | None = None) -> None:
        """Show an application, perhaps with one of its criteria open."""
        if application != self._application:
            if not self.flush() or application not in self.list.order:
                return
            self._application = application
            if self._history is not None and self._history.isVisible():
                self._history.show_for(application)
            self.list.mark(application)
            # The worker opens the document while the form is made.
            documents = self._desk.workspace.application(application).documents
            self.document.show_documents(documents, self._load, reference_documents(self._desk.call))
            self._show_form(application)
            self._refresh_open()
        if criterion and self.checklist is not None:
            self.checklist.open(criterion)

    def place(self) -> object:
        """The open application and the open part of its form."""
        return self._application, self.checklist.open_part if self.checklist else None, self.home.away

    def return_to(self, place: object) -> None:
        """Open that application and that part again."""
        match place:
            case (str() as application, part, away):
                if isinstance(away, bytes):
                    self.home.take_out(away)
                self.open(ApplicationId(application))
                if self.checklist is not None and (part is None or isinstance(part, str)):
                    self.checklist.open(None if part is None else CriterionId(part))

    @property
    def application(self) -> ApplicationId | None:
        """The open application."""
        return self._application

    @property
    def columns(self) -> tuple[int, ...]:
        """The widths of the three columns, to be kept."""
        return tuple(self._splitter.sizes())

    @property
    def document_window(self) -> str:
        """Where the document's own window stands, or stood, to be kept."""
        return self.home.window_place

    def showEvent(self, event: object) -> None:
        if sum(self._splitter.sizes()) <= 0 or not self._splitter.property("placed"):
            width = max(self.width(), 600)
            fits = (
                len(self._columns) == 3 and abs(sum(self._columns) - width) < width / 4 and min(self._columns[1:]) > 100
            )
            self._splitter.setSizes(list(self._columns) if fits else self._shares(width))
            self._splitter.setProperty("placed", True)

    def _load(self, document: DocumentId) -> bytes:
        if not self._desk.workspace.store.has(document):
            raise MissingDocumentError
        return self._desk.workspace.document(document)

    def _shares(self, width: int) -> list[int]:
        sizes = [round(width * share) for share in SHARES]
        form = min(max(sizes[2], theme.pixels(26)), round(width * 0.42))
        left = min(max(sizes[0], theme.pixels(15)), round(width * 0.22))
        return [left, width - left - form, form]

    def _connect(self) -> None:
        connect(self.document, self._actions)
        self._desk.changed.connect(self._changed)
        self.list.chosen.connect(self._choose)
        to_form: dict[str, Callable[[Checklist], object]] = {
            "next_criterion": lambda form: form.turn(+1),
            "previous_criterion": lambda form: form.turn(-1),
            "comment": lambda form: form.write_comment(),
            "note": lambda form: form.write_note(),
            "finish": lambda form: form.finish(),
            "guide": lambda form: form.guide(),
            "goals": lambda form: form.pick_goal(),
            "main_area": lambda form: form.mark_main_area(),
        } | {f"rate_{n}": (lambda form, n=n: form.press(n - 1)) for n in range(1, 5)}
        for name, act in to_form.items():
            self._actions[name].triggered.connect(lambda _on=False, act=act: self._on_form(act))
        for name, act_ in (
            ("undo", self._undo),
            ("redo", self._redo),
            ("leave", self.carrying.give_up),
            ("history", self._show_history),
            ("conflict", lambda: self._on_form(lambda form: form.ask_again())),
            ("next_application", lambda: self._step(+1)),
            ("previous_application", lambda: self._step(-1)),
        ):
            self._actions[name].triggered.connect(lambda _on=False, act=act_: self._act(act))

    def _on_form(self, act: Callable[[Checklist], object]) -> None:
        if self.checklist is not None and self.isVisible():
            act(self.checklist)

    def _act(self, act: Callable[[], object]) -> None:
        if self.isVisible():
            act()

    def _changed(self, change: Change) -> None:
        if change.round or not self.list.order:
            self.refresh()
            return
        for application in change.applications:
            self.list.show_one(application)
        if self._application in change.applications:
            self._refresh_open()

    def _refresh_open(self) -> None:
        if self._application is None or self.checklist is None:
            return
        self.checklist.refresh()
        self.citing.refresh()
        undoing.show(self._desk, self._actions, self._application)

    def _show_form(self, application: ApplicationId | None) -> None:
        layout = self._place.layout()
        assert layout is not None
        focused, within = QApplication.focusWidget(), False
        self.carrying.give_up()
        if self.checklist is not None:
            within = focused is not None and self.checklist.isAncestorOf(focused)
            self._parts[self.checklist.application] = self.checklist.open_part
            layout.removeWidget(self.checklist)
            self.checklist.hide()
            self.checklist.deleteLater()
            self.checklist = None
        if application is not None:
            part = self._parts.get(application)
            self.checklist = Checklist(self._desk, self._actions, application, part)
            self.checklist.reference_opened.connect(lambda sha256: self.document.show_document(DocumentId(sha256)))
            self.checklist.finished.connect(self._go_on)
            layout.addWidget(self.checklist)
            if within:
                self.checklist.focus_open()
        self.citing.follow(self.checklist)

    def _choose(self, application: str) -> None:
        self.open(ApplicationId(application))
        if self._application is not None and self._application != application:
            self.list.mark(self._application)

    def _step(self, step: int) -> None:
        order = self.list.order
        if self._application in order:
            place = order.index(self._application) + step
            if 0 <= place < len(order):
                self.open(order[place])

    def _go_on(self) -> None:
        order, states = self.list.order, self._desk.workspace.states()
        here = order.index(self._application) if self._application in order else -1
        for application in (*order[here + 1 :], *order[: here + 1]):
            if not states[application].finished:
                self.open(application)
                return
        self.all_done.emit()

    def _show_history(self) -> None:
        """Show what was done: of the open part when one writes in it, otherwise of everything."""
        from ui.assessor.history_panel import HistoryPanel

        if self._application is None or self.checklist is None or not self.flush():
            return
        if self._history is None:
            self._history = HistoryPanel(self, self._desk)
        writing = isinstance(self.window().focusWidget(), SavingEdit)
        self._history.show_for(self._application, self.checklist.open_part if writing else None)
        self._history.show()
        self._history.activateWindow()

    def _undo(self) -> None:
        if self._application is not None and self.flush():
            undoing.undo(self._desk, self._application)

    def _redo(self) -> None:
        if self._application is not None and self.flush():
            undoing.redo(self._desk, self._application)
