"""Two officers who merge into one register on a server at the same time lose nothing and double nothing."""

import os
from collections import Counter
from pathlib import Path

import pytest

from esf_desktop.secretariat.merge import Outcome
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.view import view_sha256
from tests.faults import officers
from tests.postgres import Server
from tests.secretariat import files

LONG = int(os.environ.get("ESF_SOAK_OFFICERS", "200"))


def rounds(server: Server, folder: Path, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """So many registers, each filled by two officers at once and compared with one that was filled by one alone."""
    officers.prepare(folder / "in")
    bundles = [path.read_bytes() for path in sorted((folder / "in").glob("*.esfbundle"))]
    with files.register(folder) as alone:
        files.merged(alone, *bundles)
        expected = view_sha256(alone)
    counts: Counter[str] = Counter()
    for seed in range(number):
        address = server.new()
        files.furnished(Register.open(address)).close()
        told = [each for officer in officers.together(address, folder / "in", seed) for each in officer]
        with Register.open(address) as after:
            registered = {bundle.sha256: bundle.number for bundle in after.bundles()}
            new = [each for each in told if each.outcome != Outcome.DUPLICATE]
            assert sorted(each.sha256 for each in new) == sorted(registered), "each file is new to exactly one officer"
            assert all(registered[each.sha256] == each.number for each in told)
            assert faults(after) == ()
            assert view_sha256(after) == expected
            events = after.events()
        server.drop(address)
        counts.update(officers=2, merges=len(told), events=len(events), bundles=len(registered))
    with capsys.disabled():
        print(f"\ntwo officers: {number} registers, {dict(counts)}, 0 lost, 0 doubled, 0 broken chains")


def test_two_officers_at_once_lose_and_double_nothing(
    postgres: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds(postgres, tmp_path, 2, capsys)


@pytest.mark.soak
def test_two_officers_at_once_lose_and_double_nothing_for_long(
    postgres: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds(postgres, tmp_path, LONG, capsys)


def test_officers_who_do_not_wait_for_each_other_are_caught(postgres: Server, tmp_path: Path) -> None:
    officers.prepare(tmp_path / "in")
    for seed in range(20):
        address = postgres.new()
        files.furnished(Register.open(address)).close()
        mistake = None
        try:
            list(officers.together(address, tmp_path / "in", seed, "careless"))
        except RuntimeError as error:
            mistake = error
        postgres.drop(address)
        if mistake is not None:
            break
    assert "UniqueViolation" in str(mistake)
