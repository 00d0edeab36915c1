"""What differs between two texts, word by word: which words went, which came, and which stayed."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    """A piece of one of two texts; `own` when the other text does not have it."""

    text: str
    own: bool


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two texts in pieces that joined give each text again; pieces that are not their own are alike in both."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        if gone:
            left.append(Piece(gone, kind != "equal"))
        if came:
            right.append(Piece(came, kind != "equal"))
    return tuple(left), tuple(right)


def counted(found: tuple[Piece, ...]) -> int:
    """How many words stand in the pieces that only this text has."""
    return sum(len(re.findall(r"\w+", piece.text)) for piece in found if piece.own)
