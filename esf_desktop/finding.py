"""What finds what: text brought to one spelling, and words looked for in it. Documents and own texts share these rules.

Case, accents and Sámi letters do not matter, but å, ä and ö are letters of their own (with æ and ø as their Norwegian
spellings). Soft hyphens and ligatures are read through. A word that is parted at the end of a line is read both as one
word and as two, since nobody can tell whether its hyphen was its own.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from esf_desktop.model import Value

LONGEST = 500
"""Characters of a search that are looked at."""
MOST_TERMS = 24
_STRETCH = 600
"""Characters that are looked at first, since a word that many pages hold stands near the top of most."""
AROUND = 70
"""Characters of context on each side of what was found."""

_PART = r"[^\W_]+(?:[\u0300-\u036f\xad]+[^\W_]+)*[\u0300-\u036f]*"
_BREAK = r"(?:\xad[ \t]*\r?\n\s*|[-\u2010][ \t]*\r?\n\s*)"
_PLAIN = re.compile(r"[^\W_]+")
_SPECIAL = re.compile("[\u0300-\u036f\xad\u2010]|-[ \t]*\r?\n")
"""What makes a word of more than letters and figures."""
_APART = re.compile(_PART)
_JOINED = re.compile(rf"{_PART}(?:{_BREAK}{_PART})*")
_PARTED = re.compile(rf"[^\W\d_]{_BREAK}[^\W\d_]")
_WITHIN = re.compile(r"\xad|[-\u2010]?[ \t]*\r?\n\s*|[-\u2010]\s+")
_MARKS = re.compile(r"[^\w ]+")
"""What is no letter and no figure once a word is composed: accents, and the marks of other scripts."""
_ASKED = re.compile(r'["“”„»«]([^"“”„»«]*)["“”„»«]?|(\S+)')
_STOPS = re.compile(r"[.!?:;•]\s+|\n\s*\n")
_LINES = re.compile(r"[^\n]+")
_FULL = 0.6
"""Of the longest line of a page: a shorter one is not broken for want of room."""
_QUOTES = '"“”„»«'


def _letters() -> dict[int, str]:
    """What each letter with a mark is read as, in small letters; å, ä and ö stay."""
    own = "åäö"
    read = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "ı": "i", "ħ": "h", "œ": "oe", "æ": "ä", "ø": "ö"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if letter not in own and base != letter and base.isascii():
            read.setdefault(letter, base)
    read |= {"ǻ": "å", "ǟ": "ä", "ǡ": "a", "ǣ": "ä", "ǽ": "ä", "ǿ": "ö", "ȫ": "ö"}
    return {ord(letter): said for letter, said in read.items()}


_READ_AS = _letters()
_ODD = re.compile("[" + re.escape("".join(map(chr, _READ_AS))) + "\u0300-\u036f]")


class Term(Value, frozen=True):
    """Words that must follow each other, in one spelling; the last may be only the beginning of a word."""

    words: tuple[str, ...]
    beginning: bool = False


class Found(Value, frozen=True):
    """A place in a text: where the words start and end, and the text around in pieces, every second of them found."""

    start: int
    end: int
    pieces: tuple[str, ...]


def terms(asked: str) -> tuple[Term, ...]:
    """What a person asks for: words that must all be there, "phrases", beginnings*; the last word may be unfinished."""
    asked = unicodedata.normalize("NFC", asked[:LONGEST])
    found: list[Term] = []
    for match in _ASKED.finditer(asked):
        phrase, word = match.groups()
        words = tuple(findable(phrase if word is None else word).split())
        unfinished = match.end() == len(asked.rstrip()) and match.group()[-1] not in (_QUOTES if word is None else "")
        if words:
            found.append(Term(words, beginning=unfinished or (word or "").endswith("*")))
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def beginnings(stems: Iterable[str]) -> tuple[Term, ...]:
    """A criterion's search words: each is the beginning of a word, or of the last word of a phrase."""
    split = (tuple(findable(stem).split()) for stem in stems)
    return tuple(dict.fromkeys(Term(words, beginning=True) for words in split if words))


def findable(text: str) -> str:
    """The words of the text in one spelling, with one space between them."""
    return _spelled((_JOINED if _SPECIAL.search(text) else _PLAIN).findall(text))


def parted(text: str) -> str:
    """The same with words that are parted at the end of a line as two; empty when there are none."""
    return _spelled(_APART.findall(text)) if _SPECIAL.search(text) and _PARTED.search(text) else ""


def holds(text: str, wanted: Sequence[Term]) -> bool:
    """Whether every term is somewhere in the text."""
    readings = _readings(text)
    return all(any(_in(term, reading) for reading in readings) for term in wanted)


