"""The practice round as a call package, made by the program itself, signed with a key that is then thrown away."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from msgspec import structs

from esf_desktop import framework
from esf_desktop.documents.media import media_type
from esf_desktop.exchange.call_package import write_call_package
from esf_desktop.model import (
    Application,
    ApplicationId,
    AssessorId,
    BudgetPart,
    Call,
    CallId,
    CriterionId,
    Document,
    DocumentId,
    Framework,
    Partner,
    Reader,
    Reference,
    ThirdAssessor,
    replace,
)
from esf_desktop.practice import application as one
from esf_desktop.practice import strategies
from esf_desktop.practice.content import Content, all_contents, applicants
from esf_desktop.practice.scan import scanned
from esf_desktop.practice.word import docx
from esf_desktop.signing.keys import SigningKey, make_key

CALL = CallId("ovning-2026")
SELECTED = tuple(map(CriterionId, ("RUS", "MET", "SAM", "GEO", "STR", "ATT")))
SPARED = CriterionId("STR")
"""The principle that förstudier are not judged by."""
SPARED_QUESTION = (CriterionId("MET"), 3)
"""The guiding question, counted from 0, that förstudier are not asked."""
DAYS = 15
"""From the making of the round to its deadline."""
STEP = 3
"""Between diary numbers."""
BUDGET = (
    BudgetPart("Kompetensutveckling för anställda", 27_000_000),
    BudgetPart("Gles geografi", 55_000_000),
)
SECTORS = (
    "Vård och omsorg",
    "Industri",
    "Handel och tjänster",
    "Besöksnäring",
    "Skog och lantbruk",
    "Offentlig sektor",
)
ASSESSORS = tuple(
    Reader(AssessorId(f"00000000-0000-4000-8000-{number:012d}"), f"Bedömare {number}") for number in range(1, 4)
)


@dataclass(frozen=True, slots=True)
class PracticeRound:
    """The call, its documents, the secretariat's throw-away key, and the package that the assessors get."""

    call: Call
    documents: Mapping[DocumentId, bytes]
    key: SigningKey
    package: bytes


def make(*, applications: int = 12, assessors: int = len(ASSESSORS), at: datetime) -> PracticeRound:
    """A practice round of so many applications, to be read by so many assessors."""
    described: list[Application] = []
    documents: dict[DocumentId, bytes] = {}
    for content in contents(applications):
        files = files_of(content)
        named = tuple(_document(name, inside) for name, inside in files)
        documents |= {document.sha256: inside for document, (_name, inside) in zip(named, files, strict=True)}
        described.append(_described(content, named))
    strategy = strategies.pdf()
    reference = _document("strategier.pdf", strategy).sha256
    documents[reference] = strategy
    call = _call(tuple(described), readers(assessors), (at + timedelta(days=DAYS)).date(), reference)
    key = make_key("Övningssekretariatet", "Övning", at=at)
    return PracticeRound(call, documents, key, write_call_package(call, documents, key, at=at))


def contents(count: int) -> tuple[Content, ...]:
    """So many applications; beyond the twelve that are written they come again, renumbered and without annexes."""
    written = all_contents()
    found = []
    for place in range(count):
        content, again = written[place % len(written)], place // len(written)
        if again:
            number = int(written[-1].id[-5:]) + STEP * (place - len(written) + 1)
            name = f"{content.name} {again + 1}"
            content = structs.replace(content, id=f"{content.id[:5]}{number:05d}", name=name, attachment="")
        found.append(content)
    return tuple(found)


def readers(count: int) -> tuple[Reader, ...]:
    """So many fictional assessors."""
    more = (
        Reader(AssessorId(f"00000000-0000-4000-8000-{number:012d}"), f"Bedömare {number}")
        for number in range(len(ASSESSORS) + 1, count + 1)
    )
    return (*ASSESSORS[:count], *more)


def files_of(content: Content) -> tuple[tuple[str, bytes], ...]:
    """The files that the applicant handed in, by name."""
    made = one.pdf(content)
    files = [("ansokan.pdf", scanned(made, spoilt=content.blurred_chapter) if content.scanned else made)]
    if content.attachment:
        files.append(("bilaga.docx", docx(content.attachment, one.attachment(content))))
    return tuple(files)


def _document(name: str, content: bytes) -> Document:
    sha256 = DocumentId(hashlib.sha256(content).hexdigest())
    return Document(sha256, name, media_type(content, name), len(content))


def _described(content: Content, documents: tuple[Document, ...]) -> Application:
    applicant = applicants()[content.applicant]
    return Application(
        id=ApplicationId(content.id),
        project_name=content.name,
        applicant_name=applicant.name,
        documents=documents,
        organisation_number=applicant.number,
        project_type=content.project_type,
        programme_area=content.programme_area,
        specific_objective=content.specific_objective,
        start_date=content.start,
        end_date=content.end,
        requested_support=content.support,
        co_financing=content.co_financing,
        total_budget=content.total,
        municipalities=content.municipalities,
        partners=tuple(Partner(party.name, party.number, party.sector) for party in content.partners),
        target_group=content.target_group,
        sector=content.sector,
        budget_part=content.budget_part,
    )


def _framework() -> Framework:
    """The one that ships, with what it spares förstudier: a structure to change, and the evidence for a method."""
    built_in = framework.builtin()
    principles = tuple(
        replace(principle, for_feasibility_study=False)
        if principle.id == SPARED
        else replace(
            principle,
            questions=tuple(
                replace(question, for_feasibility_study=(principle.id, n) != SPARED_QUESTION)
                for n, question in enumerate(principle.questions)
            ),
        )
        for principle in built_in.principles
    )
    return replace(built_in, principles=principles)


def _call(
    applications: tuple[Application, ...], assessors: tuple[Reader, ...], deadline: date, reference: DocumentId
) -> Call:
    return Call(
        id=CALL,
        call_version=1,
        body="Övningspartnerskapet",
        title="Kompetens för hela regionen (övning)",
        diary_number="2026/00100",
        deadline=deadline,
        framework=_framework(),
        selected_principles=SELECTED,
        applications=applications,
        practice=True,
        budget=BUDGET,
        references=(Reference(strategies.TITLE, reference, strategies.GOALS),),
        sectors=SECTORS,
        assessors=assessors,
        third_assessor=ThirdAssessor(),
    )
