"""The practice round is an ordinary call package, marked as practice, and the same whenever it is made."""

import re
from collections import Counter
from functools import cache

import pypdfium2
import pytest
from PIL import ImageFilter, ImageStat

from esf_desktop.documents.client import Documents
from esf_desktop.documents.media import media_type
from esf_desktop.exchange.canonical import digest
from esf_desktop.exchange.verify import Kind, examine
from esf_desktop.model import Rating
from esf_desktop.practice import application
from esf_desktop.practice import round as practice
from esf_desktop.practice.content import Content, all_contents, applicants
from esf_desktop.practice.elements import Grid, Heading
from esf_desktop.practice.round import PracticeRound
from esf_desktop.practice.scan import scanned
from tests.practice.applications import pdf
from tests.rounds import AT


@cache
def made() -> PracticeRound:
    """The whole round."""
    return practice.make(at=AT)


def only(attribute: str) -> Content:
    """The one application that has this."""
    (found,) = [content for content in all_contents() if getattr(content, attribute)]
    return found


def test_the_package_is_signed_by_the_rounds_key_and_says_that_it_is_practice() -> None:
    examined = examine(made().package, file="call.esfcall", trusted=frozenset({made().key.fingerprint}))
    assert examined.kind is Kind.CALL
    assert examined.value.value == made().call
    assert made().call.practice
    assert not made().call.recipients
    assert (made().call.deadline or AT.date()) > AT.date()


def test_every_document_is_the_one_that_the_call_names() -> None:
    named = [document for one in made().call.applications for document in one.documents]
    (reference,) = made().call.references
    assert {document.sha256 for document in named} | {reference.document} == set(made().documents)
    for document in named:
        content = made().documents[document.sha256]
        assert (digest(content), len(content)) == (document.sha256, document.size)
        assert media_type(content, document.name) == document.media_type


def test_each_applicant_is_fictional_and_every_application_is_described() -> None:
    assert len(made().call.applications) == 12
    for one in made().call.applications:
        assert re.fullmatch(r"402000-0\d{3}", one.organisation_number or "")
        assert one.total_budget == (one.requested_support or 0) + (one.co_financing or 0)
        assert one.budget_part in {part.name for part in made().call.budget}
        assert one.sector in made().call.sectors
    assert len({(a.name, a.number) for a in applicants().values()}) == len(applicants())


def test_every_criterion_has_applications_that_meet_it_and_some_that_do_not() -> None:
    for criterion in made().call.criteria:
        levels = Counter(content.truth[criterion.id].level for content in all_contents())
        assert levels[Rating.MET], criterion.id
        assert len(levels) > 1, criterion.id


@pytest.mark.parametrize("count", [1, 12, 14, 30])
def test_as_many_applications_as_are_asked_for_each_have_a_number_of_their_own(count: int) -> None:
    found = practice.contents(count)
    assert len({content.id for content in found}) == len({content.name for content in found}) == count
    assert [content.id for content in found] == sorted(content.id for content in found)


def test_a_round_of_fourteen_and_five_is_a_call_too() -> None:
    larger = practice.make(applications=14, assessors=5, at=AT)
    assert examine(larger.package, file="call.esfcall").value.value == larger.call
    assert len({reader.id for reader in larger.call.assessors}) == 5
    assert larger.call.applications[:12] == made().call.applications
    assert len(larger.documents) == len(made().documents) + 2


def test_a_scanned_application_has_pages_but_no_text() -> None:
    content = only("scanned")
    ((_name, file),) = practice.files_of(content)
    assert practice.files_of(content) == (("ansokan.pdf", file),)
    with Documents() as documents, documents.open(file, "ansokan.pdf") as opened:
        info = opened.info
        assert not info.has_text
        assert not any(text.strip() for text in opened.texts())
    with pypdfium2.PdfDocument(pdf(content.id)) as original:
        assert [(page.width, page.height) for page in info.pages] == [page.get_size() for page in original]


def test_one_chapter_of_the_scan_is_spoilt_and_no_other_page() -> None:
    content = only("scanned")
    with pypdfium2.PdfDocument(pdf(content.id)) as original:
        starts = [mark.get_dest().get_index() for mark in original.get_toc() if mark.level == 0]
    ends = [*starts[1:], len(sharpness(pdf(content.id)))]
    spoilt, sound = (sharpness(scanned(pdf(content.id), spoilt=n)) for n in (content.blurred_chapter, 0))
    chapter = range(starts[content.blurred_chapter - 1], ends[content.blurred_chapter - 1])
    assert len(chapter) == 1
    for page, (one, other) in enumerate(zip(spoilt, sound, strict=True)):
        assert (one < 0.8 * other) if page in chapter else one == other


def test_the_annexed_text_opens_with_its_headings() -> None:
    content = only("attachment")
    (_pdf, (name, file)) = practice.files_of(content)
    assert practice.files_of(content)[1] == (name, file)
    elements = application.attachment(content)
    with Documents() as documents, documents.open(file, name) as opened:
        assert opened.info.kind == "text"
        blocks = opened.blocks()
    headings = [(block.level, block.text) for block in blocks if block.kind == "heading"]
    said = [(element.level, element.text) for element in elements if isinstance(element, Heading)]
    assert headings[-len(said) :] == said
    assert blocks[0].text == content.attachment
    rows = [row for element in elements if isinstance(element, Grid) for row in element.rows]
    assert [block.text for block in blocks if block.kind == "row"] == ["\t".join(row) for row in rows]


def test_nothing_is_missing_from_the_framework_that_the_truths_answer() -> None:
    for content in all_contents():
        assert set(content.truth) == {criterion.id for criterion in made().call.criteria}
        assert made().call.is_area(content.main_area)


def sharpness(file: bytes) -> list[float]:
    """How strong the edges on each page are."""
    with pypdfium2.PdfDocument(file) as document:
        pictures = [page.render(scale=1, grayscale=True).to_pil().convert("L") for page in document]
    return [ImageStat.Stat(picture.filter(ImageFilter.FIND_EDGES)).stddev[0] for picture in pictures]
