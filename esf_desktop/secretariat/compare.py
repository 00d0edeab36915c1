"""Applications × criteria × assessors, laid out so that differences are seen; nothing is averaged into a score."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from esf_desktop.i18n import _
from esf_desktop.model import (
    Application,
    ApplicationId,
    Assessment,
    AssessorId,
    Call,
    CriterionId,
    Declaration,
    Judgement,
    Rating,
    Recommendation,
    Value,
)
from esf_desktop.secretariat.agreement import LEAST_APPLICATIONS, LEAST_ASSESSORS, Agreement, Unit, agreement
from esf_desktop.secretariat.states import Standing, State


class Mark(StrEnum):
    """Why a tile has its look."""

    RATED = "rated"
    RECUSED = "recused"
    MISSING = "missing"
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    FORK = "fork"
    OTHER_FRAMEWORK = "other_framework"
    SPARED = "spared"

    def word(self) -> str:
        """Why there is no rating counted, in the language spoken now."""
        match self:
            case Mark.RATED:
                return _("not rated")
            case Mark.RECUSED:
                return _("abstains because of conflict of interest")
            case Mark.MISSING:
                return _("has not delivered yet")
            case Mark.NOT_ASKED:
                return _("does not read this application")
            case Mark.WAITING:
                return _("waits for an earlier revision")
            case Mark.FORK:
                return _("has sent two versions")
            case Mark.OTHER_FRAMEWORK:
                return _("has used another wording of the principles")
            case Mark.SPARED:
                return _("does not apply to feasibility studies")


class Person(Value, frozen=True):
    """An assessor as the secretariat knows them."""

    id: AssessorId
    name: str
    organisation: str = ""


class Delivered(Value, frozen=True):
    """A registered assessment, its state, and whether it was made with the call's own framework."""

    standing: Standing
    assessment: Assessment
    same_framework: bool = True


class Reading(Value, frozen=True):
    """What one assessor has delivered on one application; `assessment` is the one in force, if exactly one is."""

    person: Person
    mark: Mark
    assessment: Assessment | None = None
    revisions: tuple[Delivered, ...] = ()
    replaced: Assessment | None = None
    """The earlier revision that the one in force came in place of; None for a first one."""

    @property
    def counted(self) -> bool:
        """Whether its ratings are compared with others'."""
        return self.mark is Mark.RATED

    @property
    def possible_conflict(self) -> bool:
        """Whether the assessor has asked about conflict of interest and gone on."""
        found = self.assessment
        return found is not None and found.conflict_of_interest.answer is Declaration.POSSIBLE

    def judgement(self, criterion: CriterionId) -> Judgement:
        """The judgement of that criterion, untouched when there is none."""
        return _judgement(self.assessment, criterion)

    def before(self, criterion: CriterionId) -> Judgement:
        """The judgement that a revision came in place of, untouched when there is none."""
        return _judgement(self.replaced, criterion)

    def changed(self, criterion: CriterionId) -> bool:
        """Whether a revision says something else of that criterion than the one before it."""
        return self.replaced is not None and self.before(criterion) != self.judgement(criterion)

    @property
    def changes(self) -> tuple[CriterionId, ...]:
        """The criteria of which a revision says something else, in the order of the assessment."""
        if self.replaced is None or self.assessment is None:
            return ()
        letters = dict.fromkeys(j.criterion for j in (*self.assessment.judgements, *self.replaced.judgements))
        return tuple(one for one in letters if self.changed(one))


class Tile(Value, frozen=True):
    """One assessor's rating of one criterion, or why there is none."""

    person: Person
    mark: Mark
    rating: Rating | None = None
    changed: bool = False
    """Whether a later revision rates it otherwise than the one before."""


class Cell(Value, frozen=True):
    """One criterion of one application, a tile for each assessor; `spread` is the most steps between two ratings."""

    criterion: CriterionId
    tiles: tuple[Tile, ...]
    spread: int
    apart: bool
    """Whether the spread is what the call calls wide: two steps when it says nothing."""


class MetCount(Value, frozen=True):
    """From the assessor who finds fewest selected principles met to the one who finds most; never a mean."""

    least: int
    most: int
    of: int


