"""The basis: text that stays text, numbers that are numbers, and every bundle's fate."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from esf_desktop import i18n
from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange import canonical
from esf_desktop.i18n import Language
from esf_desktop.model import Application, BudgetPart, Declaration, Document, DocumentId, Evidence, Rating
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.compare import compare
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.receipts import write_receipts
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import as_pdf, write_basis
from esf_desktop.secretariat.reports.basis import basis_of
from esf_desktop.secretariat.reports.chapters import told
from esf_desktop.secretariat.view import view_sha256
from tests.secretariat.files import (
    CALL,
    assessment,
    bundle,
    merged,
    package,
    register,
    revised,
    secretariat_key,
)
from tests.secretariat.samples import AT, application_id, delivered, person
from tests.sheets.samples import faults, text_of

FORMULA = '=HYPERLINK("http://exempel.invalid";"klicka")'
FIRST = assessment(0, ratings={"SAM": Rating.NOT_MET, "GEO": Rating.CANNOT_ASSESS})


def sent() -> tuple[bytes, ...]:
    """Bundles with a revision, a fork, a recusal, evidence, and texts that would like to be formulas."""
    quote = Evidence(DocumentId("a" * 64), "@kommuner i båda länen", page=13, label="14")
    first = replaced(FIRST.judgements[0], comment=FORMULA, evidence=(quote,))
    told = replaced(FIRST, judgements=(first, *FIRST.judgements[1:]), overall="+46 eller -46\n\nandra stycket")
    recused = assessment(0, answer=Declaration.RECUSED)
    recused = replaced(recused, conflict_of_interest=replaced(recused.conflict_of_interest, reason="-styrelsen"))
    possible = assessment(1, answer=Declaration.POSSIBLE)
    return (
        bundle(0, [told, assessment(2)]),
        bundle(0, [revised(told)]),
        bundle(1, [recused, possible]),
        bundle(2, [assessment(1), assessment(2)]),
        bundle(2, [revised(assessment(2)), assessment(0, ratings={"SAM": Rating.PARTLY})]),
        bundle(2, [revised(assessment(2), salt=1)]),
    )


@pytest.fixture(scope="module")
def bundles() -> tuple[bytes, ...]:
    """The same files for every test here: a signature is never made twice alike."""
    return sent()


def written(own: Register, folder: Path, language: Language = Language.SWEDISH) -> dict[str, bytes]:
    """The basis by kind of file."""
    return {path.suffix: path.read_bytes() for path in write_basis(own, folder, language=language).values()}


def cells(content: bytes) -> list[list[object]]:
    """Every cell of a workbook, sheet by sheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell for row in sheet.iter_rows() for cell in row if cell.value is not None] for sheet in book.worksheets]


@pytest.mark.parametrize("language", Language)
def test_the_pdf_passes_the_checks_of_archives_and_screen_readers(
    language: Language, tmp_path: Path, bundles: Sequence[bytes]
) -> None:
    own = register(tmp_path)
    merged(own, *bundles)
    content = written(own, tmp_path, language)[".pdf"]
    assert faults(content, tmp_path, attached=True) == []
    text = text_of(content)
    assert ("har skickat två versioner" in text.lower()) == (language is Language.SWEDISH)
    assert FORMULA in text.replace("\n", " ").replace("  ", " ")


def test_the_language_of_the_window_is_left_alone(tmp_path: Path, bundles: Sequence[bytes]) -> None:
    own = register(tmp_path)
    merged(own, *bundles)
    assert b"Diarienummer" not in written(own, tmp_path, Language.ENGLISH)[".csv"]
    assert i18n.language() is Language.SWEDISH


def test_no_cell_is_a_formula_whatever_its_text_begins_with(tmp_path: Path, bundles: Sequence[bytes]) -> None:
    own = register(tmp_path)
    merged(own, *bundles)
    basis = written(own, tmp_path)
    found = [cell for sheet in cells(basis[".xlsx"]) for cell in sheet]
    assert FORMULA in [cell.value for cell in found]  # type: ignore[attr-defined]
    assert {cell.data_type for cell in found} <= {"s", "n"}  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(basis[".csv"].decode("utf-8-sig")), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert f"'{FORMULA}" in [cell for row in rows for cell in row]


