"""One writer: whatever is opened, read or copied, a second program stays out until the first has closed or died."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from esf_desktop import lock
from esf_desktop.errors import AlreadyOpenError
from esf_desktop.lock import LOCK_FILE
from esf_desktop.workspace import Workspace, backup
from esf_desktop.workspace.places import WORK_FILE
from tests.rounds import AT, workspace

ANOTHER = """
import sys
from pathlib import Path
from esf_desktop import lock
from esf_desktop.errors import AlreadyOpenError
try:
    held = lock.hold(Path(sys.argv[1]))
except AlreadyOpenError:
    print("out", flush=True)
else:
    print("in", flush=True)
    sys.stdin.read()
"""


def another(folder: Path) -> "subprocess.Popen[str]":
    """Another program that tries to hold the folder, and holds it until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def came(program: "subprocess.Popen[str]") -> str:
    """Whether it got in; it has ended afterwards."""
    return program.communicate()[0].strip()


def test_reading_and_copying_the_database_lets_nobody_else_in(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    (desk.folder / WORK_FILE).read_bytes()  # with which POSIX drops SQLite's own locks
    desk.check_passphrase(None)
    backup.back_up(desk, at=AT)
    assert came(another(desk.folder)) == "out"
    desk.close()
    assert came(another(desk.folder)) == "in"


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_a_kill_leaves_no_lock(tmp_path: Path) -> None:
    workspace(tmp_path / "desk").close()
    program = another(tmp_path / "desk")
    assert program.stdout is not None
    assert program.stdout.readline() == "in\n"
    with pytest.raises(AlreadyOpenError):
        Workspace.open(tmp_path / "desk")
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.communicate()
    assert (tmp_path / "desk" / LOCK_FILE).exists()
    Workspace.open(tmp_path / "desk").close()


def test_a_program_holds_what_it_holds_until_all_of_it_is_given_back(tmp_path: Path) -> None:
    outer = lock.hold(tmp_path)
    desk = workspace(tmp_path)
    outer.say(b"ord")
    assert lock.word(tmp_path) == b"ord"
    desk.close()
    assert came(another(tmp_path)) == "out"
    outer.release()
    outer.release()
    assert came(another(tmp_path)) == "in"


def test_a_workspace_that_was_refused_is_not_held(tmp_path: Path) -> None:
    workspace(tmp_path / "desk").close()
    (tmp_path / "desk" / WORK_FILE).write_bytes(b"trasig" * 1000)
    for _ in range(2):
        with pytest.raises(Exception, match="damaged_database"):
            Workspace.open(tmp_path / "desk")
    assert came(another(tmp_path / "desk")) == "in"
