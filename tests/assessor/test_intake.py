"""What a person opens: packages, documents, folders and receipts, and all that is wrong with them."""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from esf_desktop import i18n
from esf_desktop.assessor import assess, identity, recuse
from esf_desktop.assessor.export import export
from esf_desktop.assessor.intake import (
    NewerCallError,
    OtherSecretariatError,
    Outcome,
    UnconfirmedSecretariatError,
    take_files,
)
from esf_desktop.assessor.news import Reworded
from esf_desktop.assessor.search import Where, search
from esf_desktop.completeness import Lack, State, missing
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.canonical import identity as identity_of
from esf_desktop.formatting import groups
from esf_desktop.model import Call, Declaration, Rating, Text, replace
from esf_desktop.signing.keys import make_key
from esf_desktop.workspace import Workspace
from tests.packages import QUOTE, assess_fully, assessor_key, package, packed_call, pdf, secretariat_key
from tests.rounds import AT, FIRST, PERSON, SAM, SECOND, later


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "empty")
    identity.introduce(opened, PERSON, at=AT)
    yield opened
    opened.close()


def test_a_package_is_taken_only_when_its_secretariat_was_confirmed(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    path, before = package(tmp_path), empty.logical_hash()
    (refused,) = take_files(empty, documents, [path], at=AT).taken
    assert isinstance(refused.error, UnconfirmedSecretariatError)
    assert refused.error.fingerprint == secretariat_key().fingerprint
    (wrong,) = take_files(empty, documents, [path], at=AT, confirm="00 11").taken
    assert wrong.outcome is Outcome.REFUSED
    assert empty.logical_hash() == before
    (taken,) = take_files(empty, documents, [path], at=AT, confirm=secretariat_key().fingerprint.upper()).taken
    assert taken.outcome is Outcome.CALL
    assert empty.document(empty.application(FIRST).documents[0].sha256) == pdf("Kompetenskliv Inland")


def test_the_same_package_again_changes_nothing(desk: Workspace, documents: Documents, tmp_path: Path) -> None:
    before = desk.logical_hash()
    (again,) = take_files(desk, documents, [tmp_path / "utlysning.esfcall"], at=later(5)).taken
    assert again.outcome is Outcome.KNOWN
    assert desk.logical_hash() == before


def test_a_newer_version_keeps_answers_and_says_what_is_new(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.rate(desk, FIRST, SAM, Rating.MET, at=AT)
    call, _contents = packed_call()
    newer = replace(call, call_version=2, applications=call.applications[:1], withdrawn=(SECOND,))
    (taken,) = take_files(desk, documents, [package(tmp_path / "2", newer)], at=later(1)).taken
    assert taken.outcome is Outcome.CALL
    assert "2026/00115 är återkallad" in taken.note
    assert desk.draft(FIRST).judgement(SAM).rating is Rating.MET
    older = tmp_path / "utlysning.esfcall"
    before = desk.logical_hash()
    (refused,) = take_files(desk, documents, [older], at=later(2)).taken
    assert refused.error is not None
    assert refused.error.code == "older_call"
    assert desk.logical_hash() == before


def test_a_later_package_from_another_key_is_refused_until_its_fingerprint_is_compared(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    call, _contents = packed_call()
    renewed = make_key("Sekretariatet", "", at=AT)
    path = package(tmp_path / "renewed", replace(call, call_version=2), key=renewed)
    before = desk.logical_hash()
    for confirm in (None, secretariat_key().fingerprint, "ab" * 32):
        (refused,) = take_files(desk, documents, [path], at=AT, confirm=confirm).taken
        assert isinstance(refused.error, OtherSecretariatError)
        assert (refused.error.code, refused.error.fingerprint) == ("other_secretariat", renewed.fingerprint)
        assert desk.logical_hash() == before
    (taken,) = take_files(desk, documents, [path], at=AT, confirm=groups(renewed.fingerprint)).taken
    assert taken.outcome is Outcome.CALL
    old = package(tmp_path / "old", replace(call, call_version=3))
    (refused,) = take_files(desk, documents, [old], at=AT).taken
    assert refused.error is not None, "the key that was given up is not taken silently either"


def test_a_single_document_becomes_an_application_with_what_was_guessed(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    (tmp_path / "skogen.pdf").write_bytes(pdf("Skogens nya yrken", "2026/00133"))
    (taken,) = take_files(empty, documents, [tmp_path / "skogen.pdf"], at=AT).taken
    assert (taken.outcome, taken.application) == (Outcome.APPLICATION, "2026/00133")
    (application,) = empty.applications()
    assert application.project_name == "Skogens nya yrken"
    assert empty.package() is None


def test_a_folder_is_an_application_for_each_file_and_each_subfolder(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    folder = tmp_path / "ansökningar"
    (folder / "två filer").mkdir(parents=True)
    (folder / "a.pdf").write_bytes(pdf("Tvärspråk", "2026/00139"))
    (folder / "två filer" / "b.pdf").write_bytes(pdf("Välkommen till kusten", "2026/00136"))
    (folder / "två filer" / "c.pdf").write_bytes(pdf("Bilaga", "2026/00136"))
    (folder / "två filer" / "spel.exe").write_bytes(b"MZ" + bytes(100))
    (folder / ".dold").write_bytes(b"x")
    taken = take_files(empty, documents, [folder], at=AT).taken
    assert sorted(one.outcome for one in taken) == ["application", "application", "refused"]
    assert {a.id: len(a.documents) for a in empty.applications()} == {"2026/00139": 1, "2026/00136": 2}


def test_a_document_of_the_round_is_known_under_any_name(desk: Workspace, documents: Documents, tmp_path: Path) -> None:
    (tmp_path / "annat namn.pdf").write_bytes(pdf("Kompetenskliv Inland"))
    (taken,) = take_files(desk, documents, [tmp_path / "annat namn.pdf"], at=AT).taken
    assert (taken.outcome, taken.application) == (Outcome.KNOWN, FIRST)
    assert desk.round == "2026-ON-1"


@pytest.mark.parametrize("language", list(i18n.Language))
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tom.pdf", b"", "empty"),
        ("tom.esfcall", b"", "empty"),
        ("trasig.pdf", b"%PDF-1.7\nhej", None),
        ("program.pdf", b"MZ\x90\x00" + bytes(200), None),
        ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(200), None),
        ("omdöpt.esfcall", b"%PDF-1.7 annat", "not_ours"),
        ("brev.esfcall", b"From: a@b.se\r\nSubject: paket\r\nMIME-Version: 1.0\r\n\r\nhej", "is_mail"),
    ],
)
def test_a_bad_file_gets_its_sentence_and_changes_nothing(
    empty: Workspace,
    documents: Documents,
    tmp_path: Path,
    name: str,
    content: bytes,
    code: str | None,
    language: i18n.Language,
) -> None:
    i18n.use(language)
    (tmp_path / name).write_bytes(content)
    before = empty.logical_hash()
    (taken,) = take_files(empty, documents, [tmp_path / name], at=AT).taken
    assert taken.error is not None
    assert code in (None, taken.error.code)
    assert len(taken.error.sentence().replace(name, "")) <= 140
    assert empty.logical_hash() == before


def test_a_missing_file_gets_its_sentence(empty: Workspace, documents: Documents, tmp_path: Path) -> None:
    (taken,) = take_files(empty, documents, [tmp_path / "borta.pdf"], at=AT).taken
    assert taken.error is not None
    assert taken.error.code == "unreadable"


def test_words_are_found_in_documents_comments_evidence_and_notes(desk: Workspace) -> None:
    from esf_desktop.assessor import evidence, indexing, notes
    from esf_desktop.documents.client import Documents
    from esf_desktop.model import Evidence

    assert set(indexing.gaps(desk).values()) == {indexing.Gap.WAITING}
    with Documents() as documents:
        assert indexing.build(desk, documents) > 0
        assert indexing.build(desk, documents) == 0
    assert indexing.gaps(desk) == {}
    recuse.declare(desk, FIRST, Declaration.NONE, at=AT)
    assess.comment(desk, FIRST, SAM, "Kommunerna är med.", at=AT)
    evidence.add(desk, FIRST, SAM, Evidence(desk.application(FIRST).documents[0].sha256, QUOTE, 0, "1"), at=AT)
    notes.write(desk, SECOND, None, "Vilka kommuner?", at=AT)
    hits = search(desk, "kommun")
    assert {hit.where for hit in hits} == {Where.COMMENT, Where.EVIDENCE, Where.NOTE, Where.DOCUMENT}
    assert {hit.application for hit in hits if hit.where is Where.DOCUMENT} == {FIRST, SECOND}
    assert search(desk, "lanen") == ()
    assert {hit.place for hit in search(desk, '"båda länen"') if hit.document} == {0, 1}


@pytest.mark.parametrize("language", list(i18n.Language))
def test_a_folder_with_nothing_in_it_is_told(
    empty: Workspace, documents: Documents, tmp_path: Path, language: i18n.Language
) -> None:
    i18n.use(language)
    (tmp_path / "tom" / "inre").mkdir(parents=True)
    (one,) = take_files(empty, documents, [tmp_path / "tom"], at=AT).taken
    assert one.error is not None
    assert one.error.code == "empty_folder"
    assert len(one.error.sentence()) <= 140


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_file_whose_name_is_not_text_is_taken_under_a_readable_one(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/rad\n\xff.pdf"))
    path.write_bytes(pdf("Tvärspråk", "2026/00139"))
    (one,) = take_files(empty, documents, [path], at=AT).taken
    assert (one.outcome, one.file) == (Outcome.APPLICATION, "rad??.pdf")
    assert empty.applications()[0].documents[0].name == "rad??.pdf"


def reworded(version: int = 2) -> Call:
    """The packed call with another description of one principle, a later deadline and a document that was exchanged."""
    call, _contents = packed_call()
    first, *others = call.framework.principles
    changed = replace(first, description=Text("En ny mening.", "A new sentence."))
    framework = replace(call.framework, principles=(changed, *others))
    return replace(call, call_version=version, framework=framework, deadline=date(2027, 1, 15))


def test_a_newer_version_shows_what_it_changes_before_it_is_taken(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    path, before = package(tmp_path / "2", reworded()), desk.logical_hash()
    (asked,) = take_files(desk, documents, [path], at=later(1), agreed=()).taken
    assert isinstance(asked.error, NewerCallError)
    old, new = packed_call()[0].framework.principles[0].description, reworded().framework.principles[0].description
    assert asked.error.news.reworded == (Reworded(reworded().framework.principles[0].id, old.spoken(), new.spoken()),)
    assert asked.error.news.deadline == (packed_call()[0].deadline, date(2027, 1, 15))
    assert any(new.spoken() in line and old.spoken() in line for line in asked.error.news.lines())
    assert desk.logical_hash() == before
    (taken,) = take_files(desk, documents, [path], at=later(2), agreed={asked.error.sha256}).taken
    assert (taken.outcome, taken.news) == (Outcome.CALL, asked.error.news)


def test_answers_to_a_changed_wording_are_kept_and_wait_for_another_look(
    desk: Workspace, documents: Documents, tmp_path: Path
) -> None:
    criterion = packed_call()[0].framework.principles[0].id
    assess_fully(desk, FIRST)
    signed = export(desk, assessor_key(), tmp_path / "ut", at=AT).assessments
    take_files(desk, documents, [package(tmp_path / "2", reworded())], at=later(1))
    draft = desk.draft(FIRST)
    assert draft.to_review == (criterion,)
    assert draft.judgement(criterion).rating is Rating.MET
    assert desk.draft(SECOND).to_review == ()
    assert desk.state(FIRST) is State.STARTED
    assert [lack.lack for lack in missing(reworded(), draft)] == [Lack.REVIEW]
    assess.reviewed(desk, FIRST, criterion, at=later(2))
    assert desk.state(FIRST) is State.READY
    (again,) = export(desk, assessor_key(), tmp_path / "ut", at=later(3)).assessments
    assert (again.revision, again.parents) == (2, (identity_of(signed[0]),))
    assert again.framework_sha256 == identity_of(reworded().framework)
    assert desk.faults() == ()


def test_a_version_that_changed_in_silence_is_refused(desk: Workspace, documents: Documents, tmp_path: Path) -> None:
    path, before = package(tmp_path / "2", reworded(version=1)), desk.logical_hash()
    (refused,) = take_files(desk, documents, [path], at=later(1)).taken
    assert refused.error is not None
    assert refused.error.code == "changed_call"
    assert desk.logical_hash() == before


def test_a_package_that_is_altered_in_its_last_document_leaves_nothing_to_see(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    path, before = package(tmp_path), empty.logical_hash()
    content = bytearray(path.read_bytes())
    content[content.rindex(b"%%EOF")] ^= 1
    path.write_bytes(content)
    (refused,) = take_files(empty, documents, [path], at=AT, confirm=secretariat_key().fingerprint).taken
    assert refused.error is not None
    assert refused.error.code == "altered"
    assert empty.logical_hash() == before
    orphans = empty.store.known()
    assert len(orphans) == 1
    assert empty.sweep() == 1
    assert not empty.store.known()


def test_taking_a_package_again_after_it_was_cancelled_sweeps_what_was_left(
    empty: Workspace, documents: Documents, tmp_path: Path
) -> None:
    class Stop(Exception):
        """What cancelling raises."""

    seen: list[int] = []

    def stop(done: int, _all: int) -> None:
        seen.append(done)
        if len(seen) == 3:
            raise Stop

    path = package(tmp_path)
    with pytest.raises(Stop):
        take_files(empty, documents, [path], at=AT, confirm=secretariat_key().fingerprint, progress=stop)
    assert empty.call() is None
    (taken,) = take_files(empty, documents, [path], at=AT, confirm=secretariat_key().fingerprint).taken
    assert taken.outcome is Outcome.CALL
    assert empty.store.known() == frozenset(packed_call()[1])
