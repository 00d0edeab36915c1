"""On which line of a TOML file each table and key stands; the library that reads the values does not say."""

import re
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""Keys and, within lists, numbers from 0: `("applications", 2, "documents")`."""

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")


def lines(text: str) -> dict[Place, int]:
    """The line of each table and key that begins a line, for a text that is known to be TOML."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    inside, depth = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if inside:
            inside = "" if inside in line else inside
            continue
        if depth:
            depth += _brackets(line)
            continue
        if header := HEADER.match(line):
            names = _names(header[2])
            table = (*_within(names[:-1], counts), names[-1])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            found.setdefault(table, number)
        elif key := KEY.match(line):
            place = table
            for name in _names(key[1]):
                place = (*place, name)
                found.setdefault(place, number)
            depth = _brackets(line)
        inside = next((q for q in ('"' * 3, "'" * 3) if line.count(q) % 2), "")
    return found


def _brackets(line: str) -> int:
    """How many more brackets the line opens than it closes, texts and comments apart."""
    bare = re.sub(r"""\"(?:\\.|[^"\\])*"|'[^']*'|#.*""", "", line)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def _within(names: tuple[str, ...], counts: Mapping[Place, int]) -> Place:
    place: Place = ()
    for name in names:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place])
    return place


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in re.findall(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""", dotted))
