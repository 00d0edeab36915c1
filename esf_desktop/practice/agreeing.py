"""The practice round's meeting: a substitute who can be appointed, and a joint assessment, corrected once."""

from datetime import datetime, timedelta

from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.i18n import _
from esf_desktop.model import Assessor, AssessorId, Rating, Recommendation, replace
from esf_desktop.practice.proposing import BY
from esf_desktop.secretariat import appointments, consensus, trust
from esf_desktop.secretariat.compare import Order, ordered
from esf_desktop.secretariat.consensus import JointJudgement
from esf_desktop.secretariat.register import Register
from esf_desktop.signing.keys import make_key

SUBSTITUTE = AssessorId("00000000-0000-4000-8000-000000000099")


def enrol_substitute(register: Register, *, at: datetime) -> None:
    """Trust somebody whom the call does not name, so that there is one to appoint where the assessors differ."""
    person = Assessor(SUBSTITUTE, _("Substitute"), "Övning")
    content = write_enrolment(Enrolment(person, "demo", at), make_key(person.name, person.organisation, at=at), at=at)
    trust.enrol(register, content, file="ersattare.esfenrol", at=at, by=BY)


def agree(register: Register, *, at: datetime) -> None:
    """Write the joint assessment of the application that splits the assessors most, and correct it a while later."""
    laid = appointments.comparison(register)
    assert laid is not None
    line = next(line for line in ordered(laid.lines, Order.SPREAD) if not line.withdrawn)
    ratings = {cell.criterion: [tile.rating for tile in cell.tiles if tile.rating is not None] for cell in line.cells}
    judgements = tuple(
        JointJudgement(criterion, Rating.PARTLY, _("The intention is there; how it is done is not shown."))
        if len(set(given)) > 1
        else JointJudgement(criterion, given[0])
        for criterion, given in ratings.items()
        if given
    )
    said = replace(
        consensus.begun(line),
        judgements=judgements,
        text=_("The need is clear. What the assessors differ on has to be shown before the project begins."),
        recommendation=Recommendation.IF_FUNDS_ALLOW,
        main_area=line.area,
    )
    first = replace(said, recommendation=Recommendation.PRIORITISE)
    consensus.write(register, first, at=at, by=BY)
    consensus.write(register, said, at=at + timedelta(minutes=20), by=BY)