class Line(Value, frozen=True):
    """One application: what each assessor delivered, criterion by criterion."""

    application: Application
    readings: tuple[Reading, ...]
    cells: tuple[Cell, ...]
    met: MetCount | None
    withdrawn: bool = False
    area: CriterionId | None = None
    """The main area that most of the assessors chose, the first of them in the call's order when several were."""

    def met_words(self) -> str:
        """`3–5 av 6`, never a mean; a dash where nobody has rated."""
        if self.met is None:
            return "–"
        many = str(self.met.least) if self.met.least == self.met.most else f"{self.met.least}–{self.met.most}"
        return _("{n} of {m}").format(n=many, m=self.met.of)

    @property
    def widest(self) -> int:
        """The widest spread among its criteria."""
        return max((cell.spread for cell in self.cells), default=0)

    @property
    def steps(self) -> int:
        """The spreads of its criteria together, only to put applications in an order for discussion."""
        return sum(cell.spread for cell in self.cells)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """What the counted assessors recommend, in the order of the assessors."""
        found = (reading.assessment for reading in self.readings if reading.counted)
        return tuple(a.recommendation for a in found if a is not None and a.recommendation is not None)


class Comparison(Value, frozen=True):
    """A round laid out: one line for each application in the call's order, one tile for each assessor in each cell."""

    call: Call
    people: tuple[Person, ...]
    lines: tuple[Line, ...]


class Order(StrEnum):
    """How lines can be sorted; equal ones by diary number."""

    SPREAD = "spread"
    MET = "met"
    AREA = "area"
    DIARY_NUMBER = "diary_number"


def compare(
    call: Call,
    people: Iterable[Person],
    delivered: Iterable[Delivered],
    appointed: Iterable[tuple[ApplicationId, Person]] = (),
) -> Comparison:
    """The round laid out; the call's assessors, or everyone enrolled when it names none, have a place in any case.

    Args:
        appointed: who is to read an application besides those whom the call names.
    """
    found: dict[tuple[str, str], list[Delivered]] = {}
    for one in delivered:
        revision = one.standing.revision
        found.setdefault((revision.application, revision.assessor), []).append(one)
    known = {person.id: person for person in people}
    named = {reader.id: known.get(reader.id, Person(reader.id, reader.name)) for reader in call.assessors}
    invited = named or known
    extra = {assessor for _application, assessor in found} - set(invited)
    places = invited | {a: known.get(AssessorId(a), Person(AssessorId(a), a)) for a in extra}
    asked = _Asked(call)
    for application, person in appointed:
        places.setdefault(person.id, known.get(person.id, person))
        asked.also.add((application, person.id))
    ordered = tuple(sorted(places.values(), key=lambda person: (person.name, person.id)))
    lines = tuple(_line(call, application, ordered, found, asked) for application in call.applications)
    return Comparison(call, ordered, lines)


def ordered(lines: Iterable[Line], order: Order) -> tuple[Line, ...]:
    """The lines for discussion: those that split the assessors first, most met first, by main area, or by number."""
    match order:
        case Order.SPREAD:
            return tuple(sorted(lines, key=lambda line: (-line.widest, -line.steps, line.application.id)))
        case Order.MET:
            return tuple(sorted(lines, key=_by_met))
        case Order.AREA:
            return tuple(sorted(lines, key=lambda line: (line.area is None, line.area or "", _by_met(line))))
        case Order.DIARY_NUMBER:
            return tuple(sorted(lines, key=lambda line: line.application.id))


def round_agreement(comparison: Comparison, criterion: CriterionId | None = None) -> Agreement | None:
    """The agreement on the selected principles, or on one of them; None while the round is too small to show it."""
    read = [line for line in comparison.lines if any(reading.counted for reading in line.readings)]
    readers = {reading.person.id for line in read for reading in line.readings if reading.counted}
    if len(read) < LEAST_APPLICATIONS or len(readers) < LEAST_ASSESSORS:
        return None
    principles = {p.id for p in comparison.call.principles} if criterion is None else {criterion}
    ratings: dict[AssessorId, dict[Unit, Rating]] = {reader: {} for reader in readers}
    for line in read:
        for cell in line.cells:
            if cell.criterion not in principles:
                continue
            for tile in cell.tiles:
                if tile.mark is Mark.RATED and tile.rating is not None:
                    ratings[tile.person.id][line.application.id, cell.criterion] = tile.rating
    return agreement(ratings)


