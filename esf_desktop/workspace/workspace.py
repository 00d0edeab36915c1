"""The assessor's workspace: what is true now, read as values, and one way to change it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from esf_desktop import history, lock, where
from esf_desktop.completeness import State
from esf_desktop.errors import UnusablePlaceError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.answers import Kept
from esf_desktop.exchange.receipt import Receipt
from esf_desktop.history import Kind
from esf_desktop.model import Application, ApplicationId, Assessor, Call, CallId, CriterionId, DocumentId, Draft
from esf_desktop.workspace import erasing, fields, journal, restoring, rights, standing, turning
from esf_desktop.workspace.content import Compared, Content, compare, content_of
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.fields import Package, Purged, Signed
from esf_desktop.workspace.key_file import database_key
from esf_desktop.workspace.places import DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE
from esf_desktop.workspace.proof import Fault
from esf_desktop.workspace.tables import field
from esf_desktop.workspace.work import VALUE, Work
from esf_desktop.workspace.work_database import WorkDatabase

_OF_APPLICATION = sa.select(field.c.name, field.c.value).where(
    field.c.round == sa.bindparam("r"), field.c.application == sa.bindparam("a")
)
_OF_ROUND = sa.select(field.c.application, field.c.name, field.c.value).where(field.c.round == sa.bindparam("r"))
_NOTES = _OF_ROUND.where((field.c.name == "note") | field.c.name.startswith("note:"))


class Workspace:
    """A folder with one person's work; safe to read and write from several threads, one transaction at a time."""

    def __init__(
        self,
        folder: Path,
        database: WorkDatabase,
        store: DocumentStore,
        key: bytes | None,
        held: lock.Held | None = None,
    ) -> None:
        self.folder = folder
        self._held = held
        self.store = store
        self.key = key
        """The key of both databases, and of every backup of them; None for plain ones, and once they are closed."""
        self.encrypted = key is not None
        self._database = database
        self._round_values: dict[str, object] = {}
        self._steps: dict[tuple[str, str], tuple[history.Step, ...]] = {}

    @classmethod
    def open(cls, folder: Path, passphrase: str | None = None, *, as_it_is: bool = False) -> "Workspace":
        """The workspace in the folder, made when it is missing: encrypted with a passphrase, otherwise plain.

        It is found sound first, and no older than what was saved here last, unless it is to be taken as it is.

        Raises:
            PassphraseNeededError, WrongPassphraseError, BadKeyFileError, AlreadyOpenError, DamagedDatabaseError,
            NewerDatabaseError, OtherDatabaseError, UnusablePlaceError, OlderDataError, ChangedOutsideError,
            RefusedPlaceError: nothing was touched.
        """
        return cls._opened(folder, lambda: database_key(folder / KEY_FILE, folder / WORK_FILE, passphrase), as_it_is)

    @classmethod
    def unlocked(cls, folder: Path, key: bytes | None, *, as_it_is: bool = False) -> "Workspace":
        """The same with the key itself, or None for a plain workspace."""
        return cls._opened(folder, lambda: key, as_it_is)

    @classmethod
    def _opened(cls, folder: Path, key_of: Callable[[], bytes | None], as_it_is: bool) -> "Workspace":
        where.check(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise UnusablePlaceError(str(folder)) from error
        held = lock.hold(folder)
        try:
            restoring.finish(folder)
            turning.finish(folder)
            rights.mend(folder)
            key = key_of()
            database = WorkDatabase.open(folder, key, as_it_is=as_it_is)
            try:
                store = DocumentStore(folder / DOCUMENTS_FILE, key)
            except BaseException:
                database.close()
                raise
        except BaseException:
            held.release()
            raise
        return cls(folder, database, store, key, held)

    def close(self) -> None:
        """Close both databases, and forget their key; everything was on disk already."""
        with self._database.lock:
            self.key = None
            self.store.close()
            self._database.close()
            if self._held is not None:
                self._held.release()

    @property
    def identity_file(self) -> Path:
        """Where a plain workspace has its signing key; it need not exist yet."""
        return self.folder / IDENTITY_FILE

    @property
    def key_file(self) -> Path:
        """Where an encrypted workspace has its keys."""
        return self.folder / KEY_FILE

    def check_passphrase(self, passphrase: str | None) -> None:
        """Pass when the passphrase opens this workspace; a plain one takes any.

        Raises:
            PassphraseNeededError, WrongPassphraseError, BadKeyFileError: nothing was touched.
        """
        database_key(self.folder / KEY_FILE, self.folder / WORK_FILE, passphrase)

    @contextmanager
    def write(self, *, at: datetime, kind: Kind = Kind.DO) -> Iterator[Work]:
        """One transaction in the current round; all of it is on disk when the block ends, or none of it."""
        with self._database.lock:
            try:
                with self._database.writing(self.round, at=at, kind=kind) as doing:
                    yield doing
            except BaseException:
                self._steps.clear()
                self._round_values.clear()
                raise
            if doing.change.round:
                self._round_values.clear()
                self._steps.clear()

    def assessor(self) -> Assessor | None:
        """Who works here; None before the first start is done."""
        return cast(Assessor | None, self.desk_value("assessor"))

    @property
    def round(self) -> CallId:
        """The current round; empty when there is none."""
        return CallId(cast(str, self.desk_value("current") or ""))

    def rounds(self) -> tuple[Call, ...]:
        """The calls of all rounds here, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(field.c.value).where(field.c.name == "call").order_by(field.c.round))
            return tuple(cast(Call, fields.decode("call", coded)) for coded in rows.scalars())

    def call(self) -> Call | None:
        """The call of the current round."""
        return cast(Call | None, self._round_value("call"))

    def package(self) -> Package | None:
        """Where the call came from; None for applications that the person opened without a call package."""
        return cast(Package | None, self._round_value("package"))

    def package_of(self, round_: CallId) -> tuple[Package, Call] | None:
        """The package and the call of any round here; None when no package of that call was taken."""
        package, call = self._cached(round_, "package"), self._cached(round_, "call")
        return (package, call) if isinstance(package, Package) and isinstance(call, Call) else None

    def confirmed_secretariats(self) -> frozenset[str]:
        """The fingerprints of the secretariats whose packages were taken here."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(field.c.value).where(field.c.name == "package"))
            packages = [cast(Package, fields.decode("package", coded)) for coded in rows.scalars()]
        return frozenset(package.fingerprint for package in packages)

    def applications(self) -> tuple[Application, ...]:
        """The applications of the current round in the call's order, with the person's corrections."""
        if (call := self.call()) is None:
            return ()
        values = self._values_by_application(call.id)
        return tuple(cast(Application, values.get(a.id, {}).get("described", a)) for a in call.applications)

    def application(self, application: ApplicationId) -> Application:
        """One application of the current round; KeyError when there is none."""
        call = self.call()
        if call is None:
            raise KeyError(application)
        known = call.application(application)
        return cast(Application, self.value(application, "described") or known)

    def draft(self, application: ApplicationId) -> Draft:
        """The assessor's work on one application."""
        here = {"r": self.round, "a": application}
        with self._database.reading() as connection:
            rows = connection.execute(_OF_APPLICATION, here).all()
        return standing.draft(application, {name: fields.decode(name, coded) for name, coded in rows}, self.call())

    def drafts(self, round_: CallId | None = None) -> dict[ApplicationId, Draft]:
        """The work on every application of a round, the current one if none is named, in the call's order."""
        where = self.round if round_ is None else round_
        call, values = self._call_of(where), self._values_by_application(where)
        return {a.id: standing.draft(a.id, values.get(a.id, {}), call) for a in (call.applications if call else ())}

    def states(self, round_: CallId | None = None) -> dict[ApplicationId, State]:
        """How far each application of a round has come, of the current one if none is named."""
        where = self.round if round_ is None else round_
        call, values, kept = self._call_of(where), self._values_by_application(where), self.receipts(round_)
        return {
            a.id: self._state(standing.draft(a.id, values.get(a.id, {}), call), values.get(a.id, {}), call, kept)
            for a in (call.applications if call else ())
        }

    def state(self, application: ApplicationId) -> State:
        """How far one application has come."""
        values = {name: self.value(application, name) for name in ("signed", "sent")}
        return self._state(self.draft(application), values, self.call(), self.receipts())

    def receipts(self, round_: CallId | None = None) -> tuple[Kept, ...]:
        """The receipts of a round, the current one if none is named, by number."""
        found = self._round_value("receipts") if round_ is None else self.value("", "receipts", round_)
        return cast("tuple[Kept, ...]", found or ())

    def answer(self, application: ApplicationId) -> Receipt | None:
        """What the secretariat has answered last about what was signed last; None when it has not."""
        return standing.answer(self.signed(application), self.receipts())

    def signed(self, application: ApplicationId) -> tuple[Signed, ...]:
        """The assessments of the application that were signed here, oldest first."""
        return cast(tuple[Signed, ...], self.value(application, "signed") or ())

    def note(self, application: ApplicationId, criterion: CriterionId | None = None) -> str:
        """The private note on a criterion or on the whole application."""
        return cast(str, self.value(application, fields.of("note", criterion)) or "")

    def notes(self) -> dict[tuple[ApplicationId, CriterionId | None], str]:
        """Every private note of the current round, by application and criterion."""
        here = {"r": self.round}
        with self._database.reading() as connection:
            rows = connection.execute(_NOTES, here).all()
        found = {}
        for application, name, coded in rows:
            criterion = CriterionId(name.partition(":")[2]) or None
            found[ApplicationId(application), criterion] = cast(str, fields.decode(name, coded))
        return found

    def document(self, sha256: DocumentId) -> bytes:
        """A document's bytes; KeyError when it is not kept here."""
        return self.store.get(sha256)

    def sweep(self) -> int:
        """Let go of documents that no round names, such as those of a package that was never taken; say how many."""
        with self.store.filling:
            return self.store.sweep(self.documents_elsewhere(None))

    def value(self, application: str, name: str, round_: CallId | None = None) -> object:
        """One field of a round, the current one if none is named; None when it is not set."""
        here = {"r": self.round if round_ is None else round_, "a": application, "n": name}
        with self._database.reading() as connection:
            coded = connection.exec_driver_sql(VALUE, here).scalar_one_or_none()
        return None if coded is None else fields.decode(name, coded)

    def steps(self, application: ApplicationId) -> tuple[history.Step, ...]:
        """What the person did to one application, oldest first."""
        round_ = self.round
        with self._database.reading() as connection:
            known = self._steps.get((round_, application), ())
            last = known[-1].entries[-1].number if known else 0
            new = journal.entries(connection, round_, application, after=last)
            if new:
                known = self._steps[round_, application] = history.steps(new, known)
            return known

    def moments(self) -> tuple[tuple[ApplicationId, datetime], ...]:
        """When the person wrote something in the current round and in which application, oldest first."""
        round_ = self.round
        with self._database.reading() as connection:
            return journal.moments(connection, round_)

    def purged(self) -> tuple[Purged, ...]:
        """The receipts of every purge that was made or begun here, the latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(field.c.value).where(field.c.name == "purged")).scalars()
            kept = [one for coded in rows for one in cast("tuple[Purged, ...]", fields.decode("purged", coded))]
        return tuple(sorted(kept, key=lambda one: (one.at, one.round), reverse=True))

    def counted(self, round_: CallId, kind: str) -> int:
        """How many fields of a kind, such as `note`, the round has."""
        names = (field.c.name == kind) | field.c.name.startswith(f"{kind}:", autoescape=True)
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(sa.func.count()).where(field.c.round == round_, names))
            return int(rows.scalar_one())

    def documents_elsewhere(self, round_: CallId | None) -> frozenset[str]:
        """The hashes of every document that a round, if one is given another one, names in its call or as evidence."""
        with self._database.reading() as connection:
            return erasing.documents_named(connection, but=round_)

    def journal_head(self) -> journal.Head:
        """The end of the current round's chain."""
        round_ = self.round
        with self._database.reading() as connection:
            return journal.head(connection, round_)

    def faults(self) -> tuple[Fault, ...]:
        """Every way in which the work database is wrong; empty when it is sound."""
        return self._database.faults()

    @property
    def on_reserve(self) -> bool:
        """Whether the disk was full, and what was saved last took the room that was kept for that."""
        return self._database.on_reserve

    def refill(self) -> bool:
        """Keep such room again; False while the disk has none."""
        return self._database.refill()

    def logical_hash(self) -> str:
        """The hash of everything in the work database, for comparing before and after."""
        return self._database.logical_hash()

    def compact(self) -> None:
        """Write both databases anew, so that nothing of what was deleted is left in a file."""
        self._database.compact()
        self.store.compact()

    def content(self) -> Content:
        """How much there is here, and where the journal ends."""
        with self._database.reading() as connection:
            return content_of(connection)

    def compared(self, earlier: sa.Connection) -> Compared:
        """What would be otherwise here if the work were as in that database."""
        with self._database.reading() as connection:
            return compare(connection, earlier)

    def copy_to(self, target: Path) -> Content:
        """Copy the work database to a new file so that nobody waits long, and say what is in it."""
        return self._database.copy_to(target, self.key)

    def _call_of(self, round_: str) -> Call | None:
        return cast(Call | None, self._cached(round_, "call")) if round_ else None

    def _values_by_application(self, round_: str) -> dict[str, dict[str, object]]:
        with self._database.reading() as connection:
            rows = connection.execute(_OF_ROUND, {"r": round_}).all()
        values: dict[str, dict[str, object]] = {}
        for application, name, coded in rows:
            if application:
                values.setdefault(application, {})[name] = fields.decode(name, coded)
        return values

    def desk_value(self, name: str) -> object:
        """One field of the desk itself, which belongs to no round; None when it is not set."""
        return self._cached("", name)

    def _round_value(self, name: str) -> object:
        return self._cached(self.round, name) if self.round else None

    def _cached(self, round_: str, name: str) -> object:
        with self._database.lock:
            key = f"{round_}\n{name}"
            if key not in self._round_values:
                with self._database.reading() as connection:
                    coded = connection.exec_driver_sql(VALUE, {"r": round_, "a": "", "n": name}).scalar_one_or_none()
                self._round_values[key] = None if coded is None else fields.decode(name, coded)
            return self._round_values[key]

    def _state(self, draft: Draft, values: dict[str, object], call: Call | None, kept: tuple[Kept, ...]) -> State:
        return standing.state(draft, values, call, kept, self._framework)

    def _framework(self, call: Call) -> str:
        """The identity of the framework of the current round's call."""
        with self._database.lock:
            key = f"{self.round}\nframework_sha256"
            if key not in self._round_values:
                self._round_values[key] = canonical.identity(call.framework)
            return cast(str, self._round_values[key])
