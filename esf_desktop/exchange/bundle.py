"""The bundle: one assessor's signed-off assessments on their way to the secretariat, with sheets to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec

from esf_desktop.errors import (
    BadPayloadError,
    FileError,
    NoDeclarationError,
    UnknownCriterionError,
    WrongPersonError,
)
from esf_desktop.exchange import canonical, checks, envelope
from esf_desktop.exchange.envelope import Count, Sha256, Signed, Uuid
from esf_desktop.exchange.kinds import Kind
from esf_desktop.model import Assessment, AssessorId, CallId, Evidence, Moment, Rating, Value, replace
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.container import Member, Opened
from esf_desktop.signing.faults import Fault

SHEETS = "sheets.pdf"
_MEMBERS = {Kind.BUNDLE.payload: envelope.JSON, SHEETS: "application/pdf"}


class CallReference(Value, frozen=True):
    """Which version of which call was assessed; `sha256` is that of `call.json`."""

    id: CallId
    version: Count
    sha256: Sha256


class Signatory(Value, frozen=True):
    """The assessor, and the certificate that the bundle is signed with."""

    id: AssessorId
    name: str
    organisation: str
    certificate_sha256: Sha256


class JournalHead(Value, frozen=True):
    """The last row of the assessor's journal when the bundle was made."""

    sequence: Count
    head: Sha256


class Bundle(Value, frozen=True, tag_field="type", tag=Kind.BUNDLE.type):
    """What an assessor sends; `to` is the fingerprint of the secretariat's certificate."""

    bundle_id: Uuid
    practice: bool
    call: CallReference
    to: Sha256
    assessor: Signatory
    claimed_at: Moment
    journal: JournalHead
    program: str
    assessments: tuple[Assessment, ...]
    version: Literal[1] = 1


@dataclass(frozen=True, slots=True)
class SignedBundle(Signed[Bundle]):
    """A bundle, its sheets, and who signed it."""

    identities: tuple[str, ...]
    """Of the assessments, in their order."""
    spelled: tuple[bytes, ...]
    """The one spelling of each of them."""

    @property
    def bundle(self) -> Bundle:
        """What the assessor sends."""
        return self.value

    @property
    def sheets(self) -> bytes:
        """The readable copy; `bundle` decides."""
        return self.opened.members[SHEETS]


def write_bundle(bundle: Bundle, sheets: bytes, key: Signer, *, at: datetime) -> bytes:
    """The bundle as a file."""
    return envelope.write(Kind.BUNDLE, bundle, [Member(SHEETS, _MEMBERS[SHEETS], sheets)], key, at=at)


def read_bundle(content: bytes, *, file: str, trusted: frozenset[str] | None = None) -> SignedBundle:
    """The bundle of a file; with `trusted`, nothing of it is parsed unless one of those certificates signed it.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    return parse(envelope.open_kind(Kind.BUNDLE, content, file=file, trusted=trusted), file=file)


def parse(opened: Opened, *, file: str) -> SignedBundle:
    """The bundle in a container that was checked."""
    envelope.check_members(opened, _MEMBERS, file=file)
    payload = opened.members[Kind.BUNDLE.payload]
    assessments: list[bytes] = []

    def spell(bundle: Bundle) -> bytes:
        """The spelling of the whole from that of each assessment, which is needed for its identity anyway."""
        assessments.extend(canonical.encode(assessment) for assessment in bundle.assessments)
        spelled: Any = tuple(map(msgspec.Raw, assessments))
        return canonical.encode(replace(bundle, assessments=spelled))

    try:
        bundle = canonical.decode(payload, Bundle, file=file, spell=spell)
    except BadPayloadError as error:
        raise _clearer(payload, file) or error from error
    checks.person(bundle.assessor.id, bundle.assessor.name, file=file)
    if bundle.assessor.certificate_sha256 != opened.fingerprint:
        raise WrongPersonError(file, bundle.assessor.name, opened.signer.name)
    checks.moments((bundle.claimed_at,), file=file)
    identities = tuple(map(canonical.digest, assessments))
    checks.distinct(identities, file=file)
    if not bundle.assessments:
        raise BadPayloadError(file, exactly=Fault.NO_ASSESSMENTS)
    for assessment in bundle.assessments:
        _check(assessment, file)
    return SignedBundle(bundle, payload, opened, identities, tuple(assessments))


def _check(assessment: Assessment, file: str) -> None:
    declared = assessment.conflict_of_interest
    checks.names((assessment.application, *(judgement.criterion for judgement in assessment.judgements)), file=file)
    if assessment.recused and (assessment.judgements or assessment.main_area or assessment.recommendation):
        raise NoDeclarationError(file, assessment.application, exactly=Fault.RECUSED_BUT_ASSESSED)
    checks.moments((declared.declared_at, assessment.signed_off_at), file=file)
    checks.distinct([judgement.criterion for judgement in assessment.judgements], file=file)
    checks.distinct(assessment.parents, file=file)
    if assessment.revision < 1 or (assessment.revision == 1) != (not assessment.parents):
        raise BadPayloadError(file, exactly=Fault.REVISION)
    evidence = [evidence for judgement in assessment.judgements for evidence in judgement.evidence]
    checks.digests({found.document for found in evidence}, file=file)
    if not all(map(_has_one_form, evidence)):
        raise BadPayloadError(file, exactly=Fault.EVIDENCE_PLACE)


def _has_one_form(evidence: Evidence) -> bool:
    """Whether evidence has its place on a page or in a text, never both and never neither."""
    if evidence.page is not None:
        return evidence.block is None and evidence.page >= 0
    return evidence.block is not None and evidence.block >= 0 and not evidence.label and not evidence.rects


def _clearer(payload: bytes, file: str) -> FileError | None:
    """The fault of a payload in the words of the field, when it lies in a declaration or a rating."""
    try:
        found: Any = msgspec.json.decode(payload)
        for assessment in found["assessments"]:
            application = str(assessment["application"])[: checks.LONGEST_NAME]
            declared = assessment.get("conflict_of_interest")
            if not isinstance(declared, dict) or declared.get("answer") not in ("none", "possible", "recused"):
                return NoDeclarationError(file, application, exactly=Fault.DECLARATION_MISSING)
            for judgement in assessment["judgements"]:
                if judgement["rating"] not in (None, *Rating):
                    criterion = str(judgement["criterion"])[: checks.LONGEST_NAME]
                    return UnknownCriterionError(file, criterion, exactly=Fault.RATING)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, KeyError, TypeError, AttributeError):
        return None
    return None
