"""The receipts that one assessor has of one call: what they say of an assessment, and what is amiss among them.

They are a set. In what order they came, how often, and which were lost changes nothing of what the others say.
"""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

from esf_desktop.exchange.receipt import Outcome, Receipt
from esf_desktop.i18n import _
from esf_desktop.model import Sha256, Value


class Kept(Value, frozen=True):
    """A receipt that was taken in, and the SHA-256 of its file."""

    sha256: Sha256
    receipt: Receipt

    @property
    def order(self) -> tuple[int, bool, str]:
        """By number; of two with one number the refusal is the later, so that it is not overlooked."""
        return self.receipt.number, self.receipt.outcome is Outcome.REFUSED, self.sha256


class Flaw(StrEnum):
    """What can be amiss among receipts."""

    GAP = "gap"
    STEP_BACK = "step_back"
    OTHER_CHAIN = "other_chain"


class Amiss(Value, frozen=True):
    """Something amiss with the receipts from `first` to `last`."""

    flaw: Flaw
    first: int
    last: int

    def sentence(self) -> str:
        """What it is and what to do about it."""
        match self.flaw:
            case Flaw.GAP if self.first == self.last:
                return _("Receipt no. {n} is missing here; ask the secretariat to send it again.").format(n=self.first)
            case Flaw.GAP:
                return _("Receipts no. {n} to {m} are missing here; ask the secretariat to send them again.").format(
                    n=self.first, m=self.last
                )
            case Flaw.STEP_BACK:
                return _("There are two different receipts no. {n}; ask the secretariat which of them counts.").format(
                    n=self.first
                )
            case Flaw.OTHER_CHAIN:
                return _(
                    "Receipt no. {m} does not name the no. {n} that is here; ask the secretariat which counts."
                ).format(n=self.first, m=self.last)


def added(kept: Iterable[Kept], one: Kept) -> tuple[Kept, ...]:
    """The receipts with this one, in their own order."""
    return tuple(sorted({known.sha256: known for known in (*kept, one)}.values(), key=lambda known: known.order))


def amiss(kept: Collection[Kept]) -> tuple[Amiss, ...]:
    """Every gap, step back and break in the chain, by number."""
    return tuple(_amiss(kept))


def _amiss(kept: Collection[Kept]) -> Iterator[Amiss]:
    before: dict[int, list[Kept]] = {}
    for one in kept:
        before.setdefault(one.receipt.number, []).append(one)
    last = 0
    for number in sorted(before):
        here = before[number]
        if number > last + 1:
            yield Amiss(Flaw.GAP, last + 1, number - 1)
        if len(here) > 1:
            yield Amiss(Flaw.STEP_BACK, number, number)
        known = {one.sha256 for one in before.get(number - 1, ())}
        if known and not any(one.receipt.previous in known for one in here):
            yield Amiss(Flaw.OTHER_CHAIN, number - 1, number)
        last = number


def answer(kept: Iterable[Kept], identity: str, bundles: Collection[str]) -> Receipt | None:
    """The latest receipt about the assessment with this identity, which left in these bundles; None without one."""
    about = [one for one in kept if _tells_of(one.receipt, identity, bundles)]
    return max(about, key=lambda one: one.order).receipt if about else None


def _tells_of(receipt: Receipt, identity: str, bundles: Collection[str]) -> bool:
    if receipt.outcome is Outcome.REFUSED:
        return receipt.bundle in bundles
    return any(one.identity == identity for one in receipt.assessments)


def word(receipt: Receipt) -> str:
    """The answer in few words, for a list."""
    match receipt.outcome:
        case Outcome.REFUSED:
            return _("Not accepted, no. {n}").format(n=receipt.number)
        case Outcome.WAITING:
            return _("Waiting, no. {n}").format(n=receipt.number)
        case _:
            return _("Receipted no. {n}").format(n=receipt.number)


def sentence(receipt: Receipt) -> str:
    """What the secretariat answers, and for a refusal why."""
    match receipt.outcome:
        case Outcome.REFUSED:
            return _("Receipt no. {n}: the bundle was not accepted. {why}").format(n=receipt.number, why=_why(receipt))
        case Outcome.WAITING:
            said = _("Receipt no. {n}: the bundle has arrived, and waits for an earlier one or for its call.")
            return said.format(n=receipt.number)
        case _:
            return _("Receipt no. {n}: the bundle is registered.").format(n=receipt.number)


def _why(receipt: Receipt) -> str:
    """The code of a refusal in a sentence to the person whose bundle it was."""
    match receipt.code:
        case "revoked_signer":
            return _("It is signed with a key that is blocked; enrol your new key.")
        case "wrong_person":
            return _("The name in it is not the one that the key is enrolled for; telephone the secretariat.")
        case "wrong_addressee":
            return _("It is addressed to another secretariat; open the right call package and sign again.")
        case "wrong_call":
            return _("It belongs to another call or version; open the latest call package and sign again.")
        case "unknown_criterion":
            return _(
                "It rates something that the call does not ask about; open the latest call package and sign again."
            )
        case "no_declaration":
            return _("A declaration on conflict of interest is missing or contradicts the ratings; sign again.")
        case "bad_payload":
            return _("It answers another framework than the call's; open the latest call package and sign again.")
        case "practice_data":
            return _("It belongs to the practice round, and the register is real.")
        case "real_data":
            return _("It is real, and the register is for practice; telephone the secretariat.")
        case code:
            return _("The reason has the code {code}; telephone the secretariat.").format(code=code)
