"""Receipts are numbered, chained, signed by the call's key, written once, and written again where they are missing."""

import hashlib
from pathlib import Path

import pytest

from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange.receipt import AssessmentState, Outcome, Receipt, read_receipt
from esf_desktop.secretariat import merge, trust
from esf_desktop.secretariat.errors import NoCallError, OtherKeyError
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.states import State
from tests.secretariat.files import assessment, bundle, call_package, key, merged, revised, secretariat_key
from tests.secretariat.samples import AT, person
from tests.secretariat.stores import Store

FIRST = assessment()


def read(path: Path) -> Receipt:
    """The receipt of a file, signed by the secretariat."""
    trusted = frozenset({secretariat_key().fingerprint})
    return read_receipt(path.read_bytes(), file=path.name, trusted=trusted).value


def test_each_bundle_gets_one_receipt_that_names_the_one_before_to_the_same_assessor(
    own: Register, tmp_path: Path
) -> None:
    rows = merged(own, bundle(0, [FIRST]), bundle(1, [FIRST, assessment(1)]))
    first, second = write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT)
    assert (read(first).number, read(first).previous, read(first).bundle) == (1, None, rows[0].sha256)
    assert (read(second).number, read(second).previous, read(second).assessor) == (1, None, person(1).id)
    assert [a.state for a in read(second).assessments] == [AssessmentState.HEAD] * 2
    assert first.name == "2026-ON-1 Bedömare 1 0001.esfreceipt"
    merged(own, bundle(0, [revised(FIRST)]))
    (third,) = write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT)
    assert (read(third).number, read(third).assessor) == (2, person(0).id)
    assert read(third).previous == hashlib.sha256(first.read_bytes()).hexdigest()


def test_written_twice_changes_nothing_and_a_lost_one_comes_back(own: Register, tmp_path: Path) -> None:
    merged(own, bundle(0, [FIRST]))
    (path,) = write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT)
    content, before = path.read_bytes(), own.logical_hash()
    assert write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT) == ()
    path.unlink()
    assert write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT) == (path,)
    assert (path.read_bytes(), own.logical_hash()) == (content, before)


def test_a_bundle_that_stops_waiting_gets_a_second_receipt(own: Register, tmp_path: Path) -> None:
    merged(own, bundle(0, [revised(FIRST)]))
    (waiting,) = write_receipts(own, secretariat_key(), tmp_path, at=AT)
    merged(own, bundle(0, [FIRST]))
    again, other = write_receipts(own, secretariat_key(), tmp_path, at=AT)
    assert (read(waiting).outcome, read(waiting).code) == (Outcome.WAITING, None)
    assert read(again).bundle == read(waiting).bundle
    assert {read(again).outcome, read(other).outcome} == {Outcome.REGISTERED}


def test_a_refusal_is_answered_once_when_its_signer_is_known(own: Register, tmp_path: Path) -> None:
    bad, stranger = bundle(0, [FIRST], to="a" * 64), bundle(0, [FIRST], signer=key(9))
    for _time in range(2):
        rows = merged(own, bad, stranger, b"", b"PK")
        write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT, refused=rows)
    (only,) = (tmp_path / "ut").iterdir()
    assert (read(only).outcome, read(only).code, read(only).assessments) == (
        Outcome.REFUSED,
        "wrong_addressee",
        (),
    )


def test_a_bundle_that_the_call_refused_is_told_why(store: Store, tmp_path: Path) -> None:
    own = store.register(call=False)
    merged(own, bundle(0, [FIRST], call_id="2025-ON-9"))
    with pytest.raises(NoCallError):
        write_receipts(own, secretariat_key(), tmp_path, at=AT)
    trust.add_call(own, call_package(), file="a.esfcall", at=AT)
    (path,) = write_receipts(own, secretariat_key(), tmp_path, at=AT)
    assert (read(path).outcome, read(path).code) == (Outcome.REFUSED, "wrong_call")


def test_another_key_writes_no_receipt_and_changes_nothing(own: Register, tmp_path: Path) -> None:
    merged(own, bundle(0, [FIRST]))
    before = own.logical_hash()
    with pytest.raises(OtherKeyError) as caught:
        write_receipts(own, key(0), tmp_path / "ut", at=AT)
    assert "2026-ON-1" in caught.value.sentence()
    assert own.logical_hash() == before
    assert not (tmp_path / "ut").exists()


def test_a_folder_that_takes_nothing_loses_no_receipt(own: Register, tmp_path: Path) -> None:
    merged(own, bundle(0, [FIRST]))
    (tmp_path / "fil").write_text("i vägen")
    with pytest.raises(ExportFailedError):
        write_receipts(own, secretariat_key(), tmp_path / "fil", at=AT)
    (path,) = write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT)
    assert read(path).number == 1


def test_the_words_of_receipts_and_of_the_register_are_the_same() -> None:
    assert {s.value for s in State} == {s.value for s in AssessmentState}
    assert {o.value for o in merge.Outcome} == {o.value for o in Outcome}
