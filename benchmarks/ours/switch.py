"""Forty applications one after the other: until the first page of each is on screen, and what memory they leave."""

import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from benchmarks.rounds import say
from esf_desktop.documents.client import Documents
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from ui import theme
from ui.assessor.main_page import AssessPage
from ui.assessor.pages import make_pages
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tasks import Tasks


def memory() -> float:
    """The most MiB that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1024**2)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    theme.apply(application, Theme.LIGHT, 100)
    workspace, documents, tasks = Workspace.open(Path(sys.argv[1]) / "forty"), Documents(), Tasks()
    documents.warm()
    desk = Desk(workspace, documents, tasks)
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.resize(1360, 850)
    window.fill(desk, lambda: make_pages(window, desk))
    window.show()
    window.show_page("assess")
    found = window.page("assess")
    assert isinstance(found, AssessPage)
    page: AssessPage = found

    def settle() -> None:
        """Let everything that was begun come to its end."""
        end = time.monotonic() + 0.05
        while tasks.busy or time.monotonic() < end:
            application.processEvents()
        # Outside `exec`, what was to be deleted later waits for ever.
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def first_page_is_seen() -> bool:
        """Whether the pages that can be seen are painted sharp."""
        return page.document.ready and page.document.pages.sharp

    settle()
    seconds: list[float] = []
    held: list[float] = []
    for shown in (*page.list.order[1:], page.list.order[0]):
        began = time.perf_counter()
        page.open(shown)
        while not first_page_is_seen():
            application.processEvents()
        page.document.pages.viewport().repaint()
        seconds.append(time.perf_counter() - began)
        pages = page.document.pages.pages
        for place in range(0, pages, 3):
            page.document.pages.scroll_to(place)
            settle() if place % 9 == 0 else application.processEvents()
        settle()
        held.append(memory())
    say("switch", seconds)
    print("memory_after_one", held[0])
    print("memory_after_all", held[-1])
    window.close()
    tasks.close()
    documents.close()
    workspace.close()
