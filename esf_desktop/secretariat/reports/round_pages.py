"""The first pages of the basis: the round at a glance, and the matrix of everyone's ratings."""

from collections.abc import Sequence

from esf_desktop import formatting
from esf_desktop.i18n import _
from esf_desktop.model import CriterionId
from esf_desktop.secretariat.compare import Comparison, Line, Mark, Order, Tile, ordered
from esf_desktop.secretariat.coverage import ENOUGH_READERS, thinly_read
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis
from esf_desktop.secretariat.reports.tiles import STEP, MatrixCell, MetRange, Sign
from esf_desktop.sheets import layout, marks
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import Cell
from esf_desktop.wording import rating_word

NAME = 130.0
"""What the matrix leaves at least for the names of applications, in points."""
MET = 58.0
MATRIX = 749.0
MOST_NAMED = 6
"""Of applications in one cell."""


def overview(basis: Basis) -> list[Block]:
    """The call, its applications, its money, and who has delivered."""
    comparison = basis.comparison
    call = comparison.call
    notes = [_("Practice: everything here is fictional.")] if call.practice else []
    return [
        layout.words(layout.run(call.body, small=True, muted=True)),
        layout.heading(call.title, 1),
        *(layout.words(layout.run(note, bold=True), before=4) for note in notes),
        layout.rule(marks.ACCENT, 1.2, before=6),
        layout.facts(_facts(basis), before=9),
        layout.heading(_("Applications")),
        _applications(comparison),
        layout.words(
            layout.run(
                _("Met: from the assessor who finds fewest selected principles met to the one who finds most."),
                small=True,
                muted=True,
            ),
            before=5,
        ),
        *_money(comparison),
        layout.heading(_("Who has delivered")),
        _deliveries(basis),
        *_thinly_read(comparison),
    ]


def _facts(basis: Basis) -> list[tuple[str, str]]:
    call = basis.comparison.call
    live = [line for line in basis.comparison.lines if not line.withdrawn]
    return [
        (_("Call"), call.id),
        (_("Diary number"), call.diary_number),
        (_("Deadline"), formatting.day(call.deadline) if call.deadline else ""),
        (_("Applications"), formatting.count(len(live))),
        (_("Sought support together"), formatting.money(sum(_sought(line) for line in live))),
        (_("Budget"), formatting.money(sum(part.amount for part in call.budget)) if call.budget else ""),
        (_("Assessors"), formatting.count(len(basis.comparison.people))),
        (_("Bundles"), formatting.count(len(basis.minute))),
    ]


def _applications(comparison: Comparison) -> Block:
    rows: list[list[Cell]] = [
        [
            line.application.id,
            [
                layout.words(layout.run(line.application.project_name, bold=True)),
                layout.words(layout.run(line.application.applicant_name, small=True, muted=True)),
            ],
            _("withdrawn") if line.withdrawn else formatting.money(_sought(line)),
            met(line),
            "\n".join(words.recommendations(line)) or "–",
        ]
        for line in comparison.lines
    ]
    header = [_("Diary number"), _("Project and applicant"), _("Sought support"), _("Met"), _("Recommendations")]
    return layout.table(header, rows, [58, 0.999, 74, MET, 124], align=[0, 0, 1, 0, 0])


def _money(comparison: Comparison) -> list[Block]:
    """Sought support against each part of the budget, when applications say which part they ask from."""
    call = comparison.call
    live = [line for line in comparison.lines if not line.withdrawn]
    if not call.budget or not any(line.application.budget_part for line in live):
        return []
    rows: list[list[Cell]] = []
    for part in call.budget:
        sought = [_sought(line) for line in live if line.application.budget_part == part.name]
        share = formatting.percent(sum(sought) / part.amount) if part.amount else "–"
        numbers = [formatting.count(len(sought)), formatting.money(sum(sought)), formatting.money(part.amount), share]
        rows.append([part.name, *numbers, marks.Bar(sum(sought) / part.amount if part.amount else 0)])
    header = [_("Part"), _("Number"), _("Sought support"), _("Budget"), _("Share"), ""]
    return [
        layout.heading(_("Sought support and budget")),
        layout.table(header, rows, [0.6, 40, 78, 78, 40, 0.399], align=[0, 1, 1, 1, 1, 0]),
    ]


