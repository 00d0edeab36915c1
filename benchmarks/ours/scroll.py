"""The pages of a long PDF one after the other, as the program draws them; and each frame while they are scrolled."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.limits.scroll import SCALE, SCREEN, put, screen
from benchmarks.rounds import slowly
from esf_desktop.documents.client import Documents
from esf_desktop.settings import Theme
from ui import theme
from ui.assessor.page_canvas import PageCanvas
from ui.assessor.pictures import drawn, whole
from ui.tasks import Tasks

STEPS = 900
"""Frames in which the 300 pages are scrolled through: a third of a page each."""

if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    theme.apply(application, Theme.LIGHT, 100)
    content = (Path(sys.argv[1]) / "hundreds.pdf").read_bytes()
    with Documents() as documents:
        document = documents.open(content, "hundreds.pdf")
        sizes = [(page.width, page.height) for page in document.info.pages]
        window = screen()

        def page(number: int) -> None:
            """Draw one page and put it on the screen."""
            put(drawn(document, whole(number, sizes[number], SCALE, 0, "#ffffff")), window)

        page(0)
        slowly("page", page, range(len(sizes)))

        tasks = Tasks()
        canvas = PageCanvas(tasks)
        canvas.resize(*SCREEN)
        canvas.show()
        canvas.show_document(document)
        canvas.set_zoom(1.0)
        bar = canvas.verticalScrollBar()

        def frame(step: int) -> None:
            """Scroll on and paint, whatever has come by then."""
            bar.setValue(bar.maximum() * step // STEPS)
            canvas.viewport().repaint()

        def come() -> None:
            """Let the pages that are seen come before the next frame."""
            while tasks.busy:
                application.processEvents()

        frame(0)
        slowly("frame", frame, range(STEPS), between=come)
        canvas.hide()
        tasks.close()
