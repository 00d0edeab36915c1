"""A search that reads over line ends, soft hyphens, spaces of every kind, case and ways to write a letter."""

import re
import unicodedata
from collections.abc import Iterator

from esf_desktop.documents.selection import letters_apart, quote

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
_LIGATURES = {
    "ffi": "\ufb03",
    "ffl": "\ufb04",
    "ff": "\ufb00",
    "fi": "\ufb01",
    "fl": "\ufb02",
    "st": "\ufb05\ufb06",
}


def pattern(words: str, *, longest: int = LONGEST) -> re.Pattern[str] | None:
    """What finds the words in running text; None when there is nothing to find."""
    wanted = unicodedata.normalize("NFC", words)[:longest].split()
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
    word = letters_apart(word)
    parts: list[str] = []
    at = 0
    while at < len(word):
        length = next((n for n in (3, 2) if word[at : at + n].lower() in _LIGATURES), 1)
        letters = word[at : at + length]
        parts.append(_letter(letters) if length == 1 else _joined(letters))
        at += length
    return _BREAK.join(parts)


def _joined(letters: str) -> str:
    """Letters that a font may have as one sign, all of them or some."""
    ways = [_BREAK.join(_letter(letter) for letter in letters), *_LIGATURES[letters.lower()]]
    if len(letters) == 3:
        first, last = letters[0], letters[2]
        ways += [sign + _BREAK + _letter(last) for sign in _LIGATURES[letters[:2].lower()]]
        ways += [_letter(first) + _BREAK + sign for sign in _LIGATURES[letters[1:].lower()]]
    return f"(?:{'|'.join(ways)})"


def _letter(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter]
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"
