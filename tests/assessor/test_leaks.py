"""What a person writes, is called and chooses as passphrase is nowhere but where it belongs (R12)."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from esf_desktop import log
from esf_desktop.assessor import assess, export, identity, intake, notes
from esf_desktop.documents.client import Documents
from esf_desktop.errors import EmptyFileError, WrongPassphraseError
from esf_desktop.formatting import groups
from esf_desktop.model import Assessor, replace
from esf_desktop.signing.encryption import make_key, parse_key
from esf_desktop.workspace import Workspace, backup, key_file
from tests.packages import assess_fully, package, packed_call, secretariat_key
from tests.rounds import AT, FIRST, PERSON, SAM, later

COMMENT, NOTE, PASSPHRASE, NAME = "Kanariekommentår", "Kanarieanteckning", "kanariefras-granlåda", "Kanarie Fågelsång"
CANARIES = (COMMENT, NOTE, PASSPHRASE, NAME)


def leaks(folder: Path) -> set[tuple[str, str]]:
    """Each canary, and the file that holds it or is named by it, in either way that systems write letters."""
    found = set()
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for canary in CANARIES:
            spelled = (canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be"))
            if canary in file.name or any(one in content for one in spelled):
                found.add((canary, str(file.relative_to(folder))))
    return found


def told_to_children() -> bytes:
    """The arguments and the environment of every child of this process."""
    said = b""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # processes of others come and go
            if f"PPid:\t{os.getpid()}\n" in status.read_text():
                said += b"".join((status.parent / name).read_bytes() for name in ("cmdline", "environ"))
    return said


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Temporary files of this test lie where it looks, and stretching is quick."""
    monkeypatch.setattr(key_file, "SCRYPT_COST", 2**10)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    yield
    for handler in tuple(log.logger.handlers):
        log.logger.removeHandler(handler)
        handler.close()


def work_through(folder: Path, passphrase: str | None, recipients: tuple[str, ...] = ()) -> None:
    """From the first start to the export and a backup, with refusals and a bug on the way."""
    call = replace(packed_call()[0], recipients=recipients)
    taken = package(folder / "in", call)
    log.start(folder / "log")
    desk = Workspace.open(folder / "desk", passphrase)
    try:
        identity.introduce(desk, Assessor(PERSON.id, NAME, PERSON.organisation), at=AT)
        with Documents() as documents:
            documents.warm()
            intake.take_files(desk, documents, [taken], at=AT, confirm=groups(secretariat_key().fingerprint))
            if sys.platform == "linux":
                told = told_to_children()
                assert b"document" in told
                assert not [one for one in CANARIES if one.encode() in told]
        assess_fully(desk, FIRST)
        assess.comment(desk, FIRST, SAM, COMMENT, at=later(1))
        notes.write(desk, FIRST, SAM, NOTE, at=later(2))
        key = identity.signing_key(desk, passphrase, at=later(3))
        export.export(desk, key, folder / "out", at=later(4))
        backup.back_up_if_changed(desk, at=later(5), why=backup.Why.SCHEDULE)
    finally:
        desk.close()
    log.refusal(EmptyFileError(f"{NAME}.pdf"))
    if passphrase:
        with pytest.raises(WrongPassphraseError) as refused:
            Workspace.open(folder / "desk", passphrase + "x")
        log.refusal(refused.value)
    try:
        raise ValueError(COMMENT, passphrase)
    except ValueError as error:
        log.bug(error)


def test_after_a_whole_round_of_encrypted_work_nothing_is_readable_anywhere(tmp_path: Path) -> None:
    public = tuple(parse_key(make_key().encode(), file="k").recipients)
    work_through(tmp_path, PASSPHRASE, public)
    (bundle,) = (tmp_path / "out").iterdir()
    assert leaks(tmp_path) == {(NAME, f"out/{bundle.name}")}, (
        "the bundle is named by its sender, as the secretariat needs"
    )
    assert NAME.encode() not in bundle.read_bytes()
    assert (tmp_path / "log" / log.LOG_FILE).stat().st_size > 0
    if os.name != "nt":
        for place in (tmp_path / "desk", *(tmp_path / "desk").rglob("*")):
            most = 0o700 if place.is_dir() else 0o600
            assert stat.S_IMODE(place.stat().st_mode) == most, place.name


def test_the_same_round_in_the_clear_is_found_by_the_same_search(tmp_path: Path) -> None:
    work_through(tmp_path, None)
    found = leaks(tmp_path)
    assert {COMMENT, NOTE, NAME} == {canary for canary, _file in found}
    assert {canary for canary, file in found if file.startswith("out/")} <= {COMMENT, NAME}, "notes never leave"
    assert not [file for _canary, file in found if file.startswith(("tmp/", "log/"))]
