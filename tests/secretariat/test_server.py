"""A register on a real PostgreSQL server: its address, what its refusals say, and that none of them loses anything."""

import logging
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from esf_desktop.errors import EsfError
from esf_desktop.i18n import Language, use
from esf_desktop.secretariat import trust
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import OLDEST, Address, is_address
from esf_desktop.secretariat.server_errors import (
    BadAddressError,
    ServerPasswordNeededError,
    UnreachableServerError,
)
from tests.postgres import PASSWORD, Server
from tests.secretariat import files
from tests.secretariat.samples import AT


@pytest.fixture
def address(postgres: Server) -> Iterator[Address]:
    """A new register on the server."""
    made = postgres.new()
    yield made
    postgres.drop(made)


@contextmanager
def greeting(version: str) -> Iterator[int]:
    """The port of something that speaks as a PostgreSQL server of that version does until it is asked for anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _peer = listening.accept()
            with connection:
                while True:
                    length, kind = struct.unpack("!II", connection.recv(8, socket.MSG_WAITALL))
                    connection.recv(length - 8, socket.MSG_WAITALL)
                    if kind == 196608:
                        break
                    connection.sendall(b"N")
                said = b"server_version\0" + version.encode() + b"\0"
                encoding = b"client_encoding\0UTF8\0"
                for kind_, body in ((b"R", struct.pack("!I", 0)), (b"S", said), (b"S", encoding), (b"Z", b"I")):
                    connection.sendall(kind_ + struct.pack("!I", 4 + len(body)) + body)
                connection.recv(100)

        speaking = threading.Thread(target=serve)
        speaking.start()
        yield listening.getsockname()[1]
        speaking.join(timeout=10)


def refused(place: Address, password: str | None = None) -> EsfError:
    """What opening the register there says."""
    with pytest.raises(EsfError) as caught:
        Register.open(place, password)
    for language in Language:
        use(language)
        sentence = caught.value.sentence()
        assert 0 < len(sentence.replace(place.server, "")) <= 140
        assert PASSWORD not in sentence
    return caught.value


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("postgresql+psycopg://a@b/c")
    assert is_address(" postgresql://a@b/c")
    assert not is_address("postgresql.esfdb")
    assert not is_address("/home/postgresql/register.esfdb")


@pytest.mark.parametrize(
    "text", ["postgresql+psycopg://hej:lösen@server", "postgresql://a:b@c:port/d", "postgresql+pg8000://a@b/c"]
)
def test_what_is_no_address_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        Register.open(text)
    assert "lösen" not in str(caught.value)


def test_an_address_is_shown_without_its_password() -> None:
    address = Address.read("postgresql://anna:hemligt@db.region.se:5433/omgang?sslmode=verify-full")
    assert address.name == "omgang (db.region.se)"
    assert str(address) == "postgresql+psycopg://anna@db.region.se:5433/omgang?sslmode=verify-full"
    for shown in (repr(address), f"{address.url}"):
        assert "hemligt" not in shown


def test_an_empty_database_becomes_a_register(postgres: Server) -> None:
    empty = postgres.new("template0")
    with files.furnished(Register.open(empty)) as register:
        before = register.logical_hash()
    with Register.open(str(empty).replace("esf@", f"esf:{PASSWORD}@")) as again:
        assert again.logical_hash() == before
        assert again.name == f"{empty.url.database} (localhost)"
    postgres.drop(empty)


def test_a_file_and_a_server_that_say_the_same_have_the_same_hash(address: Address, tmp_path: Path) -> None:
    content = files.bundle(0, [files.assessment()])
    hashes = set()
    for register in (files.furnished(Register.open(address)), files.register(tmp_path)):
        with register:
            files.merged(register, content)
            hashes.add(register.logical_hash())
    assert len(hashes) == 1


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for text in (
        f"postgresql://a@127.0.0.1:{port}/b",
        f"postgresql://a@/b?host={tmp_path}",
        "postgresql://a@x.invalid/b",
    ):
        assert refused(Address.read(text)).code == "server_unreachable"


def test_a_wrong_name_password_or_database_is_one_sentence(postgres: Server, address: Address) -> None:
    database = address.url.database or ""
    for place in (
        postgres.address(database, password="fel"),
        postgres.address(database, user="ingen"),
        postgres.address("finns-inte"),
    ):
        assert refused(place).code == "server_refused"


def test_a_password_that_the_server_asks_for_can_be_given(postgres: Server, address: Address) -> None:
    without = postgres.address(address.url.database or "", password=None)
    found = refused(without)
    assert isinstance(found, ServerPasswordNeededError)
    assert refused(without, "fel").code == "server_refused"
    with Register.open(without, PASSWORD) as register:
        assert register.enrolled() == ()


@pytest.mark.parametrize("version", ["9.6.24", f"{OLDEST - 1}.9 (Debian)"])
def test_an_old_server_is_told_before_anything_is_asked_of_it(version: str) -> None:
    with greeting(version) as port:
        found = refused(Address.read(f"postgresql://a@127.0.0.1:{port}/b?sslmode=disable"))
    assert found.code == "server_too_old"
    assert version.split()[0] in found.sentence()


def test_a_database_that_holds_something_else_is_not_touched(postgres: Server) -> None:
    other = postgres.new("template0")
    engine = sa.create_engine(other.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE löner (namn text)")
    assert refused(other).code == "not_a_register"
    assert sa.inspect(engine).get_table_names() == ["löner"]
    engine.dispose()
    postgres.drop(other)


def test_a_register_of_a_newer_program_is_not_touched_also_when_it_came_while_this_one_was_open(
    address: Address,
) -> None:
    with files.furnished(Register.open(address)) as register:
        before = register.logical_hash()
        with register.transaction() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '99'")
        with pytest.raises(EsfError) as caught:
            trust.revoke(register, files.key(0).fingerprint, at=AT)
        assert caught.value.code == "newer_database"
        assert register.logical_hash() == before
    assert refused(address).code == "newer_database"


def test_somebody_who_may_not_write_is_told_so(postgres: Server, address: Address) -> None:
    postgres.execute("CREATE ROLE gäst LOGIN PASSWORD 'gäst'")
    with Register.open(address) as register, register.transaction() as connection:
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO gäst")
    with Register.open(postgres.address(address.url.database or "", user="gäst", password="gäst")) as looking:
        assert looking.bundles() == ()
        with pytest.raises(EsfError) as caught:
            trust.enrol(looking, files.enrolment(0), file="a.esfenrol", at=AT)
        assert caught.value.code == "server_read_only"


def lose_connection(register: Register, postgres: Server) -> None:
    """Revoke a key, and lose the connection before that is committed."""
    with register.transaction() as connection:
        connection.exec_driver_sql("UPDATE certificate SET revoked = 1")
        ours = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        postgres.execute(f"SELECT pg_terminate_backend({ours})")
        connection.exec_driver_sql("SELECT 1")


def test_a_connection_that_is_lost_loses_nothing_and_the_next_deed_makes_a_new_one(
    postgres: Server, address: Address
) -> None:
    with files.furnished(Register.open(address)) as register:
        before = register.logical_hash()
        with pytest.raises(UnreachableServerError):
            lose_connection(register, postgres)
        assert register.logical_hash() == before
        (row,) = files.merged(register, files.bundle(0, [files.assessment()]))
        assert row.number == 5


def test_an_officer_does_not_wait_for_ever_for_another(address: Address) -> None:
    with Register.open(address) as one, Register.open(address) as other, one.transaction():
        with other.reading() as connection:
            assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "1min"
        sa.event.listen(
            other.engine, "begin", lambda connection: connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
        )
        with pytest.raises(EsfError) as caught, other.transaction():
            pass
        assert caught.value.code == "server_busy"
        assert one.bundles() == (), "reading waits for nobody"


def test_the_password_is_in_no_log_line_and_no_traceback(
    postgres: Server, address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(EsfError) as caught:
        Register.open(postgres.address(address.url.database or "", user="ingen", password="hemligast"))
    with Register.open(address) as register, pytest.raises(sa.exc.DBAPIError) as bug, register.transaction() as c:
        c.execute(sa.text("SELECT :secret FROM nothing"), {"secret": "en motivering"})
    said: BaseException | None = caught.value
    while said is not None:
        assert "hemligast" not in f"{said}{said!r}"
        said = said.__cause__
    assert "hemligast" not in caplog.text
    assert PASSWORD not in caplog.text
    assert "en motivering" not in str(bug.value)
