"""Two officers at one register: processes of their own that merge, answer and decide at random moments.

`python -m tests.faults.officers FOLDER SEED [careless]` is one officer. The address comes from the environment,
because it holds a password. Each merge is told on standard output. A careless one does not wait for the other.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from esf_desktop.secretariat import server, trust
from esf_desktop.secretariat.merge import Outcome, Row, merge
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from esf_desktop.signing.keys import load_key, save_key
from tests.secretariat import files
from tests.secretariat.samples import AT

PLACE = "ESF_TEST_REGISTER"
DEEDS = 12


class Merged(NamedTuple):
    """What one officer was told of one file."""

    sha256: str
    outcome: str
    number: int


def prepare(folder: Path) -> None:
    """Bundles of three assessors with revisions, forks and repetitions, enrolments, and the secretariat's key."""
    folder.mkdir()
    for n in range(3):
        first = files.assessment(n)
        second, other = files.revised(first), files.revised(first, salt=1)
        whole = [[first], [second], [other], [first, files.assessment((n + 1) % 3)], [files.revised(second, other)]]
        for place, assessments in enumerate(whole):
            (folder / f"{n}-{place}.esfbundle").write_bytes(files.bundle(n, assessments))
        (folder / f"{n}.esfenrol").write_bytes(files.enrolment(n))
    save_key(files.secretariat_key(), folder / "key.pem", None)


def together(address: Address, folder: Path, seed: int, *careless: str) -> Iterator[list[Merged]]:
    """What each of two officers was told who worked at the same time.

    Raises:
        RuntimeError: one of them ended in a mistake.
    """
    environment = {**os.environ, PLACE: address.url.render_as_string(hide_password=False)}
    command = [sys.executable, "-m", "tests.faults.officers", str(folder)]
    running = [
        subprocess.Popen(
            [*command, str(2 * seed + n), *careless],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(2)
    ]
    ended = [(officer, *officer.communicate()) for officer in running]
    for officer, _told, wrong in ended:
        if officer.returncode:
            raise RuntimeError(wrong)
    for _officer, told, _wrong in ended:
        yield [Merged(*json.loads(line)) for line in told.splitlines()]


def work(register: Register, folder: Path, seed: int) -> None:
    """Do a number of things at random moments, then whatever is left."""
    chance = random.Random(seed)
    bundles = sorted(folder.glob("*.esfbundle"))
    enrolments = sorted(folder.glob("*.esfenrol"))
    key = load_key(folder / "key.pem", None)
    for _deed in range(DEEDS):
        time.sleep(chance.random() / 200)
        match chance.randrange(4):
            case 0:
                write_receipts(register, key, folder / f"receipts-{seed}", at=AT)
            case 1:
                content = chance.choice(enrolments).read_bytes()
                trust.decline(register, content, file="a.esfenrol", at=AT, by=str(seed))
            case _:
                _take(register, chance.sample(bundles, chance.randint(1, 6)))
    _take(register, chance.sample(bundles, len(bundles)))


def _take(register: Register, bundles: list[Path]) -> None:
    rows = merge(register, [(path.name, path.read_bytes()) for path in bundles], at=AT)
    for row in rows:
        print(json.dumps(_told(row)), flush=True)


def _told(row: Row) -> Merged:
    assert row.outcome is not Outcome.REFUSED
    assert row.number is not None
    return Merged(row.sha256, row.outcome.value, row.number)


if __name__ == "__main__":
    if sys.argv[3:] == ["careless"]:
        server.ALONE = "SELECT 1"
    with Register.open(os.environ[PLACE]) as opened:
        work(opened, Path(sys.argv[1]), int(sys.argv[2]))
