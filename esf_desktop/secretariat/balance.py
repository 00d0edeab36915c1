"""Sought support and numbers by county, municipality, area, kind and sector: of all that applied, and of the proposed.

The figures are laid out here, so that the window, the PDF and the HTML draw the same: each chart is a list of groups,
the map a grid of 29 equal tiles. An application in several municipalities counts in each of them, and its support is
shared equally between them, so that the sums of every chart are the sum of the round.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from esf_desktop import formatting, municipalities
from esf_desktop.i18n import _, plural
from esf_desktop.model import Application, ApplicationId, Call, CriterionId, ProjectType, Value
from esf_desktop.secretariat.compare import Comparison, Line
from esf_desktop.secretariat.funds import pot_names, pots
from esf_desktop.secretariat.order import Outcome
from esf_desktop.wording import project_type_word

UNSTATED, OUTSIDE, SPLIT = "", "outside", "split"
"""Keys of the groups that gather what belongs to no other."""
LEVELS = 4
"""Of shade on the map, besides none."""
COLUMNS, ROWS = 6, 7
"""Of the map."""


class Dimension(StrEnum):
    """What applications are grouped by."""

    COUNTY = "county"
    MUNICIPALITY = "municipality"
    AREA = "area"
    PROGRAMME_AREA = "programme_area"
    PROJECT_TYPE = "project_type"
    SECTOR = "sector"

    def title(self) -> str:
        """The heading of the chart, in the language spoken now."""
        match self:
            case Dimension.COUNTY:
                return _("County")
            case Dimension.MUNICIPALITY:
                return _("Municipality")
            case Dimension.AREA:
                return _("Priority area")
            case Dimension.PROGRAMME_AREA:
                return _("Programme area")
            case Dimension.PROJECT_TYPE:
                return _("Project type")
            case Dimension.SECTOR:
                return _("Sector")

    def note(self) -> str:
        """How applications came to their groups; empty where the application itself says it."""
        if self in (Dimension.COUNTY, Dimension.MUNICIPALITY):
            return _(
                "An application in several municipalities counts in each; its support is shared equally between them."
            )
        if self is Dimension.AREA:
            return _("The main area of the joint assessment, or else the one that most assessors have marked.")
        return ""


class Sum(Value, frozen=True):
    """How many applications, and what they seek in whole SEK."""

    count: int = 0
    support: int = 0

    def words(self) -> str:
        """`3 ansökningar, 7 867 603 kr`."""
        count = plural("{n} application", "{n} applications", self.count).format(n=formatting.count(self.count))
        return f"{count}, {formatting.money(self.support)}"


class Group(Value, frozen=True):
    """One bar of a chart and one row of its table; the proposed are among the applied."""

    key: str
    """An SCB code, the letters of an area, a type, a sector, or one of the keys above."""
    name: str
    """In the language spoken when it was laid out."""
    applied: Sum = Sum()
    prioritised: Sum = Sum()
    if_funds_allow: Sum = Sum()

    def sentence(self) -> str:
        """The group's figures in words, what is proposed only where something is."""
        said = [self.applied.words()]
        for outcome, sum_ in ((Outcome.PRIORITISED, self.prioritised), (Outcome.IF_FUNDS_ALLOW, self.if_funds_allow)):
            if sum_.count:
                said.append(_("{outcome} {sum}").format(outcome=outcome.word(), sum=sum_.words()))
        return f"{self.name}: {'; '.join(said)}"


class Breakdown(Value, frozen=True):
    """One chart."""

    dimension: Dimension
    groups: tuple[Group, ...]

    @property
    def most(self) -> int:
        """The largest sum that is sought, which the longest bar stands for."""
        return max((group.applied.support for group in self.groups), default=0)


class Part(Value, frozen=True):
    """A part of the call's budget, or all of it, against what is sought from it."""

    group: Group
    budget: int | None


class Tile(Value, frozen=True):
    """A municipality on the map, from the north-west; `level` is its shade by sought support, 0 for none."""

    column: int
    row: int
    group: Group
    level: int
    count_level: int = 0
    """Its shade by the number of applications."""


class Balance(Value, frozen=True):
    """The round's figures; withdrawn applications are left out."""

    total: Group
    parts: tuple[Part, ...]
    breakdowns: tuple[Breakdown, ...]
    tiles: tuple[Tile, ...]
    without_amount: tuple[ApplicationId, ...]
    """They count as applications, but nobody knows what they seek."""

    @property
    def decided(self) -> bool:
        """Whether anything is proposed yet."""
        return bool(self.total.prioritised.count or self.total.if_funds_allow.count)

    def by(self, dimension: Dimension) -> Breakdown:
        """The chart of that name."""
        return next(one for one in self.breakdowns if one.dimension is dimension)


Belonging = Mapping[ApplicationId, tuple[str, ...]]
"""The group of each equal share of each application, by its key; most have one share."""
Names = Mapping[str, str]
"""The groups of a chart in their order, keys with names."""


