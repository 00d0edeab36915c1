"""Receipts: numbered for each assessor, each naming the one before, signed by the key that signed the call.

Refusals get one too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from esf_desktop.errors import ExportFailedError
from esf_desktop.exchange.canonical import digest
from esf_desktop.exchange.kinds import Kind as FileKind
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt, read_receipt, write_receipt
from esf_desktop.files import safe_name, write_whole
from esf_desktop.model import AssessorId, CallId, Sha256, Value
from esf_desktop.secretariat import merge, tables
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.errors import NoCallError, OtherKeyError
from esf_desktop.secretariat.events import Kind, Log, iso
from esf_desktop.secretariat.register import Register, calls, carried, enrolled, revisions
from esf_desktop.secretariat.states import Standing, State, standings
from esf_desktop.signing.keys import SigningKey


class Answer(Value, frozen=True):
    """What is said to an assessor of one bundle."""

    bundle: str
    outcome: Outcome
    code: str | None
    received_at: datetime
    assessor: AssessorId
    name: str
    standings: tuple[Standing, ...] = ()


def write_receipts(
    register: Register, key: SigningKey, folder: Path, *, at: datetime, refused: Iterable[merge.Row] = ()
) -> tuple[Path, ...]:
    """Make and remember a receipt for each bundle without one, and put every receipt that the folder lacks in it.

    A bundle that has stopped waiting gets a second one. Of the refused files those get one whose signer is known.

    Raises:
        NoCallError, OtherKeyError: nothing was changed.
        ExportFailedError: the receipts are remembered and can be written to another folder.
    """
    with register.transaction() as connection:
        known = calls(connection)
        if not known:
            raise NoCallError
        if key.fingerprint != known[-1].fingerprint:
            raise OtherKeyError(known[-1].call.id)
        log = Log(connection)
        issued = _Issued.read(connection)
        for answer in (*_due(connection), *_due_refusals(connection, refused, at)):
            _make(connection, log, issued, answer, known[-1].call.id, key, at)
        log.write()
        every = list(issued.files.items())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        missing = [(folder / name, content) for name, content in sorted(every) if not (folder / name).exists()]
        for path, content in missing:
            write_whole(path, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    return tuple(path for path, _content in missing)


def _due(connection: sa.Connection) -> Iterator[Answer]:
    """The bundles, in the order of receipt, that have no receipt of how they stand now."""
    b = tables.bundle.c
    told = _told(connection)
    names = {one.fingerprint: one.name for one in enrolled(connection)}
    placed = {(s.revision.assessor, s.revision.identity): s for s in standings(revisions(connection))}
    inside: dict[str, list[str]] = {}
    for one in carried(connection):
        inside.setdefault(one.bundle, []).append(one.identity)
    columns = (b.sha256, b.assessor, b.fingerprint, b.admission, b.code, b.received_at)
    for row in connection.execute(sa.select(*columns).order_by(b.number)).all():
        found = [placed[row.assessor, i] for i in inside[row.sha256] if (row.assessor, i) in placed]
        outcome = _outcome(row.admission, found)
        if told.get(row.sha256) != (outcome.value, row.code):
            received = datetime.fromisoformat(row.received_at)
            name = names.get(row.fingerprint, row.assessor)
            yield Answer(row.sha256, outcome, row.code, received, row.assessor, name, tuple(found))


def _due_refusals(connection: sa.Connection, rows: Iterable[merge.Row], at: datetime) -> Iterator[Answer]:
    """The refused files of these rows, signed by somebody known, that have not been answered with the same word."""
    told = _told(connection)
    for row in rows:
        if row.outcome is not merge.Outcome.REFUSED or row.signer is None:
            continue
        if told.get(row.sha256) != (Outcome.REFUSED.value, row.code):
            told[row.sha256] = (Outcome.REFUSED.value, row.code)
            yield Answer(row.sha256, Outcome.REFUSED, row.code, at, row.signer.assessor, row.signer.name)


def _told(connection: sa.Connection) -> dict[str, tuple[str, str | None]]:
    """The outcome and code of the latest receipt of each file."""
    r = tables.receipt.c
    rows = connection.execute(sa.select(r.bundle, r.outcome, r.code).order_by(r.number))
    return {row.bundle: (row.outcome, row.code) for row in rows}


def _outcome(admission: str, found: list[Standing]) -> Outcome:
    if admission == Admission.REFUSED:
        return Outcome.REFUSED
    waits = admission == Admission.CALL_UNKNOWN or any(s.state is State.WAITING for s in found)
    return Outcome.WAITING if waits else Outcome.REGISTERED


@dataclass(slots=True)
class _Issued:
    """The receipts that there are: their files in the order of making, and the last to each assessor."""

    files: dict[str, bytes] = field(default_factory=dict)
    last: dict[AssessorId, tuple[int, Sha256]] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: sa.Connection) -> "_Issued":
        """Those of the register."""
        r, issued = tables.receipt.c, cls()
        for row in connection.execute(sa.select(r.file, r.content).order_by(r.number)):
            content = bytes(row.content)
            issued.add(row.file, content, read_receipt(content, file=row.file).value)
        return issued

    def add(self, file: str, content: bytes, receipt: Receipt) -> None:
        """One more."""
        self.files[file] = content
        self.last[receipt.assessor] = (receipt.number, digest(content))

    def free(self, call: CallId, name: str, number: int) -> str:
        """A name for a file that none has, also where two assessors are called alike."""
        names = (safe_name(f"{call} {name}{again} {number:04d}") + FileKind.RECEIPT.suffix for again in _distinct())
        return next(file for file in names if file not in self.files)


def _distinct() -> Iterator[str]:
    yield ""
    yield from (f" ({n})" for n in count(2))


def _make(
    connection: sa.Connection,
    log: Log,
    issued: _Issued,
    answer: Answer,
    call: CallId,
    key: SigningKey,
    at: datetime,
) -> None:
    number, previous = issued.last.get(answer.assessor, (0, None))
    receipt = Receipt(
        number=number + 1,
        previous=previous,
        bundle=answer.bundle,
        outcome=answer.outcome,
        code=answer.code,
        received_at=answer.received_at,
        call=call,
        assessor=answer.assessor,
        assessments=tuple(
            Acknowledged(s.revision.identity, s.revision.application, AssessmentState(s.state.value))
            for s in answer.standings
        ),
    )
    content = write_receipt(receipt, key, at=at)
    file = issued.free(call, answer.name, receipt.number)
    row = {"number": len(issued.files) + 1, "bundle": answer.bundle, "outcome": answer.outcome.value}
    issued.add(file, content, read_receipt(content, file=file).value)
    facts = {"number": receipt.number, "bundle": answer.bundle, "outcome": answer.outcome.value}
    log.add(Kind.RECEIPT_WRITTEN, digest(content), facts, at=iso(at))
    connection.execute(tables.receipt.insert(), {**row, "code": answer.code, "file": file, "content": content})
