"""Merging: bundles are verified one by one and their assessments join a set; a bad one never stops the others.

For one list of trusted certificates and one call it is a union: order, repetition and splitting change nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

import sqlalchemy as sa

from esf_desktop.errors import EsfError, RevokedSignerError, UnknownSignerError, WrongPersonError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import Bundle, SignedBundle, read_bundle
from esf_desktop.i18n import _
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.admission import Admission, Gate
from esf_desktop.secretariat.errors import AlreadyRegisteredError
from esf_desktop.secretariat.events import Kind, Log, iso
from esf_desktop.secretariat.register import Enrolled, Register, calls, carried, enrolled, revisions
from esf_desktop.secretariat.states import Standing, State, standings

FILES_AT_ONCE = 1_000
BYTES_AT_ONCE = 64 * 2**20

T = TypeVar("T")
Source = tuple[str, bytes | EsfError]
"""A file's name, and its bytes or why it could not be read."""


class Outcome(StrEnum):
    """What came of a file."""

    REGISTERED = "registered"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    REFUSED = "refused"

    def word(self) -> str:
        """The outcome in the language spoken now."""
        match self:
            case Outcome.REGISTERED:
                return _("Registered")
            case Outcome.DUPLICATE:
                return _("Already registered")
            case Outcome.WAITING:
                return _("Waiting")
            case Outcome.REFUSED:
                return _("Refused")


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one file; `number` is its number in the register, `sha256` that of its bytes, empty if unread."""

    file: str
    sha256: str
    outcome: Outcome
    number: int | None = None
    signer: Enrolled | None = None
    """Whose key signed it; None when it was refused before that was known."""
    assessments: tuple[Standing, ...] = ()
    problem: EsfError | None = None

    @property
    def code(self) -> str | None:
        """The stable word for why it is not simply registered."""
        if self.problem is not None:
            return self.problem.code
        if self.outcome is Outcome.WAITING:
            return "call_unknown" if self._worst.waits_for is None else "waiting"
        return None

    @property
    def _worst(self) -> Standing:
        """The assessment that needs most attention."""
        order = [State.WAITING, State.FORK, State.JUMP, State.SUPERSEDED, State.HEAD]
        return min(self.assessments, key=lambda standing: order.index(standing.state))

    def sentence(self) -> str:
        """What came of the file, in the language spoken now."""
        if self.problem is not None:
            return self.problem.sentence()
        return self._worst.sentence(self.assessor)

    @property
    def assessor(self) -> str:
        """The enrolled name of whoever signed it; empty when that is not known."""
        return self.signer.name if self.signer else ""


def merge(register: Register, files: Iterable[Source], *, at: datetime) -> tuple[Row, ...]:
    """Verify each file and register it, in transactions of some hundred files; one row for each, in their order.

    A file that is refused leaves the register as it was, whatever is wrong with it.
    """
    rows: list[Row] = []
    for batch in _batches(files):
        rows += _merge_batch(register, batch, at=iso(at))
    return _with_states(register, rows)


def _batches(files: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for name, content in files:
        batch.append((name, content))
        size += len(content) if isinstance(content, bytes) else 0
        if len(batch) == FILES_AT_ONCE or size > BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@dataclass(slots=True)
class _Known:
    """What a batch is checked against, as it stands within its transaction."""

    certificates: dict[str, Enrolled]
    signers: frozenset[str]
    """Whose files are opened: the assessors', and the secretariat's own so that they can be told by their kind."""
    gate: Gate
    numbers: dict[str, int]
    """Of the bundles of this batch that are registered, by SHA-256."""
    bundles: list[dict[str, object]] = field(default_factory=list)
    assessments: dict[tuple[str, str, str], dict[str, object]] = field(default_factory=dict)
    contents: list[dict[str, object]] = field(default_factory=list)


def _merge_batch(register: Register, batch: list[Source], *, at: str) -> list[Row]:
    digests = [canonical.digest(content) if isinstance(content, bytes) else "" for _file, content in batch]
    with register.transaction() as connection:
        log = Log(connection)
        known = _known(connection, digests)
        rows = [_one(known, log, *source, sha256, at) for source, sha256 in zip(batch, digests, strict=True)]
        _write(connection, known)
        log.write()
    return rows


def _known(connection: sa.Connection, digests: list[str]) -> _Known:
    b = tables.bundle.c
    certificates = {one.fingerprint: one for one in enrolled(connection)}
    registered = connection.execute(sa.select(b.sha256, b.number).where(b.sha256.in_(digests)))
    numbers = {row.sha256: row.number for row in registered}
    versions = calls(connection)
    signers = frozenset(certificates).union(one.fingerprint for one in versions)
    return _Known(certificates, signers, Gate(versions), numbers)


def _one(known: _Known, log: Log, file: str, content: bytes | EsfError, sha256: str, at: str) -> Row:
    if sha256 in known.numbers:
        number = known.numbers[sha256]
        return Row(file, sha256, Outcome.DUPLICATE, number, problem=AlreadyRegisteredError(file, number))
    try:
        if isinstance(content, EsfError):
            raise content
        signed = read_bundle(content, file=file, trusted=known.signers)
    except EsfError as refusal:
        return Row(file, sha256, Outcome.REFUSED, problem=refusal)
    signer = known.certificates.get(signed.fingerprint)
    try:
        if signer is None:
            raise UnknownSignerError(file, signed.fingerprint)
        _check_person(signer, signed, file)
        admission = known.gate.admission(signed.bundle, file=file)
    except EsfError as refusal:
        return Row(file, sha256, Outcome.REFUSED, signer=signer, problem=refusal)
    return _register(known, log, file, content, sha256, signed.bundle, signer, admission, at)


def _check_person(signer: Enrolled, signed: SignedBundle, file: str) -> None:
    if signer.revoked_at is not None:
        raise RevokedSignerError(file, signer.revoked_at[:10])
    says = signed.bundle.assessor
    if says.id != signer.assessor:
        raise WrongPersonError(file, says.name, signer.name)


def _register(
    known: _Known,
    log: Log,
    file: str,
    content: bytes,
    sha256: str,
    bundle: Bundle,
    signer: Enrolled,
    admission: Admission,
    at: str,
) -> Row:
    facts = {"assessor": signer.assessor, "signer": signer.fingerprint, "call": bundle.call.sha256}
    number = log.add(Kind.BUNDLE_REGISTERED, sha256, facts, at=at)
    known.numbers[sha256] = number
    known.bundles.append(
        {
            "sha256": sha256,
            "number": number,
            "bundle_id": bundle.bundle_id,
            "assessor": signer.assessor,
            "fingerprint": signer.fingerprint,
            "call_sha256": bundle.call.sha256,
            "admission": admission.value,
            "code": None,
            "received_at": at,
            "content": content,
        }
    )
    for place, assessment in enumerate(bundle.assessments):
        payload = canonical.encode(assessment)
        identity = canonical.digest(payload)
        key = (assessment.application, signer.assessor, identity)
        known.contents.append(
            {"bundle": sha256, "place": place, "application": assessment.application, "identity": identity}
        )
        if key not in known.assessments or admission is Admission.ACCEPTED:
            known.assessments[key] = {
                "application": assessment.application,
                "assessor": signer.assessor,
                "identity": identity,
                "revision": assessment.revision,
                "parents": " ".join(assessment.parents),
                "admission": admission.value,
                "payload": payload.decode(),
            }
    outcome = Outcome.REGISTERED if admission is Admission.ACCEPTED else Outcome.WAITING
    return Row(file, sha256, outcome, number, signer)


def _write(connection: sa.Connection, known: _Known) -> None:
    """Put the batch into the transaction; assessments that are there already only gain a better admission."""
    if not known.bundles:
        return
    a = tables.assessment.c
    identities = sorted({identity for _application, _assessor, identity in known.assessments})
    columns = sa.select(a.application, a.assessor, a.identity, a.admission)
    there = {
        (row.application, row.assessor, row.identity): Admission(row.admission)
        for some in _chunks(identities)
        for row in connection.execute(columns.where(a.identity.in_(some)))
    }
    new = [row for key, row in known.assessments.items() if key not in there]
    connection.execute(tables.bundle.insert(), known.bundles)
    if new:
        connection.execute(tables.assessment.insert(), new)
    connection.execute(tables.content.insert(), known.contents)
    for (application, assessor, identity), row in known.assessments.items():
        before = there.get((application, assessor, identity))
        if before is not None and Admission(str(row["admission"])) < before:
            same = (a.application == application) & (a.assessor == assessor) & (a.identity == identity)
            connection.execute(tables.assessment.update().where(same).values(admission=row["admission"]))


def _with_states(register: Register, rows: list[Row]) -> tuple[Row, ...]:
    """The rows with the states of their assessments, as they stand when all files have been merged."""
    stated: list[Row] = []
    with register.reading() as connection:
        for some in _chunks(rows):
            inside = _inside(connection, [row.sha256 for row in some if row.outcome is not Outcome.REFUSED])
            stated += [_with_state(row, inside.get(row.sha256, ())) for row in some]
    return tuple(stated)


def _with_state(row: Row, assessments: tuple[Standing, ...]) -> Row:
    if row.outcome is Outcome.REFUSED:
        return row
    waits = row.outcome is Outcome.REGISTERED and any(s.state is State.WAITING for s in assessments)
    return replace(row, assessments=assessments, outcome=Outcome.WAITING if waits else row.outcome)


def _inside(connection: sa.Connection, bundles: list[str]) -> dict[str, tuple[Standing, ...]]:
    """What each of these bundles carries and where it stands, in the bundle's order."""
    inside = carried(connection, bundles)
    desks = {(row.application, row.assessor) for row in inside}
    placed = {
        (standing.revision.assessor, standing.revision.identity): standing
        for some in _chunks(sorted(desks))
        for standing in standings(revisions(connection, set(some)))
    }
    found: dict[str, tuple[Standing, ...]] = {}
    for row in inside:
        if (row.assessor, row.identity) in placed:
            found[row.bundle] = (*found.get(row.bundle, ()), placed[row.assessor, row.identity])
    return found


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that one statement can name."""
    return (values[start : start + FILES_AT_ONCE] for start in range(0, len(values), FILES_AT_ONCE))
