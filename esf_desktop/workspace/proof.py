"""The proof that a work database is sound: its pages, the chain of its journal, and that the fields follow from it.

The whole of it is proved after an unclean end, weekly and before export; at every other start the pages and the tail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from esf_desktop import formatting
from esf_desktop.errors import EsfError
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.workspace import journal
from esf_desktop.workspace.tables import field
from esf_desktop.workspace.tables import journal as rows

TAIL = 100
"""Rows at the end of each chain that every start proves."""


@dataclass(eq=False)
class OlderDataError(EsfError):
    """Work that lacks something acknowledged here: an old copy, or other work, was put in its place."""

    code = "older_data"
    saved: datetime
    """When what is missing was saved."""

    def sentence(self) -> str:
        return _("Your data is older than what you last saved ({date}); choose a backup before you go on.").format(
            date=formatting.moment(self.saved)
        )


class ChangedOutsideError(EsfError):
    """Work whose pages can be read, but which is not what its journal says."""

    code = "changed_outside"

    def sentence(self) -> str:
        return _("The work is not what its journal says: changed from outside, or damaged. Choose a backup.")


class Fault(Value, frozen=True):
    """Something in a database that is not as it should be."""

    code: str
    place: str

    def sentence(self) -> str:
        """The fault in words."""
        match self.code:
            case "broken_chain":
                return _("The journal is broken at {place}.").format(place=self.place)
            case "differs":
                return _("{place} is not what the journal says.").format(place=self.place)
            case "older_data":
                return _("What was saved here on {place} is missing.").format(place=self.place)
            case _other:
                return _("The database file is damaged: {place}.").format(place=self.place)


def faults(connection: sa.Connection) -> tuple[Fault, ...]:
    """Every way in which the pages, the chain or the fields are wrong; empty for a sound database."""
    return (*_page_faults(connection, "integrity_check"), *_chain_faults(connection), *_field_faults(connection))


def faults_of_the_tail(connection: sa.Connection) -> tuple[Fault, ...]:
    """The same for the pages, the last rows of each chain, and the fields that those rows set."""
    return (*_page_faults(connection, "quick_check"), *_tail_faults(connection))


def _page_faults(connection: sa.Connection, check: str) -> Iterator[Fault]:
    for answer in connection.exec_driver_sql(f"PRAGMA {check}").scalars():
        if answer != "ok":
            yield Fault("damaged", str(answer))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Fault("damaged", str(tuple(row)))


def _chain_faults(connection: sa.Connection) -> Iterator[Fault]:
    last: dict[str, journal.Head] = {}
    for row in connection.execute(sa.select(rows).order_by(rows.c.round, rows.c.number)).mappings():
        before = last.get(row["round"]) or journal.kept_head(row)
        if not _follows(before, row):
            yield Fault("broken_chain", f"{row['round']} {row['number']}")
        last[row["round"]] = journal.Head(row["number"], row["step"], row["hash"])


def _follows(before: journal.Head, row: sa.RowMapping) -> bool:
    return bool(row["number"] == before.number + 1 and row["hash"] == journal.link(before.hash, row))


def _field_faults(connection: sa.Connection) -> Iterator[Fault]:
    derived: dict[tuple[str, str, str], str] = {}
    for row in connection.execute(sa.select(rows).order_by(rows.c.round, rows.c.number)):
        key = (row.round, row.application, row.name)
        if derived.get(key) != row.before:
            yield Fault("broken_chain", f"{row.round} {row.number}")
        if row.after is None:
            derived.pop(key, None)
        else:
            derived[key] = row.after
    stands = {(row.round, row.application, row.name): row.value for row in connection.execute(sa.select(field))}
    for key in sorted(derived.keys() | stands.keys()):
        if derived.get(key) != stands.get(key):
            yield Fault("differs", " ".join(part for part in key if part))


def _tail_faults(connection: sa.Connection) -> Iterator[Fault]:
    for (round_,) in connection.execute(sa.select(rows.c.round).distinct().order_by(rows.c.round)).all():
        newest = sa.select(rows).where(rows.c.round == round_).order_by(rows.c.number.desc()).limit(TAIL + 1)
        tail = connection.execute(newest).mappings().all()
        stands = {
            (row.application, row.name): row.value
            for row in connection.execute(sa.select(field).where(field.c.round == round_))
        }
        seen = set()
        for row, earlier in zip(tail, [*tail[1:], None], strict=True):
            if earlier is None and len(tail) > TAIL:
                break
            before = journal.Head(earlier["number"], earlier["step"], earlier["hash"]) if earlier else None
            if not _follows(before or journal.kept_head(row), row):
                yield Fault("broken_chain", f"{round_} {row['number']}")
            key = (row["application"], row["name"])
            if key not in seen and stands.get(key) != row["after"]:
                yield Fault("differs", " ".join(part for part in (round_, *key) if part))
            seen.add(key)
