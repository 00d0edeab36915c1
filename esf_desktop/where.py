"""Where work may lie: on a disk of this computer, and in no folder that another program copies or another one shares.

A cloud-synced folder mixes up two computers' databases, a network folder keeps no locks, a stick is pulled out. All
three are found by what the folders around and the system say, without opening anything.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from esf_desktop.errors import FileError
from esf_desktop.i18n import _

MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Dropbox", re.compile(r"\.dropbox(\.cache)?")),
    ("Nextcloud", re.compile(r"\.nextcloudsync\.log|\.sync_[0-9a-f]{6,}\.db")),
    ("ownCloud", re.compile(r"\.owncloudsync\.log|\._sync_[0-9a-f]{6,}\.db")),
    ("Google Drive", re.compile(r"\.tmp\.driveupload|\.tmp\.drivedownload|\.shortcut-targets-by-id")),
    ("MEGA", re.compile(r"\.megaignore")),
    ("Syncthing", re.compile(r"\.stfolder")),
)
"""Files that a service leaves at the top of what it copies."""
NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("OneDrive", re.compile(r"OneDrive( - .+)?")),
    ("Dropbox", re.compile(r"Dropbox( \(.+\))?")),
    ("Google Drive", re.compile(r"Google ?Drive.*")),
    ("iCloud", re.compile(r"iCloud ?Drive|iCloudDrive")),
    ("Nextcloud", re.compile(r"Nextcloud\d*")),
    ("ownCloud", re.compile(r"ownCloud\d*")),
    ("pCloud", re.compile(r"pCloud ?(Drive|Sync)")),
    ("MEGA", re.compile(r"MEGA(sync)?( Downloads)?")),
)
"""What their folders are called where they stand by themselves: in the home folder, or at the top of a drive."""
WITHIN: tuple[tuple[str, str], ...] = (
    ("iCloud", "Mobile Documents"),
    ("iCloud", "com~apple~CloudDocs"),
    ("", "CloudStorage"),
    ("", ".cloud"),
)
"""Folders whose name alone says it, wherever they stand."""
VARIABLES = (
    ("OneDrive", "OneDrive"),
    ("OneDrive", "OneDriveConsumer"),
    ("OneDrive", "OneDriveCommercial"),
    ("Dropbox", "DROPBOX_PATH"),
    ("iCloud", "ICLOUD_DRIVE"),
)
NETWORK = re.compile(
    r"nfs\d*|cifs|smb\w*|ncpfs|afs|ceph|glusterfs|lustre|beegfs|davfs\w*"
    r"|fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|glusterfs|smbnetfs|s3fs|ceph-fuse|mfs|curlftpfs)"
)
CLOUD_MOUNTS = (
    ("pCloud", re.compile(r"fuse\.pcloud.*", re.IGNORECASE)),
    ("Google Drive", re.compile(r"fuse\.(google-drive-ocamlfuse|insync)")),
    ("OneDrive", re.compile(r"fuse\.onedriver")),
)
_STICKS = (Path("/media"), Path("/run/media"))
"""Where what is plugged in is mounted, for a disk of which the kernel says nothing."""
_REMOVABLE_DRIVE, _NETWORK_DRIVE = 2, 4


class Kind(StrEnum):
    """Why a place will not do."""

    CLOUD = "cloud"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(eq=False)
class RefusedPlaceError(FileError):
    """A folder in which work would not be safe; it was not touched."""

    code = "refused_place"
    kind: Kind
    service: str = ""

    def sentence(self) -> str:
        match self.kind:
            case Kind.CLOUD:
                words = _(
                    "“{file}” is copied by {service}, which can mix up your work; use a folder on this computer only."
                    " Nothing was changed."
                )
            case Kind.NETWORK:
                words = _(
                    "“{file}” lies on the network, where work can be damaged; use a folder on this computer."
                    " Nothing was changed."
                )
            case Kind.REMOVABLE:
                words = _(
                    "“{file}” lies on a stick or disk that can be pulled out; use a folder on this computer."
                    " Nothing was changed."
                )
        return words.format(file=self.file, service=self.service or _("a cloud service"))


@dataclass(frozen=True, slots=True)
class System:
    """What is asked about a place; another one for tests."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    home: Path = field(default_factory=Path.home)
    mounts: Path = Path("/proc/self/mounts")
    devices: Path = Path("/sys/class/block")


def check(folder: Path, system: System | None = None) -> None:
    """Pass when work may lie in the folder, which need not exist yet.

    Raises:
        RefusedPlaceError: it lies in a place that is copied, shared or pulled out; nothing was touched.
    """
    found = unfit(folder, system)
    if found is not None:
        raise RefusedPlaceError(folder.name or str(folder), kind=found[0], service=found[1])


