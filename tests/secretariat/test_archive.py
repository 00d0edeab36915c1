"""The archive package: whole or not there, the same each time, and checked to the last byte by stock tools alone."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.i18n import Language
from esf_desktop.secretariat import tables, trust
from esf_desktop.secretariat.archive import (
    Archived,
    ArchiveThereError,
    RegisterWentOnError,
    UnsoundRegisterError,
    archive,
    free_place,
)
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from tests.secretariat.files import (
    assessment,
    bundle,
    enrolment_of,
    key,
    merged,
    register,
    secretariat_key,
)
from tests.secretariat.samples import AT, person
from tests.secretariat.test_formats import rich
from tests.secretariat.test_reports import sent

SWEDISH = Language.SWEDISH


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """A register in which a key was blocked, two versions of the call are known, and everybody has a receipt."""
    folder = tmp_path_factory.mktemp("register")
    made = rich(folder, sent())
    trust.revoke(made, key(1).fingerprint, at=AT, reason="Borttappad dator", by="handläggaren")
    stray = merged(made, bundle(1, [assessment(2)]))
    write_receipts(made, secretariat_key(), folder / "kvittenser", at=AT, refused=stray)
    return made


@pytest.fixture(scope="module")
def whole(own: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of that register."""
    folder = tmp_path_factory.mktemp("arkiv") / "arkiv"
    archive(own, folder, language=SWEDISH)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(whole, tmp_path / "kopia"))


def verified(folder: Path) -> tuple[int, str]:
    """The exit code of the package's own script, and what it says."""
    run = subprocess.run(["sh", "verify.sh"], cwd=folder, capture_output=True, text=True, timeout=120)
    return run.returncode, run.stdout + run.stderr


def list_anew(folder: Path) -> None:
    """Write the manifest anew, as somebody would who changes a file and covers their tracks."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.sha256")
    lines = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files)
    (folder / "manifest.sha256").write_text("".join(lines))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_stock_tools_find_every_file_every_event_and_every_signature_in_order(whole: Path, own: Register) -> None:
    listed = ["sha256sum", "--quiet", "--strict", "-c", "manifest.sha256"]
    assert subprocess.run(listed, cwd=whole, capture_output=True).returncode == 0
    code, said = verified(whole)
    assert code == 0, said
    files, events, certificates, signed, *more, last = said.splitlines()
    assert files == f"ok  {len(contents(whole)) - 1} files as listed in manifest.sha256"
    happened = own.events()
    assert events == f"ok  {len(happened)} events, each tied to the one before; the last is {happened[-1].hash}"
    assert certificates.startswith("ok  4 certificates")
    receipts = len(list((whole / "receipts").iterdir()))
    assert signed.startswith(f"ok  {2 + 3 + len(own.bundles()) + receipts} signed files")
    assert receipts == len(own.bundles()) + 1
    assert more == [
        "ok  basis.pdf carries basis.json",
        f"ok  {3 + len(own.bundles()) + receipts} files read by verify/esf_verify.py",
    ]
    assert last == "ok  everything"


def test_the_package_holds_what_a_stranger_needs(whole: Path, own: Register) -> None:
    found = contents(whole)
    folders = {name.partition("/")[0] for name in found}
    assert folders >= {"basis", "bundles", "calls", "certificates", "enrolments", "receipts", "schemas", "verify"}
    assert {name for name in found if name.startswith("basis/")} == {
        f"basis/basis.{kind}" for kind in ("pdf", "html", "docx", "xlsx", "csv", "json")
    }
    sent_in = {hashlib.sha256(found[name]).hexdigest() for name in found if name.startswith("bundles/")}
    assert sent_in == {one.sha256 for one in own.bundles()}
    assert "Nyckeln för Bedömare 2 är spärrad." in found["decisions.tsv"].decode()
    assert "Borttappad dator" in found["decisions.tsv"].decode()
    for readme in ("README.md", "LAS-MIG.md"):
        text = found[readme].decode()
        assert "2026-ON-1" in text
        assert "@" not in text.replace("@", "", 0).replace("exempel@", "")
        for name in found:
            assert f"`{name.partition('/')[0]}" in text or name == readme, name


@pytest.mark.parametrize("language", Language)
def test_the_same_register_gives_the_same_package(language: Language, own: Register, tmp_path: Path) -> None:
    first = archive(own, tmp_path / "a", language=language)
    second = archive(own, tmp_path / "b", language=language)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    listed = (tmp_path / "a" / "manifest.sha256").read_bytes()
    assert first.sha256 == second.sha256 == hashlib.sha256(listed).hexdigest()
    assert first.files == len(contents(tmp_path / "a"))


def altered(path: Path) -> None:
    """Change one letter or bit that is not at either end."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "pattern", ["basis/basis.pdf", "bundles/*", "receipts/*", "enrolments/*", "calls/*/call.json", "README.md"]
)
def test_a_changed_file_is_found(pattern: str, copy: Path) -> None:
    altered(next(copy.glob(pattern)))
    code, said = verified(copy)
    assert (code, "WRONG: a file is not as manifest.sha256 lists it" in said) == (1, True)


