"""An upgrade that is killed at a random moment leaves the database before or after, and the next start ends it (R3)."""

import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
import sqlalchemy as sa

from esf_desktop.secretariat import tables as register_tables
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.server import Address
from esf_desktop.workspace import Workspace, work_database
from esf_desktop.workspace import tables as work_tables
from esf_desktop.workspace.database import as_it_is, transaction
from esf_desktop.workspace.places import WORK_FILE
from tests.faults import upgrading
from tests.files.freezing import HERE, told_of_register, told_of_workspace
from tests.postgres import Server
from tests.secretariat.test_upgrades import put_on

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills fork, which this system cannot")

LONG = int(os.environ.get("ESF_SOAK_UPGRADES", "500"))
State = tuple[int, bool, bool]
"""Schema, whether the new table has all its rows, whether the new column is there and filled."""


@pytest.fixture(autouse=True)
def _known_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process knows the longer way as well, and forgets it after."""
    monkeypatch.setattr(register_tables, "SCHEMA", 3)
    monkeypatch.setattr(register_tables, "STEPS", {**register_tables.STEPS, 3: upgrading.long_step})
    for module in (work_tables, work_database):
        monkeypatch.setattr(module, "WORK_SCHEMA", 2)
        monkeypatch.setattr(module, "WORK_STEPS", {2: upgrading.long_step})


def state(connection: sa.Connection, table: str, schema: int) -> State:
    """How far the upgrade has come, seen from outside."""
    found = sa.inspect(connection)
    rows = filled = False
    if found.has_table("added"):
        rows = connection.exec_driver_sql("SELECT count(*) FROM added").scalar_one() == upgrading.ROWS
    if any(column["name"] == "added" for column in found.get_columns(table)):
        filled = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE added IS NULL").scalar_one() == 0
    return schema, rows, filled


def of_file(path: Path, table: str) -> State:
    engine = as_it_is(path, None)
    with transaction(engine) as connection:
        found = state(connection, table, connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    engine.dispose()
    return found


def of_server(address: Address) -> State:
    engine = sa.create_engine(address.url)
    with engine.begin() as connection:
        schema = int(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        found = state(connection, "event", schema)
    engine.dispose()
    return found


def kills(number: int, begin: Callable[[], object], open_: Callable[[], object]) -> Iterator[None]:
    """Kill so many upgrades at moments over the time that one takes; the longest is timed first, by one that is not."""
    begin()
    began = time.perf_counter()
    upgrading.run(open_)
    longest = time.perf_counter() - began
    chance = random.Random(os.urandom(8))
    for _kill in range(number):
        begin()
        upgrading.run(open_, chance.uniform(0, longest))
        yield


def register(folder: Path) -> Path:
    """A new copy of the frozen register."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE, folder, ignore=lambda _folder, names: set(names) - {"register-1.esfdb"})
    return folder / "register-1.esfdb"


def expected(name: str) -> object:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


def registers_are_killed(number: int, folder: Path) -> Counter[State]:
    """The states that were found; each register was then opened, and said what it should."""
    path = folder / "in" / "register-1.esfdb"
    seen: Counter[State] = Counter()
    for _kill in kills(number, lambda: register(folder / "in"), lambda: Register.open(path)):
        seen[of_file(path, "event")] += 1
        with Register.open(path) as opened:
            assert told_of_register(opened) == expected("register-1.esfdb")
        assert of_file(path, "event") == (3, True, True)
        assert of_file(path.with_name("register-1-schema-1.esfdb"), "event") == (1, False, False)
    return seen


def told(what: str, seen: Counter[State], capsys: pytest.CaptureFixture[str]) -> None:
    """Print the counts, and see that all are before or after."""
    with capsys.disabled():
        before, after = (sum(n for state, n in seen.items() if state[1] is done) for done in (False, True))
        print(f"\nupgrades killed, {what}: {sum(seen.values())}, {before} before, {after} after, 0 between")


BEFORE_OR_AFTER = {(1, False, False), (3, True, True)}


def test_a_register_whose_upgrade_is_killed_is_before_or_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = registers_are_killed(8, tmp_path)
    assert set(seen) <= BEFORE_OR_AFTER
    told("registers in files", seen, capsys)


@pytest.mark.soak
def test_many_registers_whose_upgrade_is_killed_are_before_or_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = registers_are_killed(LONG, tmp_path)
    assert set(seen) <= BEFORE_OR_AFTER
    told("registers in files", seen, capsys)


def test_a_register_on_a_server_whose_upgrade_is_killed_is_before_or_after_it(
    postgres: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses: list[Address] = []
    seen: Counter[State] = Counter()
    for _kill in kills(3, lambda: addresses.append(put_on(postgres, 1)), lambda: Register.open(addresses[-1])):
        seen[of_server(addresses[-1])] += 1
        with Register.open(addresses[-1]) as opened:
            assert told_of_register(opened) == expected("register-1.sql")
        assert of_server(addresses[-1]) == (3, True, True)
    for address in addresses:
        postgres.drop(address)
    assert set(seen) <= BEFORE_OR_AFTER
    told("registers on a server", seen, capsys)


def test_a_workspace_whose_upgrade_is_killed_is_before_or_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "desk"

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(HERE / "workspace-1", folder)

    seen: Counter[State] = Counter()
    for _kill in kills(4, begin, lambda: Workspace.open(folder)):
        seen[of_file(folder / WORK_FILE, "journal")] += 1
        desk = Workspace.open(folder)
        said = told_of_workspace(desk)
        desk.close()
        assert {**said, "signed": ""} == {**cast(dict[str, object], expected("workspace-1")), "signed": ""}
        assert of_file(folder / WORK_FILE, "journal") == (2, True, True)
    assert set(seen) <= {(1, False, False), (2, True, True)}
    told("workspaces", seen, capsys)


def test_an_upgrade_that_is_not_one_transaction_is_caught(tmp_path: Path) -> None:
    path = tmp_path / "in" / "register-1.esfdb"
    seen = set()
    for place in range(40):
        register(tmp_path / "in")
        upgrading.run(lambda: Register.open(path), place / 20, wrong=True)
        seen.add(of_file(path, "event"))
        if not seen <= BEFORE_OR_AFTER:
            return
    pytest.fail(f"nothing between before and after was seen: {seen}")
