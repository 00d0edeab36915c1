"""Processes of their own in interleaved rounds, and the medians of what they say."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

Figures = dict[str, float]
"""Seconds by the name of what was timed."""


def figures(module: str, material: Path) -> Figures:
    """What one process of the module says, started now.

    A line `NAME SECONDS` is taken as it stands; a line `NAME` is the time from the start of the process until then.

    Raises:
        SystemExit: the process failed; its last words are shown.
    """
    own = Path(tempfile.mkdtemp(prefix="esf-bench-", dir=material))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(own),
        "XDG_STATE_HOME": str(own),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(material), str(own)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    said: Figures = {}
    assert process.stdout is not None
    assert process.stderr is not None
    for line in process.stdout:
        now = time.perf_counter()
        match line.split():
            case [name, seconds]:
                said[name] = float(seconds)
            case [name]:
                said[name] = now - began
    wrong = process.stderr.read()
    if process.wait() != 0:
        sys.exit(f"{module} failed:\n{wrong}")
    shutil.rmtree(own, ignore_errors=True)
    return said


def interleaved(
    modules: Sequence[str], material: Path, *, rounds: int, tell: Callable[[str], None] = lambda _what: None
) -> Mapping[str, float]:
    """The median of each figure over the rounds; the first round of each only warms the machine."""
    said: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        for module in modules:
            tell(f"{module}, round {number} of {rounds}")
            for name, seconds in figures(module, material).items():
                if number:
                    said.setdefault(name, []).append(seconds)
    return {name: median(all_of_it) for name, all_of_it in said.items()}


def once(
    modules: Sequence[str], material: Path, *, tell: Callable[[str], None] = lambda _what: None
) -> Mapping[str, float]:
    """What each module says that takes minutes, and so is run once."""
    said: dict[str, float] = {}
    for module in modules:
        tell(f"{module}, once")
        said |= figures(module, material)
    return said


def repeatedly(
    name: str, work: Callable[[], object], *, times: int, before: Callable[[], object] = lambda: None
) -> None:
    """Say how long one piece of work takes that is done many times in this process; what is done before is not told."""
    seconds = []
    for _number in range(times):
        before()
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    say(name, seconds)


def slowly(
    name: str, work: Callable[[int], object], numbers: Iterable[int], *, between: Callable[[], object] = lambda: None
) -> None:
    """Say the 95th percentile of one piece of work that is done once for each number, and what is done between."""
    seconds = []
    for number in numbers:
        began = time.perf_counter()
        work(number)
        seconds.append(time.perf_counter() - began)
        between()
    print(f"{name}_p95", sorted(seconds)[len(seconds) * 95 // 100])


def say(name: str, seconds: Sequence[float]) -> None:
    """Say the median and the 99th percentile."""
    print(name, median(seconds))
    print(f"{name}_p99", sorted(seconds)[min(len(seconds) - 1, len(seconds) * 99 // 100)])
