"""A window over a real workspace with a small round, for tests that press its keys and buttons."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from esf_desktop.documents.client import Documents
from esf_desktop.model import ApplicationId, CriterionId, Declaration, Document, DocumentId, Draft, replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from tests import rounds
from ui import theme
from ui.assessor.checklist import Checklist
from ui.assessor.main_page import AssessPage
from ui.assessor.pages import make_pages
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tasks import Tasks

LEFT = Qt.MouseButton.LeftButton


@dataclass
class Room:
    """A window with its desk, and what a person does there."""

    qtbot: QtBot
    window: MainWindow
    desk: Desk
    errors: list[BaseException]

    @property
    def page(self) -> AssessPage:
        """The assess page, which is built anew when the language changes."""
        page = self.window.page("assess")
        assert isinstance(page, AssessPage)
        return page

    @property
    def form(self) -> Checklist:
        """The form of the open application."""
        assert self.page.checklist is not None
        return self.page.checklist

    def draft(self, application: ApplicationId = rounds.FIRST) -> Draft:
        """What is on disk."""
        return self.desk.workspace.draft(application)

    def press(self, *keys: str) -> None:
        """Press keys, such as `Ctrl+Z`, where the focus is."""
        for key in keys:
            QTest.keySequence(QApplication.focusWidget() or self.window, QKeySequence(key))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        for sign in text:
            focused = QApplication.focusWidget()
            assert focused is not None
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focused, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign))

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget."""
        self.qtbot.mouseClick(widget, LEFT)
        QApplication.processEvents()

    def declare(self, answer: Declaration = Declaration.NONE, application: ApplicationId = rounds.FIRST) -> None:
        """Answer the question on conflict of interest without the window."""
        from esf_desktop.assessor import recuse

        self.desk.do(recuse.declare, application, answer, "")

    def open(self, criterion: CriterionId = rounds.SAM) -> None:
        """Show the first application with one criterion open, and the focus outside every text field."""
        self.window.show_page("assess")
        self.page.open(rounds.FIRST, criterion)
        self.page.list.setFocus()
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy, timeout=20_000)
        QApplication.processEvents()


def paper(pages: int = 3) -> bytes:
    """A document of some pages, with a line on each that tests can select."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 750, f"Sidan {number + 1} av ansökan.")
        canvas.drawString(72, 730, "Parterna kommer från åtta kommuner i båda länen.")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def paper_texts(pages: int = 3) -> list[str]:
    """The text of its pages, as the program reads it."""
    line = "Parterna kommer från åtta kommuner i båda länen."
    return [f"Sidan {number + 1} av ansökan.\r\n{line}" for number in range(pages)]


def paper_document(workspace: Workspace) -> Document:
    """Such a document, kept in a workspace."""
    content = paper()
    workspace.store.put(content, paper_texts())
    return Document(DocumentId(hashlib.sha256(content).hexdigest()), "ansokan.pdf", "application/pdf", len(content))


def room(qtbot: QtBot, folder: Path) -> tuple[Room, Callable[[], None]]:
    """A window on the round of two applications with a real document each, and what closes it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme.LIGHT, 100)
    workspace = Workspace.open(folder)
    document = paper_document(workspace)
    call = rounds.call()
    rounds.take(
        workspace, replace(call, applications=tuple(replace(a, documents=(document,)) for a in call.applications))
    )
    documents, tasks = Documents(), Tasks()
    errors: list[BaseException] = []
    tasks.failed.connect(errors.append)
    desk = Desk(workspace, documents, tasks)
    desk.refused.connect(errors.append)
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.resize(1360, 850)
    window.fill(desk, lambda: make_pages(window, desk))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)

    def close() -> None:
        window.close()
        tasks.close()
        documents.close()
        workspace.close()

    return Room(qtbot, window, desk, errors), close
