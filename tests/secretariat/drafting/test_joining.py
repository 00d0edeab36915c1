"""A list, a folder and what the documents say, joined."""

from datetime import date
from pathlib import Path

from esf_desktop.documents.client import Documents
from esf_desktop.documents.metadata import Guess
from esf_desktop.secretariat.drafting import joining
from esf_desktop.secretariat.drafting.draft import CallDraft, DraftApplication, DraftReader
from esf_desktop.secretariat.drafting.folder import Found
from esf_desktop.secretariat.drafting.joining import join, take
from esf_desktop.secretariat.drafting.listing import Listed
from tests.documents import making

ROW = Listed(2, DraftApplication("2026/00112", "Inland", "Påhitt", requested_support=5_000_000))
FILES = Found("2026/00112", "2026/00112", ("2026-00112/ansokan.pdf",))
SAYS = Guess(project_name="INLAND", requested_support=6_000_000, start_date=date(2027, 1, 1))


def test_the_list_decides_and_the_documents_fill_its_gaps() -> None:
    (one,) = join([ROW], [FILES], {"2026/00112": SAYS}, CallDraft())
    assert one.application.requested_support == 5_000_000
    assert one.application.start_date == date(2027, 1, 1)
    assert one.application.documents == FILES.files
    assert one.differing == ("requested_support",)
    assert (one.row, one.before, one.changed) == (2, None, ())


def test_files_without_a_row_are_applications_too_by_the_number_that_they_tell() -> None:
    loose = Found("", "Kompetensliv", ("Kompetensliv/a.pdf",))
    first, second, third = join(
        [ROW],
        [loose, Found("2026/00118", "2026/00118", ("x.pdf",))],
        {"Kompetensliv": Guess("2026/00115")},
        CallDraft(),
    )
    assert first.application.documents is None
    assert (second.application.id, second.application.project_name) == ("2026/00115", "Kompetensliv")
    assert (third.application.id, third.row) == ("2026/00118", None)


def test_a_file_whose_own_number_is_another_one_is_marked() -> None:
    (one,) = join([], [FILES], {"2026/00112": Guess("2026/00113")}, CallDraft())
    assert (one.application.id, one.differing) == ("2026/00112", ("id",))


def test_a_second_list_changes_what_it_says_and_keeps_the_rest() -> None:
    reader = DraftReader("x", "B", ("2026/00112",))
    (one,) = join([ROW], [FILES], {}, CallDraft())
    draft = take(CallDraft(assessors=(reader,)), [one])
    newer = Listed(7, DraftApplication("2026-00112", requested_support=7_000_000))
    (again,) = join([newer], [], {}, draft)
    assert again.changed == ("requested_support",)
    taken = take(draft, [again])
    (kept,) = taken.applications
    assert (kept.id, kept.project_name, kept.requested_support) == ("2026/00112", "Inland", 7_000_000)
    assert kept.documents == FILES.files
    assert taken.assessors == (reader,)
    assert take(taken, [again]) == taken


def test_facts_are_read_from_the_first_pages_and_what_cannot_be_read_tells_nothing(
    tmp_path: Path, documents: Documents
) -> None:
    lines = [(72.0, 700.0, "Diarienummer: 2026/00112"), (72.0, 680.0, "Sökt stöd: 6 000 000 kr")]
    (tmp_path / "a.pdf").write_bytes(making.pdf([lines]))
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 skadad")
    found = joining.read_facts(documents, tmp_path, ("b.pdf", "a.pdf"))
    assert found is not None
    assert (found.diary_number, found.requested_support) == ("2026/00112", 6_000_000)
    assert joining.read_facts(documents, tmp_path, ("b.pdf", "borta.pdf")) is None
