"""A register that was changed from outside is found, whatever was changed; one that was not is sound."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from esf_desktop.i18n import Language, use
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.soundness import faults
from tests.secretariat.files import assessment, bundle, call_package, key, merged, revised, secretariat_key
from tests.secretariat.samples import AT
from tests.secretariat.stores import Store

FIRST = assessment()
CHANGES = {
    "an event": ("UPDATE event SET facts = '{}' WHERE number = 2", "broken_chain"),
    "an event's time": ("UPDATE event SET at = '2020-01-01' WHERE number = 3", "broken_chain"),
    "an event less": ("DELETE FROM event WHERE number = 2", "broken_chain"),
    "the newest event less": ("DELETE FROM event WHERE number = (SELECT max(number) FROM event)", "changed_outside"),
    "a rating": ("""UPDATE assessment SET payload = replace(payload, '"met"', '"not_met"')""", "changed_outside"),
    "a revision": ("UPDATE assessment SET revision = 7", "changed_outside"),
    "a parent": ("UPDATE assessment SET parents = '' WHERE parents != ''", "changed_outside"),
    "whose it is": ("UPDATE bundle SET assessor = 'x'", "changed_outside"),
    "an assessment less": ("DELETE FROM assessment WHERE revision = 2", "changed_outside"),
    "an admission": ("UPDATE assessment SET admission = 'refused'", "changed_outside"),
    "a checked bundle": ("UPDATE bundle SET admission = 'accepted', code = NULL", "changed_outside"),
    "a bundle's bytes": ("UPDATE bundle SET content = x'00'", "changed_outside"),
    "a bundle that waits": ("UPDATE bundle SET admission = 'call_unknown' WHERE code IS NULL", "changed_outside"),
    "when it came": ("UPDATE bundle SET received_at = '2020-01-01'", "changed_outside"),
    "a bundle less": ("DELETE FROM bundle WHERE number = (SELECT min(number) FROM bundle)", "damaged"),
    "what a bundle carries": ("UPDATE content SET place = place + 10", "changed_outside"),
    "a call": ("UPDATE call SET payload = replace(payload, 'Kompetens', 'Inkompetens')", "changed_outside"),
    "a person's name": ("UPDATE certificate SET name = 'Någon annan'", "changed_outside"),
    "a blocked key": ("UPDATE certificate SET revoked = NULL, revoked_at = NULL", "changed_outside"),
    "a key more": (
        "INSERT INTO certificate SELECT 'x', assessor, name, organisation, email, enrolment, 99, enrolled_at, NULL, "
        "NULL FROM certificate LIMIT 1",
        "changed_outside",
    ),
    "a receipt": ("UPDATE receipt SET content = x'00' WHERE number = 1", "changed_outside"),
    "a receipt less": ("DELETE FROM receipt WHERE number = 1", "changed_outside"),
}


@pytest.fixture
def own(store: Store, tmp_path: Path) -> Register:
    """A register to which everything has happened that can."""
    opened = store.register(call=False)
    merged(opened, bundle(1, [FIRST], call_id="2025-ON-9"), bundle(0, [FIRST]))
    trust.add_call(opened, call_package(), file="a.esfcall", at=AT)
    merged(opened, bundle(0, [revised(FIRST), assessment(1)]), bundle(2, [FIRST]), b"")
    write_receipts(opened, secretariat_key(), tmp_path / "ut", at=AT)
    trust.revoke(opened, key(2).fingerprint, at=AT)
    write_receipts(
        opened, secretariat_key(), tmp_path / "ut", at=AT, refused=merged(opened, bundle(2, [assessment(1)]))
    )
    return opened


def test_a_register_that_only_the_program_has_written_is_sound(own: Register, store: Store) -> None:
    assert faults(own) == ()
    own.close()
    assert faults(store.open()) == ()


def test_a_new_register_is_sound(store: Store) -> None:
    assert faults(store.open()) == ()


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_changed_from_outside_is_found(own: Register, store: Store, change: str) -> None:
    statement, code = CHANGES[change]
    own.close()
    changed = store.open()
    if store.on_server:
        statement, code = statement.replace("x'00'", "'\\x00'"), code.replace("damaged", "changed_outside")
        with changed.transaction() as connection:
            connection.exec_driver_sql("ALTER TABLE content DROP CONSTRAINT content_bundle_fkey")
    else:
        driver = changed.engine.raw_connection().driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
    with changed.transaction() as connection:
        assert connection.execute(sa.text(statement)).rowcount > 0
    found = faults(changed)
    assert code in {fault.code for fault in found}
    for language in Language:
        use(language)
        assert all(0 < len(fault.sentence()) <= 140 for fault in found if fault.code != "damaged")
