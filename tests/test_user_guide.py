"""The user guide speaks of the program as it is: its names, its pictures, its links, its commands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.screenshots.scenes import scenes
from tests.test_translations import swedish
from ui.guide.chapters import CHAPTERS, slug

TREE = Path(__file__).resolve().parent.parent
GUIDE = TREE / "docs" / "anvandare"
FILES = sorted(GUIDE.glob("*.md"))


def patterns() -> Iterator[re.Pattern[str]]:
    """Every text that the program shows in Swedish, with anything where something is filled in."""
    for forms in swedish().values():
        for form in forms:
            fixed = re.sub(r"\{\w+\}", "", form)
            if sum(map(str.isalpha, fixed)) >= 3 or "{" not in form:
                plain = re.sub(r"&(?=\w)", "", form)
                yield re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(plain)))


def unnamed(text: str) -> list[str]:
    """What stands in bold and is the name of nothing that the program shows."""
    shown = list(patterns())
    bold = [" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]
    return [name for name in bold if not any(one.fullmatch(name) for one in shown)]


def broken(text: str, file: str) -> list[str]:
    """Links to chapters, headings or pictures that are not there."""
    pictures = {f"{scene.name}-sv-light.png" for scene in scenes() if scene.documented}
    found = []
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("../screenshots/"):
            found += [] if target.removeprefix("../screenshots/") in pictures else [target]
            continue
        name, _, fragment = target.partition("#")
        other = GUIDE / (name or file)
        lines = other.read_text("utf-8").splitlines() if other in FILES else []
        anchors = ["", *(slug(line.lstrip("# ")) for line in lines if line.startswith("#"))]
        found += [] if lines and fragment in anchors else [target]
    return found


def test_the_chapters_are_the_files() -> None:
    assert sorted(CHAPTERS) == [file.stem for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_stands_in_bold_is_what_the_program_shows(file: Path) -> None:
    assert unnamed(file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_links_and_pictures_lead_somewhere(file: Path) -> None:
    assert broken(file.read_text("utf-8"), file.name) == []


def test_every_heading_can_be_linked_to_alone() -> None:
    for file in FILES:
        titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
        assert len({slug(title) for title in titles}) == len(titles)


def test_every_command_is_one_of_esf() -> None:
    from typer.main import get_command

    from esf_desktop.cli.program import app

    known = set(get_command(app).commands)  # type: ignore[attr-defined]  # a group of commands
    said = {word for file in FILES for word in re.findall(r"`esf ([a-z-]+)", file.read_text("utf-8"))}
    assert said
    assert said <= known


def test_a_name_a_picture_and_a_link_that_are_not_there_are_caught() -> None:
    assert unnamed("Välj **Arkiv** och **Spara allt nu**.") == ["Spara allt nu"]
    wrong = ["../screenshots/nothing-sv-light.png", "nothing.md", "signera.md#nothing"]
    assert broken("".join(f"[x]({one})" for one in wrong), "signera.md") == wrong
