"""One SQLite database with one connection: how it is opened, written in whole transactions, and compared.

SQLCipher's library is used for plain databases too, because its SQLite is recent enough for WAL (3.51.3 or later).
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool

from esf_desktop.errors import AlreadyOpenError as AlreadyOpenError
from esf_desktop.errors import EsfError, FileError, NoRoomError, NotSavedError, UnusablePlaceError
from esf_desktop.files import sync_file, sync_folder
from esf_desktop.i18n import _
from esf_desktop.workspace.upgrading import Upgrade, UpgradeFailedError, climb

T = TypeVar("T")

APPLICATION_ID = 0x45534644
BUSY_MILLISECONDS = 250
VERSION_TABLE = "alembic_version"
"""Where a server keeps the schema's number, for which a file has `user_version`."""
_STEP = 64
"""Pages that are copied at a time: some milliseconds in which nobody else can write."""


class DamagedDatabaseError(FileError):
    """A database that cannot be read, with any key or with this one."""

    code = "damaged_database"

    def sentence(self) -> str:
        return _("“{file}” is damaged or not a database of ESF Desktop; it was not touched. Choose a backup.").format(
            file=self.file
        )


class OtherDatabaseError(FileError):
    """A database of ours that holds something else: a register where a workspace is asked for, or the other way."""

    code = "other_database"

    def sentence(self) -> str:
        return _(
            "“{file}” is another kind of database of ESF Desktop; it was not touched. Choose the right file."
        ).format(file=self.file)


class NewerDatabaseError(FileError):
    """A database with a later schema than this program knows."""

    code = "newer_database"

    def sentence(self) -> str:
        return _("“{file}” belongs to a newer ESF Desktop and was not touched; update the program.").format(
            file=self.file
        )


class PassphraseNeededError(EsfError):
    """An encrypted database that was opened without a passphrase."""

    code = "passphrase_needed"

    def sentence(self) -> str:
        return _("This work is encrypted; enter the passphrase to open it.")

    def question(self) -> str:
        """What is asked for at a terminal."""
        return _("Passphrase: ")


def connect(
    path: Path,
    key: bytes | None,
    metadata: sa.MetaData,
    *,
    schema: int,
    bulky: bool = False,
    upgrade: Upgrade | None = None,
) -> sa.Engine:
    """The database at the path, made with these tables when it is missing.

    Args:
        key: 32 bytes for an encrypted database, None for a plain one.
        schema: the version of the tables; kept in `user_version`.
        bulky: much is added to it and little changed, so that its journal keeps what was there before instead of what
            is new, which is then written once and not twice.
        upgrade: what brings a database of an earlier schema to this one; without it there is no way.

    Raises:
        UpgradeFailedError, and what making the copy before it raises: it was not touched.
        AlreadyOpenError, DamagedDatabaseError, NewerDatabaseError, OtherDatabaseError: it was not touched.
        NoRoomError, UnusablePlaceError: it could not be made, or may not be written.
    """
    engine = _engine(path, key, bulky=bulky)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
            tables = frozenset(names)
            if tables and mark != APPLICATION_ID:
                raise DamagedDatabaseError(path.name)
            if tables and not tables & metadata.tables.keys():
                raise OtherDatabaseError(path.name)
            if found > schema:
                raise NewerDatabaseError(path.name)
            earlier = bool(tables) and found < schema
            if tables and not earlier and not tables >= metadata.tables.keys():
                raise OtherDatabaseError(path.name)
            if earlier and (upgrade is None or not upgrade.leads(found, schema)):
                raise DamagedDatabaseError(path.name)
            if not tables:
                metadata.create_all(connection)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
        if earlier and upgrade is not None:
            _upgrade(engine, metadata, upgrade, found, schema)
    except sa.exc.DBAPIError as error:
        close(engine)
        raise _sorted_out(error, path.name) or DamagedDatabaseError(path.name) from error
    except EsfError:
        close(engine)
        raise
    return engine


def _upgrade(engine: sa.Engine, metadata: sa.MetaData, upgrade: Upgrade, found: int, schema: int) -> None:
    """Take the steps after a copy was made; the number is written with them, so it is before or after."""
    upgrade.back_up(engine, found)
    file = engine.get_execution_options()["file"]
    try:
        with engine.begin() as connection:
            climb(connection, upgrade.steps, found, schema)
            verdict = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            lacking = metadata.tables.keys() - set(sa.inspect(connection).get_table_names())
            if verdict != ["ok"] or loose or lacking:
                raise UpgradeFailedError(file, found)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
    except sa.exc.DBAPIError as error:
        raise _sorted_out(error, file) or UpgradeFailedError(file, found) from error


def close(engine: sa.Engine) -> None:
    """Close the database for good, and forget its key; one on a server has none."""
    if (opener := engine.get_execution_options().get("opener")) is not None:
        opener.key = None
    engine.dispose()


