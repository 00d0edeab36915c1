"""The copy of a register that is made before it is upgraded: checked, in a file of its own, of the earlier schema."""

import os
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from esf_desktop import paths
from esf_desktop.errors import UnusablePlaceError
from esf_desktop.files import safe_name, sync_folder, write_whole
from esf_desktop.workspace.database import (
    APPLICATION_ID,
    VERSION_TABLE,
    DamagedDatabaseError,
    as_it_is,
    close,
    copy_open,
    logical_hash,
    logical_hash_within,
    transaction,
)
from esf_desktop.workspace.upgrading import Steps, Upgrade

KEY_SUFFIX = ".esfkey"
_AT_ONCE = 200
"""Rows that are copied at a time."""


def upgrade(path: Path, key: bytes | None, steps: Steps) -> Upgrade:
    """What upgrades the register in that file, after a copy beside it."""
    return Upgrade(steps, lambda engine, found: copy_file(engine, key, path, found))


def copy_file(engine: sa.Engine, key: bytes | None, path: Path, found: int) -> Path:
    """A checked copy beside a register that is open, under the same key: `round-schema-1.esfdb` beside `round.esfdb`.

    Raises:
        DamagedDatabaseError, NoRoomError, UnusablePlaceError: there is no copy.
    """
    target = path.with_name(f"{path.stem}-schema-{found}{path.suffix}")
    made = _begun(target)
    said = copy_open(engine, key, made, seen=lambda: logical_hash(engine))
    key_file = path.with_suffix(KEY_SUFFIX)
    try:
        if key is not None and key_file.exists():
            write_whole(target.with_suffix(KEY_SUFFIX), key_file.read_bytes())
    except OSError as error:
        raise UnusablePlaceError(target.name) from error
    return _finished(made, key, target, said)


def place_of(name: str, found: int) -> Path:
    """Where the copy of a register on a server is kept on this computer."""
    return paths.data_folder() / "registers" / f"{safe_name(name)}-schema-{found}.esfdb"


def copy_rows(connection: sa.Connection, target: Path) -> Path:
    """A checked copy of a register on a server, in a file that opens as a register, read within one transaction.

    Raises:
        DamagedDatabaseError, NoRoomError, UnusablePlaceError: there is no copy.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusablePlaceError(target.parent.name) from error
    found = sa.MetaData()
    found.reflect(connection)
    schema = connection.execute(sa.select(found.tables[VERSION_TABLE].c.version_num)).scalar_one()
    made = _begun(target)
    engine = as_it_is(made, None)
    try:
        with transaction(engine) as into:
            into.exec_driver_sql("BEGIN")
            alike = sa.MetaData()
            for table in found.sorted_tables:
                if table.name != VERSION_TABLE:
                    _copy_table(connection, into, table, _like(table, alike))
            into.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            into.exec_driver_sql(f"PRAGMA user_version = {int(schema)}")
    finally:
        close(engine)
    return _finished(made, None, target, logical_hash_within(connection))


def _like(table: sa.Table, into: sa.MetaData) -> sa.Table:
    """The same table as any database would have it: columns, keys and indexes."""
    columns = [
        sa.Column(
            column.name,
            column.type.as_generic(),
            *(sa.ForeignKey(key.target_fullname) for key in column.foreign_keys),
            primary_key=column.primary_key,
            nullable=column.nullable,
            autoincrement=False,
        )
        for column in table.columns
    ]
    unique = [one for one in table.constraints if isinstance(one, sa.UniqueConstraint)]
    like = sa.Table(table.name, into, *columns, *(sa.UniqueConstraint(*one.columns.keys()) for one in unique))
    for index in table.indexes:
        sa.Index(index.name, *(like.c[column.name] for column in index.columns), unique=index.unique)
    return like


def _copy_table(source: sa.Connection, into: sa.Connection, table: sa.Table, like: sa.Table) -> None:
    like.create(into)
    rows = source.execute(sa.select(table), execution_options={"stream_results": True, "max_row_buffer": _AT_ONCE})
    each = rows.mappings()
    while some := list(islice(each, _AT_ONCE)):
        into.execute(like.insert(), [dict(row) for row in some])


def _begun(target: Path) -> Path:
    """A free place beside the target; what an interrupted copy left there is gone."""
    made = target.with_name(f".{target.name}.part")
    try:
        for left in (made, made.with_name(f"{made.name}-wal")):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise UnusablePlaceError(target.name) from error
    return made


def _finished(made: Path, key: bytes | None, target: Path, said: str) -> Path:
    """The copy in its place, once it was opened and says what it should."""
    engine = as_it_is(made, key)
    try:
        with transaction(engine) as connection:
            verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            same = logical_hash_within(connection) == said
    finally:
        close(engine)
    if verdict != ["ok"] or not same:
        made.unlink()
        raise DamagedDatabaseError(target.name)
    os.replace(made, target)
    sync_folder(target.parent)
    return target
