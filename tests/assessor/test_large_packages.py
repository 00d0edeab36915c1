"""A call package of any size is packed and taken in without being held in memory; each is measured in a process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MOST = 200
"""MiB of memory, as for 2 GiB of documents."""
EACH = 16
"""MiB of a document; more in all than the memory that is allowed would show nothing if each were held."""

PACK = """
import hashlib, os, sys
from pathlib import Path
from esf_desktop.exchange.call_package import pack_call_package
from esf_desktop.model import Application, ApplicationId, Document, DocumentId, replace
from esf_desktop.signing.keys import make_key, save_key
from tests.rounds import AT, call

folder = Path(sys.argv[1])
key = make_key("Sekretariatet", "", at=AT)
save_key(key, folder / "key", None)
paths = sorted(folder.glob("document*"))
hashes = {path: DocumentId(hashlib.file_digest(path.open("rb"), "sha256").hexdigest()) for path in paths}
applications = tuple(
    Application(
        ApplicationId(path.name), path.name, "S",
        (Document(sha256, "a.pdf", "application/pdf", path.stat().st_size),),
    )
    for path, sha256 in hashes.items()
)
documents = {sha256: path for path, sha256 in hashes.items()}
pack_call_package(folder / "call.esfcall", replace(call(), applications=applications), documents, key, at=AT)
"""
TAKE = """
import sys
from pathlib import Path
from esf_desktop.assessor.intake import Outcome, take_files
from esf_desktop.documents.client import Documents
from esf_desktop.signing.keys import load_key
from esf_desktop.workspace import Workspace
from tests.rounds import AT

folder = Path(sys.argv[1])
desk = Workspace.open(folder / "desk")
with Documents() as documents:
    fingerprint = load_key(folder / "key", None).fingerprint
    (taken,) = take_files(desk, documents, [folder / "call.esfcall"], at=AT, confirm=fingerprint).taken
assert taken.outcome is Outcome.CALL, taken
assert len(desk.store.known()) == len(desk.applications())
desk.close()
"""
REGISTER = """
import sys
from pathlib import Path
from esf_desktop.secretariat.inbox import receive
from esf_desktop.secretariat.register import Register
from tests.rounds import AT

folder = Path(sys.argv[1])
with Register.open(folder / "register.esfdb") as register:
    received = receive(register, [("call.esfcall", folder / "call.esfcall")], at=AT)
assert len(received.calls) == 1, received
"""
HOLD = """
import sys
from pathlib import Path
held = (Path(sys.argv[1]) / "call.esfcall").read_bytes()
"""
PEAK = """
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
TREE = Path(__file__).resolve().parents[2]


def peak(code: str, folder: Path) -> int:
    """The most memory that the code took, in MiB."""
    command = [sys.executable, "-c", code + PEAK, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600, cwd=TREE)
    return int(done.stdout) // 1024


def fill(folder: Path, documents: int) -> None:
    """Documents that nothing can compress."""
    for number in range(documents):
        with (folder / f"document{number:03}").open("wb") as file:
            for _ in range(EACH):
                file.write(os.urandom(2**20))


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("documents", [4, pytest.param(20, marks=pytest.mark.soak)])
def test_packing_and_taking_in_hold_a_package_in_pieces(tmp_path: Path, documents: int) -> None:
    fill(tmp_path, documents)
    small, bare = peak(PACK, tmp_path), peak("", tmp_path)
    assert small < MOST
    assert peak(TAKE, tmp_path) < MOST
    assert peak(REGISTER, tmp_path) - bare < documents * EACH
    assert small - bare < documents * EACH
    assert peak(HOLD, tmp_path) - bare >= documents * EACH
