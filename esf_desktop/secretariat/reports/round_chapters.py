"""The first chapters of the basis: the round at a glance, and the matrix of everyone's ratings."""

from collections import Counter
from collections.abc import Iterator, Sequence

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import CriterionId, Rating
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Order, ordered
from esf_desktop.secretariat.compare import Tile as Given
from esf_desktop.secretariat.coverage import ENOUGH_READERS, thinly_read
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.secretariat.reports.story import (
    Bar,
    Block,
    Cell,
    Chapter,
    Column,
    Facts,
    Heading,
    Kicker,
    Legend,
    Mosaic,
    Piece,
    Span,
    Split,
    Table,
    Tile,
    Words,
    cell,
    said,
)
from esf_desktop.wording import rating_word

NAME = 130.0
"""What the matrix leaves at least for the names of applications, in points."""
MET = 58.0
MATRIX = 749.0
STEP = 17.0
"""From one tile to the next, in points."""
MOST_NAMED = 6
"""Of applications in one cell."""


def overview(basis: Basis) -> Chapter:
    """The call, its applications, its money, how its principles were rated, and who has delivered."""
    comparison = basis.comparison
    call = comparison.call
    note = _("Met: from the assessor who finds fewest selected principles met to the one who finds most.")
    blocks: tuple[Block, ...] = (
        Kicker(call.body),
        Heading(call.title, 1),
        *([said(_("Practice: everything here is fictional."), strong=True)] if call.practice else []),
        Facts(_facts(basis)),
        Heading(_("Applications")),
        _applications(comparison),
        said(note, small=True, muted=True),
        *_money(comparison),
        *_ratings(comparison),
        Heading(_("Who has delivered")),
        _deliveries(basis),
        *_thinly_read(comparison),
        *_one_more(basis),
    )
    return Chapter(_("Overview"), blocks)


def _facts(basis: Basis) -> tuple[tuple[str, str], ...]:
    call = basis.comparison.call
    live = [line for line in basis.comparison.lines if not line.withdrawn]
    return (
        (_("Call"), call.id),
        (_("Diary number"), call.diary_number),
        (_("Deadline"), formatting.day(call.deadline) if call.deadline else ""),
        (_("Applications"), formatting.count(len(live))),
        (_("Sought support together"), formatting.money(sum(_sought(line) for line in live))),
        (_("Budget"), formatting.money(sum(part.amount for part in call.budget)) if call.budget else ""),
        (_("Assessors"), formatting.count(len(basis.comparison.people))),
        (_("Bundles"), formatting.count(len(basis.minute))),
    )


def _applications(comparison: Comparison) -> Table:
    rows = tuple(
        (
            cell(line.application.id),
            (
                Words(line.application.project_name, strong=True),
                Words(line.application.applicant_name, small=True, muted=True),
            ),
            cell(_("withdrawn") if line.withdrawn else formatting.money(_sought(line))),
            met(line),
            cell("\n".join(words.recommendations(line)) or "–"),
        )
        for line in comparison.lines
    )
    columns = (
        Column(_("Diary number"), 58),
        Column(_("Project and applicant"), 0.999),
        Column(_("Sought support"), 74, 1),
        Column(_("Met"), MET),
        Column(_("Recommendations"), 124),
    )
    return Table(_("Applications"), columns, rows)


def _money(comparison: Comparison) -> list[Block]:
    """Sought support against each part of the budget, when applications say which part they ask from."""
    call = comparison.call
    live = [line for line in comparison.lines if not line.withdrawn]
    if not call.budget or not any(line.application.budget_part for line in live):
        return []
    rows: list[tuple[Cell, ...]] = []
    for part in call.budget:
        sought = [_sought(line) for line in live if line.application.budget_part == part.name]
        share = sum(sought) / part.amount if part.amount else 0
        numbers = (formatting.count(len(sought)), formatting.money(sum(sought)), formatting.money(part.amount))
        told = formatting.percent(share) if part.amount else "–"
        rows.append((cell(part.name), *map(cell, numbers), cell(told), (Bar(min(share, 1.0)),)))
    columns = (
        Column(_("Part"), 0.6),
        Column(_("Number"), 40, 1),
        Column(_("Sought support"), 78, 1),
        Column(_("Budget"), 78, 1),
        Column(_("Share"), 40, 1),
        Column("", 0.399),
    )
    title = _("Sought support and budget")
    return [Heading(title), Table(title, columns, tuple(rows))]


def _ratings(comparison: Comparison) -> list[Block]:
    """How often each criterion was given each rating; a chart whose numbers stand beside it."""
    call = comparison.call
    steps = [step for step in call.framework.steps if step.rating in call.scale.ratings]
    rows: list[tuple[Cell, ...]] = []
    for place, criterion in enumerate(call.criteria):
        tiles = (tile for line in comparison.lines if not line.withdrawn for tile in line.cells[place].tiles)
        counts = Counter(tile.rating for tile in tiles if tile.mark is Mark.RATED and tile.rating is not None)
        if not counts:
            continue
        given = tuple((step.rating, counts[step.rating]) for step in steps)
        spoken = ", ".join(f"{n} {rating_word(call, criterion.id, rating)}" for rating, n in given)
        name = (Words(f"{criterion.id}  {criterion.title.spoken()}"),)
        numbers = (cell(formatting.count(n)) for _rating, n in given)
        rows.append((name, *numbers, (Split(given, f"{criterion.title.spoken()}: {spoken}"),)))
    if not rows:
        return []
    columns = (
        Column(_("Criterion"), 0.56),
        *(Column(step.word.spoken(), 44, 1) for step in steps),
        Column("", 0.439),
    )
    title = _("How the criteria were rated")
    return [Heading(title), Table(title, columns, tuple(rows))]


