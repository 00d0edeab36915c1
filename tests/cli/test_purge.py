"""`esf purge` lists, asks, purges, keeps a receipt, and `esf check` accepts what is left."""

from pathlib import Path

import pytest

from esf_desktop.workspace import Workspace
from tests.assessor.test_purge import fill, traces
from tests.cli.test_esf import esf, told

pytestmark = pytest.mark.xdist_group("esf")


def test_a_round_is_purged_from_the_command_line_and_check_accepts_it(tmp_path: Path) -> None:
    fill(tmp_path / "w").close()
    refused = told("purge", "--workspace", tmp_path / "w", "--round", "2026-ON-1", code=1)
    assert refused["refused"]["code"] == "not_confirmed"
    assert traces(tmp_path / "w")
    receipt = told(
        "purge", "--workspace", tmp_path / "w", "--round", "2026-ON-1", "--yes", "--receipt", tmp_path / "kvitto.txt"
    )
    assert (receipt["round"], receipt["applications"], len(receipt["backups"])) == ("2026-ON-1", 2, 2)
    assert traces(tmp_path / "w") == []
    assert receipt["journal"]["hash"] in (tmp_path / "kvitto.txt").read_text("utf-8")
    assert told("check", tmp_path / "w") == {"faults": []}
    assert told("purge", "-w", tmp_path / "w", "--round", "2026-ON-1", "--yes", code=1)["refused"]["code"] == (
        "unknown_round"
    )


def test_an_interrupted_purge_is_completed_by_the_same_command(tmp_path: Path) -> None:
    from esf_desktop.assessor import purge
    from esf_desktop.model import CallId
    from tests.rounds import later

    desk = fill(tmp_path)
    purge._begin(desk, purge.outline(desk, CallId("2026-ON-1")), later(4000))
    desk.close()
    assert "2026-ON-1" in esf("purge", "--workspace", tmp_path, "--round", "2026-ON-1")
    assert traces(tmp_path) == []
    again = Workspace.open(tmp_path)
    assert again.purged()[0].finished_at is not None
    again.close()
