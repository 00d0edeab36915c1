"""A workspace on a real disk: plain and encrypted, opened twice, damaged, and what its journal proves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, evidence, notes, recuse
from esf_desktop.completeness import State
from esf_desktop.errors import BadKeyFileError, WrongPassphraseError
from esf_desktop.model import Declaration, Rating
from esf_desktop.workspace import Workspace
from esf_desktop.workspace.database import (
    AlreadyOpenError,
    DamagedDatabaseError,
    NewerDatabaseError,
    PassphraseNeededError,
)
from esf_desktop.workspace.places import KEY_FILE, WORK_FILE
from esf_desktop.workspace.proof import ChangedOutsideError
from tests.rounds import AT, FIRST, SAM, SECOND, call, later, quote, take, workspace

PASSPHRASE = "björk sten älv myr ripa tall"


@pytest.fixture(params=[None, PASSPHRASE], ids=["plain", "encrypted"])
def passphrase(request: pytest.FixtureRequest) -> str | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def desk(tmp_path: Path, passphrase: str | None) -> Iterator[Workspace]:
    opened = workspace(tmp_path / "desk", passphrase)
    recuse.declare(opened, FIRST, Declaration.NONE, at=AT)
    yield opened
    opened.close()


def test_what_was_done_is_there_after_closing_and_opening(desk: Workspace, passphrase: str | None) -> None:
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    assess.comment(desk, FIRST, SAM, "Åtta kommuner.", at=AT)
    evidence.add(desk, FIRST, SAM, quote(), at=AT)
    notes.write(desk, FIRST, None, "Fråga på mötet.", at=AT)
    before = desk.draft(FIRST)
    desk.close()
    again = Workspace.open(desk.folder, passphrase)
    assert again.draft(FIRST) == before
    assert again.note(FIRST) == "Fråga på mötet."
    assert again.call() == call()
    assert again.faults() == ()
    again.close()


def test_an_encrypted_workspace_holds_no_word_that_was_written(tmp_path: Path) -> None:
    desk = workspace(tmp_path, PASSPHRASE)
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.comment(desk, FIRST, SAM, "KANARIEFÅGEL", at=AT)
    desk.store.put(b"KANARIEF\xc3\x85GEL", ["KANARIEFÅGEL"])
    desk.close()
    for file in tmp_path.rglob("*"):
        content = file.read_bytes()
        assert "KANARIEFÅGEL".encode() not in content
        assert "KANARIEFÅGEL".encode("utf-16-le") not in content
        assert file.stat().st_mode & 0o077 == 0


def test_a_plain_workspace_does_hold_it_so_the_search_for_it_can_find(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.comment(desk, FIRST, SAM, "KANARIEFÅGEL", at=AT)
    desk.close()
    assert "KANARIEFÅGEL".encode() in (tmp_path / WORK_FILE).read_bytes()


def test_a_wrong_a_missing_and_a_damaged_key_are_told_apart(tmp_path: Path) -> None:
    workspace(tmp_path, PASSPHRASE).close()
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(WrongPassphraseError):
        Workspace.open(tmp_path, "fel")
    with pytest.raises(PassphraseNeededError):
        Workspace.open(tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
    key_file = tmp_path / KEY_FILE
    key_file.write_bytes(key_file.read_bytes().replace(b"salt", b"sult"))
    with pytest.raises(BadKeyFileError):
        Workspace.open(tmp_path, PASSPHRASE)


def test_a_second_opening_is_refused_and_the_first_goes_on(desk: Workspace, passphrase: str | None) -> None:
    with pytest.raises(AlreadyOpenError):
        Workspace.open(desk.folder, passphrase)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    assert desk.faults() == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a database at all", b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    (tmp_path / WORK_FILE).write_bytes(content)
    with pytest.raises(DamagedDatabaseError):
        Workspace.open(tmp_path)
    assert (tmp_path / WORK_FILE).read_bytes() == content


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    workspace(tmp_path).close()
    connection = sqlcipher.connect(str(tmp_path / WORK_FILE))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerDatabaseError):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE field SET value = '\"partly\"' WHERE name = 'rating:SAM'", "differs"),
        ("DELETE FROM field WHERE name = 'rating:SAM'", "differs"),
        ("UPDATE journal SET after = '\"partly\"' WHERE name = 'rating:SAM'", "broken_chain"),
        ("DELETE FROM journal WHERE number = 2 AND round <> ''", "broken_chain"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3 AND round <> ''", "broken_chain"),
    ],
)
def test_a_change_behind_the_programs_back_is_found(tmp_path: Path, sql: str, code: str) -> None:
    import sqlcipher3.dbapi2 as sqlcipher

    desk = workspace(tmp_path)
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    desk.close()
    connection = sqlcipher.connect(str(tmp_path / WORK_FILE), isolation_level=None)
    assert connection.execute(sql).rowcount == 1
    connection.close()
    with pytest.raises(ChangedOutsideError):
        Workspace.open(tmp_path)
    desk = Workspace.open(tmp_path, as_it_is=True)
    faults = desk.faults()
    desk.close()
    assert code in {fault.code for fault in faults}
    assert all(fault.sentence() for fault in faults)


def test_a_deed_that_fails_leaves_nothing(desk: Workspace) -> None:
    before = desk.logical_hash()

    def fail() -> None:
        with desk.write(at=AT) as work:
            work.put(FIRST, "overall", "halvvägs")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert desk.logical_hash() == before
    assess.write_overall(desk, FIRST, "helt", at=AT)
    assert desk.faults() == ()


def test_setting_what_is_already_so_writes_nothing(desk: Workspace) -> None:
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    before = desk.logical_hash()
    change = assess.rate(desk, FIRST, SAM, Rating.MET, at=later(5))
    assert desk.logical_hash() == before
    assert change.applications == frozenset()


def test_rounds_are_kept_apart(desk: Workspace) -> None:
    from esf_desktop.model import CallId, replace

    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    take(desk, replace(call(), id=CallId("2027-ON-1")))
    assert desk.round == "2027-ON-1"
    assert desk.draft(FIRST).judgement(SAM).rating is None
    assert {known.id for known in desk.rounds()} == {"2026-ON-1", "2027-ON-1"}
    assert desk.faults() == ()


def test_the_state_follows_what_was_done(desk: Workspace) -> None:
    assert desk.states() == {FIRST: State.NOT_STARTED, SECOND: State.NOT_STARTED}
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    recuse.declare(desk, SECOND, Declaration.RECUSED, "Släkt med sökanden.", at=AT)
    assert desk.states() == {FIRST: State.STARTED, SECOND: State.RECUSED}
    assert desk.state(FIRST) is State.STARTED
