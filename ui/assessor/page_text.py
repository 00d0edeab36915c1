"""A page's text as lines with places: which character lies at a point, and which rectangles and quote a stretch has."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esf_desktop.documents.selection import SOFT_HYPHEN, quote, rects_of
from esf_desktop.documents.values import PageText
from esf_desktop.model import Rect


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of characters side by side, and the rectangle around them."""

    start: int
    end: int
    rect: Rect


class ReadPage:
    """The characters of one page, with their boxes and the lines they make."""

    def __init__(self, page: PageText) -> None:
        self._page = page
        self._boxes = page.boxes
        self.text = page.text
        self.lines = tuple(_lines(page.text, page.boxes))

    def __len__(self) -> int:
        return len(self.text)

    @property
    def empty(self) -> bool:
        """Whether there is nothing that can be selected, as on a scanned page."""
        return not self.lines

    def position(self, x: float, y: float) -> int:
        """The place between two characters that is nearest to the point."""
        if not self.lines:
            return 0
        return self.position_on(min(self.lines, key=lambda line: _distance(line.rect, x, y)), x)

    def position_on(self, line: Line, x: float) -> int:
        """The place on a line that is nearest to an x."""
        for i in range(line.start, line.end):
            box = self._boxes[i]
            if not _blank(box) and x < (box.left + box.right) / 2:
                return i
        return line.end

    def character(self, x: float, y: float) -> int | None:
        """The character under the point, or None beside the text."""
        for line in self.lines:
            if _distance(line.rect, x, y) == 0:
                for i in range(line.start, line.end):
                    box = self._boxes[i]
                    if not _blank(box) and box.left <= x <= box.right:
                        return i
        return None

    def word(self, position: int) -> tuple[int, int]:
        """The word around a place: letters and digits, or the one sign that stands there."""
        if not self.text:
            return 0, 0
        position = min(position, len(self.text) - 1)
        if not _in_word(self.text[position]):
            return position, position + 1
        start = end = position
        while start > 0 and _in_word(self.text[start - 1]):
            start -= 1
        while end < len(self.text) and _in_word(self.text[end]):
            end += 1
        return start, end

    def line(self, position: int) -> tuple[int, int]:
        """The line around a place."""
        found = self.line_number(position)
        return (0, 0) if found is None else (self.lines[found].start, self.lines[found].end)

    def line_number(self, position: int) -> int | None:
        """The index of the line that a place belongs to, the nearest before it when it is between two."""
        number = None
        for n, line in enumerate(self.lines):
            if line.start > position and number is not None:
                break
            number = n
        return number

    def next_word(self, position: int) -> int:
        """The beginning of the next word, or the end of the page."""
        end = len(self.text)
        while position < end and _in_word(self.text[position]):
            position += 1
        while position < end and not _in_word(self.text[position]):
            position += 1
        return position

    def previous_word(self, position: int) -> int:
        """The beginning of this word, or of the one before when the place is its beginning."""
        while position > 0 and not _in_word(self.text[position - 1]):
            position -= 1
        while position > 0 and _in_word(self.text[position - 1]):
            position -= 1
        return position

    def rects(self, start: int, end: int) -> tuple[Rect, ...]:
        """One rectangle for each line that the stretch touches."""
        return rects_of(self._page, start, end)

    def caret(self, position: int) -> Rect | None:
        """The upright line of no width before the character at the place."""
        number = self.line_number(position)
        if number is None:
            return None
        line = self.lines[number]
        before = next((b for b in reversed(self._boxes[line.start : position]) if not _blank(b)), None)
        after = next((b for b in self._boxes[position : line.end] if not _blank(b)), None)
        x = after.left if after else before.right if before else line.rect.left
        return Rect(x, line.rect.top, x, line.rect.bottom)

    def quote(self, start: int, end: int) -> str:
        """The stretch as it is read: one line, words that a line break cut in two made whole."""
        return quotable(quote(self.text, start, end))


def quotable(text: str) -> str:
    """Text without signs that cannot be seen, which no file that travels may hold."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")


def _lines(text: str, boxes: Sequence[Rect]) -> Iterator[Line]:
    start: int | None = None
    end = 0
    rect = last = Rect(0, 0, 0, 0)
    for i, (sign, box) in enumerate(zip(text, boxes, strict=True)):
        ended = sign in "\r\n" or (not _blank(box) and not _beside(rect, last, box))
        if start is not None and ended:
            yield Line(start, end, rect)
            start = None
        if sign in "\r\n" or _blank(box) or (start is None and sign.isspace()):
            continue
        if start is None:
            start, rect = i, box
        else:
            rect = Rect(
                min(rect.left, box.left),
                min(rect.top, box.top),
                max(rect.right, box.right),
                max(rect.bottom, box.bottom),
            )
        last, end = box, i + 1
    if start is not None:
        yield Line(start, end, rect)


def _beside(line: Rect, last: Rect, box: Rect) -> bool:
    overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
    height = max(1, min(line.bottom - line.top, box.bottom - box.top))
    gap = max(box.left - last.right, last.left - box.right)
    return overlap * 2 >= height and gap < 3 * max(line.bottom - line.top, box.bottom - box.top)


def _distance(rect: Rect, x: float, y: float) -> float:
    across = max(rect.left - x, 0, x - rect.right)
    down = max(rect.top - y, 0, y - rect.bottom)
    return across + 4 * down


def _blank(box: Rect) -> bool:
    return box.left == box.right and box.top == box.bottom


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign in f"{SOFT_HYPHEN}_'’"
