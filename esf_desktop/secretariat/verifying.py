"""Many bundles examined on every core: this process and its helpers take parts of a batch until none is left.

A helper that dies gives its part back, and whoever is left does the rest: helpers change how long it takes and nothing
else.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue

import msgspec

from esf_desktop.errors import EsfError
from esf_desktop.secretariat.examining import Examined, Examiner, Refused, Source
from esf_desktop.secretariat.verifier import FLAG, receive, send

WORTH_HELP = 300
"""Files of a batch for which starting a process pays."""
AT_ONCE, BYTES_AT_ONCE = 25, 4 * 2**20
"""How large a part of a batch is at most, unless one file alone is larger."""
MOST_HELPERS = 3
"""More would wait for the one that writes."""

_answers = msgspec.msgpack.Decoder(list[Examined | None])


def spare_cores() -> int:
    """How many processes can help this one."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable - 1, MOST_HELPERS)


class Batch:
    """Files under examination: parts that nobody has begun, and what came of the others."""

    def __init__(self, examiner: Examiner, files: Sequence[Source]) -> None:
        self.examiner = examiner
        self._files = files
        self._found: list[Examined | Refused | None] = [None] * len(files)
        self._parts = _parts(files)
        self._under_way = 0
        self._turn = threading.Condition()

    def help(self, helper: "_Helper") -> bool:
        """Let a helper examine parts until none is left; False when it died of it."""
        while (part := self._take()) is not None:
            try:
                answers = helper.examine(self._whole(part))
            except (OSError, EOFError, ValueError, msgspec.DecodeError):
                self._give_back(part)
                return False
            for place, answer in zip(part, answers, strict=True):
                self._found[place] = answer
            self._done()
        return True

    def finish(self) -> list[Examined | Refused]:
        """What came of every file, in their order; what nobody has begun is done here."""
        while True:
            part = self._take()
            if part is None:
                with self._turn:
                    self._turn.wait_for(lambda: self._parts or not self._under_way)
                    if not self._parts:
                        break
                continue
            for place in part:
                self._found[place] = self.examiner.examine(*self._files[place])
            self._done()
        return [
            found if found is not None else self.examiner.examine(*self._files[place])
            for place, found in enumerate(self._found)
        ]

    def _whole(self, part: range) -> list[tuple[str, bytes]]:
        """The files of a part as a helper takes them; one that could not be read is as good as empty there."""
        files = (self._files[place] for place in part)
        return [(name, b"" if isinstance(content, EsfError) else content) for name, content in files]

    def _take(self) -> range | None:
        with self._turn:
            if not self._parts:
                return None
            self._under_way += 1
            return self._parts.pop()

    def _done(self) -> None:
        with self._turn:
            self._under_way -= 1
            self._turn.notify_all()

    def _give_back(self, part: range) -> None:
        with self._turn:
            self._parts.append(part)
            self._under_way -= 1
            self._turn.notify_all()


class Verifiers:
    """The helpers of one merge, started when a batch is worth it and ended with it."""

    def __init__(self, most: int | None = None) -> None:
        self._most = spare_cores() if most is None else most
        self._queues: list[SimpleQueue[Batch | None]] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Verifiers":
        return self

    def __exit__(self, *_: object) -> None:
        for queue in self._queues:
            queue.put(None)
        for thread in self._threads:
            thread.join()

    def begin(self, examiner: Examiner, files: Sequence[Source]) -> Batch:
        """A batch that the helpers work on from now; whoever wants the result finishes it."""
        batch = Batch(examiner, files)
        if len(files) >= WORTH_HELP:
            while len(self._threads) < self._most:
                queue: SimpleQueue[Batch | None] = SimpleQueue()
                thread = threading.Thread(target=_serve, args=(queue,), name="verifier", daemon=True)
                self._queues.append(queue)
                self._threads.append(thread)
                thread.start()
            for queue in self._queues:
                queue.put(batch)
        return batch


class _Helper:
    """One process that examines against what was known when it was started."""

    def __init__(self, examiner: Examiner) -> None:
        self.examiner = examiner
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to, self._from = self._process.stdin, self._process.stdout
        self._told = False

    def examine(self, files: list[tuple[str, bytes]]) -> list[Examined | None]:
        """What came of each file, None for what is refused; EOFError when the process is gone."""
        if not self._told:
            send(self._to, msgspec.msgpack.encode(self.examiner.known))
            self._told = True
        send(self._to, msgspec.msgpack.encode(files))
        answer = receive(self._from)
        if not answer:
            raise EOFError
        return _answers.decode(answer)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._to, self._from):
            try:
                stream.close()
            except OSError:
                continue


def _serve(queue: "SimpleQueue[Batch | None]") -> None:
    """Help with one batch after another, until there are no more or the process has died."""
    helper: _Helper | None = None
    try:
        while (batch := queue.get()) is not None:
            if helper is not None and helper.examiner.known != batch.examiner.known:
                helper.end()
                helper = None
            helper = helper or _Helper(batch.examiner)
            if not batch.help(helper):
                return
    except OSError:
        return  # no process could be started, so there is no help
    finally:
        if helper is not None:
            helper.end()


def _parts(files: Sequence[Source]) -> list[range]:
    """The places of the files in parts, the last first."""
    parts: list[range] = []
    start = size = 0
    for place, (_name, content) in enumerate(files):
        more = 0 if isinstance(content, EsfError) else len(content)
        if place > start and (place - start == AT_ONCE or size + more > BYTES_AT_ONCE):
            parts.append(range(start, place))
            start, size = place, 0
        size += more
    parts.append(range(start, len(files)))
    return parts[::-1]


def _command() -> list[str]:
    """What starts a verifier, in a checkout, installed or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    root = str(Path(__file__).resolve().parents[2])
    start = f"import sys; sys.path.insert(0, {root!r}); from esf_desktop.secretariat.verifier import main; main()"
    return [sys.executable, "-I", "-c", start]
