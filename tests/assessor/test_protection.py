"""A passphrase is set, changed, recovered and taken off: before or after, never between; both keys follow."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from esf_desktop.assessor import identity, protection
from esf_desktop.assessor.recovery_sheet import write_recovery_sheet
from esf_desktop.errors import BadKeyFileError, EsfError, UnusablePlaceError, WrongPassphraseError
from esf_desktop.finding import terms
from esf_desktop.i18n import Language, use
from esf_desktop.workspace import Workspace, backup, key_file, recovery_code, turning
from esf_desktop.workspace.database import PassphraseNeededError
from esf_desktop.workspace.key_file import NoRecoveryCodeError, OtherKeyFileError, WrongRecoveryCodeError
from esf_desktop.workspace.places import BACKUPS, DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE
from tests import rounds
from tests.rounds import AT, later

OLD, NEW = "björkstig-granlada", "en helt annan lösenfras"
WORDS = "Parterna kommer från åtta kommuner"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching is tried by tests/workspace/test_workspace.py at its full cost."""
    monkeypatch.setattr(key_file, "SCRYPT_COST", 2**10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def fill(folder: Path, passphrase: str | None) -> str:
    """Make a workspace with a round, a document and a signing key; the answer is the key's fingerprint."""
    desk = rounds.workspace(folder, passphrase)
    desk.store.put(b"%PDF-" + b"x" * 30_000, [WORDS])
    key = identity.signing_key(desk, passphrase, at=AT)
    desk.close()
    return key.fingerprint


def seen(folder: Path, passphrase: str | None) -> tuple[str, str, int]:
    """What the workspace says, whose key it has, and how many documents are found by their words."""
    desk = Workspace.open(folder, passphrase)
    try:
        hits = desk.store.search(terms('"åtta kommuner"'))
        return desk.logical_hash(), identity.signing_key(desk, passphrase, at=later(9)).fingerprint, len(hits)
    finally:
        desk.close()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_changed_passphrase_opens_work_and_key_and_the_earlier_one_nothing(folder: Path) -> None:
    fill(folder, OLD)
    before = seen(folder, OLD)
    protection.change_passphrase(folder, OLD, NEW)
    assert seen(folder, NEW) == before
    with pytest.raises(WrongPassphraseError):
        Workspace.open(folder, OLD)


def test_a_recovery_code_sets_a_passphrase_for_work_and_key(folder: Path) -> None:
    fill(folder, OLD)
    before = seen(folder, OLD)
    assert not protection.has_code(folder)
    code = protection.new_code(folder, OLD)
    assert protection.has_code(folder)
    protection.recover(folder, code.lower().replace("-", " "), NEW)
    assert seen(folder, NEW) == before
    protection.check_code(folder, code)


def test_a_new_code_makes_the_earlier_one_worthless_in_the_backups_too(folder: Path) -> None:
    fill(folder, OLD)
    first = protection.new_code(folder, OLD)
    desk = Workspace.open(folder, OLD)
    kept = backup.back_up(desk, at=AT)
    desk.close()
    second = protection.new_code(folder, OLD)
    protection.change_passphrase(folder, OLD, NEW)
    for place in (folder, kept):
        with pytest.raises(WrongRecoveryCodeError):
            protection.check_code(place, first)
        protection.check_code(place, second)
        with pytest.raises(WrongPassphraseError):
            key_file.unlock(place / KEY_FILE, OLD)
    assert backup.logical_hash_of(kept, NEW) == seen(folder, NEW)[0]


def test_a_backup_from_before_a_change_is_restored_with_the_documents_in_place(folder: Path) -> None:
    fill(folder, OLD)
    desk = Workspace.open(folder, OLD)
    kept = backup.back_up(desk, at=AT)
    desk.close()
    before = seen(folder, OLD)
    protection.change_passphrase(folder, OLD, NEW)
    (folder / KEY_FILE).write_bytes(b"damaged")
    backup.restore(kept, folder, NEW, at=later(5))
    assert seen(folder, NEW) == before


def test_what_is_not_right_changes_nothing(folder: Path) -> None:
    fill(folder, OLD)
    attempts: list[tuple[type[EsfError], Callable[[], object]]] = [
        (WrongPassphraseError, lambda: protection.change_passphrase(folder, NEW, "ännu en lösenfras")),
        (protection.TooShortPassphraseError, lambda: protection.change_passphrase(folder, OLD, "kort")),
        (NoRecoveryCodeError, lambda: protection.recover(folder, recovery_code.make(), NEW)),
        (WrongPassphraseError, lambda: protection.new_code(folder, NEW)),
        (WrongPassphraseError, lambda: protection.decrypt(folder, NEW)),
        (protection.AlreadyEncryptedError, lambda: protection.encrypt(folder, NEW, at=AT)),
    ]
    before = files(folder)
    for kind, attempt in attempts:
        with pytest.raises(kind):
            attempt()
        assert files(folder) == before
    protection.new_code(folder, OLD)
    before = files(folder)
    with pytest.raises(WrongRecoveryCodeError):
        protection.recover(folder, recovery_code.make(), NEW)
    assert files(folder) == before


def test_plain_work_has_no_passphrase_to_change(folder: Path) -> None:
    fill(folder, None)
    for attempt in (
        lambda: protection.change_passphrase(folder, OLD, NEW),
        lambda: protection.new_code(folder, OLD),
        lambda: protection.decrypt(folder, OLD),
    ):
        with pytest.raises(protection.NotEncryptedError):
            attempt()


def test_plain_work_is_encrypted_later_and_nothing_readable_is_left_in_its_folder(folder: Path) -> None:
    fingerprint = fill(folder, None)
    desk = Workspace.open(folder)
    backup.back_up(desk, at=AT)
    desk.close()
    before = seen(folder, None)
    protection.encrypt(folder, OLD, at=later(5))
    assert seen(folder, OLD) == before
    assert before[1] == fingerprint
    with pytest.raises(PassphraseNeededError):
        Workspace.open(folder)
    assert not (folder / IDENTITY_FILE).exists()
    (kept,) = (folder / BACKUPS).iterdir()
    assert backup.logical_hash_of(kept, OLD) == before[0]
    for name, content in files(folder).items():
        assert not content.startswith(b"SQLite format 3"), name
        assert b"PRIVATE KEY" not in content, name


def test_the_encryption_is_taken_off_and_put_on_again(folder: Path) -> None:
    fill(folder, OLD)
    before = seen(folder, OLD)
    protection.decrypt(folder, OLD)
    assert seen(folder, None) == before
    assert not (folder / KEY_FILE).exists()
    protection.encrypt(folder, NEW, at=later(5))
    assert seen(folder, NEW) == before
    assert {WORK_FILE, DOCUMENTS_FILE, KEY_FILE} <= {path.name for path in folder.iterdir()}


def test_a_workspace_that_is_open_elsewhere_is_not_turned(folder: Path) -> None:
    fill(folder, None)
    desk = Workspace.open(folder)
    before = desk.logical_hash()
    with pytest.raises(EsfError) as caught:
        protection.encrypt(folder, OLD, at=AT)
    assert caught.value.code == "already_open"
    assert desk.logical_hash() == before
    desk.close()
    assert not (folder / turning.MADE).exists()


STEPS = ("os.replace", "os.rename", "os.unlink", "os.rmdir", "os.mkdir")


def killed_at(step: int, act: Callable[[], None]) -> bool:
    """Run the act in a child that dies, as by kill −9, before its n-th change of the folder; False when it got by."""
    child = os.fork()
    if child == 0:
        left = step

        def counted(real: Callable[..., object]) -> Callable[..., object]:
            def dying(*arguments: object, **named: object) -> object:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return real(*arguments, **named)

            return dying

        for name in STEPS:
            setattr(os, name.removeprefix("os."), counted(getattr(os, name.removeprefix("os."))))
        try:
            act()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 9


def turn(folder: Path, *, encrypting: bool) -> None:
    if encrypting:
        protection.encrypt(folder, OLD, at=AT)
    else:
        protection.decrypt(folder, OLD)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child that shares what was made")
@pytest.mark.parametrize("encrypting", [True, False], ids=["on", "off"])
def test_a_kill_at_any_moment_leaves_the_work_before_or_after(folder: Path, tmp_path: Path, encrypting: bool) -> None:
    fill(folder, None if encrypting else OLD)
    before = seen(folder, None if encrypting else OLD)
    outcomes = []
    for step in range(1, 60):
        trial = tmp_path / f"trial{step}"
        shutil.copytree(folder, trial)
        died = killed_at(step, partial(turn, trial, encrypting=encrypting))
        turning.finish(trial)
        encrypted = (trial / KEY_FILE).exists()
        assert seen(trial, OLD if encrypted else None) == before
        assert not {turning.MADE, turning.TURNED} & {path.name for path in trial.iterdir()}
        assert (trial / IDENTITY_FILE).exists() is not encrypted
        outcomes.append(encrypted)
        shutil.rmtree(trial)
        if not died:
            break
    assert not died
    assert set(outcomes) == {True, False}
    assert outcomes == sorted(outcomes, reverse=not encrypting)


def test_a_damaged_key_file_and_one_of_other_work_are_told_apart(folder: Path, tmp_path: Path) -> None:
    fill(folder, OLD)
    fill(tmp_path / "other", OLD)
    good = (folder / KEY_FILE).read_bytes()
    before = (folder / WORK_FILE).read_bytes()
    shutil.copy(tmp_path / "other" / KEY_FILE, folder / KEY_FILE)
    with pytest.raises(OtherKeyFileError):
        Workspace.open(folder, OLD)
    for bad in (b"", b"{}", good[:-3], good.replace(b'"version":1', b'"version":2'), b"x" * 100_000):
        (folder / KEY_FILE).write_bytes(bad)
        with pytest.raises(BadKeyFileError):
            Workspace.open(folder, OLD)
        with pytest.raises(BadKeyFileError):
            protection.recover(folder, recovery_code.make(), NEW)
    assert (folder / WORK_FILE).read_bytes() == before
    (folder / KEY_FILE).write_bytes(good)
    Workspace.open(folder, OLD).close()


@pytest.fixture
def read_only(folder: Path) -> Iterator[Path]:
    fill(folder, OLD)
    folder.chmod(0o500)
    yield folder
    folder.chmod(0o700)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs somebody whom modes stop")
def test_a_folder_that_may_not_be_written_is_told_of(read_only: Path) -> None:
    before = files(read_only)
    with pytest.raises(UnusablePlaceError):
        protection.change_passphrase(read_only, OLD, NEW)
    with pytest.raises(UnusablePlaceError):
        protection.decrypt(read_only, OLD)
    assert files(read_only) == before


def test_the_sheet_is_written_for_its_owner_alone(folder: Path, tmp_path: Path) -> None:
    fill(folder, OLD)
    code = protection.new_code(folder, OLD)
    desk = Workspace.open(folder, OLD)
    write_recovery_sheet(desk, OLD, code, tmp_path / "blad.pdf", at=AT)
    desk.close()
    assert (tmp_path / "blad.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert os.name == "nt" or (tmp_path / "blad.pdf").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "error",
    [
        WrongRecoveryCodeError(),
        NoRecoveryCodeError(),
        OtherKeyFileError(""),
        protection.TooShortPassphraseError(),
        protection.NotEncryptedError(),
        protection.AlreadyEncryptedError(),
    ],
    ids=lambda error: error.code,
)
def test_each_sentence_is_short(language: Language, error: EsfError) -> None:
    use(language)
    assert 20 < len(error.sentence()) <= 140
