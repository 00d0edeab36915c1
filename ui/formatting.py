"""The fixed words of the window: ratings, answers and days to go, in the language spoken now."""

from datetime import date, datetime

from esf_desktop.i18n import _, context, plural
from esf_desktop.model import Answer, Call, CriterionId, Declaration, ProjectType, Rating, Recommendation


def clock(value: datetime) -> str:
    """`14:32:08` where the reader is."""
    return f"{value.astimezone():%H:%M:%S}"


def days_left(deadline: date, today: date) -> str:
    """How long there is to go; the deadline's own day counts."""
    left = (deadline - today).days
    if left < 0:
        return _("the deadline has passed")
    return _("last day today") if left == 0 else plural("{n} day left", "{n} days left", left).format(n=left)


def rating_word(call: Call, criterion: CriterionId, rating: Rating | None) -> str:
    """The word of the scale, which agrees with principle or area."""
    area = call.is_area(criterion)
    if rating is None:
        return context("area", "Not assessed") if area else context("principle", "Not assessed")
    for step in call.framework.steps:
        if step.rating is rating:
            return (step.area_word if area else step.word).spoken()
    return rating.value


def declaration_word(answer: Declaration) -> str:
    """The answer about conflict of interest, shortly."""
    match answer:
        case Declaration.NONE:
            return context("conflict", "none")
        case Declaration.POSSIBLE:
            return _("possible, the secretariat is asked")
        case Declaration.RECUSED:
            return _("you abstain")


def recommendation_word(value: Recommendation) -> str:
    """What the assessor would have the body decide."""
    match value:
        case Recommendation.PRIORITISE:
            return _("Prioritise")
        case Recommendation.IF_FUNDS_ALLOW:
            return _("Prioritise if funds allow")
        case Recommendation.DO_NOT_PRIORITISE:
            return _("Do not prioritise")
        case Recommendation.DISCUSS:
            return _("Discuss first")


def answer_word(value: Answer | None) -> str:
    """An answer to a guiding question."""
    match value:
        case Answer.YES:
            return _("Yes")
        case Answer.NO:
            return _("No")
        case None:
            return _("Open")


def project_type_word(value: ProjectType | None) -> str:
    """The kind of project; empty when it is not known."""
    match value:
        case ProjectType.FEASIBILITY_STUDY:
            return _("Feasibility study")
        case ProjectType.IMPLEMENTATION:
            return _("Implementation project")
        case None:
            return ""
