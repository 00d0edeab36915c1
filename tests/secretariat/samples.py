"""A small call and assessments of it, as values."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from esf_desktop.framework import builtin
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessment,
    AssessorId,
    Call,
    CallId,
    ConflictOfInterest,
    CriterionId,
    Declaration,
    Judgement,
    Rating,
    Reader,
    Recommendation,
    replace,
)
from esf_desktop.secretariat.compare import Delivered, Person
from esf_desktop.secretariat.states import Revision, standings

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FRAMEWORK_SHA256 = "f" * 64
SELECTED = tuple(CriterionId(c) for c in ("RUS", "MET", "SAM", "GEO", "STR", "ATT"))


def assessor_id(n: int) -> AssessorId:
    """The UUID of the n-th made-up assessor."""
    return AssessorId(str(uuid.UUID(int=n + 1, version=4)))


def person(n: int) -> Person:
    """The n-th made-up assessor."""
    return Person(assessor_id(n), f"Bedömare {n + 1}", "Region Påhitt")


def call(*, applications: int = 3, assessors: int = 3, version: int = 1, practice: bool = False) -> Call:
    """A call with so many applications, read by so many assessors."""
    return Call(
        id=CallId("2026-ON-1"),
        call_version=version,
        body="Partnerskapet",
        title="Kompetens i hela Övre Norrland",
        diary_number="2026/00042",
        deadline=date(2026, 12, 8),
        framework=builtin(),
        selected_principles=SELECTED,
        applications=tuple(
            Application(application_id(n), f"Projekt {n + 1}", f"Sökande {n + 1}") for n in range(applications)
        ),
        practice=practice,
        assessors=tuple(Reader(assessor_id(n), person(n).name) for n in range(assessors)),
    )


def application_id(n: int) -> ApplicationId:
    """The diary number of the n-th application."""
    return ApplicationId(f"2026/{101 + n:05}")


def assessment(
    call: Call,
    application: ApplicationId,
    ratings: Mapping[str, Rating] | Sequence[Rating] = (),
    *,
    revision: int = 1,
    parents: Sequence[str] = (),
    answer: Declaration = Declaration.NONE,
    framework_sha256: str = FRAMEWORK_SHA256,
    salt: int = 0,
) -> Assessment:
    """An assessment with these ratings, by code or in the order of the criteria; the rest is rated as met."""
    codes = [criterion.id for criterion in call.criteria]
    given = dict(ratings) if isinstance(ratings, Mapping) else dict(zip(codes, ratings, strict=False))
    recused = answer is Declaration.RECUSED
    judgements = tuple(
        Judgement(c.id, given.get(c.id, Rating.MET), f"Om {c.id}.", (None,) * len(c.questions)) for c in call.criteria
    )
    return Assessment(
        assessment_id=str(uuid.UUID(int=salt + 1, version=4)),
        application=application,
        documents=(),
        revision=revision,
        parents=tuple(parents),
        framework_sha256=framework_sha256,
        conflict_of_interest=ConflictOfInterest(answer, AT),
        judgements=() if recused else judgements,
        main_area=None,
        overall="" if recused else "Sammanvägt.",
        recommendation=None if recused else Recommendation.PRIORITISE,
        signed_off_at=AT,
    )


def delivered(assessments: Mapping[tuple[int, ApplicationId], Assessment]) -> tuple[Delivered, ...]:
    """The assessments as first revisions, each in force, by number of the assessor and application."""
    found = []
    for (n, application), value in assessments.items():
        (standing,) = standings([Revision(assessor_id(n), application, f"{n}-{application}", 1)])
        found.append(Delivered(standing, replace(value, application=application)))
    return tuple(found)
