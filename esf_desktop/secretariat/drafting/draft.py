"""A call that is being drafted, as `CALL.toml` says it: in a person's words, with paths for the documents."""

from collections.abc import Callable, Iterable
from datetime import date

from esf_desktop.model import (
    ApplicationId,
    BudgetPart,
    Call,
    CriterionId,
    DocumentId,
    Framework,
    Partner,
    ProjectType,
    Requirements,
    Scale,
    ThirdAssessor,
    Value,
    Whole,
    replace,
)

FACTS = (
    "project_name",
    "applicant_name",
    "organisation_number",
    "project_type",
    "programme_area",
    "specific_objective",
    "start_date",
    "end_date",
    "requested_support",
    "co_financing",
    "total_budget",
    "municipalities",
    "partners",
    "target_group",
    "sector",
    "budget_part",
)
"""What is said about an application, in the order in which it is shown."""


class DraftApplication(Value, frozen=True):
    """An application of the draft; `documents` are paths from the folder of the draft, None for its own folder."""

    id: str = ""
    project_name: str = ""
    applicant_name: str = ""
    documents: tuple[str, ...] | None = None
    organisation_number: str = ""
    project_type: ProjectType | None = None
    programme_area: str = ""
    specific_objective: str = ""
    start_date: date | None = None
    end_date: date | None = None
    requested_support: Whole | None = None
    co_financing: Whole | None = None
    total_budget: Whole | None = None
    municipalities: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    target_group: str = ""
    sector: str = ""
    budget_part: str = ""


class DraftReference(Value, frozen=True):
    """A strategy to read beside the applications; `document` is a path."""

    title: str = ""
    document: str | None = None
    goals: tuple[str, ...] = ()


class DraftReader(Value, frozen=True):
    """An assessor; `enrolment` is the path of the file that says who it is. Nothing in `reads` means all."""

    id: str = ""
    name: str = ""
    reads: tuple[str, ...] = ()
    enrolment: str = ""


class CallDraft(Value, frozen=True):
    """Everything that a call file may say; its defaults mean "untouched"."""

    id: str = ""
    call_version: Whole = 1
    body: str = ""
    title: str = ""
    diary_number: str = ""
    deadline: date | None = None
    scale: Scale = Scale.ANCHORED
    selected_principles: tuple[CriterionId, ...] | None = None
    """None for all of them."""
    selected_areas: tuple[CriterionId, ...] | None = None
    framework: str | None = None
    """The path of the file with the call's own wording."""
    sectors: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    practice: bool = False
    require: Requirements = Requirements()
    third_assessor: ThirdAssessor | None = None
    budget: tuple[BudgetPart, ...] = ()
    references: tuple[DraftReference, ...] = ()
    applications: tuple[DraftApplication, ...] = ()
    assessors: tuple[DraftReader, ...] = ()

    def application(self, number: str) -> DraftApplication | None:
        """The application of that diary number, if the draft has it."""
        return next((one for one in self.applications if one.id == number), None)

    def chosen(self, framework: Framework) -> tuple[tuple[CriterionId, ...], tuple[CriterionId, ...]]:
        """The principles and the areas that the call asks about, in the framework's order."""
        chosen = (self.selected_principles, self.selected_areas)
        known = (framework.principles, framework.areas)
        principles, areas = (
            tuple(criterion.id for criterion in all_ if ids is None or criterion.id in ids)
            for ids, all_ in zip(chosen, known, strict=True)
        )
        return principles, areas


def draft_of(call: Call, path: Callable[[ApplicationId | None, DocumentId], str]) -> CallDraft:
    """The draft of a call that was made already; its wording apart.

    Args:
        path: where a document lies, from the folder of the draft: one of an application, or one of the references.
    """
    same: tuple[str, ...] = (
        "id",
        "call_version",
        "body",
        "title",
        "diary_number",
        "deadline",
        "scale",
        "selected_principles",
    )
    same += ("sectors", "withdrawn", "recipients", "practice", "require", "third_assessor", "budget")
    return CallDraft(
        **{name: getattr(call, name) for name in same},
        references=tuple(
            DraftReference(one.title, path(None, one.document) if one.document else None, one.goals)
            for one in call.references
        ),
        applications=tuple(
            DraftApplication(
                id=one.id,
                documents=tuple(path(one.id, document.sha256) for document in one.documents),
                **{name: getattr(one, name) for name in FACTS},
            )
            for one in call.applications
        ),
        assessors=tuple(DraftReader(one.id, one.name, one.reads) for one in call.assessors),
    )


def with_application(draft: CallDraft, changed: DraftApplication, *, was: str = "") -> CallDraft:
    """The draft with this application in the place of the one of that number, or last; what names it follows."""
    before = was or changed.id
    if draft.application(before) is None:
        return replace(draft, applications=(*draft.applications, changed))
    renamed = {before: changed.id}
    return replace(
        draft,
        applications=tuple(changed if one.id == before else one for one in draft.applications),
        assessors=tuple(
            replace(reader, reads=tuple(renamed.get(number, number) for number in reader.reads))
            for reader in draft.assessors
        ),
        withdrawn=tuple(renamed.get(number, number) for number in draft.withdrawn),
    )


def without_applications(draft: CallDraft, numbers: Iterable[str]) -> CallDraft:
    """The draft without these applications; an assessor who was to read only them reads all the others."""
    gone = set(numbers)
    return replace(
        draft,
        applications=tuple(one for one in draft.applications if one.id not in gone),
        assessors=tuple(
            replace(reader, reads=tuple(number for number in reader.reads if number not in gone))
            for reader in draft.assessors
        ),
        withdrawn=tuple(number for number in draft.withdrawn if number not in gone),
    )


def readers_of(draft: CallDraft, number: str) -> tuple[DraftReader, ...]:
    """The assessors who are to read the application."""
    return tuple(reader for reader in draft.assessors if not reader.reads or number in reader.reads)
