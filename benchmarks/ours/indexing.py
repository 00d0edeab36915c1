"""The same documents made searchable on a desk, from the first question to the disk."""

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.limits.indexing import contents
from benchmarks.material import AT
from benchmarks.ours.search import round_of
from benchmarks.rounds import say
from esf_desktop.assessor import indexing
from esf_desktop.documents.client import Documents
from esf_desktop.workspace import Workspace

if __name__ == "__main__":
    seconds = []
    with Documents() as documents:
        documents.warm()
        for _number in range(2):
            desk = Workspace.open(Path(tempfile.mkdtemp(dir=sys.argv[2])))
            round_of(desk, [desk.store.put(content) for content in contents(Path(sys.argv[1]))], at=AT)
            began = time.perf_counter()
            built = indexing.build(desk, documents)
            seconds.append(time.perf_counter() - began)
            assert built > 0
            desk.close()
    say("indexing", seconds)
