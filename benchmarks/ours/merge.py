"""A thousand bundles verified and merged into a new register that knows the call and the assessors."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.material import AT
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import Outcome, merge
from esf_desktop.secretariat.register import Register


@contextmanager
def new_register(path: Path, material: Path) -> Iterator[Register]:
    """A register that knows the call and the assessors, and has no bundle yet."""
    with Register.open(path) as register:
        package = material / "call.esfcall"
        trust.add_call(register, package.read_bytes(), file=package.name, at=AT)
        for enrolment in sorted((material / "enrolments").iterdir()):
            trust.enrol(register, enrolment.read_bytes(), file=enrolment.name, at=AT)
        yield register


def merge_all(register: Register, files: Sequence[Path]) -> None:
    """Read and merge every bundle, each of which must be taken."""
    rows = merge(register, ((file.name, file.read_bytes()) for file in files), at=AT)
    assert [row.outcome for row in rows] == [Outcome.REGISTERED] * len(files)


if __name__ == "__main__":
    material = Path(sys.argv[1])
    with new_register(Path(sys.argv[2]) / "register.esfdb", material) as register:
        files = sorted((material / "bundles").glob("*.esfbundle"))
        began = time.perf_counter()
        merge_all(register, files)
        print("merge", time.perf_counter() - began)