def _line(
    call: Call,
    application: Application,
    people: Sequence[Person],
    found: Mapping[tuple[str, str], list[Delivered]],
    asked_of: "_Asked",
) -> Line:
    readings = tuple(
        _reading(person, found.get((application.id, person.id), []), asked=asked_of.reads(person.id, application.id))
        for person in people
    )
    asked, principles = call.criteria_for(application.id), call.principles_for(application.id)
    desks = tuple(_Desk.of(reading) for reading in readings)
    ranked = [rating for rating in call.scale.ratings if rating is not Rating.CANNOT_ASSESS]
    steps: dict[Rating | None, int] = {rating: place for place, rating in enumerate(ranked)}
    wide = call.third_assessor.steps_apart if call.third_assessor else 2
    wide = min(wide, len(call.scale.ratings) - 1)
    cells = tuple(
        _cell(c.id, desks, steps, wide)
        if c in asked
        else Cell(c.id, tuple(Tile(p, Mark.SPARED) for p in people), 0, False)
        for c in call.criteria
    )
    counted = [desk for desk in desks if desk.reading.counted]
    met = [sum(desk.now.get(p.id) is Rating.MET for p in principles) for desk in counted]
    count = MetCount(min(met), max(met), len(principles)) if met else None
    area = _main_area(call, [desk.reading for desk in counted])
    return Line(application, readings, cells, count, application.id in call.withdrawn, area)


def _main_area(call: Call, counted: Sequence[Reading]) -> CriterionId | None:
    chosen = Counter(r.assessment.main_area for r in counted if r.assessment and r.assessment.main_area)
    return max((area.id for area in call.framework.areas if area.id in chosen), key=chosen.__getitem__, default=None)


def _reading(person: Person, revisions: Sequence[Delivered], *, asked: bool) -> Reading:
    in_force = [d for d in revisions if d.standing.state in (State.HEAD, State.JUMP)]
    if len(in_force) == 1:
        (one,) = in_force
        mark = Mark.RATED if one.same_framework else Mark.OTHER_FRAMEWORK
        mark = Mark.RECUSED if one.assessment.recused else mark
        return Reading(person, mark, one.assessment, tuple(revisions), _replaced(one, revisions))
    if any(d.standing.state is State.FORK for d in revisions):
        return Reading(person, Mark.FORK, None, tuple(revisions))
    if revisions:
        return Reading(person, Mark.WAITING, None, tuple(revisions))
    return Reading(person, Mark.MISSING if asked else Mark.NOT_ASKED)


def _replaced(one: Delivered, revisions: Sequence[Delivered]) -> Assessment | None:
    """The parent of the one in force, or the nearest revision before it when that has not arrived."""
    before = [d for d in revisions if d.standing.revision.revision < one.standing.revision.revision]
    named = [d for d in before if d.standing.revision.identity in one.standing.revision.parents]
    found = max(named or before, key=lambda d: d.standing.revision.revision, default=None)
    return found.assessment if found else None


def _judgement(assessment: Assessment | None, criterion: CriterionId) -> Judgement:
    judgements = assessment.judgements if assessment else ()
    return next((j for j in judgements if j.criterion == criterion), Judgement(criterion))


class _Desk(NamedTuple):
    """A reading with its ratings at hand, and those of the revision that it came in place of."""

    reading: Reading
    now: Mapping[CriterionId, Rating | None]
    before: Mapping[CriterionId, Rating | None]

    @classmethod
    def of(cls, reading: Reading) -> "_Desk":
        now, before = (
            {j.criterion: j.rating for j in assessment.judgements} if assessment else {}
            for assessment in (reading.assessment, reading.replaced)
        )
        return cls(reading, now, before)


class _Asked:
    """Who is to read what: as the call says, and who was appointed besides."""

    def __init__(self, call: Call) -> None:
        self._reads = {reader.id: frozenset(reader.reads) for reader in call.assessors}
        self.also: set[tuple[ApplicationId, AssessorId]] = set()

    def reads(self, assessor: AssessorId, application: ApplicationId) -> bool:
        """Whether the assessor is to read the application; a reader of none in particular reads all."""
        if not self._reads or (application, assessor) in self.also:
            return True
        listed = self._reads.get(assessor)
        return listed is not None and (not listed or application in listed)


def _cell(criterion: CriterionId, desks: "Sequence[_Desk]", steps: Mapping[Rating | None, int], wide: int) -> Cell:
    tiles = tuple(_tile(desk, criterion) for desk in desks)
    rated = [steps[t.rating] for t in tiles if t.mark is Mark.RATED and t.rating in steps]
    spread = max(rated) - min(rated) if rated else 0
    return Cell(criterion, tiles, spread, spread >= wide)


def _tile(desk: "_Desk", criterion: CriterionId) -> Tile:
    reading = desk.reading
    if not reading.counted and reading.mark is not Mark.OTHER_FRAMEWORK:
        return Tile(reading.person, reading.mark)
    rating = desk.now.get(criterion)
    changed = reading.replaced is not None and desk.before.get(criterion) is not rating
    return Tile(reading.person, reading.mark, rating, changed)


def _by_met(line: Line) -> tuple[int, int, str]:
    if line.met is None:
        return (1, 0, line.application.id)
    return (-line.met.least, -line.met.most, line.application.id)
