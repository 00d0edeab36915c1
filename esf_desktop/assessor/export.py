"""Signing and sending: what is missing, exactly what would leave, and one signed file of it."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import esf_desktop
from esf_desktop import completeness
from esf_desktop.assessor.identity import assessor_of, introduced, known_assessor
from esf_desktop.completeness import Missing, State
from esf_desktop.errors import EsfError, ExportFailedError
from esf_desktop.exchange import answers
from esf_desktop.exchange.bundle import Bundle, CallReference, JournalHead, Signatory, read_bundle, write_bundle
from esf_desktop.exchange.canonical import identity
from esf_desktop.exchange.receipt import Outcome
from esf_desktop.exchange.verify import check_bundle_against_call
from esf_desktop.files import safe_name, write_whole
from esf_desktop.history import Kind
from esf_desktop.i18n import _, language
from esf_desktop.model import ApplicationId, Assessment, Assessor, Call, Draft
from esf_desktop.signing import certificate as certificates
from esf_desktop.signing.cms import Signer
from esf_desktop.workspace import Change, Workspace
from esf_desktop.workspace.fields import Package, Signed


class NoCallPackageError(EsfError):
    """Applications that no secretariat has asked about."""

    code = "no_call_package"

    def sentence(self) -> str:
        return _("There is no secretariat to send to; open its call package first, or print the sheets.")


class NothingToSignError(EsfError):
    """A round where nothing is finished, or nothing is new since the last signing."""

    code = "nothing_to_sign"

    def sentence(self) -> str:
        return _("Nothing is ready to sign that was not signed before; nothing was changed.")


class UnsoundWorkError(EsfError):
    """Work that does not follow from its journal; nobody signs that."""

    code = "unsound_work"

    def sentence(self) -> str:
        return _("The work has faults, so nothing was signed; run “esf check”, or restore a backup first.")


@dataclass(eq=False)
class OtherPersonsKeyError(EsfError):
    """A key that was made for somebody else than the person who works here."""

    code = "other_persons_key"
    says: str
    signer: str

    def sentence(self) -> str:
        return _("{a} works here, but the key belongs to {b}; choose the right key. Nothing was changed.").format(
            a=self.says, b=self.signer
        )


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what would leave the computer now, and what would stay behind."""

    call: Call
    assessor: Assessor
    leaving: tuple[Assessment, ...]
    unfinished: tuple[ApplicationId, ...]
    problems: tuple[Missing, ...]
    """Everything missing or warned of, in applications that have been started."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bundle that was written, verified and remembered."""

    path: Path
    sha256: str
    """Of the signed bundle, before it was encrypted: what its receipt names."""
    encrypted: bool
    assessments: tuple[Assessment, ...]
    change: Change


def preview(workspace: Workspace, *, at: datetime) -> Preview:
    """What signing now would send.

    Raises:
        NoCallPackageError, NotIntroducedError: nothing was changed.
    """
    call, _package = _round(workspace)
    drafts, states = workspace.drafts(), workspace.states()
    return Preview(
        call,
        known_assessor(workspace),
        leaving(workspace, at=at),
        tuple(id_ for id_, state in states.items() if not state.finished and id_ not in call.withdrawn),
        tuple(
            lack
            for application, draft in drafts.items()
            if states[application] in (State.STARTED, State.READY) and application not in call.withdrawn
            for lack in completeness.missing(call, draft)
        ),
    )


def leaving(workspace: Workspace, *, at: datetime) -> tuple[Assessment, ...]:
    """The assessments that are finished and new since the last signing; those of what is withdrawn stay.

    Raises:
        NoCallPackageError: nothing was changed.
    """
    call, _package = _round(workspace)
    states = workspace.states()
    return tuple(
        _assessment(workspace, call, draft, at)
        for draft in workspace.drafts().values()
        if draft.application not in call.withdrawn and _is_new(workspace, draft, states)
    )


def export(workspace: Workspace, key: Signer, folder: Path, *, at: datetime, plain: bool = False) -> Exported:
    """Sign what is finished and new, as one file in the folder, and remember that it was signed.

    The file is encrypted when the call names recipients, unless it is to be plain; nothing else is written anywhere.

    Raises:
        NoCallPackageError, NotIntroducedError, NothingToSignError, UnsoundWorkError, ExportFailedError: nothing was
        changed.
        FileError: the secretariat would refuse it; nothing was changed.
    """
    call, package = _round(workspace)
    assessor = known_assessor(workspace)
    signed = leaving(workspace, at=at)
    if not signed:
        raise NothingToSignError
    if workspace.faults():
        raise UnsoundWorkError
    bundle = _bundle(workspace, call, package, assessor, signed, key, at)
    content = write_bundle(bundle, _sheets(workspace, call, assessor, signed, key), key, at=at)
    name = safe_name(f"{call.id} {assessor.name} {at:%Y-%m-%d %H%M%S}") + ".esfbundle"
    made = read_bundle(content, file=name).bundle
    check_bundle_against_call(
        made, call, call_sha256=package.sha256, secretariat_fingerprint=package.fingerprint, file=name
    )
    sha256 = hashlib.sha256(content).hexdigest()
    encrypted = bool(call.recipients) and not plain
    leaving_file = _encrypted(content, call) if encrypted else content
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _free(folder / name)
        write_whole(target, leaving_file, mode=0o644)
    except OSError as error:
        raise ExportFailedError(str(folder)) from error
    try:
        with workspace.write(at=at, kind=Kind.SEAL) as work:
            for assessment in signed:
                new = Signed(identity(assessment), assessment, bundle.bundle_id, target.name, key.fingerprint, sha256)
                work.put(assessment.application, "signed", (*workspace.signed(assessment.application), new))
    except EsfError:
        target.unlink(missing_ok=True)
        raise
    return Exported(target, sha256, encrypted, signed, work.change)


