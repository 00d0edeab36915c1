"""Workspaces of every schema so far open, plain and encrypted, after a backup and in one piece (R16)."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from esf_desktop.errors import EsfError
from esf_desktop.workspace import Workspace, backup, work_database
from esf_desktop.workspace.backup import Why
from esf_desktop.workspace.database import as_it_is, close, transaction
from esf_desktop.workspace.places import BACKUPS, WORK_FILE
from esf_desktop.workspace.tables import WORK_SCHEMA, WORK_STEPS
from tests.files.freezing import HERE, PASSPHRASE, told_of_workspace

SO_FAR = range(1, WORK_SCHEMA + 1)


def expected(name: str) -> dict[str, object]:
    """What the frozen workspace says."""
    found: dict[str, object] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def add_column(operations: Operations) -> None:
    """A step such as a later schema may need."""
    operations.add_column("journal", sa.Column("added", sa.Text))


def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program know one schema more than it does."""
    monkeypatch.setattr(work_database, "WORK_SCHEMA", WORK_SCHEMA + 1)
    monkeypatch.setattr(work_database, "WORK_STEPS", {**WORK_STEPS, WORK_SCHEMA + 1: add_column})


@pytest.mark.parametrize("schema", SO_FAR)
@pytest.mark.parametrize("kind", ["workspace", "encrypted"])
def test_a_workspace_of_every_schema_opens_and_says_what_it_said(schema: int, kind: str, tmp_path: Path) -> None:
    shutil.copytree(HERE / f"{kind}-{schema}", tmp_path / "desk")
    desk = Workspace.open(tmp_path / "desk", PASSPHRASE if kind == "encrypted" else None)
    assert told_of_workspace(desk) == expected(f"{kind}-{schema}")
    assert desk.faults() == ()
    desk.close()


@pytest.mark.parametrize("kind", ["workspace", "encrypted"])
def test_before_a_workspace_is_upgraded_it_is_backed_up_and_the_backup_can_be_put_back(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passphrase = PASSPHRASE if kind == "encrypted" else None
    folder = tmp_path / "desk"
    shutil.copytree(HERE / f"{kind}-{WORK_SCHEMA}", folder)
    with monkeypatch.context() as later:
        upgraded(later)
        desk = Workspace.open(folder, passphrase)
        assert desk.faults() == ()
        desk.close()
        Workspace.open(folder, passphrase).close()
    (kept,) = backup.made_in(folder / BACKUPS)
    assert kept.manifest.why is Why.UPGRADE
    with pytest.raises(EsfError) as caught:
        Workspace.open(folder, passphrase)
    assert caught.value.code == "newer_database"
    shutil.copytree(kept.place, tmp_path / "again")
    desk = Workspace.open(tmp_path / "again", passphrase)
    assert told_of_workspace(desk) == expected(f"{kind}-{WORK_SCHEMA}")
    desk.close()


def test_a_step_that_fails_leaves_the_workspace_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(HERE / f"workspace-{WORK_SCHEMA}", folder)

    def fails(operations: Operations) -> None:
        add_column(operations)
        operations.execute("DELETE FROM nothing")

    with monkeypatch.context() as later:
        upgraded(later)
        later.setattr(work_database, "WORK_STEPS", {WORK_SCHEMA + 1: fails})
        with pytest.raises(EsfError) as caught:
            Workspace.open(folder)
        assert caught.value.code == "upgrade_failed"
    desk = Workspace.open(folder)
    assert told_of_workspace(desk) == expected(f"workspace-{WORK_SCHEMA}")
    desk.close()


def test_a_database_of_a_schema_that_never_was_is_not_touched(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "desk").close()
    path = tmp_path / "desk" / WORK_FILE
    engine = as_it_is(path, None)
    with transaction(engine) as connection:
        connection.exec_driver_sql("PRAGMA user_version = 0")
    close(engine)
    content = path.read_bytes()
    with pytest.raises(EsfError) as caught:
        Workspace.open(tmp_path / "desk")
    assert caught.value.code == "damaged_database"
    assert path.read_bytes() == content


def test_nothing_of_alembic_is_loaded_while_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    look = "import sys; from pathlib import Path; from esf_desktop.workspace import Workspace; "
    look += "Workspace.open(Path(sys.argv[1])).close(); print([name for name in sys.modules if 'alembic' in name])"
    ran = subprocess.run(
        [sys.executable, "-c", look, str(tmp_path / "desk")], check=True, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "[]"
