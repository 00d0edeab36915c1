"""The fictional applications as PDFs and text, made once for all tests."""

import re
from functools import cache

import pypdfium2

from esf_desktop.practice import application
from esf_desktop.practice.content import Content, all_contents


@cache
def contents() -> dict[str, Content]:
    """The applications by diary number."""
    return {content.id: content for content in all_contents()}


@cache
def pdf(id_: str) -> bytes:
    """An application's PDF with text."""
    return application.pdf(contents()[id_])


@cache
def pages(id_: str) -> tuple[str, ...]:
    """The text of each of its pages."""
    document = pypdfium2.PdfDocument(pdf(id_))
    found = tuple(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return found


def flat(text: str) -> str:
    """The text on one line."""
    return re.sub(r"\s+", " ", text)
