"""The practice round's proposal: an order with a tie, moves with reasons, one taken back, and an outcome for each."""

from datetime import datetime, timedelta
from functools import partial

from esf_desktop.i18n import _
from esf_desktop.secretariat import appointments, order, proposal
from esf_desktop.secretariat.compare import Order, ordered
from esf_desktop.secretariat.order import Outcome, Rank
from esf_desktop.secretariat.register import Register

BY = "ovning"
TIED = 4
"""The place that is shared, counted from 0."""


def propose(register: Register, *, at: datetime) -> None:
    """Make the moves of a fictional secretary, one each minute; a round of any size gets some."""
    laid = appointments.comparison(register)
    assert laid is not None
    lines = [line for line in ordered(laid.lines, Order.MET) if not line.withdrawn]
    ids = [line.application.id for line in lines]
    ranks: list[Rank] = [(one,) for one in ids]
    if len(ids) > TIED + 1:
        ranks[TIED : TIED + 2] = [(ids[TIED], ids[TIED + 1])]
    minutes = (at + timedelta(minutes=n) for n in range(9))
    proposal.read(register, tuple(ranks), at=next(minutes), by=BY, reason=_("The order of the preparatory meeting."))
    first, last = ids[0], ids[-1]
    if len(ids) > 2:
        third = partial(order.at_place, number=2)
        proposal.move(
            register, ids[2], third, at=next(minutes), by=BY, reason=_("The need in the inland is best shown here.")
        )
        proposal.move(register, first, order.down, at=next(minutes), by=BY)
        proposal.undo(register, at=next(minutes), by=BY, reason=_("Moved by mistake."))
    proposal.follow_the_line(register, at=next(minutes), by=BY)
    if len(ids) > 1 and all(line.met is not None and line.met.most == 0 for line in lines[-1:]):
        proposal.propose(
            register,
            {last: Outcome.NOT_PRIORITISED},
            at=next(minutes),
            by=BY,
            reason=_("The application cannot be read; no principle could be assessed."),
        )
