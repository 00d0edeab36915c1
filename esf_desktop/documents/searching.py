"""A search that reads over line ends, soft hyphens, spaces of every kind, case and ways to write a letter."""

import re
import unicodedata
from collections.abc import Iterator

from esf_desktop.documents.selection import quote

LONGEST = 200
"""Characters of a search that are looked at."""
AROUND = 60
"""Characters of context on each side."""

_BREAK = r"(?:\xad\s*|-\s*\n\s*)?"
_ALIKE = {
    "-": "[-\u2010-\u2015\u2212]",
    '"': '["“”„»«]',
    "'": "['’‘]",
}
_LIGATURES = {"ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


def pattern(words: str) -> re.Pattern[str] | None:
    """What finds the words in running text; None when there is nothing to find."""
    wanted = unicodedata.normalize("NFC", words)[:LONGEST].split()
    if not wanted:
        return None
    return re.compile(r"\s+".join(_word(word) for word in wanted), re.IGNORECASE)


def places(found: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place, in order."""
    return (match.span() for match in found.finditer(text))


def context(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The text before, in and after a place, on one line."""
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    spaced_before = " " if before[-1:].isspace() else ""
    spaced_after = " " if after[:1].isspace() else ""
    return (
        quote(before, 0, len(before)) + spaced_before,
        quote(text, start, end),
        spaced_after + quote(after, 0, len(after)),
    )


def _word(word: str) -> str:
    parts: list[str] = []
    at = 0
    while at < len(word):
        two = word[at : at + 2].lower()
        if two in _LIGATURES:
            parts.append(f"(?:{two[0]}{_BREAK}{two[1]}|{_LIGATURES[two]})")
            at += 2
        else:
            parts.append(_letter(word[at]))
            at += 1
    return _BREAK.join(parts)


def _letter(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"