def openings(engine: sa.Engine) -> int:
    """How often the database was opened: more than once when a disk has failed meanwhile."""
    return int(engine.get_execution_options()["opener"].times)


def _engine(path: Path, key: bytes | None, *, bulky: bool = False) -> sa.Engine:
    opener = _Opener(path, key, bulky=bulky)
    return sa.create_engine("sqlite://", module=sqlcipher, creator=opener.open, poolclass=StaticPool).execution_options(
        file=path.name, opener=opener
    )


class _Opener:
    """Makes the one connection of an engine, and another one after a failure, which is never used again."""

    def __init__(self, path: Path, key: bytes | None, *, bulky: bool) -> None:
        self.path, self.key, self.bulky = path, key, bulky
        self.times = 0
        self.uncertain = False
        """Whether the disk was too full to write once more what a failure may have left in memory alone."""

    def open(self) -> "sqlcipher.Connection":
        connection = _connection(self.path, self.key, bulky=self.bulky)
        try:
            if not self.bulky:
                _sync_names(connection, self.path.parent)
            self.uncertain = self.times > 0 and not _make_certain(connection, self.path.name)
        except BaseException:
            connection.close()
            raise
        self.times += 1
        return connection


def make_certain(engine: sa.Engine) -> None:
    """Before anything new is written: what a failure left uncertain is on disk; NoRoomError as long as it cannot be."""
    opener = engine.get_execution_options()["opener"]
    if opener.uncertain:
        with told(engine), engine.connect() as connection:
            if not _make_certain(connection.connection.driver_connection, opener.path.name):
                raise NoRoomError
        opener.uncertain = False


def _make_certain(connection: "sqlcipher.Connection", file: str) -> bool:
    """Write what is committed once more and sync it, since a failed sync may have left it in memory alone.

    False when there is no room for it: then it can be read, and nothing may be built on it.
    """
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlcipher.Error as error:
        if "full" not in str(error):
            raise
        return False
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise DamagedDatabaseError(file)
    return True


def _sync_names(connection: "sqlcipher.Connection", folder: Path) -> None:
    """Make the name of a new log certain; SQLite syncs the folder too, but does not look at whether that failed."""
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    try:
        sync_folder(folder)
    except OSError as error:
        raise sqlcipher.OperationalError("disk I/O error") from error


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction: everything within is on disk when it ends, or nothing is.

    After a disk has failed, the connection is closed; the next transaction opens, checks and syncs the database first.

    Raises:
        NoRoomError, NotSavedError, DamagedDatabaseError: the disk is full, failed, or gave back what was not written.
    """
    with told(engine), engine.begin() as connection:
        yield connection


@contextmanager
def told(engine: sa.Engine) -> Iterator[None]:
    """What SQLite says of the disk becomes a sentence; after a failure of the disk the connection is closed."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error) as error:
        said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        problem = _meaning(said, engine.get_execution_options()["file"])
        if problem is None:
            raise
        if isinstance(problem, (NoRoomError, UnusablePlaceError)):
            engine.dispose()
        raise (NotSavedError() if isinstance(problem, UnusablePlaceError) else problem) from error


def in_use(path: Path) -> bool:
    """Whether a program, this one or another, has the database open."""
    if not path.exists():
        return False
    connection = sqlcipher.connect(str(path), isolation_level=None, timeout=BUSY_MILLISECONDS / 1000)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.Error as error:
        return "locked" in str(error) or "busy" in str(error)
    finally:
        connection.close()
    return False


def copy_under(path: Path, key: bytes | None, target: Path, other_key: bytes | None) -> None:
    """Copy a database that nobody has open to a new file, under another key or none, and check the copy.

    Raises:
        AlreadyOpenError, DamagedDatabaseError, NoRoomError, UnusablePlaceError: the original was not touched.
    """
    try:
        source = _connection(path, key)
        try:
            named = "''" if other_key is None else f"\"x'{other_key.hex()}'\""
            source.execute(f"ATTACH DATABASE ? AS target KEY {named}", (str(target),))
            source.execute("SELECT sqlcipher_export('target')")
            for pragma in ("user_version", "application_id"):
                (value,) = source.execute(f"PRAGMA main.{pragma}").fetchone()
                source.execute(f"PRAGMA target.{pragma} = {value}")
            if _counts(source, "main") != _counts(source, "target"):
                raise DamagedDatabaseError(path.name)
            source.execute("DETACH DATABASE target")
        finally:
            source.close()
        copy = _connection(target, other_key)
        try:
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if verdict != "ok":
                raise DamagedDatabaseError(path.name)
        finally:
            copy.close()
    except sqlcipher.Error as error:
        raise _meaning(str(error), path.name) or DamagedDatabaseError(path.name) from error
    target.chmod(0o600)
    sync_file(target)


