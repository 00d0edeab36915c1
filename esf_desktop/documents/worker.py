"""The process in which documents are read: little memory, little time, no network, no files written, no programs.

The program starts itself anew with `--document-worker`; whoever has a `main` calls `run_if_asked` first of all.
"""

import os
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esf_desktop.documents.answering import Answering

FLAG = "--document-worker"
"""The argument that makes the program a document worker; the address of the shared memory follows."""
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
    from esf_desktop.documents import area
    from esf_desktop.documents.answering import Answering

    serve(Answering(area.attach(address)))


def serve(answering: "Answering") -> None:
    """Shut this process in, say what could not be shut, and answer."""
    import msgspec

    from esf_desktop.documents import messages
    from esf_desktop.documents.confinement import confine

    # Whatever a library prints must not be taken for an answer.
    out = os.dup(1)
    os.dup2(2, 1)
    _limit()
    messages.send(out, msgspec.msgpack.encode(messages.Confined(confine())))
    decoder = msgspec.msgpack.Decoder[messages.Request](messages.Request)
    while True:
        try:
            request = decoder.decode(messages.receive(0))
        except EOFError:
            return
        _refresh_time()
        try:
            answer = answering.answer(request)
        except messages.RefusedError as error:
            answer = error.answer
        except MemoryError:
            answer = messages.Refused("too_heavy")
        messages.send(out, msgspec.msgpack.encode(answer))


def _limit() -> None:
    """What the system can hold us to; elsewhere the program's own watch is the limit."""
    sys.dont_write_bytecode = True
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy, which openpyxl loads, ends a process that gives it no threads
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
