"""The receipt: the secretariat's answer to a bundle, numbered for each assessor and naming the one before it."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from esf_desktop.errors import BadPayloadError
from esf_desktop.exchange import canonical, checks, envelope
from esf_desktop.exchange.envelope import Count, Sha256, Signed
from esf_desktop.exchange.kinds import Kind
from esf_desktop.model import ApplicationId, AssessorId, CallId, Moment, Value
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Opened
from esf_desktop.signing.faults import Fault


class Outcome(StrEnum):
    """What came of a bundle."""

    REGISTERED = "registered"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    REFUSED = "refused"


class AssessmentState(StrEnum):
    """Where an assessment stood in the register when the receipt was written."""

    HEAD = "head"
    SUPERSEDED = "superseded"
    WAITING = "waiting"
    FORK = "fork"
    JUMP = "jump"


class Acknowledged(Value, frozen=True):
    """An assessment that arrived."""

    identity: Sha256
    application: ApplicationId
    state: AssessmentState


class Receipt(Value, frozen=True, tag_field="type", tag=Kind.RECEIPT.type):
    """What the secretariat did with a bundle; `code` says why it was refused.

    `number` counts the receipts to this assessor, and `previous` is the SHA-256 of the file of the one before.
    """

    number: Count
    previous: Sha256 | None
    bundle: Sha256
    outcome: Outcome
    code: str | None
    received_at: Moment
    call: CallId
    assessor: AssessorId
    assessments: tuple[Acknowledged, ...]
    version: Literal[1] = 1


def write_receipt(receipt: Receipt, key: Signer, *, at: datetime) -> bytes:
    """The receipt as a file."""
    return envelope.write(Kind.RECEIPT, receipt, (), key, at=at)


def read_receipt(content: bytes, *, file: str, trusted: frozenset[str] | None = None) -> Signed[Receipt]:
    """The receipt of a file.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    return parse(envelope.open_kind(Kind.RECEIPT, content, file=file, trusted=trusted), file=file)


def parse(opened: Opened, *, file: str) -> Signed[Receipt]:
    """The receipt in a container that was checked."""
    envelope.check_members(opened, {Kind.RECEIPT.payload: envelope.JSON}, file=file)
    payload = opened.members[Kind.RECEIPT.payload]
    receipt = canonical.decode(payload, Receipt, file=file)
    checks.moments((receipt.received_at,), file=file)
    if receipt.number < 1 or (receipt.number == 1) != (receipt.previous is None):
        raise BadPayloadError(file, exactly=Fault.RECEIPT_NUMBER)
    if (receipt.outcome is Outcome.REFUSED) != (receipt.code is not None):
        raise BadPayloadError(file, exactly=Fault.RECEIPT_CODE)
    return Signed(receipt, payload, opened)
