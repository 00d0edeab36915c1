"""The enrolment: an assessor introduces a device's key to the secretariat, signed by that key."""

from datetime import datetime
from typing import Literal

from esf_desktop.exchange import canonical, checks, envelope
from esf_desktop.exchange.envelope import Signed
from esf_desktop.exchange.kinds import Kind
from esf_desktop.model import Assessor, Moment, Value
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Opened


class Enrolment(Value, frozen=True, tag_field="type", tag=Kind.ENROLMENT.type):
    """Who the assessor is, and on which device the key lies."""

    assessor: Assessor
    device: str
    created_at: Moment
    version: Literal[1] = 1


def write_enrolment(enrolment: Enrolment, key: Signer, *, at: datetime) -> bytes:
    """The enrolment as a file."""
    return envelope.write(Kind.ENROLMENT, enrolment, (), key, at=at)


def read_enrolment(content: bytes, *, file: str) -> Signed[Enrolment]:
    """The enrolment of a file; whether its key is to be trusted is for people to compare.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    return parse(envelope.open_kind(Kind.ENROLMENT, content, file=file), file=file)


def parse(opened: Opened, *, file: str) -> Signed[Enrolment]:
    """The enrolment in a container that was checked."""
    envelope.check_members(opened, {Kind.ENROLMENT.payload: envelope.JSON}, file=file)
    payload = opened.members[Kind.ENROLMENT.payload]
    enrolment = canonical.decode(payload, Enrolment, file=file)
    checks.person(enrolment.assessor.id, enrolment.assessor.name, file=file)
    checks.moments((enrolment.created_at,), file=file)
    return Signed(enrolment, payload, opened)
