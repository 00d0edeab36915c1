"""What the list of the proposal shows: applications with what helps to order them, and lines where the money ends."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Call, Recommendation
from esf_desktop.wording import recommendation_word

if TYPE_CHECKING:
    from esf_desktop.secretariat.compare import Comparison, Line
    from esf_desktop.secretariat.consensus import Consensus
    from esf_desktop.secretariat.funds import BudgetLine, Claim
    from esf_desktop.secretariat.order import Outcome, Place
    from esf_desktop.secretariat.proposal import Proposal


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An application in its place; every text is as it is shown."""

    application: Application
    place: "Place"
    rank: int
    above: bool
    """Whether the row above stands equal with it."""
    below: bool
    pot: str
    asked: str
    running: str
    reach: str
    short: bool
    """Whether the money does not reach to it, or not to all of its tie."""
    met: str
    recommended: tuple[str, ...]
    apart: str
    """The criteria on which the assessors are far apart."""
    joint: tuple[str, ...]
    outcome: "Outcome | None"

    @property
    def place_words(self) -> str:
        """The place as it is said."""
        words = _("place {n}, shared") if self.place.tied else _("place {n}")
        return words.format(n=self.place.number)


def rows(
    proposal: "Proposal", comparison: "Comparison", agreed: "Mapping[ApplicationId, Consensus]"
) -> "tuple[OrderRow | BudgetLine, ...]":
    """From the first place to the last, the lines of the budget in between."""
    lines = {line.application.id: line for line in comparison.lines}
    places, claims, budget = proposal.places, proposal.claims, proposal.lines
    made: list[OrderRow | BudgetLine] = []
    for number, rank in enumerate(proposal.order):
        made += [line for line in budget if line.rank == number]
        for at, one in enumerate(rank):
            joint = _joint(proposal.call, agreed.get(one))
            tied = (at > 0, at < len(rank) - 1)
            made.append(_row(lines[one], places[one], number, tied, claims[one], joint, proposal.outcomes.get(one)))
    return (*made, *(line for line in budget if line.rank == len(proposal.order)))


def _row(
    line: "Line",
    place: "Place",
    rank: int,
    tied: tuple[bool, bool],
    claim: "Claim",
    joint: tuple[str, ...],
    outcome: "Outcome | None",
) -> OrderRow:
    asked = line.application.requested_support
    return OrderRow(
        application=line.application,
        place=place,
        rank=rank,
        above=tied[0],
        below=tied[1],
        pot=claim.pot,
        asked=formatting.money(asked) if asked is not None else _("not stated"),
        running=formatting.money(claim.running),
        reach=claim.reach.word(),
        short=claim.reach.value in ("across", "beyond"),
        met=line.met_words(),
        recommended=_recommended(line),
        apart=" ".join(cell.criterion for cell in line.cells if cell.apart),
        joint=joint,
        outcome=outcome,
    )


def _recommended(line: "Line") -> tuple[str, ...]:
    counts = Counter(line.recommendations)
    return tuple(f"{counts[one]} {recommendation_word(one)}" for one in Recommendation if counts[one])


def _joint(call: Call, agreed: "Consensus | None") -> tuple[str, ...]:
    if agreed is None:
        return ()
    met, of = agreed.met(call)
    said = (recommendation_word(agreed.recommendation),) if agreed.recommendation else ()
    return (_("{n} of {m}").format(n=met, m=of), *said)
