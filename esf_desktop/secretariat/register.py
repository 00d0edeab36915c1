"""The secretariat's register: trusted certificates, versions of one call, bundles, and the set of assessments.

Reading is here; what changes it is in `trust`, `merge` and `receipts`, each change one transaction. It lies in
a file, which one window has open, or on a PostgreSQL server, where several officers have.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from esf_desktop.errors import UnusablePlaceError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.call_package import CallFile
from esf_desktop.model import ApplicationId, Assessment, AssessorId, Call, Value
from esf_desktop.secretariat import keeping, server, tables
from esf_desktop.secretariat.admission import Version
from esf_desktop.secretariat.compare import Delivered, Person
from esf_desktop.secretariat.events import Event, events, fact
from esf_desktop.secretariat.server import Address, is_address
from esf_desktop.secretariat.states import Revision, Standing, standings
from esf_desktop.workspace.database import close, connect, logical_hash_within, transaction
from esf_desktop.workspace.key_file import database_key

KEY_SUFFIX = ".esfkey"


class Enrolled(Value, frozen=True):
    """A certificate that the secretariat has compared and trusts for one person, until revoked."""

    fingerprint: str
    assessor: AssessorId
    name: str
    organisation: str
    email: str
    enrolled: int
    enrolled_at: str
    revoked: int | None = None
    revoked_at: str | None = None
    device: str = ""
    """What the person calls the computer or card that holds the key."""
    reason: str = ""
    """Why it was revoked."""


class RegisteredCall(Version, frozen=True):
    """A version of the register's call, and the number of the event that added it."""

    number: int


class RegisteredBundle(Value, frozen=True):
    """A bundle that was taken: its number, whose it is, and what became of it when it met the call."""

    sha256: str
    number: int
    assessor: AssessorId
    fingerprint: str
    admission: str
    code: str | None
    received_at: str


class Carried(NamedTuple):
    """An assessment in a bundle, which is named by its SHA-256."""

    bundle: str
    application: ApplicationId
    assessor: AssessorId
    identity: str


class Register:
    """An open register, in a file or on a server."""

    def __init__(self, place: Path | Address, engine: sa.Engine, *, encrypted: bool) -> None:
        self.place = place
        self.engine = engine
        self.encrypted = encrypted
        """Whether the file is; a server's disk is its own matter."""
        self._alone: AbstractContextManager[object] = nullcontext() if self.on_server else threading.RLock()

    @classmethod
    def open(cls, place: Path | Address | str, passphrase: str | None = None) -> "Register":
        """The register at the place, made when it is missing.

        Args:
            place: a file or the address of a database on a server, perhaps as text.
            passphrase: of an encrypted file, and a new file is then encrypted; or the password of the server.

        Raises:
            AlreadyOpenError, DamagedDatabaseError, NewerDatabaseError: the register was not touched.
            PassphraseNeededError, WrongPassphraseError, BadKeyFileError: nothing was touched.
            ServerError, BadAddressError, NotARegisterError, ServerReadOnlyError: nothing was changed.
        """
        if isinstance(place, str):
            place = Address.read(place) if is_address(place) else Path(place)
        if isinstance(place, Address):
            on_server = server.connect(
                place, tables.register, schema=tables.SCHEMA, steps=tables.STEPS, password=passphrase
            )
            return cls(place, on_server, encrypted=False)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnusablePlaceError(str(place.parent)) from error
        key = database_key(place.with_suffix(KEY_SUFFIX), place, passphrase)
        engine = connect(
            place, key, tables.register, schema=tables.SCHEMA, upgrade=keeping.upgrade(place, key, tables.STEPS)
        )
        return cls(place, engine, encrypted=key is not None)

    @property
    def name(self) -> str:
        """What the register is called, for people."""
        return self.place.name

    @property
    def on_server(self) -> bool:
        """Whether others may change it while this program has it open."""
        return isinstance(self.place, Address)

    def close(self) -> None:
        """Let go of the database; the register cannot be used after."""
        with self._alone:
            close(self.engine)

    def __enter__(self) -> "Register":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction, alone: everything within is on disk when it ends, or nothing is."""
        begun = server.transaction(self.engine) if self.on_server else transaction(self.engine)
        with self._alone, begun as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """What the register says at one moment; on a server nobody waits for it."""
        begun = server.reading(self.engine) if self.on_server else transaction(self.engine)
        with self._alone, begun as connection:
            yield connection

    def logical_hash(self) -> str:
        """The SHA-256 of everything that the register says."""
        with self.reading() as connection:
            return logical_hash_within(connection)

    def enrolled(self) -> tuple[Enrolled, ...]:
        """Every certificate that was ever trusted, in the order of enrolment."""
        with self.reading() as connection:
            return enrolled(connection)

    def people(self) -> tuple[Person, ...]:
        """Every enrolled assessor, as their latest enrolment names them, by name."""
        latest = {one.assessor: Person(one.assessor, one.name, one.organisation) for one in self.enrolled()}
        return tuple(sorted(latest.values(), key=lambda person: (person.name, person.id)))

    def calls(self) -> tuple[RegisteredCall, ...]:
        """The versions of the register's call that are known, oldest first."""
        with self.reading() as connection:
            return calls(connection)

    def call(self) -> RegisteredCall | None:
        """The latest version of the register's call; None when none is known."""
        return next(reversed(self.calls()), None)

    def bundles(self) -> tuple[RegisteredBundle, ...]:
        """Every bundle that was taken, in the order of receipt."""
        b = tables.bundle.c
        columns = (b.sha256, b.number, b.assessor, b.fingerprint, b.admission, b.code, b.received_at)
        with self.reading() as connection:
            rows = connection.execute(sa.select(*columns).order_by(b.number))
            return tuple(RegisteredBundle(*row) for row in rows)

    def bundle(self, sha256: str) -> bytes:
        """The bytes of a bundle as they were received; KeyError when there is none."""
        b = tables.bundle.c
        with self.reading() as connection:
            found = connection.execute(sa.select(b.content).where(b.sha256 == sha256)).scalar()
        if found is None:
            raise KeyError(sha256)
        return bytes(found)

    def standings(self) -> tuple[Standing, ...]:
        """Every assessment of the set with its state, in the order of the view."""
        with self.reading() as connection:
            return standings(revisions(connection))

    def delivered(self) -> tuple[Delivered, ...]:
        """Every assessment of the set with its state and content, in the order of the view."""
        a = tables.assessment.c
        with self.reading() as connection:
            placed = standings(revisions(connection))
            rows = connection.execute(sa.select(a.assessor, a.identity, a.payload))
            payloads = {(row.assessor, row.identity): row.payload for row in rows}
            latest = next(reversed(calls(connection)), None)
        framework = canonical.identity(latest.call.framework) if latest else None
        decoder = msgspec.json.Decoder(Assessment)
        found = []
        for standing in placed:
            revision = standing.revision
            assessment = decoder.decode(payloads[revision.assessor, revision.identity])
            same = framework is None or assessment.framework_sha256 == framework
            found.append(Delivered(standing, assessment, same))
        return tuple(found)

    def newest(self) -> int:
        """The number of the newest event; another number tells that the register has changed."""
        with self.reading() as connection:
            found: int | None = connection.execute(sa.select(sa.func.max(tables.event.c.number))).scalar()
            return found or 0

    def events(self) -> tuple[Event, ...]:
        """Everything that happened to the register, checked against its chain.

        Raises:
            BrokenChainError: the register was changed from outside.
        """
        with self.reading() as connection:
            return tuple(events(connection))


