"""One sheet is given out alone from the window, signed by itself; only what was signed can be."""

import shutil
import subprocess
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from esf_desktop.assessor import assess, export, identity
from esf_desktop.assessor.signed_sheet import NotSignedError
from esf_desktop.workspace import Workspace
from tests.packages import assess_fully
from tests.rounds import AT, FIRST, later
from tests.ui.assessor.test_accessible import nameless
from tests.ui.assessor.test_signing_page import Show, documents, show, workspace
from ui.assessor.give_out import GiveOut

__all__ = ["documents", "show", "workspace"]


def test_a_signed_sheet_is_written_and_valid(show: Show, workspace: Workspace, tmp_path: Path) -> None:
    assess_fully(workspace, FIRST)
    export.export(workspace, identity.signing_key(workspace, None, at=AT), tmp_path / "ut", at=AT)
    room = show(workspace)
    asked = GiveOut(room.window, room.desk, FIRST)
    asked.open()
    assert nameless(asked) == []
    asked.write(tmp_path / "blad.pdf")
    room.rest()
    assert b"/ETSI.CAdES.detached" in (tmp_path / "blad.pdf").read_bytes()
    assert not room.errors
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", "-nocert", tmp_path / "blad.pdf"], capture_output=True, text=True, check=False)
        assert "Signature is Valid." in said.stdout


def test_what_is_not_signed_or_was_changed_since_cannot_be_given_out(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    assess_fully(workspace, FIRST)
    export.export(workspace, identity.signing_key(workspace, None, at=AT), tmp_path / "ut", at=AT)
    assess.write_overall(workspace, FIRST, "Något annat.", at=later(60))
    room = show(workspace)
    asked = GiveOut(room.window, room.desk, FIRST)
    asked.open()
    said = "\n".join(part.text() for part in asked.findChildren(QLabel) if part.isVisible())
    assert NotSignedError().sentence() in said
    (save,) = [b for b in asked.findChildren(QPushButton) if b.text() == "Signera och spara…"]
    assert not save.isEnabled()
    asked.reject()
