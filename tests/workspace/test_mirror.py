"""What is kept of the journal outside the workspace: old copies are told of, deliberate changes are not."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from esf_desktop import paths
from esf_desktop.assessor import assess, notes, protection, purge, recuse
from esf_desktop.i18n import Language, use
from esf_desktop.model import Declaration, Rating
from esf_desktop.workspace import Workspace, backup, mirror
from esf_desktop.workspace.mirror import Mirror
from esf_desktop.workspace.places import WORK_FILE
from esf_desktop.workspace.proof import ChangedOutsideError, OlderDataError
from tests.rounds import AT, FIRST, SAM, call, later, workspace

PHRASE = "björk sten älv myr"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = workspace(tmp_path / "desk")
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    desk.close()
    return tmp_path / "desk"


def do(folder: Path, deed: Callable[[Workspace], object], passphrase: str | None = None) -> None:
    desk = Workspace.open(folder, passphrase)
    try:
        deed(desk)
    finally:
        desk.close()


def rate(desk: Workspace) -> None:
    assess.rate(desk, FIRST, SAM, Rating.MET, at=later(60))


def test_an_old_copy_of_the_work_is_told_of_with_the_time_and_not_touched(folder: Path) -> None:
    old = (folder / WORK_FILE).read_bytes()
    do(folder, rate)
    (folder / WORK_FILE).write_bytes(old)
    for _time in range(2):
        with pytest.raises(OlderDataError) as told:
            Workspace.open(folder)
    assert f"{later(60).astimezone():%Y-%m-%d}" in told.value.sentence()
    assert (folder / WORK_FILE).read_bytes() == old
    desk = Workspace.open(folder, as_it_is=True)
    assert [fault.code for fault in desk.faults()] == ["older_data"]
    assert all(fault.sentence() for fault in desk.faults())
    desk.close()


def test_an_empty_database_in_the_place_of_the_work_is_told_of(folder: Path, tmp_path: Path) -> None:
    Workspace.open(tmp_path / "other").close()
    shutil.copy(tmp_path / "other" / WORK_FILE, folder / WORK_FILE)
    with pytest.raises(OlderDataError):
        Workspace.open(folder)


def test_a_damaged_mirror_is_half_of_it_and_a_missing_one_none_of_it(folder: Path) -> None:
    old = (folder / WORK_FILE).read_bytes()
    for _time in range(2):  # so that both files are written
        do(folder, rate)
        do(folder, lambda desk: assess.rate(desk, FIRST, SAM, None, at=later(70)))
    files = Mirror(folder).files
    turns = [mirror._read(file) for file in files]
    assert all(turns)
    assert {file.stat().st_size for file in files} == {mirror.SECTOR}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    newest = files[0] if turns[0] is not None and Mirror(folder).seen == turns[0] else files[1]
    newest.write_bytes(newest.read_bytes().replace(b"{", b"["))
    do(folder, lambda desk: None)
    (folder / WORK_FILE).write_bytes(old)
    with pytest.raises(OlderDataError):
        Workspace.open(folder)
    for file in files:
        file.unlink()
    do(folder, lambda desk: None)


def test_the_mirror_says_nothing_of_what_was_written_nor_of_the_round(folder: Path) -> None:
    do(folder, lambda desk: notes.write(desk, FIRST, None, "KANARIEFÅGEL", at=later(5)))
    said = b"".join(file.read_bytes() for file in (paths.state_folder() / "heads").iterdir())
    desk = Workspace.open(folder)
    for word in ("KANARIE", call().id, FIRST, desk.journal_head().hash, str(folder)):
        assert word.encode() not in said
    desk.close()


def test_what_was_done_on_purpose_is_no_older_data(folder: Path) -> None:
    do(folder, lambda desk: backup.back_up(desk, None, at=later(10)))
    do(folder, rate)
    backup.restore(folder / "backups" / f"{later(10):{backup.NAMED}}", folder, None, at=later(20))
    do(folder, rate)
    protection.encrypt(folder, PHRASE, at=later(30))
    do(folder, rate, PHRASE)
    protection.change_passphrase(folder, PHRASE, "en annan lång fras")
    protection.decrypt(folder, "en annan lång fras")
    do(folder, lambda desk: purge.purge(desk, call().id, at=later(100)))
    do(folder, lambda desk: None)


def test_a_purge_whose_mirror_was_not_written_any_more_is_no_older_data(folder: Path) -> None:
    do(folder, rate)
    before = [file.read_bytes() if file.exists() else b"" for file in Mirror(folder).files]
    do(folder, lambda desk: purge.purge(desk, call().id, at=later(100)))
    for file, content in zip(Mirror(folder).files, before, strict=True):
        file.write_bytes(content)
    do(folder, lambda desk: None)


def test_a_new_beginning_in_the_folder_and_a_copy_elsewhere_are_no_older_data(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "elsewhere")
    do(folder, rate)
    do(tmp_path / "elsewhere", rate)
    shutil.rmtree(folder)
    workspace(folder).close()
    do(folder, lambda desk: None)


def test_the_older_data_can_be_gone_on_with(folder: Path) -> None:
    old = (folder / WORK_FILE).read_bytes()
    do(folder, rate)
    (folder / WORK_FILE).write_bytes(old)
    mirror.go_on(folder)
    do(folder, rate)


def test_a_place_for_the_mirror_that_fails_stops_nobody(folder: Path) -> None:
    shutil.rmtree(paths.state_folder())
    paths.state_folder().write_bytes(b"")
    do(folder, rate)
    do(folder, lambda desk: None)


def test_the_whole_is_proved_weekly_and_the_tail_otherwise(folder: Path) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    def many(desk: Workspace) -> None:
        for number in range(120):
            notes.write(desk, FIRST, None, str(number), at=later(number))

    do(folder, many)
    connection = sqlcipher.connect(str(folder / WORK_FILE), isolation_level=None)
    connection.execute("UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE number = 1 AND round <> ''")
    connection.close()
    do(folder, lambda desk: None)
    seen = Mirror(folder).seen
    assert seen is not None
    assert not Mirror(folder).due(datetime.now(UTC))
    assert Mirror(folder).due(datetime.now(UTC) - timedelta(days=1)), "a clock that was set back"
    for file in Mirror(folder).files:
        file.unlink()
    with pytest.raises(ChangedOutsideError):
        Workspace.open(folder)


def test_only_so_many_workspaces_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror, "KEPT", 2)
    for number in range(5):
        workspace(tmp_path / str(number)).close()
    assert len(list((paths.state_folder() / "heads").iterdir())) <= 5


@pytest.mark.parametrize("language", list(Language))
def test_each_sentence_is_short(language: Language) -> None:
    use(language)
    for error in (OlderDataError(AT), ChangedOutsideError()):
        assert 20 < len(error.sentence()) <= 140
