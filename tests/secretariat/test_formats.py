"""Every format of the basis says the same: the numbers of one are in the others, whatever order bundles arrived in."""

import csv
import io
import json
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from esf_desktop.i18n import Language
from esf_desktop.model import BudgetPart, CriterionId, Rating, Recommendation
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import proposal, trust
from esf_desktop.secretariat.consensus import Consensus, JointJudgement, Present, write
from esf_desktop.secretariat.order import Outcome
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import FORMATS, write_basis
from tests.secretariat.files import CALL, assessment, bundle, merged, package, register
from tests.secretariat.samples import AT, application_id, person
from tests.secretariat.test_reports import FORMULA, sent
from tests.sheets.samples import text_of, tree_of

NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+")
MONEY = (4_812_001, 7_867_603, 2_077_777)


@pytest.fixture(scope="module")
def bundles() -> tuple[bytes, ...]:
    """The same files for every test here: a signature is never made twice alike."""
    return (*sent(), bundle(1, [assessment(2)]))


@pytest.fixture(scope="module")
def basis(bundles: Sequence[bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every format of a round with money in it."""
    folder = tmp_path_factory.mktemp("basis")
    with rich(folder, bundles) as own:
        return written(own, folder / "ut")


def rich(folder: Path, bundles: Sequence[bytes]) -> Register:
    """A register whose call knows what each application asks for."""
    asked = tuple(
        replaced(one, requested_support=money, budget_part="Gles geografi", municipalities=("2401", "2580"))
        for one, money in zip(CALL.applications, MONEY, strict=True)
    )
    budget = (BudgetPart("Gles geografi", 9_000_000), BudgetPart("Kompetens", 1_500_000))
    own = register(folder)
    merged(own, *bundles)
    call = replaced(CALL, call_version=2, applications=asked, budget=budget)
    trust.add_call(own, package(call), file="b.esfcall", at=AT)
    decide(own)
    return own


def decide(own: Register) -> None:
    """What the secretariat and the meeting decide: an order with a tie, outcomes, and two joint assessments."""
    order = ((application_id(1),), (application_id(0), application_id(2)))
    proposal.read(own, order, at=AT, by="handläggaren", reason="=Störst nytta i inlandet.")
    outcomes = {application_id(1): Outcome.PRIORITISED, application_id(0): Outcome.NOT_PRIORITISED}
    proposal.propose(own, outcomes, at=AT, by="handläggaren", reason="Budgeten räcker inte till alla.")
    proposal.undo(own, at=AT, by="chefen")
    proposal.redo(own, at=AT, by="chefen")
    there = (Present("Ordföranden"), Present(person(1).name, person(1).id, conflict=True, reason="Sitter i styrelsen."))
    agreed = (JointJudgement(CriterionId("SAM"), Rating.PARTLY, "Åtta kommuner, men bara ett län."),)
    for n, text in ((0, "Samlat värde:\n\nminst 1 730 personer nås."), (1, "Tydlig nytta.")):
        said = Consensus(application_id(n), agreed, text, Recommendation.PRIORITISE, CriterionId("LAR"), there)
        write(own, said, at=AT, by="handläggaren")


def written(own: Register, folder: Path, language: Language = Language.SWEDISH) -> dict[str, bytes]:
    return {kind: path.read_bytes() for kind, path in write_basis(own, folder, language=language).items()}


class Page(HTMLParser):
    """What a web page says to somebody who hears it, and the elements that it is made of."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._silent = 0
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._silent += tag in ("style", "title") or (tag == "span" and ("aria-hidden", "true") in attrs)
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent = 0 if tag in ("style", "title", "span") else self._silent
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    def text(self) -> str:
        return tidy("".join(self.words))


def tidy(text: str) -> str:
    return re.sub(r"[\s\u00a0]+", " ", text)


def document(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def text_of_document(content: bytes) -> str:
    body = document(content).element.body
    return tidy(" ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))))


def numbers(text: str) -> Counter[str]:
    """The numbers of a text, written without what only helps the eye."""
    return Counter(found.replace(" ", "") for found in NUMBER.findall(text))


def test_each_number_of_one_format_is_in_the_others(basis: dict[str, bytes]) -> None:
    page, word, paper = Page(basis["html"]).text(), text_of_document(basis["docx"]), text_of(basis["pdf"])
    assert set(numbers(page)) == set(numbers(word))
    assert set(numbers(page)) <= set(numbers(paper))
    for money in MONEY:
        spoken = f"{money:,} kr".replace(",", " ")
        assert all(spoken in text for text in (page, word, paper)), money
    book = openpyxl.load_workbook(io.BytesIO(basis["xlsx"]))
    cells = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    figures = {str(value) for value in cells if isinstance(value, int)}
    for text in (page, word, paper):
        assert figures <= set(numbers(text))
    found = json.loads(basis["json"])
    assert {one["requested_support"] for one in found["applications"]} == set(MONEY) <= set(cells)
    for line in found["applications"]:
        met = line["met"]
        many = str(met["least"]) if met["least"] == met["most"] else f"{met['least']}–{met['most']}"
        for text in (page, word, paper):
            assert f"{many} av {met['of']}" in text
    for line in found["minute"]:
        grouped = " ".join(line["sha256"][n : n + 4] for n in range(0, 64, 4)).upper()
        assert all(grouped in text for text in (page, word, paper))
        assert line["sha256"] in cells


def test_each_persons_words_are_in_every_format(basis: dict[str, bytes]) -> None:
    paper = text_of(basis["pdf"])
    rows = list(csv.reader(io.StringIO(basis["csv"].decode("utf-8-sig")), delimiter=";"))
    told = {cell for row in rows[1:] for cell in (row[1], row[4], row[7], row[8], row[13])} - {""}
    assert len(told) > 15
    page, word = Page(basis["html"]).text(), text_of_document(basis["docx"])
    for text in told:
        for whole in (page, word, paper):
            assert tidy(text.removeprefix("'")) in whole.replace("  ", " "), text
    assert FORMULA in page
    assert FORMULA in word


@pytest.mark.parametrize("language", Language)
def test_the_same_bundles_in_any_order_give_the_same_bytes_in_every_format(
    language: Language, tmp_path: Path, bundles: Sequence[bytes]
) -> None:
    one, two = rich(tmp_path / "a", bundles), rich(tmp_path / "b", [*reversed(bundles), bundles[0]])
    first, second, again = (written(own, tmp_path / "ut", language) for own in (one, two, two))
    assert list(first) == list(FORMATS)
    for kind in FORMATS:
        assert first[kind] == second[kind] == again[kind], kind


def test_what_was_decided_is_in_every_format(basis: dict[str, bytes]) -> None:
    page, word, paper = Page(basis["html"]).text(), text_of_document(basis["docx"]), text_of(basis["pdf"])
    book = openpyxl.load_workbook(io.BytesIO(basis["xlsx"]))
    cells = tidy(
        " ".join(str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value)
    )
    told = (
        *(
            "=Störst nytta i inlandet.",
            "Budgeten räcker inte till alla.",
            "minst 1 730 personer nås.",
            "ej prioriterad",
        ),
        *("Åtta kommuner, men bara ett län.", "Sitter i styrelsen.", "Ordföranden", "handläggaren", "chefen", "2="),
        *("Nordmaling", "7 378 692 kr", "Deltog inte i den gemensamma bedömningen", "Budgetlinje"),
    )
    for text in told:
        for whole in (page, word, paper):
            assert text in whole, text
    for text in (*told[:10], "Nordmaling", "Deltog inte i den gemensamma bedömningen"):
        assert text in cells, text
    found = json.loads(basis["json"])
    assert found["proposal"]["order"] == [["2026/00102"], ["2026/00101", "2026/00103"]]
    assert found["proposal"]["outcomes"] == {"2026/00101": "not_prioritised", "2026/00102": "prioritised"}
    assert [one["undone"] for one in found["proposal"]["moves"]] == [False] * 4
    assert [one["consensus"]["application"] for one in found["joint_assessments"]] == ["2026/00101", "2026/00102"]
    sums = {one["key"]: one["applied"] for one in found["balance"] if one["by"] == "county"}
    assert sum(one["support"] for one in sums.values()) == sum(MONEY)
    rows = list(csv.reader(io.StringIO(basis["csv"].decode("utf-8-sig")), delimiter=";"))
    assert {row[-1] for row in rows[1:]} == {"prioriterad", "ej prioriterad", ""}
    assert {row[-2] for row in rows[1:] if row[6] == "SAM"} == {"Delvis", ""}


def test_the_pdf_carries_the_json(basis: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "basis.pdf").write_bytes(basis["pdf"])
    command = ["pdfdetach", "-save", "1", "-o", "inuti.json", "basis.pdf"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    assert (tmp_path / "inuti.json").read_bytes() == basis["json"]


def test_a_chart_of_the_pdf_says_what_it_shows(basis: dict[str, bytes]) -> None:
    told = [alt for _depth, kind, alt in tree_of(basis["pdf"]) if kind == "Figure"]
    assert any(re.match(r"Kompetensförsörjning.*: \d+ Uppfylld, \d+ Delvis", alt) for alt in told)
    assert all(told)


def test_the_web_page_needs_nothing_beside_it_and_runs_nothing(basis: dict[str, bytes]) -> None:
    page = Page(basis["html"])
    tags = Counter(tag for tag, _attributes in page.elements)
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    assert not [
        v
        for _tag, given in page.elements
        for k, v in given.items()
        if k in ("src", "href") and not (v or "").startswith("#")
    ]
    assert dict(page.elements[0][1]) == {"lang": "sv"}
    assert (tags["h1"], tags["main"], tags["nav"]) == (1, 1, 1)
    headers = [given.get("scope") for tag, given in page.elements if tag == "th"]
    assert headers
    assert set(headers) == {"col", "row"}
    assert tags["table"] == tags["caption"]


def test_what_somebody_wrote_is_never_markup(tmp_path: Path) -> None:
    named = replaced(CALL.applications[0], project_name='<script>alert("1")</script> & <b>Åtta</b>')
    own = register(tmp_path)
    call = replaced(CALL, call_version=2, applications=(named, *CALL.applications[1:]))
    trust.add_call(own, package(call), file="b.esfcall", at=AT)
    found = written(own, tmp_path / "ut")
    page = Page(found["html"])
    assert named.project_name in page.text()
    assert not {"script", "b"} & {tag for tag, _attributes in page.elements}
    assert named.project_name in text_of_document(found["docx"])


def test_the_document_has_real_headings_tables_and_a_language(basis: dict[str, bytes]) -> None:
    found = document(basis["docx"])
    heads = [p.text for p in found.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads[0] == "Kompetens i hela Övre Norrland"
    assert [one for one in ("Projekt 1", "Jäv", "Enighet", "Sammanslagningsprotokoll") if one not in heads] == []
    assert found.core_properties.language == "sv-SE"
    assert {one.get(qn("w:val")) for one in found.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    for table in found.tables:
        assert table._tbl.findall(f".//{qn('w:tblHeader')}")
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    links = [one.get(qn("w:anchor")) for one in found.element.body.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in found.element.body.iter(qn("w:bookmarkStart"))]
    assert links == marks
    assert {(section.page_width or 0) > (section.page_height or 0) for section in found.sections} == {True, False}


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_nothing_in_an_archive_says_when_it_was_made(kind: str, basis: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(basis[kind])) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(1980, 1, 1)}
        assert b"2013" not in archive.read("docProps/core.xml")
        assert not [name for name in archive.namelist() if "thumbnail" in name or "customXml" in name]
