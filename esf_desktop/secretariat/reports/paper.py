"""The chapters of a basis as blocks of paper."""

from collections.abc import Iterator, Sequence

from esf_desktop.secretariat.compare import Mark
from esf_desktop.secretariat.reports import story
from esf_desktop.secretariat.reports.drawings import MatrixCell, MetRange, ShareBar, Sign, SplitBar, TileMap
from esf_desktop.sheets import layout, marks
from esf_desktop.sheets.blocks import Block, Columns, Stack
from esf_desktop.sheets.layout import Part, run
from esf_desktop.sheets.tagged import Run

DIGITS = 6.3
"""The size of hashes, in points: a whole one on a line."""


def part(chapter: story.Chapter, foot: str) -> Part:
    """The pages of one chapter."""
    return Part(chapter.title, list(_blocks(chapter.blocks)), foot=foot, landscape=chapter.wide)


def _blocks(blocks: Sequence[story.Block]) -> Iterator[Block]:
    after_table = False
    for block in blocks:
        match block:
            case story.Kicker(text):
                yield layout.words(run(text, small=True, muted=True))
            case story.Heading(text, level):
                yield layout.heading(text, level)
            case story.Paragraph(parts):
                yield layout.words(*map(_run, parts), before=7 if after_table else 4)
            case story.Facts(pairs):
                yield layout.rule(marks.ACCENT, 1.2, before=6)
                yield layout.facts(pairs, before=9)
            case story.Table():
                yield _table(block)
            case story.Tiles():
                yield TileMap(block)
                yield layout.words(run(block.name, small=True, muted=True), before=6)
            case story.Legend(steps, signs):
                yield from _legend(steps, signs)
        after_table = isinstance(block, story.Table)


def _table(table: story.Table) -> Block:
    narrow = any(
        isinstance(piece, story.Split | story.Bar | story.Mosaic)
        for row in table.rows
        for cell in row
        for piece in cell
    )
    sides = [column.side for column in table.columns]
    return layout.table(
        [] if table.quiet else [column.name for column in table.columns],
        [[_cell(cell, side) for cell, side in zip(row, sides, strict=True)] for row in table.rows],
        [column.width for column in table.columns],
        align=sides,
        padding=3.6 if table.quiet or narrow else 4.6,
    )


def _cell(cell: story.Cell, side: float) -> list[Block]:
    blocks: list[Block] = []
    for piece in cell:
        match piece:
            case story.Words():
                blocks += _words(piece, side, before=1.5 if blocks else 0)
            case story.Tile(rating, word):
                blocks.append(marks.Tile(rating, word))
            case story.Quote(place, text):
                where = run(place + " ", bold=True, small=True, colour=marks.ACCENT)
                blocks.append(layout.words(where, run(text, small=True, muted=True), before=1.5))
            case story.Digits(text, muted):
                blocks.append(layout.words(run(text, muted=muted)._replace(size=DIGITS), before=1 if blocks else 0))
            case story.Mosaic():
                blocks.append(MatrixCell(piece))
            case story.Span(met):
                blocks.append(MetRange(met))
            case story.Bar():
                blocks.append(ShareBar(piece))
            case story.Split():
                blocks.append(SplitBar(piece))
    return blocks


def _words(words: story.Words, side: float, before: float) -> Iterator[Block]:
    """A paragraph for each line."""
    for number, line in enumerate(line for line in words.text.split("\n") if line.strip()):
        look = run(line.strip(" "), bold=words.strong, small=words.small, muted=words.muted)
        yield layout.words(look, align=side, before=2.5 if number else before)


def _run(words: story.Words) -> Run:
    return run(words.text, bold=words.strong, small=words.small, muted=words.muted)


def _legend(steps: Sequence[story.Tile], signs: Sequence[Mark]) -> Iterator[Block]:
    shown = [Stack([marks.Tile(step.rating, step.word)]) for step in steps]
    widths = [max(70.0, 15.0 + 5.2 * len(step.word)) for step in steps]
    yield Columns([*shown, Stack([])], [*widths, 0.999], before=9)
    if signs:
        yield Columns([Stack([Sign(mark, mark.word())]) for mark in signs], [0.999 / len(signs)] * len(signs), before=6)
