"""A purged round is in no file of the workspace any more, its receipt is, and a crash in the middle is completed."""

import subprocess
import sys
from pathlib import Path

import pytest

from esf_desktop.assessor import assess, evidence, notes, purge, purge_lines, recuse, rounds
from esf_desktop.assessor.purge import UnknownRoundError, UnsoundWorkError
from esf_desktop.errors import UnusablePlaceError
from esf_desktop.exchange.canonical import identity
from esf_desktop.finding import terms
from esf_desktop.history import Kind
from esf_desktop.i18n import Language, use
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessment,
    CallId,
    CriterionId,
    Declaration,
    Document,
    DocumentId,
    Evidence,
    Rating,
    Reference,
    replace,
)
from esf_desktop.workspace import Workspace, backup
from esf_desktop.workspace.database import AlreadyOpenError
from esf_desktop.workspace.fields import Purged, PurgedBackup, Signed
from esf_desktop.workspace.places import RESERVE_FILE
from tests.rounds import AT, FIRST, SAM, SECOND, call, later, take

CANARY = "KANARIEFÅGELtext"
OTHER, THIRD = CallId("2026-ON-2"), ApplicationId("2026/00900")
TREE = Path(__file__).resolve().parent.parent.parent


def fill(folder: Path, passphrase: str | None = None) -> Workspace:
    """Two rounds that share a document; everything in the first is full of the canary's words."""
    desk = Workspace.open(folder, passphrase)
    own = desk.store.put(f"%PDF {CANARY} ett".encode() * 5000, [f"Sidan {n} {CANARY}" for n in range(40)])
    shared = desk.store.put(b"%PDF delad", ["Den delade sidan"])
    files = tuple(Document(d, f"{CANARY}-{n}.pdf", "application/pdf", 10) for n, d in enumerate((own, shared)))
    first = call()
    take(
        desk,
        replace(
            first,
            applications=tuple(
                replace(a, project_name=f"{CANARY} {a.id}", applicant_name=CANARY, documents=files)
                for a in first.applications
            ),
        ),
    )
    for seconds, application in enumerate((FIRST, SECOND)):
        recuse.declare(desk, application, Declaration.POSSIBLE, f"Granne {CANARY}", at=later(seconds))
        assess.rate(desk, application, SAM, Rating.MET, at=later(seconds))
        for n in range(3):
            assess.comment(desk, application, SAM, f"{CANARY} gammal {n} " * 20, at=later(600 * n))
        notes.write(desk, application, SAM, f"anteckning {CANARY}", at=later(2000))
        evidence.add(desk, application, SAM, Evidence(own, f"citat {CANARY}", 0, "1"), at=later(2001))
    backup.back_up(desk, at=later(3000))
    paper = Document(shared, "delad.pdf", "application/pdf", 10)
    other = replace(first, id=OTHER, title="En annan", applications=(Application(THIRD, "Kvar", "K", (paper,)),))
    take(desk, other)
    recuse.declare(desk, THIRD, Declaration.NONE, at=later(3100))
    assess.comment(desk, THIRD, SAM, "Detta blir kvar.", at=later(3101))
    rounds.turn_to(desk, first.id, at=later(3102))
    backup.back_up(desk, at=later(3200))
    return desk


def traces(folder: Path) -> list[str]:
    """The files that hold the canary's words anywhere in their bytes, as UTF-8 or UTF-16."""
    words = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be"), b"KANARIEF"]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(word in path.read_bytes() for word in words)]


def held(folder: Path, passphrase: str | None = None) -> list[str]:
    """What can be read with the key: places in the work and every backup that still hold the round."""
    desk = Workspace.open(folder, passphrase)
    found = [str(held.place) for held in purge._held(desk, call().id, passphrase)]
    found += [known.id for known in desk.rounds() if known.id == call().id]
    faults = desk.faults()
    desk.close()
    assert faults == ()
    return found


