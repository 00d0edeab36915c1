"""Work lies on a disk of this computer: what is copied, shared or pulled out is found and refused, untouched."""

import os
from pathlib import Path

import pytest

from esf_desktop import where
from esf_desktop.i18n import Language, use
from esf_desktop.where import Kind, RefusedPlaceError, System
from esf_desktop.workspace import Workspace
from tests.rounds import workspace

ROOT = "/dev/vda / ext4 rw 0 0\nproc /proc proc rw 0 0\n"


def system(tmp_path: Path, mounts: str = ROOT, **environment: str) -> System:
    """A system with this list of mounts, a home folder and no other disk than its own."""
    (tmp_path / "mounts").write_text(mounts)
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    return System(environment, home, tmp_path / "mounts", tmp_path / "sys")


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Övningsregionen/ESF", "OneDrive"),
        ("OneDrive", "OneDrive"),
        ("Documents/Dropbox (Privat)/a", "Dropbox"),
        ("Google Drive/Min enhet", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/ESF", "iCloud"),
        ("Library/CloudStorage/OneDrive-Kommunen/ESF", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-nagon/Min enhet", "Google Drive"),
        ("Library/CloudStorage/Annan/ESF", ""),
        ("Nextcloud/ESF", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("pCloudDrive/ESF", "pCloud"),
        ("MEGA/ESF", "MEGA"),
    ],
)
def test_a_service_is_known_by_its_folder(tmp_path: Path, folder: str, service: str) -> None:
    found = system(tmp_path)
    assert where.unfit(found.home / folder, found) == (Kind.CLOUD, service)


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".sync_5f2a9c01d3e4.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".megaignore", "MEGA"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_service_is_known_by_its_mark_wherever_its_folder_lies(tmp_path: Path, mark: str, service: str) -> None:
    found = system(tmp_path)
    top = tmp_path / "disk" / "Gemensamt"
    (top / "arbete").mkdir(parents=True)
    (top / mark).touch()
    assert where.unfit(top / "arbete" / "esf", found) == (Kind.CLOUD, service)
    assert where.unfit(tmp_path / "disk" / "Annat", found) is None


def test_a_service_is_known_by_what_the_environment_says_through_links_too(tmp_path: Path) -> None:
    found = system(tmp_path, OneDriveCommercial=str(tmp_path / "moln"))
    (tmp_path / "moln").mkdir()
    (found.home / "Arbete").symlink_to(tmp_path / "moln")
    assert where.unfit(found.home / "Arbete" / "esf", found) == (Kind.CLOUD, "OneDrive")


@pytest.mark.parametrize("name", ["esf-desktop", "Mina OneDrive-filer", "Dropbox-kopia.gammal", "megafon"])
def test_names_that_only_look_alike_are_let_be(tmp_path: Path, name: str) -> None:
    found = system(tmp_path)
    assert where.unfit(found.home / name, found) is None
    assert where.unfit(found.home / "projekt" / "MEGA", found) is None


@pytest.mark.parametrize("kind", ["nfs4", "nfs", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse"])
def test_a_network_folder_is_known_by_its_mount(tmp_path: Path, kind: str) -> None:
    share = tmp_path / "share"
    mount = str(share).replace("/", "/")
    found = system(tmp_path, f"{ROOT}server:/export {mount} {kind} rw 0 0\n")
    assert where.unfit(share / "a", found) == (Kind.NETWORK, "")
    assert where.unfit(tmp_path / "shared", found) is None


def test_a_mount_with_a_space_and_a_disk_within_a_share(tmp_path: Path) -> None:
    share = tmp_path / "en disk"
    spelled = str(share).replace(" ", "\\040")
    found = system(tmp_path, f"{ROOT}server:/x {spelled} nfs rw 0 0\n/dev/vdb {spelled}/lokal ext4 rw 0 0\n")
    assert where.unfit(share, found) == (Kind.NETWORK, "")
    assert where.unfit(share / "lokal" / "esf", found) is None


@pytest.mark.parametrize("how", ["removable", "usb", "encrypted"])
def test_a_stick_is_known_by_what_the_kernel_says_of_its_disk(tmp_path: Path, how: str) -> None:
    stick, inner = tmp_path / "stick", tmp_path / "inner"
    name = "dm-0" if how == "encrypted" else "sdb1"
    found = system(tmp_path, f"{ROOT}/dev/{name} {stick} vfat rw 0 0\n/dev/sda2 {inner} ext4 rw 0 0\n")
    bus = "pci0000:00/usb1/1-2" if how == "usb" else "pci0000:00/ata1"
    for disk, place, removable in (("sdb", bus, how != "usb"), ("sda", "pci0000:00/ata2", False)):
        real = tmp_path / "devices" / place / disk
        for part in (1, 2):
            (real / f"{disk}{part}").mkdir(parents=True)
            found.devices.mkdir(exist_ok=True)
            (found.devices / f"{disk}{part}").symlink_to(real / f"{disk}{part}")
        (real / "removable").write_text(f"{int(removable)}\n")
    (found.devices / "dm-0" / "slaves" / "sdb1").mkdir(parents=True)
    assert where.unfit(stick / "esf", found) == (Kind.REMOVABLE, "")
    assert where.unfit(inner / "esf", found) is None


def test_work_in_such_a_place_is_refused_and_nothing_is_made_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moln").mkdir()
    monkeypatch.setenv("OneDrive", str(tmp_path / "moln"))
    with pytest.raises(RefusedPlaceError):
        Workspace.open(tmp_path / "moln" / "esf")
    assert list((tmp_path / "moln").iterdir()) == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(Kind))
def test_each_sentence_says_what_to_do_and_is_short(language: Language, kind: Kind) -> None:
    use(language)
    sentence = RefusedPlaceError("", kind=kind, service="OneDrive").sentence()
    assert 60 < len(sentence) <= 140


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_rights_that_were_loosened_are_mended_when_the_work_is_opened(tmp_path: Path) -> None:
    from esf_desktop.workspace import backup
    from tests.rounds import AT

    desk = workspace(tmp_path / "desk")
    kept = backup.back_up(desk, at=AT)
    desk.close()
    (tmp_path / "desk" / "egen fil.txt").write_text("x")
    for path in [tmp_path / "desk", *(tmp_path / "desk").rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    Workspace.open(tmp_path / "desk").close()
    loose = {p.name for p in (tmp_path / "desk").rglob("*") if p.stat().st_mode & 0o077}
    assert loose == {"egen fil.txt"}
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700
    assert kept.stat().st_mode & 0o777 == 0o700
