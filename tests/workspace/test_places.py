"""A disk that is full, missing, read-only or holds another database gets its sentence, and nothing false is said."""

import os
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError, NoRoomError, UnusablePlaceError
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat.register import Register
from esf_desktop.workspace import Workspace, backup
from esf_desktop.workspace.database import AlreadyOpenError, OtherDatabaseError
from tests.rounds import AT, PERSON, later, workspace


@pytest.mark.parametrize("open_", [Workspace.open, Register.open], ids=["workspace", "register"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, open_: object) -> None:
    (tmp_path / "file").write_bytes(b"x")
    assert callable(open_)
    with pytest.raises(UnusablePlaceError):
        open_(tmp_path / "file" / "desk")
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_register_is_no_workspace_and_a_workspace_is_no_register(tmp_path: Path) -> None:
    workspace(tmp_path / "desk").close()
    Register.open(tmp_path / "own" / "work.esfdb").close()
    work, register = tmp_path / "desk" / "work.esfdb", tmp_path / "own" / "work.esfdb"
    before = work.read_bytes(), register.read_bytes()
    for path in (work, tmp_path / "desk" / "documents.esfdb"):
        with pytest.raises(OtherDatabaseError):
            Register.open(path)
    with pytest.raises(OtherDatabaseError):
        Workspace.open(tmp_path / "own")
    assert (work.read_bytes(), register.read_bytes()) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs somebody whom modes stop")
def test_a_database_that_may_not_be_written_is_not_called_damaged(tmp_path: Path) -> None:
    workspace(tmp_path / "desk").close()
    (tmp_path / "desk" / "work.esfdb").chmod(0o400)
    with pytest.raises(UnusablePlaceError):
        Workspace.open(tmp_path / "desk")


@pytest.mark.parametrize("passphrase", [None, "björk sten älv"])
def test_a_workspace_that_is_open_is_not_restored_over(tmp_path: Path, passphrase: str | None) -> None:
    desk = workspace(tmp_path / "desk", passphrase)
    kept = backup.back_up(desk, at=AT)
    before = sorted(path.name for path in desk.folder.rglob("*"))
    with pytest.raises(AlreadyOpenError):
        backup.restore(kept, desk.folder, passphrase, at=later(5))
    assert sorted(path.name for path in desk.folder.rglob("*")) == before
    desk.close()
    backup.restore(kept, desk.folder, passphrase, at=later(5))
    again = Workspace.open(desk.folder, passphrase)
    assert again.assessor() == PERSON
    again.close()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("error", [NoRoomError(), UnusablePlaceError(""), OtherDatabaseError("")])
def test_each_sentence_is_short(language: Language, error: EsfError) -> None:
    use(language)
    assert 20 < len(error.sentence()) <= 140
