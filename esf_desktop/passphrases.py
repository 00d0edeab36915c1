"""Passphrases: a proposal of six words that can be remembered, and an honest estimate of one's own.

The estimate is of the least work that somebody has who knows how people choose, and guesses at the pace that our
stretching allows. It is a sentence about time, because a figure in bits tells most people nothing.
"""

import re
import secrets
import unicodedata
from enum import Enum
from functools import cache
from itertools import pairwise
from math import log2

from esf_desktop import paths
from esf_desktop.i18n import Language, _, language

WORDS = 6
SHORTEST = 8
"""Characters; fewer are no passphrase."""
GUESSES_A_SECOND = 100_000
"""Of somebody with a thousand computers, each of which tries a hundred in a second: it takes 128 MiB a guess."""
_COMMON = 2_000
"""Words that people think of first; a word of one's own choice counts as one of them."""
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyzåäö", "0123456789", "qwertyuiopå", "asdfghjklöä", "zxcvbnm")


class Strength(Enum):
    """How long a passphrase stands against guessing."""

    SHORT = "short"
    DAY = "day"
    YEARS = "years"
    STRONG = "strong"

    def sentence(self) -> str:
        """What that means, for the person who chooses."""
        return {
            Strength.SHORT: _("Too short: at least 8 characters are needed."),
            Strength.DAY: _("Weak: somebody with many computers guesses it within a month."),
            Strength.YEARS: _("Fair: it takes years to guess, even for somebody with many computers."),
            Strength.STRONG: _("Strong: nobody can guess it in our lifetime."),
        }[self]


def propose() -> str:
    """Six words made of two each, in the language spoken now: 78 bits by chance."""
    firsts, seconds = parts(language())
    return "-".join(_word(firsts, seconds) for _number in range(WORDS))


@cache
def parts(tongue: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first and the second halves of words that a language's proposals are made of."""
    text = (paths.resources() / "words" / f"{tongue}.txt").read_text("utf-8")
    firsts, seconds = text.split("\n\n")
    return tuple(firsts.split()), tuple(seconds.split())


def normal(passphrase: str) -> str:
    """The passphrase as every way of typing it gives it: NFC, without blanks around."""
    return unicodedata.normalize("NFC", passphrase).strip()


def strength(passphrase: str) -> Strength:
    """How long the passphrase stands, at least."""
    spelled = normal(passphrase)
    if len(spelled) < SHORTEST:
        return Strength.SHORT
    days = 2 ** (bits(spelled) - 1) / GUESSES_A_SECOND / 86_400
    if days < 30:
        return Strength.DAY
    return Strength.YEARS if days < 200 * 365 else Strength.STRONG


def bits(passphrase: str) -> float:
    """The least work to guess it, as a power of two: words count as common ones, repetition counts little."""
    words = list(dict.fromkeys(re.findall(r"[^\W\d_]{3,}", passphrase.lower())))
    rest = re.sub(r"[^\W\d_]{3,}", " ", passphrase.lower())
    in_words = sum(min(_of_word(word), _of_signs(word)) for word in words)
    return min(in_words + _of_signs(rest.replace(" ", "").replace("-", "")), _of_signs(passphrase))


def _word(firsts: tuple[str, ...], seconds: tuple[str, ...]) -> str:
    first, second = secrets.choice(firsts), secrets.choice(seconds)
    return first + second if first != second else _word(firsts, seconds)


def _of_word(word: str) -> float:
    """A word that our own list made is as good as chance; another is a common one, and a long one a bit rarer."""
    for tongue in Language:
        firsts, seconds = parts(tongue)
        if any(word == first + second for first in firsts if word.startswith(first) for second in seconds):
            return log2(len(firsts) * len(seconds))
    return log2(_COMMON) + max(0, len(word) - 8)


def _of_signs(text: str) -> float:
    """Each sign adds by its kind; one that repeats or goes on from the sign before adds one bit."""
    if not text:
        return 0.0
    kinds = sum(
        size
        for size, pattern in ((29, r"[a-zåäö]"), (29, r"[A-ZÅÄÖ]"), (10, r"\d"), (33, r"[^\w]|_"))
        if re.search(pattern, text)
    )
    each = log2(max(kinds, 2))
    return each + sum(1.0 if _goes_on(one, other) else each for one, other in pairwise(text))


def _goes_on(one: str, other: str) -> bool:
    pair = (one + other).lower()
    return one == other or any(pair in row or pair[::-1] in row for row in _SEQUENCES)
