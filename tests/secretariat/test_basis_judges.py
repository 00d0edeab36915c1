"""Other programs judge the basis: a browser with axe-core the web page, LibreOffice the document and the workbook.

By hand: `apt-get install chromium libreoffice-calc libreoffice-writer` and, in the folder that ESF_NODE_MODULES names,
`npm install axe-core puppeteer-core`.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from esf_desktop.i18n import Language
from esf_desktop.secretariat.reports import write_basis
from tests.secretariat.test_formats import rich
from tests.secretariat.test_reports import sent
from tests.sheets.samples import text_of

pytestmark = pytest.mark.judges

MODULES = Path(os.environ.get("ESF_NODE_MODULES", "node_modules"))
AXE = """
const puppeteer = require(process.argv[2] + "/puppeteer-core");
(async () => {
  const browser = await puppeteer.launch({executablePath: process.argv[3], args: ["--no-sandbox"]});
  const found = {};
  for (const scheme of ["light", "dark"]) for (const width of [360, 1280]) {
    const page = await browser.newPage();
    await page.setBypassCSP(true);
    await page.setViewport({width, height: 900});
    await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
    await page.goto("file://" + process.argv[4]);
    await page.addScriptTag({path: process.argv[2] + "/axe-core/axe.min.js"});
    const judged = await page.evaluate(() => axe.run(document));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    found[scheme + width] = {violations: judged.violations.map((one) => one.id), passes: judged.passes.length, wide};
  }
  await browser.close();
  console.log(JSON.stringify(found));
})();
"""


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a basis with everything in it."""
    folder = tmp_path_factory.mktemp("basis")
    with rich(folder, sent()) as own:
        write_basis(own, folder / "ut", language=Language.SWEDISH)
    return folder / "ut"


def needs(*programs: str) -> None:
    absent = [name for name in programs if shutil.which(name) is None]
    if absent:
        pytest.skip(f"judges absent: {', '.join(absent)}")


def test_axe_finds_nothing_in_the_web_page_light_or_dark_wide_or_narrow(basis: Path, tmp_path: Path) -> None:
    needs("node", "chromium")
    if not (MODULES / "axe-core").exists():
        pytest.skip("judges absent: axe-core and puppeteer-core of npm in ESF_NODE_MODULES")
    (tmp_path / "axe.js").write_text(AXE)
    browser = shutil.which("chromium") or ""
    command = ["node", str(tmp_path / "axe.js"), str(MODULES.resolve()), browser, str(basis / "basis.html")]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=120).stdout)
    assert [one["violations"] for one in found.values()] == [[]] * 4
    assert all(one["passes"] > 20 and not one["wide"] for one in found.values())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_opens_it_without_a_word_and_makes_a_pdf_of_it(kind: str, basis: Path, tmp_path: Path) -> None:
    needs("soffice")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    asked = ["--convert-to", "pdf", "--outdir", str(tmp_path), str(basis / f"basis.{kind}")]
    command = ["soffice", home, "--headless", *asked]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=180)
    told = [line for line in (said.stderr + said.stdout).splitlines() if "javaldx" not in line]
    assert [line for line in told if "->" not in line] == []
    text = re.sub(r"(?<=\d)[ ,](?=\d{3})", "", text_of((tmp_path / "basis.pdf").read_bytes()))
    for words in ("Projekt 1", "4812001", "Bedömare 3", "Sammanvägt."):
        assert words in text
