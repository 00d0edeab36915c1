"""A process that examines bundles for another, so that merging uses every core.

The program starts itself anew with `--verifier`; whoever has a `main` calls `run_if_asked` first of all. It is told
what is known, then files, and answers what came of each; those that are refused are left to whoever asked.
"""

import sys
from collections.abc import Sequence
from typing import IO

FLAG = "--verifier"
"""The argument that makes the program a verifier."""


def run_if_asked(arguments: Sequence[str]) -> None:
    """Be a verifier, and end as it, when the arguments say so."""
    if arguments[1:2] == [FLAG]:
        main()
        raise SystemExit(0)


def main() -> None:
    """Answer on standard output what comes on standard input, until there is no more."""
    import msgspec

    from esf_desktop.secretariat.examining import Examined, Examiner, Known

    out, sys.stdout = sys.stdout.buffer, sys.stderr
    examiner = Examiner(msgspec.msgpack.decode(receive(sys.stdin.buffer), type=Known))
    decoder = msgspec.msgpack.Decoder(list[tuple[str, bytes]])
    while message := receive(sys.stdin.buffer):
        found = [examiner.examine(file, content) for file, content in decoder.decode(message)]
        send(out, msgspec.msgpack.encode([one if isinstance(one, Examined) else None for one in found]))


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a whole message."""
    stream.write(len(message).to_bytes(4, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """A whole message; empty when there are no more."""
    head = stream.read(4)
    size = int.from_bytes(head, "big")
    message = stream.read(size)
    return message if len(head) == 4 and len(message) == size else b""


if __name__ == "__main__":
    run_if_asked(sys.argv)
