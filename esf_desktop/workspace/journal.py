"""The journal: append-only, hash-chained, one chain for each round."""

import hashlib
from datetime import datetime
from typing import cast

import msgspec
import sqlalchemy as sa

from esf_desktop.history import Entry, Kind
from esf_desktop.model import ApplicationId, Value
from esf_desktop.workspace import fields
from esf_desktop.workspace.database import spelled
from esf_desktop.workspace.tables import journal

GENESIS = "0" * 64


class Head(Value, frozen=True):
    """The end of one round's chain: the number of its last row and that row's hash."""

    number: int = 0
    step: int = 0
    hash: str = GENESIS


_NOT_WRITTEN = ("signed", "sent", "receipt", "receipts")
_INSERT = spelled(journal.insert())
_LAST = (
    sa.select(journal.c.number, journal.c.step, journal.c.hash)
    .where(journal.c.round == sa.bindparam("round"))
    .order_by(journal.c.number.desc())
    .limit(1)
)
_NEWEST = sa.select(journal).order_by(sa.text("rowid DESC")).limit(1)
_FIRST = sa.select(journal.c.hash).order_by(journal.c.round, journal.c.number).limit(1)


def head(connection: sa.Connection, round_: str) -> Head:
    """The end of the round's chain."""
    row = connection.execute(_LAST, {"round": round_}).one_or_none()
    return Head(*row) if row else Head()


def last(connection: sa.Connection) -> tuple[str, Head, datetime] | None:
    """The row that was written last in any round: that round, its end, and when; None in an empty journal."""
    row = connection.execute(_NEWEST).one_or_none()
    return (row.round, Head(row.number, row.step, row.hash), datetime.fromisoformat(row.at)) if row else None


def origin(connection: sa.Connection) -> bytes:
    """What this journal has in common with no other and with all its own copies: its first hash; b"" while empty."""
    first = connection.execute(_FIRST).scalar_one_or_none()
    return bytes.fromhex(first) if first else b""


def append(
    connection: sa.Connection,
    round_: str,
    after: Head,
    entry: tuple[int, datetime, Kind, str, str, str | None, str | None],
) -> Head:
    """Write the next row of the round's chain: (step, at, kind, application, field, before, after)."""
    step, at, kind, application, name, was, becomes = entry
    row = {
        "round": round_,
        "number": after.number + 1,
        "step": step,
        "at": at.isoformat(timespec="milliseconds"),
        "kind": kind.value,
        "application": application,
        "name": name,
        "before": was,
        "after": becomes,
    }
    row["hash"] = link(after.hash, row)
    connection.exec_driver_sql(_INSERT, row)
    return Head(after.number + 1, step, str(row["hash"]))


def entries(connection: sa.Connection, round_: str, application: ApplicationId, *, after: int = 0) -> tuple[Entry, ...]:
    """Everything that was done to one application since the row of that number, oldest first."""
    rows = connection.execute(
        sa.select(journal)
        .where(journal.c.round == round_, journal.c.application == application, journal.c.number > after)
        .order_by(journal.c.number)
    )
    return tuple(
        Entry(
            row.number,
            row.step,
            datetime.fromisoformat(row.at),
            Kind(row.kind),
            ApplicationId(row.application),
            row.name,
            row.before,
            row.after,
        )
        for row in rows
    )


def moments(connection: sa.Connection, round_: str) -> tuple[tuple[ApplicationId, datetime], ...]:
    """When something was written in which application, oldest first; what signing and receipts left is not writing."""
    rows = connection.execute(
        sa.select(journal.c.application, journal.c.at)
        .where(journal.c.round == round_, journal.c.application != "", journal.c.name.not_in(_NOT_WRITTEN))
        .order_by(journal.c.number)
    )
    return tuple((ApplicationId(application), datetime.fromisoformat(at)) for application, at in rows)


def kept_head(row: sa.RowMapping) -> Head:
    """Where the first row of a chain follows on: nothing, or the head that the row of a purge keeps."""
    if row["kind"] != Kind.PURGE or row["name"] != "purged":
        return Head()
    try:
        kept = cast("tuple[fields.Purged, ...]", fields.decode("purged", row["after"]))[-1].journal
    except (msgspec.MsgspecError, IndexError, TypeError):
        return Head()
    return Head(kept.number, row["step"] - 1, kept.hash) if kept else Head()


def link(previous: str, row: "sa.RowMapping | dict[str, object]") -> str:
    """The hash of a row that follows the one with this hash."""
    said = [previous, *(row[column.name] for column in journal.c if column.name != "hash")]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()
