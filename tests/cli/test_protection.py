"""The passphrase of a workspace is managed by `esf` as by the window."""

from pathlib import Path

import pytest

from esf_desktop.assessor import identity
from esf_desktop.workspace import Workspace
from tests import rounds
from tests.cli.running import run
from tests.cli.test_esf import told

OLD, NEW = "björkstig-granlada", "en helt annan lösenfras"
pytestmark = pytest.mark.xdist_group("esf")


def with_new(*words: object, environment: dict[str, str], code: int = 0) -> str:
    done = run("passphrase", *words, **environment)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_a_workspace_is_encrypted_recovered_and_made_plain_again(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    desk = rounds.workspace(folder)
    key = identity.signing_key(desk, None, at=rounds.AT)
    desk.close()
    with_new("set", "-w", folder, environment={"ESF_NEW_PASSPHRASE": OLD})
    made = told("passphrase", "code", "-w", folder, "--sheet", tmp_path / "blad.pdf", passphrase=OLD)
    assert (tmp_path / "blad.pdf").read_bytes().startswith(b"%PDF")
    refused = with_new("change", "-w", folder, environment={"ESF_PASSPHRASE": OLD, "ESF_NEW_PASSPHRASE": "x"}, code=1)
    assert "[short_passphrase]" in refused
    recovering = {"ESF_RECOVERY_CODE": made["code"], "ESF_NEW_PASSPHRASE": NEW}
    misread = with_new("recover", "-w", folder, environment={**recovering, "ESF_RECOVERY_CODE": "AAAAA"}, code=1)
    assert "[misread_code]" in misread or "[incomplete_code]" in misread
    with_new("recover", "-w", folder, environment=recovering)
    opened = Workspace.open(folder, NEW)
    assert identity.signing_key(opened, NEW, at=rounds.AT).fingerprint == key.fingerprint
    opened.close()
    with_new("remove", "-w", folder, environment={"ESF_PASSPHRASE": NEW})
    Workspace.open(folder).close()
