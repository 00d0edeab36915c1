"""The basis as one web page that needs nothing beside it: read on a screen of any size, printed, heard."""

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from esf_desktop import paths
from esf_desktop.i18n import _, language
from esf_desktop.model import Rating
from esf_desktop.secretariat.compare import Mark
from esf_desktop.secretariat.reports import story
from esf_desktop.secretariat.reports.story import SIGNS, Chapter, Story

SHORT = 90.0
"""A column of the paper that is no wider, in points, holds dates, numbers and single words."""


def render(told: Story) -> bytes:
    """The page; it holds no script, and forbids itself to fetch anything."""
    content, contents = escape(_("To the content")), escape(_("Contents"))
    parts = [
        "<!doctype html>",
        f'<html lang="{language().value}">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="ESF Desktop">',
        f"<title>{escape(told.title)}</title>",
        f"<style>{_style()}</style>",
        "</head>",
        "<body>",
        f'<a class="skip" href="#c1">{content}</a>',
        f"<header><p>{escape(told.body)}</p><h1>{escape(told.title)}</h1></header>",
        f'<nav aria-labelledby="contents"><h2 id="contents">{contents}</h2><ol>',
        *(f'<li><a href="#c{n}">{escape(one.title)}</a></li>' for n, one in enumerate(told.chapters, start=1)),
        "</ol></nav>",
        "<main>",
        *(_chapter(one, n) for n, one in enumerate(told.chapters, start=1)),
        "</main>",
        f"<footer><p>{escape(told.foot)}</p></footer>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(parts) + "\n").encode()


@cache
def _style() -> str:
    return (paths.resources() / "basis" / "basis.css").read_text("utf-8")


def _chapter(chapter: Chapter, number: int) -> str:
    inside = "\n".join(_block(block, number) for block in chapter.blocks)
    return f'<section aria-labelledby="c{number}">\n{inside}\n</section>'


def _block(block: story.Block, number: int) -> str:
    match block:
        case story.Kicker(text):
            return f'<p class="kicker">{escape(text)}</p>'
        case story.Heading(text, 1):
            return f'<h2 id="c{number}" tabindex="-1">{escape(text)}</h2>'
        case story.Heading(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case story.Paragraph(parts):
            return f"<p>{''.join(map(_span, parts))}</p>"
        case story.Facts(pairs):
            told = (f"<div><dt>{escape(name)}</dt><dd>{escape(value or '–')}</dd></div>" for name, value in pairs)
            return f"<dl>{''.join(told)}</dl>"
        case story.Table():
            return _table(block)
        case story.Tiles():
            return _map(block)
        case story.Legend(steps, marks):
            return _legend(steps, marks)


def _span(words: story.Words) -> str:
    looks = [look for look in ("strong", "muted", "small") if getattr(words, look)]
    return f'<span class="{" ".join(looks)}">{escape(words.text)}</span>' if looks else escape(words.text)


def _table(table: story.Table) -> str:
    sides = [_look(column) for column in table.columns]
    names = [
        f'<th scope="col"{side}>{escape(column.name)}</th>' if column.name else "<td></td>"
        for column, side in zip(table.columns, sides, strict=True)
    ]
    head = f"<thead{' class=heard' if table.quiet else ''}><tr>{''.join(names)}</tr></thead>"
    rows = "\n".join(_row(row, sides) for row in table.rows)
    region = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(table.name)}">'
    caption = f'<caption class="heard">{escape(table.name)}</caption>'
    return f"{region}<table>{caption}{head}<tbody>\n{rows}\n</tbody></table></div>"


def _look(column: story.Column) -> str:
    """The class of a column's cells: numbers stand to the right, and what is short is not broken."""
    return ' class="n"' if column.side else ' class="short"' if 1 < column.width <= SHORT else ""


def _row(row: Sequence[story.Cell], sides: Sequence[str]) -> str:
    first, *others = ("".join(map(_part, cell)) for cell in row)
    rest = "".join(f"<td{side}>{cell}</td>" for cell, side in zip(others, sides[1:], strict=True))
    return f'<tr><th scope="row"{sides[0]}>{first}</th>{rest}</tr>'


def _part(part: story.Part) -> str:
    match part:
        case story.Words():
            return f"<p>{_span(part)}</p>"
        case story.Tile(rating, word):
            return _tile(rating, word)
        case story.Quote(place, text):
            return f'<p class="quote"><b>{escape(place)}</b> {escape(text)}</p>'
        case story.Digits(text, muted):
            return f"<code{' class=muted' if muted else ''}>{escape(text)}</code>"
        case story.Mosaic(tiles, apart):
            looks = "mosaic apart" if apart else "mosaic"
            return f'<ul class="{looks}">{"".join(map(_piece, tiles))}</ul>'
        case story.Span(met):
            unit = 100 / max(met.of, 1)
            left, right = met.least * unit, met.most * unit
            wide = max(right - left, 4)
            piece = f'<rect class="accent" x="{min(left, 100 - wide):.1f}" width="{wide:.1f}" height="6"/>'
            return _drawing("span", "0 0 100 6", f'<rect class="ground" width="100" height="6"/>{piece}')
        case story.Bar(share, proposed):
            look = "pale" if proposed else "accent"
            piece = f'<rect class="{look}" width="{100 * min(share, 1):.1f}" height="8"/>'
            inner = f'<rect class="accent" width="{100 * min(proposed, 1):.1f}" height="8"/>' if proposed else ""
            return _drawing("bar", "0 0 100 8", f'<rect class="ground" width="100" height="8"/>{piece}{inner}')
        case story.Split(counts, told):
            return _drawing("bar", "0 0 100 8", "".join(_pieces(counts)), told)


def _tile(rating: Rating | None, word: str) -> str:
    sign = f'<span aria-hidden="true">{SIGNS[rating]} </span>' if rating else ""
    return f'<span class="tile {rating or "none"}">{sign}{escape(word)}</span>'


def _piece(piece: story.Piece) -> str:
    look, sign = _sign(piece.mark, piece.rating)
    said = f'<span class="heard">{escape(piece.told)}</span><span aria-hidden="true">{sign}</span>'
    return f'<li class="piece {look}" title="{escape(piece.told)}">{said}</li>'


def _sign(mark: Mark, rating: Rating | None) -> tuple[str, str]:
    sign = SIGNS[rating or mark]
    return rating or ("other" if sign else "none"), sign


def _pieces(counts: Sequence[tuple[Rating, int]]) -> Iterator[str]:
    total, left = sum(count for _rating, count in counts), 0.0
    for rating, count in counts:
        wide = 100 * count / total
        yield f'<rect class="bar-{rating}" x="{left:.2f}" width="{max(wide - 0.3, 0):.2f}" height="8"/>'
        left += wide


def _map(tiles: story.Tiles) -> str:
    """A drawing with words on it, which are told to those who hear the page in one sentence."""
    squares = "".join(
        f'<g class="level{one.level}" transform="translate({98 * one.column} {50 * one.row})">'
        f'<rect width="94" height="46" rx="4"/><text x="8" y="19">{escape(one.name)}</text>'
        f'<text class="strong" x="8" y="38">{escape(one.text)}</text></g>'
        for one in tiles.tiles
    )
    wide, high = 98 * (1 + max(t.column for t in tiles.tiles)), 50 * (1 + max(t.row for t in tiles.tiles))
    told = f'role="img" aria-label="{escape(tiles.told)}"'
    note = f'<p class="small muted">{escape(tiles.name)}</p>'
    return f'<svg class="map" viewBox="0 0 {wide} {high}" {told}>{squares}</svg>{note}'


def _drawing(look: str, box: str, inside: str, told: str = "") -> str:
    role = f'role="img" aria-label="{escape(told)}"' if told else 'aria-hidden="true"'
    return f'<svg class="{look}" viewBox="{box}" preserveAspectRatio="none" {role}>{inside}</svg>'


def _legend(steps: Sequence[story.Tile], marks: Sequence[Mark]) -> str:
    shown = [f"<li>{_tile(step.rating, step.word)}</li>" for step in steps]
    for mark in marks:
        look, sign = _sign(mark, None)
        shown.append(f'<li><span class="piece {look}" aria-hidden="true">{sign}</span>{escape(mark.word())}</li>')
    return f'<ul class="legend">{"".join(shown)}</ul>'
