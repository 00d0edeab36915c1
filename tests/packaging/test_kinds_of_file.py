"""Every system is told of the same four kinds of file, in both languages, and the manual of every command."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as tree
from pathlib import Path

import pytest

from esf_desktop.exchange.kinds import Kind

TREE = Path(__file__).resolve().parents[2]
LINUX = TREE / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def entry() -> dict[str, str]:
    """The lines of the menu entry's first group."""
    first = (LINUX / "esf-desktop.desktop").read_text("utf-8").split("\n[")[0]
    return dict(line.split("=", 1) for line in first.splitlines()[1:] if "=" in line)


def test_linux_knows_each_kind_by_its_ending_in_both_languages() -> None:
    types = tree.parse(LINUX / "esf-desktop.xml").getroot().findall(f"{MIME}mime-type")
    found = {one.attrib["type"]: one for one in types}
    assert set(found) == {f"application/x-esf-desktop-{kind}" for kind in Kind}
    assert set(entry()["MimeType"].strip(";").split(";")) == set(found)
    for kind in Kind:
        one = found[f"application/x-esf-desktop-{kind}"]
        assert [glob.attrib["pattern"] for glob in one.findall(f"{MIME}glob")] == [f"*{kind.suffix}"]
        assert [comment.get(LANGUAGE) for comment in one.findall(f"{MIME}comment")] == [None, "sv"]


def test_the_menu_entry_speaks_both_languages_and_is_sound() -> None:
    said = entry()
    assert {"GenericName", "Comment", "Keywords"} <= {name.removesuffix("[sv]") for name in said if "[sv]" in name}
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", str(LINUX / "esf-desktop.desktop")], check=True, timeout=60)


def test_windows_and_macos_know_the_same_kinds() -> None:
    windows = (TREE / "packaging" / "windows" / "esf-desktop.iss").read_text("utf-8")
    frozen = (TREE / "build.spec").read_text("utf-8")
    for kind in Kind:
        assert f'"Software\\Classes\\{kind.suffix}' in windows
        assert f"esf-desktop-{kind}.ico" in windows
    assert "for kind in Kind" in frozen


def test_the_manual_of_esf_tells_of_every_command() -> None:
    made = subprocess.run(
        [sys.executable, str(TREE / "packaging" / "man.py")], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    from typer.main import get_command

    from esf_desktop.cli import program

    for name in get_command(program.app).commands:  # type: ignore[attr-defined]
        assert re.search(rf"^\.SS {name.replace('-', '.*')}\b", made, re.MULTILINE), name
    if shutil.which("man"):
        read = ["man", "--warnings", "-E", "UTF-8", "-l", "-"]
        shown = subprocess.run(
            read, input=made, capture_output=True, text=True, timeout=60, env=os.environ | {"MANWIDTH": "100"}
        )
        assert not shown.stderr


@pytest.mark.parametrize("page", ["esf-desktop.1", "esf-desktop.sv.1"])
def test_the_windows_manual_names_every_option_and_kind(page: str) -> None:
    said = (LINUX / page).read_text("utf-8").replace("\\", "")
    assert not [word for word in ("--practice", "--workspace", *(kind.suffix for kind in Kind)) if word not in said]


def test_the_licences_that_libraries_only_name_are_there() -> None:
    licences = TREE / "resources" / "licences"
    assert "LESSER GENERAL PUBLIC LICENSE" in (licences / "LGPL-3.0.txt").read_text("utf-8")
    assert "GENERAL PUBLIC LICENSE" in (licences / "GPL-3.0.txt").read_text("utf-8")


def test_nothing_that_only_checks_use_is_taken_along_by_name() -> None:
    dev = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=!;\[ ]", one)[0].lower() for one in dev}
    later = (TREE / "build.spec").read_text("utf-8").split("LATER = [")[1].split(']\n"""')[0]
    assert not [name for name in names if f'"{name}"' in later]
