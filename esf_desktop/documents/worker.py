"""The process in which documents are read: little memory, little time, no files written, no other processes.

The program starts itself anew with `--document-worker`; whoever has a `main` calls `run_if_asked` first of all.
"""

import ctypes
import mmap
import os
import sys
import time
from collections.abc import Sequence

import msgspec

from esf_desktop.documents import area, messages
from esf_desktop.documents.messages import (
    FLAG,
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
    ReadTexts,
    RefusedError,
    Render,
    Request,
    Search,
)

MEMORY = 1 << 30
"""Bytes of address space."""
CPU_SECONDS = 5
"""For one request."""
MOST_OPEN_FILES = 32


def run_if_asked(arguments: Sequence[str]) -> None:
    """Be the document worker, and end as it, when the arguments say so."""
    if arguments[1:2] == [FLAG]:
        main(arguments[2])
        raise SystemExit(0)


def main(address: str) -> None:
    """Answer requests from standard input until there are no more."""
    shared = area.attach(address)
    out = os.dup(1)
    os.dup2(2, 1)
    _limit()
    worker = _Worker(shared)
    decoder = msgspec.msgpack.Decoder(Request)
    while True:
        try:
            request = decoder.decode(messages.receive(0))
        except EOFError:
            return
        _refresh_time()
        try:
            answer = worker.answer(request)
        except RefusedError as error:
            answer = error.answer
        except MemoryError:
            answer = RefusedError("too_heavy").answer
        messages.send(out, msgspec.msgpack.encode(answer))


class _Worker:
    """The open documents, by the program's numbers."""

    def __init__(self, shared: mmap.mmap) -> None:
        from esf_desktop.documents.pages import Pages

        self._pages_of = Pages
        self._shared = shared
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(shared))
        self._pieces: list[bytes] = []
        self._pages: dict[int, Pages] = {}

    def answer(self, request: Request) -> Answer:
        match request:
            case Put():
                self._pieces.append(self._shared[: request.size])
                return Done()
            case Open():
                content, self._pieces = b"".join(self._pieces), []
                opened = self._pages_of(content, request.password)
                self._pages[request.document] = opened
                return Opened(opened.info)
            case Render():
                self._pages[request.document].render(request, self._address + request.offset)
                return Done()
            case ReadPage():
                return Page(self._pages[request.document].text(request.page))
            case ReadTexts():
                return self._pages[request.document].texts(request.first)
            case Search():
                return self._pages[request.document].search(request.words, request.first)
            case ReadBlocks():
                return Blocks(())
            case Close():
                closed = self._pages.pop(request.document, None)
                if closed:
                    closed.close()
                return Done()


def _limit() -> None:
    """What the system can hold us to; elsewhere the program's own watch is the limit."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
        (getattr(resource, "RLIMIT_NPROC", resource.RLIMIT_CORE), 0),
        (resource.RLIMIT_AS, MEMORY),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


def _refresh_time() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + CPU_SECONDS, most))


if __name__ == "__main__":
    run_if_asked(sys.argv)
