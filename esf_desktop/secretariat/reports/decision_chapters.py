"""The chapters on what is proposed: the order with its budget lines, every move and why, and the region's balance."""

from collections.abc import Iterator

from esf_desktop import formatting
from esf_desktop.i18n import _, plural
from esf_desktop.secretariat.balance import Balance, Breakdown, Dimension, Group, Sum
from esf_desktop.secretariat.reports import words
from esf_desktop.secretariat.reports.basis import Basis, balance
from esf_desktop.secretariat.reports.round_chapters import MET, met
from esf_desktop.secretariat.reports.story import (
    Bar,
    Block,
    Cell,
    Chapter,
    Column,
    Facts,
    Heading,
    Square,
    Table,
    Tiles,
    Words,
    cell,
    cells,
    said,
)


def proposal(basis: Basis) -> Chapter:
    """The order, an outcome for each application, where the money ends, and every move."""
    title = _("Proposal")
    found = basis.proposal
    blocks: list[Block] = [Heading(title, 1)]
    if not found.ranked:
        blocks.append(said(_("No order has been made: all applications stand equal.")))
    blocks += [said(line.sentence() + ".", strong=True) for line in found.lines]
    blocks += [Heading(_("Order and outcome")), _order(basis)]
    if set(found.outcomes) != set(found.applications):
        left = sum(one not in found.outcomes for one in found.applications)
        told = plural("{n} application has no outcome yet.", "{n} applications have no outcome yet.", left)
        blocks.append(said(told.format(n=left)))
    blocks.append(Heading(_("Moves and reasons")))
    moves = tuple(cells(row) for row in words.moves(basis))
    columns = tuple(map(Column, words.moves_header(), (22, 88, 0.6, 78, 0.399)))
    blocks.append(Table(_("Moves and reasons"), columns, moves) if moves else said(_("Nothing has been moved.")))
    return Chapter(title, tuple(blocks))


def _order(basis: Basis) -> Table:
    found, lines = basis.proposal, {line.application.id: line for line in basis.comparison.lines}
    rows: list[tuple[Cell, ...]] = []
    for one in found.applications:
        line, claim, outcome = lines[one], found.claims[one], found.outcomes.get(one)
        name = Words(line.application.project_name, strong=True)
        about = " · ".join(filter(None, (one, line.application.applicant_name, claim.pot)))
        rows.append(
            (
                cell(str(found.places[one])),
                (name, Words(about, small=True, muted=True)),
                met(line),
                cell(formatting.money(line.application.requested_support or 0)),
                (Words(formatting.money(claim.running)), Words(words.reach(claim.reach), small=True, muted=True)),
                cell(outcome.word() if outcome else "–", strong=outcome is not None),
            )
        )
    columns = (
        Column(_("Place"), 30),
        Column(_("Project and applicant"), 0.999),
        Column(_("Met"), MET),
        Column(_("Sought support"), 74, 1),
        Column(_("Running sum"), 78, 1),
        Column(_("Outcome"), 70),
    )
    return Table(_("Order and outcome"), columns, tuple(rows))


def weighing(basis: Basis) -> Chapter:
    """Sought support and numbers by county, municipality, area, kind and sector, against what is proposed."""
    found = balance(basis)
    title = _("Balance")
    blocks: list[Block] = [Heading(title, 1), Facts(tuple(_total(found)))]
    blocks.append(said(_("A bar is what is sought; its strong piece is what is proposed to be prioritised.")))
    if len(found.parts) > 1:
        blocks += [Heading(_("Parts of the budget")), _parts(found)]
    for breakdown in found.breakdowns:
        if breakdown.dimension is Dimension.MUNICIPALITY:
            blocks += [Heading(_("Map")), _map(found)]
        if any(group.applied.count for group in breakdown.groups if group.key):
            blocks += _breakdown(breakdown)
    if found.without_amount:
        told = _("No sought support is known for {applications}.")
        blocks.append(said(told.format(applications=", ".join(found.without_amount))))
    return Chapter(title, tuple(blocks))


def _total(found: Balance) -> Iterator[tuple[str, str]]:
    sums = (
        (_("Applied"), found.total.applied),
        (_("Number prioritised"), found.total.prioritised),
        (_("If funds allow"), found.total.if_funds_allow),
    )
    for name, one in sums:
        yield name, f"{formatting.count(one.count)} · {formatting.money(one.support)}"


def _parts(found: Balance) -> Table:
    rows = tuple(
        (
            cell(part.group.name),
            *_sums(part.group),
            cell(formatting.money(part.budget) if part.budget is not None else "–"),
        )
        for part in found.parts
    )
    columns = (Column(_("Part"), 0.999), *_sum_columns(), Column(_("Budget"), 78, 1))
    return Table(_("Parts of the budget"), columns, rows)


def _breakdown(breakdown: Breakdown) -> list[Block]:
    shown = [group for group in breakdown.groups if group.applied.count]
    rows = tuple((cell(group.name), *_sums(group), (_bar(group, breakdown.most),)) for group in shown)
    title = breakdown.dimension.title()
    columns = (Column(title, 0.5), *_sum_columns(), Column("", 0.499))
    note = breakdown.dimension.note()
    return [
        Heading(title),
        *([said(note, small=True, muted=True)] if note else []),
        Table(title, columns, rows),
    ]


def _sum_columns() -> tuple[Column, ...]:
    return (
        Column(_("Applied"), 38, 1),
        Column(_("Sought support"), 76, 1),
        Column(_("Number prioritised"), 60, 1),
        Column(_("Of which prioritised"), 76, 1),
    )


def _sums(group: Group) -> Iterator[Cell]:
    for one in (group.applied, group.prioritised):
        yield cell(formatting.count(one.count))
        yield cell(formatting.money(one.support))


def _bar(group: Group, most: int) -> Bar:
    return Bar(_share(group.applied, most), _share(group.prioritised, most))


def _share(one: Sum, most: int) -> float:
    return one.support / most if most else 0.0


def _map(found: Balance) -> Tiles:
    squares = tuple(
        Square(
            tile.column,
            tile.row,
            tile.level,
            tile.group.name,
            formatting.count(tile.group.applied.count) if tile.group.applied.count else "",
        )
        for tile in found.tiles
    )
    in_use = [tile.group for tile in found.tiles if tile.group.applied.count]
    named = ", ".join(f"{group.name} {formatting.count(group.applied.count)}" for group in in_use)
    told = _("Number of applications by municipality: {counts}. The others have none.").format(counts=named or "–")
    note = _(
        "The stronger its colour, the more support is sought there. The number is how many applications count there."
    )
    return Tiles(note, squares, told)
