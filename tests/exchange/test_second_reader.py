"""A reader that shares no line with ours, resources/verify/esf_verify.py, gives every vector the same verdict."""

import ast
import json
import subprocess
import sys
from pathlib import Path

from tests.vectors.run import FOLDER, driven, frozen

SECOND = FOLDER.parent.parent / "resources" / "verify" / "esf_verify.py"


def ask(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """What the second reader says."""
    return subprocess.run([sys.executable, SECOND, *words], capture_output=True, text=True, timeout=60, check=False)


def test_both_readers_judge_every_vector_alike() -> None:
    assert list(driven(f"{sys.executable} {SECOND} --json")) == []
    without_a_register = [vector for vector in frozen() if vector.by == "verify"]
    assert len(without_a_register) >= 350


def test_it_needs_nothing_but_the_standard_library() -> None:
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(SECOND.read_text("utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert imported <= set(sys.stdlib_module_names) - {"zipfile", "xml"}


def test_it_speaks_to_people_and_to_programs() -> None:
    good, bad = FOLDER / "good" / "card.esfbundle", FOLDER / "signature" / "value-with-the-high-s.esfbundle"
    told = ask(good, bad)
    assert told.returncode == 1
    assert [line.split("  ")[1] for line in told.stdout.splitlines()] == ["accepted", "refused"]
    assert "high s" in told.stdout
    stranger = ask("--json", "--trust", FOLDER / "certificates" / "stranger.pem", good)
    assert json.loads(stranger.stdout)["files"][0]["sentence"] == "the signer is not among the trusted"
    assert ask("--trust", FOLDER / "certificates" / "card.pem", good).returncode == 0
