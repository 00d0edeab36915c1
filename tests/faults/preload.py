"""The library that sees, and fails, each call on a file: compiled when a test first needs it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("calls.c")


def library(folder: Path) -> Path:
    """The compiled library, in a folder of the test; the test is skipped, and says why, where it cannot be made."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("NOT TESTED: power cuts and failing disks need Linux and a C compiler (cc)")
    made = folder / "calls.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", made, SOURCE, "-ldl"], check=True
    )
    return made


def run_under(made: Path, module: str, *arguments: object, **settings: object) -> str:
    """What a program of ours says when its calls go through the library."""
    environment = os.environ | {"LD_PRELOAD": str(made)} | {name: str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", module, *map(str, arguments)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
