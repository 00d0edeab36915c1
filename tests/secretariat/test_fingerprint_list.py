"""The list of fingerprints: everybody once, what waits first, on paper that archives and screen readers take."""

from pathlib import Path

import pytest

from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.formatting import groups
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat import fingerprint_list, trust
from esf_desktop.secretariat.reports.fingerprint_pages import render
from esf_desktop.signing.keys import make_key
from tests.secretariat.files import enrolment, enrolment_of, key, register
from tests.secretariat.samples import AT, person
from tests.sheets.samples import faults, pages_of


def test_what_waits_comes_first_then_what_is_trusted_then_what_is_blocked(tmp_path: Path) -> None:
    own = register(tmp_path, people=3)
    trust.revoke(own, key(0).fingerprint, reason="Stulen", at=AT)
    second = make_key("Bedömare 2", "", at=AT)
    waiting = [("4.esfenrol", enrolment(4)), ("1.esfenrol", enrolment(1)), ("2.esfenrol", enrolment_of(1, second))]
    found = fingerprint_list.listed(own, waiting)
    assert [one.fingerprint for one in found] == [
        second.fingerprint,
        key(4).fingerprint,
        key(1).fingerprint,
        key(2).fingerprint,
        key(0).fingerprint,
    ]
    assert [one.standing for one in found[:2]] == ["att jämföra", "att jämföra"]
    assert found[2].standing == "godkänd sedan 2026-11-23"
    assert found[4].standing == "spärrad 2026-11-23: Stulen"


@pytest.mark.parametrize("language", Language)
def test_on_paper_every_group_of_every_key_is_there_and_pages_are_numbered(language: Language, tmp_path: Path) -> None:
    use(language)
    own = register(tmp_path, people=2)
    waiting = [(f"{n}.esfenrol", enrolment(n)) for n in range(2, 24)]
    file = tmp_path / "lista.pdf"
    assert fingerprint_list.write(own, file, waiting) == 24
    assert faults(file.read_bytes(), tmp_path) == []
    printed = " ".join(pages_of(file.read_bytes()))
    for n in range(24):
        assert person(n).name in printed
        assert all(group in printed for group in groups(key(n).fingerprint).split())
    assert ("sida 1 av 2" if language is Language.SWEDISH else "page 1 of 2") in printed


def test_a_long_or_missing_name_breaks_nothing(tmp_path: Path) -> None:
    odd = [
        fingerprint_list.Listed(name, name, "", key(0).fingerprint, "")
        for name in ("Å" * 200, "ord " * 50, "\U0001f600")
    ]
    file = tmp_path / "lista.pdf"
    file.write_bytes(render("", "", odd))
    assert faults(file.read_bytes(), tmp_path) == []


def test_a_bad_enrolment_or_place_writes_nothing(tmp_path: Path) -> None:
    own = register(tmp_path, people=1)
    with pytest.raises(EsfError):
        fingerprint_list.write(own, tmp_path / "a.pdf", [("a.esfenrol", b"x")])
    with pytest.raises(ExportFailedError):
        fingerprint_list.write(own, tmp_path / "register.esfdb" / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()
