"""What a basis says, as values: nothing of when or in which order bundles arrived."""

from esf_desktop.model import CriterionId, Value
from esf_desktop.secretariat.agreement import Agreement
from esf_desktop.secretariat.compare import Comparison, compare, round_agreement
from esf_desktop.secretariat.coverage import Delivery, deliveries
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.register import Register
from esf_desktop.secretariat.view import View, view, view_sha256


class MinuteLine(Value, frozen=True):
    """A bundle of the merge minute: its hash, who signed it, and its fate."""

    sha256: str
    assessor: str
    fingerprint: str
    admission: str
    code: str | None


class Basis(Value, frozen=True):
    """Everything that the basis says."""

    comparison: Comparison
    deliveries: tuple[Delivery, ...]
    agreement: Agreement | None
    by_principle: dict[CriterionId, Agreement]
    minute: tuple[MinuteLine, ...]
    view: View
    view_sha256: str


def basis(register: Register) -> Basis:
    """The basis as the register stands; NoCallError when it does not know its call."""
    known = register.call()
    if known is None:
        raise NoCallError
    comparison = compare(known.call, register.people(), register.delivered())
    names = {one.fingerprint: one.name for one in register.enrolled()}
    each = {principle.id: round_agreement(comparison, principle.id) for principle in known.call.principles}
    return Basis(
        comparison,
        deliveries(comparison),
        round_agreement(comparison),
        {criterion: found for criterion, found in each.items() if found is not None},
        tuple(
            sorted(
                (
                    MinuteLine(b.sha256, names.get(b.fingerprint, ""), b.fingerprint, b.admission, b.code)
                    for b in register.bundles()
                ),
                key=lambda line: line.sha256,
            )
        ),
        view(register),
        view_sha256(register),
    )
