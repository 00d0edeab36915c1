"""The register's events: numbered from 1, chained by hashes, never changed and never removed."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import datetime
from enum import StrEnum

import msgspec
import sqlalchemy as sa

from esf_desktop.errors import EsfError
from esf_desktop.exchange.canonical import encode
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat.tables import event
from esf_desktop.workspace.database import execute_many

GENESIS = "0" * 64
_ADDED = event.insert()


class Kind(StrEnum):
    """What can happen to a register."""

    ENROLLED = "enrolled"
    REVOKED = "revoked"
    DIFFERED = "differed"
    """A person compared a fingerprint, and it was not the one that was read out."""
    CALL_ADDED = "call_added"
    BUNDLE_REGISTERED = "bundle_registered"
    BUNDLE_CHECKED = "bundle_checked"
    RECEIPT_WRITTEN = "receipt_written"
    READER_APPOINTED = "reader_appointed"
    READER_RELEASED = "reader_released"
    CONSENSUS_WRITTEN = "consensus_written"
    PROPOSED = "proposed"
    """The order or an outcome was changed by hand."""
    REASON_GIVEN = "reason_given"


class Event(Value, frozen=True):
    """One thing that happened: `subject` is a fingerprint, a SHA-256 or a diary number, `facts` canonical JSON."""

    number: int
    at: str
    kind: Kind
    subject: str
    facts: str
    hash: str


class BrokenChainError(EsfError):
    """A register whose events were changed from outside."""

    code = "broken_chain"

    def sentence(self) -> str:
        return _("The register was changed outside ESF Desktop and cannot be relied on; choose a backup.")


class Log:
    """The events of one transaction, written together when it ends."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        newest = sa.select(event.c.number, event.c.hash).order_by(event.c.number.desc()).limit(1)
        last = connection.execute(newest).first()
        self._number: int = last.number if last else 0
        self._hash: str = last.hash if last else GENESIS
        self._rows: list[dict[str, object]] = []

    def add(self, kind: Kind, subject: str, facts: object, *, at: str) -> int:
        """The number of the new event."""
        self._number += 1
        told = encode(facts).decode()
        self._hash = _chained(self._hash, self._number, at, kind, subject, told)
        self._rows.append(
            {
                "number": self._number,
                "at": at,
                "kind": kind.value,
                "subject": subject,
                "facts": told,
                "hash": self._hash,
            }
        )
        return self._number

    def write(self) -> None:
        """Put the new events into the transaction."""
        if self._rows:
            execute_many(self._connection, _ADDED, self._rows)
        self._rows = []


def fact(facts: str | None, name: str) -> str:
    """A text among the facts of an event; empty when it tells none of that name."""
    found = msgspec.json.decode(facts).get(name, "") if facts else ""
    return found if isinstance(found, str) else ""


def iso(at: datetime) -> str:
    """The time as the register keeps it: to the second, with its offset.

    Raises:
        ValueError: a time without an offset, which says nothing.
    """
    if at.tzinfo is None:
        raise ValueError(at)
    return at.isoformat(timespec="seconds")


def events(connection: sa.Connection) -> Iterator[Event]:
    """Every event in order, each checked against the chain.

    Raises:
        BrokenChainError: an event is not what was chained, or one is missing.
    """
    previous = GENESIS
    for number, row in enumerate(connection.execute(sa.select(event).order_by(event.c.number)), start=1):
        expected = _chained(previous, number, row.at, row.kind, row.subject, row.facts)
        if (row.number, row.hash) != (number, expected):
            raise BrokenChainError
        previous = expected
        yield Event(row.number, row.at, Kind(row.kind), row.subject, row.facts, row.hash)


def told(connection: sa.Connection, kinds: Collection[Kind]) -> tuple[Event, ...]:
    """The events of some kinds in their order; the chain is for `events` to check."""
    query = sa.select(event).where(event.c.kind.in_([kind.value for kind in kinds])).order_by(event.c.number)
    rows = connection.execute(query)
    return tuple(Event(row.number, row.at, Kind(row.kind), row.subject, row.facts, row.hash) for row in rows)


def latest(connection: sa.Connection, kinds: Collection[Kind]) -> int:
    """The number of the latest event of some kinds; 0 when there is none."""
    query = sa.select(sa.func.max(event.c.number)).where(event.c.kind.in_([kind.value for kind in kinds]))
    return connection.execute(query).scalar() or 0


def _chained(previous: str, number: int, at: str, kind: str, subject: str, facts: str) -> str:
    return hashlib.sha256("\n".join((previous, str(number), at, kind, subject, facts)).encode()).hexdigest()
