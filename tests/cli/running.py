"""`esf` as a process of its own, forked from one that has its libraries: as true as starting it, and quicker."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

TREE = Path(__file__).resolve().parents[2]
PATIENCE = 300
"""Seconds that one command may take on a busy machine."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["esf_desktop.cli.program", "esf_desktop.exchange.verify", "esf_desktop.practice"])


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


def run(*words: object, **environment: str) -> Done:
    """Run `esf` with these words, and these variables on top of the environment."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = ([str(word) for word in words], {**os.environ, **environment}, out, err)
        process = _processes.Process(target=_esf, args=asked)
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(words)
        return Done(out.read_text("utf-8"), err.read_text("utf-8"), process.exitcode)


def _esf(words: list[str], environment: Mapping[str, str], out: Path, err: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(TREE)
    for number, target in ((1, out), (2, err)):
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT)
        os.dup2(descriptor, number)
        os.close(descriptor)
    sys.argv = ["esf", *words]
    from esf_desktop.cli import main

    main()
