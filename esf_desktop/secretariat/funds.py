"""How far the money reaches down an order: a running sum and a budget line for each part of the call's budget."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import StrEnum

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import Application, ApplicationId, Call, Value
from esf_desktop.secretariat.order import Outcome, Ranks

WHOLE = ""
"""The name of the pot of a call whose applications do not say which part they ask from."""


class Pot(Value, frozen=True):
    """Money that applications ask from: a part of the budget, or all of it; `amount` is None where none is set."""

    name: str
    amount: int | None


class Reach(StrEnum):
    """Whether the money reaches to an application."""

    WITHIN = "within"
    ACROSS = "across"
    """It would, but not to all that stand equal with it: the line goes through them."""
    BEYOND = "beyond"
    OPEN = "open"
    """Nobody has said how much money there is."""
    SET_ASIDE = "set_aside"
    """Proposed not to be prioritised, it claims nothing."""

    def word(self) -> str:
        """Whether it fits, in the language spoken now; empty where nobody can say."""
        match self:
            case Reach.WITHIN:
                return _("fits")
            case Reach.ACROSS:
                return _("not all fit")
            case Reach.BEYOND:
                return _("does not fit")
            case Reach.OPEN:
                return ""
            case Reach.SET_ASIDE:
                return _("not counted")


class Claim(Value, frozen=True):
    """What an application asks of its pot, and what has been asked once everything of its rank is counted."""

    pot: str
    asked: int
    running: int
    reach: Reach


class BudgetLine(Value, frozen=True):
    """Where a pot's money ends: above the rank of that number from 0; after the last when it reaches to all."""

    pot: Pot
    rank: int
    used: int
    """Asked by what stands above the line."""
    asked: int
    """Asked by all that claim anything."""
    through: bool = False
    """Whether the money reaches to some, but not to all, of those that stand equal just below the line."""

    @property
    def left(self) -> int | None:
        """What is left of the pot above the line."""
        return None if self.pot.amount is None else self.pot.amount - self.used

    def sentence(self) -> str:
        """What the line says, in the language spoken now."""
        amount = self.pot.amount or 0
        named = {
            "part": self.pot.name or _("the whole budget"),
            "amount": formatting.money(amount),
            "left": formatting.money(amount - self.used),
            "over": formatting.money(self.asked - amount),
        }
        if self.enough:
            return _("Everything fits in {part}, {amount}; {left} is left").format(**named)
        if self.through:
            return _(
                "The budget line of {part}, {amount}, goes through those that stand equal here: {left} is left"
            ).format(**named)
        return _("Budget line of {part}, {amount}: {left} is left, {over} more is needed for all").format(**named)

    @property
    def enough(self) -> bool:
        """Whether everything fits."""
        return self.pot.amount is None or self.asked <= self.pot.amount


def pot_names(call: Call, applications: Collection[Application]) -> dict[ApplicationId, str]:
    """Which pot each application asks from; one pot for all when none of them names a part of the budget."""
    parts = {part.name for part in call.budget}
    named = {one.id: one.budget_part if one.budget_part in parts else WHOLE for one in applications}
    return named if any(named.values()) else dict.fromkeys(named, WHOLE)


def pots(call: Call, applications: Collection[Application]) -> tuple[Pot, ...]:
    """The pots in the call's order; what asks from none of its parts comes last, from a pot without an amount."""
    names = set(pot_names(call, applications).values())
    if not names - {WHOLE}:
        return (Pot(WHOLE, sum(part.amount for part in call.budget) if call.budget else None),)
    rest = (Pot(WHOLE, None),) if WHOLE in names else ()
    return (*(Pot(part.name, part.amount) for part in call.budget), *rest)


def claims(
    call: Call, ranks: Ranks, outcomes: Mapping[ApplicationId, Outcome] | None = None
) -> dict[ApplicationId, Claim]:
    """The claim of every application of the order, from the first to the last."""
    applications = [call.application(one) for rank in ranks for one in rank]
    names, amounts = pot_names(call, applications), {pot.name: pot.amount for pot in pots(call, applications)}
    found: dict[ApplicationId, Claim] = {}
    running: dict[str, int] = defaultdict(int)
    for rank in ranks:
        above = dict(running)
        asked = {one: _asked(call, one, outcomes or {}) for one in rank}
        for one, sum_ in asked.items():
            running[names[one]] += sum_ or 0
        for one, sum_ in asked.items():
            name = names[one]
            reach = _reach(sum_, above.get(name, 0), running[name], amounts[name])
            found[one] = Claim(name, sum_ or 0, running[name], reach)
    return found


def budget_lines(
    call: Call, ranks: Ranks, outcomes: Mapping[ApplicationId, Outcome] | None = None
) -> tuple[BudgetLine, ...]:
    """The line of each pot that somebody has set an amount for."""
    found = claims(call, ranks, outcomes)
    applications = [call.application(one) for one in found]
    lines = []
    for pot in pots(call, applications):
        if pot.amount is None:
            continue
        mine = {one: claim for one, claim in found.items() if claim.pot == pot.name}
        short = {one for one, claim in mine.items() if claim.reach in (Reach.ACROSS, Reach.BEYOND)}
        rank = next((n for n, rank in enumerate(ranks) if short.intersection(rank)), len(ranks))
        above = {one for rank_above in ranks[:rank] for one in rank_above}
        used = sum(claim.asked for one, claim in mine.items() if one in above)
        asked = sum(claim.asked for claim in mine.values())
        here = ranks[rank] if rank < len(ranks) else ()
        through = any(one in mine and mine[one].reach is Reach.ACROSS for one in here)
        lines.append(BudgetLine(pot, rank, used, asked, through))
    return tuple(lines)


def by_the_line(
    claims: Mapping[ApplicationId, Claim], outcomes: Mapping[ApplicationId, Outcome]
) -> dict[ApplicationId, Outcome]:
    """The outcomes that the lines speak for; a tie that a line goes through, and what has no line, stay as they are."""
    said = {Reach.WITHIN: Outcome.PRIORITISED, Reach.BEYOND: Outcome.IF_FUNDS_ALLOW}
    found = {one: said.get(claim.reach, outcomes.get(one)) for one, claim in claims.items()}
    return {one: given for one, given in sorted(found.items()) if given is not None}


def _asked(call: Call, application: ApplicationId, outcomes: Mapping[ApplicationId, Outcome]) -> int | None:
    """What the application claims; None when it claims nothing because it is not to be prioritised."""
    if outcomes.get(application) is Outcome.NOT_PRIORITISED:
        return None
    return call.application(application).requested_support or 0


def _reach(asked: int | None, above: int, running: int, amount: int | None) -> Reach:
    if asked is None:
        return Reach.SET_ASIDE
    if amount is None:
        return Reach.OPEN
    if running <= amount:
        return Reach.WITHIN
    return Reach.ACROSS if above + asked <= amount else Reach.BEYOND
