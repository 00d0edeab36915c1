"""What a worker that a document has taken over is told to do and cannot: reach out, write, start, look around."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from esf_desktop.documents import messages
from esf_desktop.documents.messages import Confined, Page, ReadPage

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be asked to refuse")
ROOT = Path(__file__).resolve().parents[2]

TAKEN_OVER = """
import ctypes, os, signal, socket, sys
sys.path.insert(0, {root!r})
from esf_desktop.documents import worker, messages
from esf_desktop.documents.values import PageText

def connect(kind, address):
    with socket.socket(kind, socket.SOCK_STREAM) as made:
        made.settimeout(5)
        made.connect(address)

def start():
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)

def replace():
    os.execv("/bin/true", ["true"])

def number(call, *rest):
    if ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(call), *rest) < 0:
        raise OSError(ctypes.get_errno(), "")

def tell():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.sendto(b"x", ("127.0.0.1", 9))

folder = {folder!r}
DEEDS = {{
    "connect": lambda: connect(socket.AF_INET, ("127.0.0.1", {port})),
    "connect by name": lambda: connect(socket.AF_UNIX, folder + "/door"),
    "tell": tell,
    "write": lambda: open(folder + "/made", "w").close(),
    "append": lambda: open(folder + "/there", "a").close(),
    "empty": lambda: os.truncate(folder + "/there", 0),
    "remove": lambda: os.unlink(folder + "/there2"),
    "rename": lambda: os.rename(folder + "/there3", folder + "/there4"),
    "make a folder": lambda: os.mkdir(folder + "/folder"),
    "open to all": lambda: os.chmod(folder + "/there", 0o777),
    "link": lambda: os.symlink("/etc", folder + "/link"),
    "read": lambda: open(folder + "/there").close(),
    "list": lambda: os.listdir(folder),
    "start": start,
    "signal": lambda: os.kill(os.getppid(), 0),
    "the ring past the filter": lambda: number(425, 1, ctypes.create_string_buffer(120)),
    "replace": replace,
}}

class TakenOver:
    def answer(self, request):
        try:
            DEEDS[list(DEEDS)[request.page]]()
        except OSError as error:
            return messages.Page(PageText(type(error).__name__, ()))
        return messages.Page(PageText("done", ()))

if sys.argv[1] == "confined":
    worker.serve(TakenOver())
else:
    for at in range(len(DEEDS) - 1):
        print(list(DEEDS)[at], TakenOver().answer(messages.ReadPage(0, at)).text.text, sep=": ", flush=True)
    replace()
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[list[str]]:
    """A worker that does what it is told, beside files that it may want and doors that it may knock on."""
    for name in ("there", "there2", "there3"):
        (tmp_path / name).write_text("kvar")
    with socket.create_server(("127.0.0.1", 0)) as door, socket.socket(socket.AF_UNIX) as named:
        named.bind(str(tmp_path / "door"))
        named.listen()
        text = TAKEN_OVER.format(root=str(ROOT), folder=str(tmp_path), port=door.getsockname()[1])
        yield [sys.executable, "-I", "-c", text]


def test_a_worker_that_is_taken_over_reaches_nothing_writes_nothing_and_starts_nothing(
    program: list[str], tmp_path: Path
) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    with subprocess.Popen([*program, "confined"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        assert worker.stdout
        missing = msgspec.msgpack.decode(messages.receive(worker.stdout.fileno()), type=Confined).missing
        answers = []
        for deed in range(17):
            messages.send(worker.stdin.fileno(), msgspec.msgpack.encode(ReadPage(0, deed)))
            answers.append(msgspec.msgpack.decode(messages.receive(worker.stdout.fileno()), type=Page).text.text)
    assert worker.returncode == 0
    if missing:
        pytest.skip(f"this kernel does not shut {missing}")
    assert answers == ["PermissionError"] * 17
    assert {file.name: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before


def test_a_program_that_is_not_shut_in_can_do_each_of_these(program: list[str], tmp_path: Path) -> None:
    done = subprocess.run([*program, "free"], capture_output=True, text=True, check=True)
    said = dict(line.split(": ") for line in done.stdout.splitlines())
    rings = said.pop("the ring past the filter")
    assert set(said.values()) == {"done"}, said
    assert rings in {"done", "OSError", "PermissionError"}, "a container may refuse it already"
    assert {"made", "folder", "link", "there4"} <= {file.name for file in tmp_path.iterdir()}
