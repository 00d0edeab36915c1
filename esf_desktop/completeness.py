"""What an assessment still lacks before it can be signed, and how far a round has come. Saving never needs anything."""

from enum import StrEnum

from esf_desktop.i18n import _, context
from esf_desktop.model import ApplicationId, Assessment, Call, CriterionId, Declaration, Draft, Rating, Value


class Lack(StrEnum):
    """One kind of thing that signing needs."""

    DECLARATION = "declaration"
    RATING = "rating"
    COMMENT = "comment"
    EVIDENCE = "evidence"
    OVERALL = "overall"
    RECOMMENDATION = "recommendation"
    REVIEW = "review"


class Missing(Value, frozen=True):
    """One thing that an assessment lacks; `required` is false for what is only warned of."""

    application: ApplicationId
    lack: Lack
    criterion: CriterionId | None = None
    required: bool = True

    def sentence(self) -> str:
        """What is missing, for a list beside the application's name."""
        match self.lack:
            case Lack.DECLARATION:
                return _("Answer the question on conflict of interest.")
            case Lack.RATING:
                return _("{criterion} is not rated.").format(criterion=self.criterion)
            case Lack.COMMENT:
                return _("{criterion} has no comment.").format(criterion=self.criterion)
            case Lack.EVIDENCE:
                return _("{criterion} is rated as met without evidence.").format(criterion=self.criterion)
            case Lack.OVERALL:
                return _("The overall assessment is not written.")
            case Lack.RECOMMENDATION:
                return _("No recommendation is chosen.")
            case Lack.REVIEW:
                return _("{criterion} has a new wording; look at your answers again.").format(criterion=self.criterion)


class State(StrEnum):
    """How far one application has come, on this desk and beyond."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    READY = "ready"
    SIGNED = "signed"
    SENT = "sent"
    RECEIPTED = "receipted"
    NOT_ACCEPTED = "not_accepted"
    RECUSED = "recused"

    def word(self) -> str:
        """The state in the language spoken now."""
        match self:
            case State.NOT_STARTED:
                return _("Not started")
            case State.STARTED:
                return _("Started")
            case State.READY:
                return _("Ready to sign")
            case State.SIGNED:
                return _("Signed")
            case State.SENT:
                return _("Sent")
            case State.RECEIPTED:
                return _("Receipted")
            case State.NOT_ACCEPTED:
                return _("Not accepted")
            case State.RECUSED:
                return context("state", "Recused")

    @property
    def finished(self) -> bool:
        """Whether the assessor has nothing left to write."""
        return self not in (State.NOT_STARTED, State.STARTED)


def missing(call: Call, draft: Draft) -> tuple[Missing, ...]:
    """Everything that the draft lacks, in the order of the checklist; a recused one lacks nothing."""
    application = draft.application
    if draft.conflict_of_interest is None:
        return (Missing(application, Lack.DECLARATION), *_unrated(call, draft))
    if draft.recused:
        return ()
    return _unrated(call, draft)


def complete(call: Call, draft: Draft) -> bool:
    """Whether the draft can be signed as it is."""
    return not any(lack.required for lack in missing(call, draft))


def untouched(draft: Draft) -> bool:
    """Whether the assessor has entered nothing but, perhaps, that there is no conflict of interest."""
    judged = any(j.rating or j.comment or j.evidence or any(j.questions) for j in draft.judgements)
    return not (judged or draft.main_area or draft.overall or draft.recommendation or draft.recused)


def unchanged(draft: Draft, signed: Assessment) -> bool:
    """Whether the draft still says what was signed; a recused one says only that."""
    said = signed.conflict_of_interest
    if draft.recused or signed.recused:
        return draft.recused and said.answer is Declaration.RECUSED
    mine = (draft.conflict_of_interest, draft.judgements, draft.main_area, draft.overall, draft.recommendation)
    return mine == (said, signed.judgements, signed.main_area, signed.overall, signed.recommendation)


def met_count(call: Call, draft: Draft) -> tuple[int, int]:
    """How many of the principles that it is judged by are met, and how many they are. Never a score."""
    principles = call.principles_for(draft.application)
    return sum(draft.judgement(principle.id).rating is Rating.MET for principle in principles), len(principles)


def _unrated(call: Call, draft: Draft) -> tuple[Missing, ...]:
    lacks: list[Missing] = []
    for criterion in call.criteria_for(draft.application):
        judgement = draft.judgement(criterion.id)
        if criterion.id in draft.to_review:
            lacks.append(Missing(draft.application, Lack.REVIEW, criterion.id))
        if judgement.rating not in call.scale.ratings:
            lacks.append(Missing(draft.application, Lack.RATING, criterion.id))
            continue
        met = judgement.rating is Rating.MET
        principle = not call.is_area(criterion.id)
        needs_comment = call.require.comments and (principle or met)
        if not judgement.comment.strip() and (needs_comment or judgement.rating is Rating.CANNOT_ASSESS):
            lacks.append(Missing(draft.application, Lack.COMMENT, criterion.id))
        if met and principle and not judgement.evidence:
            lacks.append(Missing(draft.application, Lack.EVIDENCE, criterion.id, required=call.require.evidence))
    if not draft.overall.strip():
        lacks.append(Missing(draft.application, Lack.OVERALL))
    if draft.recommendation is None:
        lacks.append(Missing(draft.application, Lack.RECOMMENDATION))
    return tuple(lacks)
