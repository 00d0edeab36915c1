"""Everything that arrives is sorted in one go: what is sound is taken, and what is not says why and stops no other."""

from pathlib import Path

from esf_desktop.errors import UnreadableFileError
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.inbox import only_new, receive, together
from esf_desktop.secretariat.merge import Outcome, Source
from esf_desktop.secretariat.receipts import write_receipts
from tests.secretariat.files import assessment, bundle, call_package, enrolment, key, merged, register, secretariat_key
from tests.secretariat.samples import AT, person


def test_all_kinds_arrive_at_once_in_any_order(tmp_path: Path) -> None:
    with register(tmp_path, call=False, people=1) as own:
        sources: list[Source] = [
            ("1.esfbundle", bundle(0, [assessment()])),
            ("utan namn", bundle(0, [assessment(1)])),
            ("skräp.esfbundle", b"skr\xc3\xa4p"),
            ("borta.esfbundle", UnreadableFileError("borta.esfbundle")),
            ("okänd.esfbundle", bundle(1, [assessment()])),
            ("ny.esfenrol", enrolment(1)),
            ("känd.esfenrol", enrolment(0)),
            ("brev.txt", b"Hej"),
            ("tom.esfcall", b""),
            ("oläst.esfcall", UnreadableFileError("oläst.esfcall")),
            ("utlysning.esfcall", call_package()),
            ("igen.esfcall", call_package()),
        ]
        received = receive(own, sources, at=AT)
        assert [(file, added.new) for file, added in received.calls] == [
            ("utlysning.esfcall", True),
            ("igen.esfcall", False),
        ]
        assert [(row.file, row.outcome) for row in received.rows] == [
            ("1.esfbundle", Outcome.REGISTERED),
            ("utan namn", Outcome.REGISTERED),
            ("skräp.esfbundle", Outcome.REFUSED),
            ("borta.esfbundle", Outcome.REFUSED),
            ("okänd.esfbundle", Outcome.REFUSED),
        ]
        assert [row.code for row in received.rows[2:]] == ["not_ours", "unreadable", "unknown_signer"]
        assert [error.code for error in received.refused] == ["not_ours", "empty", "unreadable"]
        (waiting,) = received.enrolments
        assert (waiting.file, waiting.name, waiting.fingerprint) == ("ny.esfenrol", person(1).name, key(1).fingerprint)
        assert waiting.fingerprint not in trust.trusted(own)


def test_an_enrolment_is_trusted_only_when_a_person_says_so(tmp_path: Path) -> None:
    with register(tmp_path, people=0) as own:
        late: list[Source] = [("0.esfbundle", bundle(0, [assessment()]))]
        (waiting,) = receive(own, [("0.esfenrol", enrolment(0)), *late], at=AT).enrolments
        trust.enrol(own, waiting.content, file=waiting.file, at=AT)
        received = receive(own, [("0.esfenrol", enrolment(0)), *late], at=AT)
        assert received.enrolments == ()
        assert [row.outcome for row in received.rows] == [Outcome.REGISTERED]


def test_a_receipt_that_comes_back_is_told_by_its_kind(tmp_path: Path) -> None:
    with register(tmp_path) as own:
        merged(own, bundle(0, [assessment()]))
        (path,) = write_receipts(own, secretariat_key(), tmp_path / "ut", at=AT)
        before = own.logical_hash()
        (refused,) = receive(own, [(path.name, path.read_bytes())], at=AT).refused
        assert refused.code == "wrong_kind"
        for language in Language:
            use(language)
            assert path.name in refused.sentence()
        assert own.logical_hash() == before


def test_nothing_changes_nothing(tmp_path: Path) -> None:
    with register(tmp_path) as own:
        before = own.logical_hash()
        received = receive(own, [], at=AT)
        assert (received.calls, received.rows, received.enrolments, received.refused) == ((), (), (), ())
        assert own.logical_hash() == before


def test_the_latest_word_about_a_file_stands_and_the_others_stay(tmp_path: Path) -> None:
    with register(tmp_path, people=1) as opened:
        good = bundle(0, [assessment(0)])
        first = receive(opened, [("a.esfbundle", good[:-1]), ("b.esfbundle", good)], at=AT)
        second = receive(opened, [("a.esfbundle", bundle(0, [assessment(1)])), ("b.esfbundle", good)], at=AT)
        both = together(first, second)
        assert [(row.file, row.outcome.value) for row in both.rows] == [
            ("a.esfbundle", "registered"),
            ("b.esfbundle", "duplicate"),
        ]
        assert [row.file for row in only_new(second).rows] == ["a.esfbundle"]
        assert together(None, first) is first