def test_no_byte_of_a_purged_round_is_left_and_the_other_round_is_whole(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    assert len(traces(tmp_path)) >= 4
    outline = purge.outline(desk, call().id)
    assert (outline.applications, outline.documents, outline.assessments) == (2, 1, 2)
    assert (outline.evidence, outline.notes, len(outline.backups)) == (2, 2, 2)
    assert outline.unsigned == (FIRST, SECOND)
    before = desk.drafts(OTHER)
    old = desk.journal_head()
    done = purge.purge(desk, call().id, at=later(4000))
    assert desk.round == OTHER
    assert desk.drafts() == before
    assert desk.faults() == ()
    assert desk.store.search(terms("delade"))
    assert not desk.store.search(terms(CANARY))
    assert done.receipt.journal is not None
    assert (done.receipt.journal.number, done.receipt.journal.hash) == (old.number, old.hash)
    assert [Path(b.place).name[:10] for b in done.receipt.backups] == ["2026-11-23"] * 2
    assert desk.purged() == (done.receipt,)
    assert traces(tmp_path) == [], "while the workspace is open"
    desk.close()
    assert traces(tmp_path) == []
    assert held(tmp_path) == []


def test_a_backup_is_rewritten_and_can_be_restored(tmp_path: Path) -> None:
    desk = fill(tmp_path / "w")
    purge.purge(desk, call().id, at=later(4000))
    kept = backup.backups(desk)
    desk.close()
    assert len(kept) == 2
    backup.restore(kept[-1], tmp_path / "w", None, at=later(5000))
    again = Workspace.open(tmp_path / "w")
    assert [known.id for known in again.rounds()] == [OTHER]
    assert again.draft(THIRD).judgement(SAM).comment == "" if again.round != OTHER else "Detta blir kvar."
    assert again.purged()[0].round == call().id
    again.close()


def test_in_encrypted_work_nothing_of_the_round_can_be_read_with_the_key(tmp_path: Path) -> None:
    desk = fill(tmp_path, "björk sten älv")
    assert len(purge.outline(desk, call().id).backups) == 2
    done = purge.purge(desk, call().id, at=later(4000))
    assert not any(one.removed for one in done.receipt.backups), "the workspace's own key opens them"
    desk.close()
    assert held(tmp_path, "björk sten älv") == []


def test_a_backup_that_no_key_opens_is_listed_and_loses_its_databases_but_not_its_keys(tmp_path: Path) -> None:
    desk = fill(tmp_path / "w")
    stranger = tmp_path / "w" / "backups" / "2026-01-01T000000"
    Workspace.open(stranger, "någon annans ord").close()
    (stranger / RESERVE_FILE).unlink()
    outline = purge.outline(desk, call().id)
    assert [held.place.name for held in outline.backups if not held.opens] == [stranger.name]
    assert any("kan inte öppnas" in line for line in purge_lines.backups(outline))
    purge.purge(desk, call().id, at=later(4000))
    assert sorted(path.name for path in stranger.iterdir()) == ["workspace.esfkey"]
    desk.close()


def test_data_that_was_moved_aside_by_a_restore_is_cleaned_with_its_documents(tmp_path: Path) -> None:
    desk = fill(tmp_path / "w")
    kept = backup.backups(desk)[0]
    desk.close()
    aside = backup.restore(kept, tmp_path / "w", None, at=later(3300))
    (aside / "documents.esfdb").write_bytes((tmp_path / "w" / "documents.esfdb").read_bytes())
    again = Workspace.open(tmp_path / "w")
    purge.purge(again, call().id, at=later(4000))
    again.close()
    assert traces(tmp_path) == []


def test_a_backup_elsewhere_is_cleaned_when_it_can_be_reached_and_named_when_not(tmp_path: Path) -> None:
    desk = fill(tmp_path / "w")
    near = backup.back_up(desk, tmp_path / "stick", at=later(3300))
    far = backup.back_up(desk, tmp_path / "away", at=later(3301))
    (tmp_path / "away").rename(tmp_path / "gone")
    done = purge.purge(desk, call().id, at=later(4000))
    desk.close()
    assert str(near) in [one.place for one in done.receipt.backups]
    assert done.receipt.out_of_reach == (str(far),)
    assert traces(tmp_path / "stick") == []
    assert str(far) in purge_lines.receipt_text(done.receipt)


def test_what_an_interrupted_backup_left_is_taken_away(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    kept = backup.backups(desk)[0]
    (kept / ".trial").mkdir()
    (kept / ".trial" / "work.esfdb").write_bytes(CANARY.encode())
    (tmp_path / ".work.esfdb.0000.part").write_bytes(CANARY.encode())
    purge.purge(desk, call().id, at=later(4000))
    desk.close()
    assert traces(tmp_path) == []


def test_an_unknown_round_is_named_with_those_that_are_here(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    before = desk.logical_hash()
    with pytest.raises(UnknownRoundError) as refused:
        purge.purge(desk, CallId("2025-ON-9"), at=AT)
    assert "2026-ON-1, 2026-ON-2" in refused.value.sentence()
    assert desk.logical_hash() == before
    desk.close()


def test_work_with_faults_is_not_purged(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    with desk._database.reading() as connection:
        connection.exec_driver_sql("UPDATE field SET value = '\"partly\"' WHERE name = 'rating:SAM'")
    with pytest.raises(UnsoundWorkError):
        purge.purge(desk, call().id, at=AT)
    assert call().id in [known.id for known in desk.rounds()]
    desk.close()


def test_a_purge_row_that_keeps_another_head_breaks_the_chain(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    purge.purge(desk, call().id, at=later(4000))
    with desk._database.reading() as connection:
        connection.exec_driver_sql("UPDATE journal SET hash = :h WHERE kind = 'purge'", {"h": "0" * 64})
    assert "broken_chain" in {fault.code for fault in desk.faults()}
    desk.close()


def test_a_round_can_be_taken_in_and_purged_again_and_both_receipts_stay(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    purge.purge(desk, call().id, at=later(4000))
    take(desk, call())
    recuse.declare(desk, FIRST, Declaration.NONE, at=later(4100))
    assert desk.faults() == ()
    purge.purge(desk, call().id, at=later(5000))
    assert [receipt.at for receipt in desk.purged()] == [later(5000), later(4000)]
    assert all(receipt.finished_at for receipt in desk.purged())
    assert desk.faults() == ()
    desk.close()


def test_the_last_round_leaves_an_empty_desk_and_its_receipt(tmp_path: Path) -> None:
    desk = Workspace.open(tmp_path)
    take(desk, call())
    purge.purge(desk, call().id, at=AT)
    assert (desk.round, desk.call(), desk.applications()) == ("", None, ())
    assert [receipt.round for receipt in desk.purged()] == [call().id]
    desk.close()


CRASH = """
import os, sys
from pathlib import Path
from esf_desktop.assessor import purge
from esf_desktop.model import CallId
from esf_desktop.workspace import Workspace, erasing
from tests.rounds import later
stage = int(sys.argv[2])
desk = Workspace.open(Path(sys.argv[1]))
if stage == 0:
    compact = erasing.compact
    erasing.compact = lambda engine: os._exit(9)
def die(done, parts):
    if done == stage:
        os._exit(9)
purge.purge(desk, CallId("2026-ON-1"), at=later(4000), step=die)
"""


@pytest.mark.parametrize("stage", range(6))
def test_a_purge_that_was_killed_is_nothing_half_and_is_completed_by_the_next(tmp_path: Path, stage: int) -> None:
    fill(tmp_path).close()
    ran = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path), str(stage)], cwd=TREE, timeout=60, check=False)
    assert ran.returncode == 9
    desk = Workspace.open(tmp_path)
    assert desk.faults() == ()
    assert desk.draft(THIRD).judgement(SAM).comment == "Detta blir kvar."
    if stage < 5:
        (begun,) = purge.unfinished(desk)
        assert purge_lines.receipt_text(begun).count("Avbruten") == 1
    purge.purge(desk, call().id, at=later(5000)) if purge.unfinished(desk) else None
    assert [receipt.finished_at is not None for receipt in desk.purged()] == [True]
    assert len(desk.purged()[0].backups) == 2
    desk.close()
    assert traces(tmp_path) == []


def test_a_backup_that_cannot_be_rewritten_is_named_and_the_next_purge_completes(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    kept = backup.backups(desk)[0]
    elsewhere = Workspace.open(kept)
    with pytest.raises(AlreadyOpenError):
        purge.outline(desk, call().id)
    with desk.write(at=later(4000)) as work:
        receipt = Purged(call().id, "", later(4000), 2, 1, 2, 2, 2, backups=(PurgedBackup(str(kept), AT),))
        work.purge(call().id, receipt)
    with pytest.raises(AlreadyOpenError):
        purge.purge(desk, call().id, at=later(4000))
    assert not purge.unfinished(desk)[0].finished_at
    elsewhere.close()
    assert purge.purge(desk, call().id, at=later(5000)).receipt.finished_at
    desk.close()


@pytest.mark.parametrize("language", list(Language))
def test_each_sentence_is_short(language: Language) -> None:
    use(language)
    for error in (
        UnknownRoundError("R", ("A",)),
        UnsoundWorkError(),
        purge.NotConfirmedError(),
        UnusablePlaceError("x"),
    ):
        assert 20 < len(error.sentence()) <= 140


def test_a_signed_round_lists_its_files_and_warns_of_what_was_not_sent(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    judged = desk.draft(FIRST)
    assert judged.conflict_of_interest is not None
    said = Assessment(
        "id",
        FIRST,
        (),
        1,
        (),
        identity(call().framework),
        judged.conflict_of_interest,
        judged.judgements,
        None,
        "",
        None,
        later(1),
    )
    with desk.write(at=later(3300), kind=Kind.SEAL) as work:
        work.put(FIRST, "signed", (Signed(identity(said), said, "b", "paket.esfbundle", "0" * 64),))
    outline = purge.outline(desk, call().id)
    assert (outline.unsent, outline.unsigned, outline.bundles) == ((FIRST,), (SECOND,), ("paket.esfbundle",))
    assert "2026/00112" in purge_lines.warnings(outline)[0]
    desk.close()


def test_documents_that_only_evidence_of_another_round_names_are_kept(tmp_path: Path) -> None:
    desk = fill(tmp_path)
    own = DocumentId(next(iter(desk.store.known() - desk.documents_elsewhere(call().id))))
    rounds.turn_to(desk, OTHER, at=later(3300))
    evidence.add(desk, THIRD, CriterionId("RUS"), Evidence(own, "citat", 0, "1"), at=later(3301))
    rounds.turn_to(desk, call().id, at=later(3302))
    purge.purge(desk, call().id, at=later(4000))
    assert desk.store.has(own)
    desk.close()


def test_references_of_the_call_go_with_it(tmp_path: Path) -> None:
    desk = Workspace.open(tmp_path)
    strategy = desk.store.put(b"%PDF strategi", ["Mål"])
    take(desk, replace(call(), references=(Reference("RUS", strategy),)))
    purge.purge(desk, call().id, at=AT)
    assert not desk.store.has(strategy)
    desk.close()
