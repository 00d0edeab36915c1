"""The same sheets, each signed by itself in place."""

import sys
import time
from pathlib import Path

from benchmarks.material import AT
from benchmarks.sheets import LANGUAGE, TIMES, material
from esf_desktop.sheets.sheet import signed_sheet
from esf_desktop.signing.keys import make_key

if __name__ == "__main__":
    call, assessor, items = material(Path(sys.argv[1]), Path(sys.argv[2]))
    key = make_key("Bedömare 1", "Övning", at=AT)
    signed_sheet(call, assessor, items[0], key, language=LANGUAGE, at=AT)
    began = time.perf_counter()
    for number in range(TIMES):
        signed_sheet(call, assessor, items[number % len(items)], key, language=LANGUAGE, at=AT)
    print("signed_sheet", (time.perf_counter() - began) / TIMES)
