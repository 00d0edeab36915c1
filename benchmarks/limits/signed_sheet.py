"""Forty sheets of the practice round, one by one and not signed."""

import sys
import time
from pathlib import Path

from benchmarks.sheets import LANGUAGE, TIMES, material
from esf_desktop.sheets.sheet import sheets

if __name__ == "__main__":
    call, assessor, items = material(Path(sys.argv[1]), Path(sys.argv[2]))
    sheets(call, assessor, items[:1], language=LANGUAGE)
    began = time.perf_counter()
    for number in range(TIMES):
        sheets(call, assessor, [items[number % len(items)]], language=LANGUAGE)
    print("unsigned_sheet", (time.perf_counter() - began) / TIMES)
