"""Every bad signer and key of the list in both languages: one sentence with its code, and nothing was changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esf_desktop.errors import EsfError
from esf_desktop.i18n import Language, use
from esf_desktop.model import CallId
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.keys import key_from_bytes, key_to_bytes, load_key, make_key
from tests.secretariat.files import (
    CALL,
    assessment,
    bundle,
    call_package,
    enrolment_of,
    key,
    merged,
    package,
    register,
)
from tests.secretariat.samples import AT

LOCKED = key_to_bytes(key(0), "sex goda ord")


@pytest.fixture
def own(tmp_path: Path) -> Register:
    """A register that knows the call and two assessors, of whom the second is blocked."""
    made = register(tmp_path, people=2)
    trust.revoke(made, key(1).fingerprint, reason="Stulen", at=AT)
    merged(made, bundle(0, [assessment(1)]))
    return made


BUNDLES: dict[str, tuple[Callable[[], bytes], str]] = {
    "an unknown key": (lambda: bundle(2, [assessment()]), "unknown_signer"),
    "a blocked key": (lambda: bundle(1, [assessment()]), "revoked_signer"),
    "the key of somebody else": (lambda: bundle(2, [assessment()], signer=key(0)), "wrong_person"),
    "another secretariat": (lambda: bundle(0, [assessment()], to="ab" * 32), "wrong_addressee"),
    "another call": (lambda: bundle(0, [assessment()], call_id="2027-ON-9"), "wrong_call"),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", BUNDLES)
def test_a_bundle_of_a_bad_signer_changes_nothing(name: str, language: Language, own: Register) -> None:
    use(language)
    make, code = BUNDLES[name]
    before = own.logical_hash()
    (row,) = merged(own, make())
    assert (row.code, own.logical_hash()) == (code, before)
    told_whole(row.sentence(), "0.esfbundle")


@pytest.mark.parametrize("language", Language)
def test_the_same_bundle_again_changes_nothing(language: Language, tmp_path: Path) -> None:
    use(language)
    own, content = register(tmp_path, people=1), bundle(0, [assessment()])
    merged(own, content)
    before = own.logical_hash()
    (row,) = merged(own, content)
    assert (row.code, own.logical_hash()) == ("duplicate", before)
    told_whole(row.sentence(), "0.esfbundle")


CHANGES: dict[str, tuple[Callable[[Register], object], str]] = {
    "an enrolment of a blocked key": (lambda own: enrolled(own, 1, 1), "revoked_signer"),
    "an enrolment of somebody else's key": (lambda own: enrolled(own, 2, 0), "wrong_person"),
    "a fingerprint that nobody has": (lambda own: trust.revoke(own, "ab" * 32, at=AT), "not_enrolled"),
    "a call from a renewed key": (lambda own: added(own, renewed_call()), "other_secretariat"),
    "another call": (lambda own: added(own, package(replaced(CALL, id=CallId("2027-ON-1")))), "wrong_call"),
    "a practice call": (lambda own: added(own, call_package(2, practice=True)), "practice_data"),
    "a key file under another passphrase": (
        lambda _own: key_from_bytes(LOCKED, "fel ord", file="nyckel.pem"),
        "wrong_passphrase",
    ),
    "a key file that is damaged": (
        lambda _own: key_from_bytes(LOCKED.replace(b"A", b"B", 1), "sex goda ord", file="nyckel.pem"),
        "bad_key_file",
    ),
    "a key file that is missing": (lambda _own: load_key(Path("/finns/inte.pem"), None), "unreadable"),
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", CHANGES)
def test_a_bad_key_is_one_sentence_and_changes_nothing(name: str, language: Language, own: Register) -> None:
    use(language)
    act, code = CHANGES[name]
    before = own.logical_hash()
    with pytest.raises(EsfError) as caught:
        act(own)
    assert (caught.value.code, own.logical_hash()) == (code, before)
    told_whole(caught.value.sentence())


def test_the_two_languages_say_it_differently(own: Register) -> None:
    said = []
    for language in Language:
        use(language)
        (row,) = merged(own, BUNDLES["a blocked key"][0]())
        said.append(row.sentence())
    assert said[0] != said[1]


def told_whole(sentence: str, *names: str) -> None:
    """It is one sentence or two, short but for what it names."""
    assert all(name in sentence for name in names)
    assert sentence.endswith(".")
    assert 20 < len(sentence) <= 185, sentence


def enrolled(own: Register, person: int, signer: int) -> object:
    """What came of an enrolment of a person by the key of perhaps another."""
    return trust.enrol(own, enrolment_of(person, key(signer)), file="a.esfenrol", at=AT)


def added(own: Register, content: bytes) -> object:
    """What came of a call package."""
    return trust.add_call(own, content, file="a.esfcall", at=AT)


def renewed_call() -> bytes:
    """The next version, signed by a key that nobody has compared."""
    return package(replaced(CALL, call_version=2), make_key("Sekretariatet", "", at=AT))
