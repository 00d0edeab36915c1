"""The basis as canonical JSON for other programs, with the view that two registers can be compared by."""

from collections.abc import Iterator
from typing import Literal

from esf_desktop.exchange import canonical
from esf_desktop.model import ApplicationId, Assessment, AssessorId, CallId, CriterionId, Value
from esf_desktop.secretariat.agreement import Agreement
from esf_desktop.secretariat.balance import Sum
from esf_desktop.secretariat.compare import Mark, MetCount, Person
from esf_desktop.secretariat.consensus import Consensus
from esf_desktop.secretariat.moves import Act
from esf_desktop.secretariat.order import Outcome, Ranks
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine, balance
from esf_desktop.secretariat.view import View


class ReadingOut(Value, frozen=True):
    """What one assessor has delivered on one application."""

    assessor: AssessorId
    mark: Mark
    assessment: Assessment | None


class LineOut(Value, frozen=True):
    """One application with everyone's assessment and the range of what is met."""

    application: ApplicationId
    project_name: str
    applicant_name: str
    requested_support: int | None
    withdrawn: bool
    met: MetCount | None
    readings: tuple[ReadingOut, ...]


class MoveOut(Value, frozen=True):
    """A move of the proposal, and all that was proposed after it."""

    at: str
    act: Act
    by: str
    reason: str
    undone: bool
    application: ApplicationId | None
    order: Ranks
    outcomes: dict[ApplicationId, Outcome]


class ProposalOut(Value, frozen=True):
    """The order and the outcomes that are proposed, and every move, oldest first."""

    order: Ranks
    outcomes: dict[ApplicationId, Outcome]
    moves: tuple[MoveOut, ...]


class JointOut(Value, frozen=True):
    """A joint assessment, and when it was written."""

    at: str
    consensus: Consensus


class GroupOut(Value, frozen=True):
    """One sum of the balance; `key` is a code of SCB, the letters of an area, or a word of the call."""

    by: str
    key: str
    applied: Sum
    prioritised: Sum
    if_funds_allow: Sum


class AgreementOut(Value, frozen=True):
    """Plain agreement and alpha in ten-thousandths."""

    plain: int | None
    alpha: int | None
    units: int


class BasisOut(Value, frozen=True, tag_field="type", tag="esf-desktop/basis"):
    """The whole file; shares are given in ten-thousandths, because canonical JSON holds integers only."""

    call: CallId
    call_version: int
    practice: bool
    people: tuple[Person, ...]
    applications: tuple[LineOut, ...]
    proposal: ProposalOut
    joint_assessments: tuple[JointOut, ...]
    balance: tuple[GroupOut, ...]
    agreement: AgreementOut | None
    agreement_by_principle: dict[CriterionId, AgreementOut]
    minute: tuple[MinuteLine, ...]
    view: View
    view_sha256: str
    version: Literal[1] = 1


def render(basis: Basis) -> bytes:
    """The canonical JSON."""
    comparison = basis.comparison
    lines = tuple(
        LineOut(
            line.application.id,
            line.application.project_name,
            line.application.applicant_name,
            line.application.requested_support,
            line.withdrawn,
            line.met,
            tuple(ReadingOut(r.person.id, r.mark, r.assessment) for r in line.readings),
        )
        for line in comparison.lines
    )
    call, found = comparison.call, basis.agreement
    made = BasisOut(
        call.id,
        call.call_version,
        call.practice,
        comparison.people,
        lines,
        _proposal(basis),
        tuple(JointOut(one.at, one.consensus) for _application, one in sorted(basis.consensus.items())),
        tuple(_balance(basis)),
        _agreement(found) if found else None,
        {criterion: _agreement(one) for criterion, one in basis.by_principle.items()},
        basis.minute,
        basis.view,
        basis.view_sha256,
    )
    return canonical.encode(made) + b"\n"


def _proposal(basis: Basis) -> ProposalOut:
    found = basis.proposal
    moves = (
        MoveOut(
            move.at,
            move.proposed.act,
            move.proposed.by,
            move.reason,
            move.undone,
            move.proposed.application,
            move.proposed.order,
            move.proposed.outcomes,
        )
        for move in found.history.moves
    )
    return ProposalOut(found.order, found.outcomes, tuple(moves))


def _balance(basis: Basis) -> Iterator[GroupOut]:
    found = balance(basis)
    total = found.total
    yield GroupOut("all", "", total.applied, total.prioritised, total.if_funds_allow)
    for by, groups in (
        ("budget_part", tuple(part.group for part in found.parts)),
        *((one.dimension.value, one.groups) for one in found.breakdowns),
    ):
        for one in groups:
            if one.applied.count:
                yield GroupOut(by, one.key, one.applied, one.prioritised, one.if_funds_allow)


def _agreement(found: Agreement) -> AgreementOut:
    return AgreementOut(_share(found.plain), _share(found.alpha), found.units)


def _share(found: float | None) -> int | None:
    return None if found is None else round(found * 10_000)