def balance(
    comparison: Comparison,
    outcomes: Mapping[ApplicationId, Outcome],
    agreed: Mapping[ApplicationId, CriterionId] | None = None,
) -> Balance:
    """The figures of the round as it is compared and proposed.

    Args:
        agreed: the main areas of joint assessments; for the others the assessors' marks are counted.
    """
    call = comparison.call
    lines = [line for line in comparison.lines if not line.withdrawn]
    live = [line.application for line in lines]

    def by(names: Names, belonging: Belonging) -> tuple[Group, ...]:
        """The groups but for those that gather what belongs to no other and gather nothing."""
        made = _groups(names, belonging, live, outcomes)
        return tuple(one for one in made if one.applied.count or one.key not in (UNSTATED, OUTSIDE, SPLIT))

    def own(of: Callable[[Application], str]) -> Belonging:
        return {one.id: (of(one),) for one in live}

    lying = {one.id: tuple(_known(code) for code in sorted(set(one.municipalities))) or (UNSTATED,) for one in live}
    county = {one: tuple(_county(code) for code in codes) for one, codes in lying.items()}
    municipal = by(_municipalities(), lying)
    areas = {one.application.id: ((agreed or {}).get(one.application.id) or _area(call, one),) for one in lines}
    named = pot_names(call, live)
    money = {pot.name: pot.amount for pot in pots(call, live)}
    part_names = {name: name or (_("The whole budget") if len(money) == 1 else _not_stated()) for name in money}
    breakdowns = (
        Breakdown(Dimension.COUNTY, by(_counties(), county)),
        Breakdown(Dimension.MUNICIPALITY, municipal),
        Breakdown(Dimension.AREA, by(_areas(call), areas)),
        Breakdown(Dimension.PROGRAMME_AREA, by(_in_use(live, _programme_area), own(_programme_area))),
        Breakdown(Dimension.PROJECT_TYPE, by(_types(), own(_type))),
        Breakdown(Dimension.SECTOR, by(_in_use(live, _sector, call.sectors), own(_sector))),
    )
    (total,) = _groups({"": _("All applications")}, own(lambda _one: ""), live, outcomes)
    in_parts = _groups(part_names, own(lambda one: named[one.id]), live, outcomes)
    return Balance(
        total=total,
        parts=tuple(Part(group, money[group.key]) for group in in_parts),
        breakdowns=breakdowns,
        tiles=_tiles(municipal),
        without_amount=tuple(one.id for one in live if one.requested_support is None),
    )


def shares(amount: int, count: int) -> tuple[int, ...]:
    """Whole amounts that are as equal as can be and together are the amount."""
    each, more = divmod(amount, count)
    return tuple(each + 1 if place < more else each for place in range(count))


def _groups(
    names: Names, belonging: Belonging, live: Iterable[Application], outcomes: Mapping[ApplicationId, Outcome]
) -> tuple[Group, ...]:
    """A group for each name."""
    sums: dict[str, dict[Outcome | None, Sum]] = {key: defaultdict(Sum) for key in names}
    for one in live:
        keys = belonging[one.id]
        support = Counter[str]()
        for key, share in zip(keys, shares(one.requested_support or 0, len(keys)), strict=True):
            support[key] += share
        for key, amount in support.items():
            for kind in {None, outcomes.get(one.id)}:
                before = sums[key][kind]
                sums[key][kind] = Sum(before.count + 1, before.support + amount)
    return tuple(
        Group(key, name, of[None], of[Outcome.PRIORITISED], of[Outcome.IF_FUNDS_ALLOW])
        for (key, name), of in zip(names.items(), sums.values(), strict=True)
    )


def _tiles(groups: tuple[Group, ...]) -> tuple[Tile, ...]:
    """Every municipality in its place; the most sought has the last level, the others by their share of it."""
    by_key = {group.key: group for group in groups}
    here = municipalities.all_municipalities()
    most = max(by_key[place.code].applied.support for place in here)
    many = max(by_key[place.code].applied.count for place in here)
    made = []
    for place in here:
        group = by_key[place.code]
        applied = group.applied
        levels = (_level(applied.support, most), _level(applied.count, many)) if applied.count else (0, 0)
        made.append(Tile(place.column, place.row, group, *levels))
    return tuple(sorted(made, key=lambda tile: (tile.row, tile.column)))


def _level(share: int, most: int) -> int:
    return max(1, math.ceil(share / most * LEVELS)) if most else 1


def _municipalities() -> Names:
    return {**{one.code: one.name for one in municipalities.all_municipalities()}, **_elsewhere()}


def _counties() -> Names:
    return {**{one.county: one.county for one in municipalities.all_municipalities()}, **_elsewhere()}


def _elsewhere() -> Names:
    return {OUTSIDE: _("Outside the region"), UNSTATED: _not_stated()}


def _known(code: str) -> str:
    return code if municipalities.by_code(code) else OUTSIDE


def _county(key: str) -> str:
    found = municipalities.by_code(key)
    return found.county if found else key


def _areas(call: Call) -> Names:
    return {
        **{area.id: area.title.spoken() for area in call.framework.areas},
        SPLIT: _("As many assessors mark different areas"),
        UNSTATED: _not_stated(),
    }


def _area(call: Call, line: Line) -> str:
    """The main area that most of the counted assessors have marked."""
    marked = (one.assessment.main_area for one in line.readings if one.counted and one.assessment is not None)
    votes = Counter(area for area in marked if area is not None and call.is_area(area))
    most = max(votes.values(), default=0)
    leading = [area for area, count in votes.items() if count == most]
    return UNSTATED if not leading else leading[0] if len(leading) == 1 else SPLIT


def _types() -> Names:
    return {**{kind.value: project_type_word(kind) for kind in ProjectType}, UNSTATED: _not_stated()}


def _type(one: Application) -> str:
    return one.project_type.value if one.project_type else UNSTATED


def _programme_area(one: Application) -> str:
    return one.programme_area


def _sector(one: Application) -> str:
    return one.sector


def _in_use(live: Iterable[Application], of: Callable[[Application], str], listed: Iterable[str] = ()) -> Names:
    """What the call lists, then what applications say besides, and last what they do not say."""
    words = dict.fromkeys((*listed, *sorted({of(one) for one in live} - {UNSTATED})))
    return {**{word: word for word in words}, UNSTATED: _not_stated()}


def _not_stated() -> str:
    return _("Not stated")
