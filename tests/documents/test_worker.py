"""The worker: held to its limits, replaced when it dies, gone with its program."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from esf_desktop.documents.client import Documents
from tests.documents import making

ROOT = Path(__file__).resolve().parents[2]
GOOD = making.pdf([[(72, 700, "Bred samverkan")]])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_worker_that_is_killed_is_replaced_without_a_word() -> None:
    with Documents() as documents:
        first, second = documents.open(GOOD, "a.pdf"), documents.open(making.docx(making.paragraph("Hej")), "b.docx")
        for _ in range(3):
            assert documents._worker
            os.kill(documents._worker._process.pid, signal.SIGKILL)
            assert first.text(0).text == "Bred samverkan"
            assert second.blocks()[0].text == "Hej"


def test_many_documents_are_open_at_once() -> None:
    with Documents() as documents:
        opened = [documents.open(making.pdf([[(72, 700, f"Ansökan {n}")]]), f"{n}.pdf") for n in range(40)]
        assert [document.text(0).text for document in opened] == [f"Ansökan {n}" for n in range(40)]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits that Linux shows")
def test_the_worker_may_write_no_files_and_has_little_memory() -> None:
    with Documents() as documents:
        documents.open(GOOD, "a.pdf")
        assert documents._worker
        limits = Path(f"/proc/{documents._worker._process.pid}/limits").read_text()
    said = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
    assert said["Max file size"] == ["0", "0"]
    assert said["Max address space"] == [str(1 << 30)] * 2
    assert said["Max processes"] == ["0", "0"]
    assert said["Max open files"] == ["32", "32"]
    assert int(said["Max cpu time"][0]) <= 10


def test_a_worker_ends_when_its_program_does(tmp_path: Path) -> None:
    program = (
        "from esf_desktop.documents.client import Documents; d = Documents(); d.warm(); "
        "print(d._worker._process.pid, flush=True); import os; os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    pid = int(done.stdout)
    while _lives(pid):
        pass


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_program_itself_becomes_the_worker_when_asked() -> None:
    program = (
        "import sys; from esf_desktop.documents.worker import run_if_asked; run_if_asked(sys.argv); print('program')"
    )
    done = subprocess.run([sys.executable, "-c", program, "open"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "program\n"


HOSTILE = """
from esf_desktop.documents.client import Documents
from esf_desktop.errors import EsfError
from tests.documents import making

with Documents() as documents:
    documents.warm()
    print(documents._worker._process.pid)
    for content in (
        making.pdf([[(72, 700, "Bred samverkan")]]),
        making.raw_pdf(catalog="/OpenAction<</S/JavaScript/JS(app.launchURL('http://exempel.invalid'))>>"),
        making.raw_pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>"),
        making.raw_pdf(catalog="/OpenAction<</S/SubmitForm/F(http://exempel.invalid)>>"),
        making.form("Samverkan"),
        making.docx(making.paragraph("Hej"), prolog='<!DOCTYPE x SYSTEM "http://exempel.invalid/x.dtd">'),
        making.odt("<text:p>Hej</text:p>"),
        making.xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'),
        b"%PDF-1.7 trasig",
    ):
        try:
            document = documents.open(content, "fil")
            if document.info.kind == "pages":
                document.render(0, 1.0)
                document.text(0)
            document.search("samverkan")
        except EsfError:
            continue
"""
FORBIDDEN = re.compile(
    r"(?:socket|connect|sendto|sendmsg|bind|listen|accept4?|fork|vfork|clone3?|execve|creat|unlink\w*|rename\w*|mkdir\w*"
    r"|truncate|ftruncate|symlink\w*|link\w*|f?chmod\w*|f?chown\w*)\("
    r"|open(?:at)?\(.*O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)"
)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is absent")
def test_the_worker_reaches_no_network_starts_nothing_and_writes_only_its_answers(tmp_path: Path) -> None:
    record = tmp_path / "calls"
    traced = ["strace", "-f", "-qq", "-e", "trace=network,process,file,desc,prlimit64", "-o", str(record)]
    done = subprocess.run(
        [*traced, sys.executable, "-c", HOSTILE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "PTRACE_TRACEME" in done.stderr:
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr
    pid = done.stdout.strip()
    calls = [
        line.partition(" ")[2].strip()
        for line in record.read_text("latin-1").splitlines()
        if line.startswith(f"{pid} ")
    ]
    limited = next(at for at, call in enumerate(calls) if "RLIMIT_FSIZE" in call)
    after = calls[limited:]
    assert [call for call in after if FORBIDDEN.match(call)] == []
    answers = {call.split(",")[0] for call in after if call.startswith("write(")} - {"write(2"}
    assert len(answers) == 1, "standard error goes nowhere, and one pipe takes the answers"
    assert any(FORBIDDEN.match(call) for call in calls[:limited])
