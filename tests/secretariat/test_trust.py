"""Trust is decided by people, one certificate at a time, and each decision is an event of the register."""

from datetime import date
from pathlib import Path

import pytest

from esf_desktop.errors import BelongsElsewhereError, EsfError, FileError, RevokedSignerError, WrongPersonError
from esf_desktop.formatting import groups
from esf_desktop.i18n import Language, use
from esf_desktop.model import CallId
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.errors import (
    ChangedCallError,
    NotEnrolledError,
    OtherSecretariatError,
    PracticeDataError,
    RealDataError,
)
from esf_desktop.secretariat.events import BrokenChainError, Kind
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.tables import event
from esf_desktop.signing.keys import make_key
from esf_desktop.workspace.database import DamagedDatabaseError, PassphraseNeededError
from tests.secretariat.files import (
    CALL,
    assessment,
    bundle,
    call_package,
    enrolment,
    enrolment_of,
    key,
    merged,
    package,
    register,
    secretariat_key,
)
from tests.secretariat.samples import AT, person


@pytest.fixture
def own(tmp_path: Path) -> Register:
    """A register that knows the call and two assessors."""
    return register(tmp_path, people=2)


def test_an_enrolled_key_is_trusted_until_it_is_revoked(own: Register) -> None:
    assert set(trust.trusted(own)) == {key(0).fingerprint, key(1).fingerprint}
    trust.revoke(own, groups(key(0).fingerprint), at=AT)
    assert set(trust.trusted(own)) == {key(1).fingerprint}
    assert [e.kind for e in own.events()] == [Kind.CALL_ADDED, Kind.ENROLLED, Kind.ENROLLED, Kind.REVOKED]


def test_enrolling_or_revoking_twice_changes_nothing(own: Register) -> None:
    trust.revoke(own, key(0).fingerprint, at=AT)
    before = own.logical_hash()
    trust.revoke(own, key(0).fingerprint, at=AT)
    assert not trust.enrol(own, enrolment(1), file="a.esfenrol", at=AT).new
    assert own.logical_hash() == before


def test_a_second_key_of_a_person_is_told_with_the_first(own: Register) -> None:
    found = trust.enrol(own, enrolment_of(0, make_key("Bedömare 1", "", at=AT)), file="b.esfenrol", at=AT)
    assert (found.new, found.other_keys) == (True, (key(0).fingerprint,))
    assert [p.id for p in own.people()] == [person(0).id, person(1).id]


def test_what_cannot_be_trusted_is_refused_and_changes_nothing(own: Register) -> None:
    trust.revoke(own, key(0).fingerprint, at=AT)
    before = own.logical_hash()
    bad: list[tuple[bytes, type[FileError]]] = [
        (enrolment(0), RevokedSignerError),
        (enrolment_of(2, key(1)), WrongPersonError),
        (b"", FileError),
        (call_package(), FileError),
    ]
    for content, kind in bad:
        with pytest.raises(kind) as caught:
            trust.enrol(own, content, file="a.esfenrol", at=AT)
        assert "a.esfenrol" in caught.value.sentence()
    with pytest.raises(NotEnrolledError) as unknown:
        trust.revoke(own, "ab" * 32, at=AT)
    assert unknown.value.code == "not_enrolled"
    assert own.logical_hash() == before


CALLS: list[tuple[bytes, type[EsfError], str]] = [
    (package(replaced(CALL, title="Ny rubrik")), ChangedCallError, "changed_call"),
    (package(replaced(CALL, id=CallId("2027-ON-1"))), BelongsElsewhereError, "wrong_call"),
    (package(replaced(CALL, call_version=2), key(0)), OtherSecretariatError, "other_secretariat"),
    (call_package(2, practice=True), PracticeDataError, "practice_data"),
]


@pytest.mark.parametrize(("content", "kind", "code"), CALLS, ids=[code for _content, _kind, code in CALLS])
def test_a_call_that_does_not_belong_is_refused_and_changes_nothing(
    content: bytes, kind: type[EsfError], code: str, own: Register
) -> None:
    before = own.logical_hash()
    with pytest.raises(kind) as caught:
        trust.add_call(own, content, file="b.esfcall", at=AT)
    assert own.logical_hash() == before
    for language in Language:
        use(language)
        assert caught.value.code == code
        assert "b.esfcall" in caught.value.sentence()
        assert len(caught.value.sentence()) <= 180


def test_a_practice_register_refuses_a_real_call(tmp_path: Path) -> None:
    practice = register(tmp_path, call=False)
    trust.add_call(practice, call_package(practice=True), file="a.esfcall", at=AT)
    with pytest.raises(RealDataError):
        trust.add_call(practice, call_package(2), file="b.esfcall", at=AT)


def test_the_latest_version_is_the_call_whatever_came_first(tmp_path: Path) -> None:
    own = register(tmp_path, call=False)
    later = package(replaced(CALL, call_version=3, deadline=date(2027, 1, 1)))
    assert trust.add_call(own, later, file="c.esfcall", at=AT).new
    assert trust.add_call(own, call_package(), file="a.esfcall", at=AT).new
    assert not trust.add_call(own, later, file="c.esfcall", at=AT).new
    assert [one.call.call_version for one in own.calls()] == [1, 3]
    found = own.call()
    assert found is not None
    assert (found.call.deadline, found.fingerprint) == (date(2027, 1, 1), secretariat_key().fingerprint)


def test_what_was_changed_from_outside_breaks_the_chain(own: Register) -> None:
    merged(own, bundle(0, [assessment()]))
    with own.transaction() as connection:
        connection.execute(event.update().where(event.c.number == 2).values(subject="b" * 64))
    with pytest.raises(BrokenChainError) as caught:
        own.events()
    assert "säkerhetskopia" in caught.value.sentence()


def test_an_event_that_was_taken_out_breaks_the_chain(own: Register) -> None:
    with own.transaction() as connection:
        connection.execute(event.delete().where(event.c.number == 1))
    with pytest.raises(BrokenChainError):
        own.events()


def test_a_register_keeps_what_it_holds_when_it_is_closed_and_opened(tmp_path: Path) -> None:
    with register(tmp_path) as own:
        merged(own, bundle(0, [assessment()]))
        before = own.logical_hash()
    with Register.open(tmp_path / "register.esfdb") as again:
        assert again.logical_hash() == before
        assert not again.encrypted


def test_an_encrypted_register_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    path = tmp_path / "mapp" / "register.esfdb"
    Register.open(path, "gran björk tall").close()
    assert b"SQLite format" not in path.read_bytes()
    with pytest.raises(PassphraseNeededError):
        Register.open(path)
    with Register.open(path, "gran björk tall") as own:
        assert own.encrypted


def test_some_other_file_is_no_register_and_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "register.esfdb"
    path.write_bytes(b"inte en databas" * 500)
    with pytest.raises(DamagedDatabaseError):
        Register.open(path)
    assert path.read_bytes() == b"inte en databas" * 500


def test_a_bundle_that_was_never_registered_is_not_found(own: Register) -> None:
    with pytest.raises(KeyError):
        own.bundle("a" * 64)
