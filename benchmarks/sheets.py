"""What the sheets of the practice round are made of, as if each assessment were signed."""

import shutil
from contextlib import closing
from pathlib import Path

from benchmarks.material import AT
from esf_desktop.i18n import Language
from esf_desktop.model import Assessor, Call
from esf_desktop.sheets.sheet import Seal, SheetItem
from esf_desktop.workspace import Workspace

LANGUAGE = Language.SWEDISH
TIMES = 40


def material(folder: Path, own: Path) -> tuple[Call, Assessor, list[SheetItem]]:
    """The call, the assessor, and a sheet for each application."""
    shutil.copytree(folder / "workspace", own / "workspace")
    seal = Seal("7f" * 32, "52" * 32, AT, 1)
    with closing(Workspace.open(own / "workspace")) as workspace:
        call, assessor = workspace.call(), workspace.assessor()
        assert call is not None
        assert assessor is not None
        drafts = workspace.drafts()
        return call, assessor, [SheetItem(one, drafts[one.id], seal) for one in call.applications]
