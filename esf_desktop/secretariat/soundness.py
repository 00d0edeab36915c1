"""Whether a register is as it was written: its pages, the chain of its events, and what follows from signed files."""

from collections import defaultdict
from collections.abc import Iterator

import msgspec
import sqlalchemy as sa

from esf_desktop.errors import FileError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.events import BrokenChainError, Event, Kind, events
from esf_desktop.secretariat.register import Register

Row = tuple[object, ...]


class Fault(Value, frozen=True):
    """Something in a register that is not as it should be; `place` is for whoever looks into it."""

    code: str
    place: str = ""

    def sentence(self) -> str:
        """The fault in words."""
        match self.code:
            case "broken_chain":
                return BrokenChainError().sentence()
            case "changed_outside":
                return _(
                    "What the register says at “{place}” was changed outside ESF Desktop; choose a backup."
                ).format(place=self.place)
            case _:
                return _("The database file is damaged: {place}.").format(place=self.place)


def faults(register: Register) -> tuple[Fault, ...]:
    """Every way in which the register is wrong; empty when it is sound.

    What only the whole newest part of the database could tell is not seen when all of that was taken away together.
    """
    with register.reading() as connection:
        found = list(_damage(connection))
        try:
            happened: dict[Kind, list[Event]] = defaultdict(list)
            for one in events(connection):
                happened[one.kind].append(one)
        except BrokenChainError:
            return (*found, Fault("broken_chain"))
        found += [Fault("changed_outside", place) for place in _changed(connection, happened)]
    return tuple(found)


def _damage(connection: sa.Connection) -> Iterator[Fault]:
    """What is wrong with the pages of a file; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return
    for answer in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if answer != "ok":
            yield Fault("damaged", str(answer))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault("damaged", str(tuple(row)))


def _changed(connection: sa.Connection, happened: dict[Kind, list[Event]]) -> Iterator[str]:
    """The tables, and the rows of them, that do not follow from the events and the signed files."""
    yield from _enrolments(connection, happened)
    yield from _calls(connection, happened)
    yield from _bundles(connection, happened)
    receipts = connection.execute(sa.select(tables.receipt).order_by(tables.receipt.c.number)).all()
    told = [one.subject for one in happened[Kind.RECEIPT_WRITTEN]]
    if told != [canonical.digest(bytes(row.content)) for row in receipts]:
        yield "receipt"


def _enrolments(connection: sa.Connection, happened: dict[Kind, list[Event]]) -> Iterator[str]:
    rows = connection.execute(sa.select(tables.certificate).order_by(tables.certificate.c.enrolled)).all()
    trusted = [(one.number, one.subject, one.at) for one in happened[Kind.ENROLLED]]
    if trusted != [(row.enrolled, row.fingerprint, row.enrolled_at) for row in rows]:
        yield "certificate"
    revoked = [(one.number, one.subject, one.at) for one in happened[Kind.REVOKED]]
    if revoked != sorted((row.revoked, row.fingerprint, row.revoked_at) for row in rows if row.revoked is not None):
        yield "certificate"
    for row in rows:
        try:
            signed = read_enrolment(bytes(row.enrolment), file=row.fingerprint)
        except FileError:
            yield f"certificate {row.fingerprint[:16]}"
            continue
        person = signed.value.assessor
        says = (signed.fingerprint, person.id, person.name, person.organisation, person.email)
        if says != (row.fingerprint, row.assessor, row.name, row.organisation, row.email):
            yield f"certificate {row.fingerprint[:16]}"


def _calls(connection: sa.Connection, happened: dict[Kind, list[Event]]) -> Iterator[str]:
    rows = connection.execute(sa.select(tables.call).order_by(tables.call.c.number)).all()
    added = [(one.number, one.subject, *_said(one)) for one in happened[Kind.CALL_ADDED]]
    here = [(row.number, canonical.digest(row.payload.encode()), row.id, row.version, row.fingerprint) for row in rows]
    if added != here or any(row.sha256 != told[1] for row, told in zip(rows, here, strict=True)):
        yield "call"


def _said(call: Event) -> tuple[object, ...]:
    """Which call a version was of, its number, and the fingerprint of the key that signed it."""
    facts = msgspec.json.decode(call.facts)
    return facts["id"], facts["version"], facts["signer"]


def _bundles(connection: sa.Connection, happened: dict[Kind, list[Event]]) -> Iterator[str]:
    """Bundles against their events and bytes, and the set of assessments against the bundles."""
    b, a, c = tables.bundle.c, tables.assessment.c, tables.content.c
    taken = {one.subject: (one.number, one.at, one.facts) for one in happened[Kind.BUNDLE_REGISTERED]}
    checked = {one.subject: one.facts for one in happened[Kind.BUNDLE_CHECKED]}
    versions = set(connection.execute(sa.select(tables.call.c.version)).scalars())
    contents: set[Row] = set()
    assessments: dict[Row, Row] = {}
    there = set()
    for row in connection.execute(sa.select(tables.bundle).order_by(b.number)):
        there.add(row.sha256)
        facts = canonical.encode({"assessor": row.assessor, "signer": row.fingerprint, "call": row.call_sha256})
        told = (row.number, row.received_at, facts.decode())
        content = bytes(row.content)
        if taken.get(row.sha256) != told or canonical.digest(content) != row.sha256:
            yield f"bundle {row.number}"
            continue
        bundle = read_bundle(content, file=row.sha256).bundle
        if row.sha256 in checked:
            settled = checked[row.sha256] == canonical.encode({"code": row.code}).decode()
            admission = Admission.REFUSED if row.code else Admission.ACCEPTED
        else:
            settled = row.code is None
            admission = Admission.ACCEPTED if bundle.call.version in versions else Admission.CALL_UNKNOWN
        if not settled or row.admission != admission:
            yield f"bundle {row.number}"
        for place, assessment in enumerate(bundle.assessments):
            payload = canonical.encode(assessment)
            identity = canonical.digest(payload)
            contents.add((row.sha256, place, assessment.application, identity))
            key: Row = (assessment.application, row.assessor, identity)
            best = min(admission, Admission(str(assessments.get(key, ("refused",))[0])))
            parents = " ".join(assessment.parents)
            assessments[key] = (best.value, assessment.revision, parents, payload.decode())
    if there != set(taken):
        yield "bundle"
    if contents != {tuple(row) for row in connection.execute(sa.select(c.bundle, c.place, c.application, c.identity))}:
        yield "content"
    columns = (a.application, a.assessor, a.identity, a.admission, a.revision, a.parents, a.payload)
    rows = {tuple(row)[:3]: tuple(row)[3:] for row in connection.execute(sa.select(*columns))}
    for key in sorted(set(rows) | set(assessments), key=str):
        if rows.get(key) != assessments.get(key):
            yield f"assessment {key[0]} {str(key[2])[:16]}"
