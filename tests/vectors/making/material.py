"""The sound files that every vector departs from: one small call, two assessors, a card."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any, NamedTuple

import msgspec

from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import SHEETS, Bundle, CallReference, JournalHead, Signatory
from esf_desktop.exchange.call_package import FOLDER, CallFile
from esf_desktop.exchange.canonical import digest, identity
from esf_desktop.exchange.enrolment import Enrolment
from esf_desktop.exchange.kinds import Kind
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt
from esf_desktop.model import (
    Answer,
    Application,
    ApplicationId,
    Assessment,
    Assessor,
    AssessorId,
    CallId,
    ConflictOfInterest,
    Criterion,
    CriterionId,
    Declaration,
    Document,
    DocumentId,
    Evidence,
    Framework,
    GuidingQuestion,
    Judgement,
    Rating,
    Recommendation,
    Rect,
    Reference,
    Step,
    Text,
)
from esf_desktop.signing import container
from esf_desktop.signing.container import Member
from tests.vectors.making.keys import AT, Key, key

LOCAL = datetime(2026, 11, 23, 14, 32, 8, tzinfo=timezone(timedelta(hours=1)))
PDF = b"%PDF-1.7 an application"
PLAN = b"%PDF-1.7 a strategy"
SHEET = b"%PDF-1.7 a sheet"
PEOPLE = {
    "assessor": Assessor(
        AssessorId("0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0"), "Åsa Öberg", "Region Påhitt", "a@example.se"
    ),
    "other-assessor": Assessor(AssessorId("1b1c2d3e-4f50-4162-8374-95a6b7c8d9e1"), "Bo Ek", "Region Påhitt"),
    "revoked": Assessor(AssessorId("2b1c2d3e-4f50-4162-8374-95a6b7c8d9e2"), "Cia Alm", "Region Påhitt"),
    "card": Assessor(AssessorId("3b1c2d3e-4f50-4162-8374-95a6b7c8d9e3"), "Dag Holm", "Region Påhitt"),
}
PEOPLE["second-device"] = PEOPLE["assessor"]
Edit = Callable[[Any], object]


class Vector(NamedTuple):
    """A file, what a reader must answer, and what it is told before."""

    content: bytes
    code: str | None
    """None when the file is accepted."""
    sentence: str
    """What is wrong with it, or what is worth seeing in it."""
    fault: str | None = None
    trust: tuple[str, ...] = ()
    """Whose certificates are trusted; none named lets anyone sign."""
    given: tuple[tuple[str, str], ...] = ()
    """What a register has done before: call, trust, revoke or merge, and with which file."""
    by: str = "verify"
    """What reads it: verify, merge, or call (which adds it to a register)."""
    outcome: str | None = None
    """Of the merge."""
    states: tuple[str, ...] = ()
    """Of the assessments after the merge."""


Vectors = dict[str, Vector]


def _text(sv: str, en: str) -> Text:
    return Text(sv, en)


def _criterion(letters: str, sv: str, en: str) -> Criterion:
    questions = (
        GuidingQuestion(_text("Syns det?", "Is it seen?")),
        GuidingQuestion(_text("Håller det?", "Does it last?")),
    )
    return Criterion(CriterionId(letters), _text(sv, en), _text(sv + ".", en + "."), questions)


@cache
def framework() -> Framework:
    """Two principles and one area."""
    words = {
        Rating.MET: ("Uppfylld", "Met"),
        Rating.PARTLY: ("Delvis", "Partly"),
        Rating.NOT_MET: ("Inte visad", "Not shown"),
        Rating.CANNOT_ASSESS: ("Kan inte bedömas", "Cannot be assessed"),
    }
    steps = tuple(Step(rating, *(_text(*said),) * 3) for rating, said in words.items())
    principles = (_criterion("SAM", "Samverkan", "Collaboration"), _criterion("GEO", "Nytta", "Benefit"))
    return Framework("vectors", _text("Prov", "Sample"), principles, (_criterion("LAR", "Lärande", "Learning"),), steps)


@cache
def call() -> CallFile:
    """A call with two applications, one document and one reference."""
    document = Document(DocumentId(digest(PDF)), "ansökan.pdf", "application/pdf", len(PDF))
    return CallFile(
        id=CallId("2026-ON-1"),
        call_version=1,
        body="Strukturfondspartnerskapet",
        title="Kompetens för omställning",
        diary_number="2026/00042",
        deadline=date(2026, 12, 8),
        framework=framework(),
        selected_principles=(CriterionId("SAM"),),
        applications=(
            Application(ApplicationId("2026/00112"), "Ny väg", "Påhitt AB", (document,)),
            Application(ApplicationId("2026/00113"), "Bro till jobb", "Ex kommun", (document,)),
        ),
        references=(Reference("Strategi", DocumentId(digest(PLAN)), ("Mål 1",)),),
    )


@cache
def assessment() -> Assessment:
    """A complete assessment of the first application."""
    of_page = Evidence(DocumentId(digest(PDF)), "minst 40 kvinnor", 13, "14", (Rect(7212, 40310, 31000, 41200),))
    of_block = Evidence(DocumentId(digest(PDF)), "två av tre", block=204)
    return Assessment(
        assessment_id="5a0f3c52-6c5c-4f0e-9c7e-0f6a2b0c4d11",
        application=ApplicationId("2026/00112"),
        documents=(digest(PDF),),
        revision=1,
        parents=(),
        framework_sha256=identity(framework()),
        conflict_of_interest=ConflictOfInterest(Declaration.NONE, LOCAL),
        judgements=(
            Judgement(CriterionId("SAM"), Rating.MET, "Tydligt.\nSe §4.", (Answer.YES, None), (of_page, of_block)),
            Judgement(CriterionId("LAR"), Rating.PARTLY, "Čáđđo ”x” \\ y.", (Answer.NO, Answer.YES)),
        ),
        main_area=CriterionId("LAR"),
        overall="Väl genomtänkt, rimlig budget.",
        recommendation=Recommendation.PRIORITISE,
        signed_off_at=LOCAL,
    )


def bundle_of(who: str = "assessor") -> Bundle:
    """What an assessor sends."""
    person = PEOPLE[who]
    return Bundle(
        bundle_id="7c2a9c1e-1111-4222-8333-444455556666",
        practice=False,
        call=CallReference(call().id, 1, digest(canonical.encode(call()))),
        to=key("secretariat").fingerprint,
        assessor=Signatory(person.id, person.name, person.organisation, key(who).fingerprint),
        claimed_at=LOCAL,
        journal=JournalHead(1841, digest(b"journal")),
        program="1.0.0",
        assessments=(assessment(),),
    )


def receipt_of() -> Receipt:
    """The first receipt."""
    acknowledged = Acknowledged(identity(assessment()), assessment().application, AssessmentState.HEAD)
    registered = digest(bundle())
    return Receipt(
        1, None, registered, Outcome.REGISTERED, None, LOCAL, call().id, PEOPLE["assessor"].id, (acknowledged,)
    )


def edited(value: object, edit: Edit) -> bytes:
    """The one spelling of a value that was edited as plain JSON."""
    plain = msgspec.json.decode(canonical.encode(value))
    edit(plain)
    return msgspec.json.encode(plain, order="sorted")


def unchanged(_plain: Any) -> None:
    """Edit nothing."""


def sealed(members: list[Member], by: Key) -> bytes:
    """Those members in a sound container."""
    return container.write(members, by, at=AT)


def json_member(kind: Kind, content: bytes) -> Member:
    """The member that decides."""
    return Member(kind.payload, "application/json", content)


def bundle(edit: Edit = unchanged, *, who: str = "assessor", by: str | None = None) -> bytes:
    """A bundle as a file, edited as plain JSON before it was signed; `by` signs instead of the person."""
    return bundle_with(edited(bundle_of(who), edit), by=by or who)


def bundle_with(payload: bytes, *, by: str = "assessor") -> bytes:
    """A bundle with that content of `bundle.json`."""
    return sealed([json_member(Kind.BUNDLE, payload), Member(SHEETS, "application/pdf", SHEET)], key(by))


def call_package(
    edit: Edit = unchanged, *, by: str = "secretariat", documents: dict[str, bytes] | None = None
) -> bytes:
    """A call package as a file; `documents` by their names."""
    inside = {digest(content): content for content in (PDF, PLAN)} if documents is None else documents
    others = [Member(FOLDER + name, "application/octet-stream", inside[name]) for name in sorted(inside)]
    return sealed([json_member(Kind.CALL, edited(call(), edit)), *others], key(by))


def enrolment(edit: Edit = unchanged, *, who: str = "assessor", by: str | None = None) -> bytes:
    """An enrolment as a file."""
    payload = edited(Enrolment(PEOPLE[who], "laptop", LOCAL), edit)
    return sealed([json_member(Kind.ENROLMENT, payload)], key(by or who))


def receipt(edit: Edit = unchanged, *, by: str = "secretariat") -> bytes:
    """A receipt as a file."""
    return sealed([json_member(Kind.RECEIPT, edited(receipt_of(), edit))], key(by))


def good(content: bytes, sentence: str, **more: Any) -> Vector:
    """A file that every reader takes."""
    return Vector(content, None, sentence, **more)


def sound() -> Vectors:
    """Files of all four kinds and both kinds of key that are accepted."""
    return {
        "good/assessor.esfbundle": good(bundle(), "A bundle with one assessment, signed with P-256."),
        "good/card.esfbundle": good(bundle(who="card"), "A bundle signed by a card with RSA of 2048 bits."),
        "good/recused.esfbundle": good(bundle(recuse), "A bundle whose assessor abstains."),
        "good/second-revision.esfbundle": good(bundle(second_revision), "A bundle whose assessment follows another."),
        "good/two-assessments.esfbundle": good(bundle(second_application), "A bundle with two assessments."),
        "good/other-assessor.esfbundle": good(bundle(who="other-assessor"), "A bundle from another assessor."),
        "good/call.esfcall": good(call_package(), "A call package with two documents."),
        "good/call-second-version.esfcall": good(call_package(next_version), "The second version of the call."),
        "good/call-practice.esfcall": good(call_package(practise), "The call of a practice round."),
        "good/call-with-rule-on-recommendations.esfcall": good(
            call_package(lambda plain: plain.update(third_assessor={"recommendations_apart": 2, "steps_apart": 2})),
            "A call that asks for one more reader where recommendations conflict.",
        ),
        "good/call-without-documents.esfcall": good(
            call_package(without_documents, documents={}), "A call package without documents."
        ),
        "good/call-signed-with-rsa.esfcall": good(call_package(by="card"), "A call package signed with RSA."),
        "good/assessor.esfenrol": good(enrolment(), "An enrolment."),
        "good/second-device.esfenrol": good(enrolment(who="second-device"), "The enrolment of a second computer."),
        "good/other-assessor.esfenrol": good(enrolment(who="other-assessor"), "An enrolment of another person."),
        "good/revoked.esfenrol": good(enrolment(who="revoked"), "An enrolment that is later revoked."),
        "good/card.esfenrol": good(enrolment(who="card"), "An enrolment signed by a card with RSA."),
        "good/registered.esfreceipt": good(receipt(), "The first receipt."),
        "good/refused.esfreceipt": good(receipt(refuse), "A receipt for a bundle that was refused."),
        "good/second.esfreceipt": good(receipt(follow), "A receipt that names the one before it."),
        "good/signed-with-rsa.esfreceipt": good(receipt(by="card"), "A receipt signed with RSA."),
    }


def recuse(plain: Any) -> None:
    """The assessor abstains."""
    declared = {"answer": "recused", "declared_at": "2026-11-23T14:32:08+01:00", "reason": "Släkt."}
    changes: dict[str, object] = {
        "conflict_of_interest": declared,
        "judgements": [],
        "main_area": None,
        "recommendation": None,
    }
    plain["assessments"][0].update(changes)


def second_revision(plain: Any) -> None:
    """The assessment follows the first one."""
    plain["bundle_id"] = "7c2a9c1e-2222-4222-8333-444455556666"
    plain["assessments"][0].update(revision=2, parents=[identity(assessment())], overall="Ändrad.")


def second_application(plain: Any) -> None:
    """An assessment of the second application beside the first."""
    other = {**plain["assessments"][0], "application": "2026/00113"}
    plain["assessments"].append({**other, "assessment_id": "6a0f3c52-6c5c-4f0e-9c7e-0f6a2b0c4d11"})


def next_version(plain: Any) -> None:
    """The call's second version."""
    plain.update(call_version=2, title="Kompetens för omställning, ny lydelse")


def practise(plain: Any) -> None:
    """A practice round."""
    plain.update(practice=True)


def without_documents(plain: Any) -> None:
    """Nothing to read."""
    plain.update(references=[])
    for application in plain["applications"]:
        application.update(documents=[])


def refuse(plain: Any) -> None:
    """The bundle was refused."""
    plain.update(outcome="refused", code="wrong_call", assessments=[])


def follow(plain: Any) -> None:
    """The receipt after the first."""
    plain.update(number=2, previous=digest(receipt()))
