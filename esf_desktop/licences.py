"""What the program is made of, with the licence of each part: read from what is installed, never typed by hand."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from esf_desktop import paths

_OURS = "esf-desktop"
_TEXTS = re.compile(r"(^|/)(licen[cs]es?(/|$|[.\-_])|copying|notice|ofl)", re.IGNORECASE)


class Part(NamedTuple):
    """A library or a font: its name, version, its licence in a word or two, and the licence's own text."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> tuple[Part, ...]:
    """Every part, by name."""
    found = {one.metadata["Name"].lower(): one for one in _distributions()}
    libraries = [_part(one) for name, one in found.items() if name != _OURS]
    known = {_plain(part.name) for part in libraries}
    system = [part for part in _beside() if _plain(part.name) not in known]
    return tuple(sorted([*libraries, *_fonts(), *system], key=lambda part: part.name.lower()))


def _beside() -> Iterator[Part]:
    """What a frozen program holds besides: Python, and the libraries of the system that it was frozen on."""
    folder = paths.licences()
    for file in sorted(folder.glob("*_*.txt")) if folder else ():
        name, _, version = file.stem.rpartition("_")
        text = file.read_text("utf-8", errors="replace")
        yield Part(name, version.replace("%3a", ":"), named(text), text)


def named(text: str) -> str:
    """The licences that a copyright file of Debian names, when it has the form that can be read."""
    return ", ".join(dict.fromkeys(re.findall(r"^License: *(\S.*?) *$", text, re.MULTILINE)))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _distributions() -> Iterator[metadata.Distribution]:
    """What the program needs, and what that needs; in the frozen program, all that was taken along."""
    wanted, seen = [_OURS], set()
    while wanted:
        asked = wanted.pop()
        if asked in seen:
            continue
        seen.add(asked)
        name, *extras = re.split(r"[\[,\]]+", asked.rstrip("]"))
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield one
        for needed in one.requires or ():
            extra = re.search(r"extra == ['\"](.*?)['\"]", needed)
            if extra is None or extra[1] in extras:
                wanted.append(re.split(r"[\s<>=!~;(]", needed, maxsplit=1)[0].lower().replace("_", "-"))


def _part(one: metadata.Distribution) -> Part:
    texts = [file for file in one.files or () if _TEXTS.search(str(file)) and file.suffix not in (".py", ".pyc")]
    found = [Path(str(one.locate_file(file))) for file in texts]
    text = "\n\n".join(file.read_text("utf-8", errors="replace") for file in found if file.is_file())
    licence = _licence(one, text)
    return Part(one.metadata["Name"], one.version, licence, text or _common(licence))


def _common(licence: str) -> str:
    """The text of a licence that its part names without bringing it along."""
    if "LGPL-3" not in licence:
        return ""
    texts = [paths.resources() / "licences" / f"{name}-3.0.txt" for name in ("LGPL", "GPL")]
    return "\n\n".join(file.read_text("utf-8") for file in texts)


def _licence(one: metadata.Distribution, text: str) -> str:
    """The licence as the part itself calls it, or else as its text begins."""
    said = one.metadata.json
    kinds = [str(kind) for kind in said.get("classifier", [])]
    named = ", ".join(kind.rsplit(" :: ", 1)[-1] for kind in kinds if kind.startswith("License :: "))
    lines = [line.strip() for line in (str(said.get("license", "")) + "\n" + text).splitlines() if line.strip()]
    return str(said.get("license_expression", "")) or named or (lines[0][:80] if lines else "")


def _fonts() -> Iterator[Part]:
    for file in sorted((paths.resources() / "fonts").glob("*.txt")):
        text = file.read_text("utf-8", errors="replace")
        yield Part(
            f"{file.stem.removesuffix('-LICENSE')} (typeface)",
            "",
            "SIL Open Font License" if "SIL OPEN FONT LICENSE" in text.upper() else "",
            text,
        )
