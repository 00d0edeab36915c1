"""What the document worker answers: the documents that it holds open, by the program's numbers."""

import ctypes
import mmap
from typing import TYPE_CHECKING

from esf_desktop.documents.media import PDF
from esf_desktop.documents.messages import (
    Answer,
    Blocks,
    Close,
    Done,
    Open,
    Opened,
    Page,
    Put,
    ReadBlocks,
    ReadPage,
    ReadSheets,
    ReadTexts,
    Render,
    Request,
    Search,
    Sheets,
)
from esf_desktop.documents.pages import Pages
from esf_desktop.documents.values import DocumentInfo

if TYPE_CHECKING:
    from esf_desktop.documents.texts import TextDocument


class Answering:
    """The open documents, by the program's numbers."""

    def __init__(self, shared: mmap.mmap) -> None:
        self._shared = shared
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(shared))
        self._pieces: list[bytes] = []
        self._pages: dict[int, Pages] = {}
        self._texts: dict[int, TextDocument] = {}

    def answer(self, request: Request) -> Answer:
        """What the request asks for; RefusedError when the document cannot give it."""
        match request:
            case Put(size):
                self._pieces.append(self._shared[:size])
            case Open(document, size, media_type, password):
                self._pieces.append(self._shared[:size])
                return Opened(self._open(document, media_type, password))
            case Render(document):
                self._pages[document].render(request, self._address + request.offset)
            case ReadPage(document, page):
                return Page(self._pages[document].text(page))
            case ReadTexts(document, first):
                return self._pages[document].texts(first)
            case Search(document, words, first):
                if document in self._texts:
                    return self._texts[document].search(words)
                return self._pages[document].search(words, first)
            case ReadBlocks(document):
                return Blocks(self._texts[document].blocks if document in self._texts else ())
            case ReadSheets(document):
                return Sheets(self._texts[document].sheets() if document in self._texts else ())
            case Close(document):
                self._texts.pop(document, None)
                if pages := self._pages.pop(document, None):
                    pages.close()
        return Done()

    def _open(self, document: int, media_type: str, password: str | None) -> DocumentInfo:
        content, self._pieces = b"".join(self._pieces), []
        if media_type == PDF:
            self._pages[document] = Pages(content, password)
            return self._pages[document].info
        # Office files are rare, and what reads them takes longer to import than to start everything else.
        from esf_desktop.documents.texts import TextDocument

        self._texts[document] = TextDocument(content, media_type)
        return self._texts[document].info
