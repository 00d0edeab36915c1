"""The frozen program, from the start of its process to its first paint and to its first page; and the folder's size."""

import sys
from pathlib import Path

from benchmarks.frozen import OURS, size, until

if __name__ == "__main__":
    desk = Path(sys.argv[2]) / "desk"
    until(
        [OURS / "esf-desktop", "--smoke", "--workspace", desk], painted="frozen_first_paint", filled="frozen_first_page"
    )
    print("frozen_size", size(OURS))
