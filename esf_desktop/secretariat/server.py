"""A register on a PostgreSQL server: its address, how it is reached, and what a refusal means for a person.

Whoever writes holds one advisory lock from the first statement to the commit, so that transactions of several officers
follow each other and the chain of events has one end. Reading waits for nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote_plus

import sqlalchemy as sa

from esf_desktop.errors import EsfError
from esf_desktop.secretariat import keeping
from esf_desktop.secretariat.server_errors import (
    BadAddressError,
    NotARegisterError,
    OldServerError,
    ServerBusyError,
    ServerFullError,
    ServerPasswordNeededError,
    ServerReadOnlyError,
    ServerRefusedError,
    UnreachableServerError,
)
from esf_desktop.workspace.database import VERSION_TABLE, NewerDatabaseError
from esf_desktop.workspace.upgrading import Steps, UpgradeFailedError, climb

DRIVER = "postgresql+psycopg"
OLDEST = 15
"""The first version of PostgreSQL that is taken."""
LOCK = 0x45534644
"""What the officers' advisory locks are about: the register of a database."""
ALONE = f"SELECT pg_advisory_xact_lock({LOCK})"
_PATIENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "options": "-c lock_timeout=60s -c idle_in_transaction_session_timeout=120s -c client_min_messages=error",
}
"""Seconds until a server counts as silent, and until it lets go of an officer whose computer went to sleep."""

_versions = sa.MetaData()
version = sa.Table(VERSION_TABLE, _versions, sa.Column("version_num", sa.String(32), primary_key=True))
"""One row: the schema's number."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a database on a server; it is never shown with its password."""

    url: sa.URL

    @classmethod
    def read(cls, text: str) -> "Address":
        """The address that is written so.

        Raises:
            BadAddressError: it is none; the text is not repeated, because it may hold a password.
        """
        try:
            url = sa.make_url(text.strip())
        except (sa.exc.ArgumentError, ValueError) as error:
            raise BadAddressError from error
        if url.drivername not in ("postgresql", DRIVER) or not url.database:
            raise BadAddressError
        return cls(url.set(drivername=DRIVER))

    @classmethod
    def of(cls, where: str, database: str, user: str) -> "Address":
        """The address of a database on a server, which is written as `where` writes it.

        Raises:
            BadAddressError: the server is not written so.
        """
        place, _mark, query = where.strip().partition("?")
        named = f"{quote_plus(user.strip())}@" if user.strip() else ""
        return cls.read(f"{DRIVER}://{named}{place}/{quote_plus(database.strip())}{_mark}{query}")

    @property
    def where(self) -> str:
        """The server as a person writes it: its name, its port, and how to reach it."""
        written = sa.URL.create("x", None, None, self.url.host, self.url.port, None, self.url.query)
        return written.render_as_string().removeprefix("x://").replace("/?", "?")

    @property
    def server(self) -> str:
        """The server's name, for people."""
        return self.url.host or "localhost"

    @property
    def name(self) -> str:
        """The database and its server, for people."""
        return f"{self.url.database} ({self.server})"

    def with_password(self, password: str) -> "Address":
        """The same with this password."""
        return replace(self, url=self.url.set(password=password))

    def __str__(self) -> str:
        u = self.url
        return sa.URL.create(u.drivername, u.username, None, u.host, u.port, u.database, u.query).render_as_string()


def is_address(text: str) -> bool:
    """Whether a place is written as the address of a server, and not as a path."""
    return text.lstrip().startswith("postgresql") and "://" in text


def connect(
    address: Address, metadata: sa.MetaData, *, schema: int, steps: Steps, password: str | None = None
) -> sa.Engine:
    """The database on the server, with these tables made when it is empty.

    Args:
        schema: the version of the tables.
        steps: what brings a register of an earlier schema to this one.
        password: for a server that asks for one and has found it neither in the address nor where libpq looks.

    Raises:
        UnreachableServerError, ServerPasswordNeededError, ServerRefusedError, OldServerError, ServerReadOnlyError,
        NotARegisterError, NewerDatabaseError, UpgradeFailedError: nothing was changed.
    """
    try:
        engine = _engine(address, schema)
        _settle(engine, metadata, steps)
    except ServerPasswordNeededError:
        if not password:
            raise
        return connect(address.with_password(password), metadata, schema=schema, steps=steps)
    return engine


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction of one officer alone: everything within is on the server's disk when it ends, or nothing is.

    Raises:
        ServerBusyError, UnreachableServerError, ServerFullError, ServerReadOnlyError, NewerDatabaseError
    """
    with told(engine), engine.begin() as connection:
        connection.exec_driver_sql(ALONE)
        known = engine.get_execution_options()["schema"]
        if (schema_of(connection) or 0) > known:
            raise NewerDatabaseError(name_of(engine))
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """What was there at one moment, whoever writes meanwhile.

    Raises:
        UnreachableServerError: the server does not answer.
    """
    still = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with told(engine), still.begin() as connection:
        yield connection


def schema_of(connection: sa.Connection) -> int | None:
    """The schema's number; None where there is none, or something else than a number."""
    if not sa.inspect(connection).has_table(version.name):
        return None
    found = connection.execute(sa.select(version.c.version_num)).scalars().all()
    return int(found[0]) if len(found) == 1 and found[0].isdecimal() else None


