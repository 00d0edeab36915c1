"""The same call package taken in at a new desk: checked whole, every document kept, the call shown."""

import sys
import time
from pathlib import Path

from benchmarks.material import AT
from benchmarks.packages import DOCUMENTS, large_package
from esf_desktop.assessor.intake import Outcome, take_files
from esf_desktop.documents.client import Documents
from esf_desktop.workspace import Workspace

if __name__ == "__main__":
    own = Path(sys.argv[2])
    path, key = large_package(own)
    desk = Workspace.open(own / "desk")
    with Documents() as documents:
        began = time.perf_counter()
        (taken,) = take_files(desk, documents, [path], at=AT, confirm=key.fingerprint).taken
        print("call_package", time.perf_counter() - began)
    assert taken.outcome is Outcome.CALL, taken
    assert len(desk.store.known()) == DOCUMENTS
    desk.close()
