"""Whom and what the register trusts: enrolled certificates, revocations, and the versions of its call.

A person has compared the fingerprint before any of these is called. Each decision is one numbered event, which tells
what was decided, about whose key, and who decided it: `by` is the officer, as the computer knows them.
"""

import base64
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from esf_desktop.errors import BelongsElsewhereError, FileError, RevokedSignerError, WrongPersonError
from esf_desktop.exchange import canonical
from esf_desktop.exchange.bundle import read_bundle
from esf_desktop.exchange.call_package import SignedCall, read_call_package
from esf_desktop.exchange.enrolment import read_enrolment
from esf_desktop.exchange.kinds import Kind as FileKind
from esf_desktop.i18n import _
from esf_desktop.model import Value
from esf_desktop.secretariat import tables
from esf_desktop.secretariat.admission import Admission, Gate
from esf_desktop.secretariat.errors import (
    ChangedCallError,
    NotEnrolledError,
    OtherSecretariatError,
    PracticeDataError,
    RealDataError,
)
from esf_desktop.secretariat.events import Kind, Log, iso
from esf_desktop.secretariat.register import Enrolled, Register, RegisteredCall, calls, enrolled
from esf_desktop.signing import container
from esf_desktop.signing.source import Source


class Enrolment(Value, frozen=True):
    """What enrolling did; `new` is false when the certificate was trusted before and nothing was changed."""

    enrolled: Enrolled
    new: bool
    other_keys: tuple[str, ...]
    """Fingerprints of the same person that are trusted already: a second computer, or a reason to ask."""
    replaced: tuple[str, ...] = ()
    """Fingerprints of the same person that are trusted no longer, because this one came in their place."""


class Checked(Value, frozen=True):
    """A bundle that had waited for the call; `code` says why it was refused when it met it."""

    bundle: str
    code: str | None


class AddedCall(Value, frozen=True):
    """What adding a call did; `new` is false when the version was known and nothing was changed."""

    registered: RegisteredCall
    new: bool
    checked: tuple[Checked, ...] = ()


def trusted(register: Register) -> Mapping[str, Enrolled]:
    """The certificates that are trusted now, by fingerprint."""
    return {one.fingerprint: one for one in register.enrolled() if one.revoked is None}


def enrol(
    register: Register, content: bytes, *, file: str, at: datetime, by: str = "", replacing: Collection[str] = ()
) -> Enrolment:
    """Trust the certificate of an enrolment file for the person that it names.

    Args:
        replacing: fingerprints of the same person that are revoked at the same time, since this one renews them;
            those that are not theirs or not trusted are left alone.

    Raises:
        FileError: the file is not sound.
        RevokedSignerError: the certificate was revoked; a person makes a new key instead.
        WrongPersonError: the certificate is trusted for somebody else.
    """
    signed = read_enrolment(content, file=file)
    person = signed.value.assessor
    with register.transaction() as connection:
        known = {one.fingerprint: one for one in enrolled(connection)}
        same_person = [o for o in known.values() if o.assessor == person.id and o.revoked is None]
        others = tuple(sorted(o.fingerprint for o in same_person if o.fingerprint != signed.fingerprint))
        if (found := known.get(signed.fingerprint)) is not None:
            if found.revoked_at is not None:
                raise RevokedSignerError(file, found.revoked_at[:10])
            if found.assessor != person.id:
                raise WrongPersonError(file, person.name, found.name)
            return Enrolment(found, False, others)
        log = Log(connection)
        who = {"assessor": person.id, "name": person.name, "organisation": person.organisation}
        facts = {**who, "device": signed.value.device, "by": by}
        number = log.add(Kind.ENROLLED, signed.fingerprint, facts, at=iso(at))
        values = {"email": person.email, "enrolled": number, "enrolled_at": iso(at)}
        row = {"fingerprint": signed.fingerprint, **who, **values, "enrolment": content}
        connection.execute(tables.certificate.insert(), row)
        renewed = [one for one in same_person if one.fingerprint in {plain(known) for known in replacing}]
        for one in renewed:
            _revoke(connection, log, one, reason=_("Replaced by a new key"), at=iso(at), by=by)
        log.write()
        new = next(one for one in enrolled(connection) if one.fingerprint == signed.fingerprint)
        gone = tuple(sorted(one.fingerprint for one in renewed))
        return Enrolment(new, True, tuple(other for other in others if other not in gone), gone)


def decline(register: Register, content: bytes, *, file: str, at: datetime, by: str = "") -> None:
    """Remember that a person compared the fingerprint of an enrolment file and it was another; nothing is trusted.

    Raises:
        FileError: the file is not sound.
    """
    signed = read_enrolment(content, file=file)
    person = signed.value.assessor
    with register.transaction() as connection:
        log = Log(connection)
        facts = {"assessor": person.id, "name": person.name, "device": signed.value.device, "by": by}
        log.add(Kind.DIFFERED, signed.fingerprint, facts, at=iso(at))
        log.write()


def revoke(register: Register, fingerprint: str, *, at: datetime, reason: str = "", by: str = "") -> Enrolled:
    """Trust the certificate no longer; what was registered before stays, what comes after is refused.

    Raises:
        NotEnrolledError: no such certificate was ever trusted.
    """
    wanted = plain(fingerprint)
    with register.transaction() as connection:
        found = next((one for one in enrolled(connection) if one.fingerprint == wanted), None)
        if found is None:
            raise NotEnrolledError(fingerprint)
        if found.revoked is None:
            log = Log(connection)
            _revoke(connection, log, found, reason=reason, at=iso(at), by=by)
            log.write()
        return next(one for one in enrolled(connection) if one.fingerprint == wanted)


