"""The Debian package in a bare Debian: it installs, starts, opens files by their type, and goes without a trace.

Needs root, mmdebstrap, Xvfb and a mirror of Debian; `make packages` first.
"""

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageGrab

from esf_desktop import __version__
from esf_desktop.assessor import identity
from esf_desktop.exchange.kinds import Kind
from esf_desktop.workspace import Workspace
from tests.packages import whole_round
from tests.rounds import AT, PERSON

TREE = Path(__file__).resolve().parents[2]
BUILT = TREE / "build" / "packages"
KEPT = TREE / "build" / "judges"
SUITE, MIRROR = os.environ.get("ESF_DEBIAN", "bookworm"), "http://deb.debian.org/debian"
HOME, DESK = "/home/someone", "home/someone/.local/share/esf-desktop"
OPENING = "xdg-utils libglib2.0-bin desktop-file-utils shared-mime-info"
"""What every desktop has that opens files by their type."""
pytestmark = pytest.mark.judges


@pytest.fixture(scope="module")
def deb() -> Path:
    """The package that `make packages` made."""
    found = sorted(BUILT.glob(f"esf-desktop_{__version__}_*.deb"))
    absent = [name for name in ("mmdebstrap", "Xvfb", "unshare") if shutil.which(name) is None]
    if not found or absent or os.geteuid() != 0:
        pytest.skip(f"needs root, make packages, and {', '.join(absent) or 'nothing else'}")
    return found[-1]


class Bare:
    """A Debian with nothing but what every Debian has, in a folder that goes with the test."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def start(self, command: str, *, as_someone: bool = False, **environment: str) -> "subprocess.Popen[str]":
        """Begin a shell command in it, in processes of its own that end with it."""
        said = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        said |= {"HOME": HOME if as_someone else "/root", **environment}
        user = ["--userspec=1000:1000"] if as_someone else []
        inside = ["chroot", *user, str(self.root), "/usr/bin/env", "-i", *(f"{k}={v}" for k, v in said.items())]
        mounts = f'mount -t proc proc {self.root}/proc && mount --rbind /dev {self.root}/dev && "$@"'
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", mounts, "sh"]
        return subprocess.Popen(
            [*apart, *inside, "sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, command: str, *, as_someone: bool = False, **environment: str) -> str:
        """Run a shell command in it to its end, which is a good one."""
        process = self.start(command, as_someone=as_someone, **environment)
        said, _nothing = process.communicate(timeout=900)
        assert process.returncode == 0, f"{command}\n{said[-4000:]}"
        return said

    def files(self) -> set[str]:
        """Every file and folder in it, but for what the package system keeps of its own work."""
        own = ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "proc", "dev", "sys", "tmp", "home", "root")
        found = set()
        for folder, folders, names in os.walk(self.root):
            here = os.path.relpath(folder, self.root)
            folders[:] = [one for one in folders if os.path.normpath(f"{here}/{one}") not in own]
            found |= {os.path.normpath(f"{here}/{name}") for name in (*folders, *names)}
        return found


@pytest.fixture(scope="module")
def bare(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bare]:
    """Such a Debian; it is fetched once and kept as an archive."""
    KEPT.mkdir(parents=True, exist_ok=True)
    archive = KEPT / f"{SUITE}.tar"
    if not archive.exists():
        fetched = KEPT / f".{SUITE}.tar"
        made = subprocess.run(
            ["mmdebstrap", "--variant=minbase", "--quiet", SUITE, str(fetched), MIRROR], capture_output=True, text=True
        )
        if made.returncode:
            pytest.skip(f"no mirror of Debian can be reached: {made.stderr[-300:]}")
        fetched.rename(archive)
    root = tmp_path_factory.mktemp("bare")
    subprocess.run(["tar", "-xf", str(archive), "-C", str(root)], check=True)
    with contextlib.suppress(OSError):
        shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    made_root = Bare(root)
    made_root.run("useradd --create-home --uid 1000 someone && apt-get -q update")
    yield made_root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen that is only in memory."""
    out, into = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(into), "-screen", "0", "1280x800x24", "-ac"],
        pass_fds=[into],
        stderr=subprocess.DEVNULL,
    )
    os.close(into)
    with os.fdopen(out) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def installed(bare: Bare, deb: Path) -> Iterator[Bare]:
    """The package in it, with nothing that it only recommends; and taken away again with everything that came along."""
    before = bare.files()
    shutil.copyfile(deb, bare.root / "tmp" / deb.name)
    bare.run(f"apt-get -q install -y --no-install-recommends /tmp/{deb.name}")
    yield bare
    bare.run(f"apt-get -q purge -y esf-desktop {OPENING} && apt-get -q autoremove -y --purge")
    left = {one for one in bare.files() - before if not one.startswith(("etc/", "var/", "run/"))}
    assert not left, f"left behind: {sorted(left)[:40]}"
    listed = bare.run("dpkg-query -W -f '${Package} ${db:Status-Status}\\n' | grep esf-desktop || true")
    assert not listed.strip()


