"""The nouns: every value that the program speaks of, in the words of the field, immutable and without behaviour.

Values are `msgspec.Struct`s, so the same type is what a rule computes with, what a database row holds and what a signed
file says; `replace` makes a changed copy. Defaults mean "untouched". Text is NFC.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NewType

from msgspec import UNSET as UNSET
from msgspec import Meta, Struct
from msgspec import UnsetType as UnsetType
from msgspec.structs import replace as replace

from esf_desktop.i18n import Language, language

ApplicationId = NewType("ApplicationId", str)
"""An application's diary number, `2026/00112`; free text is allowed."""
AssessorId = NewType("AssessorId", str)
"""A UUID in lower case."""
CallId = NewType("CallId", str)
CriterionId = NewType("CriterionId", str)
"""The letters of a principle or a priority area: `SAM`, `LAR`."""
DocumentId = NewType("DocumentId", str)
"""The SHA-256 of a document's bytes, 64 hex digits in lower case."""

Moment = Annotated[datetime, Meta(tz=True)]
LARGEST_INTEGER = 2**53 - 1
"""What RFC 8785 spells exactly."""
Whole = Annotated[int, Meta(ge=-LARGEST_INTEGER, le=LARGEST_INTEGER)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]


class Value(Struct, frozen=True, forbid_unknown_fields=True):
    """What every value is: frozen, compared by content."""


class Rating(StrEnum):
    """How far an application meets a criterion; absent means not assessed yet."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    CANNOT_ASSESS = "cannot_assess"


class Scale(StrEnum):
    """Which ratings a call allows."""

    ANCHORED = "anchored"
    TICK = "tick"

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings in the order of their keys, 1 first."""
        return (Rating.MET, Rating.NOT_MET) if self is Scale.TICK else tuple(Rating)


class Answer(StrEnum):
    """An answer to one guiding question; absent means left open."""

    YES = "yes"
    NO = "no"


class Declaration(StrEnum):
    """The three answers about conflict of interest (jäv)."""

    NONE = "none"
    POSSIBLE = "possible"
    RECUSED = "recused"


class Recommendation(StrEnum):
    """What the assessor would have the body decide."""

    PRIORITISE = "prioritise"
    IF_FUNDS_ALLOW = "if_funds_allow"
    DO_NOT_PRIORITISE = "do_not_prioritise"
    DISCUSS = "discuss"


class ProjectType(StrEnum):
    """Förstudie or genomförandeprojekt."""

    FEASIBILITY_STUDY = "feasibility_study"
    IMPLEMENTATION = "implementation"


class Text(Value, frozen=True):
    """A text of the framework in both languages."""

    sv: str
    en: str

    def spoken(self) -> str:
        """The text in the language spoken now."""
        return self.en if language() is Language.ENGLISH else self.sv


class GuidingQuestion(Value, frozen=True):
    """A question that helps to rate, and sets nothing by itself."""

    text: Text
    for_feasibility_study: bool = True
    """False: skipped when the application is a förstudie."""


class Criterion(Value, frozen=True):
    """A principle or a priority area."""

    id: CriterionId
    title: Text
    description: Text
    questions: tuple[GuidingQuestion, ...]
    search_words: tuple[str, ...] = ()
    requirement: bool = False
    """Phrased as "ska" (RUS): it has its own badge, never a veto."""
    for_feasibility_study: bool = True
    """False: skipped, and not counted, when the application is a förstudie."""


class Step(Value, frozen=True):
    """One step of the rating scale: its word for a principle, its word for an area, and its anchor."""

    rating: Rating
    word: Text
    area_word: Text
    anchor: Text


class Framework(Value, frozen=True):
    """The principles, areas and scale of a round; its identity is the SHA-256 of its canonical JSON."""

    id: str
    title: Text
    principles: tuple[Criterion, ...]
    areas: tuple[Criterion, ...]
    steps: tuple[Step, ...]


class BudgetPart(Value, frozen=True):
    """A named part of a call's money, in whole SEK."""

    name: str
    amount: Whole


class Requirements(Value, frozen=True):
    """What a call demands before an assessment can be signed."""

    comments: bool = True
    evidence: bool = False


class Reference(Value, frozen=True):
    """A strategy or plan that a call lets its assessors read, with the goals to pick from for RUS."""

    title: str
    document: DocumentId | None = None
    goals: tuple[str, ...] = ()


class Document(Value, frozen=True):
    """A source file of an application: `sha256` of its bytes, its name, its media type and its size in bytes."""

    sha256: DocumentId
    name: str
    media_type: str
    size: Whole


class Partner(Value, frozen=True):
    """A partner of a project (samverkanspart)."""

    name: str
    organisation_number: str = ""
    sector: str = ""


class Application(Value, frozen=True):
    """An application for support, as the secretariat or the program's guess describes it. Money in whole SEK."""

    id: ApplicationId
    project_name: str
    applicant_name: str
    documents: tuple[Document, ...] = ()
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
    """SCB codes of four digits, or names that are not known to SCB."""
    partners: tuple[Partner, ...] = ()
    target_group: str = ""
    sector: str = ""
    budget_part: str = ""


class Reader(Value, frozen=True):
    """An assessor of a call, and which applications they are to read; none listed means all."""

    id: AssessorId
    name: str
    reads: tuple[ApplicationId, ...] = ()


class ThirdAssessor(Value, frozen=True):
    """When one more reader is needed: two ratings, or two recommendations, this many steps apart."""

    steps_apart: Whole = 2
    recommendations_apart: Whole | UnsetType = UNSET
    """From *prioritise* by *if funds allow* to *do not prioritise*; left out, recommendations ask for nobody."""


