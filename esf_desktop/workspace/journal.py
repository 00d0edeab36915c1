"""The journal: append-only, hash-chained, one chain for each round; and the proof that the fields follow from it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import cast

import msgspec
import sqlalchemy as sa

from esf_desktop.history import Entry, Kind
from esf_desktop.i18n import _
from esf_desktop.model import ApplicationId, Value
from esf_desktop.workspace import fields
from esf_desktop.workspace.database import spelled
from esf_desktop.workspace.tables import field, journal

GENESIS = "0" * 64


class Head(Value, frozen=True):
    """The end of one round's chain: the number of its last row and that row's hash."""

    number: int = 0
    step: int = 0
    hash: str = GENESIS


class Fault(Value, frozen=True):
    """Something in a database that is not as it should be."""

    code: str
    place: str

    def sentence(self) -> str:
        """The fault in words."""
        match self.code:
            case "broken_chain":
                return _("The journal is broken at {place}.").format(place=self.place)
            case "differs":
                return _("{place} is not what the journal says.").format(place=self.place)
            case _other:
                return _("The database file is damaged: {place}.").format(place=self.place)


_NOT_WRITTEN = ("signed", "sent", "receipt", "receipts")
_INSERT = spelled(journal.insert())
_LAST = (
    sa.select(journal.c.number, journal.c.step, journal.c.hash)
    .where(journal.c.round == sa.bindparam("round"))
    .order_by(journal.c.number.desc())
    .limit(1)
)


def head(connection: sa.Connection, round_: str) -> Head:
    """The end of the round's chain."""
    row = connection.execute(_LAST, {"round": round_}).one_or_none()
    return Head(*row) if row else Head()


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
    row["hash"] = _link(after.hash, row)
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


def faults(connection: sa.Connection) -> tuple[Fault, ...]:
    """Every way in which the pages, the chain or the fields are wrong; empty for a sound database."""
    return (*_page_faults(connection), *_chain_faults(connection), *_field_faults(connection))


def _page_faults(connection: sa.Connection) -> Iterator[Fault]:
    for answer in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if answer != "ok":
            yield Fault("damaged", str(answer))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault("damaged", str(tuple(row)))


def _chain_faults(connection: sa.Connection) -> Iterator[Fault]:
    last: dict[str, Head] = {}
    for row in connection.execute(sa.select(journal).order_by(journal.c.round, journal.c.number)).mappings():
        before = last.get(row["round"]) or _kept_head(row)
        if row["number"] != before.number + 1 or row["hash"] != _link(before.hash, row):
            yield Fault("broken_chain", f"{row['round']} {row['number']}")
        last[row["round"]] = Head(row["number"], row["step"], row["hash"])


def _kept_head(row: sa.RowMapping) -> Head:
    """Where the first row of a chain follows on: nothing, or the head that the row of a purge keeps."""
    if row["kind"] != Kind.PURGE or row["name"] != "purged":
        return Head()
    try:
        kept = cast("tuple[fields.Purged, ...]", fields.decode("purged", row["after"]))[-1].journal
    except (msgspec.MsgspecError, IndexError, TypeError):
        return Head()
    return Head(kept.number, row["step"] - 1, kept.hash) if kept else Head()


def _field_faults(connection: sa.Connection) -> Iterator[Fault]:
    derived: dict[tuple[str, str, str], str] = {}
    for row in connection.execute(sa.select(journal).order_by(journal.c.round, journal.c.number)):
        key = (row.round, row.application, row.name)
        if derived.get(key) != row.before:
            yield Fault("broken_chain", f"{row.round} {row.number}")
        if row.after is None:
            derived.pop(key, None)
        else:
            derived[key] = row.after
    stands = {(row.round, row.application, row.name): row.value for row in connection.execute(sa.select(field))}
    for key in sorted(derived.keys() | stands.keys()):
        if derived.get(key) != stands.get(key):
            yield Fault("differs", " ".join(part for part in key if part))


def _link(previous: str, row: "sa.RowMapping | dict[str, object]") -> str:
    said = [previous, *(row[column.name] for column in journal.c if column.name != "hash")]
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()
