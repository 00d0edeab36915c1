"""Typing evidence as it was written on paper: page, then quote; its place is looked up in the documents."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from esf_desktop.assessor import evidence
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, CriterionId, Evidence
from ui import theme
from ui.assessor.evidence_list import EvidenceList
from ui.assessor.marks import Mark
from ui.desk import Desk
from ui.tasks import Task
from ui.widgets.plain import label


class EvidenceLine(QWidget):
    """What is there already, and a line for one more; Enter on an empty line goes on."""

    passed = Signal(int)

    def __init__(self, desk: Desk, application: ApplicationId, criterion: CriterionId, place: int) -> None:
        super().__init__()
        self._desk, self._application, self._criterion, self._colour = desk, application, criterion, place
        self._title = desk.call.criterion(criterion).title.spoken()
        self._unfound: tuple[str, str] | None = None
        self._known = EvidenceList()
        self._known.removed.connect(self._remove)
        self._page, self._quote = QLineEdit(), QLineEdit()
        self._page.setFixedWidth(theme.pixels(5))
        self._page.setPlaceholderText(_("Page"))
        self._page.setAccessibleName(_("Page of the evidence"))
        self._quote.setPlaceholderText(_("Quote, as it stands in the document"))
        self._quote.setAccessibleName(_("Quote of the evidence"))
        self._page.returnPressed.connect(self._quote.setFocus)
        self._quote.returnPressed.connect(self._look_up)
        self._said = label("", "warning", wrap=True)
        self._said.hide()
        row = QHBoxLayout()
        row.setSpacing(theme.pixels(0.5))
        row.addWidget(self._page)
        row.addWidget(self._quote, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.pixels(0.35))
        column.addWidget(label(_("Evidence: page and quote"), "caption"))
        for part in (self._known, self._said):
            column.addWidget(part)
        column.insertLayout(2, row)

    def show_evidence(self, known: tuple[Evidence, ...]) -> None:
        """Show what is on disk."""
        self._known.show_marks([Mark(self._criterion, self._colour, one, self._title) for one in known])

    def begin(self) -> None:
        """Put the focus here."""
        self._page.setFocus(Qt.FocusReason.TabFocusReason)

    def flush(self) -> bool:
        """Whether the line is empty; what is typed there and not stored yet is pointed at and stays."""
        if not self._typed[1]:
            return True
        self._say(_("This evidence is not saved yet: press Enter to save it, or empty the line."))
        self._quote.setFocus()
        return False

    @property
    def _typed(self) -> tuple[str, str]:
        return self._page.text().strip().removeprefix("s.").removeprefix("p.").strip(), self._quote.text().strip()

    def _look_up(self) -> None:
        page, quote = typed = self._typed
        if not quote:
            self._say("")
            self.passed.emit(+1)
            return
        desk, application = self._desk, self._desk.workspace.application(self._application)
        again = self._unfound == typed

        def work(task: Task) -> object:
            from esf_desktop.assessor.locate import locate

            return locate(desk.workspace, desk.documents, application, quote, page)

        self._quote.setReadOnly(True)
        desk.tasks.run(
            work, owner=self, done=lambda sought: self._found(typed, again, sought), failed=lambda _error: self._freed()
        )

    def _found(self, typed: tuple[str, str], again: bool, sought: object) -> None:
        from esf_desktop.assessor.locate import Sought

        assert isinstance(sought, Sought)
        self._freed()
        if sought.evidence is not None:
            self._store(sought.evidence)
        elif sought.on_page is None:
            unknown = _("No document has a page {page}; correct the page.").format(page=typed[0])
            self._say(unknown if typed[0] else _("These words are not in the documents; write the page as well."))
        elif again:
            self._store(sought.on_page)
        else:
            self._unfound = typed
            self._say(
                _("These words are not on page {page}. Correct them, or press Enter again to save them anyway.").format(
                    page=typed[0]
                )
            )

    def _store(self, found: Evidence) -> None:
        if self._desk.do(evidence.add, self._application, self._criterion, found) is None:
            return
        self._unfound = None
        self._say("")
        self._page.clear()
        self._quote.clear()
        self._page.setFocus()

    def _freed(self) -> bool:
        self._quote.setReadOnly(False)
        return False

    def _remove(self, found: Evidence) -> None:
        known = self._desk.workspace.draft(self._application).judgement(self._criterion).evidence
        self._desk.do(evidence.remove, self._application, self._criterion, known.index(found))

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        if sentence:
            self._desk.announced.emit(sentence)
