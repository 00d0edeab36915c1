"""What is said between the program and its document worker: msgpack behind a length of four bytes."""

import os
from typing import Literal

from msgspec import Struct

from esf_desktop.documents.values import Block, DocumentInfo, Hit, PageText, Sheet

LONGEST = 64 << 20
"""Bytes of a message."""
MOST_PAGES = 5_000
"""Pages of a document."""


Reason = Literal["damaged", "locked", "too_heavy", "impossible_page", "too_many_pages"]


class Message(Struct, frozen=True, array_like=True, tag=True, forbid_unknown_fields=True):
    """One request or one answer; `document` is the number that the program gave it."""


class Confined(Message, frozen=True):
    """The first thing that a worker says: the locks that this system could not shut on it."""

    missing: tuple[str, ...]


class Put(Message, frozen=True):
    """A piece of the next document's content, and not the last, lies in the scratch memory."""

    size: int


class Open(Message, frozen=True):
    """Open what was put and the last piece, which lies in the scratch memory."""

    document: int
    size: int
    media_type: str
    password: str | None


class Render(Message, frozen=True):
    """Draw a part of a page, scaled, at a place of the shared memory; all but the scale in pixels."""

    document: int
    page: int
    scale: float
    left: int
    top: int
    width: int
    height: int
    offset: int


class ReadPage(Message, frozen=True):
    """Read the text of a page with a box for each character."""

    document: int
    page: int


class ReadTexts(Message, frozen=True):
    """Read the texts of as many pages as fit into one answer, from a page on."""

    document: int
    first: int


class Search(Message, frozen=True):
    """Search as many pages or blocks as fit into one answer, from one on."""

    document: int
    words: str
    first: int


class ReadBlocks(Message, frozen=True):
    """Read the blocks of a text document."""

    document: int


class ReadSheets(Message, frozen=True):
    """Read the visible sheets of a spreadsheet, cell by cell."""

    document: int


class Close(Message, frozen=True):
    """Forget a document."""

    document: int


class Done(Message, frozen=True):
    """It is done."""


class Opened(Message, frozen=True):
    """The document is open."""

    info: DocumentInfo


class Page(Message, frozen=True):
    """The text of a page."""

    text: PageText


class Texts(Message, frozen=True):
    """The texts of pages; `following` is the page to go on from, None after the last."""

    texts: tuple[str, ...]
    following: int | None


class Found(Message, frozen=True):
    """Hits; `following` is the page or block to go on from, None after the last."""

    hits: tuple[Hit, ...]
    following: int | None


class Blocks(Message, frozen=True):
    """The blocks of a text document."""

    blocks: tuple[Block, ...]


class Sheets(Message, frozen=True):
    """The sheets of a spreadsheet; none for a document of another kind."""

    sheets: tuple[Sheet, ...]


class Refused(Message, frozen=True):
    """The document cannot be shown, or this page of it."""

    reason: Reason
    number: int = 0
    """The page, or how many there are."""


Request = Put | Open | Render | ReadPage | ReadTexts | Search | ReadBlocks | ReadSheets | Close
Answer = Done | Opened | Page | Texts | Found | Blocks | Sheets | Refused


class RefusedError(Exception):
    """Inside the worker: the document or the page cannot be shown."""

    def __init__(self, reason: Reason, number: int = 0) -> None:
        self.answer = Refused(reason, number)


def send(descriptor: int, message: bytes) -> None:
    """Write a whole message."""
    view = memoryview(len(message).to_bytes(4, "big") + message)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int) -> bytes:
    """Read a whole message; EOFError when the other side is gone or says too much."""
    size = int.from_bytes(_read(descriptor, 4), "big")
    if size > LONGEST:
        raise EOFError
    return _read(descriptor, size)


def _read(descriptor: int, size: int) -> bytes:
    pieces: list[bytes] = []
    while size:
        piece = os.read(descriptor, min(size, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
