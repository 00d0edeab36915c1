"""Merging: bundles are verified one by one and their assessments join a set; a bad one never stops the others.

For one list of trusted certificates and one call it is a union: order, repetition and splitting change nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from esf_desktop.errors import EsfError
from esf_desktop.exchange import canonical
from esf_desktop.i18n import _
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.admission import Admission, Version
from esf_desktop.secretariat.errors import AlreadyRegisteredError
from esf_desktop.secretariat.events import Kind, Log, iso
from esf_desktop.secretariat.examining import Examined, Examiner, Known, Refused, Trusted
from esf_desktop.secretariat.examining import Source as Source
from esf_desktop.secretariat.register import Enrolled, Register, RegisteredCall, calls, carried, enrolled, revisions
from esf_desktop.secretariat.states import Standing, State, standings
from esf_desktop.secretariat.verifying import Batch, Verifiers
from esf_desktop.workspace.database import execute_many

FILES_AT_ONCE = 1_000
BYTES_AT_ONCE = 64 * 2**20

T = TypeVar("T")
_BUNDLES, _CONTENTS = tables.bundle.insert(), tables.content.insert()


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
    return tuple(merged_rows(register, files, at=at))


def merged_rows(register: Register, files: Iterable[Source], *, at: datetime) -> Iterator[Row]:
    """The same for any number of files: all are registered when the first row is given, and little is kept of each."""
    rows: list[Row] = []
    signers: dict[Enrolled, Enrolled] = {}
    before: _Begun | None = None
    with Verifiers() as verifiers:
        for batch in _batches(files):
            begun = _begin(register, verifiers, batch)
            if before is not None:
                rows += _merge_batch(register, before, signers, at=iso(at))
            before = begun
        if before is not None:
            rows += _merge_batch(register, before, signers, at=iso(at))
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


@dataclass(frozen=True, slots=True)
class _Begun:
    """A batch of files that is being examined, while nothing is locked."""

    files: list[Source]
    digests: list[str]
    there: frozenset[str]
    """The digests that were registered before; those files are not examined."""
    examination: Batch


def _begin(register: Register, verifiers: Verifiers, files: list[Source]) -> _Begun:
    digests = [canonical.digest(content) if isinstance(content, bytes) else "" for _file, content in files]
    with register.reading() as connection:
        present = known(connection)
        there = frozenset(_numbers(connection, digests))
    wanted = [source for source, sha256 in zip(files, digests, strict=True) if sha256 not in there]
    return _Begun(files, digests, there, verifiers.begin(Examiner(present), wanted))


@dataclass(slots=True)
class _Growing:
    """What a batch adds to the register, as it stands within its transaction."""

    certificates: dict[str, Enrolled]
    numbers: dict[str, int]
    """Of the bundles of this batch that are registered, by SHA-256."""
    bundles: list[dict[str, object]] = field(default_factory=list)
    assessments: dict[tuple[str, str, str], dict[str, object]] = field(default_factory=dict)
    contents: list[dict[str, object]] = field(default_factory=list)


def _merge_batch(register: Register, begun: _Begun, signers: dict[Enrolled, Enrolled], *, at: str) -> list[Row]:
    """Register what was examined; `signers` has each signer once, however many batches name them."""
    found = iter(begun.examination.finish())
    examined = [None if sha256 in begun.there else next(found) for sha256 in begun.digests]
    with register.transaction() as connection:
        log = Log(connection)
        trusted = enrolled(connection)
        present = _known_of(trusted, calls(connection))
        again = None if present == begun.examination.examiner.known else Examiner(present)
        certificates = {one.fingerprint: signers.setdefault(one, one) for one in trusted}
        growing = _Growing(certificates, _numbers(connection, begun.digests))
        rows = []
        for (file, content), sha256, one in zip(begun.files, begun.digests, examined, strict=True):
            if sha256 in growing.numbers:
                number = growing.numbers[sha256]
                problem = AlreadyRegisteredError(file, number)
                rows.append(Row(file, sha256, Outcome.DUPLICATE, number, problem=problem))
                continue
            result = one if one is not None and again is None else (again or Examiner(present)).examine(file, content)
            if isinstance(result, Refused):
                signer = certificates.get(result.fingerprint or "")
                rows.append(Row(file, sha256, Outcome.REFUSED, signer=signer, problem=result.problem))
            else:
                assert isinstance(content, bytes)
                rows.append(_register(growing, log, file, content, sha256, result, at))
        _write(connection, growing)
        log.write()
    return rows


def known(connection: sa.Connection) -> Known:
    """What bundles are examined against now."""
    return _known_of(enrolled(connection), calls(connection))


def _known_of(certificates: Iterable[Enrolled], versions: Iterable[RegisteredCall]) -> Known:
    return Known(
        {one.fingerprint: Trusted(one.assessor, one.name, one.revoked_at) for one in certificates},
        tuple(Version(one.call, one.sha256, one.fingerprint) for one in versions),
    )


def _numbers(connection: sa.Connection, digests: list[str]) -> dict[str, int]:
    """The numbers of those that are registered."""
    b = tables.bundle.c
    there = connection.execute(sa.select(b.sha256, b.number).where(b.sha256.in_(digests)))
    return {row.sha256: row.number for row in there}


def _register(growing: _Growing, log: Log, file: str, content: bytes, sha256: str, examined: Examined, at: str) -> Row:
    signer = growing.certificates[examined.fingerprint]
    admission = examined.admission
    facts = {"assessor": signer.assessor, "signer": signer.fingerprint, "call": examined.call_sha256}
    number = log.add(Kind.BUNDLE_REGISTERED, sha256, facts, at=at)
    growing.numbers[sha256] = number
    growing.bundles.append(
        {
            "sha256": sha256,
            "number": number,
            "bundle_id": examined.bundle_id,
            "assessor": signer.assessor,
            "fingerprint": signer.fingerprint,
            "call_sha256": examined.call_sha256,
            "admission": admission.value,
            "code": None,
            "received_at": at,
            "content": content,
        }
    )
    for place, one in enumerate(examined.contents):
        key = (one.application, signer.assessor, one.identity)
        growing.contents.append(
            {"bundle": sha256, "place": place, "application": one.application, "identity": one.identity}
        )
        if key not in growing.assessments or admission is Admission.ACCEPTED:
            growing.assessments[key] = {
                "application": one.application,
                "assessor": signer.assessor,
                "identity": one.identity,
                "revision": one.revision,
                "parents": one.parents,
                "admission": admission.value,
                "payload": one.payload.decode(),
            }
    outcome = Outcome.REGISTERED if admission is Admission.ACCEPTED else Outcome.WAITING
    return Row(file, sha256, outcome, number, signer)


def _write(connection: sa.Connection, growing: _Growing) -> None:
    """Put the batch into the transaction."""
    if not growing.bundles:
        return
    execute_many(connection, _BUNDLES, growing.bundles)
    execute_many(connection, _united(connection.dialect.name), list(growing.assessments.values()))
    execute_many(connection, _CONTENTS, growing.contents)


@cache
def _united(dialect: str) -> sa.Insert:
    """What adds assessments to the set, and gives those that are in it already the better of two admissions."""
    adding = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(tables.assessment)
    better = adding.excluded.admission < tables.assessment.c.admission
    key = list(tables.assessment.primary_key)
    return adding.on_conflict_do_update(index_elements=key, set_={"admission": adding.excluded.admission}, where=better)


def _with_states(register: Register, rows: list[Row]) -> Iterator[Row]:
    """The rows with the states of their assessments, as they stand when all files have been merged."""
    for some in _chunks(rows):
        with register.reading() as connection:
            inside = _inside(connection, [row.sha256 for row in some if row.outcome is not Outcome.REFUSED])
        yield from (_with_state(row, inside.get(row.sha256, ())) for row in some)


def _with_state(row: Row, assessments: tuple[Standing, ...]) -> Row:
    if row.outcome is Outcome.REFUSED:
        return row
    waits = row.outcome is Outcome.REGISTERED and any(s.state is State.WAITING for s in assessments)
    return replace(row, assessments=assessments, outcome=Outcome.WAITING if waits else row.outcome)


def _inside(connection: sa.Connection, bundles: list[str]) -> dict[str, tuple[Standing, ...]]:
    """What each of these bundles carries and where it stands, in the bundle's order."""
    placed = {
        (standing.revision.assessor, standing.revision.identity): standing
        for standing in standings(revisions(connection, bundles))
    }
    found: dict[str, tuple[Standing, ...]] = {}
    for row in carried(connection, bundles):
        if (row.assessor, row.identity) in placed:
            found[row.bundle] = (*found.get(row.bundle, ()), placed[row.assessor, row.identity])
    return found


def _chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in parts that one statement can name."""
    return (values[start : start + FILES_AT_ONCE] for start in range(0, len(values), FILES_AT_ONCE))
