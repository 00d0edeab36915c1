"""The program never reaches for a network (R13): every connect() of the whole job is recorded."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is absent")
TREE = Path(__file__).resolve().parents[1]

DEMO = "import sys; from esf_desktop.cli import main; sys.argv[0] = 'esf'; main()"
REACHING = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"


def reached(tmp_path: Path, program: str, *words: object) -> tuple[str, set[str]]:
    """What the program printed, and the families of addresses that it and its children connected or sent to."""
    record = tmp_path / "calls"
    command = ["strace", "-f", "-qq", "-e", "trace=connect,sendto", "--seccomp-bpf", "-o", str(record)]
    done = subprocess.run(
        [*command, sys.executable, "-c", program, *map(str, words)],
        cwd=TREE,
        capture_output=True,
        text=True,
        check=False,
    )
    if "PTRACE_TRACEME" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    return done.stdout, set(re.findall(r"sa_family=(\w+)", record.read_text("latin-1")))


def test_a_program_that_reaches_out_is_seen(tmp_path: Path) -> None:
    assert reached(tmp_path, REACHING)[1] == {"AF_INET"}


@pytest.mark.judges
def test_the_whole_job_from_call_to_basis_reaches_for_no_network(tmp_path: Path) -> None:
    said, families = reached(tmp_path, DEMO, "demo", tmp_path / "out", "--applications", 2, "--assessors", 2, "--json")
    assert said
    assert any((tmp_path / "out").rglob("*.esfbundle"))
    assert families <= {"AF_UNIX"}
