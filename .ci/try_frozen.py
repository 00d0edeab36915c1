"""Try a frozen program: the window paints with the practice round in its list, and `esf demo` does the whole job."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ENDING = ".exe" if os.name == "nt" else ""
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "packaging"))

INSIDE = ("PySide6", "alembic.command", "docx", "psycopg", "reportlab", "sqlalchemy.dialects.postgresql.psycopg")
OUTSIDE = ("numpy", "pytest", "tkinter", "unittest", "yaml", "PySide6.QtNetwork")
"""Modules that some deed loads late, and modules that only libraries of the checks would load."""


def main(folder: Path, out: Path) -> None:
    """Start both programs of the folder as a stranger would, without this tree's Python and the person's settings."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        stranger = {**kept, "HOME": home, "LOCALAPPDATA": home, "APPDATA": home, "LC_ALL": "C.UTF-8"}
        stranger |= {"QT_QPA_PLATFORM": "offscreen"}
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        say(f"{folder} is {size / 1e6:.0f} MB")
        held(folder)
        say("the window, offscreen, with the practice round")
        subprocess.run(
            [folder / f"esf-desktop{ENDING}", "--practice", "--smoke"], env=stranger, check=True, timeout=300
        )
        say(f"esf demo {out}")
        subprocess.run([folder / f"esf{ENDING}", "demo", str(out)], env=stranger, check=True, timeout=600)
        bundles = sorted((out / "bundles").glob("*.esfbundle"))
        if not bundles:
            sys.exit("frozen: the demo left no bundle")
        subprocess.run([folder / f"esf{ENDING}", "verify", *bundles], env=stranger, check=True, timeout=300)
    say("both programs work")


def held(folder: Path) -> None:
    """The folder holds what is loaded late, nothing that is only for checks, and the two things said of it."""
    from inside import LICENCES, SBOM, modules

    names = {*modules(folder)}
    wrong = [name for name in INSIDE if name not in names] + [name for name in OUTSIDE if name in names]
    beside = [
        folder / SBOM,
        folder / LICENCES,
        folder / "_internal" / "docx" / "parts" / ".." / "templates" / "default.docx",
    ]
    wrong += [file.name for file in beside if not file.exists()]
    if wrong:
        sys.exit(f"frozen: not as it should be: {', '.join(wrong)}")


def say(what: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"frozen: {what}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
