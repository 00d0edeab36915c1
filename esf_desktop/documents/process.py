"""One document worker seen from the program: started, asked, watched and ended."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec

from esf_desktop.documents import messages
from esf_desktop.documents.area import Area
from esf_desktop.documents.messages import Answer, Close, Confined, Message
from esf_desktop.documents.worker import FLAG
from esf_desktop.log import logger

PATIENCE = 20.0
"""Seconds by the wall for one request, where the processor's time cannot be limited or the machine is busy."""
GLANCE = 3.0
"""Seconds between two looks at how long a request has taken."""

_OF_TIME = {getattr(signal, "SIGXCPU", None)}
_OF_MEMORY = {getattr(signal, name, None) for name in ("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL")}


class DeadError(Exception):
    """The worker died, or was ended, while it was asked."""

    def __init__(self, *, of_time: bool, of_memory: bool) -> None:
        self.of_time = of_time
        self.of_memory = of_memory


class WorkerProcess:
    """One worker process and the numbers and sizes of the documents that it has open, oldest first."""

    def __init__(self, area: Area) -> None:
        self.open: dict[int, int] = {}
        self._greeted = False
        self._asked_at: float | None = None
        self._late = False
        self._ended = threading.Event()
        self._decoder = msgspec.msgpack.Decoder[Answer](Answer)
        self._process = subprocess.Popen(
            [*_command(), area.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=() if area.descriptor is None else (area.descriptor,),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        threading.Thread(target=self._watch, name="document-worker-watch", daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Message) -> Answer:
        """The answer, in time; DeadError otherwise."""
        assert self._process.stdin
        assert self._process.stdout
        self._asked_at = time.monotonic()
        try:
            messages.send(self._process.stdin.fileno(), msgspec.msgpack.encode(request))
            self._greet(self._process.stdout.fileno())
            answer: Answer = self._decoder.decode(messages.receive(self._process.stdout.fileno()))
        except (OSError, EOFError, msgspec.DecodeError) as error:
            ended_by = self._ended_by()
            raise DeadError(of_time=self._late or ended_by in _OF_TIME, of_memory=ended_by in _OF_MEMORY) from error
        finally:
            self._asked_at = None
        return answer

    def _greet(self, descriptor: int) -> None:
        """Read what the worker says first, and note what this system could not keep it from."""
        if self._greeted:
            return
        said = msgspec.msgpack.decode(messages.receive(descriptor), type=Confined)
        self._greeted = True
        if said.missing and sys.platform == "linux":
            logger.warning("document worker without locks on: %s", ", ".join(said.missing))

    def forget(self, number: int) -> None:
        del self.open[number]
        self.ask(Close(number))

    def end(self) -> None:
        self._ended.set()
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _ended_by(self) -> int:
        """The signal that the process died of; it is ended when it has not died."""
        try:
            return -self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return 0

    def _watch(self) -> None:
        """Kill the process when one request takes longer than PATIENCE, a glance more or less."""
        while not self._ended.wait(GLANCE):
            asked_at = self._asked_at
            if asked_at is not None and time.monotonic() - asked_at > PATIENCE:
                self._late = True
                self._process.kill()
                return


def _command() -> list[str]:
    """What starts a worker, in a checkout, installed or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    root = str(Path(__file__).resolve().parents[2])
    start = (
        f"import sys; sys.path.insert(0, {root!r}); from esf_desktop.documents.worker import main; main(sys.argv[1])"
    )
    return [sys.executable, "-I", "-c", start]
