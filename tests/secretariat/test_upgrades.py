"""Registers of every schema so far open, in files and on a server, after a copy and in one piece (R16)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from esf_desktop import paths
from esf_desktop.errors import EsfError
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from esf_desktop.secretariat.soundness import faults
from esf_desktop.workspace.database import as_it_is, logical_hash, transaction
from tests.files.freezing import HERE, told_of_register
from tests.postgres import Server
from tests.secretariat import files

if TYPE_CHECKING:
    from alembic.operations import Operations

SO_FAR = range(1, tables.SCHEMA + 1)


def frozen(schema: int, folder: Path) -> Path:
    """A copy of the register of that schema."""
    path = folder / "register.esfdb"
    shutil.copyfile(HERE / f"register-{schema}.esfdb", path)
    return path


def expected(name: str) -> dict[str, object]:
    """What the frozen register says."""
    found: dict[str, object] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def put_on(postgres: Server, schema: int) -> Address:
    """The address of a register of that schema on the server."""
    address = postgres.new("template0")
    engine = sa.create_engine(address.url)
    with engine.begin() as connection:
        for statement in (HERE / f"register-{schema}.sql").read_text("utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()
    return address


@pytest.fixture
def on_server(postgres: Server) -> Iterator[Address]:
    """A register of schema 1 on the server."""
    address = put_on(postgres, 1)
    yield address
    postgres.drop(address)


def schema_of(path: Path) -> int:
    """The schema's number in a register's file."""
    engine = as_it_is(path, None)
    with transaction(engine) as connection:
        found: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    engine.dispose()
    return found


def differences(register: Register) -> list[object]:
    """In what the tables differ from those of a new register, as Alembic sees it."""
    with register.transaction() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), tables.register))


@pytest.mark.parametrize("schema", SO_FAR)
def test_a_register_of_every_schema_opens_and_says_what_it_said(schema: int, tmp_path: Path) -> None:
    with Register.open(frozen(schema, tmp_path)) as register:
        assert told_of_register(register) == expected(f"register-{schema}.esfdb")
        assert faults(register) == ()
        assert differences(register) == []
        assert len(files.merged(register, b"")) == 1
    assert schema_of(tmp_path / "register.esfdb") == tables.SCHEMA


def test_before_it_is_upgraded_a_register_is_copied_and_the_copy_is_what_it_was(tmp_path: Path) -> None:
    path = frozen(1, tmp_path)
    before = as_it_is(path, None)
    said = logical_hash(before)
    before.dispose()
    Register.open(path).close()
    copy = tmp_path / "register-schema-1.esfdb"
    assert schema_of(copy) == 1
    kept = as_it_is(copy, None)
    assert logical_hash(kept) == said
    kept.dispose()
    with Register.open(copy) as register:
        assert told_of_register(register) == expected("register-1.esfdb")


def test_an_encrypted_register_is_copied_under_its_key(tmp_path: Path) -> None:
    path = tmp_path / "register.esfdb"
    with Register.open(path, "gran björk tall") as register, register.transaction() as connection:
        connection.exec_driver_sql("DROP INDEX ix_content_identity")
        connection.exec_driver_sql("PRAGMA user_version = 1")
    with Register.open(path, "gran björk tall") as register:
        assert differences(register) == []
    copy = tmp_path / "register-schema-1.esfdb"
    assert b"SQLite format" not in copy.read_bytes()
    Register.open(copy, "gran björk tall").close()


@pytest.mark.parametrize("schema", SO_FAR)
def test_a_register_of_every_schema_on_a_server_opens_and_says_what_it_said(schema: int, postgres: Server) -> None:
    address = put_on(postgres, schema)
    with Register.open(address) as register:
        assert told_of_register(register) == expected(f"register-{schema}.sql")
        assert faults(register) == ()
        assert differences(register) == []
    postgres.drop(address)


def test_a_register_on_a_server_is_upgraded_after_a_copy_in_a_file(on_server: Address) -> None:
    with Register.open(on_server) as register:
        assert told_of_register(register) == expected("register-1.sql")
        assert faults(register) == ()
        assert differences(register) == []
    (copy,) = (paths.data_folder() / "registers").iterdir()
    assert copy.name == f"{on_server.url.database} (localhost)-schema-1.esfdb"
    assert schema_of(copy) == 1
    with Register.open(copy) as opened:
        assert told_of_register(opened) == expected("register-1.sql")
        assert faults(opened) == ()
        assert differences(opened) == []


def fails(operations: "Operations") -> None:
    """A step that does something before it fails."""
    operations.drop_table("receipt")
    operations.add_column("content", sa.Column("new", sa.Text))
    operations.execute("INSERT INTO nothing VALUES (1)")


def test_a_step_that_fails_leaves_the_register_as_it_was(
    on_server: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = frozen(1, tmp_path)
    monkeypatch.setitem(tables.STEPS, 2, fails)
    for place in (path, on_server):
        with pytest.raises(EsfError) as caught:
            Register.open(place)
        assert caught.value.code == "upgrade_failed"
        for language in Language:
            use(language)
            assert len(caught.value.sentence().replace(str(place), "")) <= 170
    monkeypatch.undo()
    assert schema_of(path) == 1
    with Register.open(path) as register:
        assert told_of_register(register) == expected("register-1.esfdb")
    with Register.open(on_server) as register:
        assert told_of_register(register) == expected("register-1.sql")


def test_a_register_is_not_upgraded_when_it_cannot_be_copied(tmp_path: Path) -> None:
    path = frozen(1, tmp_path)
    content = path.read_bytes()
    (tmp_path / ".register-schema-1.esfdb.part").mkdir()
    with pytest.raises(EsfError):
        Register.open(path)
    assert path.read_bytes() == content


def test_a_newer_register_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "register.esfdb"
    with Register.open(path) as register, register.transaction() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA + 1}")
    content = path.read_bytes()
    with pytest.raises(EsfError) as caught:
        Register.open(path)
    assert caught.value.code == "newer_database"
    assert path.read_bytes() == content
    assert list(tmp_path.glob("*schema*")) == []


def test_nothing_of_alembic_is_loaded_while_there_is_nothing_to_upgrade(tmp_path: Path) -> None:
    look = "import sys; from esf_desktop.secretariat.register import Register; Register.open(sys.argv[1]).close(); "
    look += "print([name for name in sys.modules if name.startswith('alembic')])"
    for _opened in ("new", "again"):
        ran = subprocess.run(
            [sys.executable, "-c", look, str(tmp_path / "register.esfdb")], check=True, capture_output=True, text=True
        )
        assert ran.stdout.strip() == "[]"


def test_who_carries_an_assessment_is_looked_up(tmp_path: Path) -> None:
    with files.register(tmp_path) as register, register.transaction() as connection:
        plan = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT bundle FROM content WHERE identity = 'x'")
        assert "ix_content_identity" in str(plan.all())