def _deliveries(basis: Basis) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in basis.deliveries:
        done = _("{n} of {m} delivered").format(n=len(one.delivered) + len(one.recused), m=one.asked)
        recused = _("of which {n} with conflict of interest").format(n=len(one.recused)) if one.recused else ""
        left = [
            _("{applications} (unsettled)").format(applications=_some(one.unsettled)) if one.unsettled else "",
            _some(one.missing),
        ]
        told = (one.person.name, ", ".join(filter(None, (done, recused))), "; ".join(filter(None, left)) or "–")
        rows.append(tuple(map(cell, told)))
    columns = (Column(_("Assessor"), 140), Column(_("Delivered"), 150), Column(_("Missing"), 0.999))
    return Table(_("Who has delivered"), columns, tuple(rows))


def _some(applications: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    if len(applications) <= MOST_NAMED:
        return ", ".join(applications)
    named = ", ".join(applications[: MOST_NAMED - 1])
    return _("{applications} and {n} more").format(applications=named, n=len(applications) - MOST_NAMED + 1)


def _thinly_read(comparison: Comparison) -> Iterator[Block]:
    if thin := thinly_read(comparison):
        told = _("Assessed by fewer than {n} without a conflict of interest: {applications}.").format(
            n=ENOUGH_READERS, applications=", ".join(line.application.id for line in thin)
        )
        yield said(told, strong=True)


def _one_more(basis: Basis) -> Iterator[Block]:
    """The applications that need one more reader, and who was appointed."""
    if not basis.wanted:
        return
    title = _("One more reader")
    rows = tuple(
        (
            cell(one.application),
            tuple(map(Words, one.reasons())),
            cell(", ".join(each.appointment.name for each in one.appointed) or _("nobody yet")),
        )
        for one in basis.wanted
    )
    columns = (Column(_("Diary number"), 58), Column(_("Why"), 0.999), Column(_("Appointed"), 150))
    yield Heading(title)
    yield Table(title, columns, rows)


def matrix(comparison: Comparison) -> Chapter:
    """Everyone's rating of every selected principle, widest difference first."""
    call = comparison.call
    share = (MATRIX - NAME - MET) / max(len(call.principles), 1) - 8
    width = max(min(len(comparison.people) * STEP, share), 34.0)
    rows = tuple(_across(comparison, line) for line in ordered(comparison.lines, Order.SPREAD))
    columns = (
        Column(_("Application"), 0.999),
        *(Column(principle.id, width) for principle in call.principles),
        Column(_("Met"), MET),
    )
    people = "   ".join(
        f"{number}.{formatting.NO_BREAK}{person.name}" for number, person in enumerate(comparison.people, start=1)
    )
    used = {tile.mark for line in comparison.lines for cell in line.cells for tile in cell.tiles} - {Mark.RATED}
    steps = tuple(
        Tile(step.rating, step.word.spoken()) for step in call.framework.steps if step.rating in call.scale.ratings
    )
    frame = _("A frame: two assessors are {n} steps apart. Nothing is weighed together into points.")
    wide = call.third_assessor.steps_apart if call.third_assessor else 2
    blocks: tuple[Block, ...] = (
        Heading(_("Comparison"), 1),
        said(_("Widest difference first. A tile for each assessor, in this order:")),
        said(people, muted=True),
        said(frame.format(n=wide), small=True, muted=True),
        Legend(steps, tuple(mark for mark in Mark if mark in used)),
        Table(_("Comparison"), columns, rows),
    )
    return Chapter(_("Comparison"), blocks, wide=True)


def _across(comparison: Comparison, line: Line) -> tuple[Cell, ...]:
    name: Cell = (
        Words(line.application.id, small=True, muted=True),
        Words(line.application.project_name, strong=True),
    )
    mosaics: list[Cell] = [
        (Mosaic(tuple(_piece(comparison, one.criterion, tile) for tile in one.tiles), one.apart),)
        for one in line.cells
        if not comparison.call.is_area(one.criterion)
    ]
    return name, *mosaics, met(line)


def _piece(comparison: Comparison, criterion: CriterionId, tile: Given) -> Piece:
    rating: Rating | None = tile.rating if tile.mark is Mark.RATED else None
    told = rating_word(comparison.call, criterion, rating) if rating is not None else tile.mark.word()
    return Piece(tile.mark, rating, f"{tile.person.name}, {criterion}: {told}")


def met(line: Line) -> Cell:
    """`3–5 av 6` above its piece of a bar."""
    told = Words(line.met_words(), strong=line.met is not None)
    return (told, Span(line.met)) if line.met else (told,)


def _sought(line: Line) -> int:
    return line.application.requested_support or 0