class Call(Value, frozen=True):
    """A call for applications and everything that an assessor needs to judge them."""

    id: CallId
    call_version: Whole
    body: str
    title: str
    diary_number: str
    deadline: date | None
    """The last day, Swedish time; None for applications that a person opened without a call package."""
    framework: Framework
    selected_principles: tuple[CriterionId, ...]
    applications: tuple[Application, ...]
    practice: bool = False
    budget: tuple[BudgetPart, ...] = ()
    scale: Scale = Scale.ANCHORED
    require: Requirements = Requirements()
    references: tuple[Reference, ...] = ()
    sectors: tuple[str, ...] = ()
    withdrawn: tuple[ApplicationId, ...] = ()
    assessors: tuple[Reader, ...] = ()
    recipients: tuple[str, ...] = ()
    third_assessor: ThirdAssessor | None = None

    @property
    def principles(self) -> tuple[Criterion, ...]:
        """The selected principles, in the framework's order."""
        return tuple(p for p in self.framework.principles if p.id in self.selected_principles)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The selected principles and all areas, in the order of the checklist."""
        return self.principles + self.framework.areas

    def asks(self, application: ApplicationId, of: Criterion | GuidingQuestion) -> bool:
        """Whether the application is judged by this; only a förstudie is spared anything."""
        return of.for_feasibility_study or not self.is_feasibility_study(application)

    def is_feasibility_study(self, application: ApplicationId) -> bool:
        """Whether the call says that the application is a förstudie; a correction on one desk changes nothing."""
        kind = next((known.project_type for known in self.applications if known.id == application), None)
        return kind is ProjectType.FEASIBILITY_STUDY

    def principles_for(self, application: ApplicationId) -> tuple[Criterion, ...]:
        """The selected principles that the application is judged by, in the framework's order."""
        return self._asked(application, self.principles)

    def areas_for(self, application: ApplicationId) -> tuple[Criterion, ...]:
        """The areas that the application is judged by, in the framework's order."""
        return self._asked(application, self.framework.areas)

    def criteria_for(self, application: ApplicationId) -> tuple[Criterion, ...]:
        """What the application is judged by, in the order of the checklist."""
        return self._asked(application, self.criteria)

    def _asked(self, application: ApplicationId, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        if not self.is_feasibility_study(application):
            return criteria
        return tuple(criterion for criterion in criteria if criterion.for_feasibility_study)

    def application(self, application: ApplicationId) -> Application:
        """The application of that diary number; KeyError when there is none."""
        for known in self.applications:
            if known.id == application:
                return known
        raise KeyError(application)

    def criterion(self, criterion: CriterionId) -> Criterion:
        """The criterion of those letters, selected or not; KeyError when there is none."""
        for known in self.framework.principles + self.framework.areas:
            if known.id == criterion:
                return known
        raise KeyError(criterion)

    def is_area(self, criterion: CriterionId) -> bool:
        """Whether the letters are those of a priority area."""
        return any(area.id == criterion for area in self.framework.areas)


class Rect(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A rectangle on a page in hundredths of a point, origin at the page's upper left."""

    left: Whole
    top: Whole
    right: Whole
    bottom: Whole


class Evidence(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A quote with its place (belägg): a physical page from 0 and rectangles, or the block of a text document."""

    document: DocumentId
    quote: str
    page: Whole | None = None
    label: str = ""
    """What is printed on the page as its number."""
    rects: tuple[Rect, ...] = ()
    block: Whole | None = None


class Judgement(Value, frozen=True):
    """One assessor's rating of one criterion of one application, and why."""

    criterion: CriterionId
    rating: Rating | None = None
    comment: str = ""
    questions: tuple[Answer | None, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ConflictOfInterest(Value, frozen=True):
    """What an assessor has declared about conflict of interest in one application."""

    answer: Declaration
    declared_at: Moment
    reason: str = ""


class Draft(Value, frozen=True):
    """One assessor's work on one application as it stands in the workspace, finished or not; private notes apart."""

    application: ApplicationId
    conflict_of_interest: ConflictOfInterest | None = None
    judgements: tuple[Judgement, ...] = ()
    """One for each criterion that the application is judged by, in the checklist's order, touched or not."""
    main_area: CriterionId | None = None
    overall: str = ""
    recommendation: Recommendation | None = None
    to_review: tuple[CriterionId, ...] = ()
    """The criteria whose wording has changed since they were answered."""

    def judgement(self, criterion: CriterionId) -> Judgement:
        """The judgement of that criterion, untouched when there is none."""
        return next((j for j in self.judgements if j.criterion == criterion), Judgement(criterion))

    @property
    def recused(self) -> bool:
        """Whether the assessor abstains."""
        declared = self.conflict_of_interest
        return declared is not None and declared.answer is Declaration.RECUSED


class Assessment(Value, frozen=True):
    """A signed-off assessment of one application: what travels. Its identity is the SHA-256 of its canonical JSON."""

    assessment_id: str
    application: ApplicationId
    documents: tuple[Sha256, ...]
    revision: Whole
    parents: tuple[Sha256, ...]
    framework_sha256: Sha256
    conflict_of_interest: ConflictOfInterest
    judgements: tuple[Judgement, ...]
    main_area: CriterionId | None
    overall: str
    recommendation: Recommendation | None
    signed_off_at: Moment

    @property
    def recused(self) -> bool:
        """Whether the assessor abstained."""
        return self.conflict_of_interest.answer is Declaration.RECUSED


class Assessor(Value, frozen=True):
    """The person who assesses, on this device."""

    id: AssessorId
    name: str
    organisation: str = ""
    email: str = ""


class PrivateNote(Value, frozen=True):
    """A note that never leaves the computer; it has no place in any file that travels."""

    application: ApplicationId
    criterion: CriterionId | None
    text: str
