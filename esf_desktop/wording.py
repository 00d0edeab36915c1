"""The fixed words for what people choose, in the language spoken now; window, sheets and reports say them alike."""

from esf_desktop.i18n import _, context
from esf_desktop.model import Call, CriterionId, Declaration, ProjectType, Rating, Recommendation


def rating_word(call: Call, criterion: CriterionId, rating: Rating | None) -> str:
    """The word of the scale, which agrees with principle or area: `Uppfylld`, `Uppfyllt`, `Ej bedömd`."""
    area = call.is_area(criterion)
    if rating is None:
        return context("area", "Not assessed") if area else context("principle", "Not assessed")
    step = next(step for step in call.framework.steps if step.rating is rating)
    return (step.area_word if area else step.word).spoken()


def recommendation_word(recommendation: Recommendation) -> str:
    """What the assessor would have the body decide."""
    match recommendation:
        case Recommendation.PRIORITISE:
            return _("Prioritise")
        case Recommendation.IF_FUNDS_ALLOW:
            return _("Prioritise if funds allow")
        case Recommendation.DO_NOT_PRIORITISE:
            return _("Do not prioritise")
        case Recommendation.DISCUSS:
            return _("Discuss first")


def declaration_word(answer: Declaration) -> str:
    """What an assessor declared on conflict of interest, as others read it."""
    match answer:
        case Declaration.NONE:
            return context("declaration", "No conflict of interest")
        case Declaration.POSSIBLE:
            return context("declaration", "Possible conflict of interest")
        case Declaration.RECUSED:
            return context("declaration", "Abstains")


def project_type_word(value: ProjectType | None) -> str:
    """The kind of project; empty when it is not known."""
    match value:
        case ProjectType.FEASIBILITY_STUDY:
            return _("Feasibility study")
        case ProjectType.IMPLEMENTATION:
            return _("Implementation project")
        case None:
            return ""
