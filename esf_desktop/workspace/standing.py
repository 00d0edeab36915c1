"""What the fields of an application amount to: the assessor's draft, how far it has come, and what was answered."""

from collections.abc import Callable
from typing import cast

from esf_desktop import completeness
from esf_desktop.completeness import State
from esf_desktop.exchange import answers
from esf_desktop.exchange.answers import Kept
from esf_desktop.exchange.receipt import Outcome, Receipt
from esf_desktop.model import ApplicationId, Assessment, Call, Draft, Judgement, Rating
from esf_desktop.workspace import fields
from esf_desktop.workspace.fields import Signed


def draft(application: ApplicationId, values: dict[str, object], call: Call | None) -> Draft:
    """The assessor's work on one application, from the values of its fields by name."""
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
        tuple(judgement.criterion for judgement in judgements if fields.of("review", judgement.criterion) in values),
    )


def state(
    said: Draft,
    values: dict[str, object],
    call: Call | None,
    receipts: tuple[Kept, ...],
    framework_sha256: Callable[[Call], str],
) -> State:
    """How far an application has come; the last argument gives the identity of a call's framework."""
    if said.recused:
        return State.RECUSED
    revisions = cast("tuple[Signed, ...]", values.get("signed") or ())
    if revisions and _signed_as_it_is(revisions[-1].assessment, said, call, framework_sha256):
        if (receipt := answer(revisions, receipts)) is not None:
            return State.NOT_ACCEPTED if receipt.outcome is Outcome.REFUSED else State.RECEIPTED
        return State.SENT if values.get("sent") == revisions[-1].identity else State.SIGNED
    if completeness.untouched(said):
        return State.NOT_STARTED
    return State.READY if call and completeness.complete(call, said) else State.STARTED


def answer(revisions: tuple[Signed, ...], receipts: tuple[Kept, ...]) -> Receipt | None:
    """The latest receipt about the last of these revisions."""
    if not revisions:
        return None
    return answers.answer(receipts, revisions[-1].identity, (revisions[-1].bundle_sha256,))


def _signed_as_it_is(
    signed: Assessment, said: Draft, call: Call | None, framework_sha256: Callable[[Call], str]
) -> bool:
    """Whether what was signed is what the draft says, under the wording that the call has now."""
    same = not said.to_review and completeness.unchanged(said, signed)
    return same and (call is None or signed.framework_sha256 == framework_sha256(call))
