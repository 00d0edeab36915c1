"""Every frozen file gets the answer that stands beside it; the script makes the same files again."""

from collections import Counter
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.faults import Fault
from tests.vectors import run
from tests.vectors.making.__main__ import FOLDER, files
from tests.vectors.run import Expected, frozen

AT_LEAST = {"container": 60, "signature": 60, "payload": 50}
NOT_IN_A_SMALL_FILE = {
    Fault.FILE_SIZE,
    Fault.MEMBER_SIZE,
    Fault.TOO_MANY_MEMBERS,
    Fault.MANIFEST_TOO_LARGE,
}
"""Faults of large files, which the reader's own tests make."""


def by(*kinds: str) -> list[Expected]:
    """The vectors that are read so."""
    return [vector for vector in frozen() if vector.by in kinds]


@pytest.mark.parametrize("vector", by("verify"), ids=lambda vector: vector.name)
def test_a_vector_is_answered_for_its_own_reason(vector: Expected) -> None:
    assert run.examined(vector) == vector.verdict, vector.said["sentence"]


@pytest.mark.parametrize("vector", by("merge"), ids=lambda vector: vector.name)
def test_a_register_answers_a_vector(vector: Expected, tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.esfdb") as register:
        run.prepared(register, vector)
        before = register.logical_hash()
        outcome, code, states = run.merged(register, vector)
        assert (outcome, code, list(states)) == tuple(vector.said[key] for key in ("outcome", "code", "states"))
        assert (register.logical_hash() == before) == (outcome in ("refused", "duplicate"))


@pytest.mark.parametrize("vector", by("call"), ids=lambda vector: vector.name)
def test_a_register_takes_or_refuses_a_call(vector: Expected, tmp_path: Path) -> None:
    with Register.open(tmp_path / "register.esfdb") as register:
        run.prepared(register, vector)
        before, code = register.logical_hash(), None
        try:
            trust.add_call(register, vector.content, file=vector.path.name, at=run.AT)
        except EsfError as error:
            code = error.code
        assert code == vector.said["code"], vector.said["sentence"]
        assert (register.logical_hash() == before) == (code is not None)


def test_there_are_enough_of_each_kind_and_one_fault_in_each() -> None:
    counted = Counter(vector.name.partition("/")[0] for vector in frozen())
    assert counted["trust"] + counted["revision"] >= 30
    for kind, least in AT_LEAST.items():
        assert counted[kind] >= least
    assert len(frozen()) >= 200
    assert sum(file.stat().st_size for file in FOLDER.glob("*/*.esf*")) < 5 * 2**20


def test_every_fault_has_its_vector() -> None:
    shown = {vector.said["fault"] for vector in frozen()}
    assert set(Fault) - shown == NOT_IN_A_SMALL_FILE


def test_the_script_makes_the_same_files_again() -> None:
    made = files()
    for name, content in made.items():
        assert (FOLDER / name).read_bytes() == content, f"{name} is frozen; do not make it otherwise"
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*") if path.suffix not in (".py", ".pyc")}
    assert there - {"making/__pycache__"} == made.keys()
