"""A backup counts only when it was opened and checked; putting one back is before or after, and loses nothing."""

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, identity, protection, recuse
from esf_desktop.errors import EsfError
from esf_desktop.model import Declaration, Rating
from esf_desktop.workspace import Workspace, backup, restoring
from esf_desktop.workspace.backup import BadBackupError, Why
from esf_desktop.workspace.content import Part, Tally, content_of
from esf_desktop.workspace.database import as_it_is, transaction
from esf_desktop.workspace.places import BACKUPS, DOCUMENTS_FILE, MANIFEST_FILE, WORK_FILE
from tests.rounds import AT, FIRST, SAM, call, later, workspace

PASSPHRASE = "björk sten älv"


def written(desk: Workspace, text: str, seconds: float) -> None:
    """A rating with its comment, once the question on conflict of interest is answered."""
    if desk.draft(FIRST).conflict_of_interest is None:
        recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=later(seconds))
    assess.comment(desk, FIRST, SAM, text, at=later(seconds))


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_backup_says_what_is_in_it_and_is_made_again_only_when_that_changed(
    tmp_path: Path, passphrase: str | None
) -> None:
    desk = workspace(tmp_path / "desk", passphrase)
    written(desk, "Tydligt", 1)
    place = backup.back_up_if_changed(desk, at=later(2), why=Why.CLOSE)
    assert backup.back_up_if_changed(desk, at=later(3), why=Why.CLOSE) is None
    (made,) = backup.made_in(desk.folder / BACKUPS)
    assert (made.place, made.manifest.why, made.manifest.at) == (place, Why.CLOSE, later(2))
    said = made.manifest.content
    assert (said.applications, said.ratings, said.comments) == (2, 1, 1)
    assert said == desk.content()
    identity.signing_key(desk, passphrase, at=later(4))
    assert backup.back_up_if_changed(desk, at=later(5), why=Why.SCHEDULE) is not None, "the key is new"
    desk.close()


