"""The first page of the PDF, opened and drawn by the worker that the program has running by then."""

import sys
from pathlib import Path

from benchmarks.limits.first_page import SCALE
from benchmarks.rounds import repeatedly
from esf_desktop.documents.client import Documents

if __name__ == "__main__":
    content = (Path(sys.argv[1]) / "long.pdf").read_bytes()
    with Documents() as documents:
        documents.warm()

        def first_page() -> None:
            """Open the file and draw its first page."""
            with documents.open(content, "long.pdf") as document:
                document.render(0, SCALE)

        first_page()
        repeatedly("first_page", first_page, times=30)
