"""Taking a round out of databases so that no byte of it is left: rows, search index, free pages and log.

A purged round keeps one row of journal, which names the head of the chain that stood before it.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from esf_desktop.history import Kind
from esf_desktop.model import replace
from esf_desktop.workspace import fields, journal
from esf_desktop.workspace.fields import Purged
from esf_desktop.workspace.tables import UNDER_WAY, document, field

IN_MEMORY = 256 * 2**20
"""Bytes of a database that is rewritten in memory; a larger one by way of a temporary file."""
_HASHES = re.compile(r"[0-9a-f]{64}")
_RECORDS = sa.select(field.c.value).where(
    field.c.round == sa.bindparam("round"), field.c.application == "", field.c.name == "purged"
)


def holds(connection: sa.Connection, round_: str) -> bool:
    """Whether anything of the round is there besides the record of an earlier purge."""
    rows = connection.execute(sa.select(field.c.name).where(field.c.round == round_, field.c.name != "purged").limit(1))
    return rows.first() is not None


def records(connection: sa.Connection, round_: str) -> tuple[Purged, ...]:
    """The records of earlier purges of this round, oldest first."""
    coded = connection.execute(_RECORDS, {"round": round_}).scalar_one_or_none()
    return () if coded is None else cast("tuple[Purged, ...]", fields.decode("purged", coded))


def erase(connection: sa.Connection, round_: str, record: Purged, *, at: datetime) -> journal.Head:
    """Put one row in the place of everything that the tables hold of the round, and answer the new end of its chain."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    head = journal.head(connection, round_)
    kept = (*records(connection, round_), replace(record, journal=fields.KeptHead(head.number, head.hash)))
    for table in _tables_with(connection, "round"):
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE round = :round', {"round": round_})
    coded = fields.encode(kept)
    row = {"round": round_, "application": "", "name": "purged", "value": coded}
    connection.execute(field.insert(), row)
    return journal.append(connection, round_, head, (head.step + 1, at, Kind.PURGE, "", "purged", None, coded))


def documents_named(connection: sa.Connection, *, but: str | None = None) -> frozenset[str]:
    """The hashes of every document that a round names anywhere, in its call or as evidence; one round may be left out.

    Any hash that a field holds counts, so that a document is rather kept than lost.
    """
    values = connection.execute(sa.select(field.c.value).where(field.c.round != ("" if but is None else but)))
    return frozenset(sha256 for value in values.scalars() for sha256 in _HASHES.findall(value))


def sweep(connection: sa.Connection, keep: Collection[str]) -> int:
    """Let go of every document but these, and of any that has not wholly come; answer how many went."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    known = connection.execute(sa.select(document.c.sha256, document.c.size).order_by(document.c.sha256)).all()
    gone = [row.sha256 for row in known if row.sha256 not in keep or row.size == UNDER_WAY]
    tables = _tables_with(connection, "sha256")
    tables.sort(key=lambda name: name == "document")
    for sha256 in gone:
        for table in tables:
            connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE sha256 = :sha256', {"sha256": sha256})
    return len(gone)


def compact(engine: sa.Engine) -> None:
    """Write the database anew without its free pages, and empty its log, so that what was deleted is in no file."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        try:
            pages, size = (int(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
            cursor.execute(f"PRAGMA temp_store = {'MEMORY' if pages * size <= IN_MEMORY else 'FILE'}")
            for name in _indexes(cursor):
                cursor.execute(f'INSERT INTO "{name}"("{name}") VALUES (\'optimize\')')
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                cursor.execute(statement).fetchall()
        finally:
            cursor.close()


def _tables_with(connection: sa.Connection, column: str) -> list[str]:
    """The tables, of full-text search too, that have the column; a later table is found without being listed here."""
    rows = connection.exec_driver_sql(
        "SELECT l.name FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c"
        " WHERE l.schema = 'main' AND l.type IN ('table', 'virtual') AND c.name = :column ORDER BY l.name",
        {"column": column},
    )
    return list(rows.scalars())


def _indexes(cursor: "sa.engine.interfaces.DBAPICursor") -> list[str]:
    cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    return [row[0] for row in cursor.fetchall()]
