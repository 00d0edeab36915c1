"""What is measured on: practice rounds, PDFs of 60 and 300 pages, and a thousand small bundles for a register."""

import random
import sys
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2

from esf_desktop import framework
from esf_desktop.assessor import identity as identity_of
from esf_desktop.assessor import intake
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.bundle import Bundle, CallReference, JournalHead, Signatory, write_bundle
from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.exchange.canonical import identity
from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessment,
    Assessor,
    AssessorId,
    Call,
    CallId,
    ConflictOfInterest,
    Declaration,
    Judgement,
    Rating,
    Recommendation,
    replace,
)
from esf_desktop.practice import round as practice
from esf_desktop.practice.assessors import Finder, assess_application
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import Source, merge
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.keys import SigningKey, make_key
from esf_desktop.workspace import Workspace

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
PAGES, HUNDREDS = 60, 300
"""Of the long PDF, and of the one that is scrolled."""
FORTY = 40
"""Applications that are walked through, and compared."""
READERS = 25
"""Assessors of those that are compared."""
STAND_IN = b"%PDF-1.7\n" + b"%" * 2000 + b"\n%%EOF\n"
ASSESSORS = 10
APPLICATIONS = 100


def call(applications: int = APPLICATIONS) -> Call:
    """A call with so many applications and no documents."""
    criteria = framework.builtin()
    listed = tuple(
        Application(ApplicationId(f"2026/{number:05}"), f"Projekt {number}", f"Sökande {number}")
        for number in range(1, applications + 1)
    )
    return Call(
        CallId("2026-BENCH"),
        1,
        "Strukturfondspartnerskapet",
        "Mätning",
        "2026/00001",
        AT.date() + timedelta(days=30),
        criteria,
        tuple(principle.id for principle in criteria.principles),
        listed,
    )


def assessment(of: Call, application: Application, salt: str) -> Assessment:
    """Every criterion rated, with a comment of usual length."""
    ratings = tuple(Rating)
    judgements = tuple(
        Judgement(
            criterion.id,
            ratings[(number + len(salt)) % 4],
            f"Ansökan visar hur {criterion.title.sv.lower()} ska genomföras; se {salt}.",
            (None,) * len(criterion.questions),
        )
        for number, criterion in enumerate(of.criteria)
    )
    return Assessment(
        str(uuid.uuid4()),
        application.id,
        (),
        1,
        (),
        identity(of.framework),
        ConflictOfInterest(Declaration.NONE, AT),
        judgements,
        of.framework.areas[0].id,
        "Projektet svarar mot ett tydligt behov i regionen.",
        Recommendation.PRIORITISE,
        AT,
    )


def bundles(folder: Path) -> None:
    """The call package, ten enrolments and a thousand bundles of one assessment each, in the folder."""
    for name in ("bundles", "enrolments"):
        (folder / name).mkdir(parents=True)
    secretariat = make_key("Kansliet", "Region", at=AT)
    package = write_call_package(call(), {}, secretariat, at=AT)
    (folder / "call.esfcall").write_bytes(package)
    signed = read_call_package(package, file="call.esfcall")
    for number in range(ASSESSORS):
        assessor = Assessor(AssessorId(str(uuid.uuid4())), f"Bedömare {number}", "Region")
        key = make_key(assessor.name, assessor.organisation, at=AT)
        enrolment = write_enrolment(Enrolment(assessor, "dator", AT), key, at=AT)
        (folder / "enrolments" / f"{number}.esfenrol").write_bytes(enrolment)
        for application in signed.call.applications:
            made = bundle(signed.call, signed.sha256, secretariat.fingerprint, assessor, key, application)
            name = f"{number}-{application.id.replace('/', '-')}.esfbundle"
            (folder / "bundles" / name).write_bytes(write_bundle(made, STAND_IN, key, at=AT))


def bundle(of: Call, sha256: str, to: str, assessor: Assessor, key: SigningKey, application: Application) -> Bundle:
    """A bundle of one assessment to the secretariat whose certificate has the fingerprint `to`."""
    return Bundle(
        bundle_id=str(uuid.uuid4()),
        practice=False,
        call=CallReference(of.id, of.call_version, sha256),
        to=to,
        assessor=Signatory(assessor.id, assessor.name, assessor.organisation, key.fingerprint),
        claimed_at=AT,
        journal=JournalHead(1, "0" * 64),
        program="0.1.0",
        assessments=(assessment(of, application, assessor.name),),
    )


