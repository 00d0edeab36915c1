"""From characters to rectangles, words and quotes: the arithmetic of selecting text on a page."""

import re
import unicodedata
from collections.abc import Iterable

from esf_desktop.documents.values import PageText
from esf_desktop.model import Rect

SOFT_HYPHEN = "\xad"
_WORD = re.compile(r"[^\W_]+(?:[\xad'’\-\u2011·:./]\s?[^\W_]+)*" r"|[^\W_]+")
_LINE = re.compile(r"[^\r\n]+")
_SIGNS_OF_LETTERS = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_BROKEN_WORD = re.compile(r"\xad\s*")


def rects_of(page: PageText, start: int, end: int) -> tuple[Rect, ...]:
    """The characters from `start` up to `end` as one rectangle for each line that they stand on."""
    return merged(page.boxes[max(start, 0) : max(end, 0)])


def merged(boxes: Iterable[Rect]) -> tuple[Rect, ...]:
    """Neighbouring rectangles of one line made into one, in the order of the text."""
    lines: list[Rect] = []
    last: Rect | None = None
    upright: bool | None = None
    for box in boxes:
        if box.right <= box.left or box.bottom <= box.top:
            continue
        beside = last is not None and upright is not True and _side_by_side(lines[-1], last, box)
        below = last is not None and not beside and upright is not False and _below_each_other(lines[-1], last, box)
        if beside or below:
            upright = below
            line = lines[-1]
            lines[-1] = Rect(
                min(line.left, box.left),
                min(line.top, box.top),
                max(line.right, box.right),
                max(line.bottom, box.bottom),
            )
        else:
            upright = None
            lines.append(box)
        last = box
    return tuple(lines)


def word_at(text: str, index: int) -> tuple[int, int]:
    """Start and end of the word at a character; the character alone when it belongs to no word."""
    return _around(_WORD, text, index)


def line_at(text: str, index: int) -> tuple[int, int]:
    """Start and end of the line at a character."""
    return _around(_LINE, text, index)


def character_at(page: PageText, x: int, y: int) -> int | None:
    """The character at a point, or else the nearest one; None on a page without text."""
    best: tuple[int, int] | None = None
    for index, box in enumerate(page.boxes):
        if box.right <= box.left:
            continue
        across = max(box.left - x, 0, x - box.right)
        down = max(box.top - y, 0, y - box.bottom)
        if across == down == 0:
            return index
        distance = across * across + 16 * down * down
        if best is None or distance < best[0]:
            best = distance, index
    return None if best is None else best[1]


def quote(text: str, start: int, end: int) -> str:
    """The characters as a person would write them: one line, words whole again, letters apart, NFC."""
    whole = letters_apart(_BROKEN_WORD.sub("", text[max(start, 0) : max(end, 0)]))
    return unicodedata.normalize("NFC", " ".join(_words(whole)))


def letters_apart(text: str) -> str:
    """The text with its letters one by one where a font has several as one sign."""
    return text.translate(_SIGNS_OF_LETTERS)


def _words(text: str) -> list[str]:
    """Parted at spaces and line ends, while no-break spaces stay where they are inside."""
    return [word for word in re.split(r"[ \t\r\n\f\v]+", text) if word]


def _around(pattern: re.Pattern[str], text: str, index: int) -> tuple[int, int]:
    line = text.rfind("\n", 0, index) + 1
    for match in pattern.finditer(text, line):
        if match.start() <= index < match.end():
            return match.span()
        if match.start() > index:
            break
    return index, min(index + 1, len(text))


def _side_by_side(line: Rect, last: Rect, box: Rect) -> bool:
    """Whether a box goes on the line to the right, or to the left in a script that runs so."""
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    height = min(line.bottom - line.top, box.bottom - box.top)
    gap = max(box.left - last.right, last.left - box.right)
    return 2 * shared >= height and gap < 4 * (last.bottom - last.top)


def _below_each_other(line: Rect, last: Rect, box: Rect) -> bool:
    """Whether a box goes on a line that runs upwards or downwards."""
    shared = min(line.right, box.right) - max(line.left, box.left)
    width = min(line.right - line.left, box.right - box.left)
    gap = max(box.top - last.bottom, last.top - box.bottom)
    return 2 * shared >= width and 2 * gap < last.right - last.left