def places(text: str, wanted: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Start and end of every place of any of the terms, in order; none within another."""
    spans: list[tuple[int, int]] = []
    for pattern in (_JOINED, _APART) if _PARTED.search(text) else (_JOINED,):
        read = [match.span() for match in pattern.finditer(text)]
        spelled = _spelled([text[start:end] for start, end in read]).split()
        for term in wanted:
            spans += [(read[n][0], read[n + len(term.words) - 1][1]) for n in _starts(term, spelled)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def first(text: str, wanted: Sequence[Term]) -> Found | None:
    """The first place, with what else is found near it; None when there is nothing."""
    at = 0
    while len(text) - at > _STRETCH:
        # A stretch ends at a space, and overlaps the next one by more than any phrase that people ask for.
        end = text.rfind(" ", at + _STRETCH, at + _STRETCH + AROUND)
        if end < 0:
            break
        if spans := places(text[at:end], wanted):
            return next(around(text, [(at + start, at + until) for start, until in spans], most=1))
        at = max(at + 1, text.rfind(" ", at, end - AROUND) + 1)
    return next(iter(around(text, places(text, wanted), most=1)), None)


def around(text: str, spans: Sequence[tuple[int, int]], *, most: int = 1_000) -> Iterator[Found]:
    """Each place with its context; places that stand within one context are shown together."""
    shown_until = -1
    for start, end in spans:
        if start < shown_until:
            continue
        if most <= 0:
            return
        most -= 1
        left, right = _from(text, start), _until(text, end)
        pieces, at = [], left
        for from_, until in spans:
            if start <= from_ and until <= right:
                pieces += [_plain(text[at:from_]), _plain(text[from_:until])]
                at = until
        shown_until = right
        before = ("… " if left else "") + pieces[0].lstrip()
        after = _plain(text[at:right]).rstrip() + (" …" if right < len(text) else "")
        yield Found(start, end, (before, *pieces[1:], after))


def passage(text: str, start: int, end: int, *, longest: int = 300) -> tuple[int, int]:
    """The sentence around a place, cut at words when it is very long: what one would quote as evidence.

    A line that ends well before the others do is taken to end a paragraph, a heading or a row of a table.
    """
    stops = [match.end() for match in _STOPS.finditer(text)]
    lines = [match.span() for match in _LINES.finditer(text)]
    full = max((until - from_ for from_, until in lines), default=0) * _FULL
    stops += [min(until + 1, len(text)) for from_, until in lines if until - from_ < full]
    left = max((stop for stop in stops if stop <= start), default=0)
    right = min((stop for stop in stops if stop >= end), default=len(text))
    if right - left > longest:
        spare = max(0, longest - (end - start)) // 2
        left, right = _from(text, start, max(left, start - spare)), _until(text, end, min(right, end + spare))
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def as_query(wanted: Sequence[Term], *, any_of: bool = False) -> str:
    """The terms in the language of SQLite FTS5; it cannot fail there, since words hold letters and figures alone."""
    said = ('"' + " ".join(term.words) + '"' + ("*" if term.beginning else "") for term in wanted)
    return (" OR " if any_of else " AND ").join(said)


def _spelled(words: Iterable[str]) -> str:
    text = " ".join([word if word.isalnum() else _WITHIN.sub("", word) for word in words])
    if text.isascii():
        return text.lower()
    text = _MARKS.sub("", unicodedata.normalize("NFC", text)).casefold()
    return _MARKS.sub("", text.translate(_READ_AS)) if _ODD.search(text) else text


@lru_cache(4096)
def _readings(text: str) -> tuple[str, ...]:
    """The readings of a text, each with a space before and after; one's own texts are asked about again and again."""
    return tuple(f" {reading} " for reading in (findable(text), parted(text)) if reading)


def _in(term: Term, reading: str) -> bool:
    return f" {' '.join(term.words)}{'' if term.beginning else ' '}" in reading


def _starts(term: Term, spelled: Sequence[str]) -> Iterator[int]:
    *before, last = term.words
    for n in range(len(spelled) - len(before)):
        said = spelled[n + len(before)]
        if (said.startswith(last) if term.beginning else said == last) and spelled[n : n + len(before)] == before:
            yield n


def _plain(text: str) -> str:
    """On one line, parted words whole."""
    return re.sub(r"\s+", " ", re.sub(r"\xad\s*", "", text))


def _from(text: str, start: int, least: int | None = None) -> int:
    """Where the context before a place starts, at the beginning of a word."""
    at = max(0, start - AROUND if least is None else least)
    while 0 < at < start and not text[at - 1].isspace():
        at += 1
    return at


def _until(text: str, end: int, most: int | None = None) -> int:
    """Where the context after a place ends, at the end of a word."""
    at = min(len(text), end + AROUND if most is None else most)
    while end < at < len(text) and not text[at].isspace():
        at -= 1
    return at
