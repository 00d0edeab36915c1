"""A rating from the release of the button on its segment until it is on disk, and until every view shows it."""

import shutil
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
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
from ui.widgets.rating_control import Segment

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    shutil.copytree(material / "workspace", own / "workspace")
    application = QApplication([])
    theme.apply(application, Theme.LIGHT, 100)
    workspace, documents, tasks = Workspace.open(own / "workspace"), Documents(), Tasks()
    desk = Desk(workspace, documents, tasks)
    on_disk: list[float] = []
    desk.changed.connect(lambda _change: on_disk.append(time.perf_counter()))
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.fill(desk, lambda: make_pages(window, desk))
    window.show()
    window.show_page("assess")
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    first, criterion = page.list.order[1], desk.call.criteria[0].id
    page.open(first, criterion)
    while tasks.busy:
        application.processEvents()
    assert page.checklist is not None
    assert page.checklist.body is not None
    segments = page.checklist.body.findChildren(Segment)

    to_disk, to_view = [], []
    for number in range(200):
        pressed = [segment for segment in segments if not segment.isChecked()][number % 2]
        QTest.mousePress(pressed, Qt.MouseButton.LeftButton)
        application.processEvents()
        began = time.perf_counter()
        QTest.mouseRelease(pressed, Qt.MouseButton.LeftButton)
        application.processEvents()
        to_view.append(time.perf_counter() - began)
        to_disk.append(on_disk[-1] - began)
        assert len(on_disk) == number + 1
        assert workspace.draft(first).judgement(criterion).rating is pressed.rating
    say("rating", to_disk)
    say("rating_shown", to_view)
    window.close()
    tasks.close()
    documents.close()
    workspace.close()
