"""A call being made, as the pictures show it: over the demo's application files, with a list that has faults."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from esf_desktop.model import BudgetPart
from esf_desktop.secretariat.drafting import draft_file, joining
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftReference
from esf_desktop.secretariat.drafting.draft_file import Drafted
from esf_desktop.secretariat.drafting.folder import look_into
from tests.screenshots.stage import Stage, rest, until
from tests.secretariat.drafting import lists
from ui.secretariat.drafting.assessors_room import AssessorsRoom
from ui.secretariat.drafting.call_window import CallWindow
from ui.secretariat.drafting.import_dialog import ImportDialog
from ui.secretariat.drafting.wording_dialog import WordingDialog

FAULTS = {"E": "se bilaga", "F": "1/2/2027"}
"""Cells of the list's second row that cannot be read."""


@contextmanager
def beginning(stage: Stage) -> Iterator[QWidget]:
    """The window before anything is opened."""
    with _window(stage) as window:
        yield window


@contextmanager
def room(stage: Stage, name: str) -> Iterator[QWidget]:
    """One room of the draft."""
    with _drafting(stage) as window:
        window.page.show_room(name)
        until(lambda: not window.tasks.busy)
        rest()
        yield window


@contextmanager
def importing(stage: Stage, page: str) -> Iterator[QWidget]:
    """The dialog that brings applications, with its list read."""
    with _drafting(stage) as window:
        window.page.bring()
        dialog = window.page.findChild(ImportDialog)
        assert isinstance(dialog, ImportDialog)
        dialog.read_list(_draft(stage) / "lista.csv")
        until(lambda: not window.tasks.busy)
        dialog.turn(page)
        rest()
        yield dialog
        dialog.close()


@contextmanager
def wording(stage: Stage) -> Iterator[QWidget]:
    """The wording of a principle."""
    with _drafting(stage) as window:
        window.page.show_room("grounds")
        desk = window.page.desk
        assert desk is not None
        dialog: QDialog = WordingDialog(window, desk, desk.framework.principles[2].id)
        dialog.open()
        rest()
        yield dialog
        dialog.close()


@contextmanager
def received(stage: Stage) -> Iterator[QWidget]:
    """The inbox after a bundle that came before and one that was cut short on its way, from a watched folder."""
    folder = stage.folder / "arrived"
    folder.mkdir(exist_ok=True)
    sound = sorted((stage.folder / "demo" / "bundles").iterdir())[0]
    shutil.copy(sound, folder / "a.esfbundle")
    (folder / "b.esfbundle").write_bytes(sound.read_bytes()[:-100])
    with stage.register() as window:
        window.watching.watch(folder)
        window.take([folder])
        until(lambda: bool(window.inbox.rows))
        rest()
        yield window


@contextmanager
def _window(stage: Stage) -> Iterator[CallWindow]:
    window = CallWindow()
    window.resize(*stage.look.size)
    window.show()
    rest()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        rest(50)


@contextmanager
def _drafting(stage: Stage) -> Iterator[CallWindow]:
    with _window(stage) as window:
        window.page.open(_draft(stage))
        until(lambda: not window.tasks.busy)
        yield window


def _draft(stage: Stage) -> Path:
    """A draft with all applications, three readers, a strategy, and a list beside it that says otherwise."""
    folder = stage.folder / "draft"
    if folder.exists():
        return folder
    shutil.copytree(stage.folder / "demo" / "documents", folder)
    (folder / "strategi.pdf").write_bytes(next(folder.rglob("*.pdf")).read_bytes())
    joined = joining.join((), look_into(folder).applications, {}, CallDraft())
    draft = CallDraft(
        body="Partnerskapet i Övre Norrland",
        title="Kompetens i hela Övre Norrland",
        diary_number="2026/00042",
        deadline=date(2099, 12, 8),
        budget=(BudgetPart("Kompetensutveckling av anställda", 27_000_000), BudgetPart("Gles geografi", 55_000_000)),
        references=(DraftReference("Regional utvecklingsstrategi", "strategi.pdf", ("Fler ska stanna", "Lärande")),),
    )
    drafted = draft_file.begin(folder)
    draft_file.write(Drafted(drafted.path, joining.take(draft, joined), drafted.framework))
    rows = [list(row) for row in (lists.HEADINGS, *lists.ROWS)]
    rows[1][4], rows[2][5] = FAULTS["E"], FAULTS["F"]
    (folder / "lista.csv").write_text(lists.csv([*rows, rows[1]]), "utf-8")
    with _window(stage) as window:
        window.page.open(folder)
        room_ = window.page.findChild(AssessorsRoom)
        assert isinstance(room_, AssessorsRoom)
        room_.fetch(sorted((stage.folder / "demo" / "enrolments").iterdir()))
        until(lambda: not window.tasks.busy)
    return folder
