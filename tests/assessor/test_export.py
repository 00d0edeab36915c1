"""From a finished assessment to a signed file, and what the file holds."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, notes, recuse
from esf_desktop.assessor.export import Exported, NoCallPackageError, NothingToSignError, export, mark_sent, preview
from esf_desktop.assessor.intake import Outcome, take_files
from esf_desktop.assessor.print_sheets import write_sheets
from esf_desktop.completeness import Lack, State
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.canonical import identity
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Receipt, write_receipt
from esf_desktop.exchange.receipt import Outcome as ReceiptOutcome
from esf_desktop.exchange.verify import check_bundle_against_call
from esf_desktop.model import Answer, Call, Declaration, Rating, Scale, replace
from esf_desktop.signing.encryption import AgeKey, decrypted, make_key, parse_key
from esf_desktop.workspace import Workspace
from tests.packages import assess_fully, assessor_key, desk_with_call, package, packed_call, secretariat_key
from tests.rounds import AT, FIRST, PERSON, RUS, SAM, SECOND, later, workspace

RECIPE = Path(__file__).resolve().parent.parent / "exchange" / "recipe.sh"


def test_a_bundle_holds_what_was_finished_and_nothing_private(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    notes.write(desk, FIRST, SAM, "KANARIEFÅGEL", at=AT)
    recuse.declare(desk, SECOND, Declaration.RECUSED, "Släkt.", at=AT)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    content = done.path.read_bytes()
    signed = read_bundle(content, file=done.path.name)
    first, second = signed.bundle.assessments
    assert (first.application, first.revision, len(first.judgements)) == (FIRST, 1, 9)
    assert (second.application, second.recused, second.judgements) == (SECOND, True, ())
    assert "KANARIEFÅGEL".encode() not in content
    package = desk.package()
    call = desk.call()
    assert package is not None
    assert call is not None
    check_bundle_against_call(
        signed.bundle,
        call,
        call_sha256=package.sha256,
        secretariat_fingerprint=secretariat_key().fingerprint,
        file="f",
    )
    assert desk.states() == {FIRST: State.SIGNED, SECOND: State.RECUSED}
    assert desk.faults() == ()


def test_a_second_bundle_at_the_same_moment_is_not_written_over_the_first(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    first = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    recuse.declare(desk, SECOND, Declaration.RECUSED, "Släkt.", at=AT)
    second = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    assert first.path.exists()
    assert second.path.name == f"{first.path.stem} (2).esfbundle"
    assert [read_bundle(p.path.read_bytes(), file="f").bundle.assessments for p in (first, second)] == [
        first.assessments,
        second.assessments,
    ]


def test_nothing_is_signed_that_a_newer_call_would_refuse(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    assess.rate(desk, FIRST, SAM, Rating.PARTLY, at=AT)
    call, _contents = packed_call()
    newer = package(tmp_path / "2", replace(call, call_version=2, scale=Scale.TICK))
    take_files(desk, documents, [newer], at=later(1))
    assert desk.state(FIRST) is State.STARTED
    with pytest.raises(NothingToSignError):
        export(desk, assessor_key(), tmp_path / "ut", at=later(2))


def test_answers_follow_a_newer_call_that_asks_more_or_fewer_questions(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    assess.answer(desk, FIRST, SAM, 0, Answer.YES, at=AT)
    assess.answer(desk, FIRST, RUS, 0, Answer.NO, at=AT)
    call, _contents = packed_call()
    more, fewer = call.criterion(SAM).questions, call.criterion(RUS).questions
    changed = {SAM: (*more, more[0]), RUS: fewer[:1]}
    principles = tuple(replace(p, questions=changed.get(p.id, p.questions)) for p in call.framework.principles)
    newer = replace(call, call_version=2, framework=replace(call.framework, principles=principles))
    (taken,) = take_files(desk, documents, [package(tmp_path / "2", newer)], at=later(1)).taken
    assert taken.outcome is Outcome.CALL
    assess.answer(desk, FIRST, SAM, len(more), Answer.NO, at=later(2))
    assert desk.draft(FIRST).judgement(SAM).questions == (Answer.YES, *(None,) * (len(more) - 1), Answer.NO)
    assert desk.draft(FIRST).judgement(RUS).questions == (Answer.NO,)
    for criterion in desk.draft(FIRST).to_review:
        assess.reviewed(desk, FIRST, criterion, at=later(2))
    assert len(export(desk, assessor_key(), tmp_path / "ut", at=later(3)).assessments) == 1
    assert desk.state(FIRST) is State.SIGNED


def test_the_recipe_for_strangers_accepts_the_bundle(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    subprocess.run(["sh", RECIPE, done.path, assessor_key().fingerprint], check=True, timeout=60)


def test_ratings_of_a_recused_application_do_not_leave(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    recuse.declare(desk, FIRST, Declaration.RECUSED, at=later(1))
    done = export(desk, assessor_key(), tmp_path, at=later(2))
    assert done.assessments[0].judgements == ()
    assert "Ett starkt projekt" not in done.path.read_bytes().decode("latin-1")


def test_an_unfinished_assessment_stays_and_its_problems_are_named(desk: Workspace, tmp_path: Path) -> None:
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.rate(desk, FIRST, RUS, Rating.MET, at=AT)
    seen = preview(desk, at=AT)
    assert seen.leaving == ()
    assert seen.unfinished == (FIRST, SECOND)
    assert {one.lack for one in seen.problems} == {
        Lack.RATING,
        Lack.COMMENT,
        Lack.EVIDENCE,
        Lack.OVERALL,
        Lack.RECOMMENDATION,
    }
    before = desk.logical_hash()
    with pytest.raises(NothingToSignError):
        export(desk, assessor_key(), tmp_path, at=AT)
    assert desk.logical_hash() == before
    assert list(tmp_path.glob("*.esfbundle")) == []


def test_a_change_after_signing_makes_revision_two_that_names_revision_one(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    first = export(desk, assessor_key(), tmp_path, at=AT).assessments[0]
    with pytest.raises(NothingToSignError):
        export(desk, assessor_key(), tmp_path, at=later(1))
    assess.rate(desk, FIRST, SAM, Rating.PARTLY, at=later(2))
    assert desk.state(FIRST) is State.READY
    second = export(desk, assessor_key(), tmp_path, at=later(3)).assessments[0]
    assert (second.revision, second.parents) == (2, (identity(first),))
    assert second.assessment_id == first.assessment_id


def test_undo_stops_at_the_signature(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    export(desk, assessor_key(), tmp_path, at=AT)
    with pytest.raises(assess.NothingToUndoError):
        assess.undo(desk, FIRST, at=later(1))


def test_sent_and_receipted_follow(desk: Workspace, documents: Documents, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path, at=AT)
    mark_sent(desk, at=later(1))
    assert desk.state(FIRST) is State.SENT
    answered = Acknowledged(identity(done.assessments[0]), FIRST, AssessmentState.HEAD)
    receipt = Receipt(
        17, "0" * 64, done.sha256, ReceiptOutcome.REGISTERED, None, later(60), desk.round, PERSON.id, (answered,)
    )
    path = tmp_path / "kvittens.esfreceipt"
    path.write_bytes(write_receipt(receipt, secretariat_key(), at=later(60)))
    (taken,) = take_files(desk, documents, [path], at=later(61)).taken
    assert taken.outcome is Outcome.RECEIPT
    assert desk.state(FIRST) is State.RECEIPTED
    assert "Kvittenserna 1 till 16 saknas här" in taken.note
    path.write_bytes(write_receipt(receipt, assessor_key(), at=later(60)))
    (forged,) = take_files(desk, documents, [path], at=later(62)).taken
    assert forged.outcome is Outcome.REFUSED


def test_without_a_call_package_there_is_nobody_to_send_to(tmp_path: Path) -> None:
    desk = workspace(tmp_path)
    with pytest.raises(NoCallPackageError):
        preview(desk, at=AT)
    desk.close()


def test_sheets_have_safe_names_and_say_whether_they_are_signed(desk: Workspace, tmp_path: Path) -> None:
    assess_fully(desk, FIRST)
    written = write_sheets(desk, tmp_path / "blad")
    assert [path.name for path in written] == [
        "2026-00112 Kompetenskliv Inland.pdf",
        "2026-00115 Åtta kommuner, ett lärande.pdf",
    ]
    unsigned = written[0].read_bytes()
    export(desk, assessor_key(), tmp_path / "ut", at=AT)
    write_sheets(desk, tmp_path / "blad", only=FIRST)
    assert written[0].read_bytes() != unsigned


def encrypted_call() -> tuple[Call, AgeKey]:
    """The packed call with a recipient, and its secret key."""
    secret = parse_key(make_key().encode(), file="key")
    return replace(packed_call()[0], recipients=secret.recipients), secret


def test_a_bundle_is_encrypted_when_the_call_names_recipients(tmp_path: Path, documents: Documents) -> None:
    made, secret = encrypted_call()
    desk = desk_with_call(tmp_path, documents, made)
    assess_fully(desk, FIRST)
    assess.write_overall(desk, FIRST, "KANARIEFÅGEL", at=AT)
    folder = tmp_path / "ut"
    done = export(desk, assessor_key(), folder, at=AT)
    assert done.encrypted
    inside = decrypted(done.path.read_bytes(), secret, file="f")
    assert hashlib.sha256(inside).hexdigest() == done.sha256 == desk.signed(FIRST)[-1].bundle_sha256
    assert read_bundle(inside, file="f").bundle.assessments == done.assessments
    assert list(folder.iterdir()) == [done.path]
    again = export_again(desk, folder, plain=True)
    assert "KANARIEFÅGEL".encode() in again.path.read_bytes()
    desk.close()


def export_again(desk: Workspace, folder: Path, *, plain: bool) -> Exported:
    """A second revision, signed later."""
    assess.rate(desk, FIRST, SAM, Rating.PARTLY, at=later(1))
    return export(desk, assessor_key(), folder, at=later(2), plain=plain)


def test_an_older_receipt_that_comes_late_does_not_take_the_place_of_a_newer_one(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    for number, state in ((18, AssessmentState.HEAD), (17, AssessmentState.WAITING)):
        receipt = Receipt(
            number=number,
            previous="0" * 64,
            bundle=done.sha256,
            outcome=ReceiptOutcome.REGISTERED,
            code=None,
            received_at=AT,
            call=packed_call()[0].id,
            assessor=PERSON.id,
            assessments=(Acknowledged(identity(done.assessments[0]), FIRST, state),),
        )
        path = tmp_path / f"{number}.esfreceipt"
        path.write_bytes(write_receipt(receipt, secretariat_key(), at=AT))
        (taken,) = take_files(desk, documents, [path], at=later(number)).taken
        assert taken.outcome is Outcome.RECEIPT
    kept = desk.answer(FIRST)
    assert kept is not None
    assert (kept.number, kept.assessments[0].state) == (18, AssessmentState.HEAD)


def answered(done: Exported, number: int, code: str | None, previous: str | None) -> bytes:
    """A receipt for the bundle, refusing it when there is a code."""
    arrived = (
        () if code else tuple(Acknowledged(identity(a), a.application, AssessmentState.HEAD) for a in done.assessments)
    )
    outcome = ReceiptOutcome.REFUSED if code else ReceiptOutcome.REGISTERED
    call = packed_call()[0].id
    receipt = Receipt(number, previous, done.sha256, outcome, code, AT, call, PERSON.id, arrived)
    return write_receipt(receipt, secretariat_key(), at=AT)


def test_a_refusal_is_tied_to_its_applications_and_what_is_signed_next_does_not_build_on_it(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    path = tmp_path / "nej.esfreceipt"
    path.write_bytes(answered(done, 1, "revoked_signer", None))
    (taken,) = take_files(desk, documents, [path], at=later(1)).taken
    assert "spärrad" in taken.note
    assert (desk.state(FIRST), desk.states()[FIRST]) == (State.NOT_ACCEPTED, State.NOT_ACCEPTED)
    again = export(desk, assessor_key(), tmp_path / "ut", at=later(2))
    assert (again.assessments[0].revision, again.assessments[0].parents) == (1, ())
    assert desk.state(FIRST) is State.SIGNED


def test_a_receipt_opened_again_is_known_and_changes_nothing(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    path = tmp_path / "a.esfreceipt"
    path.write_bytes(answered(done, 1, None, None))
    take_files(desk, documents, [path], at=later(1))
    before = desk.logical_hash()
    (taken,) = take_files(desk, documents, [path], at=later(2)).taken
    assert (taken.outcome, desk.logical_hash()) == (Outcome.KNOWN, before)


def test_a_gap_and_a_step_back_are_said_when_the_receipt_is_opened(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    assess_fully(desk, FIRST)
    done = export(desk, assessor_key(), tmp_path / "ut", at=AT)
    notes = []
    for number, code, previous in ((3, None, "a" * 64), (3, "wrong_call", "a" * 64), (4, None, "b" * 64)):
        path = tmp_path / "a.esfreceipt"
        path.write_bytes(answered(done, number, code, previous))
        (taken,) = take_files(desk, documents, [path], at=later(1)).taken
        notes.append(taken.note)
    assert "Kvittenserna 1 till 2 saknas här" in notes[0]
    assert "två olika kvittenser med nr 3" in notes[1]
    assert "Kvittens nr 4 nämner inte" in notes[2]
