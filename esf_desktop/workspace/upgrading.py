"""From an earlier schema to the present one: after a checked copy, in one transaction, with Alembic's operations.

A schema is a number. The steps of a database say how each schema is made out of the one before it; they are run in a
row and the number is written with them, so that a kill at any moment leaves the database before or after. Alembic is
imported when there is something to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from esf_desktop.errors import FileError
from esf_desktop.i18n import _

if TYPE_CHECKING:
    from alembic.operations import Operations

Steps = Mapping[int, "Callable[[Operations], None]"]
"""What makes each schema out of the one before, by its number."""


@dataclass(eq=False)
class UpgradeFailedError(FileError):
    """A database that could not be brought to the present schema, and is as it was."""

    code = "upgrade_failed"
    found: int

    def sentence(self) -> str:
        return _(
            "“{file}” could not be upgraded and is as it was (schema {n}); use the earlier program, and report this."
        ).format(file=self.file, n=self.found)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How a database is brought to the present schema."""

    steps: Steps
    back_up: Callable[[sa.Engine, int], object]
    """Makes a checked copy of a database of that schema, or raises; the engine stays open."""

    def leads(self, found: int, schema: int) -> bool:
        """Whether there is a way from one schema to the other."""
        return 0 < found < schema and all(number in self.steps for number in range(found + 1, schema + 1))


def climb(connection: sa.Connection, steps: Steps, found: int, schema: int) -> None:
    """Take the steps, within the transaction of the connection."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    for number in range(found + 1, schema + 1):
        steps[number](operations)