@pytest.mark.parametrize(
    "pattern",
    [
        *("bundles/*", "receipts/*", "enrolments/*", "certificates/*", "events.tsv", "basis/basis.json"),
        *("calls/*/call.json", "calls/*/META-INF/*.xml", "calls/*/META-INF/*.p7s"),
    ],
)
def test_a_changed_file_is_found_also_when_the_manifest_was_written_anew(pattern: str, copy: Path) -> None:
    altered(next(copy.glob(pattern)))
    list_anew(copy)
    code, said = verified(copy)
    assert code != 0, said
    assert "ok  everything" not in said


def _without_a_bundle(folder: Path) -> None:
    next(folder.glob("bundles/*")).unlink()


def _with_a_stranger(folder: Path) -> None:
    (folder / "bundles" / "000099 Ingen.esfbundle").write_bytes(b"PK")


def _with_an_event_left_out(folder: Path) -> None:
    lines = (folder / "events.tsv").read_text("utf-8").splitlines(keepends=True)
    (folder / "events.tsv").write_text("".join(lines[:2] + lines[3:]), "utf-8")


def _with_a_key_that_was_blocked(folder: Path) -> None:
    """Another event says that the bundle came after its key was blocked."""
    lines = (folder / "checks.tsv").read_text("utf-8").splitlines(keepends=True)
    told = [line.split("\t") for line in lines]
    for cells in told:
        if cells[0] == "bundle" and cells[3] == key(1).fingerprint:
            cells[4] = "900"
    (folder / "checks.tsv").write_text("".join("\t".join(cells) for cells in told), "utf-8")


@pytest.mark.parametrize(
    "spoil", [_without_a_bundle, _with_a_stranger, _with_an_event_left_out, _with_a_key_that_was_blocked]
)
def test_what_is_missing_added_or_out_of_order_is_found(spoil: Callable[[Path], None], copy: Path) -> None:
    spoil(copy)
    if spoil is not _with_a_stranger:
        list_anew(copy)
    code, said = verified(copy)
    assert code != 0, said


def refused(own: Register, folder: Path) -> EsfError:
    """The refusal, after which nothing new lies where the package would be."""
    before = sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []
    with pytest.raises(EsfError) as caught:
        archive(own, folder, language=SWEDISH)
    assert (sorted(folder.parent.iterdir()) if folder.parent.is_dir() else []) == before
    assert len(caught.value.sentence()) <= 140 + len(str(folder))
    return caught.value


def test_what_is_there_already_is_left_alone(own: Register, tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    assert isinstance(refused(own, tmp_path / "arkiv"), ArchiveThereError)
    assert list((tmp_path / "arkiv").iterdir()) == []
    place = free_place(own, tmp_path)
    place.mkdir()
    assert (place.name, free_place(own, tmp_path).name) == ("arkiv 2026-ON-1", "arkiv 2026-ON-1 (2)")


def test_a_register_without_a_call_has_nothing_to_archive(tmp_path: Path) -> None:
    assert isinstance(refused(register(tmp_path, call=False), tmp_path / "arkiv"), NoCallError)


def test_a_register_that_was_changed_from_outside_is_not_archived(tmp_path: Path) -> None:
    made = register(tmp_path)
    with made.transaction() as connection:
        connection.execute(sa.update(tables.certificate).values(name="Någon Annan"))
    assert isinstance(refused(made, tmp_path / "arkiv"), UnsoundRegisterError)


def test_a_place_that_takes_no_folder_is_told(own: Register, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vägen")
    assert isinstance(refused(own, tmp_path / "fil" / "arkiv"), ExportFailedError)


def test_a_register_that_goes_on_meanwhile_is_archived_again_not_half(tmp_path: Path) -> None:
    made = register(tmp_path)
    stranger = enrolment_of(7, key(7))

    def enrol(n: int, total: int) -> None:
        trust.enrol(made, stranger, file="ny.esfenrol", at=AT)

    with pytest.raises(RegisterWentOnError):
        archive(made, tmp_path / "arkiv", language=SWEDISH, progress=enrol)
    assert not [path for path in tmp_path.iterdir() if "arkiv" in path.name]
    assert Archived(str(tmp_path / "arkiv"), 0, "") != archive(made, tmp_path / "arkiv", language=SWEDISH)
    assert person(7).name in (tmp_path / "arkiv" / "decisions.tsv").read_text("utf-8")


def test_writing_that_is_cancelled_leaves_nothing(own: Register, tmp_path: Path) -> None:
    class Cancelled(Exception):
        pass

    def stop(n: int, total: int) -> None:
        assert n <= total
        if n == 7:
            raise Cancelled

    with pytest.raises(Cancelled):
        archive(own, tmp_path / "arkiv", language=SWEDISH, progress=stop)
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from esf_desktop.i18n import Language
from esf_desktop.secretariat.archive import archive
from esf_desktop.secretariat.register import Register

def die(n, total):
    if n == 9:
        os._exit(9)

archive(Register.open(Path(sys.argv[1])), Path(sys.argv[2]), language=Language.SWEDISH, progress=die)
"""


def test_writing_that_is_killed_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    register(tmp_path).close()
    command: Sequence[str] = [
        *(sys.executable, "-c", KILLED, str(tmp_path / "register.esfdb"), str(tmp_path / "ut" / "arkiv"))
    ]
    assert subprocess.run(command, timeout=60).returncode == 9
    left = list((tmp_path / "ut").iterdir())
    assert [path.name.startswith(".arkiv.") and path.name.endswith(".part") for path in left] == [True]
    assert not list(left[0].glob("manifest.sha256"))