def _revoke(connection: sa.Connection, log: Log, one: Enrolled, *, reason: str, at: str, by: str) -> None:
    facts = {"assessor": one.assessor, "name": one.name, "reason": canonical.tidy(reason).strip(), "by": by}
    number = log.add(Kind.REVOKED, one.fingerprint, facts, at=at)
    change = sa.update(tables.certificate).where(tables.certificate.c.fingerprint == one.fingerprint)
    connection.execute(change.values(revoked=number, revoked_at=at))


def plain(fingerprint: str) -> str:
    """A fingerprint as it was typed or read out, without what only helps the eye."""
    return "".join(fingerprint.replace(":", "").split()).lower()


def add_call(register: Register, content: Source, *, file: str, at: datetime, confirmed: str = "") -> AddedCall:
    """Tell the register a version of its call, and check the bundles that have waited for it.

    The first call settles the register's call, its secretariat's certificate, and whether it is for practice. The event
    keeps what was signed and the signature, so that anybody can check the version later without the package.

    Args:
        content: a file of any size is read in pieces, none of its documents is kept.
        confirmed: the fingerprint of the secretariat's new key, compared by a person, when it has renewed its key.

    Raises:
        FileError: the file is not sound, of another call or secretariat, or changes a version that is registered.
    """
    signed = read_call_package(content, file=file)
    with register.transaction() as connection:
        known = calls(connection)
        if known:
            _check_same(known, signed, file, plain(confirmed))
        for one in known:
            if one.sha256 == signed.sha256:
                return AddedCall(one, False)
        log = Log(connection)
        manifest, signature = container.proof(content)
        facts = {
            "id": signed.call.id,
            "version": signed.call.call_version,
            "signer": signed.fingerprint,
            "manifest": manifest.decode("ascii"),
            "signature": base64.b64encode(signature).decode("ascii"),
        }
        number = log.add(Kind.CALL_ADDED, signed.sha256, facts, at=iso(at))
        row = {"version": signed.call.call_version, "id": signed.call.id, "sha256": signed.sha256, "number": number}
        payload = signed.payload.decode()
        connection.execute(tables.call.insert(), {**row, "fingerprint": signed.fingerprint, "payload": payload})
        checked = _check_waiting(connection, log, at=iso(at))
        log.write()
        return AddedCall(RegisteredCall(signed.call, signed.sha256, signed.fingerprint, number), True, checked)


def _check_same(known: tuple[RegisteredCall, ...], signed: SignedCall, file: str, confirmed: str) -> None:
    first = known[0]
    if signed.call.practice != first.call.practice:
        raise PracticeDataError(file) if signed.call.practice else RealDataError(file)
    if signed.call.id != first.call.id:
        raise BelongsElsewhereError(file, signed.call.id, first.call.id)
    latest = max(known, key=lambda one: one.number)
    registered = any(one.sha256 == signed.sha256 and one.fingerprint == signed.fingerprint for one in known)
    if not registered and signed.fingerprint not in (latest.fingerprint, confirmed):
        raise OtherSecretariatError(file, signed.fingerprint)
    for one in known:
        if one.call.call_version == signed.call.call_version and one.sha256 != signed.sha256:
            raise ChangedCallError(file, one.call.call_version)


def _check_waiting(connection: sa.Connection, log: Log, *, at: str) -> tuple[Checked, ...]:
    b = tables.bundle.c
    gate = Gate(calls(connection))
    waiting = sa.select(b.sha256).where(b.admission == Admission.CALL_UNKNOWN).order_by(b.sha256)
    checked: list[Checked] = []
    for sha256 in connection.execute(waiting).scalars().all():
        content = bytes(connection.execute(sa.select(b.content).where(b.sha256 == sha256)).scalar_one())
        name = sha256[:16] + FileKind.BUNDLE.suffix
        code: str | None = None
        try:
            admission = gate.admission(read_bundle(content, file=name).bundle, file=name)
        except FileError as refusal:
            admission, code = Admission.REFUSED, refusal.code
        if admission is Admission.CALL_UNKNOWN:
            continue
        log.add(Kind.BUNDLE_CHECKED, sha256, {"code": code}, at=at)
        change = tables.bundle.update().where(b.sha256 == sha256)
        connection.execute(change.values(admission=admission.value, code=code))
        checked.append(Checked(sha256, code))
    _settle_assessments(connection, [one.bundle for one in checked])
    return tuple(checked)


def _settle_assessments(connection: sa.Connection, bundles: list[str]) -> None:
    """Give each assessment of these bundles the best admission of any bundle that carries it."""
    a, b, c = tables.assessment.c, tables.bundle.c, tables.content.c
    for sha256 in bundles:
        inside = connection.execute(sa.select(c.identity, b.assessor).join(tables.bundle).where(c.bundle == sha256))
        for identity, assessor in inside.all():
            carriers = sa.select(b.admission).join(tables.content).where(c.identity == identity, b.assessor == assessor)
            best = min(Admission(found) for found in connection.execute(carriers).scalars())
            there = (a.identity == identity) & (a.assessor == assessor)
            connection.execute(tables.assessment.update().where(there).values(admission=best.value))
