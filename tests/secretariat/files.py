"""Real files of a small round: keys, enrolments, a call package, bundles."""

import hashlib
import uuid
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import Bundle, CallReference, JournalHead, Signatory, write_bundle
from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.model import Assessment, Assessor, Call
from esf_desktop.model import replace as replaced
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.merge import Row, Source, merge
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.keys import SigningKey, make_key
from tests.secretariat import samples
from tests.secretariat.samples import AT, application_id, person

CALL = samples.call()
FRAMEWORK = canonical.identity(CALL.framework)


@cache
def key(n: int) -> SigningKey:
    """The key of the n-th assessor."""
    return make_key(person(n).name, person(n).organisation, at=AT)


@cache
def secretariat_key() -> SigningKey:
    """The key that signs the call."""
    return make_key("Sekretariatet", "Partnerskapet", at=AT)


@cache
def call_package(version: int = 1, *, practice: bool = False) -> bytes:
    """The call as a file."""
    return package(replaced(CALL, call_version=version, practice=practice))


def package(call: Call, signer: SigningKey | None = None) -> bytes:
    """A call as a file."""
    return write_call_package(call, {}, signer or secretariat_key(), at=AT)


@cache
def call_sha256(version: int = 1, *, practice: bool = False) -> str:
    """What bundles refer to."""
    return read_call_package(call_package(version, practice=practice), file="a.esfcall").sha256


@cache
def enrolment(n: int) -> bytes:
    """The n-th assessor introduces their key."""
    return enrolment_of(n, key(n))


def enrolment_of(n: int, signer: SigningKey) -> bytes:
    """The n-th assessor introduces this key."""
    who = person(n)
    return write_enrolment(Enrolment(Assessor(who.id, who.name, who.organisation), "bärbar dator", AT), signer, at=AT)


def assessment(application: int = 0, **given: object) -> Assessment:
    """An assessment of the n-th application in the call's framework."""
    return samples.assessment(CALL, application_id(application), framework_sha256=FRAMEWORK, **given)  # type: ignore[arg-type]


def revised(*parents: Assessment, salt: int = 0, revision: int | None = None) -> Assessment:
    """The revision that follows these."""
    named = tuple(sorted(canonical.identity(parent) for parent in parents))
    number = revision or 1 + max(parent.revision for parent in parents)
    return replaced(parents[0], revision=number, parents=named, overall=f"Omprövat {salt}.")


def bundle(
    n: int,
    assessments: Sequence[Assessment],
    *,
    signer: SigningKey | None = None,
    version: int = 1,
    practice: bool = False,
    to: str | None = None,
    call_id: str = "2026-ON-1",
    call_hash: str | None = None,
    says: str | None = None,
) -> bytes:
    """The n-th assessor's bundle of these assessments; the same call gives the same bundle but for its signature."""
    who, used = person(n), signer or key(n)
    seed = hashlib.sha256(canonical.encode([n, version, list(assessments)])).digest()[:16]
    return write_bundle(
        Bundle(
            bundle_id=str(uuid.UUID(bytes=seed, version=4)),
            practice=practice,
            call=CallReference(call_id, version, call_hash or call_sha256(version, practice=practice)),  # type: ignore[arg-type]
            to=to or secretariat_key().fingerprint,
            assessor=Signatory(who.id, says or who.name, who.organisation, used.fingerprint),
            claimed_at=AT,
            journal=JournalHead(1, "0" * 64),
            program="1.0.0",
            assessments=tuple(assessments),
        ),
        b"%PDF-1.7 stand-in",
        used,
        at=AT,
    )


def register(path: Path, *, call: bool = True, people: int = 3) -> Register:
    """A register that trusts so many assessors and knows the call."""
    return furnished(Register.open(path / "register.esfdb"), call=call, people=people)


def furnished(opened: Register, *, call: bool = True, people: int = 3) -> Register:
    """The register, once it trusts so many assessors and knows the call."""
    if call:
        trust.add_call(opened, call_package(), file="a.esfcall", at=AT)
    for n in range(people):
        trust.enrol(opened, enrolment(n), file=f"{n}.esfenrol", at=AT)
    return opened


def merged(into: Register, *contents: bytes) -> tuple[Row, ...]:
    """What came of these files, named by their place."""
    sources: list[Source] = [(f"{n}.esfbundle", content) for n, content in enumerate(contents)]
    return merge(into, sources, at=AT)
