"""What a work database holds, in numbers, and how one differs from another."""

import hashlib
from collections.abc import Iterable, Mapping

import msgspec
import sqlalchemy as sa

from esf_desktop.model import ApplicationId, Call, CallId, Sha256, Value, Whole
from esf_desktop.workspace import fields
from esf_desktop.workspace.tables import field, journal

_ENDS = (
    sa.select(journal.c.round, sa.func.max(journal.c.number), journal.c.hash)
    .group_by(journal.c.round)
    .order_by(journal.c.round)
)
_WRITTEN = ("comment", "overall")


class Content(Value, frozen=True):
    """How much there is in a work database; two with the same head hold exactly the same."""

    applications: Whole = 0
    ratings: Whole = 0
    comments: Whole = 0
    rows: Whole = 0
    """Of the journals of all rounds."""
    head: Sha256 = "0" * 64
    """Over the ends of all journals."""


class Tally(Value, frozen=True):
    """Ratings, comments and other fields."""

    ratings: Whole = 0
    comments: Whole = 0
    others: Whole = 0


class Part(Value, frozen=True):
    """One application in two databases: what only the later has, what differs, what only the earlier has."""

    round: CallId
    application: ApplicationId
    goes: Tally = Tally()
    changes: Tally = Tally()
    returns: Tally = Tally()


class Compared(Value, frozen=True):
    """What would be otherwise if the earlier database took the later one's place; empty for nothing."""

    parts: tuple[Part, ...] = ()
    """An empty application stands for the round itself, and an empty round for the desk."""


def content_of(connection: sa.Connection) -> Content:
    """How much the tables hold, and where their journals end."""
    names = sa.select(field.c.name, field.c.value).where(field.c.name == "call")
    calls = [fields.decode("call", coded) for _name, coded in connection.execute(names)]
    counted = sa.select(sa.func.count()).select_from(field)
    comments = field.c.name.startswith("comment:") | (field.c.name == "overall")
    ends = [tuple(row) for row in connection.execute(_ENDS)]
    return Content(
        applications=sum(len(call.applications) for call in calls if isinstance(call, Call)),
        ratings=connection.execute(counted.where(field.c.name.startswith("rating:"))).scalar_one(),
        comments=connection.execute(counted.where(comments)).scalar_one(),
        rows=sum(number for _round, number, _hash in ends),
        head=hashlib.sha256(msgspec.json.encode(ends)).hexdigest(),
    )


def compare(now: sa.Connection, earlier: sa.Connection) -> Compared:
    """What differs, application by application."""
    here, there = _values(now), _values(earlier)
    parts = []
    for place in sorted(here.keys() | there.keys()):
        ours, theirs = here.get(place, {}), there.get(place, {})
        part = Part(
            CallId(place[0]),
            ApplicationId(place[1]),
            goes=_tally(name for name in ours if name not in theirs),
            changes=_tally(name for name in ours if name in theirs and ours[name] != theirs[name]),
            returns=_tally(name for name in theirs if name not in ours),
        )
        if part != Part(part.round, part.application):
            parts.append(part)
    return Compared(tuple(parts))


def _values(connection: sa.Connection) -> Mapping[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in connection.execute(sa.select(field)):
        found.setdefault((row.round, row.application), {})[row.name] = row.value
    return found


def _tally(names: Iterable[str]) -> Tally:
    kinds = [name.partition(":")[0] for name in names]
    ratings, comments = kinds.count("rating"), sum(kinds.count(kind) for kind in _WRITTEN)
    return Tally(ratings, comments, len(kinds) - ratings - comments)
