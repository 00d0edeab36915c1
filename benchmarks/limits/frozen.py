"""The same program from its source, a frozen bare window, and the size of one with the same libraries."""

import sys
from pathlib import Path

from benchmarks.frozen import BARE, size, until

if __name__ == "__main__":
    desk = Path(sys.argv[2]) / "desk"
    until(
        [sys.executable, "-m", "ui", "--smoke", "--workspace", desk],
        painted="source_first_paint",
        filled="source_first_page",
    )
    until([BARE / "bare" / "bare"], bare_window="frozen_bare_window")
    print("loaded_size", size(BARE / "loaded"))
