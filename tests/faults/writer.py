"""A person at work, for the recorder: each deed is acknowledged in a file that lies beside the workspace.

`python -m tests.faults.writer FOLDER DEEDS` runs under the library of calls.c.
"""

import os
import sys
from pathlib import Path

from tests.faults.deeds import do, open_desk, prepare


def main(folder: Path, deeds: int) -> None:
    """Make a workspace, do the deeds in it and close it."""
    said = os.open(folder / "acknowledged", os.O_WRONLY | os.O_CREAT)
    desk = open_desk(folder, encrypted=False)
    prepare(desk)
    for number in range(deeds + 1):
        if number:
            do(desk, number)
        os.write(said, f"{number}\n".encode())
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
