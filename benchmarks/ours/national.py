"""Ten thousand and a hundred thousand bundles merged, the memory that each takes, and verifying with help.

`python -m benchmarks.ours.national MATERIAL OWN`; a bundle is read when merging asks for it, and a row is looked at and
let go of, as `esf merge` does.
"""

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.material import AT
from benchmarks.national import arriving
from benchmarks.ours.merge import new_register
from esf_desktop.secretariat.examining import Examiner
from esf_desktop.secretariat.merge import Outcome, known, merged_rows
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.verifying import Verifiers

AT_ONCE = 1_000


def merge(register: Register, material: Path, count: int) -> float:
    """The seconds that merging the first so many takes; every one must be taken."""
    began = time.perf_counter()
    taken = sum(row.outcome is Outcome.REGISTERED for row in merged_rows(register, arriving(material, count), at=AT))
    assert taken == count
    return time.perf_counter() - began


def peak() -> float:
    """The most memory that this process has had, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def verify(examiner: Examiner, files: Sequence[tuple[str, bytes]], helpers: int) -> float:
    """The seconds that verifying the files takes with so many processes to help; they are started before."""
    with Verifiers(helpers) as verifiers:
        verifiers.begin(examiner, files[:AT_ONCE]).finish()
        began = time.perf_counter()
        for start in range(0, len(files), AT_ONCE):
            verifiers.begin(examiner, files[start : start + AT_ONCE]).finish()
        return time.perf_counter() - began


if __name__ == "__main__":
    material, own = map(Path, sys.argv[1:])
    for name, count in (("merged_10k", 10_000), ("merged_100k", 100_000)):
        with new_register(own / f"{name}.esfdb", material) as register:
            print(name, merge(register, material, count), flush=True)
        print(f"memory_{name}", peak(), flush=True)
    with new_register(own / "verified.esfdb", material) as register, register.reading() as connection:
        examiner = Examiner(known(connection))
    files = list(arriving(material, 5_000))
    print("verified_alone", verify(examiner, files, 0))
    print("verified_together", verify(examiner, files, 1))