def test_it_starts_where_nothing_but_its_dependencies_is(installed: Bare, screen: str) -> None:
    assert __version__ in installed.run("esf --version", as_someone=True)
    said = installed.run("esf-desktop --practice --smoke", as_someone=True, DISPLAY=screen)
    assert said.split() == ["painted", "filled"]
    installed.run("esf demo /tmp/demo --applications 2 --assessors 2", as_someone=True)


def test_it_says_what_it_holds(installed: Bare) -> None:
    folder = installed.root / "usr" / "share" / "doc" / "esf-desktop"
    bill = json.loads((installed.root / "usr/lib/esf-desktop/sbom.cdx.json").read_text("utf-8"))
    assert {"PySide6_Essentials", "Python", "SQLAlchemy"} <= {one["name"] for one in bill["components"]}
    assert (folder / "copyright").is_file()
    texts = list((installed.root / "usr/lib/esf-desktop/licences").glob("*.txt"))
    assert all(text.stat().st_size for text in texts)
    assert len(texts) > 30
    missing = installed.run(
        "cd /usr/lib/esf-desktop && find . -name '*.so*' -type f -exec ldd {} + | grep 'not found' || true",
        LD_LIBRARY_PATH="/usr/lib/esf-desktop/_internal",
    )
    assert not missing.strip()


def test_each_kind_of_file_is_opened_by_its_type(installed: Bare, screen: str, tmp_path: Path) -> None:
    installed.run(
        "apt-get -q install -y --no-install-recommends xdg-utils libglib2.0-bin desktop-file-utils shared-mime-info"
    )
    for kind in Kind:
        installed.run(f"echo a > /tmp/a{kind.suffix}")
        assert f"application/x-esf-desktop-{kind}" in installed.run(
            f"gio info -a standard::content-type /tmp/a{kind.suffix}"
        )
        assert "esf-desktop.desktop" in installed.run(f"xdg-mime query default application/x-esf-desktop-{kind}")
        icon = f"usr/share/icons/hicolor/48x48/mimetypes/application-x-esf-desktop-{kind}.png"
        assert (installed.root / icon).is_file()
    introduced = tmp_path / "introduced"
    work = Workspace.open(introduced)
    identity.introduce(work, PERSON, at=AT)
    work.close()
    whole_round(tmp_path)
    files = {file.suffix: file for file in (tmp_path / "files").iterdir()}
    opened(installed, screen, introduced, files[Kind.CALL.suffix]).save(KEPT / "call-opened-by-type.png")
    opened(installed, screen, introduced, files[Kind.BUNDLE.suffix]).save(KEPT / "bundle-opened-by-type.png")
    opened(installed, screen, tmp_path / "desk", files[Kind.RECEIPT.suffix]).save(KEPT / "receipt-opened-by-type.png")
    desk = Workspace.open(installed.root / DESK)
    assert [kept.receipt.number for kept in desk.receipts()] == [1]
    desk.close()


def opened(bare: Bare, screen: str, desk: Path, file: Path) -> Image.Image:
    """What is on the screen after somebody with that desk has opened the file by its type; the program is ended."""
    home = bare.root / HOME.removeprefix("/")
    shutil.rmtree(bare.root / DESK, ignore_errors=True)
    shutil.copytree(desk, bare.root / DESK)
    shutil.copyfile(file, home / file.name)
    subprocess.run(["chown", "-R", "1000:1000", str(home)], check=True)
    empty = ImageGrab.grab(xdisplay=screen)
    running = bare.start(f"gio open '{HOME}/{file.name}'; sleep 600", as_someone=True, DISPLAY=screen)
    try:
        return drawn(screen, empty)
    finally:
        running.kill()
        running.communicate(timeout=60)


def drawn(screen: str, empty: Image.Image) -> Image.Image:
    """The screen once it shows something that has not changed for three seconds."""
    until, before = time.monotonic() + 120, empty
    while time.monotonic() < until:
        time.sleep(3)
        now = ImageGrab.grab(xdisplay=screen)
        still = ImageChops.difference(now, before).getbbox() is None
        if still and ImageChops.difference(now, empty).getbbox() is not None:
            return now
        before = now
    raise AssertionError("nothing came on the screen")