def _deliveries(basis: Basis) -> Block:
    rows: list[list[Cell]] = []
    for one in basis.deliveries:
        done = _("{n} of {m} delivered").format(n=len(one.delivered) + len(one.recused), m=one.asked)
        recused = _("of which {n} with conflict of interest").format(n=len(one.recused)) if one.recused else ""
        left = [
            _("{applications} (unsettled)").format(applications=_some(one.unsettled)) if one.unsettled else "",
            _some(one.missing),
        ]
        rows.append([one.person.name, ", ".join(filter(None, (done, recused))), "; ".join(filter(None, left)) or "–"])
    return layout.table([_("Assessor"), _("Delivered"), _("Missing")], rows, [140, 150, 0.999])


def _some(applications: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    if len(applications) <= MOST_NAMED:
        return ", ".join(applications)
    named = ", ".join(applications[: MOST_NAMED - 1])
    return _("{applications} and {n} more").format(applications=named, n=len(applications) - MOST_NAMED + 1)


def _thinly_read(comparison: Comparison) -> list[Block]:
    thin = thinly_read(comparison)
    if not thin:
        return []
    said = _("Assessed by fewer than {n} without a conflict of interest: {applications}.").format(
        n=ENOUGH_READERS, applications=", ".join(line.application.id for line in thin)
    )
    return [layout.words(layout.run(said, bold=True), before=8)]


def matrix(comparison: Comparison) -> list[Block]:
    """Everyone's rating of every selected principle, widest difference first."""
    call = comparison.call
    share = (MATRIX - NAME - MET) / max(len(call.principles), 1) - 8
    width = max(min(len(comparison.people) * STEP, share), 34.0)
    rows: list[list[Cell]] = []
    for line in ordered(comparison.lines, Order.SPREAD):
        name: Cell = [
            layout.words(layout.run(line.application.id, small=True, muted=True)),
            layout.words(layout.run(line.application.project_name, bold=True)),
        ]
        cells = [MatrixCell(c, [_told(comparison, c.criterion, t) for t in c.tiles]) for c in line.cells]
        rows.append([name, *(c for c in cells if not call.is_area(c.cell.criterion)), met(line)])
    header = [_("Application"), *(principle.id for principle in call.principles), _("Met")]
    people = "   ".join(
        f"{number}.{formatting.NO_BREAK}{person.name}" for number, person in enumerate(comparison.people, start=1)
    )
    return [
        layout.heading(_("Comparison"), 1),
        layout.words(layout.run(_("Widest difference first. A tile for each assessor, in this order:")), before=4),
        layout.words(layout.run(people, muted=True), before=2),
        layout.table(header, rows, [0.999, *[width] * len(call.principles), MET], padding=4.6),
        *_legend(comparison),
    ]


def met(line: Line) -> list[Block]:
    """`3–5 av 6` above its piece of a bar."""
    said: list[Block] = [layout.words(layout.run(line.met_words(), bold=line.met is not None))]
    return [*said, MetRange(line.met)] if line.met else said


def _legend(comparison: Comparison) -> list[Block]:
    used = {tile.mark for line in comparison.lines for cell in line.cells for tile in cell.tiles} - {Mark.RATED}
    steps = [step for step in comparison.call.framework.steps if step.rating in comparison.call.scale.ratings]
    shown = [Stack([marks.Tile(step.rating, step.word.spoken())]) for step in steps]
    signs = [Stack([Sign(mark, mark.word())]) for mark in Mark if mark in used]
    frame = _("A frame: two assessors are {n} steps apart. Nothing is weighed together into points.")
    wide = comparison.call.third_assessor.steps_apart if comparison.call.third_assessor else 2
    return [
        Columns([*shown, Stack([])], [*[max(70.0, 15.0 + 5.2 * len(s.word.spoken())) for s in steps], 0.999], before=9),
        *([Columns(signs, [0.999 / len(signs)] * len(signs), before=6)] if signs else []),
        layout.words(layout.run(frame.format(n=wide), small=True, muted=True), before=7),
    ]


def _told(comparison: Comparison, criterion: CriterionId, tile: Tile) -> str:
    rated = tile.rating is not None and tile.mark is Mark.RATED
    said = rating_word(comparison.call, criterion, tile.rating) if rated else tile.mark.word()
    return f"{tile.person.name}, {criterion}: {said}"


def _sought(line: Line) -> int:
    return line.application.requested_support or 0
