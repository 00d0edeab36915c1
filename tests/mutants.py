"""`python -m tests.mutants`: the verifier with one thing wrong in it, a thousand times over; a test must notice it.

It works on a copy in `build/mutants`. What survives must stand in docs/mutants.md, with the reason why.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TREE = Path(__file__).resolve().parent.parent
COPY = TREE / "build" / "mutants"
KNOWN = TREE / "docs" / "mutants.md"
COPIED = ("esf_desktop", "resources", "tests", "docs", "pyproject.toml")


def known() -> set[str]:
    """The lines of docs/mutants.md that are known to survive, each as a function and its changed line."""
    return {
        f"{where}: {line}"
        for where, line in re.findall(r"^\| `(\w+)` \| `(.+?)` \|", KNOWN.read_text("utf-8"), re.MULTILINE)
    }


def mutmut(*words: str) -> str:
    """What mutmut prints in the copy."""
    command = [sys.executable, "-W", "ignore", "-m", "mutmut", *words]
    return subprocess.run(command, cwd=COPY, capture_output=True, text=True, errors="replace", check=False).stdout


def survivors() -> Iterator[str]:
    """What survived, in the form of `known`."""
    for name in re.findall(r"(\S+): (?:survived|no tests|suspicious)", mutmut("results")):
        changed = re.findall(r"^\+(?!\+\+)\s*(.*)$", mutmut("show", name), re.MULTILINE)
        function = re.sub(r"^.*\.x_?|__mutmut_\d+$", "", name).replace("ǁ", "_").strip("_")
        yield f"{function}: {' '.join(changed)}"


def main() -> None:
    """Make the mutants, run the tests on each, and say what survived unexpectedly."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in COPIED:
        source = TREE / name
        if source.is_dir():
            shutil.copytree(source, COPY / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
        else:
            shutil.copy(source, COPY / name)
    print("mutants: making and trying them; this takes half an hour", flush=True)
    mutmut("run", "--max-children", "2")
    found = set(survivors())
    for line in sorted(found - known()):
        print(f"mutants: survived, and is not in docs/mutants.md: {line}")
    print(f"mutants: {len(found)} survived, {len(found & known())} of them known to change nothing")
    sys.exit(1 if found - known() else 0)


if __name__ == "__main__":
    main()
