"""The basis as canonical JSON for other programs, with the view that two registers can be compared by."""

from typing import Literal

from esf_desktop.exchange import canonical
from esf_desktop.model import ApplicationId, Assessment, AssessorId, CallId, Value
from esf_desktop.secretariat.compare import Mark, MetCount, Person
from esf_desktop.secretariat.reports.basis import Basis, MinuteLine
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


class BasisOut(Value, frozen=True, tag_field="type", tag="esf-desktop/basis"):
    """The whole file; shares are given in ten-thousandths, because canonical JSON holds integers only."""

    call: CallId
    call_version: int
    practice: bool
    people: tuple[Person, ...]
    applications: tuple[LineOut, ...]
    plain_agreement: int | None
    alpha: int | None
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
        _share(found.plain if found else None),
        _share(found.alpha if found else None),
        basis.minute,
        basis.view,
        basis.view_sha256,
    )
    return canonical.encode(made) + b"\n"


def _share(found: float | None) -> int | None:
    return None if found is None else round(found * 10_000)
