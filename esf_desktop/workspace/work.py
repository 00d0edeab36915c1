"""One transaction in the work: puts fields, and remembers each in the journal."""

from datetime import datetime

import sqlalchemy as sa

from esf_desktop.history import Kind
from esf_desktop.model import ApplicationId, Value
from esf_desktop.workspace import erasing, fields, journal
from esf_desktop.workspace.database import spelled
from esf_desktop.workspace.fields import Purged
from esf_desktop.workspace.tables import field

_HERE = (
    (field.c.round == sa.bindparam("r"))
    & (field.c.application == sa.bindparam("a"))
    & (field.c.name == sa.bindparam("n"))
)
VALUE = spelled(sa.select(field.c.value).where(_HERE))
"""The value of one field: round `r`, application `a`, name `n`."""
_INSERT = spelled(field.insert())
_UPDATE = spelled(field.update().where(_HERE).values(value=sa.bindparam("v")))
_DELETE = spelled(field.delete().where(_HERE))


class Change(Value, frozen=True):
    """What a deed changed: these applications, perhaps the round itself, and when it was on disk."""

    applications: frozenset[ApplicationId]
    round: bool
    at: datetime


class Work:
    """One transaction under way: puts fields and remembers each in the journal."""

    def __init__(
        self, connection: sa.Connection, round_: str, at: datetime, kind: Kind, heads: dict[str, journal.Head]
    ) -> None:
        self._connection = connection
        self._round = round_
        self._at = at
        self._kind = kind
        self.heads = heads
        self.last: tuple[str, journal.Head] | None = None
        """The round that was written in last, and where its chain ends now."""
        self._steps: dict[str, int] = {}
        self._touched: set[str] = set()

    def get(self, application: str, name: str, *, round_: str | None = None) -> object:
        """The field's value as it stands within this transaction; None when it is not set."""
        coded = self._coded(self._round if round_ is None else round_, application, name)
        return None if coded is None else fields.decode(name, coded)

    def put(self, application: str, name: str, value: object, *, round_: str | None = None) -> None:
        """Set the field, or clear it with None; nothing happens when it already is so."""
        coded = None if value is None or value in ("", ()) else fields.encode(value)
        self.put_coded(application, name, coded, round_=round_)

    def put_coded(self, application: str, name: str, after: str | None, *, round_: str | None = None) -> None:
        """Set the field to a value as it stood in the journal."""
        where = self._round if round_ is None else round_
        before = self._coded(where, application, name)
        if before == after:
            return
        here = {"r": where, "a": application, "n": name}
        if after is None:
            self._connection.exec_driver_sql(_DELETE, here)
        elif before is None:
            self._connection.exec_driver_sql(
                _INSERT, {"round": where, "application": application, "name": name, "value": after}
            )
        else:
            self._connection.exec_driver_sql(_UPDATE, here | {"v": after})
        head = self.heads.get(where) or journal.head(self._connection, where)
        step = self._steps.setdefault(where, head.step + 1)
        entry = (step, self._at, self._kind, application, name, before, after)
        self._ends(where, journal.append(self._connection, where, head, entry))
        self._touched.add(application)

    def purge(self, round_: str, record: Purged) -> None:
        """Put one row in the place of everything that the round holds here; the row keeps the old head."""
        self._ends(round_, erasing.erase(self._connection, round_, record, at=self._at))
        self._touched.add("")

    @property
    def change(self) -> Change:
        """What this transaction has changed so far."""
        applications = frozenset(ApplicationId(name) for name in self._touched if name)
        return Change(applications, "" in self._touched, self._at)

    def _ends(self, round_: str, head: journal.Head) -> None:
        self.heads[round_] = head
        self.last = (round_, head)

    def _coded(self, round_: str, application: str, name: str) -> str | None:
        return self._connection.exec_driver_sql(VALUE, {"r": round_, "a": application, "n": name}).scalar_one_or_none()
