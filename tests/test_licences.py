"""Every library that the program needs is named with its licence, and the text is there to read offline."""

import re
import tomllib
from pathlib import Path

from esf_desktop import licences

TREE = Path(__file__).resolve().parent.parent


def test_every_declared_library_is_named_with_version_and_licence() -> None:
    project = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=!;\[ ]", entry)[0].lower().replace("_", "-") for entry in project["dependencies"]}
    named = {part.name.lower().replace("_", "-"): part for part in licences.parts()}
    assert declared <= named.keys()
    assert not [name for name in declared if not named[name].version or not named[name].licence]


def test_most_parts_bring_the_text_of_their_licence_and_every_font_does() -> None:
    parts = licences.parts()
    assert sum(bool(part.text) for part in parts) > 0.7 * len(parts)
    fonts = [part for part in parts if not part.version]
    assert fonts
    assert all("Copyright" in part.text and part.licence for part in fonts)


def test_parts_stand_in_order_and_none_twice() -> None:
    names = [part.name.lower() for part in licences.parts()]
    assert names == sorted(names)
    assert len(names) == len(set(names))
    assert "esf-desktop" not in names