def test_what_is_written_while_a_backup_is_made_comes_in_whole_or_not_at_all(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    for number in range(30):
        written(desk, f"{number} " + "En lång motivering. " * 400, number)
    made: list[Path] = []
    thread = threading.Thread(target=lambda: made.extend(backup.back_up(desk, at=later(1000 + n)) for n in range(4)))
    thread.start()
    written_meanwhile = 0
    while thread.is_alive():
        written_meanwhile += 1
        written(desk, f"under tiden {written_meanwhile}", 2000 + written_meanwhile)
    assert len(made) == 4
    assert written_meanwhile > 4
    assert not desk.faults()
    for place in made:
        with backup.opened(place, desk) as open_, transaction(open_.engine) as connection:
            assert content_of(connection) == backup.made_in(place.parent)[made.index(place)].manifest.content
    desk.close()


def test_a_copy_that_is_not_what_was_written_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = workspace(tmp_path / "desk")
    copy = desk.copy_to

    def spoil(target: Path) -> object:
        content = copy(target)
        with target.open("r+b") as file:
            file.seek(target.stat().st_size // 2)
            file.write(b"\xff" * 3000)
        return content

    monkeypatch.setattr(desk, "copy_to", spoil)
    with pytest.raises(BadBackupError):
        backup.back_up(desk, at=AT)
    assert list((desk.folder / BACKUPS).iterdir()) == []
    desk.close()


def test_two_backups_of_one_second_lie_side_by_side(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    assert len({backup.back_up(desk, at=AT) for _ in range(3)}) == 3
    desk.close()


def test_thinning_takes_the_old_ones_and_what_was_half_made_and_nothing_else(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    parent = desk.folder / BACKUPS
    old = [backup.back_up(desk, at=AT - timedelta(days=20, minutes=n), why=Why.SCHEDULE) for n in range(3)]
    moved = backup.back_up(desk, at=AT - timedelta(days=20, minutes=5), why=Why.MOVE)
    aside = parent / "2026-11-01T120000-before-restore"
    aside.mkdir()
    (aside / WORK_FILE).write_bytes(b"x")
    (parent / ".2026-11-20T120000.part").mkdir()
    new = backup.back_up(desk, at=AT)
    assert set(backup.thin(parent, AT)) == {old[1], old[2]}
    assert sorted(parent.iterdir()) == sorted([old[0], moved, aside, new])
    desk.close()


def test_the_copy_before_an_upgrade_holds_a_schema_that_is_not_known_here(tmp_path: Path) -> None:
    workspace(tmp_path / "desk").close()
    path = tmp_path / "desk" / WORK_FILE
    engine = as_it_is(path, None)
    with transaction(engine) as connection:
        connection.exec_driver_sql("ALTER TABLE field RENAME TO earlier")
        connection.exec_driver_sql("PRAGMA user_version = 0")
    made = backup.before_upgrade(engine, None, tmp_path / "desk", at=AT)
    engine.dispose()
    copy = as_it_is(made / WORK_FILE, None)
    with transaction(copy) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM earlier").scalar_one() > 0
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == 0
    copy.dispose()
    assert [one.manifest.why for one in backup.made_in(made.parent)] == [Why.UPGRADE]


def test_what_would_go_and_come_back_is_told_by_application(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    written(desk, "Först", 1)
    place = backup.back_up(desk, at=later(2))
    written(desk, "Sedan", 3)
    assess.write_overall(desk, FIRST, "Allt", at=later(4))
    assess.rate(desk, FIRST, SAM, None, at=later(5))
    with backup.opened(place, desk) as open_, transaction(open_.engine) as connection:
        compared = desk.compared(connection)
    one = Tally(1), Tally(0, 1)
    assert compared.parts == (Part(call().id, FIRST, goes=one[1], changes=one[1], returns=one[0]),)
    desk.close()


@pytest.mark.parametrize("stop", ["begun", "committed", "half aside", "aside", "half in place"])
def test_putting_one_back_is_before_or_after_wherever_it_is_stopped(tmp_path: Path, stop: str) -> None:
    folder = tmp_path / "desk"
    desk = workspace(folder)
    written(desk, "Först", 1)
    kept = backup.back_up(desk, at=later(2))
    first = desk.logical_hash()
    written(desk, "Sedan", 3)
    second = desk.logical_hash()
    desk.close()

    made = restoring.begin(folder, kept)
    if stop != "begun":
        (made / "aside").write_text(f"put-aside\n{WORK_FILE}\n{WORK_FILE}-wal\n{WORK_FILE}-shm")
        made.rename(folder / restoring.READY)
        aside = folder / BACKUPS / "put-aside"
        if stop != "committed":
            aside.mkdir()
            (folder / WORK_FILE).replace(aside / WORK_FILE)
        if stop in ("aside", "half in place"):
            (folder / restoring.READY / "moved").touch()
        if stop == "half in place":
            (folder / restoring.READY / WORK_FILE).replace(folder / WORK_FILE)
    again = Workspace.open(folder)
    assert again.logical_hash() == (second if stop == "begun" else first)
    again.close()
    assert not (folder / restoring.READY).exists()
    assert not (folder / restoring.MADE).exists()
    if stop != "begun":
        old = Workspace.open(aside)
        assert old.logical_hash() == second
        old.close()


def test_a_damaged_backup_is_refused_and_what_is_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    desk = workspace(folder)
    kept = backup.back_up(desk, at=AT)
    before = desk.logical_hash()
    desk.close()
    content = bytearray((kept / WORK_FILE).read_bytes())
    content[len(content) // 2 : len(content) // 2 + 2000] = b"\xff" * 2000
    (kept / WORK_FILE).write_bytes(content)
    with pytest.raises(EsfError) as refused:
        backup.restore(kept, folder, None, at=later(5))
    assert refused.value.code == "bad_backup"
    again = Workspace.open(folder)
    assert again.logical_hash() == before
    again.close()
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_work_that_cannot_be_read_is_moved_aside_and_not_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    desk = workspace(folder)
    kept = backup.back_up(desk, at=AT)
    desk.close()
    (folder / WORK_FILE).write_bytes(b"trasig" * 1000)
    aside = backup.restore(kept, folder, None, at=later(5))
    assert (aside / WORK_FILE).read_bytes() == b"trasig" * 1000
    Workspace.open(folder).close()


def test_work_moves_to_another_computer_by_the_recovery_code_with_its_documents_and_its_key(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    desk = workspace(here, PASSPHRASE)
    written(desk, "Tydligt", 1)
    document = desk.store.put(b"%PDF-1.7 dokument" * 100)
    key = identity.signing_key(desk, PASSPHRASE, at=later(2))
    desk.close()
    code = protection.new_code(here, PASSPHRASE)
    desk = Workspace.open(here, PASSPHRASE)
    carried = backup.back_up(desk, tmp_path / "stick", at=later(3), why=Why.MOVE, documents=True)
    before = desk.logical_hash()
    desk.close()
    shutil.rmtree(here)

    with pytest.raises(EsfError):
        backup.restore(carried, there, "fel ord helt", at=later(4))
    backup.restore(carried, there, code, at=later(4))
    new = "nya ord för resten av vintern"
    protection.recover(there, code, new)
    moved = Workspace.open(there, new)
    assert moved.logical_hash() == before
    assert moved.document(document) == b"%PDF-1.7 dokument" * 100
    assert identity.signing_key(moved, new, at=later(5)).fingerprint == key.fingerprint
    moved.close()


def test_a_manifest_that_cannot_be_read_makes_no_backup(tmp_path: Path) -> None:
    desk = workspace(tmp_path / "desk")
    kept = backup.back_up(desk, at=AT)
    (kept / MANIFEST_FILE).write_bytes(b"{")
    assert backup.made_in(kept.parent) == ()
    desk.close()
    assert not (kept / DOCUMENTS_FILE).exists()
