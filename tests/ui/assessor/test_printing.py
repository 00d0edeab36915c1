"""Sheets made from the window, as files that hold what was written."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from esf_desktop.assessor import assess, recuse
from esf_desktop.model import Declaration
from tests.rounds import AT, FIRST, SAM, SECOND, workspace
from ui.assessor.printing import Printing
from ui.desk import Desk
from ui.tasks import Tasks


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    from esf_desktop.documents.client import Documents

    opened = workspace(tmp_path / "desk")
    recuse.declare(opened, FIRST, Declaration.NONE, at=AT)
    assess.comment(opened, FIRST, SAM, "Åtta kommuner deltar.", at=AT)
    return Desk(opened, Documents(), Tasks())


def text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    found = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    return found


@pytest.mark.parametrize(("blank", "held"), [(False, True), (True, False)])
def test_sheets_are_written_and_opened(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank: bool, held: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    target = tmp_path / "blad.pdf"
    with qtbot.waitSignal(desk.announced, timeout=30_000):
        Printing(None, desk).write(target, [FIRST, SECOND], blank=blank)
    assert opened == [str(target)]
    assert ("Åtta kommuner deltar." in text(target)) is held
    assert "Kompetenskliv Inland" in text(target)
    desk.tasks.close()
    desk.workspace.close()


def test_a_folder_that_is_gone_is_told(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    with qtbot.waitSignal(desk.tasks.failed, timeout=30_000) as told:
        Printing(None, desk).write(tmp_path / "borta" / "blad.pdf", [FIRST], blank=False)
    assert told.args is not None
    assert told.args[0].code == "export_failed"
    desk.tasks.close()
    desk.workspace.close()
