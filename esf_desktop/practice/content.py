"""What is written about each fictional application: its facts, its text, and how far it truly meets each criterion."""

import tomllib
from datetime import date
from functools import cache

import msgspec
from msgspec import Struct

from esf_desktop import paths
from esf_desktop.model import CriterionId, ProjectType, Rating, Recommendation


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """What every piece of an application's content is: frozen, and misspelt keys are refused."""


class Applicant(Fact, frozen=True):
    """A fictional organisation that applies."""

    name: str
    number: str
    place: str
    about: str


class Activity(Fact, frozen=True):
    """An activity of the plan; `start` is the month of the project from 1."""

    name: str
    text: str
    start: int
    months: int
    result: str
    lead: str = ""


class Risk(Fact, frozen=True):
    """A risk with its probability and consequence from 1 to 5, and what is done about it."""

    risk: str
    probability: int
    consequence: int
    measure: str


class Party(Fact, frozen=True):
    """A partner of the project, where it is and what it does; `share` is its part of the support in thousandths."""

    name: str
    sector: str
    place: str
    role: str
    number: str = ""
    share: int = 0


class Post(Fact, frozen=True):
    """A post of the project's staff: its role, each holder's share of full time in per cent, and the task."""

    role: str
    share: int
    task: str
    people: int = 1


class Indicator(Fact, frozen=True):
    """What is counted, how much of it is aimed at, and how it is followed up."""

    name: str
    target: str
    source: str


class Module(Fact, frozen=True):
    """A course module: hours, what it aims at, and its topics."""

    name: str
    hours: int
    text: str
    topics: tuple[str, ...]


class Place(Fact, frozen=True):
    """What is special about one municipality in this project; figures are the applicant's own."""

    code: str
    text: str
    figures: tuple[tuple[str, str], ...] = ()


class Letter(Fact, frozen=True):
    """A letter of intent from a partner."""

    sender: str
    signed_by: str
    text: str


class Survey(Fact, frozen=True):
    """Answers to an enquiry: each question with the per cent that agreed."""

    title: str
    intro: str
    answers: tuple[tuple[str, int], ...]


class Need(Fact, frozen=True):
    """A row of the inventory of needs: occupation, place, and a number."""

    what: str
    where: str
    number: int
    note: str = ""


class Logic(Fact, frozen=True):
    """The change logic, from starting point to long-term effects."""

    start: tuple[str, ...]
    inputs: tuple[str, ...]
    activities: tuple[str, ...]
    results: tuple[str, ...]
    effects: tuple[str, ...]


class Opinion(Fact, frozen=True):
    """What one assessor thinks of one criterion, where it differs from the common reading."""

    assessor: int
    level: Rating
    comment: str
    quote: str = ""


class Truth(Fact, frozen=True):
    """How far the text meets a criterion, the sentence that shows it, and comments that say so in different words."""

    level: Rating
    comments: tuple[str, ...]
    quote: str = ""
    dissent: tuple[Opinion, ...] = ()


class Content(Fact, frozen=True):
    """One fictional application, whole; sums in whole SEK."""

    id: str
    name: str
    applicant: str
    project_type: ProjectType
    programme_area: str
    specific_objective: str
    budget_part: str
    sector: str
    start: date
    end: date
    support: int
    co_financing: int
    municipalities: tuple[str, ...]
    target_group: str
    summary: str
    activities: tuple[Activity, ...]
    risks: tuple[Risk, ...]
    staff: tuple[Post, ...]
    indicators: tuple[Indicator, ...]
    logic: Logic
    costs: tuple[int, ...]
    """Weights of staff, external services, travel, equipment, participants' time and indirect costs."""
    truth: dict[CriterionId, Truth]
    main_area: CriterionId
    recommendation: Recommendation
    overall: tuple[str, ...]
    partners: tuple[Party, ...] = ()
    modules: tuple[Module, ...] = ()
    places: tuple[Place, ...] = ()
    letters: tuple[Letter, ...] = ()
    surveys: tuple[Survey, ...] = ()
    needs: tuple[Need, ...] = ()
    sources: tuple[str, ...] = ()
    recommend: dict[str, Recommendation] = {}
    """Other recommendations, by the assessor's number."""
    recused: tuple[int, ...] = ()
    possible_conflict: tuple[int, ...] = ()
    scanned: bool = False
    blurred_chapter: int = 0
    """The chapter whose page the scanner spoilt; 0 for none."""
    roman: bool = False
    """Whether the pages before the text are numbered with Roman numerals."""
    sans: bool = False
    """Whether it is set without serifs."""
    roomy: bool = False
    """Whether it is set in larger type with every chapter on a page of its own."""
    attachment: str = ""
    """Title of the text document that comes with it; its text stands in a file of its own."""
    body: str = ""

    @property
    def total(self) -> int:
        """Support and co-financing."""
        return self.support + self.co_financing

    @property
    def months(self) -> int:
        """Length of the project in whole months."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def years(self) -> range:
        """The calendar years that the project touches."""
        return range(self.start.year, self.end.year + 1)

    def month(self, number: int) -> date:
        """The first day of the project's n-th month, from 1."""
        index = self.start.year * 12 + self.start.month - 2 + number
        return date(index // 12, index % 12 + 1, 1)

    def months_in(self, year: int) -> int:
        """How many months of the project fall in a year."""
        return sum(self.month(n).year == year for n in range(1, self.months + 1))


@cache
def applicants() -> dict[str, Applicant]:
    """The fictional applicants by their short key."""
    return msgspec.convert(tomllib.loads(_read("applicants.toml")), dict[str, Applicant])


@cache
def all_contents() -> tuple[Content, ...]:
    """The twelve applications in the order of their diary numbers."""
    folder = paths.resources() / "practice" / "applications"
    return tuple(
        msgspec.convert(
            {**tomllib.loads(file.read_text(encoding="utf-8")), "body": file.with_suffix(".md").read_text("utf-8")},
            Content,
        )
        for file in sorted(folder.glob("*.toml"))
    )


def attachment_text(content: Content) -> str:
    """The text of an application's attachment, in the same simple markup as the application."""
    return _read(f"applications/{content.id.replace('/', '-')}-bilaga.md")


def _read(name: str) -> str:
    return (paths.resources() / "practice" / name).read_text(encoding="utf-8")
