"""A call and assessments to print, and what a judge finds in a PDF."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import page
import pypdfium2
from pypdfium2 import raw

from esf_desktop.framework import builtin
from esf_desktop.model import (
    Answer,
    Application,
    ApplicationId,
    Assessor,
    AssessorId,
    Call,
    CallId,
    ConflictOfInterest,
    CriterionId,
    Declaration,
    Document,
    DocumentId,
    Draft,
    Evidence,
    Judgement,
    Rating,
    Recommendation,
    replace,
)
from esf_desktop.sheets.sheet import Seal

SIGNED_AT = datetime(2026, 11, 23, 14, 40, tzinfo=timezone(timedelta(hours=1)))
SEAL = Seal("7f3a91c204deb86a" * 4, "5218cc0e9a71" + "0" * 52, SIGNED_AT, 2)
ASSESSOR = Assessor(AssessorId("6f1c0f1e-8f2b-4f0e-9a53-0d8a1f1b2c3d"), "Bedömare 1", "Övningsregionen")
DOCUMENT = Document(DocumentId("ab" * 32), "ansokan.pdf", "application/pdf", 1000)
APPENDIX = Document(DocumentId("cd" * 32), "bilaga.docx", "application/docx", 1000)
APPLICATION = Application(
    ApplicationId("2026/00115"),
    "Åtta kommuner, ett lärande",
    "Norrlandslärandet",
    documents=(DOCUMENT,),
    start_date=date(2027, 1, 1),
    end_date=date(2029, 12, 31),
    requested_support=6359500,
    municipalities=("2401", "2403", "2505"),
)
SELECTED = tuple(CriterionId(letters) for letters in ("RUS", "MET", "SAM", "GEO", "STR", "ATT"))
CALL = Call(
    CallId("2026-ON-1"),
    1,
    "Partnerskapet",
    "Kompetens i glesbygd",
    "2026/00042",
    date(2026, 12, 8),
    builtin(),
    SELECTED,
    (APPLICATION,),
)
SAM, LAR = CriterionId("SAM"), CriterionId("LAR")


def draft(comment: str = "Åtta kommuner i båda länen deltar.", overall: str = "Värdet är högt.") -> Draft:
    """A finished assessment with every rating of the scale in it."""
    ratings = [*Rating, Rating.MET, Rating.MET, Rating.PARTLY, Rating.MET, Rating.NOT_MET]
    quote = Evidence(DOCUMENT.sha256, "kommuner i båda länen", 13, "14")
    judgements = tuple(
        Judgement(criterion.id, rating, comment, (Answer.YES, Answer.NO, None), (quote,))
        for criterion, rating in zip(CALL.criteria, ratings, strict=True)
    )
    declared = ConflictOfInterest(Declaration.NONE, SIGNED_AT)
    return Draft(APPLICATION.id, declared, judgements, LAR, overall, Recommendation.IF_FUNDS_ALLOW)


def recused() -> Draft:
    """An assessment whose assessor abstains."""
    declared = ConflictOfInterest(Declaration.RECUSED, SIGNED_AT, "Sitter i styrelsen.")
    return replace(draft(), conflict_of_interest=declared, judgements=(), main_area=None, recommendation=None)


def text_of(content: bytes) -> str:
    """All the text of a PDF as it is read out, each run of white space as one space."""
    document = pypdfium2.PdfDocument(content)
    found = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    document.close()
    return re.sub(r"[\s\u00a0]+", " ", found)


def pages_of(content: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    found = [re.sub(r"[\s\u00a0]+", " ", sheet.get_textpage().get_text_bounded()) for sheet in document]
    document.close()
    return found


def faults(content: bytes, folder: Path, *, attached: bool = False) -> list[str]:
    """What a validator holds against the PDF as PDF/A-2a, or with an attachment 3a, and PDF/UA-1."""
    file = folder / "judged.pdf"
    file.write_bytes(content)
    archive = page.ValidationProfile.PDF_A_3A if attached else page.ValidationProfile.PDF_A_2A
    profiles = (archive, page.ValidationProfile.PDF_UA_1)
    results = [page.validate_pdf(str(file), profile=profile) for profile in profiles]
    return [f"{failure.rule_id}: {failure.message}" for result in results for failure in result.failures]


@dataclass(frozen=True)
class Font:
    """A font as a page uses it."""

    name: str
    embedded: bool


def fonts_of(content: bytes) -> set[Font]:
    """Every font that draws text, and whether the file carries it."""
    document = pypdfium2.PdfDocument(content)
    found = set()
    for sheet in document:
        for drawn in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(drawn)
            length = raw.FPDFFont_GetBaseFontName(font, None, 0)
            buffer = (raw.c_char * length)()
            raw.FPDFFont_GetBaseFontName(font, buffer, length)
            found.add(Font(buffer.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1))
    document.close()
    return found


def elements_of(content: bytes) -> Counter[bytes]:
    """How many there are of each type of element in the whole structure."""
    return Counter(re.findall(rb"/StructElem /S /(\w+) ", content))


def tree_of(content: bytes) -> list[tuple[int, str, str]]:
    """The structure as a screen reader walks it, of all pages: depth, type and alternative text."""
    document = pypdfium2.PdfDocument(content)
    found: list[tuple[int, str, str]] = []
    for sheet in document:
        tree = raw.FPDF_StructTree_GetForPage(sheet.raw)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, number), 0, found)
        raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


def _walk(element: object, depth: int, found: list[tuple[int, str, str]]) -> None:
    if not element:
        return
    kind = _wide(raw.FPDF_StructElement_GetType, element)
    found.append((depth, kind, _wide(raw.FPDF_StructElement_GetAltText, element)))
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        _walk(raw.FPDF_StructElement_GetChildAtIndex(element, number), depth + 1, found)


def _wide(ask: object, element: object) -> str:
    length = ask(element, None, 0)  # type: ignore[operator]
    buffer = (raw.c_char * max(length, 2))()
    ask(element, buffer, length)  # type: ignore[operator]
    return bytes(buffer).decode("utf-16-le").rstrip("\0")