def check_owner(workspace: Workspace, signer: Signer) -> None:
    """A key or card that is not this desk's own may sign for its person when it was introduced here or has their name.

    Raises:
        OtherPersonsKeyError: it is somebody else's.
    """
    here, owner = known_assessor(workspace), assessor_of(signer)
    known = signer.fingerprint in introduced(workspace) or here.id == owner.id
    if not known and certificates.room_for(here.name) != owner.name:
        raise OtherPersonsKeyError(here.name, owner.name)


def mark_sent(workspace: Workspace, *, at: datetime) -> Change:
    """Remember that the person has sent everything that is signed; a program without a network cannot know."""
    states = workspace.states()
    with workspace.write(at=at, kind=Kind.SEAL) as work:
        for application, state in states.items():
            signed = workspace.signed(application)
            if signed and state in (State.SIGNED, State.RECUSED):
                work.put(application, "sent", signed[-1].identity)
    return work.change


def verification_code(assessment: Assessment) -> str:
    """The first 16 hex digits of the assessment's identity, in groups: `7F3A 91C2 04DE B86A`."""
    digits = identity(assessment)[:16].upper()
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def _encrypted(content: bytes, call: Call) -> bytes:
    from esf_desktop.signing.encryption import encrypt

    return encrypt(content, call.recipients)


def _free(target: Path) -> Path:
    """The target, or the same with a number when an earlier bundle has that name; none is written over."""
    number, found = 1, target
    while found.exists():
        number += 1
        found = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return found


def _round(workspace: Workspace) -> tuple[Call, Package]:
    call, package = workspace.call(), workspace.package()
    if call is None or package is None:
        raise NoCallPackageError
    return call, package


def _is_new(workspace: Workspace, draft: Draft, states: dict[ApplicationId, State]) -> bool:
    if states[draft.application] is not State.RECUSED:
        return states[draft.application] in (State.READY, State.NOT_ACCEPTED)
    signed = workspace.signed(draft.application)
    return not (signed and completeness.unchanged(draft, signed[-1].assessment)) or _refused(workspace, signed[-1])


def _refused(workspace: Workspace, signed: Signed) -> bool:
    """Whether the secretariat has not accepted it; what is signed next does not build on it."""
    answer = answers.answer(workspace.receipts(), signed.identity, (signed.bundle_sha256,))
    return answer is not None and answer.outcome is Outcome.REFUSED


def _assessment(workspace: Workspace, call: Call, draft: Draft, at: datetime) -> Assessment:
    before = workspace.signed(draft.application)
    last = next((one for one in reversed(before) if not _refused(workspace, one)), None)
    declared = draft.conflict_of_interest
    if declared is None:
        raise AssertionError("a draft without a declaration is never complete")
    empty = Draft(draft.application)
    said = empty if draft.recused else draft
    return Assessment(
        assessment_id=before[-1].assessment.assessment_id if before else str(uuid.uuid4()),
        application=draft.application,
        documents=tuple(document.sha256 for document in call.application(draft.application).documents),
        revision=last.assessment.revision + 1 if last else 1,
        parents=(last.identity,) if last else (),
        framework_sha256=identity(call.framework),
        conflict_of_interest=declared,
        judgements=said.judgements,
        main_area=said.main_area,
        overall=said.overall,
        recommendation=said.recommendation,
        signed_off_at=at.replace(microsecond=0),
    )


def _bundle(
    workspace: Workspace,
    call: Call,
    package: Package,
    assessor: Assessor,
    leaving: tuple[Assessment, ...],
    key: Signer,
    at: datetime,
) -> Bundle:
    head = workspace.journal_head()
    return Bundle(
        bundle_id=str(uuid.uuid4()),
        practice=call.practice,
        call=CallReference(call.id, call.call_version, package.sha256),
        to=package.fingerprint,
        assessor=Signatory(assessor.id, assessor.name, assessor.organisation, key.fingerprint),
        claimed_at=at.replace(microsecond=0),
        journal=JournalHead(head.number, head.hash),
        program=esf_desktop.__version__,
        assessments=leaving,
    )


def _sheets(
    workspace: Workspace, call: Call, assessor: Assessor, leaving: tuple[Assessment, ...], key: Signer
) -> bytes:
    from esf_desktop.sheets.sheet import Seal, SheetItem, sheets

    items = [
        SheetItem(
            workspace.application(assessment.application),
            workspace.draft(assessment.application),
            Seal(identity(assessment), key.fingerprint, assessment.signed_off_at, assessment.revision),
        )
        for assessment in leaving
    ]
    return sheets(call, assessor, items, language=language())
