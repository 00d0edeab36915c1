"""One principle at a time (En princip i taget): every application's rating of it, beside its document and the places
where the principle's search words stand."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from esf_desktop.assessor import evidence
from esf_desktop.i18n import _, plural
from esf_desktop.model import Application, ApplicationId, CriterionId, DocumentId, Evidence
from esf_desktop.workspace import Change
from ui import theme
from ui.actions import Actions
from ui.assessor import undoing
from ui.assessor.criterion_body import CriterionBody
from ui.assessor.document_keys import connect
from ui.assessor.document_places import DocumentPlaces
from ui.assessor.document_view import DocumentView
from ui.assessor.evidence_list import place_word
from ui.assessor.hit_list import HitList, Shown
from ui.assessor.indexing import Indexing
from ui.assessor.main_page import MissingDocumentError
from ui.assessor.marks import Mark
from ui.assessor.search_words import SearchWords
from ui.assessor.turned_row import TurnedRow
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.columns import scrolled
from ui.widgets.flow import Flow
from ui.widgets.plain import area, clear, label, line

LARGE = 20
"""The height of text above which the hits stand over the document instead of beside it."""


class PrinciplePage(QWidget):
    """Shows one criterion for all applications; one of them is open."""

    opened = Signal(str)
    """An application that a person wants to see whole."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self._desk, self._actions = desk, actions
        self._indexing = Indexing.of(desk)
        self._criterion: CriterionId | None = None
        self._application: ApplicationId | None = None
        self._shown: tuple[CriterionId | None, tuple[ApplicationId, ...]] = (None, ())
        self._looking: Task | None = None
        self.rows: dict[ApplicationId, TurnedRow] = {}
        self.document = DocumentView(desk.documents, desk.tasks, DocumentPlaces(desk.workspace.store.places))
        self._make()
        self._connect()
        self.setFocusProxy(self.choice)

    def refresh(self) -> None:
        """Read everything again."""
        call = self._desk.workspace.call()
        criteria = call.criteria if call else ()
        if [self.choice.itemData(n) for n in range(self.choice.count())] != [one.id for one in criteria]:
            self.choice.clear()
            for one in criteria:
                self.choice.addItem(f"{one.id}  {one.title.spoken()}", one.id)
        if self._criterion not in {one.id for one in criteria}:
            self._criterion = criteria[0].id if criteria else None
        self.choice.setCurrentIndex(self.choice.findData(self._criterion))
        self._show_rows()

    def flush(self) -> bool:
        """Save what was typed, and where one reads."""
        self.document.remember_place()
        return all([*(row.flush() for row in self.rows.values()), self.words.flush()])

    def place(self) -> object:
        """The criterion and the open application."""
        return self._criterion, self._application

    def return_to(self, place: object) -> None:
        """Show that criterion and open that application again."""
        match place:
            case (str() as criterion, application):
                self.show_criterion(CriterionId(criterion))
                if isinstance(application, str):
                    self.open(ApplicationId(application))

    @property
    def criterion(self) -> CriterionId | None:
        """The criterion that is shown."""
        return self._criterion

    @property
    def application(self) -> ApplicationId | None:
        """The open application."""
        return self._application

    def show_criterion(self, criterion: CriterionId) -> None:
        """Show another criterion, with the same application open."""
        if not self.flush():
            return
        self._criterion = criterion
        self.refresh()

    def open(self, application: ApplicationId) -> None:
        """Unfold one application, show its documents at the evidence, and look for the search words there."""
        if application not in self.rows or not self.flush():
            return
        within = self.focusWidget() is not None and self._scroll.isAncestorOf(self.focusWidget())
        changed = application != self._application
        self._application = application
        for known, row in self.rows.items():
            row.unfold(known == application)
        if changed or self.document.document is None:
            self.document.show_documents(self._desk.workspace.application(application).documents, self._load)
        self._show_marks()
        self._show_undo()
        self._jump_to_first()
        self._look()
        if within:
            self.rows[application].focus_heading()
        QTimer.singleShot(0, self._reveal)

    def step(self, step: int) -> None:
        """Open the next application (+1) or the one before (-1)."""
        order = list(self.rows)
        at = order.index(self._application) + step if self._application in order else 0
        if 0 <= at < len(order):
            self.open(order[at])

    def step_criterion(self, step: int) -> None:
        """Show the next criterion (+1) or the one before (-1)."""
        at = self.choice.currentIndex() + step
        if 0 <= at < self.choice.count():
            self.show_criterion(CriterionId(self.choice.itemData(at)))

    def step_hit(self, step: int) -> None:
        """Show the next place with a search word (+1), or the one before (-1)."""
        self.hits.step(step)

    def go_on(self) -> None:
        """Open the next application that is not rated; the criterion after this one when all are."""
        order = list(self.rows)
        here = order.index(self._application) + 1 if self._application in order else 0
        for application in (*order[here:], *order[:here]):
            if self._left(application):
                self.open(application)
                return
        self._desk.announced.emit(_("Every application is rated on {criterion}.").format(criterion=self._criterion))

    # building

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._splitter = QSplitter()
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._make_form())
        self._reading = QSplitter(Qt.Orientation.Vertical if theme.pixels() > LARGE else Qt.Orientation.Horizontal)
        self._reading.setHandleWidth(1)
        self._reading.addWidget(self._make_hits())
        self._reading.addWidget(self.document)
        self._reading.setStretchFactor(1, 1)
        self._reading.setCollapsible(1, False)
        self._splitter.addWidget(self._reading)
        self._splitter.setStretchFactor(1, 1)
        column.addWidget(self._splitter)

    def _make_form(self) -> QWidget:
        ground = area("surface")
        ground.setMinimumWidth(theme.pixels(17))
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Principle or area"))
        self.choice.setMinimumWidth(theme.pixels(10))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.activated.connect(lambda n: self.show_criterion(CriterionId(self.choice.itemData(n))))
        self._about = label("", "small", wrap=True)
        self._count = label("", "small", wrap=True)
        head = QVBoxLayout()
        side = theme.pixels(1.0)
        head.setContentsMargins(side, side, side, theme.pixels(0.7))
        head.setSpacing(theme.pixels(0.45))
        head.addWidget(self.choice)
        head.addWidget(self._about)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(line())
        inside = area("surface")
        self._scroll = scrolled(inside)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        column.addWidget(self._scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(side, theme.pixels(0.5), side, theme.pixels(0.5))
        keys = (
            ("next_application", _("Next application")),
            ("next_criterion", _("Next principle")),
            ("next_place", _("Next place")),
        )
        foot.addLayout(Flow(*(self._printed(name, words) for name, words in keys), gap=14, spread=False))
        if theme.pixels() <= LARGE:
            column.addWidget(line())
            column.addLayout(foot)
        return ground

    def _printed(self, name: str, words: str) -> QWidget:
        """A key and what it does."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.pixels(0.4))
        row.addWidget(label(self._actions.key(name), "key"))
        row.addWidget(label(words, "small"))
        return pair

    def _make_hits(self) -> QWidget:
        ground = area("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.words = SearchWords(self._desk)
        self.words.changed.connect(self._look)
        self._said = label("", "small", wrap=True)
        head = QVBoxLayout()
        side = theme.pixels(0.9)
        head.setContentsMargins(side, theme.pixels(0.7), side, theme.pixels(0.5))
        head.setSpacing(theme.pixels(0.4))
        head.addWidget(self.words)
        head.addWidget(self._said)
        column.addLayout(head)
        column.addWidget(line())
        self.hits = HitList(_("Places with the search words"), lines=2 if theme.pixels() > LARGE else 3)
        self.hits.pointed.connect(self._show_place)
        self.hits.chosen.connect(self._show_place)
        column.addWidget(self.hits, 1)
        ground.setMinimumWidth(theme.pixels(11))
        return ground

    def _index_moved(self) -> None:
        if self.isVisible():
            self._look()

    def _connect(self) -> None:
        connect(self.document, self._actions)
        self._desk.changed.connect(self._changed)
        self._indexing.moved.connect(self._index_moved)
        self.document.evidence_requested.connect(self._asked_for)
        self.document.evidence_clicked.connect(lambda mark: self.show_criterion(mark.criterion))
        acts: dict[str, Callable[[], object]] = {
            "next_application": lambda: self.step(+1),
            "previous_application": lambda: self.step(-1),
            "next_criterion": lambda: self.step_criterion(+1),
            "previous_criterion": lambda: self.step_criterion(-1),
            "next_place": lambda: self.step_hit(+1),
            "previous_place": lambda: self.step_hit(-1),
            "evidence": lambda: self._add(self.document.selections(), self._criterion),
            "comment": lambda: self._on_body(lambda body: body.comment.setFocus()),
            "note": lambda: self._on_body(lambda body: body.write_note()),
            "guide": lambda: self._on_body(lambda body: body.show_questions()),
            "finish": self.go_on,
            "undo": lambda: self._take_back(undoing.undo),
            "redo": lambda: self._take_back(undoing.redo),
        }
        for name, act in acts.items():
            self._actions[name].triggered.connect(lambda _on=False, act=act: act() if self.isVisible() else None)
        for n in range(4):
            self._actions[f"rate_{n + 1}"].triggered.connect(
                lambda _on=False, n=n: self._on_body(lambda body: body.press(n)) if self.isVisible() else None
            )

    def showEvent(self, event: object) -> None:
        if not self._splitter.property("placed"):
            width = max(self.width(), 600)
            form = min(max(round(width * 0.33), theme.pixels(27)), round(width * 0.45))
            self._splitter.setSizes([form, width - form])
            beside = self._reading.orientation() is Qt.Orientation.Horizontal
            room = (width - form) if beside else max(self.height(), 400)
            hits = min(max(round(room * 0.3), theme.pixels(15)), round(room * 0.42))
            self._reading.setSizes([hits, room - hits])
            self._splitter.setProperty("placed", True)

    # showing

    def _show_rows(self) -> None:
        call = self._desk.workspace.call()
        if call is None or self._criterion is None:
            clear(self._list)
            self.rows, self._shown = {}, (None, ())
            return
        criterion = call.criterion(self._criterion)
        applications = [one for one in self._desk.workspace.applications() if self._asked(one)]
        wanted = (criterion.id, tuple(one.id for one in applications))
        self._about.setText(criterion.description.spoken())
        self._about.setVisible(theme.pixels() <= LARGE)
        self.choice.setToolTip(criterion.description.spoken())
        self.words.show_criterion(criterion.id)
        if wanted != self._shown:
            self._shown = wanted
            clear(self._list)
            self.rows = {}
            for application in applications:
                row = TurnedRow(self._desk, self._actions, application, criterion)
                row.pressed.connect(lambda id_=application.id: self.open(id_))
                row.evidence_opened.connect(self.document.jump_to)
                self.rows[application.id] = row
                self._list.addWidget(row)
            self._list.addStretch(1)
            first = next((one for one in self.rows if self._left(one)), next(iter(self.rows), None))
            self._application, opened = None, self._application if self._application in self.rows else first
            if opened is not None:
                self.open(opened)
        else:
            for row in self.rows.values():
                row.refresh()
            self._show_marks()
            self._look()
        self._say_count()
        self._show_undo()

    def _asked(self, application: Application) -> bool:
        return any(one.id == self._criterion for one in self._desk.call.criteria_for(application.id))

    def _left(self, application: ApplicationId) -> bool:
        draft = self._desk.workspace.draft(application)
        return not draft.recused and self.rows[application].rating is None

    def _changed(self, change: Change) -> None:
        if not self.isVisible():
            return
        if change.round:
            self.refresh()
            return
        for application in change.applications:
            if application in self.rows:
                self.rows[application].refresh()
        if self._application in change.applications:
            self._show_marks()
        self._say_count()
        self._show_undo()

    def _say_count(self) -> None:
        rated = sum(row.rating is not None for row in self.rows.values())
        self._count.setText(_("{n} of {m} applications rated").format(n=rated, m=len(self.rows)))

    def _show_marks(self) -> None:
        if self._application is None:
            return
        call, draft = self._desk.call, self._desk.workspace.draft(self._application)
        self.document.set_evidence(
            [
                Mark(criterion.id, place, one, criterion.title.spoken())
                for place, criterion in enumerate(call.criteria)
                for one in draft.judgement(criterion.id).evidence
            ]
        )
        self.document.set_criteria([(one.id, one.title.spoken()) for one in call.criteria_for(self._application)])

    def _show_undo(self) -> None:
        if self._application is None or not self.isVisible():
            return
        undoing.show(self._desk, self._actions, self._application)

    def _jump_to_first(self) -> None:
        """Open the document at this criterion's evidence, when there is some."""
        if self._application is None or self._criterion is None:
            return
        found = self._desk.workspace.draft(self._application).judgement(self._criterion).evidence
        if found:
            self.document.jump_to(found[0])

    def _reveal(self) -> None:
        row = self.rows.get(self._application) if self._application else None
        if row is None:
            return
        self._list.activate()
        if row.height() > self._scroll.viewport().height():
            self._scroll.verticalScrollBar().setValue(row.y())
        else:
            self._scroll.ensureWidgetVisible(row, 0, 0)

    # places

    def _look(self) -> None:
        """Find the places of the search words in the open application, in the background."""
        from esf_desktop.assessor import turned

        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        application, criterion, workspace = self._application, self._criterion, self._desk.workspace
        if application is None or criterion is None:
            self.hits.show_rows(())
            return

        def work(_task: Task) -> tuple[turned.WordPlace, ...]:
            return turned.word_places(workspace, application, criterion)

        self._looking = self._desk.tasks.run(work, owner=self, done=self._show_places)

    def _show_places(self, places: object) -> None:
        from esf_desktop.assessor.indexing import Gap, gaps
        from esf_desktop.assessor.turned import WordPlace

        assert isinstance(places, tuple)
        self._looking = None
        several = len({place.document for place in places}) > 1
        rows = []
        for place in places:
            assert isinstance(place, WordPlace)
            where = (_("p. {n}") if place.paged else _("para. {n}")).format(n=place.place + 1)
            rows.append(Shown(f"{where} · {place.name}" if several else where, place.pieces, place))
        self.hits.show_rows(rows)
        gap = gaps(self._desk.workspace).get(self._application) if self._application else None
        if gap is Gap.WAITING:
            self._said.setText(_("The text of this application is being read; the places come when it is done."))
        elif gap is Gap.NO_TEXT:
            self._said.setText(_("The documents have no text to search. Read them, and mark a rectangle as evidence."))
        else:
            key = self._actions.key("evidence")
            found = plural("{n} place", "{n} places", len(places)).format(n=len(places))
            said = _("{key} makes the marked sentence evidence.").format(key=key) if places else ""
            self._said.setText(f"{found}. {said}".strip())

    def _show_place(self, place: object) -> None:
        from esf_desktop.assessor.turned import WordPlace

        if isinstance(place, WordPlace):
            self.document.show_passage(place.document, place.place, place.start, place.end)

    # doing

    def _body(self) -> CriterionBody | None:
        row = self.rows.get(self._application) if self._application else None
        return row.body if row else None

    def _on_body(self, act: Callable[[CriterionBody], object]) -> None:
        body = self._body()
        if body is not None:
            act(body)

    def _take_back(self, step: Callable[[Desk, ApplicationId], None]) -> None:
        if self._application is not None and self.flush():
            step(self._desk, self._application)

    def _asked_for(self, found: Evidence | None, criterion: CriterionId | None) -> None:
        self._add((found,) if found else self.document.selections(), criterion or self._criterion)

    def _add(self, found: tuple[Evidence, ...], criterion: CriterionId | None) -> None:
        if self._application is None or criterion is None:
            return
        if self._body() is None:
            self._desk.announced.emit(_("Answer the question on conflict of interest first."))
        elif not found:
            self._desk.announced.emit(_("Select a passage in the document first; then it can be evidence."))
        else:
            for one in found:
                if self._desk.do(evidence.add, self._application, criterion, one) is not None:
                    words = _("Evidence for {criterion}: {place}").format(criterion=criterion, place=place_word(one))
                    self._desk.announced.emit(words)
            self.document.clear_selection()

    def _load(self, document: DocumentId) -> bytes:
        if not self._desk.workspace.store.has(document):
            raise MissingDocumentError
        return self._desk.workspace.document(document)
