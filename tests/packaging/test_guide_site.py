"""The user guide as web pages: whatever a page points to is there."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.secretariat.test_basis_judges import AXE, MODULES
from ui.guide.chapters import CHAPTERS

TREE = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "out"
    subprocess.run([sys.executable, str(TREE / "packaging" / "guide_site.py"), str(target)], check=True, timeout=60)
    return target


def dead(site: Path) -> list[str]:
    """Every link and picture that leads to no file, or to no heading in it."""
    found = []
    for page in site.glob("*.html"):
        for target in re.findall(r'(?:href|src)="([^"]+)"', page.read_text("utf-8")):
            name, _, fragment = unquote(target).partition("#")
            other = site / (name or page.name)
            if not other.is_file() or (fragment and f'id="{fragment}"' not in other.read_text("utf-8")):
                found.append(f"{page.name}: {target}")
    return found


def test_every_link_and_picture_leads_somewhere(site: Path) -> None:
    assert len([*site.glob("*.html")]) == len(CHAPTERS)
    assert dead(site) == []
    assert len([*site.glob("*.png")]) >= 4


def test_a_page_asks_nothing_of_another_computer(site: Path) -> None:
    for file in [*site.glob("*.html"), *site.glob("*.css")]:
        assert not re.search(r"https?://|<script|url\(", file.read_text("utf-8"))


@pytest.mark.judges
@pytest.mark.parametrize("chapter", ["index", *CHAPTERS[1:]])
def test_axe_finds_nothing_light_or_dark_wide_or_narrow(site: Path, tmp_path: Path, chapter: str) -> None:
    browser = shutil.which("chromium")
    if browser is None or shutil.which("node") is None or not (MODULES / "axe-core").exists():
        pytest.skip("judges absent: chromium, node, or axe-core and puppeteer-core in ESF_NODE_MODULES")
    (tmp_path / "axe.js").write_text(AXE)
    command = ["node", str(tmp_path / "axe.js"), str(MODULES.resolve()), browser, str(site / f"{chapter}.html")]
    said = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    found = json.loads(said.stdout)
    assert len(found) == 4
    for look, one in found.items():
        assert one["violations"] == [], look
        assert one["passes"] > 10
        assert not one["wide"], look


def test_a_dead_link_is_caught(site: Path, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">x</a><a href="#nowhere">y</a><a href="a.html">z</a>')
    assert len(dead(tmp_path)) == 2