def test_a_row_is_as_high_as_its_fullest_cell(tmp_path: Path) -> None:
    own, said = register(tmp_path), "en rad\n\nen rad till"
    merged(own, bundle(0, [replaced(FIRST, overall=said)]))
    book = openpyxl.load_workbook(io.BytesIO(written(own, tmp_path)[".xlsx"]))
    sheet = book["Bedömningar"]
    rows = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == said]
    assert rows
    assert {sheet.row_dimensions[row].height for row in rows} == {45.0}


def test_numbers_in_the_workbook_are_numbers(tmp_path: Path, bundles: Sequence[bytes]) -> None:
    call = replaced(CALL, call_version=2, applications=(replaced(CALL.applications[0], requested_support=4_812_000),))
    own = register(tmp_path)
    merged(own, *bundles)
    trust.add_call(own, package(call), file="b.esfcall", at=AT)
    overview = cells(written(own, tmp_path)[".xlsx"])[0]
    assert 4_812_000 in [cell.value for cell in overview]  # type: ignore[attr-defined]


def test_the_json_holds_the_view_and_is_canonical(tmp_path: Path, bundles: Sequence[bytes]) -> None:
    own = register(tmp_path)
    merged(own, *bundles)
    content = written(own, tmp_path)[".json"]
    found = json.loads(content)
    assert found["view_sha256"] == view_sha256(own)
    assert canonical.digest(canonical.encode(found["view"])) == found["view_sha256"]
    assert canonical.encode(found) + b"\n" == content


def test_the_minute_names_every_bundle_and_every_answered_refusal(tmp_path: Path, bundles: Sequence[bytes]) -> None:
    own = register(tmp_path)
    stray = bundle(1, [FIRST], to="a" * 64)
    rows = merged(own, *bundles, stray, b"", b"inte en fil")
    write_receipts(own, secretariat_key(), tmp_path / "kvittenser", at=AT, refused=rows)
    found = json.loads(written(own, tmp_path)[".json"])["minute"]
    assert [line["sha256"] for line in found] == sorted(row.sha256 for row in rows[:-2])
    refused = [line for line in found if line["admission"] == "refused"]
    assert [(line["sha256"], line["code"], line["assessor"]) for line in refused] == [
        (rows[-3].sha256, "wrong_addressee", person(1).name)
    ]
    states = [one["state"] for line in found for one in line["assessments"]]
    assert sorted(states) == ["fork"] * 2 + ["head"] * 6 + ["superseded"] * 2


def test_a_real_round_of_forty_applications_and_twenty_five_assessors_is_laid_out(tmp_path: Path) -> None:
    budget = (BudgetPart("Gles geografi", 55_000_000), BudgetPart("Tom del", 0))
    document = Document(DocumentId("a" * 64), "ansokan.pdf", "application/pdf", 1)
    applications = tuple(
        Application(
            application_id(n), f"Projekt {n}", "Sökande", (document,), requested_support=n, budget_part="Gles geografi"
        )
        for n in range(40)
    )
    call = replaced(CALL, applications=applications, assessors=(), budget=budget, withdrawn=(application_id(3),))
    given = {
        (n, application_id(a)): assessment(0, ratings={"SAM": list(Rating)[(n + a) % 4]})
        for n in range(25)
        for a in range(0, 40, 13)
    }
    found = compare(call, [person(n) for n in range(25)], delivered(given))
    content = as_pdf.render(told(basis_of(found)), b"{}")
    text = text_of(content)
    assert "återkallad" in text
    assert "Bedömda av färre än 2 utan jäv" in text
    assert faults(content, tmp_path, attached=True) == []


def test_a_register_without_a_call_has_no_basis(tmp_path: Path) -> None:
    own = register(tmp_path, call=False)
    before = own.logical_hash()
    with pytest.raises(NoCallError) as caught:
        write_basis(own, tmp_path / "ut", language=Language.SWEDISH)
    assert "utlysning" in caught.value.sentence()
    assert own.logical_hash() == before
    assert not (tmp_path / "ut").exists()


def test_a_round_without_bundles_has_a_basis_all_the_same(tmp_path: Path) -> None:
    own = register(tmp_path, people=0)
    content = written(own, tmp_path)[".pdf"]
    assert faults(content, tmp_path, attached=True) == []
    assert "Ingen har anmält jäv" in text_of(content)


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("i vägen")
    with pytest.raises(ExportFailedError):
        write_basis(register(tmp_path), tmp_path / "fil", language=Language.SWEDISH)
