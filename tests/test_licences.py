"""Every library that the program needs is named with its licence, and the text is there to read offline."""

import re
import tomllib
from pathlib import Path

import pytest

from esf_desktop import licences, paths

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


def test_a_frozen_program_also_names_the_libraries_of_the_system_it_was_frozen_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licences").mkdir()
    copyright_ = "Format: …\n\nFiles: *\nLicense: MIT/X11\n Text.\n\nFiles: b\nLicense: GPL-2+\n"
    (tmp_path / "licences" / "libxcb1_2%3a1.15-1.txt").write_text(copyright_, "utf-8")
    (tmp_path / "licences" / "SQLAlchemy_0.1.txt").write_text("twice", "utf-8")
    (tmp_path / "licences" / "common-GPL-2.txt").write_text("GPL", "utf-8")
    before = licences.parts()
    monkeypatch.setattr(paths, "licences", lambda: tmp_path / "licences")
    (new,) = set(licences.parts()) - set(before)
    assert (new.name, new.version, new.licence, new.text) == ("libxcb1", "2:1.15-1", "MIT/X11, GPL-2+", copyright_)


def test_every_part_under_the_lesser_gpl_brings_its_text() -> None:
    lesser = [part for part in licences.parts() if "LGPL-3" in part.licence]
    assert {"PySide6_Essentials", "psycopg", "psycopg-binary"} <= {part.name for part in lesser}
    assert all("LESSER GENERAL PUBLIC LICENSE" in part.text for part in lesser)
