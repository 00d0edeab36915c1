"""Which applications of the round are shown, and in what order: rules on values, without a widget."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from esf_desktop.completeness import State, met_count
from esf_desktop.model import Application, Call, CriterionId, Draft, Rating
from ui.assessor.facts import place_name

COLUMNS = ("number", "project", "support", "municipality", "ratings", "state")
STATES = tuple(State)
_LAST = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}


@dataclass(frozen=True, slots=True)
class Line:
    """One application with everything that the round shows of it."""

    application: Application
    draft: Draft
    state: State
    said: str = ""
    """The state with its receipt's number; the state's own word without one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to see; what is empty asks for nothing."""

    words: str = ""
    state: State | None = None
    area: CriterionId | None = None
    municipality: str = ""

    @property
    def open(self) -> bool:
        """Whether everything is wanted."""
        return self == Wish()


@dataclass(frozen=True, slots=True)
class Order:
    """By which column the round is sorted, and which way; written as `support`, or `-support` for downwards."""

    column: str = "number"
    downwards: bool = False

    @classmethod
    def read(cls, written: str) -> "Order":
        """The order as it is kept among a person's choices; the call's own where it says nothing that is known."""
        column = written.removeprefix("-")
        return cls(column, written.startswith("-")) if column in COLUMNS else cls()

    def __str__(self) -> str:
        return f"-{self.column}" if self.downwards else self.column

    def pressed(self, column: str) -> "Order":
        """The order after a column was chosen: the same one again turns it."""
        return Order(column, column == self.column and not self.downwards)


def matching(lines: Iterable[Line], wish: Wish) -> tuple[Line, ...]:
    """Those that meet everything that is wished for."""
    words = wish.words.casefold().split()
    return tuple(line for line in lines if _meets(line, wish, words))


def ordered(call: Call, lines: Sequence[Line], order: Order) -> tuple[Line, ...]:
    """The lines sorted; equal ones stand as in the call, and what is not known stands last both ways."""
    keys: dict[str, Callable[[Line], object]] = {
        "number": lambda line: swedish(line.application.id),
        "project": lambda line: swedish(line.application.project_name),
        "support": lambda line: line.application.requested_support,
        "municipality": lambda line: swedish(places(line.application)),
        "ratings": lambda line: None if line.draft.recused else met_count(call, line.draft)[0],
        "state": lambda line: STATES.index(line.state),
    }
    key = keys[order.column]
    known = [line for line in lines if key(line) not in (None, "")]
    unknown = [line for line in lines if key(line) in (None, "")]
    return (*sorted(known, key=key, reverse=order.downwards), *unknown)  # type: ignore[arg-type]


def places(application: Application) -> str:
    """The municipalities by name."""
    return ", ".join(place_name(code) for code in application.municipalities)


def touches(draft: Draft, area: CriterionId) -> bool:
    """Whether the assessor finds that the application belongs to the area: as the main one, or met at least partly."""
    return draft.main_area == area or draft.judgement(area).rating in (Rating.MET, Rating.PARTLY)


def swedish(text: str) -> str:
    """The text as Swedish sorts it: case makes no difference, and å, ä and ö come last, in that order."""
    return "".join(_LAST.get(letter, letter) for letter in text.casefold())


def _meets(line: Line, wish: Wish, words: Sequence[str]) -> bool:
    application = line.application
    text = " ".join(
        (application.id, application.project_name, application.applicant_name, places(application))
    ).casefold()
    return (
        all(word in text for word in words)
        and wish.state in (None, line.state)
        and (wish.area is None or touches(line.draft, wish.area))
        and (not wish.municipality or wish.municipality in application.municipalities)
    )
