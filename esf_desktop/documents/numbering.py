"""The bullets and numbers before a list's paragraphs, counted as word processors count them."""

from dataclasses import dataclass

DEEPEST = 9
_BULLETS = "•–"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `shape` is how a number is written, `pattern` has `%1` to `%9` for levels.

    A shape that is no number (`bullet`) makes a bullet, `none` nothing.
    """

    shape: str = "bullet"
    pattern: str = "%1."
    first: int = 1


Levels = dict[int, Level]
"""From 0."""


class Counter:
    """Counts the paragraphs of one list on all its levels."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def next(self, depth: int) -> str:
        """What stands before the next paragraph of that level, counted from 0."""
        depth = max(0, min(depth, DEEPEST - 1))
        level = self._levels.get(depth, Level())
        self._counts[depth] = self._counts.get(depth, level.first - 1) + 1
        for deeper in [known for known in self._counts if known > depth]:
            del self._counts[deeper]
        if level.shape == "none":
            return ""
        if level.shape not in _SHAPES:
            return _BULLETS[min(depth, len(_BULLETS) - 1)]
        text = level.pattern
        for n in range(DEEPEST):
            if f"%{n + 1}" in text:
                of = self._levels.get(n, Level())
                text = text.replace(f"%{n + 1}", written(self._counts.get(n, of.first), of.shape))
        return text.strip()[:20]


def written(number: int, shape: str) -> str:
    """A number in the shape that a word processor names."""
    kind = _SHAPES.get(shape, "1")
    if kind in "aA":
        text = "" if number < 1 else chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind in "iI":
        text, rest = "", max(0, min(number, 4999))
        for value, letters in _ROMAN:
            text, rest = text + letters * (rest // value), rest % value
    else:
        return str(number)
    return text.upper() if kind.isupper() else text


_SHAPES = {
    "decimal": "1",
    "decimalZero": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "1": "1",
    "a": "a",
    "A": "A",
    "i": "i",
    "I": "I",
}
"""DOCX's words and ODT's signs for the shapes of numbers."""
