"""A real PostgreSQL server for the tests: from the machine's programs, in a folder of its own, on a socket alone."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
import sqlalchemy as sa

from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import DRIVER, OLDEST, Address

USER, PASSWORD = "esf", "hemligt och långt"
TEMPLATE = "register_template"
QUICK = "listen_addresses='' fsync=off synchronous_commit=off full_page_writes=off max_connections=40"


@cache
def programs() -> Path | None:
    """The folder of `postgres`, `initdb` and `pg_ctl`, of a version that a register takes; None where there is none."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if not all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
            continue
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout.split()
        if said and int(said[2].split(".")[0]) >= OLDEST:
            return folder
    return None


class Server:
    """A running server; each database of it is a register."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)
        self._admin = psycopg.connect(
            host=str(folder), user=USER, password=PASSWORD, dbname="postgres", autocommit=True
        )
        self.create(TEMPLATE, "template0")
        Register.open(self.address(TEMPLATE)).close()

    def address(self, database: str, *, user: str = USER, password: str | None = PASSWORD) -> Address:
        """Of a database here, whether there is one or not."""
        query = {"host": str(self.folder)}
        return Address(sa.URL.create(DRIVER, user, password, database=database, query=query))

    def create(self, database: str, template: str = TEMPLATE) -> None:
        """Make a database like another."""
        self.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')

    def new(self, template: str = TEMPLATE) -> Address:
        """The address of a new register, or of an empty database when the template is `template0`."""
        database = f"register_{next(self._numbers)}"
        self.create(database, template)
        return self.address(database)

    def drop(self, address: Address) -> None:
        """Take a database away, whoever still uses it."""
        self.execute(f'DROP DATABASE "{address.url.database}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Do something as the one who runs the server."""
        self._admin.execute(statement.encode())

    def close(self) -> None:
        """Let go of it."""
        self._admin.close()


@contextmanager
def started() -> Iterator[Server]:
    """A server, started now and stopped after; as an ordinary user, because it refuses root."""
    found = programs()
    assert found is not None
    folder = Path(tempfile.mkdtemp(prefix="esf-pg-"))
    try:
        _as_ordinary(["true"], folder)
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        initdb = [found / "initdb", "-D", folder / "data", "-U", USER, "--auth=scram-sha-256", "--no-sync"]
        options = ["--pwfile", folder / "password", "--no-instructions", "-E", "UTF8", "--locale=C.UTF-8"]
        _as_ordinary([*initdb, *options], folder)
        settings = " ".join(f"-c {setting}" for setting in QUICK.split(" "))
        control = [found / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
        _as_ordinary([*control, "-o", f"-k {folder} {settings}", "start"], folder)
        try:
            server = Server(folder)
            yield server
            server.close()
        finally:
            _as_ordinary([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_ordinary(command: Sequence[object], folder: Path) -> None:
    """Run it; where we are root, as somebody who owns the folder and nothing else."""
    ordinary = "nobody" if os.geteuid() == 0 else None
    if ordinary:
        shutil.chown(folder, ordinary)
    nothing = subprocess.DEVNULL
    words = [str(part) for part in command]
    subprocess.run(words, check=True, stdin=nothing, stdout=nothing, cwd=folder, user=ordinary)
