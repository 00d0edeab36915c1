"""What an archive package holds: files as they were signed, what was decided on them, and how a stranger checks it."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from esf_desktop import __version__, paths
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.exchange.kinds import Kind as FileKind
from esf_desktop.exchange.receipt import read_receipt
from esf_desktop.files import safe_name
from esf_desktop.i18n import Language, _
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.decisions import decisions
from esf_desktop.secretariat.events import Event, Kind
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.reports import FORMATS, NAME
from esf_desktop.secretariat.reports import contents as formats
from esf_desktop.secretariat.reports.basis import basis
from esf_desktop.signing import cms
from esf_desktop.signing.container import MANIFEST, SIGNATURE

File = tuple[str, bytes]
"""A name within the package, and what stands in the file."""


class Check(NamedTuple):
    """A signed file, whose key it was checked against, and the event that tells of it."""

    kind: str
    file: str
    sha256: str
    fingerprint: str
    event: int
    at: str
    who: str
    outcome: str
    code: str


def count(register: Register) -> int:
    """About how many files there will be, to tell how far the writing has come."""
    with register.transaction() as connection:
        rows = (tables.certificate, tables.bundle, tables.receipt)
        return sum(connection.execute(sa.select(sa.func.count()).select_from(one)).scalar_one() for one in rows) + 20


def contents(register: Register, language: Language) -> Iterator[File]:
    """Every file of the package but its manifest; one of the signed files is in memory at a time."""
    happened = register.events()
    told = {(one.kind, one.subject): one for one in reversed(happened)}
    checks: list[Check] = []
    certificates: dict[str, bytes] = {}
    yield from _calls(register, happened, checks, certificates)
    yield from _enrolments(register, told, checks, certificates)
    yield from _bundles(register, checks)
    yield from _receipts(register, told, checks, certificates)
    for fingerprint, der in sorted(certificates.items()):
        yield f"certificates/{fingerprint}.pem", x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)
    yield "checks.tsv", _table(Check._fields, checks)
    yield "events.tsv", _table((), ((e.hash, e.number, e.at, e.kind.value, e.subject, e.facts) for e in happened))
    yield "decisions.tsv", _decisions(register)
    for kind, content in formats(basis(register), language).items():
        yield f"basis/{NAME}.{kind}", content
    yield from _recipe(register, happened, checks)


def _calls(
    register: Register, happened: Iterable[Event], checks: list[Check], certificates: dict[str, bytes]
) -> Iterator[File]:
    """Each version of the call as it was signed, without its documents, which the signature names by their hashes."""
    c = tables.call.c
    with register.transaction() as connection:
        rows = connection.execute(sa.select(c.version, c.sha256, c.fingerprint, c.payload).order_by(c.version)).all()
    added = {one.subject: one for one in happened if one.kind is Kind.CALL_ADDED}
    for row in rows:
        event, folder = added.get(row.sha256), f"calls/version-{row.version}"
        if event is None:
            continue
        facts = msgspec.json.decode(event.facts)
        yield f"{folder}/{FileKind.CALL.payload}", row.payload.encode()
        if "signature" in facts:
            manifest, signature = facts["manifest"].encode(), base64.b64decode(facts["signature"])
            certificates[row.fingerprint] = cms.verify(signature, manifest, file=folder)[0].der
            yield f"{folder}/{MANIFEST}", manifest
            yield f"{folder}/{SIGNATURE}", signature
            who = str(facts["id"])
            checks.append(Check("call", folder, row.sha256, row.fingerprint, event.number, event.at, who, "", ""))


def _enrolments(
    register: Register,
    told: dict[tuple[Kind, str], Event],
    checks: list[Check],
    certificates: dict[str, bytes],
) -> Iterator[File]:
    c = tables.certificate.c
    with register.transaction() as connection:
        rows = connection.execute(sa.select(c.fingerprint, c.name, c.enrolment).order_by(c.enrolled)).all()
    for row in rows:
        content, event = bytes(row.enrolment), told.get((Kind.ENROLLED, row.fingerprint))
        if event is None:
            continue  # it came after the events were read, so the package is thrown away
        certificates[row.fingerprint] = read_enrolment(content, file=row.fingerprint).certificate
        file = f"enrolments/{_name(event.number, row.name)}{FileKind.ENROLMENT.suffix}"
        outcome = "revoked" if (Kind.REVOKED, row.fingerprint) in told else "trusted"
        digest = _sha256(content)
        checks.append(Check("enrolment", file, digest, row.fingerprint, event.number, event.at, row.name, outcome, ""))
        yield file, content


def _bundles(register: Register, checks: list[Check]) -> Iterator[File]:
    names = {one.fingerprint: one.name for one in register.enrolled()}
    for one in register.bundles():
        name = names.get(one.fingerprint, one.assessor)
        file = f"bundles/{_name(one.number, name)}{FileKind.BUNDLE.suffix}"
        facts = (one.sha256, one.fingerprint, one.number, one.received_at, name, one.admission, one.code or "")
        checks.append(Check("bundle", file, *facts))
        yield file, register.bundle(one.sha256)


def _receipts(
    register: Register,
    told: dict[tuple[Kind, str], Event],
    checks: list[Check],
    certificates: dict[str, bytes],
) -> Iterator[File]:
    names = {person.id: person.name for person in register.people()}
    r = tables.receipt.c
    with register.transaction() as connection:
        numbers = connection.execute(sa.select(r.number).order_by(r.number)).scalars().all()
    for number in numbers:
        with register.transaction() as connection:
            row = connection.execute(sa.select(r.file, r.content).where(r.number == number)).one()
        content = bytes(row.content)
        signed, digest, file = read_receipt(content, file=row.file), _sha256(content), f"receipts/{row.file}"
        certificates[signed.fingerprint] = signed.certificate
        event, said = told.get((Kind.RECEIPT_WRITTEN, digest)), signed.value
        if event is None:
            continue
        who = names.get(said.assessor, said.assessor)
        facts = (digest, signed.fingerprint, event.number, event.at, who, said.outcome.value, said.code or "")
        checks.append(Check("receipt", file, *facts))
        yield file, content


def _decisions(register: Register) -> bytes:
    """The decisions of trust for people to read, in the language spoken now."""
    header = (_("No."), _("When"), _("Decision"), _("Device"), _("Reason"), _("By"), _("Fingerprint"))
    rows = (
        (one.number, one.at, one.sentence(), one.device, one.reason, one.by, one.fingerprint)
        for one in decisions(register)
    )
    return _table(header, rows)


def _recipe(register: Register, happened: Iterable[Event], checks: Iterable[Check]) -> Iterator[File]:
    """How to check everything: in two languages, as a script, and as a second reader."""
    known = register.call()
    assert known is not None
    said = {
        "@CALL@": known.call.id,
        "@TITLE@": known.call.title,
        "@BODY@": known.call.body,
        "@BUNDLES@": str(sum(one.kind == "bundle" for one in checks)),
        "@EVENTS@": str(len(tuple(happened))),
        "@FORMATS@": ", ".join(kind.upper() for kind in FORMATS),
        "@PROGRAM@": f"ESF Desktop {__version__}",
    }
    for name in ("README.md", "LAS-MIG.md"):
        text = (paths.resources() / "archive" / name).read_text("utf-8")
        for mark, value in said.items():
            text = text.replace(mark, value)
        yield name, text.encode()
    yield "verify.sh", (paths.resources() / "archive" / "verify.sh").read_bytes()
    yield "verify/esf_verify.py", (paths.resources() / "verify" / "esf_verify.py").read_bytes()
    for kind in FileKind:
        yield f"schemas/{kind.payload}", (paths.resources() / "schemas" / kind.payload).read_bytes()


def _table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Lines with tabs between their cells; what would break a cell or a line is a space."""
    lines = [tuple(header), *rows]
    told = ("\t".join(" ".join(str(cell).split("\t")).replace("\n", " ") for cell in line) for line in lines if line)
    return "".join(f"{line}\n" for line in told).encode()


def _name(number: int, name: str) -> str:
    return safe_name(f"{number:06d} {name}")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