def enrolled(connection: sa.Connection) -> tuple[Enrolled, ...]:
    """Every certificate that was ever trusted, in the order of enrolment."""
    c = tables.certificate.c
    columns = (c.fingerprint, c.assessor, c.name, c.organisation, c.email)
    when = (c.enrolled, c.enrolled_at, c.revoked, c.revoked_at)
    came, went = tables.event.alias(), tables.event.alias()
    told = (came.c.facts.label("came"), went.c.facts.label("went"))
    joined = tables.certificate.outerjoin(came, came.c.number == c.enrolled).outerjoin(went, went.c.number == c.revoked)
    rows = connection.execute(sa.select(*columns, *when, *told).select_from(joined).order_by(c.enrolled))
    return tuple(Enrolled(*(*row[:-2], fact(row.came, "device"), fact(row.went, "reason"))) for row in rows)


def carried(connection: sa.Connection, bundles: Collection[str] | None = None) -> Sequence[Carried]:
    """Which assessments bundles carry, in the bundles' own order; of every bundle when none are named."""
    b, c = tables.bundle.c, tables.content.c
    query = sa.select(c.bundle, c.application, b.assessor, c.identity).join(tables.bundle).order_by(c.bundle, c.place)
    if bundles is not None:
        query = query.where(c.bundle.in_(bundles))
    return [Carried(*row) for row in connection.execute(query)]


def calls(connection: sa.Connection) -> tuple[RegisteredCall, ...]:
    """The versions of the register's call that are known, oldest first."""
    c = tables.call.c
    rows = connection.execute(sa.select(c.payload, c.sha256, c.fingerprint, c.number).order_by(c.version))
    return tuple(RegisteredCall(_call(row.payload), row.sha256, row.fingerprint, row.number) for row in rows)


def revisions(connection: sa.Connection, bundles: Collection[str] | None = None) -> Iterator[Revision]:
    """What states are computed from: the whole set but what was refused, or all that concerns what bundles carry."""
    a, b, c = tables.assessment.c, tables.bundle.c, tables.content.c
    columns = (a.assessor, a.application, a.identity, a.revision, a.parents, a.admission)
    query = sa.select(*columns).where(a.admission != "refused")
    if bundles is not None:
        desks = sa.select(c.application, b.assessor).join(tables.bundle).where(c.bundle.in_(bundles)).distinct()
        named = desks.subquery()
        query = query.join(named, (named.c.application == a.application) & (named.c.assessor == a.assessor))
    for row in connection.execute(query):
        yield Revision(
            row.assessor,
            row.application,
            row.identity,
            row.revision,
            tuple(row.parents.split()),
            row.admission == "accepted",
        )


def _call(payload: str) -> Call:
    found = msgspec.json.decode(payload, type=CallFile)
    return Call(**{field: getattr(found, field) for field in Call.__struct_fields__})
