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
from esf_desktop.secretariat.decisions import decisions, state
from esf_desktop.secretariat.errors import (
    ChangedCallError,
    NotEnrolledError,
    OtherSecretariatError,
    PracticeDataError,
    RealDataError,
)
from esf_desktop.secretariat.events import BrokenChainError, Kind, iso
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from esf_desktop.secretariat.tables import event
from esf_desktop.secretariat.view import view_sha256
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
    secretariat_key,
)
from tests.secretariat.samples import AT, person
from tests.secretariat.stores import Store


@pytest.fixture
def own(store: Store) -> Register:
    """A register that knows the call and two assessors."""
    return store.register(people=2)


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


def test_a_renewed_key_can_take_the_place_of_the_old_one_in_one_step(own: Register) -> None:
    merged(own, bundle(0, [assessment()]))
    view = view_sha256(own)
    renewed = make_key("Bedömare 1", "", at=AT)
    everyone = tuple(trust.trusted(own))
    found = trust.enrol(own, enrolment_of(0, renewed), file="b.esfenrol", at=AT, by="handläggaren", replacing=everyone)
    assert (found.other_keys, found.replaced) == ((), (key(0).fingerprint,))
    assert set(trust.trusted(own)) == {renewed.fingerprint, key(1).fingerprint}
    assert view_sha256(own) == view, "what was registered before stays"
    old = next(one for one in own.enrolled() if one.fingerprint == key(0).fingerprint)
    assert (old.reason, faults(own)) == ("Ersatt av en ny nyckel", ())


def test_order_of_receipt_decides_what_a_revoked_key_has_signed(own: Register) -> None:
    early, late = bundle(0, [assessment()]), bundle(0, [assessment(application=1)])
    merged(own, early)
    trust.revoke(own, key(0).fingerprint, reason="Datorn är stulen", at=AT)
    (row,) = merged(own, late)
    assert (row.code, "2026" in row.sentence()) == ("revoked_signer", True)
    (again,) = merged(own, early)
    assert len(own.bundles()) == 1
    assert again.outcome.value in ("duplicate", "refused")


def test_every_decision_tells_what_when_by_whom_and_why(own: Register) -> None:
    trust.decline(own, enrolment(2), file="c.esfenrol", at=AT, by="handläggaren")
    trust.enrol(own, enrolment(2), file="c.esfenrol", at=AT, by="handläggaren")
    trust.revoke(own, key(2).fingerprint, reason=" Borttappad\u202e dator ", at=AT, by="handläggaren")
    found = decisions(own)
    kinds = [Kind.CALL_ADDED, Kind.ENROLLED, Kind.ENROLLED, Kind.DIFFERED, Kind.ENROLLED, Kind.REVOKED]
    assert [one.kind for one in found] == kinds
    assert [one.number for one in found] == [1, 2, 3, 4, 5, 6]
    last = found[-1]
    assert (last.name, last.reason, last.by) == (person(2).name, "Borttappad dator", "handläggaren")
    assert (last.fingerprint, last.at) == (key(2).fingerprint, iso(AT))
    for language in Language:
        use(language)
        assert all(one.name in one.sentence() for one in found if one.kind is not Kind.DIFFERED)
        assert last.reason in state(own.enrolled()[-1])
    assert faults(own) == ()


def test_a_decision_that_was_changed_from_outside_is_not_shown_as_one(own: Register) -> None:
    with own.transaction() as connection:
        connection.execute(event.update().where(event.c.number == 2).values(facts='{"name":"Någon annan"}'))
    with pytest.raises(BrokenChainError):
        decisions(own)


def test_a_secretariat_that_renews_its_key_is_confirmed_anew_and_never_silently(own: Register) -> None:
    renewed = make_key("Sekretariatet", "Partnerskapet", at=AT)
    second = package(replaced(CALL, call_version=2), renewed)
    for confirmed in ("", "ab" * 32, key(0).fingerprint):
        with pytest.raises(OtherSecretariatError) as caught:
            trust.add_call(own, second, file="b.esfcall", at=AT, confirmed=confirmed)
        assert caught.value.fingerprint == renewed.fingerprint
    assert trust.add_call(own, second, file="b.esfcall", at=AT, confirmed=groups(renewed.fingerprint)).new
    (row,) = merged(own, bundle(0, [assessment()]))
    assert row.outcome.value == "registered", "what answers the first version is still addressed to its key"
    with pytest.raises(OtherSecretariatError):
        trust.add_call(own, call_package(3), file="c.esfcall", at=AT)
    assert not trust.add_call(own, call_package(), file="a.esfcall", at=AT).new
    third = package(replaced(CALL, call_version=3), renewed)
    assert trust.add_call(own, third, file="c.esfcall", at=AT).new
    secretariats = [one.fingerprint for one in decisions(own) if one.kind is Kind.CALL_ADDED]
    assert secretariats == [secretariat_key().fingerprint, renewed.fingerprint]


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


def test_a_practice_register_refuses_a_real_call(store: Store) -> None:
    practice = store.register(call=False)
    trust.add_call(practice, call_package(practice=True), file="a.esfcall", at=AT)
    with pytest.raises(RealDataError):
        trust.add_call(practice, call_package(2), file="b.esfcall", at=AT)


def test_the_latest_version_is_the_call_whatever_came_first(store: Store) -> None:
    own = store.register(call=False)
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


def test_a_register_keeps_what_it_holds_when_it_is_closed_and_opened(store: Store) -> None:
    with store.register() as own:
        merged(own, bundle(0, [assessment()]))
        before = own.logical_hash()
    with store.open() as again:
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
