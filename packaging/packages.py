"""What Linux installs: a Debian package, and an archive that runs where it is unpacked, both of one frozen folder.

`python packaging/packages.py dist/esf-desktop OUT` writes both into OUT; the same folder gives the same bytes.
"""

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from inside import LICENCES, PROGRAMS, SBOM, held, is_binary
from inside import main as say_inside
from man import page_of_esf

from esf_desktop import __version__

NAME = "esf-desktop"
TREE = Path(__file__).resolve().parent.parent
LINUX = TREE / "packaging" / "linux"
LIBRARY = f"usr/lib/{NAME}"
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
"""The time that every file in a package has; no clock is asked."""
MAINTAINER = "ESF Desktop maintainers <maintainers@esf-desktop.invalid>"
RECOMMENDED = "libenchant-2-2, hunspell-sv, xdg-utils"
"""What the program finds when it runs: dictionaries, and the system's way to open a folder."""
SUGGESTED = "opensc-pkcs11"
DESCRIPTION = """assess, sign and weigh together ESF+ applications, offline
 An assessor reads each application beside regional principles and priority
 areas, rates and comments them with quotes as evidence, prints a sheet and
 signs one file. The secretariat checks the files and merges them into one
 basis for the decision.
 .
 Everything stays on the person's own computer: the program never uses the
 network."""


def main(folder: Path, out: Path) -> None:
    """Write both packages."""
    out.mkdir(parents=True, exist_ok=True)
    icons = out / "icons"
    subprocess.run([sys.executable, str(TREE / "packaging" / "icons.py"), str(icons)], check=True)
    for target in (archive(folder, out), debian(folder, icons, out)):
        print(f"packages: {target} is {target.stat().st_size / 1e6:.1f} MB", flush=True)
    shutil.rmtree(icons)


def archive(folder: Path, out: Path) -> Path:
    """The folder as it is, with a name that tells its version."""
    target = out / f"{NAME}-{__version__}-linux-{platform.machine()}.tar.zst"
    rename = f"s,^{folder.name},{NAME}-{__version__},"
    plain = ["--sort=name", f"--mtime=@{EPOCH}", "--owner=0", "--group=0", "--numeric-owner", "--format=posix"]
    plain += ["--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime"]
    squeeze = ["-I", "zstd -10 -T2 -q"]
    command = [
        "tar",
        *plain,
        *squeeze,
        "--transform",
        rename,
        "-C",
        str(folder.parent),
        "-cf",
        str(target),
        folder.name,
    ]
    subprocess.run(command, check=True)
    return target


def debian(folder: Path, icons: Path, out: Path) -> Path:
    """The folder under /usr/lib with what the desktop wants of it; libraries that Debian has are depended upon."""
    architecture = _said(["dpkg", "--print-architecture"]).strip()
    target = out / f"{NAME}_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as made:
        root = Path(made) / "root"
        library = root / LIBRARY
        shutil.copytree(folder, library, symlinks=True)
        _leave_to_debian(library)
        say_inside(library)
        depends = _depends(library, Path(made))
        _around(root, icons)
        programs = {library / program for program in PROGRAMS}
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
        size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file() and not file.is_symlink())
        control = {
            "Package": NAME,
            "Version": __version__,
            "Architecture": architecture,
            "Maintainer": MAINTAINER,
            "Installed-Size": str(-(-size // 1024)),
            "Depends": depends,
            "Recommends": RECOMMENDED,
            "Suggests": SUGGESTED,
            "Section": "misc",
            "Priority": "optional",
            "Description": DESCRIPTION,
        }
        (root / "DEBIAN").mkdir(mode=0o755)
        _write(root / "DEBIAN" / "control", "".join(f"{name}: {value}\n" for name, value in control.items()))
        _write(root / "DEBIAN" / "md5sums", "".join(_sums(root)))
        stamped = os.environ | {"SOURCE_DATE_EPOCH": str(EPOCH)}
        build = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z10", "--build", str(root), str(target)]
        subprocess.run(build, check=True, env=stamped, stdout=subprocess.DEVNULL)
    return target


def _leave_to_debian(library: Path) -> None:
    """Take away the libraries that a package of Debian has, and the second names that pointed to them."""
    for part in held(library):
        if part.origin == "deb":
            for file in part.files:
                file.unlink()
    for link in [path for path in library.rglob("*") if path.is_symlink() and not path.exists()]:
        link.unlink()


def _depends(library: Path, work: Path) -> str:
    """The packages that hold what the binary files load, with the versions whose symbols they use."""
    (work / "debian").mkdir()
    (work / "debian" / "control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    binaries = [file for file in sorted(library.rglob("*")) if is_binary(file)]
    own = sorted({f"-l{file.parent}" for file in binaries})
    files = [f"-e{file}" for file in binaries]
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *own, *files]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"packages: dpkg-shlibdeps: {done.stderr}")
    return done.stdout.strip().removeprefix("shlibs:Depends=")


def _around(root: Path, icons: Path) -> None:
    """The commands, the menu entry, the kinds of file, pictures, manual and papers."""
    (root / "usr" / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        (root / "usr" / "bin" / program).symlink_to(f"../lib/{NAME}/{program}")
    share = root / "usr" / "share"
    shutil.copytree(icons / "hicolor", share / "icons" / "hicolor")
    _copy(LINUX / f"{NAME}.desktop", share / "applications" / f"{NAME}.desktop")
    _copy(LINUX / f"{NAME}.xml", share / "mime" / "packages" / f"{NAME}.xml")
    for source, place in ((f"{NAME}.1", "man/man1"), (f"{NAME}.sv.1", "man/sv/man1")):
        page = (LINUX / source).read_text("utf-8").replace("{version}", __version__)
        _write_packed(share / place / f"{NAME}.1.gz", page)
    _write_packed(share / "man" / "man1" / "esf.1.gz", page_of_esf())
    papers = share / "doc" / NAME
    _copy(LINUX / "copyright", papers / "copyright")
    changes = (TREE / "CHANGELOG.md").read_text("utf-8")
    _write_packed(papers / "NEWS.gz", changes)
    _write_packed(papers / "changelog.gz", _changelog())
    (papers / LICENCES).symlink_to(f"../../../lib/{NAME}/{LICENCES}")
    (papers / SBOM).symlink_to(f"../../../lib/{NAME}/{SBOM}")
    _copy(LINUX / "lintian-overrides", share / "lintian" / "overrides" / NAME)


def _changelog() -> str:
    """The changelog in the form that Debian's programs read; what changed stands in NEWS."""
    day = _said(["date", "-R", "-u", "-d", f"@{EPOCH}"]).strip()
    return f"{NAME} ({__version__}) stable; urgency=low\n\n  * See NEWS.\n\n -- {MAINTAINER}  {day}\n"


def _sums(root: Path) -> Iterator[str]:
    for file in sorted(root.rglob("*")):
        if file.is_file() and not file.is_symlink() and not file.is_relative_to(root / "DEBIAN"):
            yield f"{hashlib.md5(file.read_bytes()).hexdigest()}  {file.relative_to(root)}\n"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


def _write_packed(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
