"""The house of docs/architecture.md, read off the imports: a file imports only from what stands above it."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parent.parent
HOUSE = (
    {"__init__", "paths", "settings", "spelling", "log", "i18n", "formatting"}
    | {"errors", "files", "lock", "where", "toml_lines", "handwritten", "passphrases", "licences"},
    {"model"},
    {"framework", "municipalities", "finding"},
    {"description", "wording"},
    {"completeness"},
    {"history", "pace", "differences"},
    {"signing"},
    {"exchange"},
    {"documents"},
    {"sheets"},
    {"workspace"},
    {"assessor"},
    {"secretariat"},
    {"practice"},
    {"cli"},
    {"__main__"},
)
"""The parts of `esf_desktop`, each row below the one that it may use; parts of the first row may use each other."""

CORE = sorted((TREE / "esf_desktop").rglob("*.py"))
UI = sorted((TREE / "ui").rglob("*.py"))
NOT_IN_UI = {"sqlalchemy", "sqlcipher3", "cryptography", "reportlab"}
NOT_AT_START = {"alembic", "reportlab", "xlsxwriter", "openpyxl", "sqlalchemy.orm", "pyhanko", "typer"}


def name_of(file: Path) -> str:
    """The dotted name of a module of this tree."""
    parts = file.relative_to(TREE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)


def imports(source: str, module: str, *, is_package: bool = False) -> Iterator[str]:
    """Every dotted name that the source imports, also inside functions; `from a import b` gives `a.b`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: None if is_package and node.level == 1 else -(node.level - is_package)]
            base = ".".join([*(above if node.level else []), *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def floor(module: str) -> int:
    """How far down the house a module of `esf_desktop` stands."""
    part = module.split(".")[1]
    found = [row for row, parts in enumerate(HOUSE) if part in parts]
    assert found, f"{module} has no place in the house; give it one here and in docs/architecture.md"
    return found[0]


def breaches(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What a module of the core imports and must not."""
    here, part = floor(module), module.split(".")[1]
    found = []
    for name in imports(source, module, is_package=is_package):
        top, _, rest = name.partition(".")
        if top in {"PySide6", "shiboken6", "ui"}:
            found.append(name)
        elif top == "esf_desktop" and rest.split(".")[0] in set().union(*HOUSE):
            there = floor(name)
            same_part = rest.split(".")[0] == part
            if there > here or (there == here != 0 and not same_part):
                found.append(name)
    return found


@pytest.mark.parametrize("file", CORE, ids=name_of)
def test_a_module_imports_only_from_what_stands_above_it(file: Path) -> None:
    found = breaches(file.read_text("utf-8"), name_of(file), is_package=file.name == "__init__.py")
    assert not found, f"{name_of(file)} must not import {', '.join(found)}"


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from esf_desktop.secretariat import merge", "esf_desktop.exchange.bundle"),
        ("from esf_desktop import workspace", "esf_desktop.model"),
        ("def late():\n    import esf_desktop.cli", "esf_desktop.assessor.assess"),
        ("from esf_desktop.municipalities import by_code", "esf_desktop.framework"),
        ("from ..secretariat import merge", "esf_desktop.exchange.bundle"),
        ("from PySide6.QtCore import QObject", "esf_desktop.practice.texts"),
        ("if True:\n    from ui import desk", "esf_desktop.cli"),
    ],
)
def test_an_import_from_below_is_caught(source: str, module: str) -> None:
    assert breaches(source, module)


def test_an_import_from_above_or_beside_in_the_same_part_is_allowed() -> None:
    source = "from esf_desktop.model import Call\nfrom . import canonical\nfrom esf_desktop.i18n import _\nimport json"
    assert breaches(source, "esf_desktop.exchange.bundle") == []


@pytest.mark.parametrize("file", UI, ids=name_of)
def test_the_window_leaves_databases_keys_and_pdf_writing_to_the_core(file: Path) -> None:
    names = imports(file.read_text("utf-8"), name_of(file), is_package=file.name == "__init__.py")
    assert not [name for name in names if name.split(".")[0] in NOT_IN_UI]


TRAVELLING = [file for part in ("signing", "exchange") for file in sorted((TREE / "esf_desktop" / part).glob("*.py"))]
OTHER_READERS = {
    "zipfile",
    "tarfile",
    "shutil",
    "xml",
    "lxml",
    "defusedxml",
    "expat",
    "pyexpat",
    "asn1crypto",
    "pyhanko",
}


@pytest.mark.parametrize("file", TRAVELLING, ids=name_of)
def test_files_that_travel_have_one_reader(file: Path) -> None:
    names = imports(file.read_text("utf-8"), name_of(file))
    assert not [name for name in names if name.split(".")[0] in OTHER_READERS]


READS_BYTES = (
    *("signing.container", "signing.zipped", "signing.diagnosis", "signing.cms", "signing.template"),
    *("signing.manifest", "signing.misspelling", "signing.der", "signing.certificate", "signing.faults"),
    *("exchange.canonical", "exchange.spelling", "exchange.envelope", "exchange.checks", "exchange.bundle"),
    *("exchange.enrolment", "exchange.receipt", "exchange.verify"),
)
OUTSIDE = {
    "os",
    "io",
    "pathlib",
    "socket",
    "subprocess",
    "time",
    "random",
    "secrets",
    "locale",
    "threading",
    "tempfile",
}


@pytest.mark.parametrize("module", READS_BYTES)
def test_a_verdict_follows_from_bytes_and_trust_alone(module: str) -> None:
    source = (TREE / "esf_desktop" / f"{module.replace('.', '/')}.py").read_text("utf-8")
    assert not [name for name in imports(source, f"esf_desktop.{module}") if name.split(".")[0] in OUTSIDE]
    assert not re.search(r"\bopen\(|\.now\(|\.today\(|\bglobal\b", source)


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run the code in a Python of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=TREE)


BLOCK_QT = """
import importlib, sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "ui"}:
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Blocked())
for name in sys.argv[1:] or MODULES:
    importlib.import_module(name)
"""


def test_the_core_works_where_there_is_no_qt() -> None:
    modules = [name_of(file).removesuffix(".__init__") for file in CORE if file.stem != "__main__"]
    result = run(f"MODULES = {modules!r}\n{BLOCK_QT}")
    assert result.returncode == 0, result.stderr


def test_the_block_on_qt_blocks_qt() -> None:
    result = run(f"MODULES = ['PySide6.QtCore']\n{BLOCK_QT}")
    assert "PySide6 is blocked" in result.stderr


@pytest.mark.skipif(not (TREE / "ui" / "app.py").exists(), reason="there is no window yet")
def test_the_window_starts_without_what_it_needs_later() -> None:
    result = run("import sys, ui.app, ui.main_window; print(*sys.modules)")
    assert result.returncode == 0, result.stderr
    assert not NOT_AT_START & set(result.stdout.split())


CALLS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit
class Desk(QObject):
    changed = Signal(object)
app, desk, heard = QApplication([]), Desk(), []
field, timer = QLineEdit(), QTimer()
desk.changed.connect(heard.append)
before = sys.getrefcount(None)
for n in range(2000):
    desk.changed.emit(n)
    field.setText("å")
    timer.start(1000)
    timer.stop()
    desk.blockSignals(False)
assert len(heard) == 2000
print(before - sys.getrefcount(None))
"""


def test_two_thousand_calls_into_qt_lose_no_reference_to_none() -> None:
    result = run(CALLS)
    assert result.returncode == 0, result.stderr
    assert abs(int(result.stdout)) < 100


def declared() -> set[str]:
    """The libraries that the program says it needs, in lower case."""
    project = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]
    return {re.split(r"[<>=!;\[ ]", entry)[0].lower().replace("_", "-") for entry in project["dependencies"]}


def test_every_library_that_is_imported_is_declared_and_no_other() -> None:
    used = {
        name.split(".")[0]
        for file in [*CORE, *UI]
        for name in imports(file.read_text("utf-8"), name_of(file), is_package=file.name == "__init__.py")
    } - {"esf_desktop", "ui", *sys.stdlib_module_names}
    sources = packages_distributions()
    needed = {sources[name][0].lower().replace("_", "-") for name in used}
    only_loaded_by_others = {"rl-accel"}
    assert needed - {"shiboken6"} == declared() - only_loaded_by_others


def test_the_lock_names_no_host() -> None:
    assert not re.search(r"://|--(index|extra-index|find)-", (TREE / "requirements.lock").read_text("utf-8"))