def merged(folder: Path) -> None:
    """A register that took the bundles."""
    from benchmarks.ours.merge import merge_all, new_register

    with new_register(folder / "merged.esfdb", folder) as register:
        merge_all(register, sorted((folder / "bundles").glob("*.esfbundle")))


def compared(folder: Path) -> None:
    """A register in which every one of 25 assessors has delivered on all of forty applications, by chance apart."""
    of = replace(call(), applications=call().applications[:FORTY])
    secretariat, chance = make_key("Kansliet", "Region", at=AT), random.Random(5)
    package = write_call_package(of, {}, secretariat, at=AT)
    sha256 = read_call_package(package, file="call.esfcall").sha256
    with Register.open(folder / "compared.esfdb") as register:
        trust.add_call(register, package, file="call.esfcall", at=AT)
        arrived: list[Source] = []
        for number in range(READERS):
            assessor = Assessor(AssessorId(str(uuid.UUID(int=number + 1, version=4))), f"Bedömare {number}", "Region")
            key = make_key(assessor.name, assessor.organisation, at=AT)
            trust.enrol(register, write_enrolment(Enrolment(assessor, "dator", AT), key, at=AT), file="e", at=AT)
            made = tuple(_by_chance(assessment(of, one, assessor.name), chance) for one in of.applications)
            begun = bundle(of, sha256, secretariat.fingerprint, assessor, key, of.applications[0])
            filled = replace(begun, assessments=made)
            arrived.append((f"{number}.esfbundle", write_bundle(filled, STAND_IN, key, at=AT)))
        rows = merge(register, arrived, at=AT)
    assert not [row.problem for row in rows if row.problem]


def _by_chance(of: Assessment, chance: random.Random) -> Assessment:
    return replace(of, judgements=tuple(replace(one, rating=chance.choice(tuple(Rating))) for one in of.judgements))


def _write_long(path: Path, pdfs: list[bytes], pages: int) -> None:
    """A PDF of exactly so many pages, from the longest applications on, and again from the first where they end."""
    long = pypdfium2.PdfDocument.new()
    while len(long) < pages:
        for content in pdfs:
            document = pypdfium2.PdfDocument(content)
            if wanted := list(range(min(len(document), pages - len(long)))):
                long.import_pages(document, wanted)
    assert len(long) == pages
    long.save(str(path))


def practice_round(folder: Path) -> None:
    """A workspace with every application judged, a PDF of 60 pages, and the text of its sheets."""
    made = practice.make(at=AT)
    pdfs = [content for content in made.documents.values() if content.startswith(b"%PDF")]
    pdfs.sort(key=lambda content: -len(pypdfium2.PdfDocument(content)))
    _write_long(folder / "long.pdf", pdfs, PAGES)
    _write_long(folder / "hundreds.pdf", pdfs, HUNDREDS)
    package = folder / "practice.esfcall"
    package.write_bytes(made.package)
    reader = made.call.assessors[0]
    with Documents() as documents, closing(Workspace.open(folder / "workspace")) as workspace:
        identity_of.introduce(workspace, Assessor(reader.id, reader.name, "Övning"), at=AT)
        intake.take_files(workspace, documents, [package], at=AT, confirm=made.key.fingerprint)
        finder = Finder(documents)
        for content in practice.contents(len(made.call.applications)):
            assess_application(workspace, finder, content, 1, at=AT)
        texts = [
            "\n".join([*(judgement.comment for judgement in draft.judgements), draft.overall])
            for draft in workspace.drafts().values()
        ]
    (folder / "sheets.txt").write_text("\f".join(texts), "utf-8")


def forty_applications(folder: Path) -> None:
    """A workspace with forty applications that nobody has opened yet."""
    made = practice.make(applications=FORTY, at=AT)
    package = folder / "forty.esfcall"
    package.write_bytes(made.package)
    reader = made.call.assessors[0]
    with Documents() as documents, closing(Workspace.open(folder / "forty")) as workspace:
        identity_of.introduce(workspace, Assessor(reader.id, reader.name, "Övning"), at=AT)
        intake.take_files(workspace, documents, [package], at=AT, confirm=made.key.fingerprint)
        assert len(workspace.applications()) == FORTY


if __name__ == "__main__":
    for made in (bundles, merged, practice_round, forty_applications, compared):
        made(Path(sys.argv[1]))
