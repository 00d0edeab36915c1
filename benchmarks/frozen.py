"""Frozen programs for comparison: a bare window, and one that brings the same libraries, made once and kept."""

import importlib.metadata
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

OURS = Path("dist/esf-desktop")
BARE = Path("build/bench-frozen")
WINDOW = Path("benchmarks/limits/window.py")
NOT_FOR_US = {"shiboken", "shiboken6"}
"""Names that their owner itself imports."""


def there() -> bool:
    """Whether there is a frozen program to measure; `make freeze` makes it."""
    return (OURS / "esf-desktop").exists()


def make() -> None:
    """Freeze both windows as PyInstaller does it by itself, stripped as ours is; what is there is kept."""
    BARE.mkdir(parents=True, exist_ok=True)
    loaded = BARE / "loaded.py"
    names = "\n".join(f"import {name}" for name in _modules())
    loaded.write_text(f"{WINDOW.read_text('utf-8')}\n{names}\n", "utf-8")
    for script, name in ((WINDOW, "bare"), (loaded, "loaded")):
        if not (BARE / name / name).exists():
            places = ["--distpath", str(BARE), "--workpath", str(BARE / "work"), "--specpath", str(BARE / "work")]
            command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--strip", *places]
            subprocess.run([*command, "--name", name, str(script.resolve())], check=True)


def until(command: Sequence[str | Path], **names: str) -> None:
    """Start the program and say, under those names, how long it took until it said each word."""
    began = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert program.stdout is not None
    for line in program.stdout:
        now = time.perf_counter()
        if (word := line.strip()) in names:
            print(names[word], now - began, flush=True)
    if program.wait() != 0:
        sys.exit(f"{command[0]} failed")


def size(folder: Path) -> int:
    """The bytes of its files; a second name of a file counts for nothing."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _modules() -> list[str]:
    """What the program's own declared libraries are imported by."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[<>=!;\[ ]", entry)[0].lower().replace("_", "-") for entry in project["dependencies"]}
    found = importlib.metadata.packages_distributions()
    names = [name for name, owners in found.items() if {one.lower().replace("_", "-") for one in owners} & wanted]
    return sorted(
        name for name in names if name.isidentifier() and not name.startswith("_") and name.lower() not in NOT_FOR_US
    )
