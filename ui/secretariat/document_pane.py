"""An application's documents beside what the assessors say of it; the register has none, so they are looked for."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import Call, DocumentId, Evidence
from ui import theme
from ui.actions import Actions
from ui.assessor.document_home import DocumentHome
from ui.assessor.document_keys import connect
from ui.assessor.document_view import DocumentView
from ui.assessor.marks import Mark
from ui.secretariat import remembered
from ui.secretariat.register_desk import RegisterDesk
from ui.widgets.plain import area, button, label

REMEMBERED = "documents"


class DocumentPane(QWidget):
    """The document view of the assessor's desk, for reading alone."""

    left = Signal()

    def __init__(self, desk: RegisterDesk, documents: Documents) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Call, str, Evidence] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._missing = area("ask")
        asked = QVBoxLayout(self._missing)
        asked.setContentsMargins(*(theme.pixels(0.9),) * 4)
        self._sentence = label("", wrap=True)
        asked.addWidget(self._sentence)
        where = button(_("Where the documents are…"))
        menu = QMenu(where)
        menu.addAction(_("Choose the call package…")).triggered.connect(self._choose_package)
        menu.addAction(_("Choose a folder…")).triggered.connect(self._choose_folder)
        where.setMenu(menu)
        asked.addWidget(where, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._missing)
        self.view = DocumentView(documents, desk.tasks)
        self._actions = Actions(self, {})
        connect(self.view, self._actions)
        for action in self._actions.all():
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.home = DocumentHome(self.view, self._actions)
        self.view.shelf.refused.connect(self._refused)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.pixels(0.6), 2, theme.pixels(0.6), 2)
        close = button(_("Close the document"), "quiet")
        close.clicked.connect(self.left)
        foot.addStretch(1)
        foot.addWidget(close)
        column.addWidget(self.home, 1)
        column.addLayout(foot)
        self._missing.hide()

    def show_evidence(self, call: Call, application: str, evidence: Evidence, letters: str) -> None:
        """Open the document at the place of the evidence."""
        self._shown = call, application, evidence
        self._missing.hide()
        known = next(one for one in call.applications if one.id == application)
        titles = {criterion.id: criterion.title.spoken() for criterion in call.criteria}
        places = {criterion.id: place for place, criterion in enumerate(call.criteria)}
        criterion = next(one for one in call.criteria if one.id == letters)
        self.view.show_documents(known.documents, self._load)
        self.view.set_evidence([Mark(criterion.id, places[criterion.id], evidence, titles[criterion.id])])
        self.view.jump_to(evidence)

    def look_in(self, place: Path) -> None:
        """Look for the documents there from now on, and open the one that was asked for."""
        remembered.keep(self._desk.home, REMEMBERED, place)
        if self._shown is not None:
            call, application, evidence = self._shown
            self._missing.hide()
            known = next(one for one in call.applications if one.id == application)
            self.view.show_documents((), self._load)
            self.view.show_documents(known.documents, self._load)
            self.view.jump_to(evidence)

    def _load(self, sha256: DocumentId) -> bytes:
        from esf_desktop.secretariat.library import beside, find

        assert self._shown is not None
        call, application, _evidence = self._shown
        known = next(one for one in call.applications if one.id == application)
        document = next(one for one in known.documents if one.sha256 == sha256)
        kept = remembered.path(self._desk.home, REMEMBERED)
        place = self._desk.register.place
        near = beside(place) if isinstance(place, Path) else ()
        return find(document, (*([kept] if kept else []), *near))

    def _refused(self, error: EsfError) -> None:
        self._missing.setVisible(error.code == "missing_document")
        self._sentence.setText(error.sentence())

    def _choose_package(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("The call package"), "", "*.esfcall;;*")
        if name:
            self.look_in(Path(name))

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, _("The folder of documents")):
            self.look_in(Path(chosen))