def unfit(folder: Path, system: System | None = None) -> tuple[Kind, str] | None:
    """Why work should not lie in the folder, with the name of the service; None when it may."""
    system = system or System()
    real = Path(os.path.realpath(folder))
    service = _service(real, system)
    if service is not None:
        return Kind.CLOUD, service
    if sys.platform == "win32":
        return _windows_drive(real)
    return _mounted(real, system)


def _service(real: Path, system: System) -> str | None:
    """The service that copies the folder; empty for one without a name here."""
    ways = (real, *real.parents)
    for name, variable in VARIABLES:
        place = system.environment.get(variable)
        if place and Path(os.path.realpath(place)) in ways:
            return name
    home = Path(os.path.realpath(system.home))
    for way in ways:
        for name, within in WITHIN:
            if way.name == within:
                return name or next((_begins(part) for part in real.relative_to(way).parts[:1]), "")
        if way.parent in (home, home / "Documents", Path(way.anchor)) and (named := _named(way.name)):
            return named
        for name in _marked(way):
            return name
    return None


def _named(folder: str) -> str | None:
    """The service whose folder is called so."""
    return next((name for name, pattern in NAMES if pattern.fullmatch(folder)), None)


def _begins(folder: str) -> str:
    """The service of a folder such as `OneDrive-Kommunen`, as macOS calls them; empty for one not known here."""
    return next((name for name, _pattern in NAMES if folder.startswith(name.replace(" ", ""))), "")


def _marked(way: Path) -> Iterator[str]:
    """The services that have left their marks at the top of this folder."""
    try:
        with os.scandir(way) as entries:
            hidden = [entry.name for entry in entries if entry.name.startswith(".")]
    except OSError:
        return
    for name, pattern in MARKS:
        if any(pattern.fullmatch(one) for one in hidden):
            yield name


def _mounted(real: Path, system: System) -> tuple[Kind, str] | None:
    """What the mount tells that holds the folder, where the system has a list of them."""
    try:
        lines = system.mounts.read_text("utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    mounts = [(parts[0], _spelled_out(parts[1]), parts[2]) for line in lines if len(parts := line.split(" ")) > 2]
    holding = [mount for mount in mounts if real.is_relative_to(mount[1])]
    if not holding:
        return None
    deepest = max(len(point.parts) for _source, point, _kind in holding)
    source, point, kind = [mount for mount in holding if len(mount[1].parts) == deepest][-1]
    for name, pattern in CLOUD_MOUNTS:
        if pattern.fullmatch(kind):
            return Kind.CLOUD, name
    if NETWORK.fullmatch(kind):
        return Kind.NETWORK, ""
    if point != Path(point.anchor) and _pulled_out(source, point, system):
        return Kind.REMOVABLE, ""
    return None


def _spelled_out(point: str) -> Path:
    """A path of the list, in which a space is `\\040`."""
    return Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point))


def _pulled_out(source: str, point: Path, system: System) -> bool:
    """Whether the disk can be taken away: the kernel says so of it or it hangs on a USB bus, under encryption too."""
    name = Path(os.path.realpath(source)).name if source.startswith("/dev/") else ""
    disk = system.devices / name
    if not name or not disk.exists():
        return any(point.is_relative_to(stick) for stick in _STICKS)
    under = list((disk / "slaves").iterdir()) if (disk / "slaves").is_dir() else []
    if under:
        return any(_pulled_out(f"/dev/{one.name}", point, system) for one in under)
    real = Path(os.path.realpath(disk))
    for folder in (real, real.parent):
        try:
            if (folder / "removable").read_text().strip() == "1":
                return True
        except OSError:
            continue
    return any(re.fullmatch(r"usb\d+", part) for part in real.parts)


if sys.platform == "win32":

    def _windows_drive(real: Path) -> tuple[Kind, str] | None:
        """What Windows says of the drive. Written from its documentation and not tried there."""
        import ctypes

        if real.drive.startswith("\\\\"):
            return Kind.NETWORK, ""
        match ctypes.windll.kernel32.GetDriveTypeW(f"{real.drive}\\"):
            case drive if drive == _REMOVABLE_DRIVE:
                return Kind.REMOVABLE, ""
            case drive if drive == _NETWORK_DRIVE:
                return Kind.NETWORK, ""
        return None

else:

    def _windows_drive(real: Path) -> tuple[Kind, str] | None:
        """Nothing, on another system."""
        return None
