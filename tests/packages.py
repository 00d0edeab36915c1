"""Files that travel, for tests: real keys, a real call package with real documents, and a desk that has taken it."""

import hashlib
import io
from datetime import datetime
from functools import cache
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from esf_desktop.assessor import assess, evidence, identity, intake, recuse
from esf_desktop.documents.client import Documents
from esf_desktop.exchange.call_package import write_call_package
from esf_desktop.formatting import groups
from esf_desktop.model import (
    Application,
    ApplicationId,
    Call,
    Declaration,
    Document,
    DocumentId,
    Evidence,
    Rating,
    Recommendation,
    replace,
)
from esf_desktop.signing.keys import SigningKey, make_key
from esf_desktop.workspace import Workspace
from tests.rounds import AT, FIRST, LAR, PERSON, call

QUOTE = "Parterna kommer från åtta kommuner i båda länen"


@cache
def secretariat_key() -> SigningKey:
    """The secretariat's key."""
    return make_key("Sekretariatet", "Partnerskapet", at=AT)


@cache
def assessor_key() -> SigningKey:
    """The assessor's key."""
    return make_key(PERSON.name, PERSON.organisation, at=AT)


@cache
def pdf(title: str, number: str = "2026/00112") -> bytes:
    """A small application as a PDF of two pages."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    lines = (title, f"Diarienummer {number}", f"Projektnamn {title}", "Stödsökande Övningskommunen", f"{QUOTE}.")
    for page in range(2):
        for n, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * n, f"{line}" if page == 0 else f"{line} (forts.)")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def described(number: str, name: str, content: bytes) -> Application:
    """An application whose only document is that content."""
    sha256 = DocumentId(hashlib.sha256(content).hexdigest())
    document = Document(sha256, "ansokan.pdf", "application/pdf", len(content))
    return Application(ApplicationId(number), name, "Övningskommunen", (document,))


def packed_call(*, practice: bool = False) -> tuple[Call, dict[DocumentId, bytes]]:
    """A call with two applications and the content of their documents."""
    contents = [pdf("Kompetenskliv Inland"), pdf("Åtta kommuner, ett lärande", "2026/00115")]
    applications = (
        described("2026/00112", "Kompetenskliv Inland", contents[0]),
        described("2026/00115", "Åtta kommuner, ett lärande", contents[1]),
    )
    documents = {DocumentId(hashlib.sha256(content).hexdigest()): content for content in contents}
    return replace(call(practice=practice), applications=applications), documents


def package(folder: Path, made: Call | None = None, *, key: SigningKey | None = None) -> Path:
    """The call package as a file."""
    default, documents = packed_call()
    path = folder / "utlysning.esfcall"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_call_package(made or default, documents, key or secretariat_key(), at=AT))
    return path


def desk_with_call(folder: Path, documents: Documents, made: Call | None = None) -> Workspace:
    """A workspace whose person has taken the call package and confirmed the secretariat."""
    desk = Workspace.open(folder / "desk")
    identity.introduce(desk, PERSON, at=AT)
    path = package(folder, made)
    taken = intake.take_files(desk, documents, [path], at=AT, confirm=groups(secretariat_key().fingerprint)).taken
    assert [one.outcome for one in taken] == [intake.Outcome.CALL]
    return desk


def assess_fully(desk: Workspace, application: ApplicationId, at: datetime = AT) -> None:
    """Fill in everything that signing needs."""
    made = desk.call()
    assert made is not None
    recuse.declare(desk, application, Declaration.NONE, at=at)
    found = Evidence(desk.application(application).documents[0].sha256, QUOTE, 0, "1")
    for criterion in made.criteria:
        assess.rate(desk, application, criterion.id, Rating.MET, at=at)
        assess.comment(desk, application, criterion.id, "Tydligt visat.", at=at)
        evidence.add(desk, application, criterion.id, found, at=at)
    assess.choose_main_area(desk, application, LAR, at=at)
    assess.write_overall(desk, application, "Ett starkt projekt.", at=at)
    assess.recommend(desk, application, Recommendation.PRIORITISE, at=at)


def whole_round(folder: Path) -> None:
    """A round that went all the way: the desk in `desk`, and in `files` the call, enrolment, bundle and receipt."""
    from esf_desktop.assessor import export
    from esf_desktop.secretariat import trust
    from esf_desktop.secretariat.inbox import receive
    from esf_desktop.secretariat.receipts import write_receipts
    from esf_desktop.secretariat.register import Register

    made = folder / "files"
    taken = package(made)
    with Documents() as documents:
        work = desk_with_call(folder, documents)
    assess_fully(work, FIRST)
    key = identity.signing_key(work, None, at=AT)
    enrolment = made / "anmälan.esfenrol"
    identity.enrolment(work, key, enrolment, device="bärbar dator", at=AT)
    bundle = export.export(work, key, made, at=AT).path
    work.close()
    with Register.open(folder / "round.esfdb") as register:
        receive(register, [(taken.name, taken)], at=AT)
        trust.enrol(register, enrolment.read_bytes(), file=enrolment.name, at=AT)
        receive(register, [(bundle.name, bundle.read_bytes())], at=AT)
        write_receipts(register, secretariat_key(), made, at=AT)
