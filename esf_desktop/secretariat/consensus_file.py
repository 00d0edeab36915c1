"""A joint assessment written by hand: a TOML file in the words of the record; what it leaves out stays as it is."""

from collections.abc import Iterable, Sequence

from msgspec import field

from esf_desktop.handwritten import Handwritten
from esf_desktop.model import ApplicationId, Call, CriterionId, Rating, Recommendation, Value, replace
from esf_desktop.secretariat.compare import Line, Person
from esf_desktop.secretariat.consensus import Consensus, JointJudgement, Present, begun

NOTHING = ""
"""Written where a choice is taken back."""


class Entry(Value, frozen=True):
    """What the file says of one criterion."""

    rating: str | None = None
    comment: str | None = None


class ConsensusFile(Value, frozen=True):
    """What the file says; `conflicts` is who stepped aside, and why."""

    application: ApplicationId
    judgements: dict[str, Entry] = field(default_factory=dict)
    text: str | None = None
    recommendation: str | None = None
    main_area: str | None = None
    present: tuple[str, ...] | None = None
    conflicts: dict[str, str] | None = None


def application_of(source: Handwritten) -> ApplicationId:
    """Which application the file is about.

    Raises:
        HandwrittenError: a line that has to be corrected.
    """
    return source.convert(source.values, ConsensusFile).application


def read(source: Handwritten, call: Call, line: Line, people: Sequence[Person], before: Consensus | None) -> Consensus:
    """The record that the file makes of the one before, or of the one that a meeting begins with.

    Raises:
        HandwrittenError: a line that has to be corrected.
    """
    said = source.convert(source.values, ConsensusFile)
    start = before or begun(line)
    asked = call.criteria_for(line.application.id)
    kept = {one.criterion: one for one in start.judgements}
    for letters, entry in said.judgements.items():
        _check(source, ("judgements", letters), letters, [one.id for one in asked])
        criterion = CriterionId(letters)
        one = kept.get(criterion, JointJudgement(criterion))
        if entry.rating is not None:
            allowed = [rating.value for rating in call.scale.ratings]
            _check(source, ("judgements", letters, "rating"), entry.rating, [*allowed, NOTHING])
            one = replace(one, rating=Rating(entry.rating) if entry.rating else None)
        kept[criterion] = one if entry.comment is None else replace(one, comment=entry.comment)
    made = replace(start, judgements=tuple(kept.values()))
    if said.text is not None:
        made = replace(made, text=said.text)
    if said.recommendation is not None:
        _check(source, ("recommendation",), said.recommendation, [*(one.value for one in Recommendation), NOTHING])
        made = replace(made, recommendation=Recommendation(said.recommendation) if said.recommendation else None)
    if said.main_area is not None:
        areas = call.areas_for(line.application.id)
        _check(source, ("main_area",), said.main_area, [*(area.id for area in areas), NOTHING])
        made = replace(made, main_area=CriterionId(said.main_area) if said.main_area else None)
    return _with_people(made, said, people)


def _with_people(made: Consensus, said: ConsensusFile, people: Sequence[Person]) -> Consensus:
    there = {one.name: one for one in made.present}
    if said.present is not None:
        aside = {name: one for name, one in there.items() if one.conflict} if said.conflicts is None else {}
        there = {one.name: one for one in (_present(name, people) for name in said.present)} | aside
    if said.conflicts is not None:
        there = {name: replace(one, conflict=False, reason="") for name, one in there.items()}
        for name, reason in said.conflicts.items():
            one = _present(name, people)
            there[one.name] = replace(one, conflict=True, reason=reason)
    return replace(made, present=tuple(there.values()))


def named(word: str, people: Iterable[Person]) -> Person | None:
    """The one whom the word names, by name or id; None when it is nobody, or more than one."""
    wanted = " ".join(word.split()).casefold()
    found = {one.id: one for one in people if wanted in (one.id, one.name.casefold())}
    return next(iter(found.values())) if len(found) == 1 else None


def _present(word: str, people: Sequence[Person]) -> Present:
    person = named(word, people)
    return Present(person.name, person.id) if person else Present(" ".join(word.split()))


def _check(source: Handwritten, place: tuple[str, ...], word: str, allowed: Sequence[str]) -> None:
    if word not in allowed:
        raise source.wrong_word(place, word, [one for one in allowed if one])
