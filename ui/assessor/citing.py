"""Between document and form: passages become evidence of a criterion, change their extent, and are led back to."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from esf_desktop.assessor import evidence as deeds
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Document, Evidence
from ui.actions import Actions
from ui.assessor.checklist import Checklist
from ui.assessor.criterion_picker import CriterionPicker
from ui.assessor.document_folds import EVIDENCE
from ui.assessor.document_view import DocumentView
from ui.assessor.evidence_list import place_word
from ui.assessor.evidence_side import EvidenceSide
from ui.assessor.marks import Mark, beside, marks_of
from ui.assessor.quoting import select_quote
from ui.desk import Desk

_PATIENCE = 100
"""Looks, a twentieth of a second apart, for the text of a page that is on its way."""


class Citing(QObject):
    """Keeps the marks of document, form and side list alike; knows which evidence is being changed."""

    def __init__(self, desk: Desk, actions: Actions, document: DocumentView, side: EvidenceSide, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page, self._document, self._side = desk, page, document, side
        self._form: Checklist | None = None
        self._marks: tuple[Mark, ...] = ()
        self._only = False
        self._shown: object = None
        self._changing: tuple[CriterionId, Evidence] | None = None
        self._sought = 0
        document.folds.buttons[EVIDENCE].show()
        self._store = QShortcut(QKeySequence(Qt.Key.Key_Return), document)
        self._store.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._store.setEnabled(False)
        self._store.activated.connect(self.store)
        self._looking = QTimer(self, interval=50)
        self._looking.timeout.connect(self._look)
        document.evidence_clicked.connect(self._clicked)
        document.evidence_requested.connect(self._asked_for)
        side.opened.connect(lambda mark: self._open(mark))
        side.removed.connect(lambda mark: self.remove(mark.criterion, mark.evidence))
        side.filtered.connect(self.show_only)
        acts: dict[str, Callable[[], object]] = {
            "evidence": lambda: self.store() if self._changing else self.add(document.selections(), None),
            "evidence_for": self.ask,
            "change_evidence": self._change_last,
            "evidence_list": lambda: document.folds.turn(EVIDENCE),
            "only_this": lambda: self.show_only(not self._only),
            "leave": self.give_up,
        }
        for name, act in acts.items():
            actions[name].triggered.connect(lambda _on=False, act=act: act() if page.isVisible() else None)

    def follow(self, form: Checklist | None) -> None:
        """Serve this form from now on."""
        self.give_up()
        self._form = form
        if form is not None:
            form.evidence_opened.connect(self.lead_to)
            form.evidence_removed.connect(self.remove)
            form.change_wanted.connect(self.change)
            form.change_stored.connect(self.store)
            form.change_given_up.connect(self.give_up)
            form.opened.connect(lambda _letters: self._show())
        self._show()

    def refresh(self) -> None:
        """Read all evidence of the application again."""
        if self._application is None:
            self._marks = ()
        else:
            call, work = self._desk.call, self._desk.workspace
            self._marks = marks_of(call, work.draft(self._application), self._documents)
            criteria = call.criteria_for(self._application)
            self._document.set_criteria([(criterion.id, criterion.title.spoken()) for criterion in criteria])
        self._show()

    def show_only(self, on: bool) -> None:
        """Show the open criterion's marks alone, in the document and in the list, or all."""
        self._only = on
        self._show()
        only = self._filter
        if on and only is None:
            self._desk.announced.emit(_("Open a criterion, and only its evidence is shown."))
        else:
            words = _("Only the evidence for {criterion} is shown.").format(criterion=only)
            self._desk.announced.emit(words if on else _("All evidence is shown."))

    def add(self, found: Sequence[Evidence], criterion: CriterionId | None) -> None:
        """Tie passages to a criterion, the open one if none is named; or say what is missing for it."""
        if self._form is None or self._refused(found):
            return
        wanted = criterion or self._form.open_criterion
        if wanted is None:
            self._desk.announced.emit(_("Open the criterion that the evidence is for."))
            return
        for one in found:
            if self._desk.do(deeds.add, self._form.application, wanted, one) is not None:
                words = _("Evidence for {criterion}: {place}").format(criterion=wanted, place=place_word(one))
                self._desk.announced.emit(words)
        self._document.clear_selection()

    def ask(self) -> None:
        """Ask for which criterion the selection is evidence."""
        found = self._document.selections()
        if self._form is None or self._refused(found):
            return
        criteria = self._desk.call.criteria_for(self._form.application)
        picker = CriterionPicker(self._page, criteria, self._form.open_criterion, _("Evidence for…"))
        picker.picked.connect(lambda letters: self.add(found, CriterionId(letters)))
        picker.open()

    def remove(self, criterion: CriterionId, evidence: Evidence) -> None:
        """Let go of one piece of evidence."""
        if self._form is None:
            return
        kept = self._desk.workspace.draft(self._form.application).judgement(criterion).evidence
        if evidence in kept:
            self._desk.do(deeds.remove, self._form.application, criterion, kept.index(evidence))
            words = _("Removed the evidence for {criterion}: {place}. Undo brings it back.")
            self._desk.announced.emit(words.format(criterion=criterion, place=place_word(evidence)))

    def change(self, criterion: CriterionId, evidence: Evidence) -> None:
        """Put the quote back as the selection, so that its extent can be made another."""
        self._changing = criterion, evidence
        self._store.setEnabled(True)
        self._show()
        if self.lead_to(evidence):
            self._sought = 0
            self._looking.start()
            self._desk.announced.emit(_("Select the new extent, then Enter stores it and Esc leaves it as it was."))

    def store(self) -> None:
        """Let the selection be the new extent of the evidence that is being changed."""
        if self._changing is None or self._form is None:
            return
        (criterion, before), found = self._changing, self._document.selections()
        if self._refused(found):
            return
        if self._desk.do(deeds.change, self._form.application, criterion, before, found[0]) is not None:
            self.give_up()
            words = _("The evidence for {criterion} has its new extent.").format(criterion=criterion)
            self._desk.announced.emit(words)

    def give_up(self) -> None:
        """Leave the evidence that is being changed as it was."""
        if self._changing is not None:
            self._changing = None
            self._looking.stop()
            self._store.setEnabled(False)
            self._document.clear_selection()
            self._show()

    def lead_to(self, evidence: Evidence) -> bool:
        """Show the place of evidence, or say why it cannot be shown."""
        if self._document.shelf.find(evidence.document) is None:
            words = _("The document of this evidence is not part of the application now; the quote is kept as it is.")
            self._desk.announced.emit(words)
            return False
        self._document.jump_to(evidence)
        opened = self._document.shelf.get(self._document.document)
        pages = len(opened.document.info.pages) if opened is not None else 0
        if evidence.page is not None and pages and evidence.page >= pages:
            words = _("The evidence points at page {n}, but the document has only {m}; the quote is kept as it is.")
            self._desk.announced.emit(words.format(n=evidence.label or evidence.page + 1, m=pages))
            return False
        return True

    @property
    def _application(self) -> ApplicationId | None:
        return self._form.application if self._form is not None else None

    @property
    def _documents(self) -> tuple[Document, ...]:
        return self._desk.workspace.application(self._application).documents if self._application else ()

    @property
    def _filter(self) -> CriterionId | None:
        return self._form.open_criterion if self._only and self._form is not None else None

    def _show(self) -> None:
        only = self._filter
        marks = tuple(mark for mark in self._marks if only in (None, mark.criterion))
        shown = marks, self._documents, only
        if shown != self._shown:
            self._shown = shown
            self._document.set_evidence(marks)
            self._side.show_marks(marks, self._documents, only)
            self._document.folds.count_evidence(len(marks))
        if self._form is not None:
            self._form.show_changing(self._changing)

    def _refused(self, found: Sequence[Evidence]) -> bool:
        """Whether these cannot be evidence now; a person is told why."""
        assert self._form is not None
        own = {document.sha256 for document in self._documents}
        if not self._form.workable:
            why = _("Answer the question on conflict of interest first.")
        elif not found:
            why = _("Select a passage in the document first; then it can be evidence.")
        elif found[0].document not in own:
            why = _("Evidence is taken from the application. Refer to this document in the comment instead.")
        else:
            return False
        self._desk.announced.emit(why)
        return True

    def _open(self, mark: Mark) -> None:
        if self.lead_to(mark.evidence) and self._form is not None:
            self._form.open(mark.criterion)

    def _clicked(self, mark: Mark) -> None:
        """Open the criterion of a mark; where several lie on the same words, ask which."""
        several = beside(mark, self._marks if self._filter is None else ())
        if self._form is None:
            return
        if len(several) == 1:
            self._form.open(mark.criterion)
            return
        lying_here = {one.criterion for one in several}
        criteria = [c for c in self._desk.call.criteria_for(self._form.application) if c.id in lying_here]
        picker = CriterionPicker(self._page, criteria, mark.criterion, _("Several criteria have evidence here"))
        picker.picked.connect(lambda letters: self._form_open(CriterionId(letters)))
        picker.open()

    def _form_open(self, letters: CriterionId) -> None:
        if self._form is not None:
            self._form.open(letters)

    def _asked_for(self, evidence: Evidence | None, criterion: CriterionId | None) -> None:
        if criterion is None:
            self.ask()
        else:
            self.add(self._document.selections() or ((evidence,) if evidence else ()), criterion)

    def _change_last(self) -> None:
        """Change the evidence that has the focus in the form, or the last one of the open criterion."""
        if self._form is None:
            return
        chosen = self._form.evidence_in_hand()
        if chosen is None:
            self._desk.announced.emit(_("The open criterion has no evidence to change."))
        else:
            self.change(*chosen)

    def _look(self) -> None:
        self._sought += 1
        changing = self._changing
        if changing is None or self._sought > _PATIENCE or select_quote(self._document, changing[1]):
            self._looking.stop()
