"""Bundles examined by several processes are examined as by one, whatever becomes of the helpers."""

import sys
from collections.abc import Sequence
from functools import cache

import pytest

from esf_desktop.errors import UnreadableFileError
from esf_desktop.exchange.call_package import read_call_package
from esf_desktop.secretariat import verifying
from esf_desktop.secretariat.admission import Version
from esf_desktop.secretariat.examining import Examined, Examiner, Known, Refused, Source, Trusted
from esf_desktop.secretariat.verifying import WORTH_HELP, Verifiers
from tests.secretariat.files import assessment, bundle, call_package, key
from tests.secretariat.samples import person

DIES = "import sys; from esf_desktop.secretariat import verifier as v; {then}"
ENDS = {
    "at once": "sys.exit(1)",
    "after one part": "n = [2]; r = v.receive; v.receive = lambda s: n.__setitem__(0, n[0] - 1) or (r(s) if n[0] >= 0 else b''); v.main()",  # noqa: E501
    "with nonsense": "v.receive(sys.stdin.buffer); v.receive(sys.stdin.buffer); v.send(sys.stdout.buffer, b'hej')",
}


@pytest.fixture(scope="module")
def examiner() -> Examiner:
    """What bundles are examined against: two assessors, one of them blocked, and a call."""
    signed = read_call_package(call_package(), file="a.esfcall")
    signers = {key(n).fingerprint: Trusted(person(n).id, person(n).name, None) for n in range(2)}
    signers[key(2).fingerprint] = Trusted(person(2).id, person(2).name, "2026-01-01T00:00:00+00:00")
    return Examiner(Known(signers, (Version(signed.call, signed.sha256, signed.fingerprint),)))


@cache
def files() -> Sequence[Source]:
    """Enough to be worth help: good ones, altered ones, one that could not be read, one by a blocked signer."""
    good = [bundle(n % 2, [assessment(n % 3, salt=n)]) for n in range(20)]
    some: list[Source] = [(f"{n}.esfbundle", content) for n, content in enumerate(good * (WORTH_HELP // 20))]
    some[7] = ("7.esfbundle", good[7][:-1])
    some[60] = ("60.esfbundle", UnreadableFileError("60.esfbundle"))
    some[61] = ("61.esfbundle", bundle(2, [assessment()]))
    return some


def shown(found: Sequence[Examined | Refused]) -> list[object]:
    return [(one.problem.code, one.fingerprint) if isinstance(one, Refused) else one for one in found]


def test_helpers_find_what_one_process_finds(examiner: Examiner) -> None:
    alone = [examiner.examine(*file) for file in files()]
    assert [n for n, one in enumerate(alone) if isinstance(one, Refused)] == [7, 60, 61]
    with Verifiers(2) as verifiers:
        first, second = verifiers.begin(examiner, files()), verifiers.begin(examiner, files()[::-1])
        assert shown(first.finish()) == shown(alone)
        assert shown(second.finish()) == shown(alone[::-1])


@pytest.mark.parametrize("end", ENDS)
def test_what_a_dying_helper_had_under_way_is_done_by_others(
    examiner: Examiner, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_command", lambda: [sys.executable, "-c", DIES.format(then=ENDS[end])])
    with Verifiers(1) as verifiers:
        batch = verifiers.begin(examiner, files())
        assert shown(batch.finish()) == shown([examiner.examine(*file) for file in files()])


def test_without_a_process_to_help_everything_is_done_here(examiner: Examiner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_command", lambda: ["/finns/inte"])
    with Verifiers(2) as verifiers:
        found = verifiers.begin(examiner, files()).finish()
    assert shown(found) == shown([examiner.examine(*file) for file in files()])


def test_a_helper_is_told_anew_when_something_else_is_known(examiner: Examiner) -> None:
    nobody = Examiner(Known({}, examiner.known.versions))
    with Verifiers(1) as verifiers:
        assert shown(verifiers.begin(nobody, files()).finish()) == shown([nobody.examine(*f) for f in files()])
        assert shown(verifiers.begin(examiner, files()).finish()) == shown([examiner.examine(*f) for f in files()])
