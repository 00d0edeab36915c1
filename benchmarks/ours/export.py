"""Every assessment of the practice round signed and written as one bundle with its sheets."""

import shutil
import sys
import time
from contextlib import closing
from pathlib import Path

from benchmarks.material import AT
from esf_desktop.assessor.export import export
from esf_desktop.signing.keys import make_key
from esf_desktop.workspace import Workspace

if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    shutil.copytree(material / "workspace", own / "workspace")
    with closing(Workspace.open(own / "workspace")) as workspace:
        key = make_key("Bedömare 1", "Övning", at=AT)
        began = time.perf_counter()
        exported = export(workspace, key, own, at=AT)
        print("export", time.perf_counter() - began)
        assert len(exported.assessments) == len(workspace.applications())
