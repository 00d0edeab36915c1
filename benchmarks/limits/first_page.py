"""The first page of the PDF, opened and drawn by pypdfium2 alone."""

import sys
from pathlib import Path

import pypdfium2

from benchmarks.rounds import repeatedly

SCALE = 2.0

if __name__ == "__main__":
    content = (Path(sys.argv[1]) / "long.pdf").read_bytes()

    def first_page() -> None:
        """Open the file and draw its first page."""
        document = pypdfium2.PdfDocument(content)
        page = document[0]
        page.render(scale=SCALE).close()
        page.close()
        document.close()

    first_page()
    repeatedly("raw_first_page", first_page, times=30)
