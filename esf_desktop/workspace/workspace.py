"""The assessor's workspace: what is true now, read as values, and one way to change it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from esf_desktop import completeness, history, lock
from esf_desktop.completeness import State
from esf_desktop.errors import DiskFullError, NoRoomError, UnusablePlaceError
from esf_desktop.exchange import answers, canonical
from esf_desktop.exchange.answers import Kept
from esf_desktop.exchange.receipt import Outcome, Receipt
from esf_desktop.history import Kind
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessment,
    Assessor,
    Call,
    CallId,
    CriterionId,
    DocumentId,
    Draft,
    Judgement,
    Rating,
    Value,
)
from esf_desktop.workspace import erasing, fields, journal, restoring, turning
from esf_desktop.workspace.content import Compared, Content, compare, content_of
from esf_desktop.workspace.database import connect, copy_open, logical_hash, spelled, transaction
from esf_desktop.workspace.document_store import DocumentStore
from esf_desktop.workspace.fields import Package, Purged, Signed
from esf_desktop.workspace.key_file import database_key
from esf_desktop.workspace.places import DOCUMENTS_FILE, IDENTITY_FILE, KEY_FILE, WORK_FILE
from esf_desktop.workspace.tables import WORK_SCHEMA, field, work

_HERE = (
    (field.c.round == sa.bindparam("r"))
    & (field.c.application == sa.bindparam("a"))
    & (field.c.name == sa.bindparam("n"))
)
_VALUE = spelled(sa.select(field.c.value).where(_HERE))
_OF_APPLICATION = sa.select(field.c.name, field.c.value).where(
    field.c.round == sa.bindparam("r"), field.c.application == sa.bindparam("a")
)
_OF_ROUND = sa.select(field.c.application, field.c.name, field.c.value).where(field.c.round == sa.bindparam("r"))
_NOTES = _OF_ROUND.where((field.c.name == "note") | field.c.name.startswith("note:"))
_INSERT = spelled(field.insert())
_UPDATE = spelled(field.update().where(_HERE).values(value=sa.bindparam("v")))
_DELETE = spelled(field.delete().where(_HERE))
_BREATH = 0.001
"""Seconds between some pages of a copy and the next, in which others may read and write."""


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
        self.heads[where] = journal.append(self._connection, where, head, entry)
        self._touched.add(application)

    def purge(self, round_: str, record: Purged) -> None:
        """Put one row in the place of everything that the round holds here; the row keeps the old head."""
        self.heads[round_] = erasing.erase(self._connection, round_, record, at=self._at)
        self._touched.add("")

    @property
    def change(self) -> Change:
        """What this transaction has changed so far."""
        applications = frozenset(ApplicationId(name) for name in self._touched if name)
        return Change(applications, "" in self._touched, self._at)

    def _coded(self, round_: str, application: str, name: str) -> str | None:
        return self._connection.exec_driver_sql(_VALUE, {"r": round_, "a": application, "n": name}).scalar_one_or_none()


class Workspace:
    """A folder with one person's work; safe to read and write from several threads, one transaction at a time."""

    def __init__(
        self, folder: Path, engine: sa.Engine, store: DocumentStore, key: bytes | None, held: lock.Held | None = None
    ) -> None:
        self.folder = folder
        self._held = held
        self.store = store
        self.key = key
        """The key of both databases, and of every backup of them; None for plain ones, and once they are closed."""
        self.encrypted = key is not None
        self._engine = engine
        self._lock = threading.RLock()
        self._round_values: dict[str, object] = {}
        self._heads: dict[str, journal.Head] = {}
        self._steps: dict[tuple[str, str], tuple[history.Step, ...]] = {}
        self._under_way: sa.Connection | None = None

    @classmethod
    def open(cls, folder: Path, passphrase: str | None = None) -> "Workspace":
        """The workspace in the folder, made when it is missing: encrypted with a passphrase, otherwise plain.

        Raises:
            PassphraseNeededError, WrongPassphraseError, BadKeyFileError, AlreadyOpenError, DamagedDatabaseError,
            NewerDatabaseError, OtherDatabaseError, UnusablePlaceError: nothing was touched.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise UnusablePlaceError(str(folder)) from error
        held = lock.hold(folder)
        try:
            restoring.finish(folder)
            turning.finish(folder)
            key = database_key(folder / KEY_FILE, folder / WORK_FILE, passphrase)
            engine = connect(folder / WORK_FILE, key, work, schema=WORK_SCHEMA)
            try:
                store = DocumentStore(folder / DOCUMENTS_FILE, key)
            except BaseException:
                engine.dispose()
                raise
        except BaseException:
            held.release()
            raise
        return cls(folder, engine, store, key, held)

    def close(self) -> None:
        """Close both databases, and forget their key; everything was on disk already."""
        with self._lock:
            self.key = None
            self.store.close()
            self._engine.dispose()
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
        with self._lock:
            round_ = self.round
            try:
                with self._reading() as connection:
                    doing = Work(connection, round_, at, kind, dict(self._heads))
                    yield doing
            except NoRoomError as error:
                self._steps.clear()
                raise DiskFullError from error
            except BaseException:
                self._steps.clear()
                raise
            self._heads = doing.heads
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
        with self._reading() as connection:
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
        with self._reading() as connection:
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
        with self._reading() as connection:
            rows = connection.execute(_OF_APPLICATION, here).all()
        return self._draft(application, {name: fields.decode(name, coded) for name, coded in rows}, self.call())

    def drafts(self, round_: CallId | None = None) -> dict[ApplicationId, Draft]:
        """The work on every application of a round, the current one if none is named, in the call's order."""
        where = self.round if round_ is None else round_
        call, values = self._call_of(where), self._values_by_application(where)
        return {a.id: self._draft(a.id, values.get(a.id, {}), call) for a in (call.applications if call else ())}

    def states(self, round_: CallId | None = None) -> dict[ApplicationId, State]:
        """How far each application of a round has come, of the current one if none is named."""
        where = self.round if round_ is None else round_
        call, values, kept = self._call_of(where), self._values_by_application(where), self.receipts(round_)
        return {
            a.id: self._state(self._draft(a.id, values.get(a.id, {}), call), values.get(a.id, {}), call, kept)
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
        return _answer(self.signed(application), self.receipts())

    def signed(self, application: ApplicationId) -> tuple[Signed, ...]:
        """The assessments of the application that were signed here, oldest first."""
        return cast(tuple[Signed, ...], self.value(application, "signed") or ())

    def note(self, application: ApplicationId, criterion: CriterionId | None = None) -> str:
        """The private note on a criterion or on the whole application."""
        return cast(str, self.value(application, fields.of("note", criterion)) or "")

    def notes(self) -> dict[tuple[ApplicationId, CriterionId | None], str]:
        """Every private note of the current round, by application and criterion."""
        here = {"r": self.round}
        with self._reading() as connection:
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
        with self._reading() as connection:
            coded = connection.exec_driver_sql(_VALUE, here).scalar_one_or_none()
        return None if coded is None else fields.decode(name, coded)

    def steps(self, application: ApplicationId) -> tuple[history.Step, ...]:
        """What the person did to one application, oldest first."""
        round_ = self.round
        with self._reading() as connection:
            known = self._steps.get((round_, application), ())
            last = known[-1].entries[-1].number if known else 0
            new = journal.entries(connection, round_, application, after=last)
            if new:
                known = self._steps[round_, application] = history.steps(new, known)
            return known

    def moments(self) -> tuple[tuple[ApplicationId, datetime], ...]:
        """When the person wrote something in the current round and in which application, oldest first."""
        round_ = self.round
        with self._reading() as connection:
            return journal.moments(connection, round_)

    def purged(self) -> tuple[Purged, ...]:
        """The receipts of every purge that was made or begun here, the latest first."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(field.c.value).where(field.c.name == "purged")).scalars()
            kept = [one for coded in rows for one in cast("tuple[Purged, ...]", fields.decode("purged", coded))]
        return tuple(sorted(kept, key=lambda one: (one.at, one.round), reverse=True))

    def counted(self, round_: CallId, kind: str) -> int:
        """How many fields of a kind, such as `note`, the round has."""
        names = (field.c.name == kind) | field.c.name.startswith(f"{kind}:", autoescape=True)
        with self._reading() as connection:
            rows = connection.execute(sa.select(sa.func.count()).where(field.c.round == round_, names))
            return int(rows.scalar_one())

    def documents_elsewhere(self, round_: CallId | None) -> frozenset[str]:
        """The hashes of every document that a round, if one is given another one, names in its call or as evidence."""
        with self._reading() as connection:
            return erasing.documents_named(connection, but=round_)

    def journal_head(self) -> journal.Head:
        """The end of the current round's chain."""
        round_ = self.round
        with self._reading() as connection:
            return journal.head(connection, round_)

    def faults(self) -> tuple[journal.Fault, ...]:
        """Every way in which the work database is wrong; empty when it is sound."""
        with self._reading() as connection:
            return journal.faults(connection)

    def logical_hash(self) -> str:
        """The hash of everything in the work database, for comparing before and after."""
        with self._lock:
            return logical_hash(self._engine)

    def compact(self) -> None:
        """Write both databases anew, so that nothing of what was deleted is left in a file."""
        with self._lock:
            erasing.compact(self._engine)
            self.store.compact()

    def content(self) -> Content:
        """How much there is here, and where the journal ends."""
        with self._reading() as connection:
            return content_of(connection)

    def compared(self, earlier: sa.Connection) -> Compared:
        """What would be otherwise here if the work were as in that database."""
        with self._reading() as connection:
            return compare(connection, earlier)

    def copy_to(self, target: Path) -> Content:
        """Copy the work database to a new file so that nobody waits long, and say what is in it.

        It is copied a little at a time; when somebody has written meanwhile, then again in one go.
        """

        def let_others(_done: int, _all: int) -> None:
            self._lock.release()
            time.sleep(_BREATH)
            self._lock.acquire()

        before = self.content()
        copied = copy_open(self._engine, self.key, target, lock=self._lock, between=let_others, seen=self.content)
        if copied != before:
            target.unlink()
            copied = copy_open(self._engine, self.key, target, lock=self._lock, seen=self.content)
        return copied

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """One transaction; the one under way when this thread reads while it writes."""
        with self._lock:
            if self._under_way is not None:
                yield self._under_way
                return
            with transaction(self._engine) as connection:
                self._under_way = connection
                try:
                    yield connection
                finally:
                    self._under_way = None

    def _call_of(self, round_: str) -> Call | None:
        return cast(Call | None, self._cached(round_, "call")) if round_ else None

    def _values_by_application(self, round_: str) -> dict[str, dict[str, object]]:
        with self._reading() as connection:
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
        with self._lock:
            key = f"{round_}\n{name}"
            if key not in self._round_values:
                with self._reading() as connection:
                    coded = connection.exec_driver_sql(_VALUE, {"r": round_, "a": "", "n": name}).scalar_one_or_none()
                self._round_values[key] = None if coded is None else fields.decode(name, coded)
            return self._round_values[key]

    def _draft(self, application: ApplicationId, values: dict[str, object], call: Call | None) -> Draft:
        study = call is not None and call.is_feasibility_study(application)
        judgements = tuple(
            Judgement(
                criterion.id,
                cast(Rating | None, values.get(fields.of("rating", criterion.id))),
                cast(str, values.get(fields.of("comment", criterion.id), "")),
                fields.answers(
                    values.get(fields.of("questions", criterion.id)),
                    [not study or question.for_feasibility_study for question in criterion.questions],
                ),
                cast("tuple[()]", values.get(fields.of("evidence", criterion.id), ())),
            )
            for criterion in (call.criteria_for(application) if call else ())
        )
        return Draft(
            application,
            values.get("conflict"),  # type: ignore[arg-type]
            judgements,
            values.get("main_area"),  # type: ignore[arg-type]
            values.get("overall", ""),  # type: ignore[arg-type]
            values.get("recommendation"),  # type: ignore[arg-type]
            tuple(
                judgement.criterion for judgement in judgements if fields.of("review", judgement.criterion) in values
            ),
        )

    def _says(self, signed: Assessment, draft: Draft, call: Call | None) -> bool:
        """Whether what was signed is what the draft says, under the wording that the call has now."""
        same = not draft.to_review and completeness.unchanged(draft, signed)
        return same and (call is None or signed.framework_sha256 == self._framework(call))

    def _framework(self, call: Call) -> str:
        """The identity of the framework of the current round's call."""
        with self._lock:
            key = f"{self.round}\nframework_sha256"
            if key not in self._round_values:
                self._round_values[key] = canonical.identity(call.framework)
            return cast(str, self._round_values[key])

    def _state(self, draft: Draft, values: dict[str, object], call: Call | None, receipts: tuple[Kept, ...]) -> State:
        if draft.recused:
            return State.RECUSED
        revisions = cast("tuple[Signed, ...]", values.get("signed") or ())
        if revisions and self._says(revisions[-1].assessment, draft, call):
            if (receipt := _answer(revisions, receipts)) is not None:
                return State.NOT_ACCEPTED if receipt.outcome is Outcome.REFUSED else State.RECEIPTED
            return State.SENT if values.get("sent") == revisions[-1].identity else State.SIGNED
        if completeness.untouched(draft):
            return State.NOT_STARTED
        return State.READY if call and completeness.complete(call, draft) else State.STARTED


def _answer(revisions: tuple[Signed, ...], receipts: tuple[Kept, ...]) -> Receipt | None:
    """The latest receipt about the last of these revisions."""
    if not revisions:
        return None
    return answers.answer(receipts, revisions[-1].identity, (revisions[-1].bundle_sha256,))