def copy_open(
    engine: sa.Engine,
    key: bytes | None,
    target: Path,
    *,
    lock: AbstractContextManager[object] | None = None,
    between: Callable[[int, int], None] | None = None,
    seen: Callable[[], T],
) -> T:
    """Copy a database that is open, under the same key, to a new file that is whole on disk afterwards.

    Args:
        lock: what must be held to use the database; it is not held while the copy is brought to disk.
        between: called between some pages and the next with how many are done and how many there are. When something
            is written to the database meanwhile the copy is worth nothing. Without it all pages are copied at once.
        seen: called when the last page is copied and the lock is still held; its answer is the answer.

    Raises:
        NoRoomError, UnusablePlaceError, DamagedDatabaseError: the original was not touched.
    """
    file = str(engine.get_execution_options()["file"])
    try:
        copy = _connection(target, key)
        try:
            copy.execute("PRAGMA synchronous = OFF")  # nothing waits for the disk while the lock is held
            with lock or nullcontext():
                source = engine.raw_connection()
                try:
                    source.driver_connection.backup(  # type: ignore[union-attr]
                        copy,
                        pages=_STEP if between else -1,
                        progress=lambda _state, left, total: between(total - left, total) if between else None,
                    )
                finally:
                    source.close()
                answer = seen()
            copy.execute("PRAGMA synchronous = FULL")
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            copy.close()
    except sqlcipher.Error as error:
        raise _meaning(str(error), file) or DamagedDatabaseError(file) from error
    except sa.exc.DBAPIError as error:
        raise _sorted_out(error, file) or DamagedDatabaseError(file) from error
    sync_file(target)
    return answer


def as_it_is(path: Path, key: bytes | None) -> sa.Engine:
    """A database of any schema, opened to be looked at; what is wrong with it shows when it is read."""
    return _engine(path, key)


def _counts(connection: "sqlcipher.Connection", schema: str) -> list[tuple[str, int]]:
    """How many rows each ordinary table has."""
    names = connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND rootpage > 0")
    return sorted(
        (name, connection.execute(f'SELECT count(*) FROM {schema}."{name}"').fetchone()[0])
        for (name,) in names.fetchall()
    )


def spelled(statement: sa.ClauseElement) -> str:
    """The statement as SQLite takes it, with named parameters: for the few that are run at every keystroke."""
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))


def execute_many(connection: sa.Connection, statement: sa.Insert, rows: list[dict[str, object]]) -> None:
    """Run the statement with each of the rows, which have every column; it is one that stays, and spelled once."""
    key = (statement, connection.dialect.name)
    if key not in _spelled_once:
        sqlite_ = connection.dialect.name == "sqlite"
        _spelled_once[key] = spelled(statement) if sqlite_ else str(statement.compile(dialect=connection.dialect))
    connection.exec_driver_sql(_spelled_once[key], rows)


_spelled_once: dict[tuple[sa.Insert, str], str] = {}
"""The statements of `execute_many` by the kind of database."""


def logical_hash(engine: sa.Engine) -> str:
    """The SHA-256 of everything that the tables say, whatever the pages look like; for comparing before and after."""
    with engine.begin() as connection:
        return logical_hash_within(connection)


def logical_hash_within(connection: sa.Connection) -> str:
    """The same within a transaction; a file and a server that say the same have the same hash."""
    digest = hashlib.sha256()
    for name in sorted(sa.inspect(connection).get_table_names()):
        if name == VERSION_TABLE:
            continue
        digest.update(f"table {name}\n".encode())
        rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        for row in sorted(hashlib.sha256(repr(tuple(row)).encode()).digest() for row in rows):
            digest.update(row)
    return digest.hexdigest()


def _connection(path: Path, key: bytes | None, *, bulky: bool = False) -> "sqlcipher.Connection":
    new = not path.exists()
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "locking_mode = EXCLUSIVE",
            f"journal_mode = {'TRUNCATE' if bulky else 'WAL'}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.Error:
        connection.close()
        raise
    if new:
        path.chmod(0o600)
    return connection


def _sorted_out(error: sa.exc.DBAPIError, file: str) -> EsfError | None:
    """What SQLite's words mean for a person; None for what only a bug brings about."""
    return _meaning(str(error.orig), file)


def _meaning(text: str, file: str) -> EsfError | None:
    if "locked" in text or "busy" in text:
        return AlreadyOpenError(file)
    if "full" in text:
        return NoRoomError()
    if any(words in text for words in ("unable to open", "readonly", "I/O error")):
        return UnusablePlaceError(file)
    if any(words in text for words in ("malformed", "not a database", "decode to UTF-8")):
        return DamagedDatabaseError(file)
    return None
