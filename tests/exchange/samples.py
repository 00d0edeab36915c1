"""A small round with real keys, for the tests of what travels."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from esf_desktop import framework
from esf_desktop.exchange.bundle import Bundle, CallReference, JournalHead, Signatory, write_bundle
from esf_desktop.exchange.call_package import write_call_package
from esf_desktop.exchange.canonical import digest, identity
from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt, write_receipt
from esf_desktop.model import (
    Answer,
    Application,
    ApplicationId,
    Assessment,
    Assessor,
    AssessorId,
    Call,
    CallId,
    ConflictOfInterest,
    Declaration,
    Document,
    DocumentId,
    Evidence,
    Judgement,
    Rating,
    Reader,
    Recommendation,
    Rect,
    Reference,
)
from esf_desktop.signing.keys import SigningKey, make_key

AT = datetime(2026, 11, 23, 13, 32, 8, tzinfo=UTC)
LOCAL = datetime(2026, 11, 23, 14, 32, 8, tzinfo=timezone(timedelta(hours=1)))
ASSESSOR = Assessor(AssessorId("0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0"), "Åsa Öberg", "Region Påhitt", "asa@example.se")
PDF = b"%PDF-1.7 an application"
PLAN = b"%PDF-1.7 a strategy"
SHEETS = b"%PDF-1.7 a sheet"


@dataclass(frozen=True)
class Keys:
    """The two keys of the round, made once."""

    secretariat: SigningKey
    assessor: SigningKey


@cache
def keys() -> Keys:
    """The keys of this run of the tests."""
    return Keys(make_key("Sekretariatet", "Struktur", at=AT), make_key(ASSESSOR.name, ASSESSOR.organisation, at=AT))


@cache
def call() -> Call:
    """A call with two applications, one document and one reference."""
    known = framework.builtin()
    document = Document(DocumentId(digest(PDF)), "ansökan.pdf", "application/pdf", len(PDF))
    return Call(
        id=CallId("2026-ON-1"),
        call_version=1,
        body="Strukturfondspartnerskapet",
        title="Kompetens för omställning",
        diary_number="2026/00042",
        deadline=date(2026, 12, 8),
        framework=known,
        selected_principles=tuple(principle.id for principle in known.principles),
        applications=(
            Application(ApplicationId("2026/00112"), "Ny väg", "Påhitt AB", (document,)),
            Application(ApplicationId("2026/00113"), "Bro till jobb", "Ex kommun", (document,)),
        ),
        references=(Reference("Regional utvecklingsstrategi", DocumentId(digest(PLAN)), ("Mål 1",)),),
        assessors=(Reader(ASSESSOR.id, ASSESSOR.name),),
    )


def documents() -> dict[DocumentId, bytes]:
    """What the call names."""
    return {DocumentId(digest(content)): content for content in (PDF, PLAN)}


def call_package() -> bytes:
    """The call as the secretariat sends it."""
    return write_call_package(call(), documents(), keys().secretariat, at=AT)


def assessment(number: int = 0) -> Assessment:
    """A complete assessment of one of the applications."""
    of_page = Evidence(DocumentId(digest(PDF)), "minst 40 kvinnor", 13, "14", (Rect(7212, 40310, 31000, 41200),))
    of_block = Evidence(DocumentId(digest(PDF)), "två av tre", block=204)
    judgements = tuple(
        Judgement(
            criterion.id, Rating.MET, "Tydligt.\nSe §4.", (Answer.YES,) * len(criterion.questions), (of_page, of_block)
        )
        for criterion in call().criteria
    )
    return Assessment(
        assessment_id="5a0f3c52-6c5c-4f0e-9c7e-0f6a2b0c4d11",
        application=call().applications[number].id,
        documents=(digest(PDF),),
        revision=1,
        parents=(),
        framework_sha256=identity(call().framework),
        conflict_of_interest=ConflictOfInterest(Declaration.NONE, LOCAL),
        judgements=judgements,
        main_area=call().framework.areas[0].id,
        overall="Väl ”genomtänkt” \\ rimlig budget.",
        recommendation=Recommendation.PRIORITISE,
        signed_off_at=LOCAL,
    )


def bundle() -> Bundle:
    """What the assessor sends."""
    return Bundle(
        bundle_id="7c2a9c1e-1111-4222-8333-444455556666",
        practice=False,
        call=CallReference(call().id, 1, call_sha256()),
        to=keys().secretariat.fingerprint,
        assessor=Signatory(ASSESSOR.id, ASSESSOR.name, ASSESSOR.organisation, keys().assessor.fingerprint),
        claimed_at=LOCAL,
        journal=JournalHead(1841, digest(b"journal")),
        program="1.0.0",
        assessments=(assessment(),),
    )


def bundle_file(value: Bundle | None = None) -> bytes:
    """The bundle as a file."""
    return write_bundle(value or bundle(), SHEETS, keys().assessor, at=AT)


def enrolment_file() -> bytes:
    """The assessor's enrolment as a file."""
    return write_enrolment(Enrolment(ASSESSOR, "laptop", LOCAL), keys().assessor, at=AT)


def receipt() -> Receipt:
    """The first receipt."""
    acknowledged = Acknowledged(identity(assessment()), assessment().application, AssessmentState.HEAD)
    bundle_sha256 = digest(b"the bundle")
    return Receipt(1, None, bundle_sha256, Outcome.REGISTERED, None, LOCAL, call().id, ASSESSOR.id, (acknowledged,))


def receipt_file() -> bytes:
    """The receipt as a file."""
    return write_receipt(receipt(), keys().secretariat, at=AT)


@cache
def call_sha256() -> str:
    """SHA-256 of the call's `call.json`."""
    from esf_desktop.exchange.call_package import read_call_package

    return read_call_package(call_package(), file="c.esfcall").sha256
