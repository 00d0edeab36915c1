"""Upgrades that are killed: a register or a workspace of schema 1 on its way up, ended at a random moment.

The way is made longer than it is by a further step of many rows, so that a moment within it is hit.
"""

import os
import signal
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from esf_desktop.workspace import database
from esf_desktop.workspace.upgrading import Steps

if TYPE_CHECKING:
    from alembic.operations import Operations

ROWS = 150


def long_step(operations: "Operations") -> None:
    """A table of many rows, and a column more in one that there is."""
    name = "event" if "event" in sa.inspect(operations.get_bind()).get_table_names() else "journal"
    made = operations.create_table("added", sa.Column("n", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
    for number in range(ROWS):
        operations.bulk_insert(made, [{"n": number, "text": "Åtta kommuner." * 20}])
    operations.add_column(name, sa.Column("added", sa.Text))
    operations.execute(f"UPDATE {name} SET added = 'x'")


def careless(connection: sa.Connection, steps: Steps, found: int, schema: int) -> None:
    """What takes the steps and writes each to disk as it goes: the mistake that the harness must see."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    for number in range(found + 1, schema + 1):
        steps[number](Operations(MigrationContext.configure(connection)))
        connection.exec_driver_sql("COMMIT")
        time.sleep(0.5)  # longer than the steps take, so that a kill falls here wherever the machine is busy
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def run(open_: Callable[[], object], seconds: float | None = None, *, wrong: bool = False) -> None:
    """Let a child open the database, and kill it so many seconds after it has begun, or let it come to its end.

    Raises:
        RuntimeError: the child ended in a mistake.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if wrong:
                vars(database)["climb"] = careless
            os.write(writing, b"!")
            open_()
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    os.read(reading, 1)
    os.close(reading)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the upgrade failed by itself")
