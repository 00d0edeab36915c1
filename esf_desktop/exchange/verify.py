"""Any of the four files checked, and a bundle checked against the call that it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from esf_desktop.errors import (
    BadPayloadError,
    BelongsElsewhereError,
    NoDeclarationError,
    UnknownCriterionError,
    WrongAddresseeError,
)
from esf_desktop.exchange import bundle as bundles
from esf_desktop.exchange import call_package, canonical, enrolment, envelope, receipt
from esf_desktop.exchange.bundle import Bundle, SignedBundle
from esf_desktop.exchange.call_package import SignedCall
from esf_desktop.exchange.enrolment import Enrolment
from esf_desktop.exchange.envelope import Signed
from esf_desktop.exchange.kinds import Kind as Kind
from esf_desktop.exchange.receipt import Receipt
from esf_desktop.exchange.schemas import schemas as schemas
from esf_desktop.model import ApplicationId, Assessment, Call, Criterion, CriterionId, Rating
from esf_desktop.signing import diagnosis
from esf_desktop.signing.faults import Fault
from esf_desktop.signing.source import Source


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was accepted: what it is, what it says, who signed it."""

    kind: Kind
    value: SignedBundle | SignedCall | Signed[Enrolment] | Signed[Receipt]
    trusted: bool | None
    """None when nobody said whom to trust."""

    @property
    def signer(self) -> str:
        """The name in the signer's certificate."""
        return self.value.signer

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the signer's certificate, in hex."""
        return self.value.fingerprint

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments of a bundle; none for other kinds."""
        return self.value.bundle.assessments if isinstance(self.value, SignedBundle) else ()


def examine(source: Source, *, file: str, trusted: frozenset[str] | None = None) -> Examined:
    """What a file is and says; its content decides, not its name.

    Args:
        trusted: fingerprints of the certificates that may have signed; None lets anyone.

    Raises:
        FileError: of the class that says what is wrong with it.
    """
    kind, sealed = envelope.begin(source, file=file, trusted=trusted)
    value: SignedBundle | SignedCall | Signed[Enrolment] | Signed[Receipt]
    match kind:
        case Kind.BUNDLE:
            value = bundles.parse(envelope.whole(kind, sealed), file=file)
        case Kind.CALL:
            value = call_package.read_sealed(sealed)
        case Kind.ENROLMENT:
            value = enrolment.parse(envelope.whole(kind, sealed), file=file)
        case Kind.RECEIPT:
            value = receipt.parse(envelope.whole(kind, sealed), file=file)
    return Examined(kind, value, None if trusted is None else True)


def looks_like_ours(content: Source, file: str) -> bool:
    """Whether a file was meant to be one of the four, sound or not: by its beginning or by its name."""
    return content.startswith(diagnosis.START) or file.lower().endswith(tuple(kind.suffix for kind in Kind))


Questions = Mapping[CriterionId, tuple[bool, ...]]
"""Of each criterion, whether each of its guiding questions is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one version of a call asks about, found out once for many bundles; make it with `Asked.of`."""

    call: Call
    call_sha256: str
    secretariat_fingerprint: str
    framework: str
    applications: frozenset[ApplicationId]
    studies: frozenset[ApplicationId]
    """The applications that are förstudier."""
    questions: Mapping[bool, Questions]
    """What a förstudie (True), and what anything else (False) is asked."""
    areas: frozenset[CriterionId]

    @classmethod
    def of(cls, call: Call, *, call_sha256: str, secretariat_fingerprint: str) -> "Asked":
        """What this version asks about, of the secretariat whose certificate has this fingerprint."""
        return cls(
            call,
            call_sha256,
            secretariat_fingerprint,
            canonical.identity(call.framework),
            frozenset(application.id for application in call.applications),
            frozenset(application.id for application in call.applications if call.is_feasibility_study(application.id)),
            {study: _questions(call.criteria, study=study) for study in (False, True)},
            frozenset(area.id for area in call.framework.areas),
        )

    def check(self, bundle: Bundle, *, file: str) -> None:
        """A bundle answers this version of this call, of this secretariat, and rates nothing else than it asks about.

        Raises:
            WrongAddresseeError, BelongsElsewhereError, UnknownCriterionError, NoDeclarationError, BadPayloadError
        """
        call = self.call
        if bundle.to != self.secretariat_fingerprint:
            raise WrongAddresseeError(file, _short(bundle.to), f"{call.body} ({_short(self.secretariat_fingerprint)})")
        asked = (call.id, call.call_version, self.call_sha256, call.practice)
        if (bundle.call.id, bundle.call.version, bundle.call.sha256, bundle.practice) != asked:
            other = f"{bundle.call.id} ({bundle.call.version}, {_short(bundle.call.sha256)})"
            this = f"{call.id} ({call.call_version}, {_short(self.call_sha256)})"
            raise BelongsElsewhereError(file, other, this, exactly=Fault.OTHER_CALL)
        for assessment in bundle.assessments:
            if assessment.application not in self.applications:
                raise BelongsElsewhereError(file, assessment.application, call.id, exactly=Fault.OTHER_APPLICATION)
            if assessment.framework_sha256 != self.framework:
                raise BadPayloadError(file, exactly=Fault.OTHER_FRAMEWORK)
            if assessment.recused and assessment.judgements:
                raise NoDeclarationError(file, assessment.application, exactly=Fault.RECUSED_BUT_ASSESSED)
            questions = self.questions[assessment.application in self.studies]
            _check_ratings(assessment, questions, call.scale.ratings, file)
            if assessment.main_area is not None and assessment.main_area not in self.areas & questions.keys():
                raise UnknownCriterionError(file, assessment.main_area, exactly=Fault.MAIN_AREA)


def check_bundle_against_call(
    bundle: Bundle, call: Call, *, call_sha256: str, secretariat_fingerprint: str, file: str
) -> None:
    """As `Asked.check`, for one bundle."""
    asked = Asked.of(call, call_sha256=call_sha256, secretariat_fingerprint=secretariat_fingerprint)
    asked.check(bundle, file=file)


def _questions(criteria: Iterable[Criterion], *, study: bool) -> Questions:
    return {
        criterion.id: tuple(not study or question.for_feasibility_study for question in criterion.questions)
        for criterion in criteria
        if not study or criterion.for_feasibility_study
    }


def _check_ratings(assessment: Assessment, questions: Questions, ratings: tuple[Rating, ...], file: str) -> None:
    for judgement in assessment.judgements:
        if judgement.criterion not in questions:
            raise UnknownCriterionError(file, judgement.criterion, exactly=Fault.CRITERION)
        if judgement.rating not in (None, *ratings):
            raise UnknownCriterionError(file, judgement.criterion, exactly=Fault.RATING)
        asked = questions[judgement.criterion]
        if len(judgement.questions) not in (0, len(asked)):
            raise BadPayloadError(file, exactly=Fault.QUESTIONS)
        if any(judgement.questions) and any(
            answer and not is_asked for answer, is_asked in zip(judgement.questions, asked, strict=False)
        ):
            raise UnknownCriterionError(file, judgement.criterion, exactly=Fault.QUESTION_NOT_ASKED)


def _short(sha256: str) -> str:
    return sha256[:8].upper()
