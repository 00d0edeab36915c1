"""`esf call import`: what a list and a folder tell, shown first and taken when confirmed."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.documents import making
from tests.secretariat.drafting import lists

pytestmark = pytest.mark.xdist_group("esf")


def run(*words: object, code: int = 0) -> tuple[Any, str]:
    command = [sys.executable, "-m", "esf_desktop", "call", "import", *map(str, words), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handlingar"
    (made / "2026-00112").mkdir(parents=True)
    lines = [(72.0, 700.0, "Diarienummer: 2026/00112"), (72.0, 680.0, "Sökt stöd: 6 000 000 kr")]
    (made / "2026-00112" / "ansokan.pdf").write_bytes(making.pdf([lines]))
    return made


def test_a_list_and_a_folder_are_shown_and_then_taken(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_bytes(lists.csv().encode())
    out = tmp_path / "CALL.toml"
    shown, said = run(tmp_path / "lista.csv", "--folder", folder, "--out", out)
    assert not out.exists()
    assert "--confirm" in said
    first = shown["applications"][0]
    assert first["differing"]["requested_support"] == {
        "draft": "6\xa0359\xa0500\xa0kr",
        "documents": "6\xa0000\xa0000\xa0kr",
    }
    taken, _said = run(tmp_path / "lista.csv", "--folder", folder, "--out", out, "--confirm")
    assert taken["file"] == str(out)
    applications = tomllib.loads(out.read_text())["applications"]
    assert [one["id"] for one in applications] == ["2026/00112", "2026/00115", "2026/00118"]
    assert applications[0]["documents"] == ["handlingar/2026-00112/ansokan.pdf"]


def test_a_row_that_cannot_be_taken_is_named_and_the_others_are(folder: Path, tmp_path: Path) -> None:
    rows = (lists.HEADINGS, lists.ROWS[0], lists.ROWS[0])
    (tmp_path / "lista.xlsx").write_bytes(lists.xlsx(rows))
    shown, _said = run(tmp_path / "lista.xlsx", "--folder", folder, "--column", "sector=B", "--confirm", code=1)
    assert [(doubt["kind"], doubt["cell"]) for doubt in shown["doubts"]] == [("twice", "A3")]
    (one,) = tomllib.loads((folder / "CALL.toml").read_text())["applications"]
    assert one["sector"] == one["project_name"]


def test_what_is_no_list_changes_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_bytes(b"%PDF-1.7")
    refused, said = run(tmp_path / "lista.csv", "--folder", folder, "--confirm", code=1)
    assert refused["refused"]["code"] == "not_a_list"
    assert "Traceback" not in said
    assert not (folder / "CALL.toml").exists()
