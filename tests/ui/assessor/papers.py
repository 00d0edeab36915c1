"""Small real documents for the tests of the document view, and a view to show them in."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from esf_desktop.documents.client import Documents
from esf_desktop.model import Document, DocumentId, Rect
from ui.actions import Actions
from ui.assessor.document_home import DocumentHome
from ui.assessor.document_keys import connect
from ui.assessor.document_places import DocumentPlaces
from ui.assessor.document_view import DocumentView
from ui.tasks import Tasks

LINES = (
    "Projektet drivs gemensamt av två samverkansparter.",
    "Parterna kommer från åtta kommuner i båda länen",
    "och bygger på det nätverk som finns sedan 2021.",
)


def pdf(pages: int = 3, *, lines: Sequence[str] = LINES, rotated: int = 0, outline: bool = False) -> bytes:
    """A file of A4 pages, each beginning with its number and going on with the lines."""
    stream = io.BytesIO()
    paper = Canvas(stream, pagesize=A4, invariant=1)
    for n in range(pages):
        if outline:
            paper.bookmarkPage(f"p{n}")
            paper.addOutlineEntry(f"Kapitel {n + 1}", f"p{n}", level=0)
        if rotated:
            paper.setPageRotation(rotated)
        paper.setFont("Helvetica", 12)
        for i, line in enumerate((f"Sidan {n + 1} av ansökan.", *lines)):
            paper.drawString(72, 750 - 20 * i, line)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def scanned() -> bytes:
    """A file of one page that is a picture only."""
    stream = io.BytesIO()
    paper = Canvas(stream, pagesize=A4, invariant=1)
    paper.rect(100, 600, 200, 100, fill=1)
    paper.showPage()
    paper.save()
    return stream.getvalue()


def docx(paragraphs: Sequence[str]) -> bytes:
    """A text document whose first paragraph is a heading."""
    import zipfile

    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = "".join(
        f"<w:p>{style if n == 0 else ''}<w:r><w:t>{text}</w:t></w:r></w:p>" for n, text in enumerate(paragraphs)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return stream.getvalue()


def write(field: QLineEdit, words: str) -> None:
    """Enter words as an input method does; `QTest` itself knows no å ä ö."""
    typed = QInputMethodEvent()
    typed.setCommitString(words)
    QApplication.sendEvent(field, typed)


@dataclass
class Table:
    """A view on a table with papers, and what waits for its tasks."""

    qtbot: QtBot
    view: DocumentView
    home: DocumentHome
    tasks: Tasks
    errors: list[Exception]

    def lay(self, *papers: bytes, names: Sequence[str] = ("ansokan.pdf", "bilaga.pdf", "budget.pdf")) -> "Table":
        """Show these papers, and wait until the first is open or refused."""
        documents = tuple(
            Document(DocumentId(hashlib.sha256(content).hexdigest()), name, "application/pdf", len(content))
            for content, name in zip(papers, names, strict=False)
        )
        contents = {document.sha256: content for document, content in zip(documents, papers, strict=True)}
        self.view.show_documents(documents, contents.__getitem__)
        self.rest()
        return self

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)

    def find(self, words: str) -> None:
        """Search by typing, and wait for the hits."""
        field = self.view.bar.search.field
        field.clear()
        write(field, words)
        self.qtbot.waitUntil(lambda: self.view.bar.search.words == words)
        self.rest()

    def point(self, words: str, page: int = 0, *, share: float = 0.0) -> QPointF:
        """Where words of a page are in the viewport; `share` of the way from their left to their right."""
        rect = self.place(words, page)
        place = self.view.pages.on_viewport(page, rect)
        return QPointF(place.left() + 1 + share * (place.width() - 2), place.center().y())

    def place(self, words: str, page: int = 0) -> Rect:
        """Where words of a page are on it."""
        text = self.view.pages.text(page)
        assert text is not None
        start = text.text.index(words)
        return text.rects(start, start + len(words))[0]


def table(qtbot: QtBot, places: DocumentPlaces | None = None) -> tuple[Table, Callable[[], None]]:
    """A table in a window whose keys act on it, and what clears it away."""
    documents, tasks = Documents(), Tasks()
    window = QMainWindow()
    actions = Actions(window, {})
    view = DocumentView(documents, tasks, places)
    connect(view, actions)
    home = DocumentHome(view, actions)
    window.setCentralWidget(home)
    errors: list[Exception] = []
    tasks.failed.connect(errors.append)
    qtbot.addWidget(window)
    window.resize(760, 800)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)

    def clear() -> None:
        view.remember_place()
        window.hide()
        tasks.close()
        documents.close()
        assert errors == []

    return Table(qtbot, view, home, tasks, errors), clear