def mark(connection: sa.Connection, schema: int) -> None:
    """Say which schema the tables have now."""
    _versions.create_all(connection)
    connection.execute(version.delete())
    connection.execute(version.insert(), {"version_num": str(schema)})


def name_of(engine: sa.Engine) -> str:
    """What the engine's database is called, for people."""
    return str(engine.get_execution_options()["file"])


def _engine(address: Address, schema: int) -> sa.Engine:
    """How connections are made: of READ COMMITTED, whatever the server would choose, so that what is read after a wait
    for the lock is what the other officer left."""
    import psycopg

    def connected() -> Any:
        arguments = address.url.translate_connect_args(username="user", database="dbname")
        try:
            connection = psycopg.connect(**{**_PATIENCE, **address.url.query, **arguments})
        except psycopg.OperationalError as error:
            raise _refusal(error, address) from error
        if connection.info.server_version < OLDEST * 10_000:
            found = connection.info.parameter_status("server_version") or ""
            connection.close()
            raise OldServerError(address.server, found.split(" ")[0], OLDEST)
        return connection

    return sa.create_engine(
        f"{DRIVER}://",
        creator=connected,
        isolation_level="READ COMMITTED",
        pool_size=2,
        pool_pre_ping=True,
        hide_parameters=True,
    ).execution_options(file=address.name, schema=schema, address=address)


def _settle(engine: sa.Engine, metadata: sa.MetaData, steps: Steps) -> None:
    """Make the tables in an empty database, and see that they are ours, and of this schema, in any other."""
    known = engine.get_execution_options()["schema"]
    try:
        with told(engine), engine.begin() as connection:
            connection.exec_driver_sql(ALONE)
            tables = set(sa.inspect(connection).get_table_names())
            if not tables:
                metadata.create_all(connection)
                mark(connection, known)
                return
            found = schema_of(connection)
            earlier = found is not None and found < known
            ours = tables & metadata.tables.keys() if earlier else tables >= metadata.tables.keys()
            if found is None or not ours:
                raise NotARegisterError(name_of(engine))
            if found > known:
                raise NewerDatabaseError(name_of(engine))
            if earlier:
                _upgrade(connection, metadata, steps, found, known, name_of(engine))
    except BaseException:
        engine.dispose()
        raise


def _upgrade(
    connection: sa.Connection, metadata: sa.MetaData, steps: Steps, found: int, schema: int, name: str
) -> None:
    """Take the steps after a copy was made in a file; all within one transaction, in which nobody else writes."""
    keeping.copy_rows(connection, keeping.place_of(name, found))
    try:
        climb(connection, steps, found, schema)
        if metadata.tables.keys() - set(sa.inspect(connection).get_table_names()):
            raise UpgradeFailedError(name, found)
        mark(connection, schema)
    except (sa.exc.ProgrammingError, sa.exc.IntegrityError, KeyError) as error:
        raise UpgradeFailedError(name, found) from error


@contextmanager
def told(engine: sa.Engine) -> Iterator[None]:
    """What the server refuses becomes what it means for a person; the rest is a bug and stays one."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        problem = _meaning(error, engine.get_execution_options()["address"])
        if problem is None:
            raise
        raise problem from error


def _refusal(error: Any, address: Address) -> EsfError:
    """Why no connection came about; the server's own words are in its own language, libpq's are English."""
    connection = error.pgconn
    if connection is not None and connection.needs_password:
        return ServerPasswordNeededError(address.server)
    if "FATAL" in str(error):
        return ServerRefusedError(address.server, address.url.database or "", address.url.username or "")
    return UnreachableServerError(address.server)


def _meaning(error: sa.exc.DBAPIError, address: Address) -> EsfError | None:
    state: str = getattr(error.orig, "sqlstate", None) or ""
    match state[:2], state:
        case _, "55P03":
            return ServerBusyError(address.server)
        case _, "42501" | "25006":
            return ServerReadOnlyError(address.name)
        case "53" | "58", _:
            return ServerFullError(address.server)
        case "08" | "57", _:
            return UnreachableServerError(address.server)
    return UnreachableServerError(address.server) if error.connection_invalidated else None
