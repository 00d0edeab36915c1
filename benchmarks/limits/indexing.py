"""The text of every page of the documents, read by pypdfium2 alone."""

import sys
from pathlib import Path

import pypdfium2

from benchmarks.rounds import repeatedly

DOCUMENTS = 10
"""Of 60 pages each."""


def contents(material: Path) -> list[bytes]:
    """Documents that differ in a comment after their end."""
    long = (material / "long.pdf").read_bytes()
    return [long + b"\n%%%d\n" % number for number in range(DOCUMENTS)]


if __name__ == "__main__":
    documents = contents(Path(sys.argv[1]))

    def read_all() -> None:
        """Open each document and read its pages."""
        for content in documents:
            document = pypdfium2.PdfDocument(content)
            for number in range(len(document)):
                page = document[number]
                text_page = page.get_textpage()
                text_page.get_text_range()
                text_page.close()
                page.close()
            document.close()

    read_all()
    repeatedly("raw_text", read_all, times=2)
