"""Receipts: numbered, each naming the one before, signed with the secretariat's key, one for each bundle."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.exchange.canonical import digest
from esf_desktop.exchange.kinds import Kind as FileKind
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, Outcome, Receipt, read_receipt, write_receipt
from esf_desktop.files import safe_name, write_whole
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, AssessorId, CallId
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.events import Kind, Log, iso
from esf_desktop.secretariat.register import Register, RegisteredBundle
from esf_desktop.secretariat.states import Standing, State
from esf_desktop.signing.keys import SigningKey


@dataclass(eq=False)
class OtherKeyError(EsfError):
    """A key that is not the one that signed the call; assessors would refuse its receipts."""

    code = "other_key"
    call: str

    def sentence(self) -> str:
        return _("This is not the key that signed {call}, so no receipt was written; choose that key.").format(
            call=self.call
        )


def write_receipts(register: Register, key: SigningKey, folder: Path, *, at: datetime) -> tuple[Path, ...]:
    """Make and remember a receipt for each bundle that has none, and put every receipt that the folder lacks in it.

    Raises:
        NoCallError, OtherKeyError: nothing was changed.
        ExportFailedError: the receipts are remembered and can be written to another folder.
    """
    known = register.call()
    if known is None:
        raise NoCallError
    if key.fingerprint != known.fingerprint:
        raise OtherKeyError(known.call.id)
    for bundle in _without_receipt(register):
        _make(register, bundle, known.call.id, key, at)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        missing = [(folder / name, content) for name, content in _all(register) if not (folder / name).exists()]
        for path, content in missing:
            write_whole(path, content, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    return tuple(path for path, _content in missing)


def _without_receipt(register: Register) -> tuple[RegisteredBundle, ...]:
    with register.transaction() as connection:
        answered = set(connection.execute(sa.select(tables.receipt.c.bundle)).scalars())
    return tuple(bundle for bundle in register.bundles() if bundle.sha256 not in answered)


def _all(register: Register) -> tuple[tuple[str, bytes], ...]:
    r = tables.receipt.c
    with register.transaction() as connection:
        rows = connection.execute(sa.select(r.file, r.content).order_by(r.number))
        return tuple((row.file, bytes(row.content)) for row in rows)


def _make(register: Register, bundle: RegisteredBundle, call: CallId, key: SigningKey, at: datetime) -> None:
    standings = {(s.revision.assessor, s.revision.identity): s for s in register.standings()}
    name = next((one.name for one in register.enrolled() if one.fingerprint == bundle.fingerprint), bundle.assessor)
    c, r = tables.content.c, tables.receipt.c
    with register.transaction() as connection:
        inside = connection.execute(sa.select(c.identity).where(c.bundle == bundle.sha256).order_by(c.place)).scalars()
        found = [standings[bundle.assessor, i] for i in inside if (bundle.assessor, i) in standings]
        last = connection.execute(sa.select(r.number, r.content).order_by(r.number.desc()).limit(1)).first()
        receipt = Receipt(
            number=last.number + 1 if last else 1,
            previous=digest(bytes(last.content)) if last else None,
            bundle=bundle.sha256,
            outcome=_outcome(bundle, found),
            code=bundle.code,
            received_at=datetime.fromisoformat(bundle.received_at),
            call=call,
            assessor=AssessorId(bundle.assessor),
            assessments=tuple(_acknowledged(standing) for standing in found),
        )
        content = write_receipt(receipt, key, at=at)
        file = safe_name(f"{call} {receipt.number:04d} {name}") + FileKind.RECEIPT.suffix
        read_receipt(content, file=file)
        log = Log(connection)
        facts = {"number": receipt.number, "bundle": bundle.sha256, "outcome": receipt.outcome.value}
        log.add(Kind.RECEIPT_WRITTEN, digest(content), facts, at=iso(at))
        row = {"number": receipt.number, "bundle": bundle.sha256, "outcome": receipt.outcome.value}
        connection.execute(tables.receipt.insert(), {**row, "code": bundle.code, "file": file, "content": content})
        log.write()


def _outcome(bundle: RegisteredBundle, found: list[Standing]) -> Outcome:
    if bundle.admission == Admission.REFUSED:
        return Outcome.REFUSED
    waits = bundle.admission == Admission.CALL_UNKNOWN or any(s.state is State.WAITING for s in found)
    return Outcome.WAITING if waits else Outcome.REGISTERED


def _acknowledged(standing: Standing) -> Acknowledged:
    revision = standing.revision
    return Acknowledged(revision.identity, ApplicationId(revision.application), AssessmentState(standing.state.value))
