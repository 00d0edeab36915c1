"""What a frozen folder holds, read from the folder itself, and the two things said of it there.

`python packaging/inside.py FOLDER` writes `sbom.cdx.json`, the same for the same folder, and `licences/` into it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from esf_desktop import __version__, licences, paths

SBOM, LICENCES = "sbom.cdx.json", "licences"
PROGRAMS = ("esf-desktop", "esf")
_ENDINGS = (".so", ".dll", ".dylib", ".pyd", ".exe")
_PYTHON = re.compile(r"libpython|python3\d*\.|base_library|lib-dynload|python3\.\d+/")


@dataclass
class Held:
    """One part of the folder: where it comes from, under what licence, and its files."""

    name: str
    version: str
    origin: str
    """`pypi`, `deb`, `generic` for Python itself, or `font`."""
    licence: str = ""
    text: str = ""
    files: list[Path] = field(default_factory=list)


def held(folder: Path) -> list[Held]:
    """Every part of the folder, by origin and name; each binary file belongs to one of them."""
    owners = metadata.packages_distributions()
    described = {plain(part.name): part for part in licences.parts()}
    tops = {name.split(".")[0] for name in modules(folder)}
    binaries = [file for file in sorted(folder.rglob("*")) if is_binary(file)]
    inside = folder / "_internal"
    of_python = {top for file in binaries if (top := _top(file, inside)) in owners} | (tops & owners.keys())
    found: dict[str, Held] = {}
    for owner in sorted({owner for top in of_python for owner in owners[top]}):
        if (one := described.get(plain(owner))) is not None:
            found[f"pypi {owner}"] = Held(one.name, one.version, "pypi", one.licence, one.text)
    python = found["python"] = Held("Python", sys.version.split()[0], "generic", "PSF-2.0", _licence_of_python())
    for one in described.values():
        if not one.version:
            found[one.name] = Held(one.name, "", "font", one.licence, one.text)
    by_name = {plain(part.name): part for part in found.values() if part.origin == "pypi"}
    for file in binaries:
        top = _top(file, inside)
        if (part := by_name.get(plain(owners[top][0] if top in owners else top))) is not None:
            part.files.append(file)
        elif _PYTHON.search(file.relative_to(folder).as_posix()):
            python.files.append(file)
        elif file.name.split(".")[0] not in PROGRAMS:
            package = found.setdefault(str(_package(file.name)), _package(file.name))
            package.files.append(file)
    boot = next(one for one in metadata.distributions(name="pyinstaller"))
    found["boot"] = Held("PyInstaller bootloader", boot.version, "pypi", "GPL-2.0-or-later WITH Bootloader-exception")
    found["boot"].files = [folder / name for name in PROGRAMS if (folder / name).exists()]
    found["boot"].text = _texts(boot)
    return sorted(found.values(), key=lambda one: (one.origin, one.name.lower()))


def modules(folder: Path) -> Iterator[str]:
    """The modules of Python that lie in the two programs."""
    from PyInstaller.archive.readers import CArchiveReader

    for name in PROGRAMS:
        file = folder / (f"{name}.exe" if os.name == "nt" else name)
        yield from CArchiveReader(str(file)).open_embedded_archive("PYZ.pyz").toc


def is_binary(file: Path) -> bool:
    """Whether the file is a program or a library, and no second name of one."""
    if file.is_symlink() or not file.is_file():
        return False
    return any(file.name.endswith(end) or f"{end}." in file.name for end in _ENDINGS) or file.name in PROGRAMS


def sha256(file: Path) -> str:
    """The hash of the file as it lies in the folder."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def plain(name: str) -> str:
    """A distribution's name in the spelling in which two can be compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _top(file: Path, inside: Path) -> str:
    """What a file lies under: the name that is imported, or that of a distribution which brings libraries along."""
    if not file.is_relative_to(inside):
        return ""
    return re.sub(r"(\.libs|\.(cpython|abi3|cp\d).*)$", "", file.relative_to(inside).parts[0])


def _licence_of_python() -> str:
    for place in (Path(sys.base_prefix) / "LICENSE.txt", Path(os.__file__).parent / "LICENSE.txt"):
        if place.is_file():
            return place.read_text("utf-8")
    return ""


def _texts(one: metadata.Distribution) -> str:
    found = [Path(str(one.locate_file(file))) for file in one.files or () if re.search(r"COPYING|LICENSE", str(file))]
    return "\n\n".join(file.read_text("utf-8") for file in found if file.is_file())


@cache
def _package(library: str) -> Held:
    """The Debian package that a library of the system comes from; without dpkg, the library for itself."""
    if shutil.which("dpkg-query") is not None:
        search = ["dpkg-query", "-S", f"*/{library}"]
        said = subprocess.run(search, capture_output=True, text=True).stdout
        for line in said.splitlines():
            name, _, place = line.partition(": ")
            if re.match(r"(/usr)?/lib/[^/]+/[^/]+$", place):
                show = ["dpkg-query", "-W", "-f", "${Package} ${Version}", name]
                package, version = subprocess.run(show, capture_output=True, text=True).stdout.split()
                copyright_ = Path("/usr/share/doc") / package / "copyright"
                text = copyright_.read_text("utf-8", errors="replace") if copyright_.is_file() else ""
                return Held(package, version, "deb", licences.named(text), text)
    return Held(library, "", "system")


def write_licences(target: Path, parts: Iterable[Held]) -> None:
    """A text for each part, and the common licences that those of Debian point to."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for part in parts:
        if part.text:
            name = "_".join(filter(None, (part.name.replace(" ", "-").replace("/", "-"), part.version)))
            (target / f"{name.replace(':', '%3a')}.txt").write_text(part.text, "utf-8")
    pointed = {found for part in parts for found in re.findall(r"/usr/share/common-licenses/([\w.-]*\w)", part.text)}
    for name in sorted(pointed):
        common = Path("/usr/share/common-licenses") / name
        if common.is_file():
            shutil.copyfile(common, target / f"common-{name}.txt")
    for ours in sorted((paths.resources() / "licences").glob("*.txt")):
        shutil.copyfile(ours, target / ours.name)


def main(folder: Path) -> None:
    """Write both into the folder."""
    from cyclonedx_of import bill

    parts = held(folder)
    write_licences(folder / LICENCES, parts)
    (folder / SBOM).write_text(bill(folder, parts, __version__), "utf-8")
    print(f"inside: {len(parts)} parts, {sum(len(part.files) for part in parts)} binary files", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
