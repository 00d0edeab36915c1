"""What a basis says, as values: nothing of when or in which order bundles arrived."""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from esf_desktop.exchange import canonical
from esf_desktop.exchange.receipt import Acknowledged, AssessmentState, read_receipt
from esf_desktop.model import ApplicationId, CriterionId, Value
from esf_desktop.secretariat import appointments, moves, tables
from esf_desktop.secretariat.admission import Admission
from esf_desktop.secretariat.agreement import Agreement
from esf_desktop.secretariat.appointments import Wanted
from esf_desktop.secretariat.balance import Balance
from esf_desktop.secretariat.balance import balance as balance_of
from esf_desktop.secretariat.compare import Comparison, compare, round_agreement
from esf_desktop.secretariat.consensus import Written, in_force, writings
from esf_desktop.secretariat.coverage import Delivery, deliveries
from esf_desktop.secretariat.errors import NoCallError
from esf_desktop.secretariat.events import Event, Kind, told
from esf_desktop.secretariat.proposal import Proposal, proposal_of
from esf_desktop.secretariat.register import Register, carried, revisions
from esf_desktop.secretariat.states import standings
from esf_desktop.secretariat.view import View, view, view_of


class MinuteLine(Value, frozen=True):
    """A bundle of the merge minute: its hash, who signed it, and its fate with that of each assessment in it.

    A file that was refused and answered with a receipt has a line too; its key's fingerprint is not kept.
    """

    sha256: str
    assessor: str
    fingerprint: str
    admission: str
    code: str | None
    assessments: tuple[Acknowledged, ...] = ()


class Basis(Value, frozen=True):
    """Everything that the basis says; moves are known by their place among the moves, never by when they came."""

    comparison: Comparison
    proposal: Proposal
    consensus: dict[ApplicationId, Written]
    """The joint assessments that are in force."""
    wanted: tuple[Wanted, ...]
    """The applications that need one more reader, or were given one."""
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
    with register.reading() as connection:
        decided = tuple(told(connection, (*moves.KINDS, *appointments.KINDS, Kind.CONSENSUS_WRITTEN)))
    also = appointments.appointments(decided)
    people = [(one.appointment.application, one.person) for one in also]
    comparison = compare(known.call, register.people(), register.delivered(), people)
    minute = sorted((*_registered(register), *_refused(register)), key=lambda line: line.sha256)
    return basis_of(comparison, decided, tuple(minute), view(register))


def basis_of(
    comparison: Comparison, decided: Sequence[Event] = (), minute: tuple[MinuteLine, ...] = (), seen: View | None = None
) -> Basis:
    """The basis of a round that is laid out, with what the secretariat has decided in these events."""
    each = {principle.id: round_agreement(comparison, principle.id) for principle in comparison.call.principles}
    seen = seen or view_of((), ())
    return Basis(
        comparison,
        proposal_of(comparison.call, moves.history(one for one in decided if one.kind in moves.KINDS)),
        in_force(writings(decided)),
        appointments.wanted(comparison, appointments.appointments(decided)),
        deliveries(comparison),
        round_agreement(comparison),
        {criterion: found for criterion, found in each.items() if found is not None},
        minute,
        seen,
        canonical.identity(seen),
    )


def balance(basis: Basis) -> Balance:
    """The figures of the balance, their groups named in the language spoken now."""
    areas = {one: said.consensus.main_area for one, said in basis.consensus.items()}
    agreed = {one: area for one, area in areas.items() if area is not None}
    return balance_of(basis.comparison, basis.proposal.outcomes, agreed)


def _registered(register: Register) -> Iterator[MinuteLine]:
    names = {one.fingerprint: one.name for one in register.enrolled()}
    with register.transaction() as connection:
        placed = {(s.revision.assessor, s.revision.identity): s for s in standings(revisions(connection))}
        inside: dict[str, list[Acknowledged]] = {}
        for one in carried(connection):
            if (standing := placed.get((one.assessor, one.identity))) is not None:
                state = AssessmentState(standing.state.value)
                inside.setdefault(one.bundle, []).append(Acknowledged(one.identity, one.application, state))
    for bundle in register.bundles():
        name, found = names.get(bundle.fingerprint, ""), tuple(inside.get(bundle.sha256, ()))
        yield MinuteLine(bundle.sha256, name, bundle.fingerprint, bundle.admission, bundle.code, found)


def _refused(register: Register) -> Iterator[MinuteLine]:
    """The files that never were registered and were answered so; the latest answer counts."""
    names = {person.id: person.name for person in register.people()}
    r = tables.receipt.c
    with register.transaction() as connection:
        registered = sa.select(tables.bundle.c.sha256)
        query = sa.select(r.bundle, r.file, r.content).where(r.bundle.not_in(registered)).order_by(r.number)
        answers = {
            row.bundle: read_receipt(bytes(row.content), file=row.file).value for row in connection.execute(query)
        }
    for sha256, answer in answers.items():
        yield MinuteLine(sha256, names.get(answer.assessor, ""), "", Admission.REFUSED, answer.code)
