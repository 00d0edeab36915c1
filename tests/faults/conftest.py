"""The counts of every harness, which the end of the run prints, whichever process has counted."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Count = Callable[[str, Mapping[str, object]], None]


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Count:
    """Keeps what a harness has counted, for the summary of the run."""

    def keep(harness: str, counts: Mapping[str, object]) -> None:
        said = ", ".join(f"{name} {number:,}" for name, number in counts.items())
        record_property("counts", f"{harness}: {said}")

    return keep


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder that no disk makes slow, where the system has one: what syncs are worth is not tried there."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
