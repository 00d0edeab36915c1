"""A key typed into a comment, from its event until nothing is left to do for it, with all twelve criteria in the form.

Now and then a rest lets the comment be saved, and the key after it waits for that too.
"""

import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.limits.typing import KEYS, TEXT
from benchmarks.rounds import say
from esf_desktop.documents.client import Documents
from esf_desktop.model import CriterionId, replace
from esf_desktop.settings import Settings, Theme
from esf_desktop.workspace import Workspace
from ui import theme
from ui.assessor.main_page import AssessPage
from ui.assessor.pages import make_pages
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.tasks import Tasks

REST = 75
"""Keys from one rest to the next: the saves are more than one key in a hundred, so the 99th percentile holds them."""

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    shutil.copytree(material / "workspace", own / "workspace")
    application = QApplication([])
    theme.apply(application, Theme.LIGHT, 100)
    workspace, documents, tasks = Workspace.open(own / "workspace"), Documents(), Tasks()
    call = workspace.call()
    assert call is not None
    every = tuple(principle.id for principle in call.framework.principles)
    with workspace.write(at=datetime.now(UTC)) as work:
        work.put("", "call", replace(call, selected_principles=every), round_=call.id)
    desk = Desk(workspace, documents, tasks)
    window = MainWindow(Settings(theme=Theme.LIGHT))
    window.fill(desk, lambda: make_pages(window, desk))
    window.show()
    window.show_page("assess")
    page = window.page("assess")
    assert isinstance(page, AssessPage)
    page.open(page.list.order[0], CriterionId("SAM"))
    while tasks.busy:
        application.processEvents()
    assert page.checklist is not None
    assert page.checklist.body is not None
    assert len(page.checklist.rows) == 12
    comment = page.checklist.body.comment
    comment.setFocus()
    comment.clear()

    taken = []
    for number in range(KEYS):
        if number % REST == REST - 1:
            time.sleep(1.05)
        began = time.perf_counter()
        application.processEvents()
        QTest.keyClicks(comment, TEXT[number % len(TEXT)])
        application.processEvents()
        taken.append(time.perf_counter() - began)
    comment.flush()
    assert len(workspace.draft(page.checklist.application).judgement(CriterionId("SAM")).comment.strip()) >= KEYS - 1
    say("typing", taken)
    window.close()
    tasks.close()
    documents.close()
    workspace.close()
